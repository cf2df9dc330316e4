import { CfnCondition, CfnElement, CfnOutput, CfnParameter, CfnResource } from 'aws-cdk-lib';
import { DefaultTokenResolver, Reference, Stage, Token, Tokenization } from 'aws-cdk-lib';
import type { IPostProcessor, IResolvable, IResolveContext, Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import {
  Evaluator, listOf, type DeployedTemplate, type Listed, type Located, type Mapping, type Output, type Resource,
  type Template,
} from './evaluator';
import { intrinsicOf } from '../facts/intrinsics';
import { flatResource, overridesOf } from './flat-resources';

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
  const constructs = new Map<Resource, CfnResource>();
  const stages: Stage[] = [];

  const read = (construct: IConstruct): void => {
    if (construct !== assembly && Stage.isStage(construct)) {
      stages.push(construct);
      return;
    }
    if (CfnElement.isCfnElement(construct)) {
      const { stack } = construct;
      const reader = stacks.get(stack) ?? new StackReader(stack);
      stacks.set(stack, reader);
      if (CfnResource.isCfnResource(construct)) {
        constructs.set(reader.readResource(construct), construct);
      } else {
        reader.readOther(construct);
      }
    }
    construct.node.children.forEach(read);
  };
  read(assembly);

  const app = new Evaluator([...stacks.values()].map((reader) => reader.template()));
  return { app, stages, constructOf: ({ resource }) => constructs.get(resource)! };
}

/** Collects what the elements of a stack write into its template. */
class StackReader {
  private readonly resources: Listed[] = [];
  private readonly parameters: Record<string, object> = {};
  private readonly outputs: Record<string, Output> = {};
  /** Elements that write other sections: mappings, and what an included template has beside its elements. */
  private readonly others: CfnElement[] = [];
  private readonly listed = new Map<CfnElement, Listed>();
  private readonly resolver = new CachingResolver();

  constructor(private readonly stack: Stack) {}

  /** Reads a resource. */
  public readResource(resource: CfnResource): Resource {
    // AWS CDK computes a hash for each logical id, and most are never asked for.
    const idOf = lazy(() => this.idOf(resource));
    const read = this.lazyResource(resource, idOf);
    const listed = { idOf, resource: read };
    this.resources.push(listed);
    this.listed.set(resource, listed);
    return read;
  }

  /** Reads an element that is no resource. */
  public readOther(element: CfnElement): void {
    if (element instanceof CfnParameter) {
      this.parameters[this.idOf(element)] = {};
    } else if (element instanceof CfnOutput) {
      const id = this.idOf(element);
      const get = () => this.fragmentOf(element).Outputs?.[id] ?? {};
      Object.defineProperty(this.outputs, id, { enumerable: true, get });
    } else if (!(element instanceof CfnCondition)) {
      this.others.push(element);
    }
  }

  private idOf(element: CfnElement): string {
    return String(this.stack.resolve(element.logicalId));
  }

  public template(): DeployedTemplate {
    const { stack, resources, parameters, outputs } = this;
    const others = lazy(() => this.others.map((element) => this.fragmentOf(element)));
    const mappings = lazy(() => Object.assign({}, ...others().map((it) => it.Mappings)) as Record<string, Mapping>);
    const transforms = lazy(() => [
      ...listOf(stack.templateOptions.transforms),
      ...others().flatMap((fragment) => [...listOf(fragment.Transform), ...listOf(fragment['Fn::Transform'])]),
    ]);
    return {
      id: stack.node.path,
      listed: resources,
      referred: (logicalId) => {
        const element = this.resolver.elementOf(logicalId);
        return element && this.listed.get(element);
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

  private lazyResource(resource: CfnResource, idOf: () => string): Resource {
    const written = lazy(() => objectOr(this.fragmentOf(resource).Resources?.[idOf()]) as Partial<Resource>);
    const flat = lazy(() => flatResource(resource, (text) => this.resolver.resolveText(text, this.stack)));
    const { condition: given } = resource.cfnOptions;
    const condition = () => flat() ? given && this.idOf(given) : written().Condition;
    const properties = () => flat()?.properties() ?? objectOr(written().Properties);
    const { Type } = overridesOf(resource) ?? {};
    return {
      Type: typeof Type === 'string' ? Type : resource.cfnResourceType,
      get Condition() { return condition(); },
      get DependsOn() { return written().DependsOn; },
      get Properties() { return properties(); },
      read: (name) => flat()?.property(name),
    };
  }

  /** What an element writes into its template, with overrides and what aspects changed. */
  private fragmentOf(element: CfnElement): Fragment {
    try {
      const fragment = (element as unknown as { _toCloudFormation(): object })._toCloudFormation();
      return objectOr(Tokenization.resolve(fragment, { scope: this.stack, resolver: this.resolver })) as Fragment;
    } catch {
      // What cannot be resolved fails the synthesis with a message of its own.
      return {};
    }
  }
}

/** Resolves a reference once in a stack; each time anew, AWS CDK computes the logical id of the resource again. */
class CachingResolver extends DefaultTokenResolver {
  private readonly resolved = new Map<IResolvable, unknown>();
  private readonly resolvedTexts = new Map<string, unknown>();
  /** The elements that are referred to, by their logical ids. */
  private readonly elements = new Map<string, CfnElement>();

  constructor() {
    super({ join: concatenate });
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
    if (!Token.isUnresolved(text)) { return text; }
    const known = this.resolvedTexts.get(text);
    if (known !== undefined) { return known; }
    const mapToken = (token: IResolvable): unknown =>
      this.resolved.get(token) ?? Tokenization.resolve(token, { scope, resolver: this });
    const resolved: unknown = Tokenization.reverseString(text).mapTokens({ mapToken }).join({ join: concatenate });
    this.resolvedTexts.set(text, resolved);
    return resolved;
  }
}

/** Puts two parts of a text together, of which the first may be missing. */
function concatenate(left: unknown, right: unknown): unknown {
  if (left === undefined) { return right; }
  if (right === undefined) { return left; }
  // The logical id in a text of an included template is text, too.
  return typeof left === 'string' && typeof right === 'string' ? left + right : { 'Fn::Join': ['', [left, right]] };
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
