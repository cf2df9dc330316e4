import { HTTP_METHODS } from '../facts/routes';
import { formatArn, functionName } from '../template/arns';
import { groupBy, oncePerApp, oncePerKey, type Evaluator, type Located } from '../template/evaluator';
import { replaceBetween, type Text } from '../template/text';
import { judgeInvocation, type Invocation, type InvocationVerdict } from './lambda-permissions';

export { permissionsByFunction, type Permission } from './lambda-permissions';

export type Protocol = 'HTTP' | 'WEBSOCKET';

/** A route, the integration that it is bound to, and the stages that it can be called on. */
export interface BoundRoute {
  readonly route: Located;
  readonly integration: Located;
  readonly routeKey: Text;
  /** The protocol of the API, if it is known. */
  readonly protocol?: Protocol;
  readonly apiId: Text;
  readonly stages: readonly Located[];
}

/** The stages of each API. */
const stagesByApi = oncePerApp((app) => {
  return groupBy(app.ofType('AWS::ApiGatewayV2::Stage'), (stage) => app.property(stage, 'ApiId'));
});

/** All routes of an app whose integration is in it. */
export const boundRoutes = oncePerApp((app): readonly BoundRoute[] => {
  return app.ofType('AWS::ApiGatewayV2::Route').flatMap((route) => {
    const integration = targetOf(app, route);
    if (!integration) { return []; }
    const apiId = app.property(route, 'ApiId') ?? '';
    const routeKey = app.property(route, 'RouteKey') ?? '';
    const protocol = protocolOf(app, integration, routeKey);
    return [{ route, integration, routeKey, apiId, protocol, stages: stagesByApi(app).get(apiId) ?? [] }];
  });
});

/** The resource in the target of a route. */
function targetOf(app: Evaluator, route: Located): Located | undefined {
  const target = app.property(route, 'Target') ?? '';
  const prefix = 'integrations/';
  return target.startsWith(prefix) ? app.referenceOf(target.slice(prefix.length))?.resource : undefined;
}

/** The protocol of the API of an integration; where the API is not in the app, its routes and integrations tell it. */
export function protocolOf(app: Evaluator, { stack, properties }: Located, routeKey = ''): Protocol | undefined {
  const api = app.reference(stack, properties.ApiId)?.resource;
  if (api) { return protocolOfApi(app, api); }
  const { PayloadFormatVersion, IntegrationSubtype, IntegrationType } = properties;
  const isOfHttp = PayloadFormatVersion !== undefined || IntegrationSubtype !== undefined;
  if (isOfHttp || HTTP_KEY.test(routeKey)) { return 'HTTP'; }
  const isOfWebSocket = ['$connect', '$disconnect'].includes(routeKey)
    || ['AWS', 'HTTP', 'MOCK'].includes(String(IntegrationType));
  return isOfWebSocket ? 'WEBSOCKET' : undefined;
}

/** The protocol of an API. One that is described by a body says none, and is an HTTP API. */
export function protocolOfApi(app: Evaluator, api: Located): Protocol | undefined {
  const { Body, BodyS3Location } = api.properties;
  const hasBody = Body !== undefined || BodyS3Location !== undefined;
  const protocol = app.property(api, 'ProtocolType') ?? (hasBody ? 'HTTP' : undefined);
  return protocol === 'HTTP' || protocol === 'WEBSOCKET' ? protocol : undefined;
}

/** The method and the path of a route of an HTTP API. */
export const HTTP_KEY = /^(\S+) (\/.*)$/;

/** What tells the source ARNs of a route. */
export interface RouteOfApi extends Pick<BoundRoute, 'protocol' | 'routeKey' | 'apiId'> {
  /** The resource in whose stack the API is. */
  readonly holder: Located;
  readonly stageNames: readonly Text[];
}

/** The names of the stages of an API. */
export const stageNamesOf = oncePerKey((apiId: Text) => apiId, (app, apiId): readonly Text[] => {
  const stages = stagesByApi(app).get(apiId) ?? [];
  return stages.map((stage) => app.property(stage, 'StageName') ?? app.unknown('any stage'));
});

/**
 * What follows the stage in the source ARN of a route: `METHOD/path` with the variables of the path as they are
 * written, or the route key of `$default` and of WebSocket APIs.
 *
 * A route of any method has one for each of them.
 */
function endsOfSources({ protocol, routeKey }: Pick<BoundRoute, 'protocol' | 'routeKey'>): Text[] {
  const [, method, path] = HTTP_KEY.exec(routeKey) ?? [];
  if (protocol === 'WEBSOCKET' || path === undefined) { return [routeKey]; }
  // Whether API Gateway presents ANY for a route of any method is not documented.
  return (method === 'ANY' ? HTTP_METHODS : [method]).map((it) => `${it}${path}`);
}

/**
 * The source ARNs that API Gateway may present when it invokes the function of a route, stage by stage.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export function sourcesOfRoute(app: Evaluator, route: RouteOfApi): Text[][] {
  const start = formatArn(app, route.holder, 'execute-api', route.apiId);
  const stages = route.stageNames.length === 0 ? [app.unknown('any stage')] : route.stageNames;
  return stages.map((stage) => endsOfSources(route).map((end) => `${start}/${stage}/${end}`));
}

/** The source ARNs of a route whose integration is in the app. */
export function sourceArns(app: Evaluator, bound: BoundRoute): Text[][] {
  return sourcesOfRoute(app, { ...bound, holder: bound.route, stageNames: stageNamesOf(app, bound.apiId) });
}

/** A function, version or alias that an integration invokes, or undefined for another target. */
export function invokedFunction(app: Evaluator, integration: Located): Text | undefined {
  const { IntegrationType: type, IntegrationSubtype: subtype } = integration.properties;
  if (subtype !== undefined || (type !== 'AWS_PROXY' && type !== 'AWS')) { return undefined; }
  return functionInUri(app, app.property(integration, 'IntegrationUri') ?? '');
}

/** What names the function in the URI of an integration or an authorizer, or undefined for another target. */
export function functionInUri(app: Evaluator, uri: Text): Text | undefined {
  // A variable of a stage may have another value in each.
  const text = replaceBetween(uri, '${stageVariables.', '}', (_, variable) => app.unknown(variable));
  if (text === '') { return undefined; }
  return text.includes('/') ? /:lambda:path\/2015-03-31\/functions\/(.*)\/invocations$/.exec(text)?.[1] : text;
}

/** The call of a function that a route makes, or undefined for another target. */
export function invocationOfRoute(app: Evaluator, bound: BoundRoute): Invocation | undefined {
  const { route, integration, apiId, routeKey } = bound;
  const invoked = invokedFunction(app, integration);
  if (invoked === undefined) { return undefined; }
  return {
    caller: route,
    apiId,
    routeKey,
    invoked: functionName(app, integration, invoked),
    credentials: app.property(integration, 'CredentialsArn'),
    sources: sourceArns(app, bound),
  };
}

/** Judges whether API Gateway may invoke the function of a route; undefined for a route whose target is no function. */
export function routeIsPermitted(app: Evaluator, bound: BoundRoute): InvocationVerdict | undefined {
  const invocation = invocationOfRoute(app, bound);
  return invocation && judgeInvocation(app, invocation);
}
