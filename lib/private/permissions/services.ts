import { serviceOfName, serviceOfPrefix } from '../facts/services';
import { arnOf, formatArn } from '../template/arns';
import { judgeRole, type RoleVerdict } from './roles';
import { oncePerApp, ownValue, type Evaluator, type Located } from '../template/evaluator';
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

function isPermittedByName(service: string, action: string): boolean {
  return serviceOfPrefix(service)?.actions.includes(action) ?? false;
}

/** The calls of an app that go to a service with a role or with the credentials of the caller. */
const serviceCalls = oncePerApp((app) => app.ofType('AWS::ApiGatewayV2::Integration')
  .flatMap((integration) => callOf(app, integration) ?? []));

function callOf(app: Evaluator, integration: Located): ServiceCall | undefined {
  const subtype = known(app.property(integration, 'IntegrationSubtype') ?? '');
  return subtype ? callOfSubtype(app, integration, subtype) : callOfUri(app, integration);
}

function callOfSubtype(app: Evaluator, integration: Located, subtype: string): ServiceCall | undefined {
  const [name, action] = subtype.split('-');
  const service = serviceOfName(name)?.prefix;
  // The permission that another service asks for is not known.
  if (service === undefined) { return undefined; }
  return { integration, service, action: `${service}:${action}`, resources: targetsOf(app, integration, service) };
}

/** `arn:PARTITION:apigateway:REGION:SERVICE:action/ACTION`: the template of the request says the resource. */
function callOfUri(app: Evaluator, integration: Located): ServiceCall | undefined {
  const uri = app.property(integration, 'IntegrationUri') ?? '';
  const [,,,, service = '', path = ''] = split(uri, ':', 6);
  const [kind, action] = split(path, '/');
  if (integration.properties.IntegrationType !== 'AWS' || known(service) === undefined) { return undefined; }
  if (service === 'sqs' && kind === 'path') { return callOfQueue(integration, uri); }
  const isKnown = kind === 'action' && isPermittedByName(service, action);
  return isKnown ? { integration, service, action: `${service}:${action}`, resources: [] } : undefined;
}

/** `sqs:path/ACCOUNT/NAME`: the action is that of the form that the request template writes. */
function callOfQueue(integration: Located, uri: Text): ServiceCall | undefined {
  const [, partition, , region, , path] = split(uri, ':', 6);
  const [, account, name] = split(path, '/');
  const templates = JSON.stringify(integration.properties.RequestTemplates ?? '');
  const action = /\bAction=([A-Za-z]+)/.exec(templates)?.[1] ?? '';
  if (!isPermittedByName('sqs', action)) { return undefined; }
  const queue = `arn:${partition}:sqs:${region}:${account}:${name}`;
  return { integration, service: 'sqs', action: `sqs:${action}`, resources: [queue] };
}

/** The ARNs of the resources that the parameters of a call name; none where the request names them. */
function targetsOf(app: Evaluator, integration: Located, service: string): Text[] {
  const parameter = (name: string) => {
    const value = ownValue(integration.properties.RequestParameters, name);
    return value === undefined ? undefined : app.text(integration.stack, value);
  };
  const arn = (rest: Text, account?: Text) => formatArn(app, integration, service, rest, parameter('Region'), account);
  if (service === 'appconfig') {
    const [application, environment, configuration] = ['Application', 'Environment', 'Configuration']
      .map((name) => parameter(name) ?? app.unknown(`${name} of the request`));
    const start = `application/${application}`;
    return [start, `${start}/environment/${environment}`, `${start}/configurationprofile/${configuration}`]
      .map((rest) => arn(rest));
  }
  const { target, arn: format } = serviceOfPrefix(service) ?? {};
  const value = target && (parameter(target.parameter) ?? target.otherwise);
  // The request says a value that starts with a dollar sign.
  if (!value || value.startsWith('$')) { return []; }
  const resource = app.referenceOf(value)?.resource;
  if (resource) { return [arnOf(app, resource) ?? value]; }
  if (value.startsWith('arn:')) { return [value]; }
  const [account, name] = value.split('/').slice(-2);
  return [service === 'sqs' && name !== undefined ? arn(name, account) : arn(`${format?.prefix ?? ''}${value}`)];
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
    return { call, credentials, ...judgeRole(app, credentials, call.action, call.resources) };
  });
}
