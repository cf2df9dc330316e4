import type { Referred } from '../shapes/integration';
import type { Route } from '../shapes/resources';
import type { Located } from '../template/evaluator';
import { referredResource, type View } from './view';

/** The resource that a property is a reference to. */
export function referredOf({ app, pathOf }: View, { stack, properties }: Located, name: string): Referred | undefined {
  const reference = properties[name] === undefined ? undefined : app.reference(stack, properties[name]);
  if (!reference) { return undefined; }
  const { resource, attribute } = reference;
  return { path: pathOf(resource), type: resource.type, attribute };
}

/** What is wrong with the resource that the target of a route names, if there is one. */
export function wrongIntegrationOf(
  view: View, route: Located, named: Located | undefined,
): Pick<Route, 'wrongTarget' | 'foreign'> {
  const { pathOf } = view;
  if (!named) { return {}; }
  if (named.type !== 'AWS::ApiGatewayV2::Integration') {
    return { wrongTarget: { path: pathOf(named), type: named.type, attribute: 'Ref' } };
  }
  const api = apiOf(view, route);
  const otherApi = apiOf(view, named);
  if (!api || !otherApi || api === otherApi) { return {}; }
  return { foreign: { integration: pathOf(named), otherApi: pathOf(otherApi), api: pathOf(api) } };
}

/** The API of the app that a route or an integration is of. */
function apiOf(view: View, resource: Located): Located | undefined {
  const api = referredResource(view, resource, resource.properties.ApiId);
  return api?.type === 'AWS::ApiGatewayV2::Api' ? api : undefined;
}
