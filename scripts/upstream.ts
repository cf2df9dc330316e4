// Compares the public API of the newest aws-cdk-lib's integrations with ours, through the assemblies of jsii. Fails
// with a list of what it has and we lack: types, parameters, options and their types and defaults, members, values of
// enums.
import { existsSync, readFileSync } from 'fs';
import { join } from 'path';
import { gunzipSync } from 'zlib';

interface Docs { readonly default?: string }
interface Member { readonly name: string; readonly type?: unknown; readonly optional?: boolean; readonly docs?: Docs }
interface Method extends Member { readonly parameters?: Member[] }
export interface Type {
  readonly fqn: string;
  readonly name: string;
  readonly kind: 'class' | 'enum' | 'interface';
  readonly datatype?: boolean;
  readonly base?: string;
  readonly interfaces?: string[];
  readonly initializer?: { readonly parameters?: Member[] };
  readonly methods?: Method[];
  readonly properties?: Member[];
  readonly members?: Member[];
}
export type Types = Record<string, Type>;

const MODULE = 'aws-cdk-lib.aws_apigatewayv2_integrations';
const OURS = 'cdk-apigatewayv2-integrations';

/** What upstream has and we do not have on purpose. */
const DELIBERATE: { readonly member: RegExp; readonly reason: string }[] = [
  {
    member: /^Http(Alb|Nlb|ServiceDiscovery)Integration\.(connection|integration)Type$/,
    reason: 'protected fields that anybody could change, and that nothing reads after the constructor',
  },
  {
    member: /^Http(Alb|Nlb|ServiceDiscovery)Integration\.(httpMethod|payloadFormatVersion)$/,
    reason: 'protected fields that anybody could change, and that nothing reads after the constructor',
  },
  {
    member: /^\w+\.timeout$/,
    reason: 'nothing is sent without a timeout, and API Gateway waits 30 seconds on HTTP APIs and 29 on WebSocket APIs',
  },
];

/** The types of the assembly in a folder. */
function readTypes(folder: string): Types {
  const compressed = join(folder, '.jsii.gz');
  const text = existsSync(compressed) ? gunzipSync(readFileSync(compressed)) : readFileSync(join(folder, '.jsii'));
  return JSON.parse(text.toString()).types;
}

function parentsOf({ base, interfaces = [] }: Type): string[] {
  return base === undefined ? interfaces : [base, ...interfaces];
}

/** The members of a type and of what it extends, as far as these are in the assemblies. */
function inherited<M extends Member>(type: Type, types: Types, membersOf: (type: Type) => M[]): Map<string, M> {
  const parents = parentsOf(type).filter((fqn) => fqn in types).map((fqn) => types[fqn]);
  const all = parents.flatMap((parent) => [...inherited(parent, types, membersOf).values()]);
  return new Map([...all, ...membersOf(type)].map((member) => [member.name, member]));
}

/** A type in words that are equal in both libraries. */
function typeOf({ type }: Member): string {
  return JSON.stringify(type).replaceAll(`${MODULE}.`, `${OURS}.`);
}

/** Whether a type takes all that another takes: it is the same, or one that the other extends. */
function takesAll(ours: Member, theirs: Member, types: Types): boolean {
  if (typeOf(ours) === typeOf(theirs)) { return true; }
  const parents = types[fqnOf(theirs)] === undefined ? [] : parentsOf(types[fqnOf(theirs)]);
  return parents.some((fqn) => takesAll(ours, { name: theirs.name, type: { fqn } }, types));
}

function fqnOf({ type }: Member): string {
  return (type as { fqn?: string } | undefined)?.fqn ?? '';
}

/** The default in the documentation, as far as it is a value and not a sentence. */
function valueOfDefault({ docs }: Member): string | undefined {
  const [, value] = /^([\w.]+(?:\([^)]*\))?)(?:$| - )/.exec(docs?.default?.replaceAll('`', '') ?? '') ?? [];
  return value;
}

function lacksOfMember(where: string, theirs: Member, ours: Member | undefined, types: Types): string[] {
  if (ours === undefined) { return [`${where}: missing`]; }
  const lacks: string[] = [];
  if (!takesAll(ours, theirs, types)) {
    lacks.push(`${where}: has the type ${typeOf(ours)}, upstream ${typeOf(theirs)}`);
  }
  if (theirs.optional && !ours.optional) { lacks.push(`${where}: is required, upstream optional`); }
  const expected = valueOfDefault(theirs);
  if (expected !== undefined && expected !== valueOfDefault(ours)) {
    lacks.push(`${where}: has the default "${ours.docs?.default ?? ''}", upstream ${expected}`);
  }
  return lacks;
}

/** Parameters are taken by position, and in Python by name. */
function lacksOfParameters(where: string, types: Types, theirs: Member[] = [], ours: Member[] = []): string[] {
  return theirs.flatMap((parameter, index) => {
    const mine = ours.at(index);
    const place = `${where}(${parameter.name})`;
    // An underscore says that a parameter is not used.
    const isRenamed = mine !== undefined && mine.name.replace(/^_/, '') !== parameter.name.replace(/^_/, '');
    return isRenamed ? [`${place}: is named ${mine.name}`] : lacksOfMember(place, parameter, mine, types);
  });
}

function lacksOfType(theirs: Type, upstream: Types, ours: Types): string[] {
  const mine = ours[theirs.fqn.replace(MODULE, OURS)];
  if (mine === undefined) { return [`${theirs.name}: missing`]; }
  if (mine.kind !== theirs.kind) { return [`${theirs.name}: is of kind ${mine.kind}, upstream ${theirs.kind}`]; }
  // Both extend types of aws-cdk-lib.
  const all = { ...upstream, ...ours };
  const [expected, found] = [theirs, mine].map(({ initializer }) => initializer?.parameters);
  const lacks = lacksOfParameters(`new ${theirs.name}`, all, expected, found);
  const properties = inherited(mine, all, ({ properties: its = [] }) => its);
  for (const property of inherited(theirs, upstream, ({ properties: its = [] }) => its).values()) {
    lacks.push(...lacksOfMember(`${theirs.name}.${property.name}`, property, properties.get(property.name), all));
  }
  const methods = inherited(mine, all, ({ methods: its = [] }) => its);
  for (const method of inherited(theirs, upstream, ({ methods: its = [] }) => its).values()) {
    const where = `${theirs.name}.${method.name}`;
    const own = methods.get(method.name);
    lacks.push(...own ? lacksOfParameters(where, all, method.parameters, own.parameters) : [`${where}(): missing`]);
  }
  const values = new Set(mine.members?.map(({ name }) => name));
  const missing = (theirs.members ?? []).filter(({ name }) => !values.has(name));
  lacks.push(...missing.map(({ name }) => `${theirs.name}.${name}: missing`));
  return lacks;
}

function typesOfModule(upstream: Types): Type[] {
  return Object.values(upstream).filter(({ fqn }) => fqn.startsWith(`${MODULE}.`));
}

/** What upstream's module has and we lack, as `<member>: <what is wrong>`. */
export function lacksOf(upstream: Types, ours: Types): string[] {
  return typesOfModule(upstream).flatMap((type) => lacksOfType(type, upstream, ours));
}

if (require.main === module) {
  const root = join(__dirname, '..');
  const newest = join(root, 'node_modules/aws-cdk-lib-latest/node_modules/aws-cdk-lib');
  const { version } = JSON.parse(readFileSync(join(newest, 'package.json'), 'utf8'));
  const upstream = readTypes(newest);
  const lacks = lacksOf(upstream, readTypes(root));
  const isDeliberate = (lack: string) => DELIBERATE.some(({ member }) => member.test(lack.split(': ')[0]));
  const unexpected = lacks.filter((lack) => !isDeliberate(lack));
  const stale = DELIBERATE.filter(({ member }) => !lacks.some((lack) => member.test(lack.split(': ')[0])));
  const deliberate = lacks.length - unexpected.length;
  console.log(`aws-cdk-lib ${version}: ${typesOfModule(upstream).length} types, ${deliberate} deliberate differences.`);
  if (unexpected.length > 0) { console.error(`We lack:\n${unexpected.map((lack) => `- ${lack}`).join('\n')}`); }
  if (stale.length > 0) { console.error(`No longer a difference: ${stale.map(({ reason }) => reason).join('; ')}`); }
  if (unexpected.length + stale.length > 0) { process.exitCode = 1; }
}
