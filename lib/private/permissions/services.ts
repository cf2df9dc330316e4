import { arnOf, formatArn, spelled } from '../template/arns';
import { judgeRole, type RoleVerdict } from './policies';
import { oncePerApp, type Evaluator, type Located } from '../template/evaluator';
import { known, split, type Text } from '../template/text';

/** The one call that an integration makes to an AWS service. */
export interface ServiceCall {
  readonly integration: Located;
  /** The prefix of the service's actions. */
  readonly service: string;
  readonly action: string;
  /** The ARNs of the resources, each of which has to be allowed. Without any, the request says it. */
  readonly resources: readonly Text[];
}

const PREFIX: { readonly [service: string]: string | undefined } = {
  AppConfig: 'appconfig', EventBridge: 'events', Kinesis: 'kinesis', SQS: 'sqs', StepFunctions: 'states',
};

/** The calls of an app that go to a service with a role or with the credentials of the caller. */
const serviceCalls = oncePerApp((app) => app.ofType('AWS::ApiGatewayV2::Integration').flatMap((integration): ServiceCall[] => {
  const subtype = known(app.property(integration, 'IntegrationSubtype') ?? '');
  if (subtype) {
    const [name, action] = subtype.split('-');
    const service = PREFIX[name];
    // The permission that another service asks for is not known.
    return service === undefined ? [] : [{ integration, service, action: `${service}:${action}`, resources: targetsOf(app, integration, service) }];
  }
  // arn:PARTITION:apigateway:REGION:SERVICE:action/ACTION; the resource is said in the template of the request.
  const uri = app.property(integration, 'IntegrationUri') ?? '';
  const [,,,, service = '', path = ''] = split(uri, ':', 6);
  const [kind, action] = split(path, '/');
  if (integration.properties.IntegrationType !== 'AWS' || known(service) === undefined) { return []; }
  if (service === 'sqs' && kind === 'path') { return queueCalls(integration, uri); }
  return kind === 'action' && PERMITTED_BY_NAME[service]?.includes(action) ? [{ integration, service, action: `${service}:${action}`, resources: [] }] : [];
}));

/** Actions that the action of the same name in IAM permits, which is not so for all. */
const PERMITTED_BY_NAME: { readonly [service: string]: readonly string[] | undefined } = {
  dynamodb: ['PutItem', 'GetItem', 'UpdateItem', 'DeleteItem', 'Query', 'Scan', 'BatchGetItem', 'BatchWriteItem'],
  events: ['PutEvents'],
  kinesis: ['PutRecord', 'PutRecords'],
  sns: ['Publish'],
  sqs: ['SendMessage', 'ReceiveMessage', 'DeleteMessage', 'PurgeQueue'],
  states: ['StartExecution', 'StartSyncExecution', 'StopExecution', 'DescribeExecution'],
};

/** `sqs:path/ACCOUNT/NAME`: the action is that of the form that the request template writes. */
function queueCalls(integration: Located, uri: Text): ServiceCall[] {
  const [, partition, , region, , path] = split(uri, ':', 6);
  const [, account, name] = split(path, '/');
  const [, action] = /\bAction=([A-Za-z]+)/.exec(JSON.stringify(integration.properties.RequestTemplates ?? '')) ?? [];
  return PERMITTED_BY_NAME.sqs?.includes(action)
    ? [{ integration, service: 'sqs', action: `sqs:${action}`, resources: [`arn:${partition}:sqs:${region}:${account}:${name}`] }] : [];
}

/** The parameter that names the target of a service, and the ARN that a name in it stands for. */
const TARGETS: { readonly [service: string]: { readonly parameter: string; readonly otherwise?: string; readonly prefix: string } | undefined } = {
  events: { parameter: 'EventBusName', otherwise: 'default', prefix: 'event-bus/' },
  kinesis: { parameter: 'StreamName', prefix: 'stream/' },
  sqs: { parameter: 'QueueUrl', prefix: '' },
  states: { parameter: 'StateMachineArn', prefix: '' },
};

/** The ARNs of the resources that the parameters of a call name. */
function targetsOf(app: Evaluator, integration: Located, service: string): Text[] {
  const parameters = integration.properties.RequestParameters as { readonly [name: string]: unknown } | undefined;
  const parameter = (name: string) => parameters?.[name] === undefined ? undefined : app.text(integration.stack, parameters[name]);
  const arn = (rest: Text) => formatArn(app, integration, service, rest, parameter('Region'));
  if (service === 'appconfig') {
    const [application, environment, configuration] = ['Application', 'Environment', 'Configuration']
      .map((name) => parameter(name) ?? app.unknown(`${name} of the request`));
    const start = `application/${application}`;
    return [start, `${start}/environment/${environment}`, `${start}/configurationprofile/${configuration}`].map(arn);
  }
  const target = TARGETS[service];
  const value = target && (parameter(target.parameter) ?? target.otherwise);
  // The request says a value that starts with a dollar sign.
  if (!value || value.startsWith('$')) { return []; }
  const resource = app.referenceOf(value)?.resource;
  if (resource) { return [arnOf(app, resource) ?? value]; }
  if (value.startsWith('arn:')) { return [value]; }
  const [account, name] = value.split('/').slice(-2);
  return [service === 'sqs' && name !== undefined ? formatArn(app, integration, service, name, parameter('Region'), account) : arn(`${target.prefix}${value}`)];
}

/** Whether a role allows what an integration calls. */
export interface ServiceVerdict extends RoleVerdict {
  readonly call: ServiceCall;
  readonly credentials?: Text;
}

/** Judges whether the roles of integrations that call a service allow the call. */
export function judgeServiceCalls(app: Evaluator): ServiceVerdict[] {
  return serviceCalls(app).map((call) => {
    const credentials = app.property(call.integration, 'CredentialsArn');
    if (!credentials) { return { call, permitted: 'no', trusted: 'unknown', statements: [] }; }
    return { call, credentials, ...judgeRole(app, credentials, call.action, call.resources.map((it) => spelled(app, it))) };
  });
}
