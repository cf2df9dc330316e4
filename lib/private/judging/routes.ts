import { boundRoutes, protocolOf, routeIsPermitted, type BoundRoute, type Permission } from '../permissions/routes';
import type { Statement } from '../permissions/policies';
import type { InvokeDenied } from '../shapes/resources';
import { groupBy, madeTogether, type Evaluator, type Located } from '../template/evaluator';
import { hasUnknown, known } from '../template/text';
import { routeResponsesOf } from './integrations';
import { gatewayResources, propertiesOf, subject, type Subject, type View } from './view';

/** Routes, and those of one API that have the same key. */
export function routeSubjects(view: View): Subject[] {
  const { app } = view;
  const bound = new Map(boundRoutes(app).map((it) => [it.route, it]));
  const routes = gatewayResources(view, 'Route');
  const byApi = groupBy(routes, (route) => app.property(route, 'ApiId') ?? '');
  // An API that is only known at deployment may be another one in each stack.
  const ofOneApi = [...byApi].flatMap(([id, list]) => hasUnknown(id) ? [...groupBy(list, ({ stack }) => stack).values()] : [list]);
  return [
    ...routes.flatMap((route) => routeSubject(view, route, bound.get(route))),
    ...ofOneApi.flatMap((list) => twinsOf(view, list)),
  ];
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
    denied: bound && deniedOf(view, bound),
  })];
}

/** Routes that have the same key, unless they are made on different conditions. */
function twinsOf({ app, pathOf }: View, routes: readonly Located[]): Subject[] {
  return [...groupBy(routes, (route) => known(app.property(route, 'RouteKey') ?? ''))]
    .flatMap(([key, ofKey]) => key ? madeTogether(ofKey).map((twins) => ({ key, twins })) : [])
    .filter(({ twins }) => twins.length > 1)
    .map(({ key, twins }) => subject('twins', twins[1], { of: 'route', key, paths: twins.map(pathOf) }));
}

/** Statements of a role, as messages show them. */
export function shownStatement(app: Evaluator, { actions, resources }: Statement): string {
  const shown = (texts: readonly string[]) => texts.map((it) => app.show(it)).join(' and ');
  return `${shown(actions)} on ${shown(resources)}`;
}

/** What is known to keep API Gateway from invoking the function of a route. */
function deniedOf({ app, pathOf }: View, route: BoundRoute): InvokeDenied | undefined {
  const verdict = routeIsPermitted(app, route);
  if (verdict?.permitted !== 'no') { return undefined; }
  const credentials = app.property(route.integration, 'CredentialsArn');
  const { invoked: { handler, qualifier }, missing, permissions, trusted, statements } = verdict;
  return {
    target: `'${app.show(handler, pathOf)}'${qualifier && `, version or alias '${app.show(qualifier)}'`}`,
    missing: missing.map((it) => app.show(it)),
    role: credentials && app.show(credentials, pathOf),
    trusted: trusted !== 'no',
    lookedAt: credentials ? statements.map((it) => shownStatement(app, it)) : permissions.map((it) => shownPermission(app, it)),
  };
}

/** What a permission is for, and what keeps it from being one for API Gateway. */
function shownPermission(app: Evaluator, { resource, source, qualifier, invokes }: Permission): string {
  const shown = (property: string) => app.show(app.property(resource, property) ?? '');
  const of = qualifier && ` on '${app.show(qualifier)}'`;
  const reason = invokes === 'no' ? ` (${shown('Action')} by ${shown('Principal')}${of})` : '';
  return `${source === undefined ? 'any source' : app.show(source)}${reason}`;
}
