import { CfnElement, CfnOutput, CfnParameter, CfnResource, Stack, Stage, Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { Evaluator, type DeployedTemplate, type Located, type Resource, type Template } from '../model/template';

/** The resources of an app, and the constructs that made them. */
export interface ReadApp {
  readonly app: Evaluator;
  readonly constructOf: (resource: Located) => CfnResource;
}

/** What a construct writes into the template. */
interface Fragment {
  readonly Resources?: { readonly [logicalId: string]: Resource };
  readonly Outputs?: Template['Outputs'];
}

type Written<T> = { -readonly [K in keyof T]: T[K] };

/** Reads the resources below a construct, without those of other assemblies. Properties are resolved when they are first asked for. */
export function readApp(root: IConstruct): ReadApp {
  const stacks = new Map<Stack, { resources: Record<string, Resource>; parameters: Record<string, object>; outputs: Written<NonNullable<Template['Outputs']>> }>();
  const constructs = new Map<string, CfnResource>();

  const read = (construct: IConstruct): void => {
    if (construct !== root && Stage.isStage(construct)) { return; }
    if (CfnElement.isCfnElement(construct)) {
      const { stack } = construct;
      const parts = stacks.get(stack) ?? { resources: {}, parameters: {}, outputs: {} };
      stacks.set(stack, parts);
      // Each reading of a logical id computes it, and what is judged in any case tells it.
      const judged = CfnResource.isCfnResource(construct) && construct.cfnResourceType.startsWith('AWS::ApiGatewayV2::')
        ? Object.entries(fragmentOf(construct).Resources ?? {})[0] : undefined;
      const id = judged?.[0] ?? String(stack.resolve(construct.logicalId));
      if (CfnResource.isCfnResource(construct)) {
        parts.resources[id] = judged ? { Type: construct.cfnResourceType, Condition: judged[1].Condition, Properties: objectOr(judged[1].Properties) } : lazyResource(construct, id);
        constructs.set(`${stack.node.path}/${id}`, construct);
      } else if (construct instanceof CfnParameter) {
        parts.parameters[id] = {};
      } else if (construct instanceof CfnOutput) {
        Object.defineProperty(parts.outputs, id, { enumerable: true, get: () => fragmentOf(construct).Outputs?.[id] ?? {} });
      }
    }
    construct.node.children.forEach(read);
  };
  read(root);

  const templates = [...stacks].map(([stack, { resources, parameters, outputs }]): DeployedTemplate => ({
    id: stack.node.path,
    template: { Resources: resources, Parameters: parameters, Outputs: outputs },
    account: literal(stack.account),
    region: literal(stack.region),
    ...stack.nestedStackParent && stack.nestedStackResource && {
      parent: { id: stack.nestedStackParent.node.path, logicalId: String(stack.resolve((stack.nestedStackResource as CfnResource).logicalId)) },
    },
  }));
  return { app: new Evaluator(templates), constructOf: ({ stack, logicalId }) => constructs.get(`${stack.id}/${logicalId}`)! };
}

function lazyResource(resource: CfnResource, id: string): Resource {
  let properties: Resource['Properties'] | undefined;
  return {
    Type: resource.cfnResourceType,
    get Properties() {
      return properties ??= objectOr(fragmentOf(resource).Resources?.[id]?.Properties);
    },
  };
}

/** What an element writes into its template, with overrides and what aspects changed. */
function fragmentOf(element: CfnElement): Fragment {
  try {
    return objectOr(element.stack.resolve((element as unknown as { _toCloudFormation(): object })._toCloudFormation())) as Fragment;
  } catch {
    // What cannot be resolved fails the synthesis with a message of its own.
    return {};
  }
}

function objectOr(value: unknown): { readonly [name: string]: unknown } {
  return typeof value === 'object' && value !== null ? value as { readonly [name: string]: unknown } : {};
}

function literal(value: string): string | undefined {
  return Token.isUnresolved(value) ? undefined : value;
}
