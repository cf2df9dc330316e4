import { compileFunction } from 'vm';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { WebSocketApi, type WebSocketRouteIntegration } from 'aws-cdk-lib/aws-apigatewayv2';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kinesis from 'aws-cdk-lib/aws-kinesis';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import {
  WebSocketDynamoDbAction,
  WebSocketDynamoDbIntegration,
  WebSocketEventBridgeIntegration,
  WebSocketIntegrationResponseKey,
  WebSocketKinesisIntegration,
  WebSocketSnsIntegration,
  WebSocketSqsIntegration,
  WebSocketStepFunctionsAction,
  WebSocketStepFunctionsIntegration,
  type WebSocketServiceIntegrationOptions,
} from 'cdk-apigatewayv2-integrations';
import { Construct } from 'constructs';
import { HOSTILE_BODIES, renderTemplate } from './vtl';
import { readmeSnippets } from '../bindings/readme';
import { errorOf, newStack, propertiesOf, warningsOf } from '../util';

const HERE = { account: '111111111111', region: 'eu-west-1' };
const ITEM = { $default: '{"TableName":"t","Item":{"id":{"S":"$context.requestId"}}}' };

const machine = (scope: Construct, express = false) =>
  new sfn.StateMachine(scope, 'Machine', {
    definitionBody: sfn.DefinitionBody.fromChainable(new sfn.Pass(scope, 'Pass')),
    stateMachineType: express ? sfn.StateMachineType.EXPRESS : sfn.StateMachineType.STANDARD,
  });

interface Service {
  readonly create: (
    scope: Construct,
    props?: WebSocketServiceIntegrationOptions,
  ) => WebSocketRouteIntegration & { readonly role: iam.IRole };
  readonly uri: string;
  readonly action: string;
  readonly resource: string;
  /** What reaches the service for a body of a message. */
  readonly sent?: (request: string) => unknown;
}

const form = (request: string) => Object.fromEntries(new URLSearchParams(request));

const SERVICES: Record<string, Service> = {
  SQS: {
    create: (scope, props) =>
      new WebSocketSqsIntegration('Service', new sqs.Queue(scope, 'Target', { queueName: 'target' }), props),
    uri: 'sqs:path/111111111111/',
    action: 'sqs:SendMessage',
    resource: 'AWS::SQS::Queue',
    sent: (request) => form(request).MessageBody,
  },
  SNS: {
    create: (scope, props) => new WebSocketSnsIntegration('Service', new sns.Topic(scope, 'Target'), props),
    uri: 'sns:action/Publish',
    action: 'sns:Publish',
    resource: 'AWS::SNS::Topic',
    sent: (request) => form(request).Message,
  },
  EventBridge: {
    create: (scope, props) =>
      new WebSocketEventBridgeIntegration('Service', new events.EventBus(scope, 'Target'), props),
    uri: 'events:action/PutEvents',
    action: 'events:PutEvents',
    resource: 'AWS::Events::EventBus',
    sent: (request) => (JSON.parse(request) as { Entries: { Detail: string }[] }).Entries[0].Detail,
  },
  Kinesis: {
    create: (scope, props) =>
      new WebSocketKinesisIntegration(
        'Service',
        new kinesis.Stream(scope, 'Target', {
          encryption: kinesis.StreamEncryption.UNENCRYPTED,
        }),
        props,
      ),
    uri: 'kinesis:action/PutRecord',
    action: 'kinesis:PutRecord',
    resource: 'AWS::Kinesis::Stream',
    sent: (request) => Buffer.from((JSON.parse(request) as { Data: string }).Data, 'base64').toString(),
  },
  StepFunctions: {
    create: (scope, props) => new WebSocketStepFunctionsIntegration('Service', machine(scope), props),
    uri: 'states:action/StartExecution',
    action: 'states:StartExecution',
    resource: 'AWS::StepFunctions::StateMachine',
    sent: (request) => (JSON.parse(request) as { input: string }).input,
  },
  DynamoDB: {
    create: (scope, props) =>
      new WebSocketDynamoDbIntegration(
        'Service',
        new dynamodb.Table(scope, 'Target', {
          partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING },
        }),
        { requestTemplates: ITEM, ...props },
      ),
    uri: 'dynamodb:action/PutItem',
    action: 'dynamodb:PutItem',
    resource: 'AWS::DynamoDB::Table',
  },
};

function route(scope: Construct, integration: WebSocketRouteIntegration): void {
  new WebSocketApi(scope, 'Api').addRoute('send', { integration });
}

/** Joins what CloudFormation joins; references become their names. */
function text(value: unknown): string {
  if (typeof value === 'string') {
    return value;
  }
  const {
    'Fn::Join': join,
    'Fn::GetAtt': attribute,
    Ref,
  } = value as {
    'Fn::Join'?: [string, unknown[]];
    'Fn::GetAtt'?: string[];
    'Ref'?: string;
  };
  return join ? join[1].map(text).join(join[0]) : (attribute?.join('.') ?? Ref!);
}

/** The statements of the policy of the role that is made. */
function statements(stack: Stack): unknown[] {
  return propertiesOf(stack, 'AWS::IAM::Policy')
    .filter(({ PolicyName }) => (PolicyName as string).includes('InvokeRole'))
    .flatMap(({ PolicyDocument }) => (PolicyDocument as { Statement: unknown[] }).Statement);
}

test.each([
  ['SQS', 'application/x-www-form-urlencoded'],
  ['SNS', 'application/x-www-form-urlencoded'],
  ['StepFunctions', 'application/x-amz-json-1.0'],
  ['DynamoDB', 'application/x-amz-json-1.0'],
  ['EventBridge', 'application/x-amz-json-1.1'],
  ['Kinesis', 'application/x-amz-json-1.1'],
])('%s is sent the content type of its protocol, %s', (name, type) => {
  const stack = newStack('Stack', HERE);
  route(stack, SERVICES[name].create(stack));
  const [{ RequestParameters }] = propertiesOf(stack, 'AWS::ApiGatewayV2::Integration');
  expect(RequestParameters).toMatchObject({ 'integration.request.header.Content-Type': `'${type}'` });
});

describe.each(Object.entries(SERVICES))('%s', (_, { create, uri, action, resource, sent }) => {
  test('is called with a role that may do the one action on the target', () => {
    const stack = newStack('Stack', HERE);
    const integration = create(stack);
    expect(errorOf(() => integration.role)).toMatch(/'role' was read before.*\[rule integration-not-bound\]/);
    route(stack, integration);
    const [properties] = propertiesOf(stack, 'AWS::ApiGatewayV2::Integration');
    expect(properties).toMatchObject({
      IntegrationType: 'AWS',
      IntegrationMethod: 'POST',
      TemplateSelectionExpression: '\\$default',
    });
    expect(text(properties.IntegrationUri)).toMatch(`arn:AWS::Partition:apigateway:eu-west-1:${uri}`);
    expect(properties.CredentialsArn).toEqual(stack.resolve(integration.role.roleArn));
    const [target] = Object.keys(Template.fromStack(stack).findResources(resource));
    expect(statements(stack)).toEqual([{ Effect: 'Allow', Action: action, Resource: expect.anything() }]);
    expect(JSON.stringify(statements(stack))).toContain(target);
    expect(
      propertiesOf(stack, 'AWS::IAM::Role').map(({ AssumeRolePolicyDocument }) => AssumeRolePolicyDocument),
    ).toContainEqual(
      expect.objectContaining({
        Statement: [{ Action: 'sts:AssumeRole', Effect: 'Allow', Principal: { Service: 'apigateway.amazonaws.com' } }],
      }),
    );
    expect(warningsOf(stack)).toEqual([]);
  });

  test('takes a role, templates, parameters and responses of the user', () => {
    const stack = newStack('Stack', HERE);
    const role = new iam.Role(stack, 'Mine', { assumedBy: new iam.ServicePrincipal('apigateway.amazonaws.com') });
    const integration = create(stack, {
      role,
      requestTemplates: { a: 'b' },
      templateSelectionExpression: '${request.body.kind}',
      timeout: undefined,
      description: 'D',
      requestParameters: {
        'integration.request.header.Content-Type': '\'text/plain\'',
        'integration.request.header.X-A': 'context.connectionId',
      },
      integrationResponses: [{ integrationResponseKey: WebSocketIntegrationResponseKey.DEFAULT }],
    });
    new WebSocketApi(stack, 'Api').addRoute('send', { integration, returnResponse: true });
    expect(propertiesOf(stack, 'AWS::ApiGatewayV2::Integration')[0]).toMatchObject({
      RequestTemplates: { a: 'b' },
      TemplateSelectionExpression: '${request.body.kind}',
      Description: 'D',
      CredentialsArn: stack.resolve(role.roleArn),
      RequestParameters: {
        'integration.request.header.Content-Type': '\'text/plain\'',
        'integration.request.header.X-A': 'context.connectionId',
      },
    });
    expect(JSON.stringify(propertiesOf(stack, 'AWS::IAM::Policy'))).toContain(action);
    expect(propertiesOf(stack, 'AWS::ApiGatewayV2::IntegrationResponse')).toHaveLength(1);
    expect(integration.role).toBe(role);
  });

  test('is called in its region, from an API in another', () => {
    const app = new App();
    const targets = new Stack(app, 'Targets', { env: { ...HERE, region: 'us-east-1' }, crossRegionReferences: true });
    const apis = new Stack(app, 'Apis', { env: HERE, crossRegionReferences: true });
    route(apis, create(targets));
    expect(text(propertiesOf(apis, 'AWS::ApiGatewayV2::Integration')[0].IntegrationUri)).toMatch(
      `arn:AWS::Partition:apigateway:us-east-1:${uri}`,
    );
  });

  if (sent) {
    test.each(HOSTILE_BODIES)('receives the body %j as it was sent', (body) => {
      const stack = newStack('Stack', HERE);
      route(stack, create(stack));
      const { $default } = propertiesOf(stack, 'AWS::ApiGatewayV2::Integration')[0].RequestTemplates as {
        $default: unknown;
      };
      expect(sent(renderTemplate(text($default), body))).toBe(body);
    });
  }
});

test.each([
  [
    'SQS',
    (stack: Stack, key: kms.Key) =>
      new WebSocketSqsIntegration(
        'Service',
        new sqs.Queue(stack, 'Target', {
          encryptionMasterKey: key,
        }),
      ),
    ['kms:GenerateDataKey', 'kms:Decrypt'],
  ],
  [
    'SNS',
    (stack: Stack, key: kms.Key) =>
      new WebSocketSnsIntegration(
        'Service',
        new sns.Topic(stack, 'Target', {
          masterKey: key,
        }),
      ),
    ['kms:GenerateDataKey', 'kms:Decrypt'],
  ],
  [
    'Kinesis',
    (stack: Stack, key: kms.Key) =>
      new WebSocketKinesisIntegration('Service', new kinesis.Stream(stack, 'Target', { encryptionKey: key })),
    'kms:GenerateDataKey',
  ],
  [
    'DynamoDB',
    (stack: Stack, key: kms.Key) =>
      new WebSocketDynamoDbIntegration(
        'Service',
        new dynamodb.Table(stack, 'Target', {
          partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING },
          encryptionKey: key,
        }),
        { action: WebSocketDynamoDbAction.GET_ITEM, requestTemplates: ITEM },
      ),
    ['kms:Decrypt', 'kms:DescribeKey'],
  ],
])('the key of %s is granted for exactly the call', (_, create, actions) => {
  const stack = newStack();
  const key = new kms.Key(stack, 'Key');
  route(stack, create(stack, key));
  expect(statements(stack)[1]).toEqual({ Effect: 'Allow', Action: actions, Resource: stack.resolve(key.keyArn) });
  expect(statements(stack)).toHaveLength(2);
});

describe('Step Functions', () => {
  const action = (which: WebSocketStepFunctionsAction, express: boolean) => {
    const stack = newStack();
    route(stack, new WebSocketStepFunctionsIntegration('Service', machine(stack, express), { action: which }));
    return stack;
  };

  test('starts an EXPRESS execution and waits for it', () => {
    const stack = action(WebSocketStepFunctionsAction.START_SYNC_EXECUTION, true);
    expect(statements(stack)).toEqual([
      {
        Effect: 'Allow',
        Action: 'states:StartSyncExecution',
        Resource: { Ref: expect.stringMatching(/^Machine/) },
      },
    ]);
  });

  test.each([
    [
      WebSocketStepFunctionsAction.START_SYNC_EXECUTION,
      [
        {
          Effect: 'Allow',
          Action: 'kms:Decrypt',
          Resource: { 'Fn::GetAtt': [expect.stringMatching(/^Key/), 'Arn'] },
        },
      ],
    ],
    [WebSocketStepFunctionsAction.START_EXECUTION, []],
  ])('%s may decrypt with the key of the machine only where the caller has to', (which, granted) => {
    const stack = newStack();
    const stateMachine = new sfn.StateMachine(stack, 'Machine', {
      definitionBody: sfn.DefinitionBody.fromChainable(new sfn.Pass(stack, 'Pass')),
      stateMachineType: sfn.StateMachineType.EXPRESS,
      encryptionConfiguration: new sfn.CustomerManagedEncryptionConfiguration(new kms.Key(stack, 'Key')),
    });
    route(stack, new WebSocketStepFunctionsIntegration('Service', stateMachine, { action: which }));
    expect(statements(stack).slice(1)).toEqual(granted);
  });

  test('stops the execution that the message names', () => {
    const stack = action(WebSocketStepFunctionsAction.STOP_EXECUTION, false);
    const [{ Resource }] = statements(stack) as { Resource: unknown }[];
    expect(text(Resource)).toMatch(/:states:.*:execution:Machine.*\.Name:\*$/);
    const { $default } = propertiesOf(stack, 'AWS::ApiGatewayV2::Integration')[0].RequestTemplates as {
      $default: string;
    };
    for (const executionArn of HOSTILE_BODIES) {
      expect(JSON.parse(renderTemplate($default, JSON.stringify({ executionArn })))).toEqual({ executionArn });
    }
  });

  test.each([
    [WebSocketStepFunctionsAction.START_SYNC_EXECUTION, false],
    [WebSocketStepFunctionsAction.STOP_EXECUTION, true],
  ])('fails on %s where EXPRESS is %p', (which, express) => {
    expect(errorOf(() => action(which, express))).toContain('[rule state-machine-type]');
  });
});

describe('DynamoDB', () => {
  const table = (stack: Stack) =>
    new dynamodb.Table(stack, 'Table', {
      partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING },
    });

  test.each(Object.values(WebSocketDynamoDbAction))('does %s, and nothing else', (action) => {
    const stack = newStack();
    route(stack, new WebSocketDynamoDbIntegration('Service', table(stack), { action, requestTemplates: ITEM }));
    expect(statements(stack)).toEqual([
      {
        Effect: 'Allow',
        Action: `dynamodb:${action}`,
        Resource: { 'Fn::GetAtt': [expect.stringMatching(/^Table/), 'Arn'] },
      },
    ]);
    expect(text(propertiesOf(stack, 'AWS::ApiGatewayV2::Integration')[0].IntegrationUri)).toMatch(
      new RegExp(`:dynamodb:action/${action}$`),
    );
  });

  test('queries an index, and not the table', () => {
    const stack = newStack();
    route(
      stack,
      new WebSocketDynamoDbIntegration('Service', table(stack), {
        action: WebSocketDynamoDbAction.QUERY,
        indexName: 'by-date',
        requestTemplates: ITEM,
      }),
    );
    expect(text((statements(stack)[0] as { Resource: unknown }).Resource)).toMatch(/\.Arn\/index\/by-date$/);
  });

  test('fails without a request template', () => {
    const stack = newStack();
    expect(errorOf(() => route(stack, new WebSocketDynamoDbIntegration('Service', table(stack))))).toContain(
      '[rule websocket-dynamodb-template]',
    );
  });
});

test.each(HOSTILE_BODIES)('the template of the README for DynamoDB stores the body %j as it was sent', (body) => {
  const stack = newStack();
  const partitionKey = { name: 'id', type: dynamodb.AttributeType.STRING };
  const table = new dynamodb.Table(stack, 'Table', { partitionKey });
  const webSocketApi = new WebSocketApi(stack, 'Api');
  const queue = new sqs.Queue(stack, 'Queue');
  const names = { webSocketApi, queue, table, WebSocketDynamoDbIntegration, WebSocketSqsIntegration };
  const snippet = readmeSnippets()['WebSocket services'].find((code) => code.includes('WebSocketDynamoDbIntegration'))!;
  compileFunction(snippet, Object.keys(names))(...Object.values(names)); // the documentation is the test
  const templates = propertiesOf(stack, 'AWS::ApiGatewayV2::Integration').map(({ RequestTemplates }) =>
    JSON.stringify(RequestTemplates),
  );
  const { $default: template } = JSON.parse(templates.find((it) => it.includes('TableName'))!) as { $default: string };
  const item = { id: { S: 'request' }, text: { S: body } };
  expect(JSON.parse(renderTemplate(template, body))).toEqual({ TableName: 'messages', Item: item });
});

const TEXTS = [
  'shop "1"',
  'a\\b',
  '\\$context.apiId',
  'line\nbreak',
  '#set($x = 1)',
  '## comment',
  '#if(true)#end',
  '\'',
  '$5',
  'é 漢',
  'x$context.apiId',
];

test.each(TEXTS)('the text %j of an option reaches the service as it was written', (option) => {
  const stack = newStack();
  const api = new WebSocketApi(stack, 'Api');
  const bus = new events.EventBus(stack, 'Bus');
  const puts = new WebSocketEventBridgeIntegration('Events', bus, { source: option, detailType: option });
  api.addRoute('a', { integration: puts });
  const stream = new kinesis.Stream(stack, 'Stream');
  const records = new WebSocketKinesisIntegration('Records', stream, { partitionKey: option });
  api.addRoute('b', { integration: records });
  const templates = propertiesOf(stack, 'AWS::ApiGatewayV2::Integration').map(({ RequestTemplates }) =>
    text((RequestTemplates as { $default: unknown }).$default),
  );
  const [putEvents, putRecord] = templates.map((template) => JSON.parse(renderTemplate(template, '{}')) as unknown);
  const written = option.replace('$context.apiId', 'api');
  expect(putEvents).toMatchObject({ Entries: [{ Source: written, DetailType: written, Detail: '{}' }] });
  expect(putRecord).toMatchObject({ PartitionKey: written });
});

test('a variable of the template in an option is read, and what is known at deployment only stays as it is', () => {
  const stack = newStack();
  const source = '$util.escapeJavaScript($input.path(\'$.kind\')).replaceAll("\\\\\'","\'")';
  const bus = new events.EventBus(stack, 'Bus');
  const integration = new WebSocketEventBridgeIntegration('Events', bus, { source, detailType: stack.stackId });
  route(stack, integration);
  const [{ RequestTemplates }] = propertiesOf(stack, 'AWS::ApiGatewayV2::Integration');
  const { $default } = RequestTemplates as { $default: unknown };
  expect(JSON.parse(renderTemplate(text($default), '{"kind":"it\'s \\"new\\""}'))).toMatchObject({
    Entries: [{ Source: 'it\'s "new"', DetailType: 'AWS::StackId' }],
  });
});

test('EventBridge and Kinesis are sent the API, the route and the connection without options', () => {
  const stack = newStack();
  const api = new WebSocketApi(stack, 'Api');
  const bus = new events.EventBus(stack, 'Bus');
  const stream = new kinesis.Stream(stack, 'Stream');
  api.addRoute('a', { integration: new WebSocketEventBridgeIntegration('Events', bus) });
  api.addRoute('b', { integration: new WebSocketKinesisIntegration('Records', stream) });
  const templates = propertiesOf(stack, 'AWS::ApiGatewayV2::Integration')
    .map(({ RequestTemplates }) => text((RequestTemplates as { $default: unknown }).$default));
  expect(templates).toEqual([
    expect.stringContaining('"Source":"$context.apiId","DetailType":"$context.routeKey"'),
    expect.stringContaining('"PartitionKey":"$context.connectionId"'),
  ]);
});

test('EventBridge and Kinesis take fixed text in place of their variables', () => {
  const stack = newStack();
  const api = new WebSocketApi(stack, 'Api');
  api.addRoute('a', {
    integration: new WebSocketEventBridgeIntegration('Events', new events.EventBus(stack, 'Bus'), {
      source: 'shop',
      detailType: 'order',
    }),
  });
  api.addRoute('b', {
    integration: new WebSocketKinesisIntegration('Records', new kinesis.Stream(stack, 'Stream'), {
      partitionKey: 'one',
    }),
  });
  const rendered = propertiesOf(stack, 'AWS::ApiGatewayV2::Integration').map(
    ({ RequestTemplates }) =>
      JSON.parse(
        renderTemplate(
          text(
            (
              RequestTemplates as {
                $default: unknown;
              }
            ).$default,
          ),
          '{}',
        ),
      ) as unknown,
  );
  expect(rendered).toEqual([
    { Entries: [{ EventBusName: expect.any(String), Source: 'shop', DetailType: 'order', Detail: '{}' }] },
    { StreamName: expect.any(String), PartitionKey: 'one', Data: 'e30=' },
  ]);
});

test.each([
  [
    'queue',
    (stack: Stack, props?: WebSocketServiceIntegrationOptions) =>
      new WebSocketSqsIntegration('Service', new sqs.Queue(stack, 'Target', { fifo: true }), props),
  ],
  [
    'topic',
    (stack: Stack, props?: WebSocketServiceIntegrationOptions) =>
      new WebSocketSnsIntegration(
        'Service',
        new sns.Topic(stack, 'Target', { fifo: true, topicName: 't.fifo' }),
        props,
      ),
  ],
])('a FIFO %s needs a template with a group', (_, create) => {
  expect(
    errorOf(() => {
      const stack = newStack();
      route(stack, create(stack));
    }),
  ).toContain('[rule websocket-fifo]');
  const stack = newStack();
  route(stack, create(stack, { requestTemplates: { $default: 'MessageGroupId=$context.connectionId' } }));
  expect(propertiesOf(stack, 'AWS::ApiGatewayV2::Integration')).toHaveLength(1);
});

test('an imported queue of another account is called where it is', () => {
  const stack = newStack('Stack', HERE);
  route(
    stack,
    new WebSocketSqsIntegration(
      'Service',
      sqs.Queue.fromQueueArn(stack, 'Queue', 'arn:aws:sqs:us-east-1:222222222222:orders'),
    ),
  );
  expect(text(propertiesOf(stack, 'AWS::ApiGatewayV2::Integration')[0].IntegrationUri)).toBe(
    'arn:AWS::Partition:apigateway:us-east-1:sqs:path/222222222222/orders',
  );
});

test.each(['cn-north-1', 'us-gov-west-1'])('URIs have the partition of %s', (region) => {
  const stack = newStack('Stack', { ...HERE, region });
  route(stack, new WebSocketSqsIntegration('Service', new sqs.Queue(stack, 'Queue')));
  expect(text(propertiesOf(stack, 'AWS::ApiGatewayV2::Integration')[0].IntegrationUri)).toMatch(
    `arn:AWS::Partition:apigateway:${region}:sqs:path/111111111111/`,
  );
});

test('two integrations in one scope have a role each', () => {
  const stack = newStack();
  const scope = new Construct(stack, 'Mine');
  const api = new WebSocketApi(stack, 'Api');
  for (const id of ['One', 'Two']) {
    api.addRoute(id, { integration: new WebSocketSqsIntegration(id, new sqs.Queue(stack, `Queue${id}`), { scope }) });
  }
  expect(Object.keys(Template.fromStack(stack).findResources('AWS::IAM::Role')).sort()).toEqual([
    expect.stringMatching(/^MineOneInvokeRole/),
    expect.stringMatching(/^MineTwoInvokeRole/),
  ]);
});
