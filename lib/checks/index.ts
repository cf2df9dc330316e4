export * from './api-gateway-v2-checks';
