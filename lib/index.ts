export * from './checks';
export * from './http';
export * from './options';
export * from './websocket';
