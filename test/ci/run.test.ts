import { spawnSync } from 'child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'fs';
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
  const { status, lastLine } = runSuites({ one: 'printf "\\033[1mTests:\\033[22m \\033[32m3 passed\\033[39m, 3 total\\n"' });
  expect([status, lastLine]).toEqual([0, '3 passed, 0 failed']);
});

test.each<[string, { readonly [name: string]: string }, string, RegExp]>([
  ['a failing runner before a passing one', { one: say('1 passed, 2 failed', '5 passed, 0 failed') }, '6 passed, 2 failed', /one/],
  ['a failing suite before a passing one', { one: say('0 passed, 1 failed'), two: say('5 passed, 0 failed') }, '5 passed, 1 failed', /one/],
  ['a suite that counts no test', { one: 'true', two: say('1 passed, 0 failed') }, '1 passed, 1 failed', /one: counted no test/],
  ['a runner that counts no test', { one: say('0 passed, 0 failed', '1 passed, 0 failed') }, '1 passed, 1 failed', /one: a runner counted no/],
  ['Jest without a test', { one: say('Tests:       0 total', '1 passed, 0 failed') }, '1 passed, 1 failed', /one: a runner counted no/],
  ['a suite that passes and then breaks', { one: `${say('1 passed, 0 failed')}; exit 3` }, '1 passed, 1 failed', /ended with status 3/],
  ['a command that is not there', { one: 'no-such-command' }, '0 passed, 2 failed', /ended with status 127/],
  ['a missing npm script', { one: 'npm run no-such-script' }, '0 passed, 2 failed', /Missing script/],
  ['a skipped test that is not listed', { one: say('Skipped: is new', 'Tests: 1 skipped, 2 passed') }, '2 passed, 1 failed', /: is new/],
  ['a skipped test without a reason', { one: say('Skipped: is odd', 'Tests: 1 skipped, 2 passed') }, '2 passed, 1 failed', /: is odd/],
  ['a skipped test without a name', { one: say('1 passed, 0 failed, 1 skipped') }, '1 passed, 1 failed', /does not name/],
  ['only skipped tests', { one: say('Skipped: is slow', 'Tests: 1 skipped, 1 total') }, '0 passed, 1 failed', /counted no test/],
])('fails for %s', (_, suites, expected, reason) => {
  const { status, output, lastLine } = runSuites(suites);
  expect(output).toMatch(reason);
  expect(lastLine).toBe(expected);
  expect(status).toBe(1);
});

test('lets a test be skipped that is listed with a reason', () => {
  const { status, lastLine } = runSuites({ one: say('Skipped: is slow', 'Tests: 1 skipped, 2 passed, 3 total') });
  expect([status, lastLine]).toEqual([0, '2 passed, 0 failed']);
});

test('ends a suite that hangs', () => {
  const { status, output, lastLine } = runScript('source .ci/suites; SUITE_TIMEOUT=0.2; step one "sleep infinity"; run_suites');
  expect(output).toContain('one: ended with status 124');
  expect([status, lastLine]).toEqual([1, '0 passed, 1 failed']);
});

test('counts a step as one test, whatever it prints', () => {
  const { status, lastLine } = runScript(`source .ci/suites; step one '${say('3 passed, 0 failed')}'; step two false; run_suites`);
  expect([status, lastLine]).toEqual([1, '1 passed, 1 failed']);
});

test('runs only the suites that are asked for', () => {
  const suites = { one: 'exit 1', two: say('2 passed, 0 failed'), three: say('3 passed, 0 failed') };
  expect(runSuites(suites, 'three two')).toMatchObject({ status: 0, lastLine: '5 passed, 0 failed' });
});

test('fails for an unknown suite and runs nothing', () => {
  const { status, output, lastLine } = runScript('.ci/run', 'lint tset');
  expect(output).toMatch(/^unknown suites: tset; there are: install test lint /);
  expect(output).not.toContain('===');
  expect([status, lastLine]).toEqual([1, '0 passed, 1 failed']);
});

test('.ci/run runs every gate that package.json has', () => {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: { [name: string]: string } };
  const onRequest = [/^test:latest$/, /^test:mutation/];
  const gates = Object.keys(scripts)
    .filter((name) => /^(test|bench|lint|awslint|compat|rosetta|demo|build)\b/.test(name) && !onRequest.some((it) => it.test(name)));
  const run = [...readFileSync(join(ROOT, '.ci/run'), 'utf8').matchAll(/npm (?:run )?([\w:]+)/g)].map(([, name]) => name);
  expect(gates.filter((name) => !run.includes(name))).toEqual([]);
  expect(run.filter((name) => name !== 'ci' && !(name in scripts))).toEqual([]);
});

test('pins every tool that the suites fetch', () => {
  const files = readdirSync(join(ROOT, 'test'), { recursive: true, encoding: 'utf8' })
    .filter((file) => /(^|\/)(requirements|constraints)\.txt$/.test(file) && !file.includes('node_modules'));
  expect(files.length).toBeGreaterThanOrEqual(3);
  for (const file of files) {
    const lines = readFileSync(join(ROOT, 'test', file), 'utf8').trim().split('\n');
    expect(lines.filter((line) => !/^[\w.-]+==[\w.]+$/.test(line))).toEqual([]);
  }
  const scripts = ['package.json', 'test/node-versions', 'test/bindings/dotnet/run'].map((file) => readFileSync(join(ROOT, file), 'utf8')).join('\n');
  const fetched = [...scripts.matchAll(/(?:npx --yes(?: --package)?|npm pack --silent) "?([^\s"]+)/g)].map(([, name]) => name);
  expect(fetched.filter((name) => !/@(\d+\.\d+\.\d+[\w.-]*|\$version)$/.test(name))).toEqual([]);
  expect(fetched.length).toBe(3);
  const [, versions] = /for version in ([^;]+);/.exec(readFileSync(join(ROOT, 'test/node-versions'), 'utf8'))!;
  expect(versions).toMatch(/^(\d+\.\d+\.\d+ ?)+$/);
});
