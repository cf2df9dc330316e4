// Runs the tests of a file that reach the change, unless another file has noticed it. Stryker takes it for Jest's own
// by its name.
const { createEmptyTestResult } = require('@jest/test-result');
const { default: run } = require('jest-circus/runner');
const { namesIn, namesOf } = require('./covering.js');
const { hasNoticed, setReaching } = require('./environment.js');

module.exports = async (globalConfig, config, environment, runtime, testPath, ...rest) => {
  if (hasNoticed()) { return { ...createEmptyTestResult(), testFilePath: testPath, skipped: true }; }
  const { testNamePattern, ...others } = globalConfig;
  setReaching(namesOf(testNamePattern));
  const result = await run(others, config, environment, runtime, testPath, ...rest);
  if (!testNamePattern) { namesIn.set(testPath, result.testResults.map(({ fullName }) => fullName)); }
  return result;
};
