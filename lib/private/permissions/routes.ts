import { formatArn, functionName, spelled, type FunctionName } from '../template/arns';
import { actionMatches, judgeRole, type RoleVerdict } from './policies';
import { groupBy, oncePerApp, oncePerKey, type Evaluator, type Located } from '../template/evaluator';
import { arnMatches, hasUnknown, sameText, type Text } from '../template/text';
import { all, every, some, type Verdict } from '../template/verdict';

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

/** All routes of an app whose integration is in it. */
export const boundRoutes = oncePerApp((app): readonly BoundRoute[] => {
  const stagesByApi = groupBy(app.ofType('AWS::ApiGatewayV2::Stage'), (stage) => app.property(stage, 'ApiId'));
  return app.ofType('AWS::ApiGatewayV2::Route').flatMap((route): BoundRoute[] => {
    const [, id = ''] = /^integrations\/(.*)$/.exec(app.property(route, 'Target') ?? '') ?? [];
    const integration = app.referenceOf(id)?.resource;
    if (!integration) { return []; }
    const apiId = app.property(route, 'ApiId') ?? '';
    const routeKey = app.property(route, 'RouteKey') ?? '';
    return [{ route, integration, routeKey, apiId, protocol: protocolOf(app, integration, routeKey), stages: stagesByApi.get(apiId) ?? [] }];
  });
});

/** The protocol of the API of an integration; that of an API which is not in the app shows in its routes and integrations. */
export function protocolOf(app: Evaluator, { stack, properties }: Located, routeKey = ''): Protocol | undefined {
  const api = app.reference(stack, properties.ApiId)?.resource;
  if (api) {
    const protocol = app.property(api, 'ProtocolType');
    return protocol === 'HTTP' || protocol === 'WEBSOCKET' ? protocol : undefined;
  }
  if (HTTP_KEY.test(routeKey) || (properties.PayloadFormatVersion ?? properties.IntegrationSubtype) !== undefined) { return 'HTTP'; }
  return routeKey === '$connect' || routeKey === '$disconnect' || ['AWS', 'HTTP', 'MOCK'].includes(String(properties.IntegrationType)) ? 'WEBSOCKET' : undefined;
}

/** The method and the path of a route of an HTTP API. */
export const HTTP_KEY = /^(\S+) (\/.*)$/;

/** Whether API Gateway presents ANY for a route of any method is not documented. */
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'ANY'];

/**
 * What follows the stage in the source ARN of a route: `METHOD/path` with the variables of the path as they are
 * written, or the route key of `$default` and of WebSocket APIs.
 *
 * A route of any method has one for each of them.
 */
function sourcesOf({ protocol, routeKey }: BoundRoute): Text[] {
  const [, method, path] = HTTP_KEY.exec(routeKey) ?? [];
  if (protocol === 'WEBSOCKET' || path === undefined) { return [routeKey]; }
  return (method === 'ANY' ? METHODS : [method]).map((it) => `${it}${path}`);
}

/**
 * The source ARNs that API Gateway may present when it invokes the function of a route, stage by stage.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export function sourceArns(app: Evaluator, bound: BoundRoute): Text[][] {
  const start = formatArn(app, bound.route, 'execute-api', bound.apiId);
  const anyStage = app.unknown('any stage');
  const stages = bound.stages.length === 0 ? [anyStage] : bound.stages.map((stage) => app.property(stage, 'StageName') ?? anyStage);
  return stages.map((stage) => sourcesOf(bound).map((source) => `${start}/${stage}/${source}`));
}

/** A variable of a stage, which may have another value in each. */
const STAGE_VARIABLE = /\$\{stageVariables\.[^}]*\}/g;

/** A function, version or alias that an integration invokes, or undefined for another target. */
export function invokedFunction(app: Evaluator, integration: Located): Text | undefined {
  const uri = app.property(integration, 'IntegrationUri')?.replace(STAGE_VARIABLE, (variable) => app.unknown(variable));
  const { IntegrationType: type, IntegrationSubtype: subtype } = integration.properties;
  if (!uri || subtype !== undefined || (type !== 'AWS_PROXY' && type !== 'AWS')) { return undefined; }
  return uri.includes('/') ? /:lambda:path\/2015-03-31\/functions\/(.*)\/invocations$/.exec(uri)?.[1] : uri;
}

/** A permission on a function, read once. */
export interface Permission extends FunctionName {
  readonly resource: Located;
  readonly source?: Text;
  /** Whether it lets API Gateway invoke the function or the version that is called, apart from where the call comes from. */
  readonly invokes: Verdict;
}

/** Whether a principal of a permission is API Gateway. Whether any principal includes a service is not documented. */
const isApiGateway = (principal: Text) => principal === '*' ? 'unknown' : sameText(principal, 'apigateway.amazonaws.com');

/** The permissions on each function. */
export const permissionsByFunction = oncePerApp((app) => groupBy(app.ofType('AWS::Lambda::Permission').map((resource): Permission => ({
  resource,
  ...functionName(app, resource, app.property(resource, 'FunctionName') ?? ''),
  source: app.property(resource, 'SourceArn'),
  invokes: all(
    isApiGateway(app.property(resource, 'Principal') ?? ''),
    actionMatches(app.property(resource, 'Action') ?? '', 'lambda:InvokeFunction'),
  ),
})), ({ handler }) => handler));

const keyOf = ({ handler, qualifier }: FunctionName) => `${handler}:${qualifier}`;

/** The permissions on a function; one on another version or alias of it does not let API Gateway invoke what is invoked. */
const permissionsFor = oncePerKey(keyOf, (app, { handler, qualifier }): readonly Permission[] => {
  // What is only known at deployment, such as a variable of a stage, may name any version or alias.
  const isOn = (other: Text) => !hasUnknown(qualifier) ? sameText(other, qualifier) : other === '' ? 'no' : 'yes';
  return (permissionsByFunction(app).get(handler) ?? []).map((it) => ({ ...it, invokes: all(it.invokes, isOn(it.qualifier)) }));
});

/** Whether there are permissions of which the app does not tell the function. */
const hasPermissionsOfUnknownFunctions = oncePerApp((app) =>
  app.ofType('AWS::Lambda::ResourcePolicy').length > 0 || [...permissionsByFunction(app).keys()].some(hasUnknown));

/** Whether API Gateway may invoke the function of a route, and what says so. */
export interface RouteVerdict extends RoleVerdict {
  readonly invoked: FunctionName;
  /** The source ARNs that nothing permits. */
  readonly missing: readonly Text[];
  /** The permissions on the function that were looked at. */
  readonly permissions: readonly Permission[];
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
  const name = functionName(app, bound.integration, invoked);
  const { handler, qualifier } = name;
  const credentials = app.property(bound.integration, 'CredentialsArn');
  if (credentials) {
    const arn = spelled(app, qualifier === '' ? handler : `${handler}:${qualifier}`);
    return { invoked: name, missing: [], permissions: [], ...judgeRole(app, credentials, 'lambda:InvokeFunction', [arn]) };
  }
  const permissions = permissionsFor(app, name);
  const judgeArn = (arn: Text) => some(permissions, ({ invokes, source }) => all(invokes, source === undefined ? 'yes' : arnMatches(source, arn)));
  const stages = sourceArns(app, bound).map((arns) => arns.map((arn) => ({ arn, permitted: judgeArn(arn) })));
  // A route of any method may be meant for those that are permitted.
  const permitted = every(stages, (arns) => arns.some((it) => it.permitted !== 'no') && arns.some((it) => it.permitted !== 'yes') ? 'unknown' : arns[0].permitted);
  const isClosed = app.referenceOf(handler)?.resource.type === 'AWS::Lambda::Function' && !hasPermissionsOfUnknownFunctions(app);
  return {
    invoked: name,
    permitted: permitted === 'no' && !isClosed ? 'unknown' : permitted,
    missing: stages.flat().filter((it) => it.permitted === 'no').map(({ arn }) => arn),
    permissions,
    trusted: 'unknown',
    statements: [],
  };
}
