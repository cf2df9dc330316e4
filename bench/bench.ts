// Binding and loading, ours beside the module of the newest aws-cdk-lib, both on that aws-cdk-lib.
//
// The two take turns, and each figure is the median of the rounds' ratios, so that a busy machine slows both.
import { execFileSync } from 'child_process';
import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import type * as Cdk from 'aws-cdk-lib';
import type * as Apigwv2 from 'aws-cdk-lib/aws-apigatewayv2';
import type * as Upstream from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type * as Lambda from 'aws-cdk-lib/aws-lambda';
import type * as Ours from '../lib';
import type { benchPermissions } from './permissions';

const ROOT = join(__dirname, '..');
const NEWEST = join(__dirname, 'newest.js');

/** A goal is missed when the ratio passes it by this factor; less is noise. */
const MARGIN = 1.15;

type Integrations = Pick<typeof Upstream, 'HttpLambdaIntegration'>;

const UPSTREAM = 'aws-cdk-lib/aws-apigatewayv2-integrations';

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

function load<T>(name: string): T {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- resolved by newest.js
  return require(name) as T;
}

/** Milliseconds to add routes that each bind an integration of their own, with options of its own, to one function. */
function bindTime(
  integrations: Integrations, routes: number, options: () => Upstream.HttpLambdaIntegrationProps,
): number {
  const { App, Stack } = load<typeof Cdk>('aws-cdk-lib');
  const { HttpApi } = load<typeof Apigwv2>('aws-cdk-lib/aws-apigatewayv2');
  const lambda = load<typeof Lambda>('aws-cdk-lib/aws-lambda');
  const stack = new Stack(new App(), 'Stack');
  const handler = new lambda.Function(stack, 'Handler', {
    runtime: lambda.Runtime.NODEJS_22_X,
    handler: 'index.handler',
    code: lambda.Code.fromInline('exports.handler = async () => ({});'),
  });
  const api = new HttpApi(stack, 'Api');
  globalThis.gc?.();
  const start = process.hrtime.bigint();
  for (let i = 0; i < routes; i++) {
    api.addRoutes({ path: `/r${i}`, integration: new integrations.HttpLambdaIntegration(`I${i}`, handler, options()) });
  }
  return Number(process.hrtime.bigint() - start) / 1e6;
}

/**
 * Runs in a fresh process, as `cdk synth` does: milliseconds that an app of 300 routes of one function takes, with or
 * without the checks.
 */
function synthTime(checked: boolean, scope = 'API'): number {
  const script = `
    const start = process.hrtime.bigint();
    require(${JSON.stringify(NEWEST)});
    const { App, Aspects, Stack } = require('aws-cdk-lib');
    const { HttpApi, HttpMethod } = require('aws-cdk-lib/aws-apigatewayv2');
    const lambda = require('aws-cdk-lib/aws-lambda');
    const { ApiGatewayV2Checks, HttpLambdaIntegration, LambdaPermissionScope } = require(${JSON.stringify(ROOT)});
    const app = new App({ context: { '@aws-cdk/core:stackResourceLimit': 0 } });
    const stack = new Stack(app, 'Stack');
    const code = lambda.Code.fromInline('exports.handler = async () => ({});');
    const runtime = lambda.Runtime.NODEJS_22_X;
    const handler = new lambda.Function(stack, 'Handler', { runtime, handler: 'index.handler', code });
    const permissionScope = LambdaPermissionScope[${JSON.stringify(scope)}];
    const integration = new HttpLambdaIntegration('Books', handler, { permissionScope });
    const api = new HttpApi(stack, 'Api');
    for (let i = 0; i < 300; i++) { api.addRoutes({ path: '/books/' + i, methods: [HttpMethod.GET], integration }); }
    if (${checked}) { Aspects.of(app).add(new ApiGatewayV2Checks()); }
    app.synth();
    console.log(Number(process.hrtime.bigint() - start) / 1e6);`;
  const outdir = mkdtempSync(join(tmpdir(), 'bench-'));
  // The validation that newer releases have built in takes longer than everything else.
  const env = { ...process.env, CDK_OUTDIR: outdir, CDK_VALIDATION: 'false' };
  const time = Number(execFileSync(process.execPath, ['-e', script], { cwd: ROOT, encoding: 'utf8', env }));
  rmSync(outdir, { recursive: true });
  return time;
}

interface Comparison { readonly ours: number; readonly upstream: number; readonly ratio: number }

function compare(rounds: number, measure: (whose: 'ours' | 'upstream') => number): Comparison {
  measure('ours');
  measure('upstream');
  const results = Array.from({ length: rounds }, (_, round) => {
    const turn = { ours: 0, upstream: 0 };
    for (const whose of round % 2 ? ['upstream', 'ours'] as const : ['ours', 'upstream'] as const) {
      turn[whose] = measure(whose);
    }
    return turn;
  });
  return {
    ours: median(results.map((it) => it.ours)),
    upstream: median(results.map((it) => it.upstream)),
    ratio: median(results.map((it) => it.ours / it.upstream)),
  };
}

/**
 * Runs in a fresh process: milliseconds and modules that it takes to load an expression, after the CDK modules that any
 * such app has loaded.
 */
function loadCost(expression: string): { readonly time: number; readonly modules: number } {
  const script = `
    require(${JSON.stringify(NEWEST)});
    require('aws-cdk-lib').Stack; require('aws-cdk-lib').App; require('aws-cdk-lib/aws-apigatewayv2').HttpApi;
    const before = Object.keys(require.cache).length;
    const start = process.hrtime.bigint();
    ${expression};
    const time = Number(process.hrtime.bigint() - start) / 1e6;
    console.log(JSON.stringify({ time, modules: Object.keys(require.cache).length - before }));`;
  return JSON.parse(execFileSync(process.execPath, ['-e', script], { cwd: ROOT, encoding: 'utf8' }));
}

interface Row extends Comparison { readonly what: string; readonly unit: string; readonly goal?: number }

function loadRows(what: string, member: string): Row[] {
  const modules = { ours: 0, upstream: 0 };
  const time = compare(9, (whose) => {
    const cost = loadCost(`require(${JSON.stringify(whose === 'ours' ? ROOT : UPSTREAM)})${member}`);
    modules[whose] = cost.modules;
    return cost.time;
  });
  return [
    { what: `load ${what}`, unit: 'ms', ...time },
    { what: `load ${what}`, unit: 'modules', ...modules, ratio: modules.ours / modules.upstream },
  ];
}

function main(): void {
  load(NEWEST);
  const { MappingValue, ParameterMapping } = load<typeof Apigwv2>('aws-cdk-lib/aws-apigatewayv2');
  const libraries = { ours: load<Integrations>(ROOT), upstream: load<Integrations>(UPSTREAM) };
  const bind = (routes: number, options: () => Upstream.HttpLambdaIntegrationProps, rounds: number) =>
    compare(rounds, (whose) => bindTime(libraries[whose], routes, options));
  const mapped = () => ({
    parameterMapping: new ParameterMapping()
      .overwritePath(MappingValue.custom('/books/${request.path.id}'))
      .appendHeader('x-request-id', MappingValue.contextVariable('requestId'))
      .overwriteQueryString('q', MappingValue.requestQueryString('query'))
      .removeHeader('cookie'),
  });

  const perRoute = bind(400, () => ({}), 15);
  const withMapping = bind(400, mapped, 15);
  const few = bind(400, () => ({ scopePermissionToRoute: false }), 9);
  const many = bind(1600, () => ({ scopePermissionToRoute: false }), 5);
  const checked = compare(11, (whose) => synthTime(whose === 'ours'));
  const checkedPermissions = compare(5, (whose) => synthTime(whose === 'ours', 'ROUTE'));
  const growth = { ours: many.ours / few.ours, upstream: many.upstream / few.upstream };
  const rows: Row[] = [
    { what: 'bind 400 routes', unit: 'ms', ...perRoute, goal: 1.1 },
    { what: 'bind 400 routes, each with a mapping of four entries', unit: 'ms', ...withMapping, goal: 1.1 },
    { what: 'bind 400 routes, `scopePermissionToRoute: false`', unit: 'ms', ...few },
    { what: 'bind 1,600 routes, `scopePermissionToRoute: false`', unit: 'ms', ...many, goal: 0.6 },
    { what: 'synthesize 300 routes, with and without `ApiGatewayV2Checks`', unit: 'ms', ...checked, goal: 1.2 },
    { what: 'the same with a permission for each route', unit: 'ms', ...checkedPermissions },
    ...loadRows('the index', ''),
    ...loadRows('`HttpLambdaIntegration`', '.HttpLambdaIntegration'),
    ...loadRows('`WebSocketMockIntegration`', '.WebSocketMockIntegration'),
  ];

  console.log('| what | unit | ours | upstream | ratio | goal |\n|---|---|---:|---:|---:|---:|');
  for (const { what, unit, ours, upstream, ratio, goal } of rows) {
    const digits = unit === 'ms' ? 1 : 0;
    const measured = [ours.toFixed(digits), upstream.toFixed(digits), ratio.toFixed(2)].join(' | ');
    console.log(`| ${what} | ${unit} | ${measured} | ${goal ? `<= ${goal}` : ''} |`);
  }
  console.log(`\nFour times the routes take ${growth.ours.toFixed(1)} times as long with ours, `
    + `${growth.upstream.toFixed(1)} times upstream.`);

  const tooSlow = rows.filter((row) => row.goal !== undefined && row.ratio > row.goal * MARGIN);
  const missed = tooSlow.map((row) => `${row.what}: ${row.ratio.toFixed(2)}`);
  // Linear growth is 4, quadratic 16.
  if (growth.ours > 7) { missed.push(`growth: ${growth.ours.toFixed(1)}`); }
  const permissions = load<{ benchPermissions: typeof benchPermissions }>('./permissions').benchPermissions({
    cdk: load('aws-cdk-lib'), apigwv2: load('aws-cdk-lib/aws-apigatewayv2'), lambda: load('aws-cdk-lib/aws-lambda'),
    ours: load<typeof Ours>(ROOT), upstream: load(UPSTREAM),
  });
  const goalsOfPermissions = ['300 routes fit', 'growth of the permission scopes'];
  missed.push(...goalsOfPermissions.filter((_, i) => !permissions[i]));
  for (const miss of missed) { console.error(`missed: ${miss}`); }
  const goals = rows.filter((row) => row.goal !== undefined).length + 1 + permissions.length;
  console.log(`Goals: ${goals - missed.length} passed, ${missed.length} failed`);
  process.exitCode = missed.length === 0 ? 0 : 1;
}

main();
