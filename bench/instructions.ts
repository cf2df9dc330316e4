// Counts the instructions that binding 300 routes takes, ours beside upstream's, and those of building and synthesizing
// an app with the checks, beside the app without: to run, to compile and to collect garbage, on one thread. Unlike CPU
// time they do not scatter: two runs differ by about one in a thousand, whatever else the machine does.
//
// Needs Linux with valgrind; each class takes about a minute and a half, an app with the checks two to five minutes.
// `npm run bench:instructions -- ALB "nested APIs"` counts for this class and this app only.
import { BOUND, CHECKED, prepareProgram, runProgram, type Shape } from './program';
import type { Job } from './measure';

const SHAPES: readonly Shape[] = [
  ...BOUND.map((shape) => ({ kind: 'bind' as const, shape, size: 300 })),
  ...[...CHECKED].map(([shape, size]) => ({ kind: 'checks' as const, shape, size })),
];

/** Nothing is left to chance: where memory is, how hashes are seeded, and when other threads are done. */
const COUNTING = [
  'setarch', '-R', 'valgrind', '--tool=callgrind', '--callgrind-out-file=/dev/null', '--smc-check=all-non-file',
  process.execPath, '--predictable', '--hash-seed=1', '--random-seed=1',
];

/** The instructions of a process in millions. */
async function countOf(shape: Shape, whose: Job['whose']): Promise<number> {
  const { stderr } = await runProgram(COUNTING, { ...shape, whose });
  const [, collected] = /Collected : (\d+)/.exec(stderr) ?? [];
  if (collected === undefined) { throw new Error(`valgrind counted nothing:\n${stderr}`); }
  return Number(collected) / 1e6;
}

/** What the shape takes: a process with it, less one without. To load the checks is a part of what they take. */
async function ofShape(shape: Shape, whose: Job['whose']): Promise<number> {
  const without = await countOf({ ...shape, size: 0 }, shape.kind === 'checks' ? 'upstream' : whose);
  return await countOf(shape, whose) - without;
}

async function main(): Promise<void> {
  prepareProgram();
  const named = process.argv.slice(2);
  const known = SHAPES.map(({ shape }) => shape);
  const unknown = named.filter((name) => !known.includes(name));
  if (unknown.length > 0) { throw new Error(`Not one of ${known.join(', ')}: ${unknown.join(', ')}`); }
  console.log('| millions of instructions | ours | upstream | ratio |\n|---|---:|---:|---:|');
  for (const shape of SHAPES.filter((it) => named.length === 0 || named.includes(it.shape))) {
    const [ours, upstream] = await Promise.all([ofShape(shape, 'ours'), ofShape(shape, 'upstream')]);
    const what = `${shape.kind}: ${shape.size} ${shape.kind === 'bind' ? `routes of ${shape.shape}` : shape.shape}`;
    console.log(`| ${what} | ${ours.toFixed(0)} | ${upstream.toFixed(0)} | ${(ours / upstream).toFixed(3)} |`);
  }
}

void main();
