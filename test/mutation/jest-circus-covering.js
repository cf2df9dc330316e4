// Runs a test file as Jest does, unless it has nothing to tell: no test that reaches the change, or the change was
// noticed before. Stryker takes it for Jest's own by its name.
const { createEmptyTestResult } = require('@jest/test-result');
const { default: run } = require('jest-circus/runner');
const { hasNoticed } = require('./environment.js');

/** The names of the tests of each file, from the run without a change. */
const namesIn = new Map();

module.exports = async (globalConfig, config, environment, runtime, testPath, ...rest) => {
  const { testNamePattern } = globalConfig;
  const reaches = testNamePattern ? new RegExp(testNamePattern, 'i') : /^/;
  const isNeeded = namesIn.get(testPath)?.some((name) => reaches.test(name)) ?? true;
  if (hasNoticed() || !isNeeded) { return { ...createEmptyTestResult(), testFilePath: testPath, skipped: true }; }
  const result = await run(globalConfig, config, environment, runtime, testPath, ...rest);
  if (!testNamePattern) { namesIn.set(testPath, result.testResults.map(({ fullName }) => fullName)); }
  return result;
};
