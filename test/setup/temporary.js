// What the tests write goes into a folder of its own, which is removed after them: each app leaves an assembly behind.
const { mkdtempSync, rmSync } = require('fs');
const { tmpdir } = require('os');
const { join } = require('path');

module.exports = () => {
  const folder = mkdtempSync(join(tmpdir(), 'tests-'));
  process.env.TMPDIR = folder;
  process.on('exit', () => { rmSync(folder, { recursive: true, force: true }); });
};
