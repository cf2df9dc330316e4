import { Token } from 'aws-cdk-lib';

/** A token in a text. */
export const TOKEN = /\$\{Token\[[^\]]*\]\}/g;

/** A token that is a number, as it is in a text; newer releases of AWS CDK do not tell that such a text has a token. */
export const NUMBER_TOKEN = /-1\.\d{10,16}e\+289/;

/** Whether a text has a token of AWS CDK in it. */
export function hasToken(text: string): boolean {
  // They have a brace in their text, but for those of numbers; most texts have neither.
  return (text.includes('{') && Token.isUnresolved(text)) || (text.includes('e+289') && NUMBER_TOKEN.test(text));
}
