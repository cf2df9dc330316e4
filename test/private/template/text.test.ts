import * as fc from 'fast-check';
import {
  arnMatches, globMatches, isMatch, overlap, replaceBetween, SymbolTable, type Text,
} from '../../../lib/private/template/text';

const symbols = new SymbolTable();
const [API, ANY, NAME] = [
  symbols.symbol('reference', 'Stack/Api.Ref'),
  symbols.symbol('unknown', 'Stack/Parameter.Ref'),
  symbols.symbol('name', 'Stack/Fn'),
];

/** Text in which `%` stands for a reference, `~` for a value that may be any, and `@` for a name that is made up. */
const text = (it: string): Text => it.replace(/%/g, API).replace(/~/g, ANY).replace(/@/g, NAME);

test.each([
  ['', ''], ['*', ''], ['*', 'abc'], ['a*c', 'abc'], ['a*c', 'ac'], ['a?c', 'abc'], ['*b*', 'abc'],
  ['a*b*c', 'a1b2b3c'], ['%', '%'], ['*', '%'], ['a*', 'a%b'], ['%/*', '%/x'], ['@', '@'], ['f:*', 'f:@'],
  ['a?', 'a📚'], ['*', '~'], ['~', '~'], ['a~*', 'a~b'],
])('%s matches %s', (pattern, value) => {
  expect(globMatches(text(pattern), text(value))).toBe('yes');
});

test.each([
  ['', 'a'],
  ['a', ''],
  ['?', ''],
  ['a*c', 'abd'],
  ['a?c', 'ac'],
  ['*message', 'sendmessages'],
  ['?', '%'],
  ['abc', '%'],
  ['%', 'abc'],
  ['a*b*c', 'acb'],
  ['a~', 'b'],
  ['a', 'b~'],
  ['*a', '~b'], ['a~c', 'ab'], ['f:shop', 'f:@'], ['g:*', 'f:@'], ['%', '@'],
])('%s does not match %s', (pattern, value) => {
  expect(globMatches(text(pattern), text(value))).toBe('no');
});

test.each([
  ['~', 'abc'],
  ['abc', '~'],
  ['a~', 'abc'],
  ['a~c*', 'abcd'],
  ['~%', 'a%'],
  ['*a~', 'ba'],
  ['a?c', 'a~'],
  ['~/books', '%/books'],
  ['', '~'],
  ['~', ''],
  ['f:shop-*', 'f:@'],
  ['f:?', 'f:@'],
  ['~', '@'],
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

/** The characters of a text, and how many times one of them was looked at. */
function counted(of: string): { readonly characters: readonly string[]; readonly looks: () => number } {
  let looks = 0;
  const characters = new Proxy(Array.from(of), {
    get(target, property, receiver) {
      looks++;
      return Reflect.get(target, property, receiver) as unknown;
    },
  });
  return { characters, looks: () => looks };
}

test.each([
  ['matching', isMatch, '*a'.repeat(200) + 'b', 'a'.repeat(1000)],
  ['matching what is not there', isMatch, '*a'.repeat(200) + '*', 'b'.repeat(1000)],
  ['overlapping', overlap, '*a'.repeat(200) + '*', 'b'.repeat(1000)],
])('a hostile pattern takes at most its length times that of the text: %s', (_, match, pattern, value) => {
  const [one, other] = [counted(pattern), counted(value)];
  expect(match(one.characters, other.characters)).toBe(false);
  // A step looks at a few characters.
  expect(one.looks() + other.looks()).toBeLessThan(10 * pattern.length * value.length);
});

/** A text that offers only what is counted: how many characters its searches pass. */
class CountedText {
  public passed = 0;

  constructor(private readonly text: string) {}

  public indexOf(part: string, from = 0): number {
    const at = this.text.indexOf(part, from);
    this.passed += (at < 0 ? this.text.length : at) - from + 1;
    return at;
  }

  public startsWith(part: string, at: number): boolean {
    this.passed += part.length;
    return this.text.startsWith(part, at);
  }

  public slice(from: number, to = this.text.length): string {
    this.passed += to - from;
    return this.text.slice(from, to);
  }
}

test.each([
  ['${', '}', '${'.repeat(10_000)],
  ['${', '}', `${'${'.repeat(10_000)}}`],
  ['${', '}', '${a}'.repeat(10_000)],
  ['{{resolve:', '}}', '{{resolve:'.repeat(10_000)],
  ['{{resolve:', '}}', `${'{{resolve:'.repeat(10_000)}}`],
  ['{{resolve:', '}}', '{{resolve:}'.repeat(10_000)],
])('a hostile text of %s takes no more steps than its length', (open, close, text) => {
  const value = new CountedText(text);
  replaceBetween(value as unknown as Text, open, close, (inner) => inner);
  expect(value.passed).toBeLessThan(10 * text.length);
});

const arn = (resource: string) => text(`arn:aws:execute-api:eu-west-1:111111111111:%/${resource}`);

test.each([
  ['*/*', 'prod/$default'], ['*/$default', 'prod/$default'], ['*/*/books', 'prod/GET/books'],
  ['*/*/*', 'prod/GET/books/{isbn}'], ['*/*', 'prod/GET/books/{isbn}'],
  ['*/GET/covers/{proxy+}', 'prod/GET/covers/{proxy+}'],
  ['*$connect', 'prod/$connect'],
  ['*message', 'prod/sendmessage'],
])('the source ARN %s permits %s', (pattern, presented) => {
  expect(arnMatches(arn(pattern), arn(presented))).toBe('yes');
});

test.each([
  // The permission that upstream gives to an API has one slash more than what its default route presents.
  ['*/*/*', 'prod/$default'],
  ['*/GET/books', 'prod/POST/books'], ['test/GET/books', 'prod/GET/books'],
  ['*/*/books', 'prod/GET/books/{isbn}'], ['*/message', 'prod/sendmessage'],
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
