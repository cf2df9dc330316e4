// All snapshots lie in this folder: the templates of the examples, one per section of the README.
const { basename, join } = require('path');

module.exports = {
  resolveSnapshotPath: (testPath, extension) => join(__dirname, basename(testPath).replace('.test.ts', `.test.ts${extension}`)),
  resolveTestPath: (snapshotPath, extension) => join(__dirname, '..', basename(snapshotPath).slice(0, -extension.length)),
  testPathForConsistencyCheck: join(__dirname, '..', 'examples.test.ts'),
};
