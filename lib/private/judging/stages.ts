import { mayBeChangedOutside } from '../permissions/outside';
import { protocolOf } from '../permissions/routes';
import type { KeyedRoute, Stage } from '../shapes/stages';
import { entriesOf } from '../shapes/values';
import { dependsOn } from '../template/dependencies';
import { canExistTogether, groupBy, oncePerApp, type Evaluator, type Located } from '../template/evaluator';
import { known } from '../template/text';
import { gatewayResources, hasUnclear, propertiesOf, subject, type Subject, type View } from './view';

const ofApi = (app: Evaluator, type: string) =>
  groupBy(app.ofType(`AWS::ApiGatewayV2::${type}`), (it) => app.property(it, 'ApiId') ?? '');

const routesByApi = oncePerApp((app) => ofApi(app, 'Route'));
const deploymentsByApi = oncePerApp((app) => ofApi(app, 'Deployment'));

/** The API of a stage, a route or a deployment, if it is in the app. */
export function apiOf(app: Evaluator, { stack, properties }: Located): Located | undefined {
  const api = app.reference(stack, properties.ApiId)?.resource;
  return api?.type === 'AWS::ApiGatewayV2::Api' ? api : undefined;
}

/** The routes of the app that belong to an API. */
export function routesOf(app: Evaluator, api: Located): readonly Located[] {
  return routesByApi(app).get(app.attribute(api, 'Ref')) ?? [];
}

/** All routes of an API; `undefined` where it may have others than those of the app. */
export function allRoutesOf(app: Evaluator, api: Located): readonly Located[] | undefined {
  const { Body, BodyS3Location, Target } = api.properties;
  const hasOthers = [Body, BodyS3Location, Target].some((it) => it !== undefined)
    || hasUnclear(routesByApi(app)) || mayBeChangedOutside(app, api);
  return hasOthers ? undefined : routesOf(app, api);
}

/** Stages, with the routes of their APIs. */
export function stageSubjects(view: View): Subject[] {
  return gatewayResources(view, 'Stage').map((stage) => subject('stage', stage, stageOf(view, stage)));
}

function stageOf(view: View, stage: Located): Stage {
  const { app } = view;
  const properties = propertiesOf(view, stage);
  const keys = entriesOf(properties.RouteSettings).map(([key]) => key);
  const api = keys.length > 0 ? apiOf(app, stage) : undefined;
  return {
    protocol: protocolOf(app, stage),
    properties,
    names: view.namesOf(stage),
    routeKeys: api && knownKeysOf(app, api),
    notAwaited: api ? notAwaitedBy(view, stage, routesOf(app, api), keys) : [],
    logDestination: logDestinationOf(view, stage),
    mayBeDeployed: mayBeDeployed(app, stage),
  };
}

function knownKeysOf(app: Evaluator, api: Located): string[] | undefined {
  const keys = allRoutesOf(app, api)?.map((route) => known(app.property(route, 'RouteKey') ?? ''));
  return keys?.every((key) => key !== undefined) ? keys : undefined;
}

/** The routes of some keys that a stage does not wait for, where it is known that it could. */
function notAwaitedBy(view: View, stage: Located, routes: readonly Located[], keys: readonly string[]): KeyedRoute[] {
  const { app } = view;
  const byKey = groupBy(routes, (route) => app.property(route, 'RouteKey') ?? '');
  return keys.flatMap((key) => {
    const ofKey = byKey.get(key) ?? [];
    const isClear = ofKey.every((route) => route.stack === stage.stack && canExistTogether(route, stage));
    if (!isClear || ofKey.some((route) => dependsOn(app, stage, route))) { return []; }
    return ofKey.slice(0, 1).map((route) => ({ key, path: view.pathOf(route) }));
  });
}

function logDestinationOf({ app, pathOf }: View, stage: Located): Stage['logDestination'] {
  const { AccessLogSettings: settings } = stage.properties;
  const destination = (settings as { readonly DestinationArn?: unknown } | undefined)?.DestinationArn;
  const reference = destination === undefined ? undefined : app.reference(stage.stack, destination);
  if (!reference) { return undefined; }
  const { resource, attribute } = reference;
  return { path: pathOf(resource), type: resource.type, attribute };
}

/** Whether something may deploy the API of a stage: the app, or what the app does not show. */
function mayBeDeployed(app: Evaluator, stage: Located): boolean {
  const deployments = deploymentsByApi(app);
  const api = apiOf(app, stage);
  return deployments.has(app.property(stage, 'ApiId') ?? '') || hasUnclear(deployments)
    || mayBeChangedOutside(app, stage) || (api !== undefined && mayBeChangedOutside(app, api));
}

/** Deployments, with what they wait for. */
export function deploymentSubjects(view: View): Subject[] {
  return gatewayResources(view, 'Deployment').map((deployment) => {
    const { app } = view;
    const api = apiOf(app, deployment);
    const routes = api && allRoutesOf(app, api);
    const isClear = routes?.every((route) => route.stack === deployment.stack && canExistTogether(route, deployment));
    return subject('deployment', deployment, {
      routes: isClear ? routes?.map(view.pathOf) : undefined,
      waitsForRoute: routes?.some((route) => dependsOn(app, deployment, route)) ?? false,
    });
  });
}
