import { execFileSync } from 'child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';

const ROOT = join(__dirname, '../..');
const FOLDER = join(ROOT, '.github/workflows');
const workflows = readdirSync(FOLDER).map((file): [string, string] => [file, readFileSync(join(FOLDER, file), 'utf8')]);

/** The jobs of a workflow, by name, each as its text. */
function jobsOf(text: string): [string, string][] {
  const [, jobs] = text.split(/^jobs:\n/m);
  return [...jobs.matchAll(/^ {2}([\w-]+):\n((?: {4,}.*\n|\n| {2}#.*\n)*)/gm)].map(([, name, body]) => [name, body]);
}

describe.each(workflows)('%s', (_, text) => {
  test('permits nothing that a job does not ask for', () => {
    expect(text).toMatch(/^permissions: \{\}$/m);
    const jobs = jobsOf(text);
    expect(jobs.length).toBeGreaterThan(0);
    expect(jobs.filter(([, job]) => !/^ {4}permissions:/m.test(job)).map(([name]) => name)).toEqual([]);
  });

  test('takes actions by commit, with the version behind it', () => {
    const used = [...text.matchAll(/uses: ([^.].*)$/gm)].map(([, action]) => action);
    expect(used.filter((action) => !/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(action))).toEqual([]);
  });

  test('keeps no credentials of git in a job that runs other people\'s code', () => {
    const checkouts = text.match(/actions\/checkout@/g)?.length ?? 0;
    expect(text.match(/persist-credentials: false/g)?.length ?? 0).toBe(checkouts);
  });

  test('runs scripts of package.json that exist', () => {
    const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
    const named = [...text.matchAll(/npm run ([\w:-]+)/g)].map(([, script]) => script);
    expect(named.filter((script) => !(script in scripts))).toEqual([]);
  });
});

test('takes an action in one version everywhere', () => {
  const used = workflows.flatMap(([, text]) => [...text.matchAll(/uses: ([\w-]+\/[\w-]+)@(.*)$/gm)])
    .map(([, action, version]): [string, string] => [action, version]);
  const versions = new Map(used);
  expect(used.filter(([action, version]) => versions.get(action) !== version)).toEqual([]);
});

test('CI has a job for each suite of .ci/run', () => {
  const output = execFileSync(process.execPath, [join(ROOT, 'scripts/suites.mjs')], { encoding: 'utf8' });
  const suites = JSON.parse(output) as string[];
  expect(suites).toEqual(expect.arrayContaining(['test', 'lint', 'build', 'package']));
  expect(suites).not.toContain('install');
  expect(readFileSync(join(FOLDER, 'ci.yml'), 'utf8')).toContain('node scripts/suites.mjs');
});

test('the notes of a release are its part of the changelog', () => {
  const [, script] = /run: \|\n( +awk .*?)\n +gh release/s.exec(readFileSync(join(FOLDER, 'release.yml'), 'utf8'))!;
  const folder = mkdtempSync(join(tmpdir(), 'notes-'));
  try {
    const changelog = readFileSync(join(ROOT, 'CHANGELOG.md'), 'utf8');
    const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
    execFileSync('cp', [join(ROOT, 'CHANGELOG.md'), folder]);
    execFileSync('bash', ['-ec', script], { cwd: folder, env: { ...process.env, GITHUB_REF_NAME: `v${version}` } });
    const notes = readFileSync(join(folder, 'notes.md'), 'utf8').trim();
    expect(notes).toMatch(/^### /);
    expect(changelog).toContain(notes);
    expect(notes).not.toMatch(/^## |^\[/m);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
