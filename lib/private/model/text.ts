/**
 * Text of which some parts are only known at deployment.
 *
 * Every element is one character, or a symbol: the name of a value that is not known. Equal symbols are equal values;
 * nothing else is known of them, least of all that they differ from other text.
 */
export type Text = readonly string[];

/** Text that is known. */
export const textOf = (known: string): Text => Array.from(known);

/** A value that is not known. The name has to be longer than any character. */
export const symbol = (name: string): Text => [`<${name}>`];

const isSymbol = (element: string) => element.length > 2;

/** The text, if all of it is known. */
export function known(text: Text): string | undefined {
  return text.some(isSymbol) ? undefined : text.join('');
}

export const sameText = (one: Text, other: Text) => one.length === other.length && one.every((element, i) => element === other[i]);

export const startsWith = (text: Text, start: Text) => sameText(text.slice(0, start.length), start);

/** Splits at a character, into at most `limit` parts of which the last one keeps the rest. */
export function split(text: Text, separator: string, limit = Infinity): Text[] {
  const parts: string[][] = [[]];
  for (const element of text) {
    if (element === separator && parts.length < limit) { parts.push([]); } else { parts[parts.length - 1].push(element); }
  }
  return parts;
}

/**
 * Matches text with a pattern of `*` (any text) and `?` (one character).
 *
 * A symbol in the text is matched by `*` and by itself, since its value may be anything. Only the last `*` is ever
 * tried again, so that no pattern takes more steps than its length times the length of the text.
 */
export function globMatches(pattern: Text, text: Text): boolean {
  let p = 0;
  let t = 0;
  let star = -1;
  let restart = 0;
  while (t < text.length) {
    if (pattern[p] === '*') {
      star = p++;
      restart = t;
    } else if (p < pattern.length && (pattern[p] === text[t] || (pattern[p] === '?' && !isSymbol(text[t])))) {
      p++;
      t++;
    } else if (star >= 0) {
      p = star + 1;
      t = ++restart;
    } else {
      return false;
    }
  }
  while (pattern[p] === '*') { p++; }
  return p === pattern.length;
}

/**
 * Matches an ARN as `ArnLike` does: the six parts between colons one by one, so that a `*` reaches over slashes in the
 * resource but not from one part into another.
 *
 * An ARN that is a symbol as a whole has no parts that are known.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN
 */
export function arnMatches(pattern: Text, arn: Text): boolean {
  const patterns = split(pattern, ':', 6);
  const parts = split(arn, ':', 6);
  if (patterns.length < 6 || parts.length < 6) { return globMatches(pattern, arn); }
  return patterns.every((part, i) => globMatches(part, parts[i]));
}
