/** An error stops the synthesis; a warning can be acknowledged. */
export type Severity = 'error' | 'warning';

/**
 * One thing that API Gateway refuses, or that surprises at run time.
 *
 * A rule is data: `docs/rules.md` is generated from it, and its check is a pure
 * function of the facts. Tokens are never judged: a check that is handed a
 * value which is only known at deployment returns nothing.
 */
export interface Rule<Facts> {
  /** Stable id, part of every message and of the id of the warning. */
  readonly id: string;
  readonly severity: Severity;
  /** When it fires, as one sentence. */
  readonly when: string;
  /** What AWS does in that case. */
  readonly why: string;
  /** What to write instead. */
  readonly fix: string;
  /**
   * Judges the facts.
   *
   * Returns what is wrong (got and expected) followed by how to fix it, or
   * `undefined` when there is nothing to say.
   */
  readonly check: (facts: Facts) => string | undefined;
}

/** What a rule has to say about some facts. */
export interface Finding {
  readonly id: string;
  readonly severity: Severity;
  readonly message: string;
}

/** Runs rules over the same facts. */
export function judge<Facts>(facts: Facts, ...rules: Rule<Facts>[]): Finding[] {
  const findings: Finding[] = [];
  for (const rule of rules) {
    const message = rule.check(facts);
    if (message !== undefined) {
      findings.push({ id: rule.id, severity: rule.severity, message });
    }
  }
  return findings;
}
