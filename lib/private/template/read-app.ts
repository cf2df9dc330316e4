import { CfnCondition, CfnElement, CfnOutput, CfnParameter, CfnResource } from 'aws-cdk-lib';
import { DefaultTokenResolver, Reference, Stage, StringConcat, Token, Tokenization } from 'aws-cdk-lib';
import type { IPostProcessor, IResolvable, IResolveContext, Stack, TokenizedStringFragments } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import {
  Evaluator, listOf, type DeployedTemplate, type Listed, type Located, type Mapping, type Output, type Resource,
  type Template,
} from './evaluator';
import { intrinsicOf } from '../facts/intrinsics';
import { hasToken } from '../facts/tokens';
import { flatProperties, flatProperty, isPlain, overridesOf } from './flat-resources';

/** The resources of an app, and the constructs that made them. */
export interface ReadApp {
  readonly app: Evaluator;
  readonly constructOf: (resource: Located) => CfnResource;
  /** The stages in the app, which are assemblies of their own and were not read. */
  readonly stages: readonly Stage[];
}

/** What an element writes into the template. */
interface Fragment extends Omit<Template, 'Parameters'> {
  readonly 'Fn::Transform'?: unknown;
}

/** Reads the resources of an assembly. Properties are resolved when they are first asked for. */
export function readApp(assembly: IConstruct): ReadApp {
  const stacks = new Map<Stack, StackReader>();
  const stages: Stage[] = [];

  const read = (construct: IConstruct): void => {
    if (construct !== assembly && Stage.isStage(construct)) {
      stages.push(construct);
      return;
    }
    if (CfnElement.isCfnElement(construct)) {
      const { stack } = construct;
      let reader = stacks.get(stack);
      if (!reader) {
        reader = new StackReader(stack);
        stacks.set(stack, reader);
      }
      reader.read(construct);
    }
    construct.node.children.forEach(read);
  };
  read(assembly);

  const app = new Evaluator([...stacks.values()].map((reader) => reader.template()));
  return { app, stages, constructOf: ({ resource }) => (resource as ReadResource).construct };
}

/** Collects what the elements of a stack write into its template. */
class StackReader {
  /** Resolves a text, or another value that is a token. */
  public readonly resolve: (value: unknown) => unknown;
  private readonly resolver = new CachingResolver();
  private readonly resources: ReadResource[] = [];
  private readonly parameters: Record<string, object> = {};
  private readonly outputs: Record<string, Output> = {};
  /** Elements that write other sections: mappings, and what an included template has beside its elements. */
  private readonly others: CfnElement[] = [];

  constructor(private readonly stack: Stack) {
    const { resolver } = this;
    this.resolve = (value) => typeof value === 'string' ? resolver.resolveText(value, stack)
      : Tokenization.resolve(value, { scope: stack, resolver }) as unknown;
  }

  public read(element: CfnElement): void {
    if (CfnResource.isCfnResource(element)) {
      if (isWritten(element)) { this.resources.push(new ReadResource(element, this)); }
    } else if (element instanceof CfnParameter) {
      this.parameters[this.idOf(element)] = {};
    } else if (element instanceof CfnOutput) {
      const id = this.idOf(element);
      const get = () => this.fragmentOf(element).Outputs?.[id] ?? {};
      Object.defineProperty(this.outputs, id, { enumerable: true, get });
    } else if (!(element instanceof CfnCondition)) {
      this.others.push(element);
    }
  }

  public idOf(element: CfnElement): string {
    return String(this.resolve(element.logicalId));
  }

  public template(): DeployedTemplate {
    const { stack, resources, parameters, outputs } = this;
    const others = lazy(() => this.others.map((element) => this.fragmentOf(element)));
    const mappings = lazy(() => Object.assign({}, ...others().map((it) => it.Mappings)) as Record<string, Mapping>);
    const transforms = lazy(() => [
      ...listOf(stack.templateOptions.transforms),
      ...others().flatMap((fragment) => [...listOf(fragment.Transform), ...listOf(fragment['Fn::Transform'])]),
    ]);
    const ofConstructs = lazy(() => new Map<CfnElement, Resource>(resources.map((it) => [it.construct, it])));
    return {
      id: stack.node.path,
      listed: resources,
      referred: (logicalId) => {
        const element = this.resolver.elementOf(logicalId);
        return element && ofConstructs().get(element);
      },
      template: {
        Parameters: parameters,
        Outputs: outputs,
        get Mappings() { return mappings(); },
        get Transform() { return transforms(); },
      },
      account: literal(stack.account),
      region: literal(stack.region),
      parent: this.parent(),
    };
  }

  private parent(): DeployedTemplate['parent'] {
    const { nestedStackParent: parent, nestedStackResource: resource } = this.stack;
    return parent && resource && { id: parent.node.path, logicalId: this.idOf(resource as CfnResource) };
  }

  /** What an element writes into its template, with overrides and what aspects changed. */
  public fragmentOf(element: CfnElement): Fragment {
    try {
      const fragment = (element as unknown as { _toCloudFormation(): object })._toCloudFormation();
      return objectOr(Tokenization.resolve(fragment, { scope: this.stack, resolver: this.resolver })) as Fragment;
    } catch {
      // What cannot be resolved fails the synthesis with a message of its own.
      return {};
    }
  }
}

/** Whether a resource is in the template: a policy of AWS CDK that nothing uses is not. */
function isWritten(resource: CfnResource): boolean {
  const { shouldSynthesize: isAsked } = resource as unknown as { readonly shouldSynthesize?: () => boolean };
  return isAsked?.call(resource) ?? true;
}

/** A resource of the app, read when it is asked for: an app has many that nobody looks at. */
class ReadResource implements Resource, Listed {
  public readonly Type: string;
  private id?: string;
  private plain?: boolean;
  private wholeWritten?: Partial<Resource>;

  constructor(public readonly construct: CfnResource, private readonly reader: StackReader) {
    const { Type } = overridesOf(construct) ?? {};
    this.Type = typeof Type === 'string' ? Type : construct.cfnResourceType;
  }

  public get resource(): Resource {
    return this;
  }

  /** AWS CDK computes a hash for each logical id, and most are never asked for. */
  public get logicalId(): string {
    this.id ??= this.reader.idOf(this.construct);
    return this.id;
  }

  public get Condition(): string | undefined {
    if (!this.isPlain) { return this.written.Condition; }
    const { condition } = this.construct.cfnOptions;
    return condition && this.reader.idOf(condition);
  }

  public get DependsOn(): Resource['DependsOn'] {
    return this.written.DependsOn;
  }

  public get Properties(): Resource['Properties'] {
    const flat = this.isPlain ? flatProperties(this.construct, this.reader.resolve) : undefined;
    return flat ?? objectOr(this.written.Properties);
  }

  public read(name: string): { readonly value: unknown } | undefined {
    if (!this.isPlain) { return undefined; }
    return flatProperty(this.construct, name, this.reader.resolve);
  }

  private get isPlain(): boolean {
    this.plain ??= isPlain(this.construct);
    return this.plain;
  }

  private get written(): Partial<Resource> {
    this.wholeWritten ??= objectOr(this.reader.fragmentOf(this.construct).Resources?.[this.logicalId]);
    return this.wholeWritten;
  }
}

/** Resolves a reference once in a stack; each time anew, AWS CDK computes the logical id of the resource again. */
class CachingResolver extends DefaultTokenResolver {
  private readonly resolved = new Map<IResolvable, unknown>();
  private readonly resolvedTexts = new Map<string, unknown>();
  /** The elements that are referred to, by their logical ids. */
  private readonly elements = new Map<string, CfnElement>();

  constructor() {
    // Not asked, since `resolveString` below puts texts together.
    super(new StringConcat());
  }

  public override resolveToken(token: IResolvable, context: IResolveContext, postProcessor: IPostProcessor): unknown {
    if (!Reference.isReference(token)) { return super.resolveToken(token, context, postProcessor) as unknown; }
    if (!this.resolved.has(token)) { this.resolved.set(token, this.resolveReference(token, context, postProcessor)); }
    return this.resolved.get(token);
  }

  /** The element that a reference which was resolved has named by its logical id. */
  public elementOf(logicalId: string): CfnElement | undefined {
    return this.elements.get(logicalId);
  }

  private resolveReference(token: Reference, context: IResolveContext, postProcessor: IPostProcessor): unknown {
    const resolved: unknown = super.resolveToken(token, context, postProcessor);
    const { name, argument } = intrinsicOf(resolved) ?? {};
    const [logicalId] = name === 'Ref' || name === 'Fn::GetAtt' ? listOf(argument) : [];
    const { target } = token;
    // Of another stack, it may name a parameter or an export that leads there.
    const isHere = CfnElement.isCfnElement(target) && target.stack === context.scope;
    if (isHere && typeof logicalId === 'string') { this.elements.set(logicalId, target); }
    return resolved;
  }

  /** Resolves a text for a stack; the id of an API stands in many. */
  public resolveText(text: string, scope: Stack): unknown {
    if (!hasToken(text)) { return text; }
    const known = this.resolvedTexts.get(text);
    if (known !== undefined) { return known; }
    const mapToken = (token: IResolvable) => this.resolveOnce(token, scope);
    const resolved = joined(Tokenization.reverseString(text).mapTokens({ mapToken }));
    this.resolvedTexts.set(text, resolved);
    return resolved;
  }

  private resolveOnce(token: IResolvable, scope: Stack): unknown {
    let resolved = this.resolved.get(token);
    if (resolved === undefined) {
      resolved = Tokenization.resolve(token, { scope, resolver: this });
      this.resolved.set(token, resolved);
    }
    return resolved;
  }

  public override resolveString(fragments: TokenizedStringFragments, context: IResolveContext): unknown {
    return joined(fragments.mapTokens({ mapToken: (token) => context.resolve(token) as unknown }));
  }
}

/** Puts the parts of a text together, of which some may be missing. */
function joined(fragments: TokenizedStringFragments): unknown {
  const parts: unknown[] = [];
  const add = (part: unknown): void => {
    const last = parts.at(-1);
    if (typeof part === 'string' && typeof last === 'string') {
      // The logical id in a text of an included template is text, too.
      parts[parts.length - 1] = last + part;
    } else if (part !== undefined) {
      parts.push(part);
    }
  };
  const whole: unknown = fragments.join({
    join: (left: unknown, right: unknown) => {
      if (left !== parts) { add(left); }
      add(right);
      return parts;
    },
  });
  if (whole !== parts) { return whole; }
  return parts.length > 1 ? { 'Fn::Join': ['', parts] } : parts[0] ?? '';
}

function lazy<T>(compute: () => T): () => T {
  let computed: { readonly value: T } | undefined;
  return () => {
    computed ??= { value: compute() };
    return computed.value;
  };
}

function objectOr(value: unknown): { readonly [name: string]: unknown } {
  return typeof value === 'object' && value !== null ? value as { readonly [name: string]: unknown } : {};
}

/** The value of an account or a region, if it is known. */
export function literal(value: string): string | undefined {
  return Token.isUnresolved(value) ? undefined : value;
}
