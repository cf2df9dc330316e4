export * from './checks';
export * from './http';
export * from './websocket';
