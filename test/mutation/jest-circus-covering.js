// Runs a test file as Jest does, unless it has nothing to tell: no test that reaches the change, or the change was
// noticed before. Stryker takes it for Jest's own by its name.
const { createEmptyTestResult } = require('@jest/test-result');
const { default: run } = require('jest-circus/runner');
const { hasNoticed, setReaching } = require('./environment.js');

/** The names of the tests of each file, from the run without a change. */
const namesIn = new Map();

/** The names in the pattern that Stryker makes of them, which is too long to try on each test. */
function namesOf(pattern) {
  return pattern && new Set(pattern.slice(1, -1).split(')|(').map((name) => name.replace(/\\(.)/g, '$1')));
}

module.exports = async (globalConfig, config, environment, runtime, testPath, ...rest) => {
  const { testNamePattern, ...others } = globalConfig;
  const reaching = namesOf(testNamePattern);
  const isNeeded = !reaching || (namesIn.get(testPath)?.some((name) => reaching.has(name)) ?? true);
  if (hasNoticed() || !isNeeded) { return { ...createEmptyTestResult(), testFilePath: testPath, skipped: true }; }
  setReaching(reaching);
  const result = await run(others, config, environment, runtime, testPath, ...rest);
  if (!reaching) { namesIn.set(testPath, result.testResults.map(({ fullName }) => fullName)); }
  return result;
};
