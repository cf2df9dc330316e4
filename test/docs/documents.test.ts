import { existsSync, readdirSync } from 'fs';
import { join } from 'path';
import {
  blocksOf, documents, GENERATED, headingsOf, linksOf, manifest, problemsOfLinks, REPOSITORY, ROOT, textOf,
  withoutBlocks, withoutCode,
} from './documents';

describe.each(documents())('%s', (page) => {
  test('links to what exists', () => {
    expect(problemsOfLinks(page)).toEqual([]);
  });

  test('names every reference that it uses, and uses every one that it names', () => {
    const text = withoutCode(textOf(page));
    const named = [...text.matchAll(/^\[([^\]]+)\]: /gm)].map(([, name]) => name);
    const used = [...text.matchAll(/\]\[([^\]]+)\]/g)].map(([, name]) => name);
    expect(used.filter((name) => !named.includes(name))).toEqual([]);
    expect(named.filter((name) => !used.includes(name) && !new RegExp(`\\[${name}\\](?![:(])`).test(text))).toEqual([]);
  });

  test('has no line of prose over 120 columns', () => {
    const mayBeLong = (line: string) => line.startsWith('|') || line.includes('](') || /^\[[^\]]+\]: /.test(line);
    const lines = withoutBlocks(textOf(page)).split('\n');
    expect(lines.filter((line) => [...line].length > 120 && !mayBeLong(line))).toEqual([]);
  });

  test('closes every block of code', () => {
    expect(textOf(page).match(/^```/gm)?.length ?? 0).toBe(2 * blocksOf(page).length);
  });

  test('names files of this repository that exist', () => {
    const named = [...textOf(page).matchAll(/`((?:test|lib|scripts|examples|docs|bench)\/[\w./-]+)`/g)];
    expect(named.map(([, path]) => path).filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  });

  test('names scripts of package.json that exist', () => {
    const named = [...textOf(page).matchAll(/npm run ([a-z][\w:-]*)/g)].map(([, script]) => script);
    expect(named.filter((script) => !(script in manifest.scripts))).toEqual([]);
  });
});

test.each(GENERATED)('the links of %s, which is generated, lead somewhere', (page) => {
  expect(problemsOfLinks(page)).toEqual([]);
});

test('the README has at most 600 lines', () => {
  expect(textOf('README.md').split('\n').length - 1).toBeLessThanOrEqual(600);
});

test('the README is found on npm and PyPI: its links to files are absolute', () => {
  expect(linksOf('README.md').filter((link) => !/^(https:|#)/.test(link))).toEqual([]);
});

test('the README has every class of an integration in the tables of what to take, or in that of its section', () => {
  const classes = readdirSync(join(ROOT, 'lib'), { recursive: true, encoding: 'utf8' })
    .filter((file) => /^(http|websocket)\/[\w-]+\.ts$/.test(file))
    .flatMap((file) => [...textOf(`lib/${file}`).matchAll(/^export class (\w+Integration) /gm)])
    .map(([, name]) => name);
  const tables = textOf('README.md').split('\n').filter((line) => line.startsWith('|')).join('\n');
  expect(classes.length).toBeGreaterThan(20);
  expect(classes.filter((name) => !tables.includes(`\`${name}\``) && !tables.includes(`\`${name} and`))).toEqual([]);
});

test('each page is reached from the README or from the page for contributors', () => {
  const pages = documents().filter((page) => page.startsWith('docs/'));
  const links = [...linksOf('README.md'), ...linksOf('CONTRIBUTING.md')].map((link) => link.replace(REPOSITORY, ''));
  expect(pages.filter((page) => !links.some((link) => link.startsWith(page)))).toEqual([]);
});

test('the index of the examples has each of them', () => {
  const examples = readdirSync(join(ROOT, 'examples')).filter((file) => file.endsWith('.ts'));
  expect(examples.filter((file) => !textOf('examples/README.md').includes(`| [${file}](${file}) |`))).toEqual([]);
});

describe('the differences from aws-cdk-lib', () => {
  const rows = [...textOf('docs/migration.md').matchAll(/^\| (B\d+) \|/gm)].map(([, id]) => id);
  const tests = [...textOf('test/parity/differences.test.ts').matchAll(/(?:test|describe)\('(B\d+): /g)]
    .map(([, id]) => id);

  test('have a row for each test', () => {
    expect([...new Set(tests)].filter((id) => !rows.includes(id))).toEqual([]);
  });

  test('stand once each, in order', () => {
    const numbers = rows.map((id) => Number(id.slice(1)));
    expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
  });
});

test('the apps that fail here name rules that exist', () => {
  const rules = headingsOf('docs/rules.md');
  const named = [...textOf('docs/migration.md').matchAll(/\[`([a-z0-9-]+)`\]\(rules\.md#([a-z0-9-]+)\)/g)];
  expect(named.length).toBeGreaterThan(10);
  expect(named.filter(([, name, anchor]) => name !== anchor || !rules.has(name))).toEqual([]);
});
