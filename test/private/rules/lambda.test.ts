import { allowedBy, someOf } from '../../../lib/private/rules/lambda';

test('a message names three of many, each once', () => {
  expect(someOf(['a', 'b', 'a', 'c'])).toBe('a, b, c');
  expect(someOf(['a', 'b', 'c', 'd'])).toBe('a, b, c, ...');
  expect([allowedBy([]), allowedBy(['a'])]).toEqual(['nothing', 'a']);
});
