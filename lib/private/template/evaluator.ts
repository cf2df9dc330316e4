import { RegionInfo } from 'aws-cdk-lib/region-info';
import { replaceSymbols, SymbolTable, type Text } from './text';

/** A resource as it stands in a template. */
export interface Resource {
  readonly Type: string;
  /** The name of the condition on which the resource is made. */
  readonly Condition?: string;
  readonly Properties?: { readonly [name: string]: unknown };
}

export interface Template {
  readonly Resources?: { readonly [logicalId: string]: Resource };
  readonly Parameters?: { readonly [name: string]: object };
  readonly Outputs?: { readonly [name: string]: { readonly Value?: unknown; readonly Export?: { readonly Name?: unknown } } };
}

/** A template, and what is known of the place that it is deployed to. */
export interface DeployedTemplate {
  /** Unique among the templates of the app. */
  readonly id: string;
  readonly template: Template;
  readonly account?: string;
  readonly region?: string;
  /** The stack and the resource that deploy it, if it is nested. */
  readonly parent?: { readonly id: string; readonly logicalId: string };
}

/** A resource, and the template that it is in. There is one object for each resource of an app. */
export interface Located {
  readonly stack: DeployedTemplate;
  readonly logicalId: string;
  readonly type: string;
  /** The name of the condition on which the resource is made. */
  readonly condition?: string;
  /** The properties that CloudFormation gets, without those that are `AWS::NoValue`. */
  readonly properties: { readonly [name: string]: unknown };
}

/** The resource that a value refers to, with the attribute: `Ref`, or a name. */
export interface Reference {
  readonly resource: Located;
  readonly attribute: string;
}

/** Attributes that are what `Ref` gives. */
const IDS: { readonly [type: string]: string | undefined } = {
  'AWS::ApiGatewayV2::Api': 'ApiId',
  'AWS::ApiGatewayV2::Integration': 'IntegrationId',
  'AWS::ApiGatewayV2::Route': 'RouteId',
  'AWS::ApiGatewayV2::VpcLink': 'VpcLinkId',
};

/** A value that CloudFormation looks up at deployment, such as `{{resolve:ssm:/shop/name}}`. */
const DYNAMIC_REFERENCE = /\{\{resolve:[^}]*\}\}/g;

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
  private readonly resources = new Map<DeployedTemplate, Map<string, Located>>();
  private readonly byType: ReadonlyMap<string, readonly Located[]>;
  private readonly references = new Map<Text, Reference>();
  private readonly evaluating = new Set<string>();
  private exports?: ReadonlyMap<Text, () => Text>;

  constructor(templates: readonly DeployedTemplate[]) {
    this.stacks = new Map(templates.map((stack) => [stack.id, stack]));
    this.nested = new Map(templates.flatMap((stack) => stack.parent ? [[`${stack.parent.id}/${stack.parent.logicalId}`, stack]] : []));
    for (const stack of templates) {
      const resources = Object.entries(stack.template.Resources ?? {});
      this.resources.set(stack, new Map(resources.map(([logicalId, resource]) => [logicalId, locate(stack, logicalId, resource)])));
    }
    this.byType = groupBy([...this.resources.values()].flatMap((resources) => [...resources.values()]), ({ type }) => type);
  }

  /** All resources of the app that are of a type. */
  public ofType(type: string): readonly Located[] {
    return this.byType.get(type) ?? [];
  }

  /** The value as text. */
  public text(stack: DeployedTemplate, value: unknown): Text {
    if (typeof value === 'string') { return this.literal(stack, value); }
    if (value === null || typeof value !== 'object') { return String(value); }
    const [name, argument] = Object.entries(value)[0] ?? [];
    switch (name) {
      case 'Ref':
        return this.referenced(stack, String(argument), 'Ref');
      case 'Fn::GetAtt': {
        const [logicalId, ...attribute] = Array.isArray(argument) ? argument.map(String) : String(argument).split('.');
        return this.referenced(stack, logicalId, attribute.join('.'));
      }
      case 'Fn::Join': {
        const [separator, parts] = listOf(argument);
        if (typeof separator === 'string' && Array.isArray(parts)) { return this.literal(stack, parts.map((part) => this.text(stack, part)).join(separator)); }
        break;
      }
      case 'Fn::Sub': {
        const [template, variables] = listOf(argument);
        if (typeof template === 'string') { return this.substituted(stack, template, { ...variables as object }); }
        break;
      }
      case 'Fn::ImportValue':
        return this.imported(stack, this.text(stack, argument));
    }
    // The same function of the same values in another stack is the same value only if nothing in it belongs to a stack.
    return this.unknown(`${stack.id} ${JSON.stringify(value)}`);
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
  public property({ stack, properties }: Located, name: string): Text | undefined {
    return properties[name] === undefined ? undefined : this.text(stack, properties[name]);
  }

  /** A text as it is shown: references are named by `nameOf` where it is given, and what is not known stands in angle brackets. */
  public show(text: Text, nameOf?: (resource: Located) => string): string {
    return replaceSymbols(text, (symbol) => {
      const resource = this.referenceOf(symbol)?.resource;
      return nameOf && resource ? nameOf(resource) : `<${this.symbols.nameOf(symbol)}>`;
    });
  }

  private literal(stack: DeployedTemplate, value: string): Text {
    return value.includes('{{resolve:') ? value.replace(DYNAMIC_REFERENCE, (part) => this.unknown(`${placeOf(stack)} ${part}`, part)) : value;
  }

  private referenced(stack: DeployedTemplate, logicalId: string, attribute: string): Text {
    if (logicalId.startsWith('AWS::')) { return this.pseudoParameter(stack, logicalId); }
    const { template, parent } = stack;
    if (template.Parameters?.[logicalId]) {
      const outer = parent && this.stacks.get(parent.id);
      const given = outer?.template.Resources?.[parent!.logicalId]?.Properties?.Parameters as Record<string, unknown> | undefined;
      if (given?.[logicalId] !== undefined) { return this.once(`${stack.id}/${logicalId}`, () => this.text(outer!, given[logicalId])); }
    }
    const output = /^Outputs\.(.+)$/.exec(attribute)?.[1];
    const nested = output && this.nested.get(`${stack.id}/${logicalId}`);
    const { Value: value } = nested && output ? nested.template.Outputs?.[output] ?? {} : {};
    if (nested && value !== undefined) { return this.once(`${nested.id}/${attribute}`, () => this.text(nested, value)); }
    const resource = this.resources.get(stack)?.get(logicalId);
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

  private substituted(stack: DeployedTemplate, template: string, variables: { readonly [name: string]: unknown }): Text {
    return this.literal(stack, template.split(/(\$\{[^}]*\})/).map((part): Text => {
      const name = /^\$\{([^}]*)\}$/.exec(part)?.[1].trim();
      if (name === undefined) { return part; }
      if (name.startsWith('!')) { return `\${${name.slice(1)}}`; }
      if (Object.hasOwn(variables, name)) { return this.text(stack, variables[name]); }
      const [logicalId, ...attribute] = name.split('.');
      return this.referenced(stack, logicalId, attribute.join('.') || 'Ref');
    }).join(''));
  }

  private imported(stack: DeployedTemplate, name: Text): Text {
    const key = `${placeOf(stack)} ${name}`;
    return this.once(key, () => (this.exports ?? this.readExports()).get(key)?.() ?? this.unknown(key, `Fn::ImportValue ${this.show(name)}`));
  }

  private readExports(): ReadonlyMap<Text, () => Text> {
    const exports = new Map<Text, () => Text>();
    this.exports = exports;
    for (const stack of this.stacks.values()) {
      for (const { Export, Value } of Object.values(stack.template.Outputs ?? {})) {
        if (Export) { exports.set(`${placeOf(stack)} ${this.text(stack, Export.Name)}`, () => this.text(stack, Value)); }
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

function locate(stack: DeployedTemplate, logicalId: string, resource: Resource): Located {
  let properties: Located['properties'] | undefined;
  return {
    stack,
    logicalId,
    type: resource.Type,
    condition: resource.Condition,
    get properties() {
      return properties ??= Object.fromEntries(Object.entries(resource.Properties ?? {}).filter(([, value]) => !isNoValue(value)));
    },
  };
}

const isNoValue = (value: unknown) => typeof value === 'object' && value !== null && (value as { Ref?: unknown }).Ref === 'AWS::NoValue';

/** Lists of resources that are made together, since they have the same condition or none. */
export function madeTogether(resources: readonly Located[]): Located[][] {
  return [...groupBy(resources, ({ condition }) => condition).values()];
}

/** Whether a value is decided at deployment, such as `{ "Fn::If": ... }`. */
export function isIntrinsic(value: unknown): boolean {
  const keys = typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.keys(value) : [];
  return keys.length === 1 && (keys[0] === 'Ref' || keys[0].startsWith('Fn::'));
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

/** What takes a look at all of an app, and is wanted many times. */
export function oncePerApp<T>(compute: (app: Evaluator) => T): (app: Evaluator) => T {
  const computed = new WeakMap<Evaluator, { readonly value: T }>();
  return (app) => {
    const found = computed.get(app) ?? { value: compute(app) };
    computed.set(app, found);
    return found.value;
  };
}

/** What is looked up in an app again and again, by a key of what is looked up. */
export function oncePerKey<K, T>(keyOf: (of: K) => string, lookUp: (app: Evaluator, of: K) => T): (app: Evaluator, of: K) => T {
  const lookups = oncePerApp(() => new Map<string, { readonly value: T }>());
  return (app, of) => {
    const key = keyOf(of);
    const found = lookups(app).get(key) ?? { value: lookUp(app, of) };
    lookups(app).set(key, found);
    return found.value;
  };
}
