export * from './base-types';
export * from './aws';
export * from './lambda';
export * from './mock';
