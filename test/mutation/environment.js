// The test environment of the suite, for many runs in one process. What a test file writes is removed after it, and
// nothing more is run for a change that a test has noticed.
const { mkdtempSync, rmSync } = require('fs');
const { tmpdir } = require('os');
const { join } = require('path');
const Environment = require('../setup/environment.js');

let noticed;

const changeUnderTest = () => process.env.__STRYKER_ACTIVE_MUTANT__;

module.exports = class extends Environment {
  folder = mkdtempSync(join(tmpdir(), 'file-'));

  constructor(config, context) {
    super(config, context);
    process.env.TMPDIR = this.folder;
  }

  handleTestEvent({ name, test }) {
    const change = changeUnderTest();
    if (change === undefined) { return; }
    if (name === 'test_start' && change === noticed) { test.mode = 'skip'; }
    if (name === 'test_done' && test.errors.length > 0) { noticed = change; }
  }

  async teardown() {
    await super.teardown();
    rmSync(this.folder, { recursive: true, force: true });
  }
};
