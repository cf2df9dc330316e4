// The suite runs on the oldest supported aws-cdk-lib; with CDK=latest it runs on the newest one that is installed.
const cdk = process.env.CDK === 'latest' ? 'aws-cdk-lib-latest' : 'aws-cdk-lib';

/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  transform: { '^.+\\.ts$': ['ts-jest', { tsconfig: 'tsconfig.dev.json' }] },
  // Sources, not what an earlier build left beside them.
  moduleFileExtensions: ['ts', 'js', 'json'],
  moduleNameMapper: {
    '^cdk-apigatewayv2-integrations$': '<rootDir>/lib',
    '^aws-cdk-lib($|/.*)': `${cdk}$1`,
  },
  testTimeout: 60_000,
};
