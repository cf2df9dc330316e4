import { RegionInfo } from 'aws-cdk-lib/region-info';
import { intrinsicOf } from '../facts/intrinsics';
import { known, replaceBetween, replaceSymbols, symbolsOf, SymbolTable, type Text } from './text';

/** A resource as it stands in a template. */
export interface Resource {
  readonly Type: string;
  /** The name of the condition on which the resource is made. */
  readonly Condition?: string;
  readonly DependsOn?: string | readonly string[];
  readonly Properties?: { readonly [name: string]: unknown };
  /** Reads one property, where that can be done alone. */
  readonly read?: (name: string) => { readonly value: unknown } | undefined;
}

export interface Output {
  readonly Value?: unknown;
  readonly Export?: { readonly Name?: unknown };
}

/** A mapping: values by two keys. */
export type Mapping = { readonly [key: string]: { readonly [key: string]: unknown } };

export interface Template {
  readonly Resources?: { readonly [logicalId: string]: Resource };
  readonly Parameters?: { readonly [name: string]: object };
  readonly Mappings?: { readonly [name: string]: Mapping };
  /** The macros that change the template before it is deployed. */
  readonly Transform?: unknown;
  readonly Outputs?: { readonly [name: string]: Output };
}

/** A resource of a template, whose logical id is computed when it is asked for. */
export interface Listed {
  readonly logicalId: string;
  readonly resource: Resource;
}

/** A template, and what is known of the place that it is deployed to. */
export interface DeployedTemplate {
  /** Unique among the templates of the app. */
  readonly id: string;
  readonly template: Template;
  /** The resources, where the template does not have them. */
  readonly listed?: readonly Listed[];
  /** One of those, where something of the app is known to refer to it by its logical id. */
  readonly referred?: (logicalId: string) => Resource | undefined;
  readonly account?: string;
  readonly region?: string;
  /** The stack and the resource that deploy it, if it is nested. */
  readonly parent?: { readonly id: string; readonly logicalId: string };
}

/** A resource, and the template that it is in. There is one object for each resource of an app. */
export interface Located {
  readonly stack: DeployedTemplate;
  /** As it stands in the template. */
  readonly resource: Resource;
  readonly logicalId: string;
  readonly type: string;
  /** The name of the condition on which the resource is made, which is one of the template of the stack. */
  readonly condition?: string;
  /** The logical ids of the resources that are made before it because `DependsOn` says so. */
  readonly dependsOn: readonly string[];
  /** The properties that CloudFormation gets, without those that are `AWS::NoValue`. */
  readonly properties: { readonly [name: string]: unknown };
  /** Returns one property; costs less than all of them. */
  readonly value: (name: string) => unknown;
}

/** The resource that a value refers to, with the attribute: `Ref`, or a name. */
export interface Reference {
  readonly resource: Located;
  readonly attribute: string;
}

/** The elements of a list as far as they are known, and whether these are all. */
interface Parts {
  readonly parts: readonly Text[];
  readonly isComplete: boolean;
}

/** Attributes that are what `Ref` gives. */
const IDS: { readonly [type: string]: string | undefined } = {
  'AWS::ApiGatewayV2::Api': 'ApiId',
  'AWS::ApiGatewayV2::Authorizer': 'AuthorizerId',
  'AWS::ApiGatewayV2::Deployment': 'DeploymentId',
  'AWS::ApiGatewayV2::Integration': 'IntegrationId',
  'AWS::ApiGatewayV2::Route': 'RouteId',
  'AWS::ApiGatewayV2::VpcLink': 'VpcLinkId',
};

/** Where exports and parameters of one name are one value. */
const placeOf = ({ account, region }: DeployedTemplate) => `${account ?? ''}/${region ?? ''}`;

/** Resources whose attributes are values that something else makes, so that two of them may be equal. */
const OPAQUE = /^(Custom::|AWS::CloudFormation::|AWS::SSM::)/;

/**
 * Evaluates the values of the templates of one app as far as the comparison of ARNs needs it.
 *
 * References between stacks lead to the resource, whether through exports, or the parameters and outputs of nested
 * stacks, so that one resource is one symbol. What is not known, a function that is not evaluated among it, is a symbol
 * that is named after its own content.
 */
export class Evaluator {
  private readonly symbols = new SymbolTable();
  private readonly stacks: ReadonlyMap<string, DeployedTemplate>;
  private readonly nested: ReadonlyMap<string, DeployedTemplate>;
  private readonly resources: ReadonlyMap<DeployedTemplate, readonly Located[]>;
  private readonly byResource = new Map<DeployedTemplate, ReadonlyMap<Resource, Located>>();
  private readonly byId = new Map<DeployedTemplate, ReadonlyMap<string, Located>>();
  private readonly byType: ReadonlyMap<string, readonly Located[]>;
  private readonly references = new Map<Text, Reference>();
  private readonly evaluatedTexts = new Map<DeployedTemplate, WeakMap<object, Text>>();
  private readonly evaluating = new Set<string>();
  private exports?: ReadonlyMap<Text, () => Text>;

  constructor(templates: readonly DeployedTemplate[]) {
    this.stacks = new Map(templates.map((stack) => [stack.id, stack]));
    this.nested = new Map(templates.flatMap((stack) => {
      return stack.parent ? [[`${stack.parent.id}/${stack.parent.logicalId}`, stack]] : [];
    }));
    this.resources = new Map(templates.map((stack) => {
      return [stack, listedIn(stack).map((listed) => new LocatedResource(stack, listed))];
    }));
    this.byType = groupBy(templates.flatMap((stack) => this.resourcesOf(stack)), ({ type }) => type);
  }

  /** All resources of the app that are of a type. */
  public ofType(type: string): readonly Located[] {
    return this.byType.get(type) ?? [];
  }

  /** All types that resources of the app are of. */
  public types(): readonly string[] {
    return [...this.byType.keys()];
  }

  /** All templates of the app. */
  public templates(): readonly DeployedTemplate[] {
    return [...this.stacks.values()];
  }

  /** All resources of the template of a stack. */
  public resourcesOf(stack: DeployedTemplate): readonly Located[] {
    return this.resources.get(stack) ?? [];
  }

  /** The template that a resource of type `AWS::CloudFormation::Stack` deploys, if it is in the app. */
  public nestedIn({ stack, logicalId }: Located): DeployedTemplate | undefined {
    return this.nested.get(`${stack.id}/${logicalId}`);
  }

  /** The resource of a template that has a logical id. */
  public resource(stack: DeployedTemplate, logicalId: string): Located | undefined {
    const referred = stack.referred?.(logicalId);
    return referred ? this.indexed(this.byResource, stack, ({ resource }) => resource).get(referred)
      : this.indexed(this.byId, stack, (located) => located.logicalId).get(logicalId);
  }

  /** The resources of a template by something that each has for itself. */
  private indexed<K>(
    indexes: Map<DeployedTemplate, ReadonlyMap<K, Located>>, stack: DeployedTemplate, keyOf: (located: Located) => K,
  ): ReadonlyMap<K, Located> {
    let index = indexes.get(stack);
    if (!index) {
      index = new Map(this.resourcesOf(stack).map((located) => [keyOf(located), located]));
      indexes.set(stack, index);
    }
    return index;
  }

  /** The value as text. */
  public text(stack: DeployedTemplate, value: unknown): Text {
    if (typeof value === 'string') { return this.literal(stack, value); }
    if (value === null || typeof value !== 'object') { return String(value); }
    // What many properties refer to is one object.
    const texts = this.textsOf(stack);
    const known = texts.get(value);
    if (known !== undefined) { return known; }
    const text = this.functionText(stack, value);
    texts.set(value, text);
    return text;
  }

  private textsOf(stack: DeployedTemplate): WeakMap<object, Text> {
    let texts = this.evaluatedTexts.get(stack);
    if (!texts) {
      texts = new WeakMap();
      this.evaluatedTexts.set(stack, texts);
    }
    return texts;
  }

  private functionText(stack: DeployedTemplate, value: object): Text {
    // The same function of the same values in another stack is the same value only if nothing in it belongs to a stack.
    return this.evaluated(stack, value) ?? this.unknown(`${stack.id} ${JSON.stringify(value)}`);
  }

  /** The elements of a list as texts, or undefined for what is no list, or a list that is only known at deployment. */
  public list(stack: DeployedTemplate, value: unknown): readonly Text[] | undefined {
    const { parts, isComplete } = this.parts(stack, value);
    return isComplete ? parts : undefined;
  }

  /** The elements of a list, or the one value that stands in place of a list, as texts. */
  public texts(stack: DeployedTemplate, value: unknown): readonly Text[] {
    if (value === undefined || value === null) { return []; }
    return this.list(stack, value) ?? [this.text(stack, value)];
  }

  /** A value that is only known at deployment. */
  public unknown(key: string, name = key): Text {
    return this.symbols.symbol('unknown', key, name);
  }

  /** A name that CloudFormation makes up for a resource. */
  public generatedName({ stack, logicalId }: Located): Text {
    return this.symbols.symbol('name', `${stack.id}/${logicalId}`, `name of ${stack.id}/${logicalId}`);
  }

  /** An attribute of a resource, as it is referred to. */
  public attribute(resource: Located, attribute: string): Text {
    const symbol = this.symbols.symbol('reference', `${resource.stack.id}/${resource.logicalId}.${attribute}`);
    this.references.set(symbol, { resource, attribute });
    return symbol;
  }

  /** The resource that a value refers to, if it is nothing but a reference. */
  public reference(stack: DeployedTemplate, value: unknown): Reference | undefined {
    return this.referenceOf(this.text(stack, value));
  }

  /** The resource that a text refers to, if it is nothing but a reference. */
  public referenceOf(text: Text): Reference | undefined {
    return this.references.get(text);
  }

  /** A property of a resource, as text. */
  public property(resource: Located, name: string): Text | undefined {
    const value = resource.value(name);
    return value === undefined ? undefined : this.text(resource.stack, value);
  }

  /** A text as it is shown: `nameOf` names what is referred to, and what is not known stands in angle brackets. */
  public show(text: Text, nameOf?: (resource: Located) => string): string {
    return replaceSymbols(text, (symbol) => {
      const resource = this.referenceOf(symbol)?.resource;
      return nameOf && resource ? nameOf(resource) : `<${this.symbols.nameOf(symbol)}>`;
    });
  }

  /** Text in which what CloudFormation looks up at deployment, such as `{{resolve:ssm:/shop/name}}`, is unknown. */
  private literal(stack: DeployedTemplate, value: string): Text {
    return replaceBetween(value, '{{resolve:', '}}', (_, part) => this.unknown(`${placeOf(stack)} ${part}`, part));
  }

  /** What a function of CloudFormation gives, if it can be told. */
  private evaluated(stack: DeployedTemplate, value: object): Text | undefined {
    const { name, argument } = intrinsicOf(value) ?? {};
    switch (name) {
      case 'Ref': return typeof argument === 'string' ? this.referenced(stack, argument, 'Ref') : undefined;
      case 'Fn::GetAtt': return this.attributed(stack, argument);
      case 'Fn::Join': return this.joined(stack, argument);
      case 'Fn::Select': return this.selected(stack, argument);
      case 'Fn::FindInMap': return this.foundText(stack, argument);
      case 'Fn::If': return this.chosen(stack, argument);
      case 'Fn::Sub': return this.substituted(stack, argument);
      case 'Fn::ImportValue': return this.imported(stack, this.text(stack, argument));
      default: return undefined;
    }
  }

  private attributed(stack: DeployedTemplate, argument: unknown): Text | undefined {
    const [logicalId, ...attribute] = typeof argument === 'string' ? argument.split('.') : listOf(argument);
    // The name of the attribute may be that of a parameter.
    const names = attribute.filter((part) => typeof part === 'string');
    if (typeof logicalId !== 'string' || names.length < attribute.length) { return undefined; }
    return this.referenced(stack, logicalId, names.join('.'));
  }

  private joined(stack: DeployedTemplate, argument: unknown): Text | undefined {
    const [separator, values] = listOf(argument);
    const parts = this.list(stack, values);
    return typeof separator === 'string' && parts ? this.literal(stack, parts.join(separator)) : undefined;
  }

  private selected(stack: DeployedTemplate, argument: unknown): Text | undefined {
    const [index, values] = listOf(argument);
    return this.parts(stack, values).parts[Number(this.text(stack, index))];
  }

  private foundText(stack: DeployedTemplate, argument: unknown): Text | undefined {
    const found = this.found(stack, argument);
    return found === undefined || typeof found === 'object' ? undefined : String(found);
  }

  /** The value of a mapping. */
  private found(stack: DeployedTemplate, argument: unknown): unknown {
    const [map, first, second] = listOf(argument).map((key) => known(this.text(stack, key)) ?? '');
    const mapping = ownValue(stack.template.Mappings, map);
    return ownValue(ownValue(mapping, first), second);
  }

  /** The value of both branches. */
  private chosen(stack: DeployedTemplate, argument: unknown): Text | undefined {
    const [, whenTrue, whenFalse] = listOf(argument);
    const text = this.text(stack, whenTrue);
    return text === this.text(stack, whenFalse) ? text : undefined;
  }

  private parts(stack: DeployedTemplate, value: unknown): Parts {
    if (Array.isArray(value)) {
      return { parts: value.filter((it) => !isNoValue(it)).map((it) => this.text(stack, it)), isComplete: true };
    }
    const { name, argument } = intrinsicOf(value) ?? {};
    if (name === 'Fn::Split') { return this.splitParts(stack, argument); }
    const found = name === 'Fn::FindInMap' ? this.found(stack, argument) : undefined;
    return Array.isArray(found) ? { parts: found.map(String), isComplete: true } : { parts: [], isComplete: false };
  }

  private splitParts(stack: DeployedTemplate, argument: unknown): Parts {
    const [separator, source] = listOf(argument);
    if (typeof separator !== 'string' || separator === '') { return { parts: [], isComplete: false }; }
    const parts = this.text(stack, source).split(separator);
    const unclear = parts.findIndex((part) => symbolsOf(part).some((symbol) => !this.isOnePart(symbol, separator)));
    return unclear < 0 ? { parts, isComplete: true } : { parts: parts.slice(0, unclear), isComplete: false };
  }

  /** Whether what a symbol stands for has no separator in it: ids of API Gateway are letters and digits. */
  private isOnePart(symbol: Text, separator: string): boolean {
    const reference = this.referenceOf(symbol);
    const isId = reference?.attribute === 'Ref' && Object.hasOwn(IDS, reference.resource.type);
    return isId && !/[a-z0-9]/.test(separator);
  }

  private referenced(stack: DeployedTemplate, logicalId: string, attribute: string): Text {
    if (logicalId.startsWith('AWS::')) { return this.pseudoParameter(stack, logicalId); }
    const { template, parent } = stack;
    if (ownValue(template.Parameters, logicalId)) {
      const outer = parent && this.stacks.get(parent.id);
      const nesting = outer && this.resource(outer, parent!.logicalId);
      const given = ownValue(nesting?.properties.Parameters, logicalId);
      if (given !== undefined) { return this.once(`${stack.id}/${logicalId}`, () => this.text(outer!, given)); }
    }
    const output = /^Outputs\.(.+)$/.exec(attribute)?.[1];
    const nested = output ? this.nested.get(`${stack.id}/${logicalId}`) : undefined;
    const value = output ? nested?.template.Outputs?.[output]?.Value : undefined;
    if (nested && value !== undefined) {
      return this.once(`${nested.id}/${attribute}`, () => this.text(nested, value));
    }
    const resource = this.resource(stack, logicalId);
    if (!resource || OPAQUE.test(resource.type)) { return this.unknown(`${stack.id}/${logicalId}.${attribute}`); }
    if (resource.type === 'AWS::ApiGatewayV2::Stage' && attribute === 'Ref') {
      const name = this.once(`${stack.id}/${logicalId}`, () => this.property(resource, 'StageName') ?? '');
      if (name !== '') { return name; }
    }
    return this.attribute(resource, attribute === IDS[resource.type] ? 'Ref' : attribute);
  }

  private pseudoParameter({ id, account, region }: DeployedTemplate, name: string): Text {
    switch (name) {
      case 'AWS::AccountId': return account ?? this.unknown(name);
      case 'AWS::Region': return region ?? this.unknown(name);
      case 'AWS::Partition': return (region && RegionInfo.get(region).partition) ?? this.unknown(name);
      case 'AWS::URLSuffix': return (region && RegionInfo.get(region).domainSuffix) ?? this.unknown(name);
      default: return this.unknown(`${id}/${name}`);
    }
  }

  private substituted(stack: DeployedTemplate, argument: unknown): Text | undefined {
    const [template, variables] = listOf(argument);
    if (typeof template !== 'string') { return undefined; }
    return this.literal(stack, replaceBetween(template, '${', '}', (inner) => {
      const name = inner.trim();
      if (name.startsWith('!')) { return `\${${name.slice(1)}}`; }
      const value = ownValue(variables, name);
      if (value !== undefined) { return this.text(stack, value); }
      const [logicalId, ...attribute] = name.split('.');
      return this.referenced(stack, logicalId, attribute.join('.') || 'Ref');
    }));
  }

  private imported(stack: DeployedTemplate, name: Text): Text {
    const key = `${placeOf(stack)} ${name}`;
    return this.once(key, () => {
      const exported = (this.exports ?? this.readExports()).get(key);
      return exported ? exported() : this.unknown(key, `Fn::ImportValue ${this.show(name)}`);
    });
  }

  private readExports(): ReadonlyMap<Text, () => Text> {
    const exports = new Map<Text, () => Text>();
    this.exports = exports;
    for (const stack of this.stacks.values()) {
      for (const { Export, Value } of Object.values(stack.template.Outputs ?? {})) {
        if (!Export) { continue; }
        exports.set(`${placeOf(stack)} ${this.text(stack, Export.Name)}`, () => this.text(stack, Value));
      }
    }
    return exports;
  }

  /** Evaluates a value that may lead to itself, which no deployment accepts. */
  private once(name: string, evaluate: () => Text): Text {
    if (this.evaluating.has(name)) { return this.unknown(name); }
    this.evaluating.add(name);
    try {
      return evaluate();
    } finally {
      this.evaluating.delete(name);
    }
  }
}

/** A value that may be a list, or the one element of it. */
export function listOf(value: unknown): readonly unknown[] {
  return value === undefined || value === null ? [] : Array.isArray(value) ? value : [value];
}

/** The resources of a template. */
function listedIn({ template, listed }: DeployedTemplate): readonly Listed[] {
  return listed ?? Object.entries(template.Resources ?? {}).map(([logicalId, resource]) => ({ logicalId, resource }));
}

/** Reads what is asked for, once. */
class LocatedResource implements Located {
  public readonly type: string;
  private given?: Located['properties'];

  constructor(public readonly stack: DeployedTemplate, private readonly listed: Listed) {
    this.type = listed.resource.Type;
  }

  public get resource(): Resource {
    return this.listed.resource;
  }

  public get logicalId(): string {
    return this.listed.logicalId;
  }

  public get condition(): string | undefined {
    return this.resource.Condition;
  }

  public get dependsOn(): readonly string[] {
    return listOf(this.resource.DependsOn).filter((it) => typeof it === 'string');
  }

  public get properties(): Located['properties'] {
    this.given ??= withoutNoValues(this.resource.Properties ?? {});
    return this.given;
  }

  public value(name: string): unknown {
    return (this.given ?? this.propertiesFor(name))[name];
  }

  /** All properties, or the one that is asked for where it can be read alone. */
  private propertiesFor(name: string): Located['properties'] {
    const alone = this.resource.read?.(name);
    return alone ? withoutNoValues({ [name]: alone.value }) : this.properties;
  }
}

function withoutNoValues(properties: Located['properties']): Located['properties'] {
  if (!Object.keys(properties).some((name) => isNoValue(properties[name]))) { return properties; }
  return Object.fromEntries(Object.entries(properties).filter(([, value]) => !isNoValue(value)));
}

/** Whether a value is left out of the template, whatever a condition says. */
function isNoValue(value: unknown): boolean {
  const intrinsic = intrinsicOf(value);
  if (!intrinsic) { return false; }
  const { name, argument } = intrinsic;
  const branches = name === 'Fn::If' ? listOf(argument).slice(1) : [];
  if (branches.length > 0) { return branches.every(isNoValue); }
  return name === 'Ref' && argument === 'AWS::NoValue';
}

/**
 * Whether two resources can exist together: those of one condition can, and any that has none.
 *
 * Two conditions may exclude each other, as `IsProd` and its `Fn::Not` do, and conditions of two templates may as well.
 */
export function canExistTogether(one: Located, other: Located): boolean {
  if (one.condition === undefined || other.condition === undefined) { return true; }
  return one.stack === other.stack && one.condition === other.condition;
}

/** Lists of resources that are made together, since they have the same condition or none. */
export function madeTogether(resources: readonly Located[]): Located[][] {
  return [...groupBy(resources, ({ condition }) => condition).values()];
}

/** The value of a key that the object has itself, which `constructor` is not. */
export function ownValue<T>(of: { readonly [key: string]: T } | undefined | null, key: string): T | undefined;
export function ownValue(of: unknown, key: string): unknown;
export function ownValue(of: unknown, key: string): unknown {
  const hasKey = typeof of === 'object' && of !== null && Object.hasOwn(of, key);
  return hasKey ? (of as { readonly [key: string]: unknown })[key] : undefined;
}

/** Lists of elements by a value that they share, such as resources by the id of their API. */
export function groupBy<T, K>(elements: readonly T[], valueOf: (element: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const element of elements) {
    const value = valueOf(element);
    const group = groups.get(value);
    if (group) { group.push(element); } else { groups.set(value, [element]); }
  }
  return groups;
}

/** Computes something of an app once, for all that want it. */
export function oncePerApp<T>(compute: (app: Evaluator) => T): (app: Evaluator) => T {
  const computed = new WeakMap<Evaluator, { readonly value: T }>();
  return (app) => {
    const known = computed.get(app);
    if (known) { return known.value; }
    const value = compute(app);
    computed.set(app, { value });
    return value;
  };
}

/** Looks something up in an app once for each key. */
export function oncePerKey<K, T>(
  keyOf: (of: K) => string, lookUp: (app: Evaluator, of: K) => T,
): (app: Evaluator, of: K) => T {
  const lookups = oncePerApp(() => new Map<string, { readonly value: T }>());
  return (app, of) => {
    const key = keyOf(of);
    const known = lookups(app).get(key);
    if (known) { return known.value; }
    const value = lookUp(app, of);
    lookups(app).set(key, { value });
    return value;
  };
}
