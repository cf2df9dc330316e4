export * from './base-types';
export * from './alb';
export * from './lambda';
export * from './lambda-permission-scope';
export * from './nlb';
export * from './service-discovery';
export * from './url';
