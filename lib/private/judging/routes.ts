import { judgeInvocation, type Invocation, type Permission } from '../permissions/lambda-permissions';
import { boundRoutes, invocationOfRoute, protocolOf, type BoundRoute } from '../permissions/routes';
import type { Statement } from '../permissions/policies';
import type { InvokeDenied, Route, Twins } from '../shapes/resources';
import { textOf } from '../shapes/values';
import { groupBy, madeTogether, type Evaluator, type Located } from '../template/evaluator';
import { hasUnknown, known } from '../template/text';
import { routeResponsesOf } from './integrations';
import { wrongIntegrationOf } from './references';
import { gatewayResources, propertiesOf, referredResource, subject, type Subject, type View } from './view';

/** Routes, and those of one API that have the same key. */
export function routeSubjects(view: View): Subject[] {
  const { app } = view;
  const bound = new Map(boundRoutes(app).map((it) => [it.route, it]));
  const routes = gatewayResources(view, 'Route');
  return [
    ...routes.flatMap((route) => routeSubject(view, route, bound.get(route))),
    ...listsByApi(view, routes).flatMap((list) => [
      ...twinsOf(view, 'route', 'RouteKey', list),
      ...similarOf(view, list),
    ]),
  ];
}

/** Lists of resources that are of one API. */
export function listsByApi({ app }: View, resources: readonly Located[]): Located[][] {
  const byApi = groupBy(resources, (resource) => app.property(resource, 'ApiId') ?? '');
  // An API that is only known at deployment may be another one in each stack.
  return [...byApi].flatMap(([id, list]) =>
    hasUnknown(id) ? [...groupBy(list, ({ stack }) => stack).values()] : [list]);
}

function routeSubject(view: View, route: Located, bound: BoundRoute | undefined): Subject[] {
  const protocol = bound?.protocol ?? protocolOf(view.app, route, view.app.property(route, 'RouteKey'));
  if (!protocol) { return []; }
  return [subject('route', route, {
    protocol,
    path: view.pathOf(route),
    properties: propertiesOf(view, route),
    names: view.namesOf(route),
    ...routeResponsesOf(view, route),
    denied: bound && deniedOf(view, invocationOfRoute(view.app, bound)),
    isProtocolInferred: referredResource(view, route, route.properties.ApiId) === undefined,
    authorizer: authorizerOf(view, route),
    isTargetBareId: isBareId(view, route),
    ...wrongIntegrationOf(view, route, bound?.integration),
  })];
}

function authorizerOf(view: View, route: Located): Route['authorizer'] {
  const resource = referredResource(view, route, route.properties.AuthorizerId);
  if (resource?.type !== 'AWS::ApiGatewayV2::Authorizer') { return undefined; }
  return { path: view.pathOf(resource), type: textOf(propertiesOf(view, resource).AuthorizerType) };
}

function isBareId(view: View, route: Located): boolean {
  return referredResource(view, route, route.properties.Target)?.type === 'AWS::ApiGatewayV2::Integration';
}

/** Resources of one API of which a property is the same, unless they are made on different conditions. */
export function twinsOf(
  { app, pathOf }: View, of: Twins['of'], property: string, resources: readonly Located[],
): Subject[] {
  return [...groupBy(resources, (resource) => known(app.property(resource, property) ?? ''))]
    .flatMap(([key, ofKey]) => key ? madeTogether(ofKey).map((twins) => ({ key, twins })) : [])
    .filter(({ twins }) => twins.length > 1)
    .map(({ key, twins }) => subject('twins', twins[1], { of, key, paths: twins.map(pathOf) }));
}

/** The key of a route of an HTTP API without the names of its variables. */
export function shapeOfKey(key: string): string | undefined {
  return /^[A-Z]+ \/.*\{/.test(key) ? key.replace(/\{[^{}+]*(\+?)\}/g, '{$1}') : undefined;
}

/** Routes of one API that differ only in the names of variables, unless they are made on different conditions. */
function similarOf(view: View, routes: readonly Located[]): Subject[] {
  const keyOf = (route: Located) => known(view.app.property(route, 'RouteKey') ?? '') ?? '';
  const ofHttp = routes.filter((route) => protocolOf(view.app, route, keyOf(route)) === 'HTTP');
  return [...groupBy(ofHttp, (route) => shapeOfKey(keyOf(route)))].flatMap(([shape, ofShape]) => {
    if (shape === undefined) { return []; }
    // Of routes that have the same key, one stands for all.
    return madeTogether(ofShape).map((together) => [...groupBy(together, keyOf).values()].map(([first]) => first))
      .filter((different) => different.length > 1)
      .map((different) => subject('similar-routes', different[1], {
        routes: different.map((route) => ({ path: view.pathOf(route), key: keyOf(route) })),
      }));
  });
}

/** Statements of a role, as messages show them. */
export function shownStatement(app: Evaluator, { actions, resources }: Statement): string {
  const shown = (texts: readonly string[]) => texts.map((it) => app.show(it)).join(' and ');
  return `${shown(actions)} on ${shown(resources)}`;
}

/** What is known to keep API Gateway from invoking a function. */
export function deniedOf({ app, pathOf }: View, invocation: Invocation | undefined): InvokeDenied | undefined {
  const verdict = invocation && judgeInvocation(app, invocation);
  if (verdict?.permitted !== 'no') { return undefined; }
  const { credentials } = invocation!;
  const { invoked: { handler, qualifier }, missing, permissions, trusted, statements } = verdict;
  const ofRole = statements.map((it) => shownStatement(app, it));
  const ofFunction = permissions.map((it) => shownPermission(app, it));
  return {
    target: `'${app.show(handler, pathOf)}'${qualifier && `, version or alias '${app.show(qualifier)}'`}`,
    missing: missing.map((it) => app.show(it)),
    role: credentials && app.show(credentials, pathOf),
    trusted: trusted !== 'no',
    lookedAt: credentials ? ofRole : ofFunction,
  };
}

/** What a permission is for, and what keeps it from being one for API Gateway. */
function shownPermission(app: Evaluator, { resource, source, qualifier, invokes }: Permission): string {
  const shown = (property: string) => app.show(app.property(resource, property) ?? '');
  const of = qualifier && ` on '${app.show(qualifier)}'`;
  const reason = invokes === 'no' ? ` (${shown('Action')} by ${shown('Principal')}${of})` : '';
  return `${source === undefined ? 'any source' : app.show(source)}${reason}`;
}
