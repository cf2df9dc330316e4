// Every block of code in the documents is compiled or run, here or by the suite of its language.
import { execFileSync } from 'child_process';
import { join } from 'path';
import { compileFunction } from 'vm';
import { gunzipSync } from 'zlib';
import { readFileSync } from 'fs';
import * as ts from 'typescript';
import { readmeSnippets, templateOf } from '../bindings/readme';
import { type Block, blocksOf, blocksWith, documents, manifest, ROOT, textOf } from './documents';

/** Where the blocks of a language are compiled or run. A block without a language is text that somebody reads. */
const SUITES: Record<string, string> = {
  'ts': 'here, and its types by compile.slow.ts',
  'ts nofixture': 'the same',
  'diff': 'here',
  'sh': 'here',
  'python': 'npm run test:python',
  'java': 'npm run test:java',
  'go': 'npm run test:go',
  'csharp': 'npm run test:dotnet',
  'mermaid': 'drawn by GitHub',
  '': 'text',
};

const placeOf = ({ document, line }: Block) => `${document}:${line}`;
const named = (blocks: Block[]): [string, Block][] => blocks.map((block) => [placeOf(block), block]);
const COMMON_JS = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 };
const javaScript = (code: string) => ts.transpileModule(code, { compilerOptions: COMMON_JS }).outputText;

test('each block is in a language that a suite compiles or runs', () => {
  const unknown = documents().flatMap(blocksOf).filter(({ info }) => !(info in SUITES));
  expect(unknown.map(placeOf)).toEqual([]);
});

test('each block of another language is where the suite of that language reads it', () => {
  const read: Record<string, string[]> = {
    python: ['README.md', ...documents().filter((document) => document.startsWith('docs/'))],
    java: ['docs/languages.md', 'docs/testing.md'],
    go: ['docs/languages.md', 'docs/testing.md'],
    csharp: ['docs/languages.md'],
  };
  const unread = Object.entries(read)
    .flatMap(([info, where]) => blocksWith(info).filter(({ document }) => !where.includes(document)));
  expect(unread.map(placeOf)).toEqual([]);
});

describe('TypeScript', () => {
  test.each(Object.entries(readmeSnippets()))('of the section "%s" runs', (_, snippets) => {
    expect(templateOf(snippets)).toHaveProperty('Resources');
  });

  test.each(named(blocksWith('ts').filter(({ document }) => document !== 'README.md')))('of %s runs', (_, { code }) => {
    expect(templateOf([javaScript(code)])).toHaveProperty('Resources');
  });

  // An app is synthesized, and a test becomes one of this suite.
  describe.each(named(blocksWith('ts nofixture')))('of %s', (_, { code }) => {
    const globals = { require, exports: {}, test, expect };
    const run = () => compileFunction(javaScript(code), Object.keys(globals))(...Object.values(globals));
    if (/^test\(/m.test(code)) {
      run();
    } else {
      test('runs', () => expect(run).not.toThrow());
    }
  });
});

describe('a swap of imports', () => {
  interface Assembly {
    readonly targets: Record<string, { readonly [key: string]: string }>;
    readonly submodules: Record<string, { readonly targets: Record<string, { readonly [key: string]: string }> }>;
  }
  const assembly = readFileSync(join(ROOT, 'node_modules/aws-cdk-lib/.jsii.gz'));
  const upstream: Assembly = JSON.parse(gunzipSync(assembly).toString());
  const { targets } = upstream.submodules['aws-cdk-lib.aws_apigatewayv2_integrations'];
  const ours = manifest.jsii.targets;
  const swaps = [
    ['\'aws-cdk-lib/aws-apigatewayv2-integrations\'', `'${manifest.name}'`],
    [`from ${targets.python.module} import`, `from ${ours.python.module} import`],
    [`import ${targets.java.package}.`, `import ${ours.java.package}.`],
    [`using ${targets.dotnet.namespace};`, `using ${ours.dotnet.namespace};`],
    [
      `"${upstream.targets.go.moduleName}/awscdk/v2/awsapigatewayv2integrations"`,
      `"${ours.go.moduleName}/${ours.go.packageName}"`,
    ],
    ['\'@aws-cdk/aws-apigatewayv2-integrations-alpha\'', `'${manifest.name}'`],
  ];

  test.each(named(blocksWith('diff')))('of %s names the modules of both libraries', (_, { code }) => {
    const lines = (sign: string) => code.split('\n').filter((line) => line.startsWith(sign)).join('\n');
    expect(swaps.filter(([from, to]) => lines('-').includes(from) && lines('+').includes(to))).toHaveLength(1);
    expect(lines('-').split('\n')).toHaveLength(lines('+').split('\n').length);
  });
});

describe('a shell command', () => {
  const blocks = blocksWith('sh');
  // What a user puts in.
  const filledIn = (code: string) => code.replace(/<\w+>/g, 'placeholder');

  test.each(named(blocks))('of %s can be parsed', (_, { code }) => {
    execFileSync('bash', ['-n', '-c', filledIn(code)]);
  });

  const calls = blocks.flatMap((block) => [...block.code.matchAll(/^curl (?:-X (\w+) )?https:\/\/<api>(\/\S*)/gm)]
    .map(([, method = 'GET', path]): [string, Block] => [`${method} ${path}`, block]));
  test.each(calls)('%s calls a route of its section', (key, { document, heading }) => {
    expect(document).toBe('README.md');
    interface Resource { readonly Type: string; readonly Properties: { readonly RouteKey: string } }
    const { Resources } = templateOf(readmeSnippets()[heading]) as { Resources: Record<string, Resource> };
    const routes = Object.values(Resources).filter(({ Type }) => Type === 'AWS::ApiGatewayV2::Route');
    expect(routes.map(({ Properties }) => Properties.RouteKey)).toContain(key);
  });

  test('installs the packages that are released', () => {
    const { python, java, go, dotnet } = manifest.jsii.targets;
    const install = textOf('README.md').split('\n## ').find((section) => section.startsWith('Install\n'))!;
    expect([...install.matchAll(/^\| [^|]+ \| (?:add )?`([^`]+)`/gm)].map(([, command]) => command)).toEqual([
      `npm install ${manifest.name}`,
      `pip install ${python.distName}`,
      `${java.maven.groupId}:${java.maven.artifactId}:${manifest.version}`,
      `go get ${go.moduleName}/${go.packageName}`,
      `dotnet add package ${dotnet.packageId}`,
    ]);
  });
});
