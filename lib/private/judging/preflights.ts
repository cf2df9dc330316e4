import { isGiven, listOf, mapOf, textOf } from '../shapes/values';
import type { Located } from '../template/evaluator';
import { allRoutesOf } from './stages';
import { gatewayResources, propertiesOf, referredResource, subject, type Subject, type View } from './view';

/** A route, and what is known of who may call it. */
interface Guarded {
  readonly route: Located;
  readonly key?: string;
  /** `undefined` where it is only known at deployment. */
  readonly authorizationType?: string;
}

/** The routes of APIs with a configuration for CORS that may keep preflight requests from being answered. */
export function preflightSubjects(view: View): Subject[] {
  return gatewayResources(view, 'Api').flatMap((api) => {
    if (!mapOf(propertiesOf(view, api).CorsConfiguration)) { return []; }
    const routes = (allRoutesOf(view.app, api) ?? []).map((route) => guardedOf(view, route));
    const open = routes.filter(({ authorizationType: type }) => type === undefined || type === 'NONE');
    // A key that is only known at deployment may be that of a route which answers.
    if (open.some(({ key }) => key === undefined)) { return []; }
    return routes.flatMap((guarded) => preflightSubject(view, guarded, open.map(({ key }) => key!)));
  });
}

function guardedOf(view: View, route: Located): Guarded {
  const { RouteKey: key, AuthorizationType: type } = propertiesOf(view, route);
  return { route, key: textOf(key), authorizationType: isGiven(type) ? textOf(type) : 'NONE' };
}

function preflightSubject(view: View, { route, key, authorizationType }: Guarded, openRoutes: string[]): Subject[] {
  if (key === undefined || authorizationType === undefined) { return []; }
  const authorizer = referredResource(view, route, route.properties.AuthorizerId);
  const sources = authorizer ? listOf(propertiesOf(view, authorizer).IdentitySource) : [];
  return [subject('preflight', route, {
    key,
    path: view.pathOf(route),
    authorizationType,
    identitySources: sources.flatMap((source) => textOf(source) ?? []),
    openRoutes,
  })];
}
