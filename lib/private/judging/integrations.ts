import {
  boundRoutes, invokedFunction, permissionsByFunction, protocolOf, type BoundRoute,
} from '../permissions/routes';
import type {
  Handler, Integration, IntegrationResponse, IntegrationUse, Reached, UsingRoute,
} from '../shapes/integration';
import { entriesOf, flagOf, isGiven, mapOf, numberOf, textOf, UNKNOWN, type Json } from '../shapes/values';
import { functionName } from '../template/arns';
import { groupBy, madeTogether, oncePerApp, type Located } from '../template/evaluator';
import { known, symbolsOf, type Text } from '../template/text';
import { admissionOf } from './admission';
import { instancesOf } from './cloud-map';
import { hostOf } from './hosts';
import { referredOf } from './references';
import { fasterVersionOf } from './versions';
import {
  environmentOf, gatewayResources, hasUnclear, jsonOfTemplate, jsonOfText, propertiesOf, referredResource, subject,
  type Subject, type View,
} from './view';

/** Returns the resources of a type by one of their properties, for each app. */
const grouped = (type: string, property: string) => oncePerApp((app) =>
  groupBy(app.ofType(type), (resource) => app.property(resource, property) ?? ''));

const responsesByIntegration = grouped('AWS::ApiGatewayV2::IntegrationResponse', 'IntegrationId');

const routeResponsesByRoute = grouped('AWS::ApiGatewayV2::RouteResponse', 'RouteId');

const stagesByApi = grouped('AWS::ApiGatewayV2::Stage', 'ApiId');

type RouteResponses = Pick<UsingRoute, 'responses' | 'mayHaveOtherResponses'>;

/** How many responses a route has, and whether it may have others. */
export function routeResponsesOf({ app }: View, route: Located): RouteResponses {
  const byRoute = routeResponsesByRoute(app);
  if (byRoute.size === 0) { return { responses: 0, mayHaveOtherResponses: false }; }
  const own = byRoute.get(app.attribute(route, 'Ref')) ?? [];
  return { responses: own.length, mayHaveOtherResponses: hasUnclear(byRoute) };
}

function responsesOf({ app }: View, integration: Located): readonly Located[] {
  const byIntegration = responsesByIntegration(app);
  return byIntegration.size === 0 ? [] : byIntegration.get(app.attribute(integration, 'Ref')) ?? [];
}

/** Integrations, their use and their responses. */
export function integrationSubjects(view: View): Subject[] {
  const { app } = view;
  const bound = boundRoutes(app);
  const routesOf = groupBy(bound, ({ integration }) => integration);
  // The target of a route that is not understood may be any integration of the API.
  const understood = new Set(bound.map(({ route }) => route));
  const notUnderstood = gatewayResources(view, 'Route').filter((route) => !understood.has(route));
  const unclear = new Set(notUnderstood.map((route) => app.property(route, 'ApiId')));
  return gatewayResources(view, 'Integration').flatMap((resource) => {
    const routes = routesOf.get(resource) ?? [];
    const integration = integrationOf(view, resource, routes);
    const responses = responsesOf(view, resource);
    return [
      ...integration ? [
        subject('integration', resource, integration),
        subject('integration-use', resource, useOf(view, resource, integration, routes, {
          mayHaveOtherRoutes: unclear.has(app.property(resource, 'ApiId')), responses,
        })),
      ] : [],
      ...responses.map((response) => subject('integration-response', response, responseOf(view, response))),
      ...madeTogether(responses).flatMap((together) => twinsOf(view, resource, together)),
    ];
  });
}

/** An integration, unless the protocol of its API is not known. */
function integrationOf(view: View, resource: Located, routes: readonly BoundRoute[]): Integration | undefined {
  const protocol = routes.find((it) => it.protocol)?.protocol ?? protocolOf(view.app, resource);
  if (!protocol) { return undefined; }
  const properties = propertiesOf(view, resource);
  return {
    protocol,
    isProtocolInferred: referredResource(view, resource, resource.properties.ApiId) === undefined,
    properties,
    names: view.namesOf(resource),
    environment: environmentOf(resource),
    reached: reachedBy(view, resource, properties),
  };
}

interface Around { readonly mayHaveOtherRoutes: boolean; readonly responses: readonly Located[] }

function useOf(
  view: View, resource: Located, integration: Integration, routes: readonly BoundRoute[], around: Around,
): IntegrationUse {
  const { app } = view;
  return {
    integration,
    routes: routes.map(({ route, routeKey }) => ({
      path: view.pathOf(route),
      key: known(routeKey),
      selects: route.properties.RouteResponseSelectionExpression !== undefined,
      ...routeResponsesOf(view, route),
    })),
    mayHaveOtherRoutes: around.mayHaveOtherRoutes,
    responses: around.responses.map((response) => responseOf(view, response)),
    mayHaveOtherResponses: hasUnclear(responsesByIntegration(app)),
    stageVariables: stageVariablesOf(view, app.property(resource, 'ApiId') ?? ''),
  };
}

function responseOf(view: View, response: Located): IntegrationResponse {
  return { properties: propertiesOf(view, response), names: view.namesOf(response) };
}

function twinsOf(view: View, integration: Located, responses: readonly Located[]): Subject[] {
  const byKey = groupBy(responses, (response) => textOf(propertiesOf(view, response).IntegrationResponseKey));
  return [...byKey].flatMap(([key, twins]) => key === undefined || twins.length < 2 ? []
    : [subject('twins', integration, { of: 'integration response', key, paths: twins.map(view.pathOf) })]);
}

/** The variables of each stage of an API, if all of them are known. */
function stageVariablesOf(view: View, apiId: Text): string[][] | undefined {
  const stages = stagesByApi(view.app);
  if (hasUnclear(stages) || !view.app.referenceOf(apiId)) { return undefined; }
  const maps = (stages.get(apiId) ?? []).map((stage) => mapOf(propertiesOf(view, stage).StageVariables ?? {}));
  return maps.every((map) => map !== undefined) ? maps.map((map) => Object.keys(map!)) : undefined;
}

/** What is known of what an integration reaches. */
function reachedBy(view: View, resource: Located, properties: Integration['properties']): Reached {
  const target = referredResource(view, resource, resource.properties.IntegrationUri);
  const named = namedTargets(view, resource, properties);
  const queue = named.find(({ type }) => type === 'AWS::SQS::Queue');
  const topic = named.find(({ type }) => type === 'AWS::SNS::Topic');
  const stateMachine = named.find(({ type }) => type === 'AWS::StepFunctions::StateMachine');
  const isPrivate = properties.ConnectionType === 'VPC_LINK';
  const listener = target?.type === 'AWS::ElasticLoadBalancingV2::Listener' ? target : undefined;
  return {
    handler: handlerOf(view, resource, properties),
    queue: queue ? queueOf(view, queue) : queueOfUrl(properties),
    topic: topic && { fifo: flagOf(propertiesOf(view, topic).FifoTopic) ?? false },
    stateMachine: stateMachine && stateMachineOf(view, stateMachine),
    listener: listener && { protocol: textOf(propertiesOf(view, listener).Protocol) },
    instances: target?.type === 'AWS::ServiceDiscovery::Service' ? () => instancesOf(view, target) : undefined,
    vpcLink: vpcLinkOf(view, resource),
    target: referredOf(view, resource, 'IntegrationUri'),
    connection: referredOf(view, resource, 'ConnectionId'),
    ...hostOf(view, resource),
    admission: isPrivate ? admissionOf(view, resource) : undefined,
  };
}

/** The resources that the parameters, the templates and the URI of a call of a service name. */
function namedTargets({ app }: View, resource: Located, properties: Integration['properties']): Located[] {
  const { RequestParameters, RequestTemplates, IntegrationUri } = resource.properties;
  const type = properties.IntegrationType;
  if (type === 'HTTP_PROXY' || type === 'HTTP' || type === 'MOCK') { return []; }
  const uris = type === 'AWS' ? [IntegrationUri] : [];
  const values = [...valuesOf(RequestParameters), ...valuesOf(RequestTemplates), ...uris];
  const texts = values.filter((value) => value !== undefined).map((value) => app.text(resource.stack, value));
  return texts.flatMap(symbolsOf).flatMap((symbol) => app.referenceOf(symbol)?.resource ?? []);
}

function valuesOf(map: unknown): unknown[] {
  return typeof map === 'object' && map !== null ? Object.values(map) : [];
}

function queueOf(view: View, queue: Located): Reached['queue'] {
  const { FifoQueue: fifo, ContentBasedDeduplication: deduplicates } = propertiesOf(view, queue);
  if (isGiven(fifo) && flagOf(fifo) === undefined) { return undefined; }
  return { fifo: flagOf(fifo) ?? false, deduplicates: isGiven(deduplicates) ? flagOf(deduplicates) : false };
}

/** What the URL of a queue that is not in the app tells: the name of a FIFO queue ends like that. */
function queueOfUrl({ RequestParameters: parameters }: Integration['properties']): Reached['queue'] {
  return textOf(mapOf(parameters)?.QueueUrl)?.endsWith('.fifo') ? { fifo: true } : undefined;
}

function stateMachineOf(view: View, stateMachine: Located): Reached['stateMachine'] {
  const type = textOf(propertiesOf(view, stateMachine).StateMachineType ?? 'STANDARD');
  return type === undefined ? undefined : { express: type === 'EXPRESS' };
}

/** The versions of API Gateway that a VPC link may be of. */
const VERSIONS = new Map<string, 1 | 2>([['AWS::ApiGateway::VpcLink', 1], ['AWS::ApiGatewayV2::VpcLink', 2]]);

function vpcLinkOf(view: View, resource: Located): Reached['vpcLink'] {
  const link = referredResource(view, resource, resource.properties.ConnectionId);
  const version = link && VERSIONS.get(link.type);
  return version && { version, path: () => view.pathOf(link) };
}

/** The parameter of a non-proxy integration that has a function called without waiting for it. */
const ASYNCHRONOUS = 'integration.request.header.X-Amz-Invocation-Type';

function handlerOf(view: View, resource: Located, properties: Integration['properties']): Handler | undefined {
  const { app } = view;
  const invoked = invokedFunction(app, resource);
  if (!invoked) { return undefined; }
  const name = functionName(app, resource, invoked);
  const { handler } = name;
  const made = app.referenceOf(handler)?.resource;
  const isMadeHere = made?.type === 'AWS::Lambda::Function';
  const permissions = permissionsByFunction(app).get(handler) ?? [];
  return {
    path: () => app.show(handler, view.pathOf),
    seconds: isMadeHere ? numberOf(jsonOfTemplate(app, made.stack, made.value('Timeout') ?? null)) : undefined,
    faster: fasterVersionOf(view, name),
    isAwaited: !entriesOf(properties.RequestParameters).some(([name]) => name === ASYNCHRONOUS),
    region: isMadeHere ? made.stack.region ?? UNKNOWN : regionOfArn(handler),
    isPermittedHere: permissions.some((permission) => permission.resource.stack.region === resource.stack.region),
  };
}

function regionOfArn(arn: Text): Json {
  const [prefix, , , region] = arn.split(':');
  return prefix === 'arn' && region ? jsonOfText(region) : UNKNOWN;
}
