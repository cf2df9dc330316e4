import { invokedFunction } from '../../permissions/routes';
import type { ServiceVerdict } from '../../permissions/services';
import { functionName } from '../../template/arns';
import type { Evaluator, Located } from '../../template/evaluator';
import { known, split, type Text } from '../../template/text';
import type { TargetKind } from './model';
import { readable, resourcesIn } from './names';

/** What an integration calls. */
export interface Target {
  readonly kind: TargetKind;
  /** The resource, if it is in the app. */
  readonly resource?: Located;
  /** The URL, the ARN or the name of what is not in the app. */
  readonly name: string;
  readonly detail?: string;
}

type PathOf = (resource: Located) => string;

const KINDS: { readonly [type: string]: TargetKind | undefined } = {
  'AWS::AppConfig::Application': 'configuration',
  'AWS::DynamoDB::GlobalTable': 'table',
  'AWS::DynamoDB::Table': 'table',
  'AWS::ElasticLoadBalancingV2::LoadBalancer': 'load balancer',
  'AWS::Events::EventBus': 'event bus',
  'AWS::Kinesis::Stream': 'stream',
  'AWS::Lambda::Function': 'function',
  'AWS::SNS::Topic': 'topic',
  'AWS::SQS::Queue': 'queue',
  'AWS::ServiceDiscovery::Service': 'Cloud Map service',
  'AWS::StepFunctions::StateMachine': 'state machine',
};

/** The kinds of targets by the service in the URI of an integration. */
const KIND_OF_SERVICE: { readonly [service: string]: TargetKind | undefined } = {
  dynamodb: 'table',
  events: 'event bus',
  kinesis: 'stream',
  sns: 'topic',
  sqs: 'queue',
  states: 'state machine',
};

/** The parameter that names the target, by the service in the name of a subtype. */
const PARAMETERS: {
  readonly [service: string]:
    | { readonly kind: TargetKind; readonly name: string; readonly otherwise?: string }
    | undefined;
} = {
  AppConfig: { kind: 'configuration', name: 'Application' },
  EventBridge: { kind: 'event bus', name: 'EventBusName', otherwise: 'default' },
  Kinesis: { kind: 'stream', name: 'StreamName' },
  SQS: { kind: 'queue', name: 'QueueUrl' },
  StepFunctions: { kind: 'state machine', name: 'StateMachineArn' },
};

/** Finds what an integration calls, with what the permission model knows of its call to a service. */
export function targetOf(
  app: Evaluator,
  integration: Located,
  call: ServiceVerdict | undefined,
  pathOf: PathOf,
): Target {
  const type = String(integration.properties.IntegrationType ?? '');
  if (type === 'MOCK') { return { kind: 'API Gateway itself', name: 'API Gateway itself' }; }
  return (
    functionTarget(app, integration, pathOf)
    ?? subtypeTarget(app, integration, pathOf)
    ?? privateTarget(app, integration, pathOf)
    ?? serviceTarget(app, integration, call, pathOf)
    ?? urlTarget(app, integration, pathOf)
  );
}

function functionTarget(app: Evaluator, integration: Located, pathOf: PathOf): Target | undefined {
  const invoked = invokedFunction(app, integration);
  if (invoked === undefined) { return undefined; }
  const { handler, qualifier } = functionName(app, integration, invoked);
  const resource = app.referenceOf(handler)?.resource;
  const detail = qualifier === '' ? undefined : `version or alias ${readable(app, qualifier, pathOf)}`;
  return { kind: 'function', resource, name: readable(app, handler, pathOf), detail };
}

/** The target of a first-class integration, which its parameters name. */
function subtypeTarget(app: Evaluator, integration: Located, pathOf: PathOf): Target | undefined {
  const subtype = app.property(integration, 'IntegrationSubtype');
  if (subtype === undefined) { return undefined; }
  const [service] = split(known(subtype) ?? '', '-');
  const parameter = PARAMETERS[service];
  if (!parameter) { return { kind: 'AWS service', name: readable(app, subtype, pathOf) }; }
  const value = parameterOf(app, integration, parameter.name) ?? parameter.otherwise;
  if (value === undefined) { return { kind: parameter.kind, name: `not said: there is no ${parameter.name}` }; }
  // API Gateway takes such a value from the request.
  if (value.startsWith('$')) { return { kind: parameter.kind, name: value }; }
  return named(app, parameter.kind, value, pathOf);
}

function parameterOf(app: Evaluator, integration: Located, name: string): Text | undefined {
  const parameters = integration.properties.RequestParameters;
  const value =
    typeof parameters === 'object' && parameters !== null ? (parameters as Record<string, unknown>)[name] : undefined;
  return value === undefined ? undefined : app.text(integration.stack, value);
}

/** A target by a text that names it: the one resource of its kind that the text refers to, or the text. */
function named(app: Evaluator, kind: TargetKind, value: Text, pathOf: PathOf): Target {
  const resource = onlyOne(resourcesIn(app, value).filter((it) => KINDS[it.type] === kind));
  return { kind, resource, name: resource ? pathOf(resource) : readable(app, value, pathOf) };
}

const onlyOne = <T>(elements: readonly T[]): T | undefined => (elements.length === 1 ? elements[0] : undefined);

/** The load balancer or the Cloud Map service behind a VPC link. */
function privateTarget(app: Evaluator, integration: Located, pathOf: PathOf): Target | undefined {
  const uri = app.property(integration, 'IntegrationUri');
  if (uri === undefined || integration.properties.ConnectionType !== 'VPC_LINK' || /^https?:/.test(uri)) {
    return undefined;
  }
  const resource = app.referenceOf(uri)?.resource;
  if (resource?.type === 'AWS::ElasticLoadBalancingV2::Listener') { return balancerTarget(app, resource, pathOf); }
  const name = readable(app, uri, pathOf);
  const kind = KINDS[resource?.type ?? ''] ?? kindOfArn(uri);
  return { kind, resource, name };
}

function kindOfArn(arn: Text): TargetKind {
  if (arn.includes(':servicediscovery:')) { return 'Cloud Map service'; }
  return arn.includes(':elasticloadbalancing:') ? 'load balancer' : 'not known';
}

function balancerTarget(app: Evaluator, listener: Located, pathOf: PathOf): Target {
  const arn = app.property(listener, 'LoadBalancerArn');
  const balancer = arn === undefined ? undefined : app.referenceOf(arn)?.resource;
  const port = app.property(listener, 'Port');
  const detail = port === undefined ? undefined : `port ${readable(app, port, pathOf)}`;
  return { kind: 'load balancer', resource: balancer ?? listener, name: pathOf(balancer ?? listener), detail };
}

/** The target of an integration of type AWS: what its URI, its templates or the statements of its role name. */
function serviceTarget(
  app: Evaluator,
  integration: Located,
  call: ServiceVerdict | undefined,
  pathOf: PathOf,
): Target | undefined {
  const uri = app.property(integration, 'IntegrationUri') ?? '';
  const [, , gateway, , service = '', path = ''] = split(uri, ':', 6);
  if (gateway !== 'apigateway') { return undefined; }
  const [operation, action] = split(path, '/');
  const kind = KIND_OF_SERVICE[service] ?? 'AWS service';
  const detail = call?.call.action.split(':')[1] ?? (operation === 'action' ? action : undefined);
  const texts = [uri, ...textsIn(app, integration, integration.properties.RequestTemplates), ...allowedResources(call)];
  for (const text of texts) {
    const target = named(app, kind, text, pathOf);
    if (target.resource) { return { ...target, detail }; }
  }
  const name =
    operation === 'path'
      ? readable(app, path.slice('path/'.length), pathOf)
      : `${service} ${readable(app, path, pathOf)}`;
  return { kind, name, detail };
}

/** The values of a map, as text. */
function textsIn(app: Evaluator, { stack }: Located, map: unknown): Text[] {
  return typeof map === 'object' && map !== null ? Object.values(map).map((value) => app.text(stack, value)) : [];
}

function allowedResources(call: ServiceVerdict | undefined): readonly Text[] {
  return call
    ? [...call.call.resources, ...call.statements.filter(({ allow }) => allow).flatMap(({ resources }) => resources)]
    : [];
}

function urlTarget(app: Evaluator, integration: Located, pathOf: PathOf): Target {
  const uri = app.property(integration, 'IntegrationUri');
  const method = app.property(integration, 'IntegrationMethod');
  const detail = method === undefined ? undefined : `method ${readable(app, method, pathOf)}`;
  if (uri === undefined) { return { kind: 'not known', name: 'not said: there is no IntegrationUri' }; }
  const isUrl = String(integration.properties.IntegrationType).startsWith('HTTP');
  return {
    kind: isUrl ? 'URL' : 'not known',
    resource: app.referenceOf(uri)?.resource,
    name: readable(app, uri, pathOf),
    detail,
  };
}
