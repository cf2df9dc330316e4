// Starts the files first that take longest. Jest knows that of earlier runs only, which a fresh clone does not have.
const { default: Sequencer } = require('@jest/test-sequencer');

const SLOWEST = ['rules/rules.test.ts', 'parity/random-app.test.ts', 'permissions/permissions.test.ts'];

module.exports = class extends Sequencer {
  sort(tests) {
    const isSlow = ({ path }) => SLOWEST.some((file) => path.endsWith(file));
    const sorted = super.sort(tests);
    return [...sorted.filter(isSlow), ...sorted.filter((test) => !isSlow(test))];
  }
};
