import { allows, roleOf, trustsApiGateway, type Statement } from './policies';
import { Evaluator, resourcesOf, type Located } from './template';
import { arnMatches, globMatches, known, sameText, startsWith, symbol, textOf, type Text } from './text';

/** A route, the integration that it is bound to, and the stages that it can be called on. */
export interface BoundRoute {
  readonly route: Located;
  readonly integration: Located;
  readonly routeKey: string;
  readonly protocol: 'HTTP' | 'WEBSOCKET';
  readonly apiId: Text;
  readonly stages: readonly Located[];
}

/** All routes of an app whose integration is in it. */
export function boundRoutes(app: Evaluator): BoundRoute[] {
  const stages = resourcesOf(app.app, 'AWS::ApiGatewayV2::Stage');
  const routes = resourcesOf(app.app, 'AWS::ApiGatewayV2::Route')
    .map((route) => ({ route, apiId: app.property(route, 'ApiId') ?? [], routeKey: known(app.property(route, 'RouteKey') ?? []) ?? '' }));
  const prefix = textOf('integrations/');
  return routes.flatMap(({ route, apiId, routeKey }) => {
    const target = app.property(route, 'Target') ?? [];
    const integration = startsWith(target, prefix) ? app.referenceOf(target.slice(prefix.length))?.resource : undefined;
    if (!integration) { return []; }
    const api = app.referenceOf(apiId)?.resource;
    const ofApi = (other: Located) => sameText(app.property(other, 'ApiId') ?? [], apiId);
    // The protocol of an imported API shows in its integrations: those of HTTP APIs name their payload format.
    const webSocket = api ? api.properties.ProtocolType === 'WEBSOCKET' : integration.properties.PayloadFormatVersion === undefined;
    return [{ route, integration, routeKey, apiId, protocol: webSocket ? 'WEBSOCKET' as const : 'HTTP' as const, stages: stages.filter(ofApi) }];
  });
}

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'ANY'];

/**
 * What follows the stage in the source ARN of a route: `METHOD/path` with the variables of the path as they are
 * written, or the route key of `$default` and of WebSocket APIs.
 *
 * A route of any method has to be permitted for each of them.
 */
export function sourcesOf({ protocol, routeKey }: Pick<BoundRoute, 'protocol' | 'routeKey'>): string[] {
  const [, method, path] = /^(\S+) (\/.*)$/.exec(routeKey) ?? [];
  if (protocol === 'WEBSOCKET' || path === undefined) { return [routeKey]; }
  return (method === 'ANY' ? METHODS : [method]).map((it) => `${it}${path}`);
}

/** A stage that the app does not define, which is permitted only if any stage is. */
const ANY_STAGE = symbol('any stage');

/**
 * The source ARNs that API Gateway may present when it invokes the function of a route.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export function sourceArns(app: Evaluator, bound: BoundRoute): Text[] {
  const { stack } = bound.route;
  const stages = bound.stages.map((stage) => app.property(stage, 'StageName') ?? ANY_STAGE);
  const pseudo = (name: string) => app.text(stack, { Ref: name });
  const start = [
    ...textOf('arn:'), ...pseudo('AWS::Partition'), ...textOf(':execute-api:'), ...pseudo('AWS::Region'), ':', ...pseudo('AWS::AccountId'), ':', ...bound.apiId, '/',
  ];
  return (stages.length === 0 ? [ANY_STAGE] : stages).flatMap((stage) => sourcesOf(bound).map((source) => [...start, ...stage, '/', ...textOf(source)]));
}

/** A function, version or alias that an integration invokes, or undefined for another target. */
export function invokedFunction(app: Evaluator, integration: Located): Text | undefined {
  const uri = app.property(integration, 'IntegrationUri');
  const { IntegrationType: type, IntegrationSubtype: subtype } = integration.properties;
  if (!uri || subtype !== undefined || (type !== 'AWS_PROXY' && type !== 'AWS')) { return undefined; }
  if (!uri.includes('/')) { return uri; }
  const text = uri.map((element) => element.length > 1 ? '\0' : element).join('');
  const [before] = /^.*:lambda:path\/2015-03-31\/functions\//.exec(text) ?? [];
  return before === undefined ? undefined : uri.slice(before.length, uri.length - '/invocations'.length);
}

/** One symbol or ARN for each function, whichever of its names is used. */
function functionName(app: Evaluator, name: Text): Text {
  const [head, ...qualifier] = name;
  const reference = app.referenceOf([head]);
  return reference?.resource.type === 'AWS::Lambda::Function'
    ? [`<${reference.resource.stack.id}/${reference.resource.logicalId}.Arn>`, ...qualifier] : name;
}

/** Whether a permission is on the function that is invoked; a variable of a stage may name any qualifier. */
function isOn(app: Evaluator, permission: Located, invoked: Text): boolean {
  const on = functionName(app, app.property(permission, 'FunctionName') ?? []);
  const variable = /:\$\{stageVariables\.[^}]*\}$/.exec(invoked.map((element) => element.length > 1 ? '\0' : element).join(''));
  if (!variable) { return sameText(on, functionName(app, invoked)); }
  const handler = functionName(app, invoked.slice(0, variable.index));
  const alias = app.referenceOf(on)?.resource;
  return alias?.type === 'AWS::Lambda::Alias' ? sameText(functionName(app, app.property(alias, 'FunctionName') ?? []), handler)
    : globMatches([...handler, ':', '*'], on);
}

/** Whether a permission lets API Gateway invoke a function, apart from where the call comes from. */
function permitsInvoke(app: Evaluator, permission: Located): boolean {
  return known(app.property(permission, 'Principal') ?? []) === 'apigateway.amazonaws.com'
    && ['lambda:InvokeFunction', 'lambda:*'].includes(known(app.property(permission, 'Action') ?? []) ?? '');
}

/** Whether API Gateway may invoke the function of a route, and what says so. */
export interface RouteVerdict {
  /** `unknown` where what decides is outside of the app: an imported function or role, or credentials of the caller. */
  readonly permitted: 'yes' | 'no' | 'unknown';
  /** The source ARNs that nothing permits. */
  readonly missing: readonly Text[];
  /** The permissions on the function that were looked at. */
  readonly permissions: readonly Located[];
  /** The statements of the role that were looked at. */
  readonly statements: readonly Statement[];
}

/**
 * Judges whether API Gateway may invoke the function of a route, by the permissions on the function or by the role of the
 * integration.
 *
 * Returns undefined for a route whose target is no function.
 */
export function routeIsPermitted(app: Evaluator, bound: BoundRoute): RouteVerdict | undefined {
  const invoked = invokedFunction(app, bound.integration);
  if (invoked === undefined) { return undefined; }
  const credentials = app.property(bound.integration, 'CredentialsArn');
  if (credentials) {
    const role = roleOf(app, credentials);
    const permitted = (role.resource === undefined || trustsApiGateway(role.resource))
      && allows(role.statements, 'lambda:InvokeFunction', functionName(app, invoked));
    return { permitted: permitted ? 'yes' : role.open ? 'unknown' : 'no', missing: [], permissions: [], statements: role.statements };
  }
  const permissions = resourcesOf(app.app, 'AWS::Lambda::Permission').filter((permission) => isOn(app, permission, invoked));
  const sources = permissions.filter((permission) => permitsInvoke(app, permission)).map((permission) => app.property(permission, 'SourceArn') ?? ['*']);
  const missing = sourceArns(app, bound).filter((arn) => !sources.some((source) => arnMatches(source, arn)));
  // Others may have permitted a function that is not in the app.
  const inApp = app.referenceOf(functionName(app, invoked.slice(0, 1))) !== undefined;
  return { permitted: missing.length === 0 ? 'yes' : inApp ? 'no' : 'unknown', missing, permissions, statements: [] };
}
