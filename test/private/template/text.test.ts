import * as fc from 'fast-check';
import { arnMatches, globMatches, SymbolTable, type Text } from '../../../lib/private/template/text';

const symbols = new SymbolTable();
const [API, ANY, NAME] = [symbols.symbol('reference', 'Stack/Api.Ref'), symbols.symbol('unknown', 'Stack/Parameter.Ref'), symbols.symbol('name', 'Stack/Fn')];

/** Text in which `%` stands for a reference, `~` for a value that may be any, and `@` for a name that is made up. */
const text = (it: string): Text => it.replace(/%/g, API).replace(/~/g, ANY).replace(/@/g, NAME);

test.each([
  ['', ''], ['*', ''], ['*', 'abc'], ['a*c', 'abc'], ['a*c', 'ac'], ['a?c', 'abc'], ['*b*', 'abc'], ['a*b*c', 'a1b2b3c'], ['%', '%'], ['*', '%'], ['a*', 'a%b'], ['%/*', '%/x'], ['@', '@'], ['f:*', 'f:@'],
  ['a?', 'a📚'], ['*', '~'], ['~', '~'], ['a~*', 'a~b'],
])('%s matches %s', (pattern, value) => {
  expect(globMatches(text(pattern), text(value))).toBe('yes');
});

test.each([
  ['', 'a'], ['a', ''], ['?', ''], ['a*c', 'abd'], ['a?c', 'ac'], ['*message', 'sendmessages'], ['?', '%'], ['abc', '%'], ['%', 'abc'], ['a*b*c', 'acb'], ['a~', 'b'], ['a', 'b~'],
  ['*a', '~b'], ['a~c', 'ab'], ['f:shop', 'f:@'], ['g:*', 'f:@'], ['%', '@'],
])('%s does not match %s', (pattern, value) => {
  expect(globMatches(text(pattern), text(value))).toBe('no');
});

test.each([
  ['~', 'abc'], ['abc', '~'], ['a~', 'abc'], ['a~c*', 'abcd'], ['~%', 'a%'], ['*a~', 'ba'], ['a?c', 'a~'], ['~/books', '%/books'], ['', '~'], ['~', ''], ['f:shop-*', 'f:@'], ['f:?', 'f:@'], ['~', '@'],
])('%s may match %s', (pattern, value) => {
  expect(globMatches(text(pattern), text(value))).toBe('unknown');
});

test('two references are two values, and two values that may be any may be one', () => {
  expect(globMatches(symbols.symbol('reference', 'One.Ref'), symbols.symbol('reference', 'Two.Ref'))).toBe('no');
  expect(globMatches(symbols.symbol('unknown', 'One'), symbols.symbol('unknown', 'Two'))).toBe('unknown');
});

test('what is said with a value in place is never contradicted', () => {
  const parts = fc.array(fc.constantFrom('a', 'b', '*', '?', '~'), { maxLength: 6 });
  const values = fc.array(fc.constantFrom('a', 'b', '~'), { maxLength: 6 });
  fc.assert(fc.property(parts, values, fc.constantFrom('', 'a', 'ba', 'bab'), (pattern, value, actual) => {
    const filled = (it: string[]) => it.map((part) => part === '~' ? actual : part).join('');
    const said = globMatches(text(pattern.join('')), text(value.join('')));
    if (said !== 'unknown') { expect(said).toBe(globMatches(filled(pattern), filled(value))); }
  }), { numRuns: 2000 });
});

test('text shows the names of its symbols', () => {
  expect([symbols.nameOf(API), symbols.nameOf(ANY)]).toEqual(['Stack/Api.Ref', 'Stack/Parameter.Ref']);
});

test('a hostile pattern takes no longer than its length times the length of the text', () => {
  const started = Date.now();
  expect(globMatches('*a'.repeat(200) + 'b', 'a'.repeat(5000))).toBe('no');
  expect(globMatches('*a'.repeat(200) + '*', 'b'.repeat(5000))).toBe('no');
  expect(globMatches(text('*a'.repeat(200) + '~'), 'b'.repeat(5000))).toBe('no');
  expect(Date.now() - started).toBeLessThan(2000);
});

const arn = (resource: string) => text(`arn:aws:execute-api:eu-west-1:111111111111:%/${resource}`);

test.each([
  ['*/*', 'prod/$default'], ['*/$default', 'prod/$default'], ['*/*/books', 'prod/GET/books'], ['*/*/*', 'prod/GET/books/{isbn}'], ['*/*', 'prod/GET/books/{isbn}'],
  ['*/GET/covers/{proxy+}', 'prod/GET/covers/{proxy+}'], ['*$connect', 'prod/$connect'], ['*message', 'prod/sendmessage'],
])('the source ARN %s permits %s', (pattern, presented) => {
  expect(arnMatches(arn(pattern), arn(presented))).toBe('yes');
});

test.each([
  // The permission that upstream gives to an API has one slash more than what its default route presents.
  ['*/*/*', 'prod/$default'],
  ['*/GET/books', 'prod/POST/books'], ['test/GET/books', 'prod/GET/books'], ['*/*/books', 'prod/GET/books/{isbn}'], ['*/message', 'prod/sendmessage'],
])('the source ARN %s does not permit %s', (pattern, presented) => {
  expect(arnMatches(arn(pattern), arn(presented))).toBe('no');
});

test('a wildcard does not reach from one part of an ARN into the next', () => {
  expect(arnMatches('arn:aws:execute-api:*:x/*', arn('prod/GET/books'))).toBe('no');
  expect(arnMatches('arn:aws:*:1:2:x', 'arn:aws:sqs:eu:1:2:x')).toBe('no');
  expect(arnMatches('arn:aws:execute-api:*:*:*', arn('prod/GET/books'))).toBe('yes');
});

test('a region that is only known at deployment may be the one that is named', () => {
  expect(arnMatches(text('arn:aws:execute-api:~:111111111111:%/*'), arn('prod/GET/books'))).toBe('unknown');
  expect(arnMatches(text('arn:aws:execute-api:~:222222222222:%/*'), arn('prod/GET/books'))).toBe('no');
});
