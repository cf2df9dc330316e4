// Runs the test files that reach the change, in the order in which selection.mjs names them.
const { default: Sequencer } = require('@jest/test-sequencer');
const { hasAny, namesOf } = require('./covering.js');

const PLACES = process.env.TESTS.split(',')
  .map((pattern) => pattern.replace('<rootDir>', '').replace('/**/*.test.ts', '/'));

module.exports = class extends Sequencer {
  constructor(options) {
    super(options);
    this.names = namesOf(options.globalConfig.testNamePattern);
  }

  sort(tests) {
    const placeOf = ({ path }) => PLACES.findIndex((place) => path.includes(place));
    return tests.filter(({ path }) => hasAny(path, this.names))
      .sort((a, b) => placeOf(a) - placeOf(b) || a.path.localeCompare(b.path));
  }
};
