import type { DeployedTemplate, Evaluator, Located } from '../template/evaluator';
import { known } from '../template/text';

export const DOMAIN_NAME = 'AWS::ApiGatewayV2::DomainName';

/** A value that is the same in what is deployed and in the app, as far as it is known. */
export interface Identity {
  readonly kind: 'reference' | 'text' | 'import';
  readonly value: string;
  /** The resource that it refers to. */
  readonly resource?: Located;
}

/** Tells what the values of the templates of an app are, in words that the templates of another version share. */
export class Identities {
  private readonly ofReferences = new Map<DeployedTemplate, Map<string, Identity | undefined>>();

  /**
   * @param app The app, or what is deployed of it
   * @param exporter Who is asked for what a stack exports whose template is not known
   */
  constructor(private readonly app: Evaluator, private readonly exporter?: Identities) {}

  /** What a property is, or its elements are. */
  public ofProperty({ stack, properties }: Located, name: string): Identity[] | undefined {
    const value = properties[name];
    if (value === undefined) { return []; }
    const list = isReference(value) ? undefined : this.app.list(stack, value);
    const identities = (list ?? [value]).map((it) => this.of(stack, it));
    return identities.every((it) => it !== undefined) ? identities : undefined;
  }

  /** What a value is. Thousands of values refer to one API, which is looked up once. */
  public of(stack: DeployedTemplate, value: unknown): Identity | undefined {
    if (!isReference(value)) { return this.find(stack, value); }
    const found = this.ofReferences.get(stack) ?? new Map<string, Identity | undefined>();
    this.ofReferences.set(stack, found);
    if (!found.has(value.Ref)) { found.set(value.Ref, this.find(stack, value)); }
    return found.get(value.Ref);
  }

  private find(stack: DeployedTemplate, value: unknown): Identity | undefined {
    const text = this.app.text(stack, value);
    const reference = this.app.referenceOf(text);
    if (reference) {
      const { resource, attribute } = reference;
      const isName = resource.type === DOMAIN_NAME && attribute === 'Ref';
      const name = isName ? known(this.app.property(resource, 'DomainName') ?? '') : undefined;
      if (name) { return textIn(stack, name); }
      return { kind: 'reference', value: `${resource.stack.id}/${resource.logicalId}.${attribute}`, resource };
    }
    const whole = known(text);
    return whole === undefined ? this.ofImport(stack, text) : textIn(stack, whole);
  }

  /** What a text is that another stack exports. */
  private ofImport(stack: DeployedTemplate, text: string): Identity | undefined {
    const [, name] = /^<Fn::ImportValue ([^<>]+)>$/.exec(this.app.show(text)) ?? [];
    if (name === undefined) { return undefined; }
    if (this.exporter) { return this.exporter.of(stack, { 'Fn::ImportValue': name }); }
    return { ...textIn(stack, name), kind: 'import' };
  }
}

function isReference(value: unknown): value is { readonly Ref: string } {
  return typeof value === 'object' && value !== null && typeof (value as { Ref?: unknown }).Ref === 'string';
}

/** A text that means something in an account and a region. */
export function textIn({ account, region }: DeployedTemplate, text: string): Identity {
  return { kind: 'text', value: `${account ?? ''}/${region ?? ''} ${text}` };
}

/** The elements that only one of two lists has. */
export function differenceOf(one: readonly Identity[], other: readonly Identity[]): Identity[] {
  const without = (list: readonly Identity[], others: readonly Identity[]) =>
    list.filter((it) => !others.some((element) => element.kind === it.kind && element.value === it.value));
  return [...without(one, other), ...without(other, one)];
}

/**
 * Whether values that differ as they are written are different: all are text, or references to one resource each. Two
 * attributes of a resource may be one value, as the `GroupId` of a security group and its `Ref` are.
 */
export function canTellApart(identities: readonly Identity[]): boolean {
  const [{ kind }] = identities;
  const resources = identities.flatMap(({ resource }) => resource ? `${resource.stack.id}/${resource.logicalId}` : []);
  const isOneEach = new Set(resources).size === resources.length;
  return kind !== 'import' && isOneEach && identities.every((it) => it.kind === kind);
}
