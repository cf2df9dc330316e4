// Changes the library in one place at a time, and tells which changes no test notices and how many are noticed per
// folder:
// `node test/mutation/run.mjs [--sample <number>] [--seed <number>] [--folder <folder>] [--static] [files...]`;
// without files, all of lib; with a folder, only what is drawn in it. What runs only while a file is loaded is changed
// with --static: each test has to run for that.
// A sample takes as many changes of a folder as its share is, and no less than 10.
// Installs Stryker when it is not there. Fails when less than 90 percent of the changes in a folder are noticed.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import makeTemporaryFolder from '../setup/temporary.js';
import { testsOf } from './selection.mjs';

const HERE = import.meta.dirname ?? dirname(new URL(import.meta.url).pathname);
const ROOT = resolve(HERE, '../..');
const WORK = join(ROOT, '.cache/mutation');
const REPORT = join(WORK, 'report.json');
const SAMPLE = join(WORK, 'sample.json');
const GOAL = 90;
const LEAST = 10;
// With an error while a test file is loaded, jest fails as well.
const NOTICED = ['Killed', 'Timeout', 'RuntimeError'];

const { values, positionals } = parseArgs({
  options: {
    sample: { type: 'string' },
    seed: { type: 'string', default: '1' },
    folder: { type: 'string', multiple: true },
    concurrency: { type: 'string', default: '2' },
    static: { type: 'boolean', default: false },
  },
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
  const { texts } = await import('./texts.mjs');
  const quiet = new Proxy({}, { get: () => () => false });
  const instrumenter = createInstrumenter(createInjector().provideValue('logger', quiet));
  const sources = files.map((file) => join(ROOT, file))
    .map((name) => ({ name, mutate: true, content: readFileSync(name, 'utf8') }));
  const options = { plugins: null, excludedMutations: [], ignorers: [texts] };
  const { mutants } = await instrumenter.instrument(sources, options);
  return mutants.filter(({ status }) => status === undefined);
}

/** Elements by what they have in common. */
function groupedBy(elements, keyOf) {
  const groups = new Map();
  for (const element of elements) {
    const key = keyOf(element);
    groups.set(key, [...groups.get(key) ?? [], element]);
  }
  return [...groups];
}

const nameOf = ({ fileName }) => relative(ROOT, fileName);

/** The lines of a mutant, as Stryker takes them. */
function linesOf(mutant) {
  const { start, end } = mutant.location;
  return `${nameOf(mutant)}:${start.line + 1}-${end.line + 1}`;
}

/** Draws the sample, and returns the lines that it changes: mutants of all lines are too many for one run. */
async function writeSample(files) {
  const { keyOf } = await import('./sample.mjs');
  const mutants = await mutantsOf(files);
  const share = Number(values.sample) / mutants.length;
  // Each folder from the seed on, so that a change in one folder leaves the others as they are.
  const sample = groupedBy(mutants, (mutant) => dirname(nameOf(mutant))).flatMap(([, all]) =>
    drawn(all, Math.max(LEAST, Math.round(all.length * share)), randomOf(Number(values.seed))));
  writeFileSync(SAMPLE, JSON.stringify(sample.map(keyOf)));
  console.log(`${sample.length} of ${mutants.length} mutants, drawn with the seed ${values.seed}`);
  return [...new Set(sample.map(linesOf))].sort();
}

/** Has Stryker change files, or lines of them, and run tests, and returns the mutants that count. */
function measure(changed, tests) {
  rmSync(REPORT, { force: true });
  const stryker = join(HERE, 'node_modules/@stryker-mutator/core/bin/stryker.js');
  const { status, signal } = spawnSync(process.execPath, [stryker, 'run', join(HERE, 'stryker.config.mjs')], {
    stdio: 'inherit',
    env: {
      ...process.env,
      MUTATE: changed.join(),
      TESTS: tests,
      SAMPLE: values.sample === undefined ? '' : SAMPLE,
      CONCURRENCY: values.concurrency,
      IGNORE_STATIC: values.static ? '' : 'yes',
      // The same random apps for each mutant.
      RUNS: '10',
      SEED: '1',
    },
  });
  if (status !== 0 || !existsSync(REPORT)) { throw new Error(`Stryker ended with ${signal ?? `status ${status}`}`); }
  return Object.entries(JSON.parse(readFileSync(REPORT, 'utf8')).files)
    .flatMap(([file, { mutants }]) => mutants.map((mutant) => ({ ...mutant, file })))
    .filter((mutant) => isNoticed(mutant) || ['Survived', 'NoCoverage'].includes(mutant.status));
}

function isNoticed({ status }) {
  return NOTICED.includes(status);
}

/** Prints what is not noticed in a folder. Returns whether enough is noticed. */
function printResults(folder, mutants) {
  for (const { status, file, location, mutatorName, replacement } of mutants.filter((it) => !isNoticed(it))) {
    console.log(`${status}: ${file}:${location.start.line} ${mutatorName}: ${replacement}`);
  }
  const noticed = mutants.filter(isNoticed).length;
  const percent = 100 * noticed / mutants.length;
  console.log(`${folder}: ${noticed} of ${mutants.length}, ${percent.toFixed(0)} %`);
  return percent >= GOAL;
}

process.chdir(ROOT);
mkdirSync(WORK, { recursive: true });
makeTemporaryFolder();
if (!existsSync(join(HERE, 'node_modules'))) { execFileSync('npm', ['ci'], { cwd: HERE, stdio: 'inherit' }); }

const chosen = positionals.length > 0 ? positionals.filter(isSource) : sourcesOfLib();
const changed = values.sample === undefined ? chosen : await writeSample(chosen);
const missed = [];
let count = 0;
const wanted = changed.filter((file) => values.folder?.includes(dirname(file)) ?? true);
// The tests run once without a change for all folders that have the same.
for (const [tests, ofTests] of groupedBy(wanted, (file) => testsOf(dirname(file)).join())) {
  const mutants = measure(ofTests, tests);
  count += mutants.length;
  for (const [folder, ofFolder] of groupedBy(mutants, ({ file }) => dirname(file))) {
    if (!printResults(folder, ofFolder)) { missed.push(folder); }
  }
}
if (count === 0) { missed.push('nothing was measured'); }
if (missed.length > 0) { console.log(`less than ${GOAL} %: ${missed.join(', ')}`); }
process.exitCode = missed.length === 0 ? 0 : 1;
