// How many routes of one function fit into a stack and into the resource policy of the function, per permission scope,
// beside upstream, and how the time to bind them grows.
import type * as Cdk from 'aws-cdk-lib';
import type * as Apigwv2 from 'aws-cdk-lib/aws-apigatewayv2';
import type * as Upstream from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type * as Lambda from 'aws-cdk-lib/aws-lambda';
import type * as Ours from '../lib';
import { MAX_POLICY_BYTES } from '../lib/private/facts/limits';
import { policyBytes } from '../lib/private/rules/lambda';

/** The most resources of a stack, and the most routes of an API (which can be raised). */
const MAX_RESOURCES = 500;
const MAX_ROUTES = 300;

interface Modules {
  readonly cdk: typeof Cdk;
  readonly apigwv2: typeof Apigwv2;
  readonly lambda: typeof Lambda;
  readonly upstream: typeof Upstream;
  readonly ours: typeof Ours;
}

type Integration = (m: Modules, handler: Lambda.Function) => Apigwv2.HttpRouteIntegration;

/** Returns what makes an integration of ours with a permission scope. */
function scoped(scope: keyof typeof Ours.LambdaPermissionScope): Integration {
  return (m, handler) => new m.ours.HttpLambdaIntegration('Integration', handler, {
    permissionScope: m.ours.LambdaPermissionScope[scope],
  });
}

const SCOPES: Record<string, Integration> = {
  'upstream, default': (m, handler) => new m.upstream.HttpLambdaIntegration('Integration', handler),
  'upstream, `scopePermissionToRoute: false`': (m, handler) =>
    new m.upstream.HttpLambdaIntegration('Integration', handler, { scopePermissionToRoute: false }),
  'ours, `ROUTE` (default)': (m, handler) => new m.ours.HttpLambdaIntegration('Integration', handler),
  'ours, `ROUTE_KEY`': scoped('ROUTE_KEY'),
  'ours, `API`': scoped('API'),
  'ours, `NONE`': scoped('NONE'),
};

interface Resource { readonly Type: string; readonly Properties?: { readonly SourceArn?: unknown } }

function resourcesOf(m: Modules, make: Integration, routes: number): Record<string, Resource> {
  const stack = new m.cdk.Stack(new m.cdk.App(), 'Shop');
  const integration = make(m, functionIn(m, stack));
  const api = new m.apigwv2.HttpApi(stack, 'Api');
  const methods = [m.apigwv2.HttpMethod.GET];
  for (let i = 0; i < routes; i++) { api.addRoutes({ path: `/books/${i}`, methods, integration }); }
  const template = (stack as unknown as { _toCloudFormation(): { Resources: unknown } })._toCloudFormation();
  return stack.resolve(template.Resources) as Record<string, Resource>;
}

function functionIn(m: Modules, stack: Cdk.Stack): Lambda.Function {
  return new m.lambda.Function(stack, 'Handler', {
    runtime: m.lambda.Runtime.NODEJS_22_X,
    handler: 'index.handler',
    code: m.lambda.Code.fromInline('exports.handler = async () => ({});'),
  });
}

/** The resources and the bytes of the policy that a number of routes takes. */
function sizes(m: Modules, make: Integration, routes: number): { readonly resources: number; readonly bytes: number } {
  const resources = resourcesOf(m, make, routes);
  const permissions = Object.entries(resources).filter(([, { Type }]) => Type === 'AWS::Lambda::Permission');
  const statements = permissions.map(([logicalId, { Properties }]) => ({
    stack: 'Shop', logicalId, sourceArn: Properties?.SourceArn,
  }));
  return { resources: Object.keys(resources).length, bytes: policyBytes(statements) };
}

/** The most routes that a limit leaves room for, when a route always takes as much as the last one measured. */
function mostRoutes(m: Modules, make: Integration, size: 'resources' | 'bytes', limit: number): number {
  const [few, many] = [sizes(m, make, 10)[size], sizes(m, make, 110)[size]];
  return many === few ? Infinity : Math.floor(10 + (limit - few) / ((many - few) / 100));
}

/** The fastest of three runs: what else a machine does only makes them slower. */
function bindMillis(m: Modules, make: Integration, routes: number): number {
  return Math.min(...[1, 2, 3].map(() => bindOnce(m, make, routes)));
}

function bindOnce(m: Modules, make: Integration, routes: number): number {
  const stack = new m.cdk.Stack(new m.cdk.App(), 'Shop');
  const handler = functionIn(m, stack);
  const api = new m.apigwv2.HttpApi(stack, 'Api');
  globalThis.gc?.();
  const start = process.hrtime.bigint();
  for (let i = 0; i < routes; i++) { api.addRoutes({ path: `/books/${i}`, integration: make(m, handler) }); }
  return Number(process.hrtime.bigint() - start) / 1e6;
}

/** Prints the tables, and returns which goals were met. */
export function benchPermissions(m: Modules): boolean[] {
  const number = (value: number) => value === Infinity ? 'no limit' : String(value);
  console.log('\n| routes of one function | fit into a stack of 500 resources | fit into the policy of the function |');
  console.log('|---|---:|---:|');
  const most = Object.entries(SCOPES).map(([scope, make]) => {
    const fit = {
      scope,
      resources: mostRoutes(m, make, 'resources', MAX_RESOURCES),
      policy: mostRoutes(m, make, 'bytes', MAX_POLICY_BYTES),
    };
    console.log(`| ${scope} | ${number(fit.resources)} | ${number(fit.policy)} |`);
    return fit;
  });
  const api = most.find(({ scope }) => scope === 'ours, `API`')!;

  console.log('\n| time to bind, in ms | 750 routes | 3,000 routes | growth |\n|---|---:|---:|---:|');
  const growths = Object.entries(SCOPES).filter(([scope]) => scope.startsWith('ours')).map(([scope, make]) => {
    bindMillis(m, make, 100);
    const [few, many] = [bindMillis(m, make, 750), bindMillis(m, make, 3000)];
    console.log(`| ${scope} | ${few.toFixed(0)} | ${many.toFixed(0)} | ${(many / few).toFixed(1)} |`);
    return many / few;
  });
  // Four times the routes take four times as long when the growth is linear, sixteen times when it is quadratic.
  return [api.resources > MAX_ROUTES && api.policy > MAX_ROUTES, growths.every((growth) => growth < 8)];
}
