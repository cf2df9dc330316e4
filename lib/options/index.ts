export * from './http-options';
export * from './lambda-permission-scope';
export * from './response-mapping';
export * from './websocket-integration-response';
export * from './websocket-options';
