import { existsSync, readdirSync, readFileSync, statSync } from 'fs';
import { dirname, join } from 'path';
import { blocksOf, documents, ROOT, textOf } from './documents';

const manifest = JSON.parse(textOf('package.json'));
const BLOB = `${manifest.homepage}/blob/main/`;
const RAW = BLOB.replace('//github.com', '//raw.githubusercontent.com').replace('/blob/', '/');

const withoutCode = (text: string) => text.replace(/^```.*?^```$/gms, '').replace(/`[^`\n]*`/g, '');

/** The ids that GitHub gives the headings of a page. */
function anchorsOf(path: string): Set<string> {
  const headings = [...textOf(path).replace(/^```.*?^```$/gms, '').matchAll(/^#+ (.+)$/gm)].map(([, title]) => title);
  const named = [...textOf(path).matchAll(/<a name="[^"]*" id="([^"]+)">/g)].map(([, id]) => id);
  const slug = (title: string) => title.toLowerCase().replace(/[^\p{L}\p{N} _-]/gu, '').replace(/ /g, '-');
  return new Set([...headings.map(slug), ...named]);
}

/** Where a page links to: inline, by reference, and as an image. */
function linksOf(path: string): string[] {
  const text = withoutCode(textOf(path));
  return [...text.matchAll(/\]\(([^)\s]+)\)/g), ...text.matchAll(/^\[[^\]]+\]: (\S+)$/gm)].map(([, target]) => target);
}

/** What is wrong with a link to a file of this repository, or nothing. */
function problemOf(page: string, link: string): string | undefined {
  const inRepository = [BLOB, RAW].find((start) => link.startsWith(start));
  if (!inRepository && /^https?:/.test(link)) { return undefined; }
  const [file, anchor] = link.replace(inRepository ?? '', '').split('#');
  const path = inRepository ? file : join(dirname(page), file);
  const target = file === '' ? page : path;
  if (!existsSync(join(ROOT, target))) { return `${link}: no such file`; }
  if (anchor && !anchorsOf(target).has(anchor)) { return `${link}: no such heading`; }
  return undefined;
}

describe.each(documents())('%s', (page) => {
  test('links to what exists', () => {
    expect(linksOf(page).map((link) => problemOf(page, link)).filter((problem) => problem !== undefined)).toEqual([]);
  });

  test('names every reference that it uses, and uses every one that it names', () => {
    const text = withoutCode(textOf(page));
    const named = [...text.matchAll(/^\[([^\]]+)\]: /gm)].map(([, name]) => name);
    const used = [...text.matchAll(/\]\[([^\]]+)\]/g)].map(([, name]) => name);
    expect([...new Set(used)].sort()).toEqual([...named].sort());
  });

  test('has no line of prose over 120 columns', () => {
    const long = textOf(page).replace(/^```.*?^```$/gms, '').split('\n')
      .filter((line) => [...line].length > 120 && !line.startsWith('|') && !line.includes('](') && !/^\[[^\]]+\]: /.test(line));
    expect(long).toEqual([]);
  });

  test('closes every block of code', () => {
    expect(textOf(page).match(/^```/gm)?.length ?? 0).toBe(2 * blocksOf(page).length);
  });

  test('names files of this repository that exist', () => {
    const named = [...textOf(page).matchAll(/`((?:test|lib|scripts|examples|docs|bench)\/[\w./-]+)`/g)].map(([, path]) => path);
    expect(named.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  });

  test('names scripts of package.json that exist', () => {
    const named = [...textOf(page).matchAll(/npm run ([a-z][\w:-]*)/g)].map(([, script]) => script);
    expect(named.filter((script) => !(script in manifest.scripts))).toEqual([]);
  });
});

test('the README has at most 600 lines', () => {
  expect(textOf('README.md').split('\n').length - 1).toBeLessThanOrEqual(600);
});

test('the README is found on npm and PyPI: its links to files are absolute', () => {
  expect(linksOf('README.md').filter((link) => !/^(https:|#)/.test(link))).toEqual([]);
});

test('the README has every class of an integration in the tables of what to take, or in that of its section', () => {
  const classes = readdirSync(join(ROOT, 'lib'), { recursive: true, encoding: 'utf8' })
    .filter((file) => /^(http|websocket)\/[\w-]+\.ts$/.test(file) && statSync(join(ROOT, 'lib', file)).isFile())
    .flatMap((file) => [...readFileSync(join(ROOT, 'lib', file), 'utf8').matchAll(/^export class (\w+Integration) /gm)].map(([, name]) => name));
  const tables = textOf('README.md').split('\n').filter((line) => line.startsWith('|')).join('\n');
  expect(classes.length).toBeGreaterThan(20);
  expect(classes.filter((name) => !tables.includes(`\`${name}\``) && !tables.includes(`\`${name} and`))).toEqual([]);
});

test('each page about the project is reached from the README', () => {
  const pages = documents().filter((page) => page.startsWith('docs/')).map((page) => `${BLOB}${page}`);
  expect(pages.filter((page) => !linksOf('README.md').some((link) => link.startsWith(page)))).toEqual([]);
});

test('the index of the examples has each of them', () => {
  const examples = readdirSync(join(ROOT, 'examples')).filter((file) => file.endsWith('.ts'));
  expect(examples.filter((file) => !textOf('examples/README.md').includes(`| [${file}](${file}) |`))).toEqual([]);
});

describe('the differences from aws-cdk-lib', () => {
  const rows = [...textOf('docs/migration.md').matchAll(/^\| (B\d+) \|/gm)].map(([, id]) => id);
  const tests = [...textOf('test/parity/differences.test.ts').matchAll(/(?:test|describe)\('(B\d+): /g)].map(([, id]) => id);

  test('have a row for each test', () => {
    expect([...new Set(tests)].filter((id) => !rows.includes(id))).toEqual([]);
  });

  test('stand once each, in order', () => {
    const numbers = rows.map((id) => Number(id.slice(1)));
    expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
  });
});

test('the apps that fail here name rules that exist', () => {
  const rules = anchorsOf('docs/rules.md');
  const named = [...textOf('docs/migration.md').matchAll(/\[`([a-z0-9-]+)`\]\(rules\.md#([a-z0-9-]+)\)/g)];
  expect(named.length).toBeGreaterThan(10);
  expect(named.filter(([, name, anchor]) => name !== anchor || !rules.has(name))).toEqual([]);
});
