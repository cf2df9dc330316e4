// How many routes of one function fit into a stack and into the resource policy of the function, per permission scope,
// beside upstream.
import { App, Stack } from 'aws-cdk-lib';
import { HttpApi, HttpMethod, type HttpRouteIntegration } from 'aws-cdk-lib/aws-apigatewayv2';
import * as upstream from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as ours from '../lib';
import { MAX_POLICY_BYTES } from '../lib/private/facts/limits';
import { policyBytes } from '../lib/private/rules/lambda';

/** The most resources of a stack, and the most routes of an API (which can be raised). */
const MAX_RESOURCES = 500;
const MAX_ROUTES = 300;

type Integration = (handler: lambda.Function) => HttpRouteIntegration;

const { LambdaPermissionScope } = ours;
const ofOurs = (permissionScope?: ours.LambdaPermissionScope): Integration =>
  (handler) => new ours.HttpLambdaIntegration('Integration', handler, { permissionScope });
const ofUpstream = (scopePermissionToRoute?: boolean): Integration =>
  (handler) => new upstream.HttpLambdaIntegration('Integration', handler, { scopePermissionToRoute });

const SCOPES: Record<string, Integration> = {
  'upstream, default': ofUpstream(),
  'upstream, `scopePermissionToRoute: false`': ofUpstream(false),
  'ours, `ROUTE` (default)': ofOurs(),
  'ours, `ROUTE_KEY`': ofOurs(LambdaPermissionScope.ROUTE_KEY),
  'ours, `API`': ofOurs(LambdaPermissionScope.API),
  'ours, `NONE`': ofOurs(LambdaPermissionScope.NONE),
};

interface Resource {
  readonly Type: string;
  readonly Properties?: { readonly SourceArn?: unknown };
}

function resourcesOf(make: Integration, routes: number): Record<string, Resource> {
  const stack = new Stack(new App(), 'Shop');
  const handler = new lambda.Function(stack, 'Handler', {
    runtime: lambda.Runtime.NODEJS_22_X,
    handler: 'index.handler',
    code: lambda.Code.fromInline('exports.handler = async () => ({});'),
  });
  const integration = make(handler);
  const api = new HttpApi(stack, 'Api');
  for (let i = 0; i < routes; i++) { api.addRoutes({ path: `/books/${i}`, methods: [HttpMethod.GET], integration }); }
  const template = (stack as unknown as { _toCloudFormation(): { Resources: unknown } })._toCloudFormation();
  return stack.resolve(template.Resources) as Record<string, Resource>;
}

/** The resources and the bytes of the policy that a number of routes takes. */
function sizes(make: Integration, routes: number): { readonly resources: number; readonly bytes: number } {
  const resources = resourcesOf(make, routes);
  const permissions = Object.entries(resources).filter(([, { Type }]) => Type === 'AWS::Lambda::Permission');
  const statements = permissions.map(([logicalId, { Properties }]) => ({
    stack: 'Shop', logicalId, sourceArn: Properties?.SourceArn,
  }));
  return { resources: Object.keys(resources).length, bytes: policyBytes(statements) };
}

/** The most routes that a limit leaves room for, when a route always takes as much as the last one measured. */
function mostRoutes(few: number, many: number, limit: number): number {
  return many === few ? Infinity : Math.floor(10 + (limit - few) / ((many - few) / 100));
}

/** The table, and whether all routes that an API may have fit with one permission for it. */
export function fitTable(): { readonly table: string; readonly met: boolean } {
  const text = (routes: number) => routes === Infinity ? 'no limit' : String(routes);
  const lines = [
    '| routes of one function | fit into a stack of 500 resources | fit into the policy of the function |',
    '|---|---:|---:|',
  ];
  let met = false;
  for (const [scope, make] of Object.entries(SCOPES)) {
    const [few, many] = [sizes(make, 10), sizes(make, 110)];
    const inStack = mostRoutes(few.resources, many.resources, MAX_RESOURCES);
    const inPolicy = mostRoutes(few.bytes, many.bytes, MAX_POLICY_BYTES);
    lines.push(`| ${scope} | ${text(inStack)} | ${text(inPolicy)} |`);
    if (scope === 'ours, `API`') { met = inStack > MAX_ROUTES && inPolicy > MAX_ROUTES; }
  }
  return { table: lines.join('\n'), met };
}
