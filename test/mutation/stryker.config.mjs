// Read by Stryker, which test/mutation/run.mjs starts.
const { MUTATE, SAMPLE } = process.env;

/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
  testRunner: 'jest',
  plugins: ['@stryker-mutator/jest-runner', new URL('sample.mjs', import.meta.url).pathname],
  // A checker that lets only the mutants of the sample through.
  checkers: SAMPLE ? ['sample'] : [],
  coverageAnalysis: 'perTest',
  jest: {
    configFile: 'jest.config.js',
    enableFindRelatedTests: false,
    // These do not run the library.
    config: { testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/ci/'] },
  },
  dryRunTimeoutMinutes: 60,
  mutate: MUTATE.split(','),
  // Compiled files beside their sources would be tested in their place, or copied for nothing.
  ignorePatterns: ['/.cache', '/.rosetta', '/cdk.out', '/dist', '/lib/**/*.js', '/lib/**/*.d.ts', '/test/mutation'],
  tempDirName: '.cache/stryker',
  reporters: ['progress-append-only', 'json'],
  jsonReporter: { fileName: '.cache/mutation/report.json' },
  concurrency: 2,
  timeoutMS: 60_000,
  disableTypeChecks: false,
  allowEmpty: false,
};
