import { Token } from 'aws-cdk-lib';
import { hasToken } from '../../../lib/private/facts/tokens';

const NUMBER = Token.asNumber({ Ref: 'Port' });

test.each<[string, string, boolean]>([
  ['a text', 'https://example.com', false],
  ['a token', Token.asString({ Ref: 'Host' }), true],
  ['a token in a text', `https://${Token.asString({ Ref: 'Host' })}`, true],
  ['a number that is a token in a text', `https://example.com:${NUMBER}`, true],
  ['a number as large in a text', '1e+289', false],
])('whether %s has a token', (_, text, expected) => {
  expect(hasToken(text)).toBe(expected);
});

test('a number that is a token is found in a text where aws-cdk-lib does not find it, as newer releases do not', () => {
  const isUnresolved = jest.spyOn(Token, 'isUnresolved').mockReturnValue(false);
  try {
    expect(hasToken(`https://example.com:${NUMBER}`)).toBe(true);
    expect(hasToken('https://example.com')).toBe(false);
  } finally {
    isUnresolved.mockRestore();
  }
});
