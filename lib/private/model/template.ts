import { symbol, textOf, type Text } from './text';

/** A resource as it stands in a template. */
export interface Resource {
  readonly Type: string;
  readonly Properties?: { readonly [name: string]: unknown };
}

export interface Template {
  readonly Resources?: { readonly [logicalId: string]: Resource };
  readonly Parameters?: { readonly [name: string]: { readonly Default?: unknown } };
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

/** A resource, and the template that it is in. */
export interface Located {
  readonly stack: DeployedTemplate;
  readonly logicalId: string;
  readonly type: string;
  readonly properties: { readonly [name: string]: unknown };
}

/** The resources of an app by their types; an app is read once. */
const byType = new WeakMap<readonly DeployedTemplate[], Map<string, Located[]>>();

/** All resources of an app that are of a type. */
export function resourcesOf(app: readonly DeployedTemplate[], type: string): readonly Located[] {
  let index = byType.get(app);
  if (!index) {
    byType.set(app, index = new Map());
    for (const stack of app) {
      for (const [logicalId, resource] of Object.entries(stack.template.Resources ?? {})) {
        const located = { stack, logicalId, type: resource.Type, get properties() { return resource.Properties ?? {}; } };
        const list = index.get(resource.Type);
        if (list) { list.push(located); } else { index.set(resource.Type, [located]); }
      }
    }
  }
  return index.get(type) ?? [];
}

/** The resource that a value refers to, with the attribute: `Ref`, or a name. */
export interface Reference {
  readonly resource: Located;
  readonly attribute: string;
}

const PARTITIONS: [RegExp, string][] = [[/^cn-/, 'aws-cn'], [/^us-gov-/, 'aws-us-gov'], [/^us-iso-/, 'aws-iso'], [/^us-isob-/, 'aws-iso-b'], [/./, 'aws']];

/**
 * Evaluates the values of the templates of one app as far as the comparison of ARNs needs it.
 *
 * References between stacks lead to the resource, whether through exports, or the parameters and outputs of nested
 * stacks, so that one resource is one symbol. What is not known, a function that is not evaluated among it, is a symbol
 * that is named after its own content.
 */
export class Evaluator {
  constructor(public readonly app: readonly DeployedTemplate[]) {}

  /** The value as text. */
  public text(stack: DeployedTemplate, value: unknown): Text {
    if (typeof value === 'string') { return textOf(value); }
    if (value === null || typeof value !== 'object') { return textOf(String(value)); }
    const [name, argument] = Object.entries(value)[0] ?? [];
    switch (name) {
      case 'Ref':
        return this.referenced(stack, String(argument), 'Ref');
      case 'Fn::GetAtt': {
        const [logicalId, ...attribute] = typeof argument === 'string' ? argument.split('.') : (argument as unknown[]).map(String);
        return this.referenced(stack, logicalId, attribute.join('.'));
      }
      case 'Fn::Join': {
        const [separator, parts] = argument as [string, unknown];
        if (Array.isArray(parts)) { return parts.flatMap((part, i) => [...i === 0 ? [] : textOf(separator), ...this.text(stack, part)]); }
        break;
      }
      case 'Fn::Sub':
        return this.substituted(stack, argument as string | [string, Record<string, unknown>]);
      case 'Fn::ImportValue':
        return this.imported(this.text(stack, argument));
    }
    // The same function of the same values in another stack is the same value only if nothing in it belongs to a stack.
    return symbol(`${stack.id} ${JSON.stringify(value)}`);
  }

  /** The resource that a value refers to, if it is nothing but a reference. */
  public reference(stack: DeployedTemplate, value: unknown): Reference | undefined {
    return this.referenceOf(this.text(stack, value));
  }

  /** The resource that a symbol stands for. */
  public referenceOf(text: Text): Reference | undefined {
    const [, id, logicalId, attribute] = text.length === 1 ? /^<(.*)\/([A-Za-z0-9]+)\.(.+)>$/.exec(text[0]) ?? [] : [];
    const stack = this.app.find((it) => it.id === id);
    const resource = stack?.template.Resources?.[logicalId];
    return stack && resource && { resource: { stack, logicalId, type: resource.Type, properties: resource.Properties ?? {} }, attribute };
  }

  /** A property of a resource, as text. */
  public property({ stack, properties }: Located, name: string): Text | undefined {
    return properties[name] === undefined ? undefined : this.text(stack, properties[name]);
  }

  private referenced(stack: DeployedTemplate, logicalId: string, attribute: string): Text {
    if (logicalId.startsWith('AWS::')) { return this.pseudoParameter(stack, logicalId); }
    const { template, parent } = stack;
    if (template.Parameters?.[logicalId]) {
      const outer = parent && this.app.find(({ id }) => id === parent.id);
      const given = outer?.template.Resources?.[parent!.logicalId]?.Properties?.Parameters as Record<string, unknown> | undefined;
      if (given?.[logicalId] !== undefined) { return this.text(outer!, given[logicalId]); }
    }
    const output = /^Outputs\.(.+)$/.exec(attribute)?.[1];
    const nested = output && this.app.find((it) => it.parent?.id === stack.id && it.parent.logicalId === logicalId);
    if (nested && nested.template.Outputs?.[output]) { return this.text(nested, nested.template.Outputs[output].Value); }
    return symbol(`${stack.id}/${logicalId}.${attribute}`);
  }

  private pseudoParameter({ id, account, region }: DeployedTemplate, name: string): Text {
    switch (name) {
      case 'AWS::AccountId': return account === undefined ? symbol(name) : textOf(account);
      case 'AWS::Region': return region === undefined ? symbol(name) : textOf(region);
      case 'AWS::Partition': return region === undefined ? symbol(name) : textOf(PARTITIONS.find(([regions]) => regions.test(region))![1]);
      case 'AWS::URLSuffix': return region === undefined ? symbol(name) : textOf(region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com');
      default: return symbol(`${id}/${name}`);
    }
  }

  private substituted(stack: DeployedTemplate, argument: string | [string, Record<string, unknown>]): Text {
    const [template, variables = {}] = typeof argument === 'string' ? [argument] : argument;
    return template.split(/(\$\{[^}]*\})/).flatMap((part): Text => {
      const name = /^\$\{([^}]*)\}$/.exec(part)?.[1].trim();
      if (name === undefined) { return textOf(part); }
      if (name.startsWith('!')) { return textOf(`\${${name.slice(1)}}`); }
      if (name in variables) { return this.text(stack, variables[name]); }
      const [logicalId, ...attribute] = name.split('.');
      return this.referenced(stack, logicalId, attribute.join('.') || 'Ref');
    });
  }

  private imported(name: Text): Text {
    const wanted = name.join('');
    for (const stack of this.app) {
      for (const { Export, Value } of Object.values(stack.template.Outputs ?? {})) {
        if (Export && this.text(stack, Export.Name).join('') === wanted) { return this.text(stack, Value); }
      }
    }
    return symbol(`Fn::ImportValue ${wanted}`);
  }
}
