import { existsSync, readdirSync, readFileSync, statSync } from 'fs';
import { join } from 'path';
import type { Resource, Template } from '../template/evaluator';

/** A resource of a template that is deployed, with what CloudFormation does when it goes. */
export interface DeployedResource extends Resource {
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
  readonly Metadata?: { readonly [name: string]: unknown };
}

/** A stack whose template is in the folder. */
export interface FoundStack {
  readonly name: string;
  readonly account?: string;
  readonly region?: string;
  readonly template: Template;
  /** The stack that a resource of the template deploys. */
  readonly nestedIn: (logicalId: string) => FoundStack | undefined;
  /** The path of the construct that made a resource. */
  readonly pathOf: (logicalId: string) => string | undefined;
}

/** What a folder of deployed templates has. */
export interface Folder {
  readonly stacks: readonly FoundStack[];
  /** Whether a manifest lists all stacks, so that one which is missing was not deployed. */
  readonly isListed: boolean;
  /** What cannot be read, each as a part of a sentence. */
  readonly problems: readonly string[];
}

/** Reads a folder that AWS CDK wrote, or one of files that are named after stacks. */
export function readFolder(directory: string): Folder {
  const problems: string[] = [];
  const isListed = existsSync(join(directory, MANIFEST));
  const stacks = isListed ? readAssembly(directory, problems) : readFiles(directory, problems);
  return { stacks, isListed, problems };
}

const MANIFEST = 'manifest.json';
const ENDING = '.template.json';

/** A part of a manifest, as far as it is read. */
interface Artifact {
  readonly type?: string;
  readonly environment?: string;
  readonly metadata?: Notes;
  readonly additionalMetadataFile?: string;
  readonly properties?: {
    readonly templateFile?: string;
    readonly stackName?: string;
    readonly directoryName?: string;
    readonly file?: string;
  };
}

/** What AWS CDK notes on constructs, by their paths. */
interface Notes { readonly [path: string]: readonly { readonly type?: string; readonly data?: unknown }[] }

/** The files of the assets of an assembly, by their hashes. */
type Assets = () => ReadonlyMap<string, string>;

/** Reads the stacks that a manifest lists, those of its stages among them; around it are the manifests that list it. */
function readAssembly(directory: string, problems: string[], around: readonly string[] = []): FoundStack[] {
  if (around.includes(directory)) { throw new Error(`the manifest of '${directory}' lists itself`); }
  const manifest = readJson(directory, MANIFEST, problems);
  const artifacts = Object.entries(objectOf(manifest?.artifacts))
    .map(([id, artifact]): [string, Artifact] => [id, objectOf(artifact)]);
  let files: ReturnType<Assets> | undefined;
  const assets = () => files ??= readAssets(directory, artifacts, problems);
  return artifacts.flatMap(([id, artifact]) => {
    const { templateFile, stackName, directoryName } = artifact.properties ?? {};
    if (artifact.type === 'cdk:cloud-assembly' && directoryName !== undefined) {
      return readAssembly(join(directory, directoryName), problems, [...around, directory]);
    }
    if (artifact.type !== 'aws:cloudformation:stack' || templateFile === undefined) { return []; }
    const template = readTemplate(directory, templateFile, problems);
    if (!template) { return []; }
    const name = stackName ?? id;
    const noted = () => pathsOf({ ...artifact.metadata, ...readNotes(directory, artifact, problems) });
    const found = foundStack(directory, name, template, assets, problems);
    return [{ ...found, ...placeOf(artifact), ...withPaths(template, noted) }];
  });
}

function readNotes(directory: string, { additionalMetadataFile: file }: Artifact, problems: string[]): Notes {
  return file === undefined ? {} : objectOf(readJson(directory, file, problems)) as Notes;
}

/** The account and the region of `aws://111111111111/eu-west-1`, where they are known. */
function placeOf({ environment = '' }: Artifact): Pick<FoundStack, 'account' | 'region'> {
  const [, account, region] = /^aws:\/\/([^/]*)\/(.*)$/.exec(environment) ?? [];
  const knownOf = (value?: string) => value?.startsWith('unknown-') ? undefined : value;
  return { account: knownOf(account), region: knownOf(region) };
}

function readAssets(
  directory: string, artifacts: readonly [string, Artifact][], problems: string[],
): ReturnType<Assets> {
  const files = artifacts.filter(([, { type }]) => type === 'cdk:asset-manifest')
    .flatMap(([, { properties }]) => properties?.file ?? []);
  const entries = files.flatMap((file) => Object.entries(objectOf(readJson(directory, file, problems)?.files)));
  return new Map(entries.map(([hash, asset]) => [hash, String(objectOf(objectOf(asset).source).path)]));
}

/** Reads the files `<stack name>.template.json`. */
function readFiles(directory: string, problems: string[]): FoundStack[] {
  const names = readdirSync(directory).filter((file) => file.endsWith(ENDING) && !file.endsWith(`.nested${ENDING}`))
    .map((file) => file.slice(0, -ENDING.length)).sort();
  return names.flatMap((name) => {
    const template = readTemplate(directory, name + ENDING, problems);
    return template ? [foundStack(directory, name, template, () => new Map(), problems)] : [];
  });
}

function foundStack(
  directory: string, name: string, template: Template, assets: Assets, problems: string[],
): FoundStack {
  const nestedIn = (logicalId: string): FoundStack | undefined => {
    const file = nestedFile(directory, name, logicalId, template, assets);
    const nested = file === undefined ? undefined : readTemplate(directory, file, problems);
    if (!nested) { return undefined; }
    return foundStack(directory, file!.slice(0, -ENDING.length), nested, assets, problems);
  };
  return { name, template, nestedIn, ...withPaths(template, () => new Map()) };
}

/**
 * The file of the template of a nested stack: AWS CDK notes it on the resource, or its hash is in the URL, or it has
 * the name that CloudFormation makes up, `<stack>-<logical id>-<random letters>`.
 */
function nestedFile(
  directory: string, name: string, logicalId: string, { Resources = {} }: Template, assets: Assets,
): string | undefined {
  const { Metadata, Properties } = Resources[logicalId] as DeployedResource;
  const noted = Metadata?.['aws:asset:path'];
  if (typeof noted === 'string' && existsSync(join(directory, noted))) { return noted; }
  const [hash] = /[0-9a-f]{64}/.exec(JSON.stringify(Properties?.TemplateURL) ?? '') ?? [];
  const asset = hash === undefined ? undefined : assets().get(hash);
  if (asset !== undefined) { return asset; }
  const start = `${name}-${logicalId}-`;
  // What is nested in that has a longer name.
  const named = readdirSync(directory).filter((file) => file.startsWith(start) && file.endsWith(ENDING)
    && /^[0-9A-Z]+$/i.test(file.slice(start.length, -ENDING.length)));
  return named.length === 1 ? named[0] : undefined;
}

/** The paths of constructs, which stand in the template or are noted beside it. */
function withPaths({ Resources = {} }: Template, noted: () => ReadonlyMap<string, string>): Pick<FoundStack, 'pathOf'> {
  let read: ReadonlyMap<string, string> | undefined;
  return {
    pathOf: (logicalId) => {
      const path = (Resources[logicalId] as DeployedResource | undefined)?.Metadata?.['aws:cdk:path'];
      if (typeof path === 'string') { return withoutResource(path); }
      read ??= noted();
      return read.get(logicalId);
    },
  };
}

/** The paths by logical ids. */
function pathsOf(notes: Notes): ReadonlyMap<string, string> {
  return new Map(Object.entries(notes).flatMap(([path, all]) =>
    (Array.isArray(all) ? all as Notes[string] : []).filter(({ type }) => type === 'aws:cdk:logicalId')
      .map(({ data }): [string, string] => [String(data), withoutResource(path.replace(/^\//, ''))])));
}

/** The path of the construct around a resource. */
function withoutResource(path: string): string {
  return path.replace(/\/(Resource|Default)$/, '');
}

/** The sections that a template may have. */
const SECTIONS = [
  'AWSTemplateFormatVersion', 'Conditions', 'Description', 'Fn::Transform', 'Globals', 'Hooks', 'Mappings', 'Metadata',
  'Outputs', 'Parameters', 'Resources', 'Rules', 'Transform',
];

/** Reads a template, as AWS CDK writes it or as `aws cloudformation get-template` returns it. */
function readTemplate(directory: string, file: string, problems: string[]): Template | undefined {
  const content = readJson(directory, file, problems);
  const body = content && 'TemplateBody' in content ? content.TemplateBody : content;
  if (body === undefined) { return undefined; }
  if (typeof body !== 'object' || !Object.keys(objectOf(body)).every((section) => SECTIONS.includes(section))) {
    problems.push(`'${file}' is no template in JSON`);
    return undefined;
  }
  const { Resources: resources } = body as { readonly Resources?: unknown };
  // A loop of a macro stands among the resources, too.
  const Resources = Object.fromEntries(Object.entries(objectOf(resources)).filter(([, it]) => isResource(it)));
  return { ...body, Resources } as Template;
}

function isResource(value: unknown): value is DeployedResource {
  const { Type, Properties = {} } = objectOf(value);
  return typeof Type === 'string' && typeof Properties === 'object' && Properties !== null;
}

function readJson(directory: string, file: string, problems: string[]): Record<string, unknown> | undefined {
  const path = join(directory, file);
  if (!existsSync(path) || !statSync(path).isFile()) {
    problems.push(`'${file}' is missing`);
    return undefined;
  }
  try {
    const content: unknown = JSON.parse(readFileSync(path, 'utf8'));
    if (typeof content === 'object' && content !== null && !Array.isArray(content)) {
      return content as Record<string, unknown>;
    }
  } catch {
    // Said below.
  }
  problems.push(`'${file}' is no object in JSON`);
  return undefined;
}

function objectOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value as Record<string, unknown> : {};
}
