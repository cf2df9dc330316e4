// Counts the instructions that binding 300 routes takes, ours beside upstream's: to run, to compile and to collect
// garbage, on one thread. Unlike CPU time they do not scatter: two runs differ by about one in a thousand, whatever
// else the machine does. Needs Linux with valgrind; each class takes about a minute and a half.
// `npm run bench:instructions -- ALB "Cloud Map"` counts for these classes only.
import { BOUND, prepareProgram, runProgram } from './program';
import type { Job } from './measure';

const ROUTES = 300;

/** Nothing is left to chance: where memory is, how hashes are seeded, and when other threads are done. */
const COUNTING = [
  'setarch', '-R', 'valgrind', '--tool=callgrind', '--callgrind-out-file=/dev/null', '--smc-check=all-non-file',
  process.execPath, '--predictable', '--hash-seed=1', '--random-seed=1',
];

/** The instructions of a process in millions. */
async function countOf(shape: string, size: number, whose: Job['whose']): Promise<number> {
  const { stderr } = await runProgram(COUNTING, { kind: 'bind', shape, size, whose });
  const [, collected] = /Collected : (\d+)/.exec(stderr) ?? [];
  if (collected === undefined) { throw new Error(`valgrind counted nothing:\n${stderr}`); }
  return Number(collected) / 1e6;
}

/** What the routes take: a process with them, less one without. */
async function ofRoutes(shape: string, whose: Job['whose']): Promise<number> {
  const without = await countOf(shape, 0, whose);
  return await countOf(shape, ROUTES, whose) - without;
}

async function main(): Promise<void> {
  prepareProgram();
  const named = process.argv.slice(2);
  const unknown = named.filter((shape) => !BOUND.includes(shape));
  if (unknown.length > 0) { throw new Error(`Not one of ${BOUND.join(', ')}: ${unknown.join(', ')}`); }
  console.log(`| bind ${ROUTES} routes, millions of instructions | ours | upstream | ratio |\n|---|---:|---:|---:|`);
  for (const shape of named.length > 0 ? named : BOUND) {
    const [ours, upstream] = await Promise.all([ofRoutes(shape, 'ours'), ofRoutes(shape, 'upstream')]);
    console.log(`| ${shape} | ${ours.toFixed(0)} | ${upstream.toFixed(0)} | ${(ours / upstream).toFixed(3)} |`);
  }
}

void main();
