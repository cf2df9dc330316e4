// Writes a package aws-cdk-lib whose assembly has only what the library and C# files reach, so that it compiles in
// seconds: `tsx test/bindings/dotnet/trim.ts <folder> <C# files...>`. Kept types keep all their members.
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'fs';
import { join, resolve } from 'path';
import { gunzipSync } from 'zlib';

interface Assembly {
  readonly dependencies: object;
  readonly types: { [fqn: string]: { readonly namespace?: string } };
  readonly submodules: {
    readonly [name: string]: { readonly targets?: { readonly dotnet?: { readonly namespace: string } } };
  };
}

const ROOT = join(__dirname, '../../..');
const LIB = 'aws-cdk-lib';
const [folder, ...sources] = process.argv.slice(2);

const read = (file: string) => JSON.parse(gunzipSync(readFileSync(file)).toString()) as Assembly;

/** The names of types of aws-cdk-lib in a part of an assembly. */
function namesIn(value: unknown): string[] {
  if (typeof value === 'string') { return value.startsWith(`${LIB}.`) ? [value] : []; }
  return typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, it]) => key === 'docs' || key === 'symbolId' ? [] : namesIn(it))
    : [];
}

const cdk = read(join(ROOT, 'node_modules', LIB, '.jsii.gz'));
const submodules = new Map(Object.entries(cdk.submodules).map(([name, { targets }]) => [
  targets?.dotnet?.namespace,
  name,
]));
submodules.set('Amazon.CDK', LIB);

/**
 * The names that C# may mean: each word in each namespace that the file uses, and what is written with its namespace.
 */
function namesInCSharp(text: string): string[] {
  const used = [...text.matchAll(/^using ([\w.]+);/gm)].flatMap(([, namespace]) => submodules.get(namespace) ?? []);
  const words = [...new Set(text.match(/\b[A-Z]\w*/g))].flatMap((word) => [word, word.replace(/Props$/, '')]);
  const qualified = [...text.matchAll(/\b(Amazon\.CDK(?:\.\w+)*)\.(\w+)/g)].flatMap(([, namespace, name]) =>
    submodules.has(namespace) ? [`${submodules.get(namespace)}.${name}`] : []);
  return [...used.flatMap((submodule) => words.map((word) => `${submodule}.${word}`)), ...qualified];
}

const kept = new Set<string>();
const open = [
  ...namesIn(read(join(ROOT, '.jsii.gz')).types),
  ...sources.flatMap((file) => namesInCSharp(readFileSync(file, 'utf8'))),
];
for (let name = open.pop(); name !== undefined; name = open.pop()) {
  const type = cdk.types[name];
  if (!type || kept.has(name)) { continue; }
  kept.add(name);
  open.push(...namesIn(type), ...type.namespace ? [`${LIB}.${type.namespace}`] : []);
}

mkdirSync(folder, { recursive: true });
symlinkSync(join(ROOT, 'node_modules'), join(resolve(folder), 'node_modules'));
writeFileSync(join(folder, '.jsii'), JSON.stringify({
  ...cdk,
  readme: undefined,
  types: Object.fromEntries(Object.entries(cdk.types).filter(([name]) => kept.has(name))),
}));
const manifest = JSON.parse(readFileSync(join(ROOT, 'node_modules', LIB, 'package.json'), 'utf8')) as {
  dependencies: object;
  bundleDependencies?: unknown;
  bundledDependencies?: unknown;
};
// What is bundled with aws-cdk-lib is no assembly.
const dependencies = Object.fromEntries(Object.entries(manifest.dependencies)
  .filter(([name]) => name in cdk.dependencies));
writeFileSync(join(folder, 'package.json'), JSON.stringify({
  ...manifest,
  dependencies,
  bundleDependencies: undefined,
  bundledDependencies: undefined,
  scripts: undefined,
}));
