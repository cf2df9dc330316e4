import { every, type Verdict } from './verdict';

/**
 * Text of which some parts are only known at deployment.
 *
 * Each of these parts is a symbol, one character of Unicode's supplementary private use areas, of one of three kinds. A
 * reference to a resource of the app equals itself and nothing else. A name that CloudFormation makes up is the same,
 * but a pattern may match it. All other symbols may have any value, one that the text shows elsewhere among them.
 */
export type Text = string;

/** The first symbol of each kind, and how many there are; an app of more values uses some twice. */
const KINDS = { unknown: [0xF0000, 0x8000], name: [0xF8000, 0x7FFE], reference: [0x100000, 0xFFFE] };
const SYMBOL = /[\u{F0000}-\u{FFFFD}\u{100000}-\u{10FFFD}]/u;
const SYMBOLS = new RegExp(SYMBOL, 'gu');
const UNKNOWN = /[\u{F0000}-\u{F7FFF}]/u;
const UNKNOWN_OR_NAME = /[\u{F0000}-\u{FFFFD}]/u;

/** The symbols of an app, and what they stand for. */
export class SymbolTable {
  private readonly symbols = new Map<string, Text>();
  private readonly names = new Map<Text, string>();
  private readonly counts = { unknown: 0, name: 0, reference: 0 };

  /** The symbol of a value; equal keys are equal values. */
  public symbol(kind: keyof typeof KINDS, key: string, name = key): Text {
    let symbol = this.symbols.get(`${kind} ${key}`);
    if (symbol === undefined) {
      const [first, size] = KINDS[kind];
      symbol = String.fromCodePoint(first + this.counts[kind]++ % size);
      this.symbols.set(`${kind} ${key}`, symbol);
      this.names.set(symbol, name);
    }
    return symbol;
  }

  /** The name of the value that a symbol stands for. */
  public nameOf(symbol: Text): string {
    return this.names.get(symbol) ?? symbol;
  }
}

/** A text with something else in place of its symbols. */
export function replaceSymbols(text: Text, replacement: (symbol: Text) => string): string {
  return text.replace(SYMBOLS, replacement);
}

/** The symbols in a text. */
export function symbolsOf(text: Text): readonly Text[] {
  return text.match(SYMBOLS) ?? [];
}

/**
 * A text with something else in place of what stands between two marks, of which the second begins with `}`.
 *
 * It takes as many steps as the text is long, however often the first mark stands there alone.
 */
export function replaceBetween(
  text: Text, open: string, close: string, replacement: (inner: Text, whole: Text) => Text,
): Text {
  let result = '';
  let done = 0;
  let brace = 0;
  for (let start = text.indexOf(open); start >= 0; start = text.indexOf(open, start)) {
    const inside = start + open.length;
    if (brace < inside) { brace = text.indexOf('}', inside); }
    if (brace < 0) { break; }
    if (!text.startsWith(close, brace)) {
      start++;
      continue;
    }
    const end = brace + close.length;
    result += text.slice(done, start) + replacement(text.slice(inside, brace), text.slice(start, end));
    done = end;
    start = end;
  }
  return result + text.slice(done);
}

/** The text, if all of it is known. */
export function known(text: Text): string | undefined {
  return SYMBOL.test(text) ? undefined : text;
}

/** Whether a part of the text may have any value. */
export function hasUnknown(text: Text): boolean {
  return UNKNOWN.test(text);
}

/** Splits at a character, into at most `limit` parts of which the last one keeps the rest. */
export function split(text: Text, separator: string, limit = Infinity): Text[] {
  const parts = text.split(separator);
  return parts.length <= limit ? parts : [...parts.slice(0, limit - 1), parts.slice(limit - 1).join(separator)];
}

/** Whether two texts are the same. */
export function sameText(one: Text, other: Text): Verdict {
  if (one === other) { return 'yes'; }
  if (!hasUnknown(one) && !hasUnknown(other)) { return 'no'; }
  return overlap(charactersOf(one), charactersOf(other)) ? 'unknown' : 'no';
}

/** Matches text with a pattern of `*` (any text) and `?` (one character). */
export function globMatches(pattern: Text, text: Text): Verdict {
  if (pattern === text) { return 'yes'; }
  if (endsDiffer(pattern, text)) { return 'no'; }
  if (matchesEnds(pattern, text) ?? isMatch(Array.from(pattern), Array.from(text))) { return 'yes'; }
  // A name that is made up is not one that somebody wrote, but may be matched by a pattern.
  const any = /[*?]/.test(pattern) ? UNKNOWN_OR_NAME : UNKNOWN;
  if (!hasUnknown(pattern) && !any.test(text)) { return 'no'; }
  return overlap(charactersOf(pattern), charactersOf(text, any)) ? 'unknown' : 'no';
}

/** Whether text matches a pattern of one `*` and nothing else that is special, or undefined for another pattern. */
function matchesEnds(pattern: Text, text: Text): boolean | undefined {
  const star = pattern.indexOf('*');
  if (star < 0 || pattern.includes('*', star + 1) || pattern.includes('?')) { return undefined; }
  const end = pattern.length - star - 1;
  return text.length >= star + end && text.startsWith(pattern.slice(0, star)) && text.endsWith(pattern.slice(star + 1));
}

/** Whether the ends of a pattern and a text alone tell that they do not match, as they do for most pairs. */
function endsDiffer(pattern: Text, text: Text): boolean {
  for (let i = 1; i <= pattern.length || i <= text.length; i++) {
    const p = pattern[pattern.length - i];
    const t = text[text.length - i];
    if (p === '*' || p === '?') { return false; }
    if (isSurrogate(p) || isSurrogate(t)) {
      // Two halves of a character.
      const one = pattern.slice(-i - 1, pattern.length - i + 1);
      const other = text.slice(-i - 1, text.length - i + 1);
      if (one !== other) { return isSurrogate(p) && isSurrogate(t) && !UNKNOWN.test(one + other); }
      i++;
    } else if (p !== t) {
      return true;
    }
  }
  return false;
}

/** Whether a unit of a string is half of a character, which all symbols are made of. */
const isSurrogate = (unit?: string) => unit !== undefined && unit >= '\uD800' && unit <= '\uDFFF';

/**
 * Whether text matches, whatever the values of symbols are: `*` matches them, and each matches itself.
 *
 * Only the last `*` is ever tried again, so that a pattern takes at most its length times that of the text.
 */
export function isMatch(pattern: readonly Text[], text: readonly Text[]): boolean {
  let p = 0;
  let t = 0;
  let star = -1;
  let restart = 0;
  while (t < text.length) {
    if (pattern[p] === '*') {
      star = p++;
      restart = t;
    } else if (p < pattern.length && isSame(pattern[p], text[t])) {
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

/** Whether one character of a pattern is one of a text; a symbol may be of any length. */
function isSame(pattern: Text, character: Text): boolean {
  return pattern === character || (pattern === '?' && !SYMBOL.test(character));
}

/** The characters of a text, with `*` for what may have any value. */
function charactersOf(text: Text, any = UNKNOWN): Text[] {
  return Array.from(text, (character) => any.test(character) ? '*' : character);
}

/** Whether there is a text that two patterns match. */
export function overlap(one: readonly Text[], other: readonly Text[]): boolean {
  // After each round, `fits[j]` tells whether the rest of `one` and the rest of `other` from j on overlap.
  const lastOther = other.map((it) => it !== '*').lastIndexOf(true);
  let fits = Array.from({ length: other.length + 1 }, (_, j) => j > lastOther);
  for (let i = one.length - 1; i >= 0; i--) {
    const next = fits;
    fits = [];
    for (let j = other.length; j >= 0; j--) {
      const isEnd = j === other.length;
      if (one[i] === '*') {
        fits[j] = next[j] || (!isEnd && fits[j + 1]);
      } else if (other[j] === '*') {
        fits[j] = fits[j + 1] || next[j];
      } else {
        fits[j] = !isEnd && isSame(one[i], other[j]) && next[j + 1];
      }
    }
  }
  return fits[0];
}

/**
 * Matches an ARN as `ArnLike` does: the six parts between colons one by one, so that a `*` reaches over slashes in the
 * resource but not from one part into another.
 *
 * An ARN that is a symbol as a whole has no parts that are known.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN
 */
export function arnMatches(pattern: Text, arn: Text): Verdict {
  if (pattern === arn) { return 'yes'; }
  if (endsDiffer(pattern, arn)) { return 'no'; }
  const patterns = split(pattern, ':', 6);
  const parts = split(arn, ':', 6);
  if (patterns.length < 6 || parts.length < 6) { return globMatches(pattern, arn); }
  // The last part differs most often.
  return every([5, 0, 1, 2, 3, 4], (i) => globMatches(patterns[i], parts[i]));
}
