import { boundRoutes, routeIsPermitted } from '../../../lib/private/permissions/routes';
import { judgeServiceCalls } from '../../../lib/private/permissions/services';
import {
  Evaluator,
  type DeployedTemplate,
  type Resource,
  type Template,
} from '../../../lib/private/template/evaluator';
import type { Verdict } from '../../../lib/private/template/verdict';

type Resources = Record<string, Resource>;
type Properties = Record<string, unknown>;

const HERE = { account: '111111111111', region: 'eu-west-1' };
const arnOf = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] });
const allow = (action: unknown, resource: unknown, more: Properties = {}) => ({
  Effect: 'Allow',
  Action: action,
  Resource: resource,
  ...more,
});
const deny = (action: unknown, resource: unknown, more: Properties = {}) => ({
  ...allow(action, resource, more),
  Effect: 'Deny',
});
const trust = (more: Properties = {}) => ({
  Effect: 'Allow',
  Principal: { Service: 'apigateway.amazonaws.com' },
  Action: 'sts:AssumeRole',
  ...more,
});
const document = (...statements: unknown[]) => ({ Version: '2012-10-17', Statement: statements });
const role = (policies: unknown[], properties: Properties = {}): Resource => ({
  Type: 'AWS::IAM::Role',
  Properties: {
    AssumeRolePolicyDocument: document(trust()),
    Policies: policies.map((statement, i) => ({ PolicyName: `p${i}`, PolicyDocument: document(statement) })),
    ...properties,
  },
});
const resource = (type: string, properties: Properties = {}, more: Partial<Resource> = {}): Resource => ({
  Type: type,
  Properties: properties,
  ...more,
});

/** An API with one route. */
const api = (integration: Properties): Resources => ({
  Api: resource('AWS::ApiGatewayV2::Api', { ProtocolType: 'HTTP' }),
  Stage: resource('AWS::ApiGatewayV2::Stage', { ApiId: { Ref: 'Api' }, StageName: 'prod' }),
  Integration: resource('AWS::ApiGatewayV2::Integration', {
    ApiId: { Ref: 'Api' },
    IntegrationType: 'AWS_PROXY',
    ...integration,
  }),
  Route: resource('AWS::ApiGatewayV2::Route', {
    ApiId: { Ref: 'Api' },
    RouteKey: 'GET /books',
    Target: { 'Fn::Sub': 'integrations/${Integration}' },
  }),
});

const appOf = (Resources: Resources, template: Template = {}, ...others: DeployedTemplate[]) =>
  new Evaluator([{ id: 'Stack', template: { ...template, Resources }, ...HERE }, ...others]);

const QUEUE_API = api({
  IntegrationSubtype: 'SQS-SendMessage',
  CredentialsArn: arnOf('Role'),
  RequestParameters: { QueueUrl: { Ref: 'Queue' }, MessageBody: '$request.body' },
});

/** Whether the role may send to the queue. */
function sends(resources: Resources, template?: Template): Verdict {
  const app = appOf(
    { ...QUEUE_API, Queue: resource('AWS::SQS::Queue', { QueueName: 'orders' }), ...resources },
    template,
  );
  return judgeServiceCalls(app)[0].permitted;
}

const SEND = allow('sqs:SendMessage', arnOf('Queue'));
const ELSE = allow('sqs:SendMessage', 'arn:aws:sqs:eu-west-1:111111111111:other');

describe('an identity policy', () => {
  const written = (PolicyDocument: unknown) => role([], { Policies: [{ PolicyName: 'p', PolicyDocument }] });

  test.each<[string, unknown, Verdict]>([
    ['that allows the call', SEND, 'yes'],
    ['of another queue', ELSE, 'no'],
    ['of a queue that is written out', allow('sqs:*', 'arn:aws:sqs:eu-west-1:111111111111:orders'), 'yes'],
    ['with a wildcard in place of several parts', allow('sqs:*', 'arn:aws:sqs:*:orders'), 'unknown'],
    ['with a wildcard that may reach over colons', allow('sqs:*', 'arn:aws:sqs:eu-*:orders'), 'unknown'],
    ['with an ARN of too few parts', allow('sqs:*', 'arn:aws:sqs'), 'yes'],
    ['with an ARN of too few parts of another service', allow('sqs:*', 'arn:aws:sns'), 'no'],
    ['with a variable', allow('sqs:*', 'arn:aws:sqs:eu-west-1:${aws:PrincipalAccount}:orders'), 'unknown'],
    [
      'with a variable in an ARN of another queue',
      allow('sqs:*', 'arn:aws:sqs:eu-west-1:${aws:PrincipalAccount}:other'),
      'no',
    ],
    [
      'with a variable in the ARN of a topic',
      allow('sqs:*', 'arn:aws:sns:eu-west-1:${aws:PrincipalAccount}:orders'),
      'no',
    ],
    ['that allows everything but something', { Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }, 'unknown'],
    [
      'that allows every resource but one',
      { Effect: 'Allow', Action: 'sqs:*', NotResource: 'arn:aws:sqs:*:*:x' },
      'unknown',
    ],
    ['with a condition', allow('sqs:*', '*', { Condition: { Bool: { 'aws:SecureTransport': true } } }), 'unknown'],
    ['that a macro writes', { 'Fn::Transform': { Name: 'AWS::Include' } }, 'unknown'],
    ['with actions that are split', allow({ 'Fn::Split': [',', 'sqs:SendMessage,sqs:ReceiveMessage'] }, '*'), 'yes'],
    [
      'with other actions that are split',
      allow({ 'Fn::Split': [',', 'sqs:DeleteMessage,sqs:ReceiveMessage'] }, '*'),
      'no',
    ],
  ])('%s', (_, statement, expected) => {
    expect(sends({ Role: role([statement]) })).toBe(expected);
  });

  test.each<[string, Resources, Verdict]>([
    ['without a document', { Role: written(undefined) }, 'no'],
    [
      'whose document a macro changes',
      { Role: written({ ...document(ELSE), 'Fn::Transform': { Name: 'AWS::Include' } }) },
      'unknown',
    ],
    ['whose document a condition chooses', { Role: written({ 'Fn::If': ['X', {}, document(SEND)] }) }, 'unknown'],
    ['whose document is text', { Role: written('{}') }, 'unknown'],
    ['that is denied', { Role: role([SEND, deny('sqs:*', '*')]) }, 'no'],
    [
      'that is denied under a condition',
      { Role: role([SEND, deny('sqs:*', '*', { Condition: { Bool: {} } })]) },
      'unknown',
    ],
    [
      'that is denied by a policy which is made on a condition',
      {
        Role: role([SEND]),
        Policy: resource(
          'AWS::IAM::Policy',
          { Roles: [{ Ref: 'Role' }], PolicyDocument: document(deny('*', '*')) },
          { Condition: 'IsDev' },
        ),
      },
      'unknown',
    ],
    [
      'of a managed policy of the app',
      {
        Role: role([], { ManagedPolicyArns: [{ Ref: 'Managed' }] }),
        Managed: resource('AWS::IAM::ManagedPolicy', { PolicyDocument: document(SEND) }),
      },
      'yes',
    ],
    [
      'of a managed policy of the app that allows something else',
      {
        Role: role([], { ManagedPolicyArns: [{ Ref: 'Managed' }] }),
        Managed: resource('AWS::IAM::ManagedPolicy', { PolicyDocument: document(ELSE) }),
      },
      'no',
    ],
    [
      'of a managed policy that is not in the app',
      { Role: role([ELSE], { ManagedPolicyArns: ['arn:aws:iam::aws:policy/AmazonSQSFullAccess'] }) },
      'unknown',
    ],
  ])('%s', (_, resources, expected) => {
    expect(sends(resources)).toBe(expected);
  });
});

describe('a permissions boundary', () => {
  const boundary = (statement: unknown): Resources => ({
    Role: role([SEND], { PermissionsBoundary: { Ref: 'Boundary' } }),
    Boundary: resource('AWS::IAM::ManagedPolicy', { PolicyDocument: document(statement) }),
  });

  test.each<[string, Resources, Verdict]>([
    ['with the action', boundary(allow('sqs:*', '*')), 'yes'],
    ['without the action', boundary(allow('s3:*', '*')), 'no'],
    ['that denies the action', boundary(deny('sqs:*', '*')), 'no'],
    [
      'that is not in the app',
      { Role: role([SEND], { PermissionsBoundary: 'arn:aws:iam::111111111111:policy/limits' }) },
      'unknown',
    ],
  ])('%s', (_, resources, expected) => {
    expect(sends(resources)).toBe(expected);
  });
});

describe('a trust policy', () => {
  const trusting = (...statements: unknown[]) => role([SEND], { AssumeRolePolicyDocument: document(...statements) });
  const withoutPrincipal = { Effect: 'Allow', Action: 'sts:AssumeRole' };

  test.each<[string, Resource, Verdict]>([
    ['of API Gateway', trusting(trust()), 'yes'],
    [
      'of several services',
      trusting(trust({ Principal: { Service: ['lambda.amazonaws.com', 'apigateway.amazonaws.com'] } })),
      'yes',
    ],
    ['of another service', trusting(trust({ Principal: { Service: 'lambda.amazonaws.com' } })), 'no'],
    [
      'of the service under another name',
      trusting(trust({ Principal: { Service: 'apigateway.eu-west-1.amazonaws.com' } })),
      'unknown',
    ],
    ['of anybody', trusting(trust({ Principal: '*' })), 'yes'],
    ['of any account', trusting(trust({ Principal: { AWS: '*' } })), 'yes'],
    ['of a principal that is text', trusting(trust({ Principal: 'apigateway.amazonaws.com' })), 'unknown'],
    ['of a principal of a condition', trusting(trust({ Principal: { 'Fn::If': ['X', '*', {}] } })), 'unknown'],
    ['of one account', trusting(trust({ Principal: { AWS: '111111111111' } })), 'no'],
    ['with an action that it leaves out', trusting({ ...trust(), Action: undefined, NotAction: 'iam:*' }), 'unknown'],
    [
      'with a principal that it leaves out',
      trusting({ ...withoutPrincipal, NotPrincipal: { AWS: '111111111111' } }),
      'unknown',
    ],
    ['with another action', trusting(trust({ Action: 'sts:TagSession' })), 'no'],
    [
      'with a condition',
      trusting(trust({ Condition: { StringEquals: { 'aws:SourceAccount': '111111111111' } } })),
      'unknown',
    ],
    ['that denies', trusting(trust(), trust({ Effect: 'Deny' })), 'no'],
    ['that denies any account', trusting(trust(), trust({ Effect: 'Deny', Principal: { AWS: '*' } })), 'no'],
    [
      'that denies another service',
      trusting(trust(), trust({ Effect: 'Deny', Principal: { Service: 'lambda.amazonaws.com' } })),
      'yes',
    ],
    [
      'that denies under a condition',
      trusting(trust(), trust({ Effect: 'Deny', Condition: { Bool: {} } })),
      'unknown',
    ],
    [
      'that denies all but something',
      trusting(trust(), { ...trust({ Effect: 'Deny' }), Action: undefined, NotAction: 'sts:TagSession' }),
      'unknown',
    ],
  ])('%s', (_, it, expected) => {
    expect(sends({ Role: it })).toBe(expected);
  });
});

describe('a policy of the target', () => {
  const queuePolicy = (statement: unknown, more: Partial<Resource> = {}, queue: unknown = { Ref: 'Queue' }) =>
    resource('AWS::SQS::QueuePolicy', { Queues: [queue], PolicyDocument: document(statement) }, more);
  const OTHER = resource('AWS::SQS::Queue');
  const ofRole = { Principal: { AWS: arnOf('Role') } };

  test.each<[string, unknown, Resources, Verdict]>([
    ['that names the role', ELSE, { Policy: queuePolicy(allow('sqs:*', '*', ofRole)) }, 'unknown'],
    [
      'that names the role in a list',
      ELSE,
      { Policy: queuePolicy(allow('sqs:*', '*', { Principal: { AWS: [arnOf('X'), arnOf('Role')] } })) },
      'unknown',
    ],
    [
      'that names the role by the property of an inline policy',
      ELSE,
      {
        Policy: resource('AWS::SQS::QueueInlinePolicy', {
          Queue: { Ref: 'Queue' },
          PolicyDocument: document(allow('sqs:*', '*', ofRole)),
        }),
      },
      'unknown',
    ],
    [
      'of another queue',
      ELSE,
      { Other: OTHER, Policy: queuePolicy(allow('sqs:*', '*', ofRole), {}, { Ref: 'Other' }) },
      'no',
    ],
    [
      'of a queue that is not understood',
      ELSE,
      { Policy: queuePolicy(allow('sqs:*', '*', ofRole), {}, 'https://sqs/1/orders') },
      'unknown',
    ],
    ['that names anybody', ELSE, { Policy: queuePolicy(allow('sqs:*', '*', { Principal: '*' })) }, 'unknown'],
    [
      'that names any account',
      ELSE,
      { Policy: queuePolicy(allow('sqs:*', '*', { Principal: { AWS: '*' } })) },
      'unknown',
    ],
    [
      'that names the account',
      ELSE,
      { Policy: queuePolicy(allow('sqs:*', '*', { Principal: { AWS: '111111111111' } })) },
      'unknown',
    ],
    [
      'that leaves out a principal',
      ELSE,
      { Policy: queuePolicy(allow('sqs:*', '*', { NotPrincipal: { AWS: '222222222222' } })) },
      'unknown',
    ],
    [
      'that names another role',
      ELSE,
      { Policy: queuePolicy(allow('sqs:*', '*', { Principal: { AWS: 'arn:aws:iam::111111111111:role/x' } })) },
      'no',
    ],
    [
      'that names a service',
      ELSE,
      { Policy: queuePolicy(allow('sqs:*', '*', { Principal: { Service: 'sns.amazonaws.com' } })) },
      'no',
    ],
    ['that allows another action', ELSE, { Policy: queuePolicy(allow('sqs:ReceiveMessage', '*', ofRole)) }, 'no'],
    ['that denies', SEND, { Policy: queuePolicy(deny('sqs:*', '*', { Principal: '*' })) }, 'no'],
    ['that denies the role', SEND, { Policy: queuePolicy(deny('sqs:SendMessage', arnOf('Queue'), ofRole)) }, 'no'],
    [
      'that denies another role',
      SEND,
      { Policy: queuePolicy(deny('sqs:*', '*', { Principal: { AWS: 'arn:aws:iam::111111111111:role/x' } })) },
      'yes',
    ],
    [
      'that denies under a condition',
      SEND,
      { Policy: queuePolicy(deny('sqs:*', '*', { Principal: '*', Condition: { Bool: {} } })) },
      'unknown',
    ],
    [
      'that denies and is made on a condition',
      SEND,
      { Policy: queuePolicy(deny('sqs:*', '*', { Principal: '*' }), { Condition: 'IsDev' }) },
      'unknown',
    ],
    [
      'that denies and is of another queue',
      SEND,
      { Other: OTHER, Policy: queuePolicy(deny('sqs:*', '*', { Principal: '*' }), {}, { Ref: 'Other' }) },
      'yes',
    ],
  ])('%s', (_, statement, resources, expected) => {
    expect(sends({ Role: role([statement]), ...resources })).toBe(expected);
  });

  /** Whether the role may make a call whose policy of the target names the role. */
  const calls = (subtype: string, parameters: Properties, resources: Resources) =>
    judgeServiceCalls(
      appOf({
        ...api({ IntegrationSubtype: subtype, CredentialsArn: arnOf('Role'), RequestParameters: parameters }),
        Role: role([ELSE]),
        ...resources,
      }),
    )[0].permitted;
  const BUS = resource('AWS::Events::EventBus', { Name: 'shop' });
  const busPolicy = (properties: Properties) =>
    resource('AWS::Events::EventBusPolicy', { EventBusName: { Ref: 'Bus' }, ...properties });

  test.each<[string, Resources, Verdict]>([
    ['a statement', { Policy: busPolicy({ Statement: allow('events:PutEvents', arnOf('Bus'), ofRole) }) }, 'unknown'],
    ['an action and a principal', { Policy: busPolicy({ Action: 'events:PutEvents', Principal: '*' }) }, 'unknown'],
    ['another action', { Policy: busPolicy({ Action: 'events:PutRule', Principal: '*' }) }, 'no'],
    ['no policy', {}, 'no'],
  ])('of a bus: %s', (_, resources, expected) => {
    expect(calls('EventBridge-PutEvents', { EventBusName: { Ref: 'Bus' } }, { Bus: BUS, ...resources })).toBe(
      expected,
    );
  });

  test('of a stream', () => {
    const policy = resource('AWS::Kinesis::ResourcePolicy', {
      ResourceArn: arnOf('Stream'),
      ResourcePolicy: document(allow('kinesis:PutRecord', arnOf('Stream'), ofRole)),
    });
    const stream = resource('AWS::Kinesis::Stream');
    expect(calls('Kinesis-PutRecord', { StreamName: { Ref: 'Stream' } }, { Stream: stream })).toBe('no');
    expect(calls('Kinesis-PutRecord', { StreamName: { Ref: 'Stream' } }, { Stream: stream, Policy: policy })).toBe(
      'unknown',
    );
  });

  test('of a topic, which the request names', () => {
    const publishes = (statement: unknown) =>
      judgeServiceCalls(
        appOf({
          ...api({
            IntegrationType: 'AWS',
            CredentialsArn: arnOf('Role'),
            IntegrationUri: 'arn:aws:apigateway:eu-west-1:sns:action/Publish',
          }),
          Role: role([ELSE]),
          Policy: resource('AWS::SNS::TopicPolicy', {
            Topics: [{ Ref: 'Topic' }],
            PolicyDocument: document(statement),
          }),
        }),
      )[0].permitted;
    expect(publishes(allow('sns:Publish', '*', ofRole))).toBe('unknown');
    expect(publishes(allow('sns:Subscribe', '*', ofRole))).toBe('no');
  });
});

describe('what the app does not show', () => {
  const custom = (properties: Properties) => resource('Custom::Grant', { ServiceToken: 'arn', ...properties });

  test.each<[string, Resources, Template, Verdict]>([
    ['a custom resource that gets the role', { Grant: custom({ Role: { 'Fn::Sub': 'x-${Role}' } }) }, {}, 'unknown'],
    [
      'a custom resource that gets another role',
      { Grant: custom({ Role: { Ref: 'Other' } }), Other: role([]) },
      {},
      'no',
    ],
    [
      'a nested template that is not in the app',
      { Nested: resource('AWS::CloudFormation::Stack', {}) },
      {},
      'unknown',
    ],
    ['a macro', {}, { Transform: 'Company::Policies' }, 'unknown'],
    ['a macro that permits nothing', {}, { Transform: 'AWS::LanguageExtensions' }, 'no'],
    ['a macro in the role', { Role: role([ELSE], { 'Fn::Transform': { Name: 'AWS::Include' } }) }, {}, 'unknown'],
  ])('%s', (_, resources, template, expected) => {
    expect(sends({ Role: role([ELSE]), ...resources }, template)).toBe(expected);
  });

  const subtype = (name: string) => appOf(api({ IntegrationSubtype: name, RequestParameters: {} }));

  test.each(['constructor-x', 'SQS-constructor', 'toString-toString'])(
    'a subtype that is named like a member of each object: %s',
    (name) => {
      expect(() => judgeServiceCalls(subtype(name))).not.toThrow();
    },
  );

  test('a service that is named like a member of each object', () => {
    const uri = 'arn:aws:apigateway:eu-west-1:constructor:action/PutItem';
    expect(judgeServiceCalls(appOf(api({ IntegrationType: 'AWS', IntegrationUri: uri })))).toEqual([]);
  });
});

const FUNCTION_API = api({ IntegrationUri: arnOf('Function'), PayloadFormatVersion: '2.0' });
const FUNCTION = resource('AWS::Lambda::Function', { FunctionName: 'shop' });
const permission = (properties: Properties = {}) =>
  resource('AWS::Lambda::Permission', {
    Action: 'lambda:InvokeFunction',
    FunctionName: { Ref: 'Function' },
    Principal: 'apigateway.amazonaws.com',
    ...properties,
  });

/** Whether API Gateway may invoke the function. */
function invokes(resources: Resources, template?: Template, ...others: DeployedTemplate[]): Verdict {
  const app = appOf({ ...FUNCTION_API, Function: FUNCTION, ...resources }, template, ...others);
  return routeIsPermitted(app, boundRoutes(app)[0])!.permitted;
}

describe('a permission on a function', () => {
  test.each<[string, Properties, Verdict]>([
    ['of API Gateway', {}, 'yes'],
    ['for the account of the API', { SourceAccount: '111111111111' }, 'yes'],
    ['for another account', { SourceAccount: '222222222222' }, 'no'],
    ['for an account that is a parameter', { SourceAccount: { Ref: 'Account' } }, 'unknown'],
    ['for an organization', { PrincipalOrgID: 'o-1' }, 'no'],
    [
      'for an organization, or not',
      { PrincipalOrgID: { 'Fn::If': ['X', 'o-1', { Ref: 'AWS::NoValue' }] } },
      'unknown',
    ],
    ['for calls of a function URL', { InvokedViaFunctionUrl: true }, 'no'],
    ['not for calls of a function URL', { InvokedViaFunctionUrl: false }, 'unknown'],
    ['for a function URL', { FunctionUrlAuthType: 'NONE' }, 'no'],
    ['for a skill', { EventSourceToken: 'amzn1.ask.skill.x' }, 'unknown'],
    ['of anybody', { Principal: '*' }, 'unknown'],
  ])('%s', (_, properties, expected) => {
    expect(invokes({ Permission: permission(properties) })).toBe(expected);
  });

  const shop = (condition?: string) =>
    resource('AWS::Lambda::Function', { FunctionName: 'shop' }, { Condition: condition });

  test('by the name of one of two functions that are made on conditions', () => {
    const resources = {
      Function: shop('IsProd'),
      Other: shop('IsDev'),
      Permission: permission({ FunctionName: 'shop' }),
    };
    expect(invokes(resources)).toBe('unknown');
  });

  test('by a name that another stack has as well', () => {
    const other: DeployedTemplate = { id: 'Other', template: { Resources: { Function: shop() } }, ...HERE };
    expect(invokes({ Permission: permission({ FunctionName: 'shop' }) }, {}, other)).toBe('yes');
  });
});

describe('a function that a role invokes', () => {
  const withRole = (statement: unknown, resources: Resources = {}): Resources => ({
    ...api({ IntegrationUri: arnOf('Function'), CredentialsArn: arnOf('Role') }),
    Role: role([statement]),
    ...resources,
  });

  test.each<[string, Resources, Verdict]>([
    ['that is allowed', withRole(allow('lambda:InvokeFunction', arnOf('Function'))), 'yes'],
    ['that is not allowed', withRole(ELSE), 'no'],
    ['that a permission names', withRole(ELSE, { Permission: permission({ Principal: arnOf('Role') }) }), 'unknown'],
    [
      'whose account a permission names',
      withRole(ELSE, { Permission: permission({ Principal: '111111111111' }) }),
      'unknown',
    ],
    ['with a permission of API Gateway', withRole(ELSE, { Permission: permission() }), 'no'],
    [
      'with a permission of the role on another function',
      withRole(ELSE, {
        Other: resource('AWS::Lambda::Function'),
        Permission: permission({ Principal: arnOf('Role'), FunctionName: { Ref: 'Other' } }),
      }),
      'no',
    ],
    [
      'with a wildcard in place of the account',
      withRole(allow('lambda:*', 'arn:aws:lambda:*:function:shop')),
      'unknown',
    ],
  ])('%s', (_, resources, expected) => {
    expect(invokes(resources)).toBe(expected);
  });
});

describe('a function without a permission', () => {
  const custom = (properties: Properties, type = 'Custom::Grant') => resource(type, properties);

  test.each<[string, Resources, Template, Verdict]>([
    ['and nothing else', {}, {}, 'no'],
    ['with a custom resource that gets it', { Grant: custom({ Name: { Ref: 'Function' } }) }, {}, 'unknown'],
    [
      'with a custom resource that gets its name',
      { Grant: custom({ Call: '{"FunctionName":"shop"}' }) },
      {},
      'unknown',
    ],
    [
      'with a custom resource that gets its ARN deep inside',
      { Grant: custom({ Calls: [{ 'Fn::If': ['X', { of: arnOf('Function') }, 'y'] }] }) },
      {},
      'unknown',
    ],
    [
      'with a custom resource that gets an alias',
      {
        Grant: custom({ Of: { Ref: 'Alias' } }),
        Alias: resource('AWS::Lambda::Alias', { FunctionName: { Ref: 'Function' }, Name: 'live' }),
      },
      {},
      'unknown',
    ],
    ['with a custom resource that calls it', { Grant: custom({ ServiceToken: arnOf('Function') }) }, {}, 'no'],
    ['with a custom resource that gets another one', { Grant: custom({ Name: { Ref: 'Api' } }) }, {}, 'no'],
    [
      'with a retention of its logs',
      { Logs: custom({ LogGroupName: { 'Fn::Sub': '/aws/lambda/${Function}' } }, 'Custom::LogRetention') },
      {},
      'no',
    ],
    [
      'with a resource of a type that AWS does not have',
      { Grant: custom({ Name: { Ref: 'Function' } }, 'Company::Api::Grant') },
      {},
      'unknown',
    ],
    [
      'with a nested template that is not in the app',
      { Nested: custom({ TemplateURL: 'x' }, 'AWS::CloudFormation::Stack') },
      {},
      'unknown',
    ],
    ['with a connector', { Connector: custom({}, 'AWS::Serverless::Connector') }, {}, 'unknown'],
    [
      'in a template with a macro',
      {},
      { Transform: ['AWS::LanguageExtensions', 'AWS::Serverless-2016-10-31'] },
      'unknown',
    ],
    ['in a template with a macro and its parameters', {}, { Transform: { Name: 'AWS::Include' } }, 'unknown'],
  ])('%s', (_, resources, template, expected) => {
    expect(invokes(resources, template)).toBe(expected);
  });

  const NESTED = {
    Nested: resource('AWS::CloudFormation::Stack', { Parameters: { Function: { Ref: 'Function' } } }),
  };
  const nested = (Resources: Resources): DeployedTemplate => ({
    id: 'Stack/Nested',
    template: { Resources, Parameters: { Function: {} } },
    parent: { id: 'Stack', logicalId: 'Nested' },
    ...HERE,
  });

  test('with a nested template that is in the app', () => {
    expect(invokes(NESTED, {}, nested({}))).toBe('no');
    expect(invokes(NESTED, {}, nested({ Permission: permission() }))).toBe('yes');
  });

  test('with a nested template of another stack that gets it', () => {
    const other = (parameters: Properties): DeployedTemplate => ({
      id: 'Other',
      template: { Resources: { Nested: resource('AWS::CloudFormation::Stack', { Parameters: parameters }) } },
      ...HERE,
    });
    expect(invokes({}, {}, other({ Name: 'shop' }))).toBe('unknown');
    expect(invokes({}, {}, other({ Name: 'another' }))).toBe('no');
  });
});
