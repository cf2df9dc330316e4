import { RULES } from '../../../lib/private/rules';
import { findingsOf, type Rule } from '../../../lib/private/rules/rule';
import { domainValues } from './values/domains';
import { integrationRuleValues } from './values/integrations';
import { mappingValues } from './values/mappings';
import { optionValues } from './values/options';
import { privateTargetValues } from './values/private-targets';
import { serviceValues } from './values/services';
import { webSocketValues } from './values/websocket';

const VALUES = [
  ...domainValues,
  ...integrationRuleValues,
  ...privateTargetValues,
  ...mappingValues,
  ...serviceValues,
  ...webSocketValues,
  ...optionValues,
];

/** What a rule says of a shape. */
function messagesOf(id: string, shape: unknown): string[] {
  const rule = RULES.find((it) => it.id === id) as Rule;
  return findingsOf(rule, rule.check(shape as never)).map(({ message }) => message);
}

describe.each(VALUES.map((it) => [it.rule, it] as const))('%s', (id, { refused, accepted }) => {
  for (const [i, [shape, message]] of refused.entries()) {
    test(`refuses value ${i}, and says ${message.source}`, () => {
      const [said = '', ...others] = messagesOf(id, shape);
      expect(said).toMatch(message);
      if (!optionValues.some(({ rule }) => rule === id)) {
        expect(said).toMatch(/expected|did you mean|must be/i);
      }
      expect(others).toEqual([]);
    });
  }

  for (const [i, shape] of accepted.entries()) {
    test(`accepts value ${i}`, () => {
      expect(messagesOf(id, shape)).toEqual([]);
    });
  }
});
