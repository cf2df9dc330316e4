import { CfnResource, Reference, Stack, Tokenization } from 'aws-cdk-lib';
import { CfnIntegrationResponse, CfnRouteResponse, CfnStage } from 'aws-cdk-lib/aws-apigatewayv2';
import type { IConstruct } from 'constructs';
import { isIntrinsic } from '../facts/intrinsics';

/** What an app has that belongs to integrations and routes of other places. */
export interface AppParts {
  readonly integrationResponses: PartsOf<CfnIntegrationResponse>;
  readonly routeResponses: PartsOf<CfnRouteResponse>;
  readonly stages: PartsOf<CfnStage>;
}

/** Resources by the one that they belong to; `undefined` where the app does not tell. */
type PartsOf<T> = ReadonlyMap<IConstruct | undefined, readonly T[]>;

const parts = new WeakMap<IConstruct, AppParts>();

/** Reads the parts of an app, once for all that ask while it is synthesized. */
export function partsOf({ node: { root } }: IConstruct): AppParts {
  let found = parts.get(root);
  if (!found) {
    found = readParts(root);
    parts.set(root, found);
    // Synthesis is one task; an app that is changed and synthesized again is read anew.
    queueMicrotask(() => parts.delete(root));
  }
  return found;
}

function readParts(root: IConstruct): AppParts {
  const found = { integrationResponses: new Map(), routeResponses: new Map(), stages: new Map() };
  for (const construct of root.node.findAll()) {
    if (!CfnResource.isCfnResource(construct)) { continue; }
    switch (construct.cfnResourceType) {
      case CfnIntegrationResponse.CFN_RESOURCE_TYPE_NAME:
        add(found.integrationResponses, construct, (construct as CfnIntegrationResponse).integrationId);
        break;
      case CfnRouteResponse.CFN_RESOURCE_TYPE_NAME:
        add(found.routeResponses, construct, (construct as CfnRouteResponse).routeId);
        break;
      case CfnStage.CFN_RESOURCE_TYPE_NAME:
        add(found.stages, construct, (construct as CfnStage).apiId);
        break;
    }
  }
  return found;
}

function add(parts: Map<IConstruct | undefined, CfnResource[]>, part: CfnResource, id: string): void {
  const owner = referredBy(id);
  parts.set(owner, [...parts.get(owner) ?? [], part]);
}

/** The construct that a value refers to. */
export function referredBy(value: string): IConstruct | undefined {
  const { firstToken, length } = Tokenization.reverseString(value);
  return length === 1 && Reference.isReference(firstToken) ? firstToken.target : undefined;
}

/** The variables of each stage of an API; `undefined` where they are not all known. */
export function stageVariablesOf({ stages }: AppParts, apiId: string): string[][] | undefined {
  const api = referredBy(apiId);
  if (!api || stages.has(undefined)) { return undefined; }
  const variables = (stages.get(api) ?? []).map(variablesOf);
  return variables.every((names) => names !== undefined) ? variables : undefined;
}

/** The names of the variables of a stage, if they are known: aws-cdk-lib gives them when the app is complete. */
function variablesOf(stage: CfnStage): string[] | undefined {
  const resolved: unknown = Stack.of(stage).resolve(stage.stageVariables) ?? {};
  return typeof resolved === 'object' && !isIntrinsic(resolved) ? Object.keys(resolved!) : undefined;
}
