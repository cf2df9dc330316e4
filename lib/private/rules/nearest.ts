/** The number of characters to insert, remove or replace that turn one text into another. */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, j) => j);
  for (let i = 1; i <= one.length; i++) {
    const next = [i];
    for (let j = 1; j <= other.length; j++) {
      const replaced = row[j - 1] + (one[i - 1] === other[j - 1] ? 0 : 1);
      next.push(Math.min(row[j] + 1, next[j - 1] + 1, replaced));
    }
    row = next;
  }
  return row[other.length];
}

/** The candidate that somebody meant most likely, if one is near enough to what was written. */
export function nearestOf(text: string, candidates: readonly string[]): string | undefined {
  const written = text.slice(0, 100).toLowerCase();
  const [nearest] = candidates.map((candidate) => ({ candidate, steps: distance(written, candidate.toLowerCase()) }))
    .sort((one, other) => one.steps - other.steps);
  return nearest && nearest.steps <= Math.max(2, nearest.candidate.length / 3) ? nearest.candidate : undefined;
}
