import { functionName } from '../template/arns';
import type { Statement } from '../permissions/policies';
import { boundRoutes, invokedFunction, permissionsByFunction, routeIsPermitted, type BoundRoute, type Permission } from '../permissions/routes';
import { judgeServiceCalls } from '../permissions/services';
import { groupBy, madeTogether, type Evaluator, type Located } from '../template/evaluator';
import { hasUnknown, known, type Text } from '../template/text';
import { lambdaPolicySize } from '../rules/lambda';
import { vpcLinkQuota } from '../rules/private-targets';
import { judge, type Finding } from '../rules/rule';
import {
  apiQuota, apiWithoutStage, integrationUnused, rolePermission, routeKeyTwice, routePermission, routeResponse, vpcLinkAdmitted,
} from '../rules/whole-app';
import { admissionOf } from './admission';
import { judgeIntegration, judgeRoute } from './judge-resources';

/** What is said of a resource. */
export interface Judged {
  readonly resource: Located;
  readonly findings: readonly Finding[];
}

type PathOf = (resource: Located) => string;

/** Judges the resources of an app. */
export function judgeApp(app: Evaluator, pathOf: PathOf): Judged[] {
  const bound = boundRoutes(app);
  return [
    ...judgeRoutes(app, bound, pathOf),
    ...judgeIntegrations(app, bound, pathOf),
    ...judgeCalls(app, pathOf),
    ...judgeApis(app, pathOf),
    ...judgePolicies(app, bound, pathOf),
    ...judgeLinks(app),
  ].filter(({ findings }) => findings.length > 0);
}

const gateway = (app: Evaluator, type: string) => app.ofType(`AWS::ApiGatewayV2::${type}`);

/** Resources by what a property of them refers to. */
const byProperty = (app: Evaluator, type: string, property: string) => groupBy(gateway(app, type), (resource) => app.property(resource, property) ?? '');

/** The number of resources of which it is not known what they refer to. */
function unclearIn(groups: ReadonlyMap<Text, readonly Located[]>): number {
  return [...groups].filter(([value]) => hasUnknown(value)).reduce((count, [, { length }]) => count + length, 0);
}

function judgeRoutes(app: Evaluator, bound: readonly BoundRoute[], pathOf: PathOf): Judged[] {
  const responses = byProperty(app, 'RouteResponse', 'RouteId');
  const unclear = unclearIn(responses);
  return [
    ...bound.map((route) => ({ resource: route.route, findings: [...judgeRoute(route, pathOf), ...judgePermission(app, route, pathOf)] })),
    ...gateway(app, 'Route').map((route) => {
      const selects = route.properties.RouteResponseSelectionExpression !== undefined;
      // A response of which the route is not known may be that of a route that returns one.
      const count = (responses.get(app.attribute(route, 'Ref'))?.length ?? 0) + (selects ? unclear : 0);
      return { resource: route, findings: judge({ responses: count, selects }, routeResponse) };
    }),
  ];
}

const shownStatement = (app: Evaluator, { actions, resources }: Statement) =>
  `${actions.map((it) => app.show(it)).join(' and ')} on ${resources.map((it) => app.show(it)).join(' and ')}`;

function judgePermission(app: Evaluator, route: BoundRoute, pathOf: PathOf): Finding[] {
  const verdict = routeIsPermitted(app, route);
  const credentials = app.property(route.integration, 'CredentialsArn');
  if (verdict?.permitted !== 'no') { return []; }
  const { invoked: { handler, qualifier }, missing, permissions, trusted, statements } = verdict;
  return judge({
    route: app.show(route.routeKey),
    target: `'${app.show(handler, pathOf)}'${qualifier && `, version or alias '${app.show(qualifier)}'`}`,
    missing: missing.map((it) => app.show(it)),
    role: credentials && app.show(credentials, pathOf),
    trusted: trusted !== 'no',
    lookedAt: credentials ? statements.map((it) => shownStatement(app, it)) : permissions.map((it) => shownPermission(app, it)),
    permitted: false,
  }, routePermission);
}

/** What a permission is for, and what keeps it from being one for API Gateway. */
function shownPermission(app: Evaluator, { resource, source, qualifier, invokes }: Permission): string {
  const shown = (property: string) => app.show(app.property(resource, property) ?? '');
  const reason = invokes === 'no' ? ` (${shown('Action')} by ${shown('Principal')}${qualifier && ` on '${app.show(qualifier)}'`})` : '';
  return `${source === undefined ? 'any source' : app.show(source)}${reason}`;
}

function judgeIntegrations(app: Evaluator, bound: readonly BoundRoute[], pathOf: PathOf): Judged[] {
  const routesOf = groupBy(bound, ({ integration }) => integration);
  // The target of a route that is not understood may be any integration of the API.
  const understood = new Set(bound.map(({ route }) => route));
  const unclear = new Set(gateway(app, 'Route').filter((route) => !understood.has(route)).map((route) => app.property(route, 'ApiId')));
  return gateway(app, 'Integration').map((integration) => {
    const routes = routesOf.get(integration) ?? [];
    const isComplete = !unclear.has(app.property(integration, 'ApiId'));
    const admission = admissionOf(app, integration, pathOf);
    return {
      resource: integration,
      findings: [
        ...judgeIntegration(app, integration, { routes, isComplete }, pathOf),
        ...isComplete ? judge(routes.length, integrationUnused) : [],
        ...admission ? judge(admission, vpcLinkAdmitted) : [],
      ],
    };
  });
}

/** Whether the roles of integrations allow what these call. */
function judgeCalls(app: Evaluator, pathOf: PathOf): Judged[] {
  return judgeServiceCalls(app)
    // Without a role the target itself may permit the call; first-class integrations need one.
    .filter(({ permitted, credentials, call }) => permitted === 'no' && (credentials ?? call.integration.properties.IntegrationSubtype) !== undefined)
    .map(({ call, credentials, trusted, statements }) => ({
      resource: call.integration,
      findings: judge({
        action: call.action,
        resources: call.resources.map((it) => app.show(it)),
        role: credentials && app.show(credentials, pathOf),
        trusted: trusted !== 'no',
        lookedAt: statements.map((it) => shownStatement(app, it)),
        permitted: false,
      }, rolePermission),
    }));
}

function judgeApis(app: Evaluator, pathOf: PathOf): Judged[] {
  const [routes, integrations, stages] = ['Route', 'Integration', 'Stage'].map((type) => byProperty(app, type, 'ApiId'));
  const unclearStages = unclearIn(stages);
  const judged = gateway(app, 'Api').map((api) => {
    const id = app.attribute(api, 'Ref');
    const counts = { routes: routes.get(id)?.length ?? 0, integrations: integrations.get(id)?.length ?? 0, stages: stages.get(id)?.length ?? 0 };
    // An API that is made with a target has a stage as well.
    const isCallable = api.properties.Target !== undefined || counts.stages + unclearStages > 0;
    return {
      resource: api,
      findings: [
        ...isCallable ? [] : judge(counts, apiWithoutStage),
        ...(['routes', 'integrations', 'stages'] as const).flatMap((kind) => judge({ kind, count: counts[kind] }, apiQuota)),
      ],
    };
  });
  // An API that is only known at deployment may be another one in each stack.
  const ofOneApi = [...routes].flatMap(([id, list]) => hasUnknown(id) ? [...groupBy(list, ({ stack }) => stack).values()] : [list]);
  return [...judged, ...ofOneApi.flatMap((list) => judgeTwins(app, list, pathOf))];
}

/** Routes of one API that have the same key, unless they are made on different conditions. */
function judgeTwins(app: Evaluator, routes: readonly Located[], pathOf: PathOf): Judged[] {
  return [...groupBy(routes, (route) => known(app.property(route, 'RouteKey') ?? ''))]
    .flatMap(([key, ofKey]) => key ? madeTogether(ofKey).map((twins) => ({ key, twins })) : [])
    .filter(({ twins }) => twins.length > 1)
    .map(({ key, twins }) => ({ resource: twins[1], findings: judge({ key, routes: twins.map(pathOf) }, routeKeyTwice) }));
}

/** The size of the policies of functions, whoever wrote the statements. A version and an alias have a policy of their own. */
function judgePolicies(app: Evaluator, bound: readonly BoundRoute[], pathOf: PathOf): Judged[] {
  const handlers = new Set(bound.map(({ integration }) => {
    const invoked = invokedFunction(app, integration);
    return invoked && functionName(app, integration, invoked).handler;
  }));
  return [...permissionsByFunction(app)].flatMap(([handler, permissions]) => {
    const resource = app.referenceOf(handler)?.resource;
    if (!resource || !handlers.has(handler)) { return []; }
    return [...groupBy(permissions, ({ qualifier }) => qualifier).values()].map((policy) => ({
      resource,
      findings: judge({
        handler: pathOf(resource),
        statements: policy.map(({ resource: it }) => ({ stack: it.stack.id, logicalId: it.logicalId, sourceArn: it.properties.SourceArn ?? '' })),
      }, lambdaPolicySize),
    }));
  });
}

/** How many VPC links a region has. */
function judgeLinks(app: Evaluator): Judged[] {
  const links = groupBy(gateway(app, 'VpcLink'), ({ stack: { account, region, id } }) =>
    account && region ? `${region} of account ${account}` : `the region of the stack '${id}'`);
  return [...links].map(([where, all]) => ({ resource: all[all.length - 1], findings: judge({ links: all.length, where }, vpcLinkQuota) }));
}
