/** What the app says of a question; `unknown` where what is outside of the app decides, or its deployment. */
export type Verdict = 'yes' | 'unknown' | 'no';

/** Whether it is so for one of the elements at least. */
export function some<T>(elements: readonly T[], judge: (element: T) => Verdict): Verdict {
  let best: Verdict = 'no';
  for (const element of elements) {
    const verdict = judge(element);
    if (verdict === 'yes') { return 'yes'; }
    if (verdict === 'unknown') { best = 'unknown'; }
  }
  return best;
}

/** Whether it is so for each of the elements. */
export function every<T>(elements: readonly T[], judge: (element: T) => Verdict): Verdict {
  return not(some(elements, (element) => not(judge(element))));
}

/** Whether all is so. */
export function all(...verdicts: readonly Verdict[]): Verdict {
  return verdicts.includes('no') ? 'no' : verdicts.includes('unknown') ? 'unknown' : 'yes';
}

export function not(verdict: Verdict): Verdict {
  return verdict === 'unknown' ? 'unknown' : verdict === 'yes' ? 'no' : 'yes';
}
