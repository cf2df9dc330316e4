import { Duration } from 'aws-cdk-lib';
import { judgeMapping, judgeValues, mappedPathVariables } from '../integrations/http-mapping';
import { functionName } from '../template/arns';
import { HTTP_KEY, invokedFunction, protocolOf, type BoundRoute, type Protocol } from '../permissions/routes';
import { groupBy, isIntrinsic, madeTogether, oncePerApp, type Evaluator, type Located } from '../template/evaluator';
import { known } from '../template/text';
import { descriptionLength, routeKeyMethod } from '../rules/api';
import { lambdaTimeout, payloadFormatVersion } from '../rules/lambda';
import { pathVariable, pathVariablesOf, responseStatusKey } from '../rules/mapping';
import { privateTargetArn, privateTargetEnvironment, tlsServerName } from '../rules/private-targets';
import { judge, type Finding } from '../rules/rule';
import { serviceCallRules } from '../rules/service-parameters';
import { httpUrl } from '../rules/targets';
import { isUnresolved } from '../rules/unresolved';
import { httpTimeout, MAX_HTTP_TIMEOUT, MAX_WEBSOCKET_TIMEOUT, webSocketTimeout } from '../rules/timeouts';
import {
  awsUri, defaultResponse, mockStatus, proxyResponses, requestParameter, responseKey, responseKeyTwice, responseNotReturned, routeKey, templateSize,
  vpcLinkVersion,
} from '../rules/websocket';

type Properties = { readonly [name: string]: unknown };

/** What the rules take for a value that is only known at deployment. */
const UNRESOLVED = '{{resolve:at-deployment}}';

/** Text as the rules take it: what is not text is only known at deployment. */
const text = (value: unknown): string => typeof value === 'string' ? value : UNRESOLVED;

/** The entries of a map of texts, or undefined for what is only known at deployment. */
function entriesOf(value: unknown): { readonly [key: string]: string } | undefined {
  if (isIntrinsic(value)) { return undefined; }
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.fromEntries(Object.entries(value).map(([key, it]) => [key, text(it)])) : {};
}

/** Judges a route by itself. */
export function judgeRoute({ route, routeKey: key, protocol }: BoundRoute, pathOf: (resource: Located) => string): Finding[] {
  return protocol ? judge({ route: pathOf(route), key: known(key) ?? UNRESOLVED }, protocol === 'HTTP' ? routeKeyMethod : routeKey) : [];
}

/** The routes that use an integration. */
export interface UsingRoutes {
  readonly routes: readonly BoundRoute[];
  /** Whether these are all, as far as the app tells: it does not where the target of a route is not understood. */
  readonly isComplete: boolean;
}

/** Judges an integration, with the routes that use it. */
export function judgeIntegration(app: Evaluator, integration: Located, using: UsingRoutes, pathOf: (resource: Located) => string): Finding[] {
  const protocol = using.routes.find((it) => it.protocol)?.protocol ?? protocolOf(app, integration);
  const { Description: description } = integration.properties;
  return [
    ...judge(description === undefined ? undefined : text(description), descriptionLength),
    ...protocol === 'HTTP' ? judgeHttp(app, integration, using) : [],
    ...protocol === 'WEBSOCKET' ? judgeWebSocket(app, integration, using) : [],
    ...protocol ? judgeFunction(app, integration, protocol, pathOf) : [],
  ];
}

function judgeHttp(app: Evaluator, integration: Located, { routes, isComplete }: UsingRoutes): Finding[] {
  const { properties } = integration;
  const subtype = typeof properties.IntegrationSubtype === 'string' ? properties.IntegrationSubtype : undefined;
  const parameters = entriesOf(properties.RequestParameters);
  const mappings = parameters ?? {};
  const uri = properties.IntegrationUri === undefined ? undefined : text(properties.IntegrationUri);
  const isPrivate = properties.ConnectionType === 'VPC_LINK';
  const paths = routes.map(({ routeKey: key }) => known(key) === undefined ? UNRESOLVED : HTTP_KEY.exec(key)?.[2]);
  const read = [
    ...mappedPathVariables(mappings),
    ...properties.IntegrationType === 'HTTP_PROXY' && !isPrivate && uri && !isUnresolved(uri) ? pathVariablesOf(uri).map((variable) => ({ variable, where: `The URL '${uri}'` })) : [],
  ];
  return [
    ...judgeTimeoutOf(properties, httpTimeout),
    ...subtype === undefined ? judgeMapping('request', mappings)
      : parameters ? [...judgeValues(parameters), ...judge({ subtype, parameters }, ...serviceCallRules)] : [],
    ...judgeResponseParameters(properties.ResponseParameters),
    ...routes.length === 0 || !isComplete ? [] : read.flatMap((it) => judge({ ...it, paths }, pathVariable)),
    ...properties.IntegrationType === 'HTTP_PROXY' && uri !== undefined ? isPrivate ? judgePrivate(app, integration, uri) : judge(uri, httpUrl) : [],
  ];
}

function judgeTimeoutOf({ TimeoutInMillis: timeout }: Properties, rule: typeof httpTimeout): Finding[] {
  return typeof timeout === 'number' && timeout >= 0 ? judge(Duration.millis(timeout), rule) : [];
}

function judgePrivate(app: Evaluator, integration: Located, uri: string): Finding[] {
  const { stack, properties } = integration;
  const listener = app.reference(stack, properties.IntegrationUri)?.resource;
  const { ServerNameToVerify: name } = (properties.TlsConfig ?? {}) as Properties;
  const api = { account: stack.account ?? text(undefined), region: stack.region ?? text(undefined) };
  return [
    ...judge(uri, privateTargetArn),
    ...judge({ arn: uri, api }, privateTargetEnvironment),
    ...listener?.type === 'AWS::ElasticLoadBalancingV2::Listener'
      ? judge({ protocol: String(listener.properties.Protocol), secureServerName: name === undefined ? undefined : text(name) }, tlsServerName) : [],
  ];
}

function judgeResponseParameters(parameters: unknown): Finding[] {
  if (typeof parameters !== 'object' || parameters === null || isIntrinsic(parameters)) { return []; }
  return Object.entries(parameters).flatMap(([status, it]) => {
    const list = (it as { ResponseParameters?: unknown } | null)?.ResponseParameters;
    const changes = (Array.isArray(list) ? list : []).filter((change): change is Properties => typeof change === 'object' && change !== null);
    const mappings = Object.fromEntries(changes.map(({ Destination, Source }) => [text(Destination), text(Source)]));
    return [...judge(status, responseStatusKey), ...judgeMapping('response', mappings, `responseParameterMapping.${status}`)];
  });
}

/** The parameter of a non-proxy integration that has a function called without waiting for it. */
const ASYNCHRONOUS = 'integration.request.header.X-Amz-Invocation-Type';

function judgeFunction(app: Evaluator, integration: Located, protocol: Protocol, pathOf: (resource: Located) => string): Finding[] {
  const invoked = invokedFunction(app, integration);
  if (!invoked) { return []; }
  const { properties } = integration;
  const handler = app.referenceOf(functionName(app, integration, invoked).handler)?.resource;
  const isFunction = handler?.type === 'AWS::Lambda::Function';
  const { TimeoutInMillis: timeout = protocol === 'HTTP' ? MAX_HTTP_TIMEOUT : MAX_WEBSOCKET_TIMEOUT, PayloadFormatVersion: version } = properties;
  // An asynchronous call does not wait for the function.
  const isAsynchronous = ASYNCHRONOUS in (entriesOf(properties.RequestParameters) ?? {});
  const seconds = isFunction && !isAsynchronous ? handler.properties.Timeout : undefined;
  return [
    ...protocol === 'HTTP' && version !== undefined ? judge(text(version), payloadFormatVersion) : [],
    ...typeof seconds === 'number' && typeof timeout === 'number'
      ? judge({ handler: pathOf(handler!), seconds, integrationMillis: timeout }, lambdaTimeout) : [],
  ];
}

const responsesByIntegration = oncePerApp((app) =>
  groupBy(app.ofType('AWS::ApiGatewayV2::IntegrationResponse'), (response) => app.property(response, 'IntegrationId')));

function judgeWebSocket(app: Evaluator, integration: Located, { routes, isComplete }: UsingRoutes): Finding[] {
  const { properties, stack } = integration;
  const type = String(properties.IntegrationType);
  const isProxy = type.endsWith('_PROXY');
  const templates = Object.entries(entriesOf(properties.RequestTemplates) ?? {});
  const parameters = Object.entries(entriesOf(properties.RequestParameters) ?? {});
  const uri = properties.IntegrationUri === undefined ? undefined : text(properties.IntegrationUri);
  const link = app.reference(stack, properties.ConnectionId)?.resource;
  const responses = responsesByIntegration(app).get(app.attribute(integration, 'Ref')) ?? [];
  const keyOf = (response: Located) => text(response.properties.IntegrationResponseKey);
  const keys = responses.map(keyOf);
  const returning = routes.map(({ route, routeKey: key }) => ({
    route: route.logicalId, key, returns: route.properties.RouteResponseSelectionExpression !== undefined,
  }));
  return [
    ...judgeTimeoutOf(properties, webSocketTimeout),
    ...templates.flatMap(([key, template]) => judge({ key, template }, templateSize)),
    ...type === 'MOCK' ? templates.flatMap(([key, template]) => judge({ key, template }, mockStatus)) : [],
    ...type.startsWith('HTTP') && uri !== undefined ? judge(uri, httpUrl) : [],
    ...type === 'AWS' && uri !== undefined ? judge(uri, awsUri) : [],
    ...parameters.flatMap(([destination, source]) => judge({ destination, source }, requestParameter)),
    ...link ? judge({ version2: link.type === 'AWS::ApiGatewayV2::VpcLink', link: link.logicalId }, vpcLinkVersion) : [],
    ...keys.flatMap((key) => judge(key, responseKey)),
    ...madeTogether(responses).flatMap((together) => judge(together.map(keyOf).filter((key) => key !== UNRESOLVED), responseKeyTwice)),
    ...isProxy ? judge(keys, proxyResponses) : [],
    ...isProxy || routes.length === 0 || !isComplete ? [] : judge({ keys, routes: returning }, responseNotReturned, defaultResponse),
  ];
}
