// What the tests write goes into a folder of its own, which is removed after them: each app leaves an assembly behind,
// thousands in all. In memory, where there is room, since removing them from a disk may take a quarter of a minute.
const { existsSync, mkdtempSync, rmSync, statfsSync } = require('fs');
const { tmpdir } = require('os');
const { join } = require('path');

const MEMORY = '/dev/shm';
const ROOM = 2 ** 31;

function hasRoom(folder) {
  if (!existsSync(folder)) { return false; }
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize > ROOM;
}

module.exports = () => {
  const folder = mkdtempSync(join(hasRoom(MEMORY) ? MEMORY : tmpdir(), 'tests-'));
  process.env.TMPDIR = folder;
  process.on('exit', () => { rmSync(folder, { recursive: true, force: true }); });
};
