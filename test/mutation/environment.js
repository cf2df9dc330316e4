// The test environment of the suite, for many runs in one process. What a test file writes is removed after it. Only
// tests that reach a change are run for it, and none after one that has noticed it.
const { mkdtempSync, readdirSync, rmSync } = require('fs');
const { tmpdir } = require('os');
const { join } = require('path');
const Environment = require('../setup/environment.js');

// One for all test files of the process, since aws-cdk-lib remembers the first.
const FOLDER = mkdtempSync(join(tmpdir(), 'process-'));
process.env.TMPDIR = FOLDER;

const changeUnderTest = () => process.env.__STRYKER_ACTIVE_MUTANT__;

/** The tests that reach the change, by their names; all where that is not known. */
let reaching;
let noticed;

function nameOf({ name, parent }) {
  return parent?.parent ? `${nameOf(parent)} ${name}` : name;
}

module.exports = class extends Environment {
  static setReaching(names) { reaching = names; }

  static hasNoticed() { return noticed !== undefined && noticed === changeUnderTest(); }

  handleTestEvent({ name, test }) {
    const isNeeded = () => !module.exports.hasNoticed() && (reaching?.has(nameOf(test)) ?? true);
    if (name === 'test_start' && !isNeeded()) { test.mode = 'skip'; }
    if (name === 'test_done' && test.errors.length > 0) { noticed = changeUnderTest(); }
  }

  async teardown() {
    await super.teardown();
    for (const file of readdirSync(FOLDER)) { rmSync(join(FOLDER, file), { recursive: true, force: true }); }
  }
};
