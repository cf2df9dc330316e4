import { actionMatches, allows, isActionOf, roleOf, trustsApiGateway, type Statement } from './policies';
import { Evaluator, resourcesOf, type Located } from './template';
import { arnMatches, globMatches, known, sameText, split, textOf, type Text } from './text';

/** The one call that an integration makes to an AWS service. */
export interface ServiceCall {
  readonly integration: Located;
  /** The prefix of the service's actions. */
  readonly service: string;
  readonly action: string;
  /** Each of these has to be allowed. A `*` in them stands for what only the request says; without any, all is said there. */
  readonly resources: readonly Text[];
}

const PREFIX: { readonly [service: string]: string | undefined } = {
  AppConfig: 'appconfig', EventBridge: 'events', Kinesis: 'kinesis', SQS: 'sqs', StepFunctions: 'states',
};

/** The calls of an app that go to a service with a role or with the credentials of the caller. */
export function serviceCalls(app: Evaluator): ServiceCall[] {
  return resourcesOf(app.app, 'AWS::ApiGatewayV2::Integration').flatMap((integration) => {
    const subtype = known(app.property(integration, 'IntegrationSubtype') ?? []);
    if (subtype) {
      const [name, action] = subtype.split('-');
      const service = PREFIX[name] ?? name.toLowerCase();
      return [{ integration, service, action: `${service}:${action}`, resources: new Target(app, integration, service).resources() }];
    }
    // arn:PARTITION:apigateway:REGION:SERVICE:action/ACTION; the resource is said in the template of the request.
    const uri = app.property(integration, 'IntegrationUri') ?? [];
    const [service, path = []] = split(uri, ':', 6).slice(4);
    const [kind, action = []] = split(path, '/').map(known);
    const named = service && known(service);
    if (integration.properties.IntegrationType === 'AWS' && named === 'sqs' && kind === 'path') { return [queueCall(app, integration, uri)]; }
    return integration.properties.IntegrationType === 'AWS' && named && kind === 'action' && typeof action === 'string'
      ? [{ integration, service: named, action: `${named}:${action}`, resources: [] }] : [];
  });
}

/** `sqs:path/ACCOUNT/NAME`: the action is that of the form that the request template writes. */
function queueCall(app: Evaluator, integration: Located, uri: Text): ServiceCall {
  const [, partition, , region, , path] = split(uri, ':', 6);
  const [, account = [], name = []] = split(path, '/', 3);
  const [, action = 'SendMessage'] = /Action=([A-Za-z]+)/.exec(JSON.stringify(integration.properties.RequestTemplates ?? '')) ?? [];
  const queue = app.referenceOf(name)?.resource;
  const arn = queue ? [`<${queue.stack.id}/${queue.logicalId}.Arn>`]
    : [...textOf('arn:'), ...partition, ...textOf(':sqs:'), ...region, ':', ...account, ':', ...name];
  return { integration, service: 'sqs', action: `sqs:${action}`, resources: [arn] };
}

/** Attributes that are the ARN of a resource, where `Ref` is not. */
const ARN_OF: { readonly [type: string]: string | undefined } = {
  'AWS::SQS::Queue': 'Arn', 'AWS::Kinesis::Stream': 'Arn', 'AWS::Events::EventBus': 'Arn',
};

/** The resources that the parameters of a call name. */
class Target {
  constructor(private readonly app: Evaluator, private readonly integration: Located, private readonly service: string) {}

  public resources(): Text[] {
    switch (this.service) {
      case 'sqs': return this.named('QueueUrl', (url) => {
        const [account, name] = split(url, '/').slice(-2);
        return [...account, ':', ...name];
      });
      case 'kinesis': return this.named('StreamName', (name) => [...this.account(), ...textOf(':stream/'), ...name]);
      case 'events': return this.named('EventBusName', (name) => [...this.account(), ...textOf(':event-bus/'), ...name], 'default');
      case 'states': return this.parameter('StateMachineArn') ? this.named('StateMachineArn', (arn) => arn) : [];
      case 'appconfig': {
        const [application, environment, configuration] = ['Application', 'Environment', 'Configuration'].map((name) => this.parameter(name) ?? textOf('*'));
        const start = [...this.account(), ...textOf(':application/'), ...application];
        return [start, [...start, ...textOf('/environment/'), ...environment], [...start, ...textOf('/configurationprofile/'), ...configuration]]
          .map((resource) => this.arn(resource));
      }
      default: return [];
    }
  }

  private parameter(name: string): Text | undefined {
    const value = (this.integration.properties.RequestParameters as Record<string, unknown> | undefined)?.[name];
    return value === undefined ? undefined : this.app.text(this.integration.stack, value);
  }

  /** The ARN of what a parameter names: that of a resource of the app, or one that is put together. */
  private named(name: string, rest: (value: Text) => Text, otherwise?: string): Text[] {
    const value = this.parameter(name) ?? (otherwise === undefined ? undefined : textOf(otherwise));
    // The request says it.
    if (!value || value[0] === '$') { return []; }
    const { resource, attribute } = this.app.referenceOf(value) ?? {};
    const arn = resource && attribute === 'Ref' ? ARN_OF[resource.type] : undefined;
    if (arn) { return [[`<${resource!.stack.id}/${resource!.logicalId}.${arn}>`]]; }
    const isArn = resource !== undefined || known(value.slice(0, 4)) === 'arn:';
    return [isArn ? value : this.arn(rest(value))];
  }

  private account(): Text {
    return this.app.text(this.integration.stack, { Ref: 'AWS::AccountId' });
  }

  private arn(accountAndResource: Text): Text {
    const pseudo = (name: string) => this.app.text(this.integration.stack, { Ref: name });
    return [...textOf('arn:'), ...pseudo('AWS::Partition'), ...textOf(`:${this.service}:`), ...this.parameter('Region') ?? pseudo('AWS::Region'), ':', ...accountAndResource];
  }
}

/** Whether a role allows what an integration calls, and what it allows beyond that. */
export interface ServiceVerdict {
  readonly call: ServiceCall;
  /** `unknown` where the role is outside of the app, or it is the caller's. */
  readonly permitted: 'yes' | 'no' | 'unknown';
  /** Statements about the service that allow more than the integrations with this role call. */
  readonly excess: readonly Statement[];
  /** The statements that were looked at. */
  readonly statements: readonly Statement[];
}

/** Judges whether the roles of integrations that call a service allow the call, and nothing else of that service. */
export function judgeServiceCalls(app: Evaluator): ServiceVerdict[] {
  const calls = serviceCalls(app).map((call) => ({ call, credentials: app.property(call.integration, 'CredentialsArn') }));
  return calls.map(({ call, credentials }) => {
    if (!credentials) { return { call, permitted: 'no', excess: [], statements: [] }; }
    const role = roleOf(app, credentials);
    const resources = call.resources.length === 0 ? [undefined] : call.resources;
    const permitted = (role.resource === undefined || trustsApiGateway(role.resource))
      && resources.every((resource) => allows(role.statements, call.action, resource));
    const withRole = calls.filter((other) => other.credentials && sameText(other.credentials, credentials)).map((other) => other.call);
    return {
      call,
      permitted: permitted ? 'yes' : role.open ? 'unknown' : 'no',
      excess: role.statements.filter((statement) => statement.allow && exceeds(statement, call.service, withRole)),
      statements: role.statements,
    };
  });
}

/** Whether a statement allows anything of a service that none of the calls needs. */
function exceeds({ actions, resources }: Statement, service: string, calls: readonly ServiceCall[]): boolean {
  return actions.filter((action) => isActionOf(service, action)).some((action) => {
    const text = known(action);
    const needed = text === undefined || /[*?]/.test(text) ? [] : calls.filter((call) => actionMatches(action, call.action));
    return needed.length === 0 || !resources.every((resource) => needed.some((call) => call.resources.length === 0
      ? !globMatches(resource, textOf('*')) : call.resources.some((target) => arnMatches(target, resource))));
  });
}
