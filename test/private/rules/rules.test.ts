import { readFileSync } from 'fs';
import { join } from 'path';
import { RULE_CASES } from './cases';
import { RULE_TOPICS } from '../../../lib/private/rules';
import type { Rule } from '../../../lib/private/rules/rule';
import { rulesPage } from '../../../scripts/rules-page';

const rules = RULE_TOPICS.flatMap((topic) => topic.rules);
const check = (rule: Rule<never>, facts: unknown) => (rule.check as (facts: unknown) => string | undefined)(facts);

test('every rule has a case that fails and one that passes', () => {
  const covered = RULE_CASES.filter((c) => c.fails.length > 0 && c.passes.length > 0).map((c) => c.rule.id);
  expect(covered.sort()).toEqual(rules.map((rule) => rule.id).sort());
});

test('rule ids are unique and in kebab case', () => {
  expect(new Set(rules.map((rule) => rule.id)).size).toBe(rules.length);
  for (const rule of rules) {
    expect(rule.id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
  }
});

test('docs/rules.md says what the rules say (update it with: npm run docs:rules)', () => {
  expect(readFileSync(join(__dirname, '../../../docs/rules.md'), 'utf8')).toBe(rulesPage());
});

describe.each(RULE_CASES)('$rule.id', ({ rule, fails, passes }) => {
  test.each(fails)('objects to %p', (facts, message) => {
    expect(check(rule, facts)).toMatch(message);
  });

  test.each(passes.map((facts) => [facts]))('accepts %p', (facts) => {
    expect(check(rule, facts)).toBeUndefined();
  });
});
