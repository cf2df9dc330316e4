import { CfnElement, CfnOutput, CfnParameter, CfnResource, DefaultTokenResolver, Reference, Stage, Token, Tokenization } from 'aws-cdk-lib';
import type { IPostProcessor, IResolvable, IResolveContext, Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { Evaluator, type DeployedTemplate, type Located, type Resource, type Template } from './evaluator';

/** The resources of an app, and the constructs that made them. */
export interface ReadApp {
  readonly app: Evaluator;
  readonly constructOf: (resource: Located) => CfnResource;
  /** The stages in the app, which are assemblies of their own and were not read. */
  readonly stages: readonly Stage[];
}

/** What a construct writes into the template. */
interface Fragment {
  readonly Resources?: { readonly [logicalId: string]: Resource };
  readonly Outputs?: Template['Outputs'];
}

type Written<T> = { -readonly [K in keyof T]: T[K] };

/** Reads the resources of an assembly. Properties are resolved when they are first asked for. */
export function readApp(assembly: IConstruct): ReadApp {
  const stacks = new Map<Stack, StackReader>();
  const constructs = new Map<string, CfnResource>();
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
      const id = reader.read(construct);
      if (CfnResource.isCfnResource(construct)) { constructs.set(`${stack.node.path}/${id}`, construct); }
    }
    construct.node.children.forEach(read);
  };
  read(assembly);

  const app = new Evaluator([...stacks.values()].map((reader) => reader.template()));
  return { app, stages, constructOf: ({ stack, logicalId }) => constructs.get(`${stack.id}/${logicalId}`)! };
}

/** Collects what the elements of a stack write into its template. */
class StackReader {
  private readonly resources: Record<string, Resource> = {};
  private readonly parameters: Record<string, object> = {};
  private readonly outputs: Written<NonNullable<Template['Outputs']>> = {};
  private readonly resolver = new CachingResolver();

  constructor(private readonly stack: Stack) {}

  /** Reads an element, and returns its logical id. */
  public read(element: CfnElement): string {
    // Each reading of a logical id computes it, and what is judged in any case tells it.
    const [judged] = CfnResource.isCfnResource(element) && element.cfnResourceType.startsWith('AWS::ApiGatewayV2::')
      ? Object.entries(this.fragmentOf(element).Resources ?? {}) : [];
    const id = judged?.[0] ?? String(this.stack.resolve(element.logicalId));
    if (CfnResource.isCfnResource(element)) {
      this.resources[id] = judged?.[1] ?? this.lazyResource(element, id);
    } else if (element instanceof CfnParameter) {
      this.parameters[id] = {};
    } else if (element instanceof CfnOutput) {
      Object.defineProperty(this.outputs, id, { enumerable: true, get: () => this.fragmentOf(element).Outputs?.[id] ?? {} });
    }
    return id;
  }

  public template(): DeployedTemplate {
    const { stack } = this;
    return {
      id: stack.node.path,
      template: { Resources: this.resources, Parameters: this.parameters, Outputs: this.outputs },
      account: literal(stack.account),
      region: literal(stack.region),
      ...stack.nestedStackParent && stack.nestedStackResource && {
        parent: { id: stack.nestedStackParent.node.path, logicalId: String(stack.resolve((stack.nestedStackResource as CfnResource).logicalId)) },
      },
    };
  }

  private lazyResource(resource: CfnResource, id: string): Resource {
    let properties: Resource['Properties'] | undefined;
    const resolve = () => objectOr(this.fragmentOf(resource).Resources?.[id]?.Properties);
    return {
      Type: resource.cfnResourceType,
      get Properties() { return properties ??= resolve(); },
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

  constructor() {
    super({ join: (left: unknown, right: unknown) => left === undefined ? right : right === undefined ? left : { 'Fn::Join': ['', [left, right]] } });
  }

  public override resolveToken(token: IResolvable, context: IResolveContext, postProcessor: IPostProcessor): unknown {
    if (!Reference.isReference(token)) { return super.resolveToken(token, context, postProcessor) as unknown; }
    if (!this.resolved.has(token)) { this.resolved.set(token, super.resolveToken(token, context, postProcessor)); }
    return this.resolved.get(token);
  }
}

function objectOr(value: unknown): { readonly [name: string]: unknown } {
  return typeof value === 'object' && value !== null ? value as { readonly [name: string]: unknown } : {};
}

function literal(value: string): string | undefined {
  return Token.isUnresolved(value) ? undefined : value;
}
