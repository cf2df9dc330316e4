import { readFileSync } from 'fs';
import { join } from 'path';
import { RULES } from '../../../lib/private/rules';
import { rulesPage } from '../../../scripts/rules-page';
import { withoutValidation } from '../../parity/synthesize';
import { check, included, rulesOf, rulesOfClasses, type Build } from './builders';
import { CASES } from './cases';

withoutValidation();

/** Those of what is deployed have pairs of apps in test/private/deployed. */
const ofTemplates = RULES.filter(({ kind }) => kind !== 'option' && !kind.startsWith('deployed-')).map(({ id }) => id);

test('every rule that a template shows has cases, and every case a rule', () => {
  expect(Object.keys(CASES).sort()).toEqual([...ofTemplates].sort());
});

test('every rule has wrong and right apps', () => {
  const lacking = Object.entries(CASES).filter(
    ([, { wrong, right }]) => Object.keys(wrong).length === 0 || Object.keys(right).length === 0,
  );
  expect(lacking.map(([id]) => id)).toEqual([]);
});

test('rule ids are unique and in kebab case', () => {
  expect(new Set(RULES.map(({ id }) => id)).size).toBe(RULES.length);
  for (const { id } of RULES) {
    expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
  }
});

test('docs/rules.md says what the rules say (update it with: npm run docs:rules)', () => {
  expect(readFileSync(join(__dirname, '../../../docs/rules.md'), 'utf8')).toBe(rulesPage());
});

const WAYS: [string, (build: Build) => string[]][] = [
  ['of L1 constructs', (build) => rulesOf(build)],
  ['of classes of aws-cdk-lib', (build) => rulesOf(build, {}, 'upstream')],
  ['in an included template', (build) => rulesOf(included(build))],
];

describe.each(Object.entries(CASES))(
  '%s',
  (id, { wrong, right, also = [], cannotInclude, says, classes, upstream }) => {
    const expected = [id, ...also].sort();

    describe.each(WAYS)('in an app %s', (way, judge) => {
      if (cannotInclude && way === 'in an included template') {
        test.each(Object.entries(wrong))('cannot have %s', (_name, build) => {
          expect(() => judge(build)).toThrow(cannotInclude);
        });
      } else {
        test.each(Object.entries(wrong))('objects to %s', (_name, build) => {
          expect(judge(build)).toEqual(expected);
        });
      }

      test.each(Object.entries(right))('accepts %s', (_name, build) => {
        expect(judge(build)).toEqual([]);
      });
    });

    if (says) {
      test('says what was found, what was expected and how to mend it', () => {
        expect(check(Object.values(wrong)[0]).find(({ rule }) => rule === id)?.message).toMatch(says);
      });
    }

    if (typeof classes !== 'string') {
      test('is said by the classes of this library without the aspect, and not of the corrected app', () => {
        expect(rulesOfClasses(classes.wrong)).toEqual([id]);
        expect(rulesOfClasses(classes.right)).toEqual([]);
      });
    }

    if (upstream) {
      test('is said of the classes of aws-cdk-lib, and not of the corrected app', () => {
        expect(rulesOf(upstream.wrong)).toEqual([id]);
        expect(rulesOf(upstream.right)).toEqual([]);
      });
    }
  },
);
