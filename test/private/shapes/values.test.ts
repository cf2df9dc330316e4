import { Lazy, Token } from 'aws-cdk-lib';
import {
  entriesOf, flagOf, isEmptyList, isGiven, isUnresolved, jsonOf, listOf, mapOf, numberOf, PART, patternOf, quoted,
  textOf, Unknown, UNKNOWN, type Json,
} from '../../../lib/private/shapes/values';

const TOKEN = Lazy.string({ produce: () => 'later' });

test.each<[unknown, boolean]>([
  [TOKEN, true],
  [`a ${TOKEN}`, true],
  [Token.asNumber({ Ref: 'A' }), true],
  [Token.asAny({ Ref: 'A' }), true],
  ['{{resolve:ssm:name}}', true],
  ['{ "resolve": 1 }', false],
  ['text', false],
  [7, false],
])('%p is known at deployment: %p', (value, expected) => {
  expect(isUnresolved(value)).toBe(expected);
});

test.each<[unknown, Json | undefined]>([
  [undefined, undefined],
  ['text', 'text'],
  [TOKEN, new Unknown(PART)],
  [`https://${TOKEN}.example/${TOKEN}`, new Unknown(`https://${PART}.example/${PART}`)],
  ['https://{{resolve:ssm:host}}/{id}', new Unknown(`https://${PART}/{id}`)],
  [Token.asAny({ Ref: 'A' }), UNKNOWN],
  [new Unknown('a'), new Unknown('a')],
  [null, null],
  [{ a: ['b', undefined, TOKEN], c: undefined, d: { e: false } }, {
    a: ['b', undefined as never, new Unknown(PART)], d: { e: false },
  }],
])('%p as rules take it', (value, expected) => {
  expect(jsonOf(value)).toStrictEqual(expected);
});

test.each<[Json | undefined, string | undefined, number | undefined, boolean | undefined]>([
  ['7', '7', 7, undefined],
  ['-7', '-7', -7, undefined],
  ['0.5', '0.5', 0.5, undefined],
  ['', '', undefined, undefined],
  ['7 ', '7 ', undefined, undefined],
  ['a7', 'a7', undefined, undefined],
  [7, '7', 7, undefined],
  [true, 'true', undefined, true],
  [false, 'false', undefined, false],
  ['true', 'true', undefined, true],
  ['false', 'false', undefined, false],
  ['True', 'True', undefined, undefined],
  [null, undefined, undefined, undefined],
  [['7'], undefined, undefined, undefined],
  [new Unknown('7'), undefined, undefined, undefined],
  [undefined, undefined, undefined, undefined],
])('%p as text, as a number and as a flag', (value, text, number, flag) => {
  expect([textOf(value), numberOf(value), flagOf(value)]).toEqual([text, number, flag]);
});

test('a pattern is what is known of a text', () => {
  expect([patternOf(new Unknown(`a${PART}`)), patternOf(7), patternOf({}), patternOf(undefined)])
    .toEqual([`a${PART}`, '7', undefined, undefined]);
});

test.each<[Json | undefined, readonly Json[], boolean]>([
  [['a'], ['a'], false],
  [[], [], true],
  [undefined, [], true],
  [null, [], true],
  ['', [], false],
  [UNKNOWN, [], false],
])('the elements of %p', (value, elements, isEmpty) => {
  expect([listOf(value), isEmptyList(value)]).toEqual([elements, isEmpty]);
});

test.each<[Json | undefined, Json | undefined, object]>([
  [{ a: 1, b: undefined }, { a: 1, b: undefined }, [['a', 1]]],
  [['a'], undefined, []],
  [UNKNOWN, undefined, []],
  [null, undefined, []],
  ['a', undefined, []],
])('the entries of %p', (value, map, entries) => {
  expect(mapOf(value)).toStrictEqual(map);
  expect(entriesOf(value)).toEqual(entries);
});

test('a value is given unless it is missing', () => {
  expect(['', 0, false, UNKNOWN, null, undefined].map(isGiven)).toEqual([true, true, true, true, false, false]);
});

test('a long text is shortened in a message', () => {
  expect(quoted('a "b"')).toBe('"a \\"b\\""');
  expect(quoted('x'.repeat(100))).toBe(`"${'x'.repeat(100)}"`);
  expect(quoted('x'.repeat(101))).toBe(`"${'x'.repeat(100)}..."`);
});

test('a number that is a token is only known at deployment in a text, too', () => {
  const text = `https://example.com:${Lazy.number({ produce: () => 443 })}/books`;
  expect(isUnresolved(text)).toBe(true);
  expect(jsonOf(text)).toEqual(new Unknown(`https://example.com:${PART}/books`));
  expect(isUnresolved('e+289')).toBe(false);
});
