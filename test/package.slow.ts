// What can only be seen on a build. Each run compiles the library twice with jsii: `npm run test:package`.
import { execFileSync } from 'child_process';
import {
  cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync,
} from 'fs';
import { tmpdir } from 'os';
import { basename, dirname, join } from 'path';
import { gunzipSync } from 'zlib';

/** The parts of a jsii assembly that are looked at. */
interface Parameter { readonly name: string; readonly type: { readonly fqn?: string } }
interface Type {
  readonly fqn: string;
  readonly kind: 'class' | 'interface' | 'enum';
  readonly datatype?: boolean;
  readonly interfaces?: string[];
  readonly initializer?: { readonly parameters?: Parameter[] };
  readonly methods?: { readonly name: string; readonly parameters?: Parameter[] }[];
  readonly properties?: { readonly name: string }[];
}
interface Assembly {
  readonly targets: unknown;
  readonly types: Record<string, Type>;
  readonly submodules: Record<string, { readonly targets?: unknown }>;
}

const ROOT = join(__dirname, '..');
const NOT_EXPORTED = [
  'node_modules', '.git', 'dist', 'coverage', 'cdk.out', '.rosetta', '.cache', '.jsii', '.jsii.gz',
  'tsconfig.tsbuildinfo',
];

/** A tarball that grows past this carries something that no user needs. */
const MAX_PACKED_BYTES = 300_000;

/** The types of what no type of a user's is made of are not packed. */
const UNDECLARED = /\bprivate\/(deployed|facts|judging|output\/report|permissions|template)\/.*\.d\.ts$/;

let directory: string;
let exported: string;

function run(cwd: string, command: string, ...args: string[]): string {
  return execFileSync(command, args, {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '20' },
  });
}

/** The paths of the sources below lib. */
function sourcesIn(folder: string): string[] {
  return readdirSync(join(folder, 'lib'), { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts')
    && !file.endsWith('.d.ts'));
}

/** The declarations that a user's compiler reads, by way of what they import. */
function declarationsFrom(folder: string, path: string, read = new Set<string>()): Set<string> {
  if (read.has(path)) { return read; }
  read.add(path);
  for (const [, imported] of readFileSync(join(folder, path), 'utf8').matchAll(/ from '(\.[^']*)'/g)) {
    const target = join(dirname(path), imported);
    const isFile = existsSync(join(folder, `${target}.d.ts`));
    declarationsFrom(folder, isFile ? `${target}.d.ts` : `${target}/index.d.ts`, read);
  }
  return read;
}

function readAssembly(folder: string): Assembly {
  const compressed = join(folder, '.jsii.gz');
  return JSON.parse((existsSync(compressed)
    ? gunzipSync(readFileSync(compressed))
    : readFileSync(join(folder, '.jsii'))).toString());
}

/** A copy without the git folder and without what an earlier build left. */
function exportTo(folder: string) {
  cpSync(ROOT, folder, {
    recursive: true,
    filter: (file) => !NOT_EXPORTED.includes(basename(file))
      && !/[\\/]lib[\\/].*(\.js|\.d\.ts)$/.test(file.slice(ROOT.length)),
  });
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
}

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'package-'));
  exported = join(directory, 'exported');
  exportTo(exported);
  run(exported, 'npm', 'run', 'build', '--silent');
}, 300_000);

afterAll(() => rmSync(directory, { recursive: true, force: true }));

test('builds from an export without a git folder', () => {
  expect(existsSync(join(exported, '.git'))).toBe(false);
  expect(Object.keys(readAssembly(exported).types)).toContain('cdk-apigatewayv2-integrations.HttpLambdaIntegration');
});

test('packs the compiled library, its assembly and its documents, and nothing else', () => {
  const [packed] = JSON.parse(run(exported, 'npm', 'pack', '--dry-run', '--json')) as {
    size: number;
    files: { path: string }[];
  }[];
  const paths = packed.files.map((file) => file.path);
  const compiled = sourcesIn(exported).flatMap((source) =>
    ['js', 'd.ts'].map((extension) => `lib/${source.replace(/ts$/, extension)}`))
    .filter((path) => !UNDECLARED.test(path));
  expect([...declarationsFrom(exported, 'lib/index.d.ts')].filter((path) => !compiled.includes(path))).toEqual([]);
  const documents = ['LICENSE', 'README.md', 'docs/report.schema.json'];
  expect(paths.sort()).toEqual(['.jsii', '.jsii.gz', 'package.json', ...documents, ...compiled].sort());
  expect(packed.size).toBeLessThan(MAX_PACKED_BYTES);
});

test('packs nothing that an earlier build left, and nothing at all where nothing is built', () => {
  const copy = join(directory, 'copy');
  exportTo(copy);
  expect(() => run(copy, 'npm', 'pack', '--dry-run')).toThrow(/The library is not built/);
  writeFileSync(join(copy, 'lib/stale.js'), '');
  run(copy, process.execPath, 'scripts/clean.mjs');
  expect(existsSync(join(copy, 'lib/stale.js'))).toBe(false);
  expect(existsSync(join(copy, 'lib/index.ts'))).toBe(true);
});

test('packs nothing that was built of other sources', () => {
  const added = join(exported, 'lib/added.ts');
  writeFileSync(added, '');
  expect(() => run(exported, 'npm', 'pack', '--dry-run')).toThrow(/The library is not built of these sources/);
  rmSync(added);
  run(exported, 'npm', 'pack', '--dry-run');
});

test('loads no integrations module of aws-cdk-lib when every class is loaded', () => {
  const loaded = run(exported, process.execPath, '-p', `
    for (const name of Object.keys(require('.'))) { require('.')[name]; }
    Object.keys(require.cache).filter((file) => file.includes('aws-apigatewayv2-integrations')).length`);
  expect(loaded.trim()).toBe('0');
});

test('offers from the lazy index every class and enum of the assembly', () => {
  const values = Object.values(readAssembly(exported).types)
    .filter((type) => type.kind !== 'interface')
    .map((type) => type.fqn.split('.')[1]);
  const names = JSON.parse(run(
    exported,
    process.execPath,
    '-p',
    'JSON.stringify(Object.entries(require(".")).filter(([, it]) => it).map(([name]) => name))',
  ));
  expect(values.filter((name) => !names.includes(name))).toEqual([]);
});

test('keeps its own targets where it is mounted as a submodule of a larger assembly', () => {
  const larger = join(directory, 'larger');
  const mounted = join(larger, 'lib', 'integrations');
  mkdirSync(mounted, { recursive: true });
  cpSync(join(exported, 'lib'), mounted, { recursive: true, filter: (file) => !/(\.js|\.d\.ts)$/.test(file) });
  cpSync(join(ROOT, '.jsiirc.json'), join(mounted, '.jsiirc.json'));
  symlinkSync(join(ROOT, 'node_modules'), join(larger, 'node_modules'));
  writeFileSync(join(larger, 'lib', 'index.ts'), 'export * as integrations from \'./integrations\';\n');
  const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  writeFileSync(join(larger, 'package.json'), JSON.stringify({
    name: 'larger',
    version: '1.0.0',
    license: manifest.license,
    author: manifest.author,
    repository: manifest.repository,
    main: 'lib/index.js',
    types: 'lib/index.d.ts',
    peerDependencies: manifest.peerDependencies,
    devDependencies: {
      'aws-cdk-lib': manifest.devDependencies['aws-cdk-lib'],
      'constructs': manifest.devDependencies.constructs,
    },
    jsii: { outdir: 'dist', targets: { python: { distName: 'larger', module: 'larger' } } },
  }));
  run(larger, join(ROOT, 'node_modules/.bin/jsii'));

  const assembly = readAssembly(larger);
  expect(assembly.submodules['larger.integrations'].targets).toEqual(manifest.jsii.targets);
  expect(Object.keys(assembly.types)).toContain('larger.integrations.HttpLambdaIntegration');
}, 300_000);

test('names only types of aws-cdk-lib that the newest one has under the same name', () => {
  const newest = readAssembly(join(ROOT, 'node_modules/aws-cdk-lib-latest/node_modules/aws-cdk-lib')).types;
  const named = new Set(JSON.stringify(readAssembly(exported).types).match(/(?<=")aws-cdk-lib\.[\w.]+(?=")/g));
  expect(named).toContain('aws-cdk-lib.aws_apigatewayv2.ParameterMapping');
  expect([...named].filter((fqn) => !(fqn in newest))).toEqual([]);
});

// Reserved in Python, Java, C# or Go, or a predeclared name that generated code of one of them would hide.
const RESERVED = new Set(`
  and as assert async await break class continue def del elif else except finally for from global if import in is
  lambda nonlocal not or pass raise return try while with yield none true false print
  abstract boolean byte case catch char const default do double enum extends final float goto implements instanceof
  int interface long native new package private protected public short static strictfp super switch synchronized this
  throw throws transient void volatile
  base bool checked decimal delegate event explicit extern fixed foreach implicit internal lock namespace null object
  operator out override params readonly ref sbyte sealed sizeof stackalloc string struct typeof uint ulong unchecked
  unsafe ushort using virtual
  chan defer fallthrough func go map range select type var error`.split(/\s+/).filter(Boolean));

/** The parameters of the constructors and methods of a type, with where they are. */
function parametersOf({ fqn, initializer, methods = [] }: Type): string[][] {
  const namesOf = (where: string, parameters: Parameter[] = []) =>
    parameters.map(({ name }) => [`${where}(${name})`, name]);
  return [
    ...namesOf(`new ${fqn}`, initializer?.parameters),
    ...methods.flatMap((method) => namesOf(`${fqn}.${method.name}`, method.parameters)),
  ];
}

test('names every parameter, which TypeScript does not ask for where one is taken apart', () => {
  const parameters = Object.values(readAssembly(exported).types).flatMap(parametersOf);
  expect(parameters.length).toBeGreaterThan(100);
  expect(parameters.filter(([, name]) => !/^[a-z][A-Za-z0-9]*$/.test(name)).map(([where]) => where)).toEqual([]);
});

test('names no member and no parameter with a reserved word of a target language', () => {
  const named = Object.values(readAssembly(exported).types).flatMap((type) => [
    ...(type.properties ?? []).map((property) => [`${type.fqn}.${property.name}`, property.name]),
    ...(type.methods ?? []).map((method) => [`${type.fqn}.${method.name}`, method.name]),
    ...parametersOf(type),
  ]);
  expect(named.length).toBeGreaterThan(0);
  // Constants stay in capitals in every language.
  const isConstant = (name: string) => name === name.toUpperCase();
  expect(named.filter(([, name]) => !isConstant(name) && RESERVED.has(name.toLowerCase()))
    .map(([where]) => where)).toEqual([]);
});

test('names no option like a positional parameter of its class', () => {
  const { types } = readAssembly(exported);
  const optionsOf = (fqn: string): string[] => fqn in types
    ? [...(types[fqn].properties
      ?? []).map((property) => property.name), ...(types[fqn].interfaces ?? []).flatMap(optionsOf)] : [];
  const clashes = Object.values(types).flatMap((type) => {
    const parameters = type.initializer?.parameters ?? [];
    const struct = parameters.find((parameter) => parameter.type.fqn !== undefined
      && types[parameter.type.fqn]?.datatype);
    const options = struct ? optionsOf(struct.type.fqn!) : [];
    return parameters.filter((parameter) => parameter !== struct && options.includes(parameter.name))
      .map((parameter) => `${type.fqn}: ${parameter.name}`);
  });
  expect(clashes).toEqual([]);
});

test('gives each struct at most one parent', () => {
  const structs = Object.values(readAssembly(exported).types).filter((type) => type.datatype);
  expect(structs.length).toBeGreaterThan(8);
  expect(structs.filter((struct) => (struct.interfaces ?? []).length > 1).map((struct) => struct.fqn)).toEqual([]);
});
