import { spawnSync } from 'child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';

const ROOT = join(__dirname, '../..');

let directory: string;
beforeAll(() => { directory = mkdtempSync(join(tmpdir(), 'ci-')); });
afterAll(() => { rmSync(directory, { recursive: true }); });

interface Result { readonly status: number | null; readonly output: string; readonly lastLine: string }

function runScript(script: string, only = ''): Result {
  const { status, stdout } = spawnSync('bash', ['-c', script], {
    cwd: ROOT,
    encoding: 'utf8',
    env: { ...process.env, CI_ONLY: only, SKIPPED: join(directory, 'skipped'), SUITE_TIMEOUT: '30' },
  });
  return { status, output: stdout, lastLine: stdout.trimEnd().split('\n').at(-1)! };
}

/** Runs suites that print these lines, each followed by a way to end. */
function runSuites(suites: { readonly [name: string]: string }, only?: string): Result {
  const lines = Object.entries(suites).map(([name, command]) => `suite ${name} '${command}'`);
  return runScript(['source .ci/suites', ...lines, 'run_suites'].join('\n'), only);
}

function say(...lines: string[]): string {
  return lines.map((line) => `echo "${line}"`).join('; ');
}

beforeEach(() => { writeFileSync(join(directory, 'skipped'), 'is slow | takes an hour\nis odd |\n'); });

test('passes when every runner of every suite passes, and adds up what they count', () => {
  const { status, lastLine } = runSuites({
    one: say('Tests:       3 passed, 3 total'),
    two: say('2 passed, 0 failed', 'Goals: 4 passed, 0 failed'),
  });
  expect(lastLine).toBe('9 passed, 0 failed');
  expect(status).toBe(0);
});

test('counts what is printed in colours', () => {
  const coloured = 'printf "\\033[1mTests:\\033[22m \\033[32m3 passed\\033[39m, 3 total\\n"';
  const { status, lastLine } = runSuites({ one: coloured });
  expect([status, lastLine]).toEqual([0, '3 passed, 0 failed']);
});

interface Failure { readonly suites: { readonly [name: string]: string }; readonly last: string; readonly says: RegExp }

const FAILURES: { readonly [what: string]: Failure } = {
  'a failing runner before a passing one': {
    suites: { one: say('1 passed, 2 failed', '5 passed, 0 failed') }, last: '6 passed, 2 failed', says: /one/,
  },
  'a failing suite before a passing one': {
    suites: { one: say('0 passed, 1 failed'), two: say('5 passed, 0 failed') }, last: '5 passed, 1 failed', says: /one/,
  },
  'a suite that counts no test': {
    suites: { one: 'true', two: say('1 passed, 0 failed') }, last: '1 passed, 1 failed', says: /one: counted no test/,
  },
  'a runner that counts no test': {
    suites: { one: say('0 passed, 0 failed', '1 passed, 0 failed') },
    last: '1 passed, 1 failed',
    says: /a runner counted/,
  },
  'Jest without a test': {
    suites: { one: say('Tests:       0 total', '1 passed, 0 failed') },
    last: '1 passed, 1 failed',
    says: /a runner counted/,
  },
  'a suite that passes and then breaks': {
    suites: { one: `${say('1 passed, 0 failed')}; exit 3` }, last: '1 passed, 1 failed', says: /ended with status 3/,
  },
  'a command that is not there': {
    suites: { one: 'no-such-command' }, last: '0 passed, 2 failed', says: /ended with status 127/,
  },
  'a missing npm script': {
    suites: { one: 'npm run no-such-script' }, last: '0 passed, 2 failed', says: /Missing script/,
  },
  'a skipped test that is not listed': {
    suites: { one: say('Skipped: is new', 'Tests: 1 skipped, 2 passed') }, last: '2 passed, 1 failed', says: /: is new/,
  },
  'a skipped test without a reason': {
    suites: { one: say('Skipped: is odd', 'Tests: 1 skipped, 2 passed') }, last: '2 passed, 1 failed', says: /: is odd/,
  },
  'a skipped test without a name': {
    suites: { one: say('1 passed, 0 failed, 1 skipped') }, last: '1 passed, 1 failed', says: /does not name/,
  },
  'only skipped tests': {
    suites: { one: say('Skipped: is slow', 'Tests: 1 skipped, 1 total') },
    last: '0 passed, 1 failed',
    says: /counted no/,
  },
};

test.each(Object.keys(FAILURES))('fails for %s', (what) => {
  const { suites, last, says } = FAILURES[what];
  const { status, output, lastLine } = runSuites(suites);
  expect(output).toMatch(says);
  expect(lastLine).toBe(last);
  expect(status).toBe(1);
});

test('lets a test be skipped that is listed with a reason', () => {
  const { status, lastLine } = runSuites({ one: say('Skipped: is slow', 'Tests: 1 skipped, 2 passed, 3 total') });
  expect([status, lastLine]).toEqual([0, '2 passed, 0 failed']);
});

test('ends a suite that hangs', () => {
  const script = 'source .ci/suites; SUITE_TIMEOUT=0.2; step one "sleep infinity"; run_suites';
  const { status, output, lastLine } = runScript(script);
  expect(output).toContain('one: ended with status 124');
  expect([status, lastLine]).toEqual([1, '0 passed, 1 failed']);
});

test('counts a step as one test, whatever it prints', () => {
  const steps = `step one '${say('3 passed, 0 failed')}'; step two false`;
  const { status, lastLine } = runScript(`source .ci/suites; ${steps}; run_suites`);
  expect([status, lastLine]).toEqual([1, '1 passed, 1 failed']);
});

test('adds up suites that run together, and prints each as a whole', () => {
  const { status, output, lastLine } = runScript(`
    source .ci/suites
    step first true
    together
    suite one 'echo one starts; sleep 0.2; echo 1 passed, 0 failed'
    suite two 'echo 1 passed, 1 failed'
    suite three 'echo nothing'
    alone
    suite last 'echo 4 passed, 0 failed'
    run_suites`);
  expect(output).toMatch(/one starts\n1 passed, 0 failed\n\n=== two/);
  expect(output.match(/^=== \w+/gm)).toEqual(['=== first', '=== one', '=== two', '=== three', '=== last']);
  expect([status, lastLine]).toEqual([1, '7 passed, 2 failed']);
});

test('suites that run together wait for those that ran together before', () => {
  const made = join(directory, 'made');
  const { status, lastLine } = runScript(`
    source .ci/suites
    together
    step one 'sleep 0.3; touch ${made}'
    step two true
    together
    step three 'rm ${made}'
    step four true
    run_suites`);
  expect([status, lastLine]).toEqual([0, '4 passed, 0 failed']);
});

test('fails for a suite that does not come to its end', () => {
  const script = 'source .ci/suites; run_suite() { :; }; step one true; step two true; run_suites';
  const { status, lastLine } = runScript(script);
  expect([status, lastLine]).toEqual([1, '0 passed, 2 failed']);
});

test('runs only the suites that are asked for', () => {
  const suites = { one: 'exit 1', two: say('2 passed, 0 failed'), three: say('3 passed, 0 failed') };
  expect(runSuites(suites, 'three two')).toMatchObject({ status: 0, lastLine: '5 passed, 0 failed' });
});

test('fails for an unknown suite and runs nothing', () => {
  const { status, output, lastLine } = runScript('.ci/run', 'lint tset');
  expect(output).toMatch(/^unknown suites: tset; there are: install test build /);
  expect(output).not.toContain('===');
  expect([status, lastLine]).toEqual([1, '0 passed, 1 failed']);
});

/** Runs test/node-versions with an npx that only says on which release of Node.js it would have run all tests. */
function runNodeVersions(tested: string): Result {
  const bin = join(directory, 'bin');
  mkdirSync(bin, { recursive: true });
  const npx = '#!/usr/bin/env bash\nsed "s/.*node@/v/" <<<"$3"; echo "Tests: 1 passed, 1 total"\n';
  writeFileSync(join(bin, 'npx'), npx, { mode: 0o755 });
  return runScript(`PATH="${bin}:$PATH" TESTED="${tested}" test/node-versions`);
}

test.each([
  ['v20.20.2 oldest', 5, ['Node.js 20.20.2, oldest aws-cdk-lib: tested before']],
  ['v20.20.1 oldest', 6, []],
  ['', 6, []],
])('the releases of Node.js leave out what was tested before on exactly the same: "%s"', (tested, runs, leftOut) => {
  const { status, output } = runNodeVersions(tested);
  expect(output.match(/^Tests: 1 passed/gm)).toHaveLength(runs);
  expect(output.match(/^.*tested before$/gm) ?? []).toEqual(leftOut);
  expect(status).toBe(0);
});

function textOf(file: string): string {
  return readFileSync(join(ROOT, file), 'utf8');
}

/** What a pattern captures, at each place of a text. */
function capturesIn(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map(([, captured]) => captured);
}

test('.ci/run runs every gate that package.json has', () => {
  const { scripts } = JSON.parse(textOf('package.json')) as { scripts: { [name: string]: string } };
  const isGate = (name: string) => /^(test|bench|lint|awslint|compat|rosetta|demo|build)\b/.test(name);
  const isOnRequest = (name: string) => /^(test:latest$|test:mutation|bench:instructions$)/.test(name);
  const run = capturesIn(textOf('.ci/run'), /npm (?:run )?([\w:-]+)/g);
  expect(Object.keys(scripts).filter((name) => isGate(name) && !isOnRequest(name) && !run.includes(name))).toEqual([]);
  expect(run.filter((name) => name !== 'ci' && !(name in scripts))).toEqual([]);
});

test('pins every package of Python that the suites fetch', () => {
  const files = ['dotnet/requirements.txt', 'python/constraints.txt'].map((file) => `test/bindings/${file}`);
  const lines = [...files, 'test/e2e/requirements.txt'].flatMap((file) => textOf(file).trim().split('\n'));
  expect(lines.length).toBeGreaterThan(3);
  expect(lines.filter((line) => !/^[\w.-]+==[\w.]+$/.test(line))).toEqual([]);
});

test('pins every package of npm that the suites fetch', () => {
  const scripts = ['package.json', 'test/node-versions', 'test/bindings/dotnet/run'].map(textOf).join('\n');
  const fetched = capturesIn(scripts, /(?:npx --yes(?: --package)?|npm pack --silent) "?([^\s"]+)/g);
  expect(fetched.length).toBe(3);
  expect(fetched.filter((name) => !/@(\d+\.\d+\.\d+[\w.-]*|\$version)$/.test(name))).toEqual([]);
  expect(capturesIn(scripts, /^run (\S+) (?:oldest|latest)/gm).join()).toMatch(/^(\d+\.\d+\.\d+(,|$)){6}$/);
});
