import type { Environment } from '../shapes/integration';
import type { Names } from '../shapes/names';
import { PART, UNKNOWN, Unknown, type Json, type Properties } from '../shapes/values';
import type { Kind } from '../rules/rule';
import type { Shapes } from '../shapes';
import { isIntrinsic } from '../facts/intrinsics';
import { oncePerApp, oncePerKey, type DeployedTemplate, type Evaluator, type Located } from '../template/evaluator';
import { hasUnknown, known, replaceSymbols, type Text } from '../template/text';

/** An app as it is judged: its resources, and what their constructs are called. */
export interface View {
  readonly app: Evaluator;
  readonly pathOf: (resource: Located) => string;
  readonly namesOf: (resource: Located) => Names;
  /** Whether the class that made a resource said a finding of a rule already. */
  readonly isSaid?: (resource: Located, rule: string) => boolean;
}

/** A shape that is judged, and the resource that its findings are about. */
export interface Subject<K extends Kind = Kind> {
  readonly kind: K;
  readonly resource: Located;
  readonly shape: Shapes[K];
}

/** A subject in a list of subjects of several kinds. */
export function subject<K extends Kind>(kind: K, resource: Located, shape: Shapes[K]): Subject {
  return { kind, resource, shape } as unknown as Subject;
}

/** Resources of API Gateway v2 of a type, such as `Route`. */
export function gatewayResources({ app }: View, type: string): readonly Located[] {
  return app.ofType(`AWS::ApiGatewayV2::${type}`);
}

const unclear = new WeakMap<ReadonlyMap<Text, unknown>, boolean>();

/** Whether resources that are grouped by a text, such as that of their API, may be of any group; told once for each. */
export function hasUnclear(groups: ReadonlyMap<Text, unknown>): boolean {
  let known = unclear.get(groups);
  if (known === undefined) {
    known = [...groups.keys()].some(hasUnknown);
    unclear.set(groups, known);
  }
  return known;
}

/** A text as rules take it. */
export function jsonOfText(text: Text): Json {
  return known(text) ?? new Unknown(replaceSymbols(text, () => PART));
}

const isNoValue = (value: unknown) =>
  typeof value === 'object' && value !== null && (value as { Ref?: unknown }).Ref === 'AWS::NoValue';

/** Unknown values by their texts, of which there is one for all that refer to the same. */
const jsonOfKnownText = oncePerKey((text: Text) => text, (_, text) => jsonOfText(text));

/** A value of a template as rules take it: evaluated, with `Unknown` for what is only known at deployment. */
export function jsonOfTemplate(app: Evaluator, stack: DeployedTemplate, value: unknown): Json {
  if (typeof value === 'string') { return value.includes('{{') ? jsonOfText(app.text(stack, value)) : value; }
  if (value === null || typeof value !== 'object') { return value as Json; }
  if (Array.isArray(value)) { return value.filter((it) => !isNoValue(it)).map((it) => jsonOfTemplate(app, stack, it)); }
  if (isIntrinsic(value)) {
    return app.list(stack, value)?.map(jsonOfText) ?? jsonOfKnownText(app, app.text(stack, value));
  }
  if ('Fn::Transform' in value) { return UNKNOWN; }
  const map: Record<string, Json> = {};
  for (const key of Object.keys(value)) {
    const it = (value as { readonly [key: string]: unknown })[key];
    if (!isNoValue(it)) { map[key] = jsonOfTemplate(app, stack, it); }
  }
  return map;
}

const readProperties = oncePerApp(() => new WeakMap<Located, Properties>());

/** The properties of a resource as rules take them. */
export function propertiesOf({ app }: View, resource: Located): Properties {
  const known = readProperties(app).get(resource);
  if (known) { return known; }
  const properties = jsonOfTemplate(app, resource.stack, resource.properties) as Properties;
  readProperties(app).set(resource, properties);
  return properties;
}

/** The resource that a property refers to. */
export function referredResource({ app }: View, resource: Located, value: unknown): Located | undefined {
  return value === undefined ? undefined : app.reference(resource.stack, value)?.resource;
}

/** Where a resource is deployed. */
export function environmentOf({ stack: { account, region } }: Located): Environment {
  return { account: account ?? UNKNOWN, region: region ?? UNKNOWN };
}
