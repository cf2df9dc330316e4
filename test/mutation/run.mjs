// Changes the library in one place at a time, and tells which changes no test notices and how many are noticed per
// folder:
// `node test/mutation/run.mjs [--sample <number>] [--seed <number>] [files...]`; without files, all of lib.
// Installs Stryker when it is not there. Fails when less than 90 percent of the changes in a folder are noticed.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

const HERE = import.meta.dirname ?? dirname(new URL(import.meta.url).pathname);
const ROOT = resolve(HERE, '../..');
const WORK = join(ROOT, '.cache/mutation');
const REPORT = join(WORK, 'report.json');
const GOAL = 90;

const { values, positionals } = parseArgs({
  options: { sample: { type: 'string' }, seed: { type: 'string', default: '1' } },
  allowPositionals: true,
});

function isSource(file) {
  return file.endsWith('.ts') && !file.endsWith('.d.ts');
}

function sourcesOfLib() {
  return readdirSync(join(ROOT, 'lib'), { recursive: true }).filter(isSource).map((file) => `lib/${file}`).sort();
}

/** Numbers from 0 to 1 that a seed determines (mulberry32). */
function randomOf(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A number of elements, drawn without preference. */
function drawn(elements, number, random) {
  const left = [...elements];
  const draw = () => left.splice(Math.floor(random() * left.length), 1)[0];
  return Array.from({ length: Math.min(number, left.length) }, draw);
}

/** The mutants that Stryker makes of files. */
async function mutantsOf(files) {
  const { createInjector } = await import('typed-inject');
  const { createInstrumenter } = await import('@stryker-mutator/instrumenter');
  const quiet = new Proxy({}, { get: () => () => false });
  const instrumenter = createInstrumenter(createInjector().provideValue('logger', quiet));
  const sources = files.map((file) => join(ROOT, file))
    .map((name) => ({ name, mutate: true, content: readFileSync(name, 'utf8') }));
  const { mutants } = await instrumenter.instrument(sources, { plugins: null, excludedMutations: [], ignorers: [] });
  return mutants;
}

async function writeSample(files) {
  const { keyOf } = await import('./sample.mjs');
  const mutants = await mutantsOf(files);
  const sample = drawn(mutants, Number(values.sample), randomOf(Number(values.seed)));
  writeFileSync(join(WORK, 'sample.json'), JSON.stringify(sample.map(keyOf)));
  console.log(`${sample.length} of ${mutants.length} mutants, drawn with the seed ${values.seed}`);
  return [...new Set(sample.map(({ fileName }) => fileName.slice(ROOT.length + 1)))].sort();
}

function isNoticed(status) {
  return status === 'Killed' || status === 'Timeout';
}

/** Prints what is not noticed, and how many are per folder. Returns the folders that miss the goal. */
function printResults() {
  const { files } = JSON.parse(readFileSync(REPORT, 'utf8'));
  const folders = new Map();
  for (const [file, { mutants }] of Object.entries(files)) {
    for (const { status, location, mutatorName, replacement } of mutants) {
      if (!isNoticed(status) && !['Survived', 'NoCoverage'].includes(status)) { continue; }
      const counts = folders.get(dirname(file)) ?? { noticed: 0, all: 0 };
      folders.set(dirname(file), counts);
      counts.all++;
      if (isNoticed(status)) {
        counts.noticed++;
      } else {
        console.log(`${status}: ${file}:${location.start.line} ${mutatorName}: ${replacement}`);
      }
    }
  }
  const percent = ({ noticed, all }) => 100 * noticed / all;
  for (const [folder, counts] of [...folders].sort()) {
    console.log(`${folder}: ${counts.noticed} of ${counts.all}, ${percent(counts).toFixed(0)} %`);
  }
  return [...folders].filter(([, counts]) => percent(counts) < GOAL).map(([folder]) => folder);
}

process.chdir(ROOT);
mkdirSync(WORK, { recursive: true });
rmSync(REPORT, { force: true });
if (!existsSync(join(HERE, 'node_modules'))) { execFileSync('npm', ['ci'], { cwd: HERE, stdio: 'inherit' }); }

const chosen = positionals.length > 0 ? positionals.filter(isSource) : sourcesOfLib();
const files = values.sample === undefined ? chosen : await writeSample(chosen);
const stryker = join(HERE, 'node_modules/@stryker-mutator/core/bin/stryker.js');
const { status, signal } = spawnSync(process.execPath, [stryker, 'run', join(HERE, 'stryker.config.mjs')], {
  stdio: 'inherit',
  env: {
    ...process.env,
    MUTATE: files.join(),
    SAMPLE: values.sample === undefined ? '' : join(WORK, 'sample.json'),
    // The same random apps for each mutant.
    RUNS: '10',
    SEED: '1',
  },
});
if (status !== 0) { console.log(`Stryker ended with ${signal ?? `status ${status}`}`); }
const missed = existsSync(REPORT) ? printResults() : ['nothing was measured'];
if (missed.length > 0) { console.log(`less than ${GOAL} %: ${missed.join(', ')}`); }
process.exitCode = status === 0 && missed.length === 0 ? 0 : 1;
