import type { Shapes } from '../shapes';

/** An error stops the synthesis; both an error and a warning can be acknowledged. */
export type Severity = 'error' | 'warning';

/** What a rule tells its readers. `docs/rules.md` is made from it. */
export interface RuleText {
  /** Stable id, part of every message and of every acknowledgement. */
  readonly id: string;
  readonly severity: Severity;
  /** When it fires, as one sentence. */
  readonly when: string;
  /** What AWS does in that case. */
  readonly why: string;
  /** What to write instead. */
  readonly fix: string;
  /** The page of AWS that says so, or where the behaviour was recorded. */
  readonly source: string;
  /** What AWS answers, where its words are known. */
  readonly says?: string;
}

/** What is wrong (got and expected) followed by how to fix it; several of them, or nothing. */
export type Said = string | readonly string[] | undefined;

/** What is judged: a resource of an app with what is known around it, or several of one kind. */
export type Kind = keyof Shapes;

/**
 * One thing that API Gateway refuses, or that surprises at run time.
 *
 * A rule is data. Its check is a pure function of the shape of what is emitted, whoever made it. It is never handed a
 * value that is only known at deployment as text.
 */
export interface Rule<K extends Kind = Kind> extends RuleText {
  readonly kind: K;
  /** The protocol that it is about, unless it is both. */
  readonly protocol?: 'HTTP' | 'WEBSOCKET';
  /** Properties of which at least one has to be given for the rule to find anything. */
  readonly about?: readonly string[];
  readonly check: (shape: Shapes[K]) => Said;
}

/** A rule on options of a class that leave no trace in a template. The class judges it. */
export interface OptionRule<Options = never> extends RuleText {
  readonly kind: 'option';
  /** Whether there is nothing to build without it, so that it cannot be acknowledged. */
  readonly required?: boolean;
  readonly check: (options: Options) => Said;
}

export type AnyRule = Rule | OptionRule;

/** What a rule has to say. */
export interface Finding {
  readonly id: string;
  readonly severity: Severity;
  readonly message: string;
  /** Why somebody accepts it. */
  readonly acknowledged?: string;
}

/** A rule in the list of its topic. */
export function rule<K extends Kind>(definition: Rule<K>): Rule {
  return definition as unknown as Rule;
}

/** What a rule says, as findings. */
export function findingsOf({ id, severity }: RuleText, said: Said): Finding[] {
  if (said === undefined) { return []; }
  return (typeof said === 'string' ? [said] : said).map((message) => ({ id, severity, message }));
}

/** What is found where nothing is wrong. */
export const NO_FINDINGS: readonly Finding[] = Object.freeze([]);

/** Judges options of a class. */
export function judgeOptions<Options>(options: Options, by: OptionRule<Options>): readonly Finding[] {
  const said = by.check(options);
  return said === undefined ? NO_FINDINGS : findingsOf(by, said);
}

/** All findings of two places. */
export function joined(some: readonly Finding[], others: readonly Finding[]): readonly Finding[] {
  if (some.length === 0) { return others; }
  return others.length === 0 ? some : [...some, ...others];
}
