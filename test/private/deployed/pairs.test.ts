import { RULES } from '../../../lib/private/rules';
import { withoutValidation } from '../../parity/synthesize';
import { compare } from './compare';
import { PAIRS } from './pairs';

withoutValidation();

const ofDeployed = RULES.filter(({ kind }) => kind.startsWith('deployed-')).map(({ id }) => id);

test('every rule of what is deployed objects to a pair, and there are pairs that nothing is said of', () => {
  const fired = new Set(Object.values(PAIRS).flatMap(({ rules }) => rules));
  expect([...fired].sort()).toEqual([...ofDeployed].sort());
  expect(Object.values(PAIRS).filter(({ rules }) => rules.length === 0).length).toBeGreaterThan(10);
});

test('every rule of what is deployed has a sample of what is right', () => {
  const shown = new Set(Object.values(PAIRS).flatMap(({ rules, right }) => right ? rules : []));
  expect([...shown].sort()).toEqual([...ofDeployed].sort());
});

describe.each(Object.entries(PAIRS))('%s', (_, { before, after, rules, says, right }) => {
  test(rules.length > 0 ? `raises ${rules.join(', ')}` : 'raises nothing', () => {
    const found = compare(before, after);
    expect(found.map(({ rule }) => rule).sort()).toEqual([...rules].sort());
    if (says) { expect(found[0].message).toMatch(says); }
  });

  if (right) {
    test('raises nothing of what is right', () => {
      expect(compare(before, right)).toEqual([]);
    });
  }
});
