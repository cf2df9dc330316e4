// Read by Stryker, which test/mutation/run.mjs starts.
const { MUTATE, TESTS, SAMPLE, CONCURRENCY, IGNORE_STATIC } = process.env;

const here = (file) => new URL(file, import.meta.url).pathname;

/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
  testRunner: 'jest',
  plugins: ['@stryker-mutator/jest-runner', here('sample.mjs'), here('texts.mjs')],
  ignorers: ['texts'],
  // A checker that lets only the mutants of the sample through.
  checkers: SAMPLE ? ['sample'] : [],
  coverageAnalysis: 'perTest',
  ignoreStatic: IGNORE_STATIC !== '',
  jest: {
    configFile: 'jest.config.js',
    enableFindRelatedTests: false,
    config: {
      testMatch: TESTS.split(','),
      testEnvironment: here('environment.js'),
      testRunner: here('jest-circus-covering.js'),
      testSequencer: here('sequencer.js'),
      // What the library loads when it is needed would seem to be reached by its first test only.
      setupFiles: ['index.ts', 'private/deployed/index.ts', 'private/output/report/index.ts']
        .map((file) => `<rootDir>/lib/${file}`),
      // The folder for what tests write is made once for all runs.
      globalSetup: null,
      // Tests of these load the library again, so that its constants would seem to be reached by them only.
      testPathIgnorePatterns: [
        '/node_modules/', 'integrations/state.test', 'deployed/ways-out.test', 'scripts/demo.test',
      ],
    },
  },
  dryRunTimeoutMinutes: 60,
  mutate: MUTATE.split(','),
  // Compiled files beside their sources would be tested in their place, or copied for nothing.
  ignorePatterns: ['/.cache', '/.rosetta', '/cdk.out', '/dist', '/lib/**/*.js', '/lib/**/*.d.ts', '/test/mutation'],
  tempDirName: '.cache/stryker',
  reporters: ['progress-append-only', 'json'],
  jsonReporter: { fileName: '.cache/mutation/report.json' },
  concurrency: Number(CONCURRENCY),
  timeoutMS: 60_000,
  disableTypeChecks: false,
  allowEmpty: false,
};
