// The test environment of the suite, for many runs in one process. What a test file writes is removed after it, and
// nothing more is run for a change that a test has noticed.
const { mkdtempSync, readdirSync, rmSync } = require('fs');
const { tmpdir } = require('os');
const { join } = require('path');
const Environment = require('../setup/environment.js');

// One for all test files of the process, since aws-cdk-lib remembers the first.
const FOLDER = mkdtempSync(join(tmpdir(), 'process-'));
process.env.TMPDIR = FOLDER;

const changeUnderTest = () => process.env.__STRYKER_ACTIVE_MUTANT__;

let noticed;

module.exports = class extends Environment {
  static hasNoticed() {
    return noticed !== undefined && noticed === changeUnderTest();
  }

  handleTestEvent({ name, test }) {
    if (name === 'test_start' && module.exports.hasNoticed()) { test.mode = 'skip'; }
    if (name === 'test_done' && test.errors.length > 0) { noticed = changeUnderTest(); }
  }

  async teardown() {
    await super.teardown();
    for (const file of readdirSync(FOLDER)) { rmSync(join(FOLDER, file), { recursive: true, force: true }); }
  }
};
