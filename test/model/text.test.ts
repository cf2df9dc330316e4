import { arnMatches, globMatches, symbol, textOf, type Text } from '../../lib/private/model/text';

const API = symbol('Stack/Api.Ref');

/** Text in which `%` stands for one symbol. */
const text = (it: string): Text => it.split(/(%)/).flatMap((part) => part === '%' ? API : textOf(part));

test.each([
  ['', ''], ['*', ''], ['*', 'abc'], ['a*c', 'abc'], ['a*c', 'ac'], ['a?c', 'abc'], ['*b*', 'abc'], ['a*b*c', 'a1b2b3c'], ['%', '%'], ['*', '%'], ['a*', 'a%b'], ['%/*', '%/x'],
])('%s matches %s', (pattern, value) => {
  expect(globMatches(text(pattern), text(value))).toBe(true);
});

test.each([
  ['', 'a'], ['a', ''], ['?', ''], ['a*c', 'abd'], ['a?c', 'ac'], ['*message', 'sendmessages'], ['?', '%'], ['abc', '%'], ['%', 'abc'], ['a*b*c', 'acb'],
])('%s does not match %s', (pattern, value) => {
  expect(globMatches(text(pattern), text(value))).toBe(false);
});

test('two symbols of different names do not match', () => {
  expect(globMatches(symbol('Stack/One.Ref'), symbol('Stack/Two.Ref'))).toBe(false);
});

test('a hostile pattern takes no longer than its length times the length of the text', () => {
  const started = Date.now();
  expect(globMatches(textOf('*a'.repeat(200) + 'b'), textOf('a'.repeat(5000)))).toBe(false);
  expect(Date.now() - started).toBeLessThan(2000);
});

const arn = (resource: string) => text(`arn:aws:execute-api:eu-west-1:111111111111:%/${resource}`);

test.each([
  ['*/*', 'prod/$default'], ['*/$default', 'prod/$default'], ['*/*/books', 'prod/GET/books'], ['*/*/*', 'prod/GET/books/{isbn}'], ['*/*', 'prod/GET/books/{isbn}'],
  ['*/GET/covers/{proxy+}', 'prod/GET/covers/{proxy+}'], ['*$connect', 'prod/$connect'], ['*message', 'prod/sendmessage'],
])('the source ARN %s permits %s', (pattern, presented) => {
  expect(arnMatches(arn(pattern), arn(presented))).toBe(true);
});

test.each([
  // The permission that upstream gives to an API has one slash more than what its default route presents.
  ['*/*/*', 'prod/$default'],
  ['*/GET/books', 'prod/POST/books'], ['test/GET/books', 'prod/GET/books'], ['*/*/books', 'prod/GET/books/{isbn}'], ['*/message', 'prod/sendmessage'],
])('the source ARN %s does not permit %s', (pattern, presented) => {
  expect(arnMatches(arn(pattern), arn(presented))).toBe(false);
});

test('a wildcard does not reach from one part of an ARN into the next', () => {
  expect(arnMatches(textOf('arn:aws:execute-api:*:x/*'), arn('prod/GET/books'))).toBe(false);
  expect(arnMatches(textOf('arn:aws:*:1:2:x'), textOf('arn:aws:sqs:eu:1:2:x'))).toBe(false);
  expect(arnMatches(textOf('arn:aws:execute-api:*:*:*'), arn('prod/GET/books'))).toBe(true);
});
