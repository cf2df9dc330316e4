// The suite runs on the oldest supported aws-cdk-lib; with CDK=latest it runs on the newest one that is installed.
// Both are installed with constructs of their own: test/latest/package.json is the newest.
const latest = '<rootDir>/node_modules/aws-cdk-lib-latest/node_modules';

// On the newest one, every template that a test synthesizes has to pass the validation engine that it has built in.
if (process.env.CDK === 'latest') {
  process.env.CDK_CONTEXT_JSON = JSON.stringify({ '@aws-cdk/core:validateAgainstDefaultRules': true });
}

/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: '<rootDir>/test/setup/environment.js',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  transform: {
    '/node_modules/(aws-cdk-lib|constructs)/.*\\.js$': '<rootDir>/test/setup/load-once.js',
    // Types are checked by `npm run lint`.
    '^.+\\.ts$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript' } } }],
  },
  transformIgnorePatterns: ['/node_modules/(?!(aws-cdk-lib|constructs)/)'],
  // Sources, not what an earlier build left beside them.
  moduleFileExtensions: ['ts', 'js', 'json'],
  moduleNameMapper: {
    '^cdk-apigatewayv2-integrations$': '<rootDir>/lib',
    '^aws-cdk-lib-latest($|/.*)': `${latest}/aws-cdk-lib$1`,
    ...process.env.CDK === 'latest' && {
      '^aws-cdk-lib($|/.*)': `${latest}/aws-cdk-lib$1`,
      '^constructs$': `${latest}/constructs`,
    },
  },
  globalSetup: '<rootDir>/test/setup/temporary.js',
  testSequencer: '<rootDir>/test/setup/sequencer.js',
  snapshotResolver: '<rootDir>/test/snapshots/resolver.js',
  reporters: ['default', '<rootDir>/test/skipped-reporter.js'],
  // Jest leaves one core free, which is half of a machine with two.
  maxWorkers: '100%',
  testTimeout: 60_000,
};
