import type { Stack } from 'aws-cdk-lib';
import {
  HttpApi, HttpIntegrationSubtype, MappingValue, ParameterMapping, type HttpRouteIntegration,
} from 'aws-cdk-lib/aws-apigatewayv2';
import * as appconfig from 'aws-cdk-lib/aws-appconfig';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kinesis from 'aws-cdk-lib/aws-kinesis';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import {
  HttpAppConfigIntegration, HttpAwsServiceIntegration, HttpEventBridgeIntegration, HttpKinesisIntegration,
  HttpSqsIntegration, HttpStepFunctionsIntegration, type HttpSqsIntegrationProps,
} from 'cdk-apigatewayv2-integrations';
import { errorOf, newStack, propertiesOf, warningsOf } from '../util';

const SUBTYPE = HttpIntegrationSubtype;
const ENV = { account: '111111111111', region: 'eu-west-1' };

function bind(stack: Stack, integration: HttpRouteIntegration) {
  new HttpApi(stack, 'Api').addRoutes({ path: '/a', integration });
  const [resource] = propertiesOf(stack, 'AWS::ApiGatewayV2::Integration');
  const statements = propertiesOf(stack, 'AWS::IAM::Policy').flatMap(({ PolicyDocument }) => (PolicyDocument as {
    Statement: unknown[];
  }).Statement);
  return { resource, parameters: resource.RequestParameters, statements };
}

const value = (text: string) => MappingValue.custom(text);
/** The parameters that are not called as their options are. */
const PARAMETERS: Record<string, string> = { executionName: 'Name', errorCode: 'Error' };
const parameterOf = (option: string) => PARAMETERS[option] ?? option[0].toUpperCase() + option.slice(1);
const statement = (sid: string, action: string, resource: unknown) => ({
  Sid: sid,
  Effect: 'Allow',
  Action: action,
  Resource: resource,
});

describe('HttpSqsIntegration', () => {
  const QUEUE = { 'Fn::GetAtt': ['Queue4A7E3555', 'Arn'] };
  const URL = { Ref: 'Queue4A7E3555' };
  const DEDUPLICATING = { fifo: true, contentBasedDeduplication: true };
  const bindQueue = (props: Partial<HttpSqsIntegrationProps> = {}, queueProps?: sqs.QueueProps) => {
    const stack = newStack();
    return bind(stack, new HttpSqsIntegration('Sqs', { queue: new sqs.Queue(stack, 'Queue', queueProps), ...props }));
  };

  test.each([
    [SUBTYPE.SQS_SEND_MESSAGE, 'sqs:SendMessage', { QueueUrl: URL, MessageBody: '$request.body.MessageBody' }],
    [SUBTYPE.SQS_RECEIVE_MESSAGE, 'sqs:ReceiveMessage', { QueueUrl: URL }],
    [SUBTYPE.SQS_DELETE_MESSAGE, 'sqs:DeleteMessage', { QueueUrl: URL, ReceiptHandle: '$request.body.ReceiptHandle' }],
    [SUBTYPE.SQS_PURGE_QUEUE, 'sqs:PurgeQueue', { QueueUrl: URL }],
  ])('%s', (subtype, action, parameters) => {
    const bound = bindQueue({ subtype });
    expect(bound.resource).toEqual({
      ApiId: { Ref: 'ApiF70053CD' },
      ConnectionType: 'INTERNET',
      CredentialsArn: { 'Fn::GetAtt': [expect.stringMatching(/InvokeRole/), 'Arn'] },
      IntegrationSubtype: subtype,
      IntegrationType: 'AWS_PROXY',
      PayloadFormatVersion: '1.0',
      RequestParameters: parameters,
    });
    expect(bound.statements).toEqual([statement('AllowSqsExecution', action, QUEUE)]);
  });

  test('sends typed parameters, beside a mapping as well', () => {
    const parameterMapping = new ParameterMapping().custom('MessageBody', '$request.body');
    expect(bindQueue({
      messageGroupId: value('$request.header.group'),
      parameterMapping,
    }, DEDUPLICATING).parameters).toEqual({
      QueueUrl: URL, MessageBody: '$request.body', MessageGroupId: '$request.header.group',
    });
    expect(parameterMapping.mappings).toEqual({ MessageBody: '$request.body' });
  });

  test.each([
    [SUBTYPE.SQS_SEND_MESSAGE, ['kms:GenerateDataKey', 'kms:Decrypt']],
    [SUBTYPE.SQS_RECEIVE_MESSAGE, 'kms:Decrypt'],
    [SUBTYPE.SQS_PURGE_QUEUE, undefined],
  ])('%s grants what the action needs of the key of the queue', (subtype, actions) => {
    const stack = newStack();
    const queue = new sqs.Queue(stack, 'Queue', { encryptionMasterKey: new kms.Key(stack, 'Key') });
    const { statements } = bind(stack, new HttpSqsIntegration('Sqs', { queue, subtype }));
    const key = {
      Effect: 'Allow',
      Action: actions,
      Resource: { 'Fn::GetAtt': [expect.stringMatching(/^Key/), 'Arn'] },
    };
    expect(statements.slice(1)).toEqual(actions ? [key] : []);
  });

  test('sends what it knows in place of null in a mapping', () => {
    const parameterMapping = new ParameterMapping()
      .custom('MessageBody', '$request.body').custom('QueueUrl', null as unknown as string);
    expect(bindQueue({ parameterMapping }).parameters).toEqual({ MessageBody: '$request.body', QueueUrl: URL });
  });

  test('grants nothing on the key for a subtype that is named like a member of Object', () => {
    const stack = newStack();
    const queue = new sqs.Queue(stack, 'Queue', { encryptionMasterKey: new kms.Key(stack, 'Key') });
    const subtype = 'SQS-constructor' as HttpIntegrationSubtype;
    const { statements } = bind(stack, new HttpSqsIntegration('Sqs', { queue, subtype }));
    expect(statements).toEqual([statement('AllowSqsExecution', 'sqs:constructor', QUEUE)]);
  });

  test('grants to the role that is given, and makes none', () => {
    const stack = newStack();
    const role = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('apigateway.amazonaws.com') });
    const integration = new HttpSqsIntegration('Sqs', { queue: new sqs.Queue(stack, 'Queue'), role });
    const { statements } = bind(stack, integration);
    expect(propertiesOf(stack, 'AWS::IAM::Role')).toHaveLength(1);
    expect(statements).toEqual([statement('AllowSqsExecution', 'sqs:SendMessage', QUEUE)]);
    expect(integration.role).toBe(role);
  });

  test('makes one role for routes that share it, and several under one scope', () => {
    const stack = newStack();
    const api = new HttpApi(stack, 'Api');
    for (const id of ['One', 'Two']) {
      const integration = new HttpSqsIntegration(id, { queue: new sqs.Queue(stack, `${id}Queue`), scope: api });
      for (const path of ['/a', '/b']) { api.addRoutes({ path: `${path}${id}`, integration }); }
    }
    expect(propertiesOf(stack, 'AWS::IAM::Role')).toHaveLength(2);
  });

  test('sends the region of a queue elsewhere, or the one that is given', () => {
    const stack = newStack('Stack', ENV);
    const queue = sqs.Queue.fromQueueArn(stack, 'Queue', 'arn:aws:sqs:us-east-2:111111111111:books');
    expect(bind(stack, new HttpSqsIntegration('Sqs', { queue })).parameters).toMatchObject({ Region: 'us-east-2' });
    expect(bindQueue({ region: 'eu-north-1' }).parameters).toMatchObject({ Region: 'eu-north-1' });
  });

  test.each<[string, Partial<HttpSqsIntegrationProps>, sqs.QueueProps | undefined, string]>([
    [
      'a missing parameter',
      { parameterMapping: new ParameterMapping().custom('DelaySeconds', '1') },
      undefined,
      'service-parameter-missing',
    ],
    ['a typed parameter of another subtype', { receiptHandle: value('x') }, undefined, 'service-parameter-subtype'],
    [
      'a parameter given twice',
      { messageBody: value('x'), parameterMapping: new ParameterMapping().custom('MessageBody', 'y') },
      undefined,
      'service-parameter-repeated',
    ],
    ['a value out of range', { delaySeconds: value('901') }, undefined, 'service-parameter-value'],
    ['static attributes', { messageAttributes: value('{}') }, undefined, 'service-parameter-static-map'],
    [
      'another case',
      { parameterMapping: new ParameterMapping().custom('MessageBody', 'x').custom('delayseconds', '1') },
      undefined,
      'service-parameter-case',
    ],
    [
      'a header',
      { parameterMapping: new ParameterMapping().custom('MessageBody', 'x').appendHeader('x', value('y')) },
      undefined,
      'service-parameter-mapping-key',
    ],
    ['another service', { subtype: SUBTYPE.KINESIS_PUT_RECORD }, undefined, 'service-subtype'],
    ['a FIFO queue without a group', {}, DEDUPLICATING, 'sqs-fifo'],
    ['a FIFO queue with a delay', { messageGroupId: value('g'), delaySeconds: value('1') }, DEDUPLICATING, 'sqs-fifo'],
    [
      'a FIFO queue that has to deduplicate by an id',
      { messageGroupId: value('g') },
      { fifo: true },
      'sqs-deduplication',
    ],
    ['an id for a standard queue', { messageDeduplicationId: value('x') }, undefined, 'sqs-deduplication'],
  ])('fails on %s', (_, props, queueProps, rule) => {
    expect(errorOf(() =>
      bindQueue(props, queueProps))).toMatch(new RegExp(`\\(at Stack/Api/ANY--a/Sqs\\) \\[rule ${rule}\\]$`));
  });

  test('warns of a parameter that the documentation does not know', () => {
    const stack = newStack();
    bind(stack, new HttpSqsIntegration('Sqs', {
      queue: new sqs.Queue(stack, 'Queue'),
      parameterMapping: new ParameterMapping().custom('MessageBody', 'x').custom('Novelty', 'y'),
    }));
    expect(warningsOf(stack).map(({ rule }) => rule)).toEqual(['service-parameter-unknown']);
  });

  test('fails to tell its role before a route uses it', () => {
    const integration = new HttpSqsIntegration('Sqs', { queue: new sqs.Queue(newStack(), 'Queue') });
    expect(errorOf(() => integration.role)).toMatch(/'role' was read before.*\[rule integration-not-bound\]$/);
  });
});

describe('HttpStepFunctionsIntegration', () => {
  const machineIn = (
    stack: Stack, stateMachineType = sfn.StateMachineType.STANDARD,
  ) => new sfn.StateMachine(stack, 'Machine', {
    definitionBody: sfn.DefinitionBody.fromChainable(new sfn.Pass(stack, 'Pass')), stateMachineType,
  });
  const MACHINE = { Ref: expect.stringMatching(/^Machine/) };

  test.each([
    [SUBTYPE.STEPFUNCTIONS_START_EXECUTION, sfn.StateMachineType.STANDARD, 'states:StartExecution'],
    [SUBTYPE.STEPFUNCTIONS_START_EXECUTION, sfn.StateMachineType.EXPRESS, 'states:StartExecution'],
    [SUBTYPE.STEPFUNCTIONS_START_SYNC_EXECUTION, sfn.StateMachineType.EXPRESS, 'states:StartSyncExecution'],
  ])('%s of a %s machine', (subtype, type, action) => {
    const stack = newStack();
    const bound = bind(stack, new HttpStepFunctionsIntegration('Sfn', {
      stateMachine: machineIn(stack, type),
      subtype,
      input: value('$request.body'),
      executionName: value('$context.requestId'),
    }));
    expect(bound.parameters).toEqual({ StateMachineArn: MACHINE, Input: '$request.body', Name: '$context.requestId' });
    expect(bound.statements).toEqual([statement('AllowStepFunctionsExecution', action, MACHINE)]);
  });

  const KEY_ID = '1234abcd-12ab-34cd-56ef-1234567890ab';
  const FOREIGN_KEY = `arn:aws:kms:eu-west-1:222222222222:key/${KEY_ID}`;
  const inAccount = (resource: string) => (
    { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:kms:eu-west-1:111111111111:${resource}`]] });
  const KEYS: [string, (stack: Stack) => string, object][] = [
    ['made here', (stack) => new kms.Key(stack, 'Key').keyArn, {
      Resource: { 'Fn::GetAtt': [expect.stringMatching(/^Key/), 'Arn'] },
    }],
    ['made as an L1', (stack) => new kms.CfnKey(stack, 'Key').attrArn, { Resource: { 'Fn::GetAtt': ['Key', 'Arn'] } }],
    ['named by its ARN', () => FOREIGN_KEY, { Resource: FOREIGN_KEY }],
    ['named by its id', () => KEY_ID, { Resource: inAccount(`key/${KEY_ID}`) }],
    ['named by an alias', () => 'alias/machines', {
      Resource: inAccount('key/*'),
      Condition: { 'ForAnyValue:StringEquals': { 'kms:ResourceAliases': 'alias/machines' } },
    }],
  ];

  test.each(KEYS)('StartSyncExecution may decrypt with the key of the machine, %s', (_, kmsKeyId, granted) => {
    const stack = newStack('Stack', ENV);
    const stateMachine = machineIn(stack, sfn.StateMachineType.EXPRESS);
    const key = { kmsKeyId: kmsKeyId(stack), type: 'CUSTOMER_MANAGED_KMS_KEY' };
    (stateMachine.node.defaultChild as sfn.CfnStateMachine).encryptionConfiguration = key;
    const start = new HttpStepFunctionsIntegration('Sfn', {
      stateMachine, subtype: SUBTYPE.STEPFUNCTIONS_START_SYNC_EXECUTION,
    });
    expect(bind(stack, start).statements).toEqual([
      statement('AllowStepFunctionsExecution', 'states:StartSyncExecution', MACHINE),
      { Effect: 'Allow', Action: 'kms:Decrypt', ...granted },
    ]);
  });

  test.each([
    ['StartExecution', SUBTYPE.STEPFUNCTIONS_START_EXECUTION, true],
    ['StartSyncExecution with the key of AWS', SUBTYPE.STEPFUNCTIONS_START_SYNC_EXECUTION, false],
  ])('%s gets nothing on a key', (_, subtype, own) => {
    const stack = newStack();
    const stateMachine = new sfn.StateMachine(stack, 'Machine', {
      definitionBody: sfn.DefinitionBody.fromChainable(new sfn.Pass(stack, 'Pass')),
      stateMachineType: sfn.StateMachineType.EXPRESS,
      encryptionConfiguration: own
        ? new sfn.CustomerManagedEncryptionConfiguration(new kms.Key(stack, 'Key'))
        : new sfn.AwsOwnedEncryptionConfiguration(),
    });
    const integration = new HttpStepFunctionsIntegration('Sfn', { stateMachine, subtype });
    bind(stack, integration);
    const policies = propertiesOf(stack, 'AWS::IAM::Policy');
    const policy = policies.find(({ PolicyName }) => String(PolicyName).includes('InvokeRole'))!;
    expect((policy.PolicyDocument as { Statement: unknown[] }).Statement).toHaveLength(1);
  });

  test('StopExecution may stop the executions of the machine only', () => {
    const stack = newStack();
    const bound = bind(stack, new HttpStepFunctionsIntegration('Sfn', {
      stateMachine: machineIn(stack), subtype: SUBTYPE.STEPFUNCTIONS_STOP_EXECUTION, errorCode: value('Cancelled'),
    }));
    expect(bound.parameters).toEqual({ ExecutionArn: '$request.body.ExecutionArn', Error: 'Cancelled' });
    expect(JSON.stringify(bound.statements))
      .toMatch(/"states:StopExecution".*":execution:",\{"Fn::GetAtt":\["Machine[^"]*","Name"\]\},":\*"/);
  });

  test('calls an imported machine in its region', () => {
    const stack = newStack('Stack', ENV);
    const stateMachine = sfn.StateMachine.fromStateMachineArn(
      stack, 'Machine', 'arn:aws:states:us-east-1:111111111111:stateMachine:orders',
    );
    expect(bind(stack, new HttpStepFunctionsIntegration('Sfn', { stateMachine })).parameters).toMatchObject({
      Region: 'us-east-1',
    });
  });

  test.each([
    [SUBTYPE.STEPFUNCTIONS_START_SYNC_EXECUTION, sfn.StateMachineType.STANDARD],
    [SUBTYPE.STEPFUNCTIONS_STOP_EXECUTION, sfn.StateMachineType.EXPRESS],
  ])('fails on %s of a %s machine', (subtype, type) => {
    const stack = newStack();
    expect(errorOf(() => bind(stack, new HttpStepFunctionsIntegration('Sfn', {
      stateMachine: machineIn(stack, type),
      subtype,
    }))))
      .toMatch(/\[rule state-machine-type\]$/);
  });
});

describe('HttpEventBridgeIntegration', () => {
  test.each(['eventBus', 'eventBusRef'] as const)('puts events on the bus of %s', (option) => {
    const stack = newStack();
    const bus = new events.EventBus(stack, 'Bus');
    const bound = bind(stack, new HttpEventBridgeIntegration('Put', option === 'eventBus' ? { eventBus: bus } : {
      eventBusRef: bus.eventBusRef,
    }));
    expect(bound.parameters).toEqual({
      Detail: '$request.body.Detail',
      DetailType: '$request.body.DetailType',
      Source: '$request.body.Source',
      EventBusName: stack.resolve(bus.eventBusName),
    });
    expect(bound.statements).toEqual([
      statement('AllowEventBridgePutEvents', 'events:PutEvents', stack.resolve(bus.eventBusArn)),
    ]);
  });

  test.each([0, 2])('fails on %i buses', (count) => {
    const stack = newStack();
    const bus = new events.EventBus(stack, 'Bus');
    expect(errorOf(() => bind(stack, new HttpEventBridgeIntegration('Put', count === 0 ? {} : {
      eventBus: bus,
      eventBusRef: bus.eventBusRef,
    }))))
      .toMatch(/\[rule event-bus\]$/);
  });
});

test('an EventBridge integration fails on an option that is mapped as well', () => {
  const stack = newStack();
  const put = new HttpEventBridgeIntegration('Put', {
    eventBus: new events.EventBus(stack, 'Bus'),
    detail: value('a'),
    parameterMapping: new ParameterMapping().custom('Detail', 'b').custom('DetailType', 'c').custom('Source', 'd'),
  });
  expect(errorOf(() => bind(stack, put))).toMatch(/\[rule service-parameter-repeated\]$/);
});

test('a service integration warns of a path variable that its route does not have', () => {
  const stack = newStack();
  bind(stack, new HttpSqsIntegration('Sqs', { queue: queueIn(stack), messageBody: value('$request.path.id') }));
  expect(warningsOf(stack).map(({ rule }) => rule)).toEqual(['path-variable']);
});

const queueIn = (stack: Stack, fifo = false) => new sqs.Queue(stack, 'Queue', fifo ? { fifo } : {});
const machine = (stack: Stack) => sfn.StateMachine.fromStateMachineName(stack, 'Machine', 'machine');
const QUEUE_URL = 'QueueUrl';
const MACHINE_ARN = 'StateMachineArn';

test.each<[string, (stack: Stack, options: object) => HttpRouteIntegration, string[], string[]]>([
  ['SendMessage', (stack, options) => new HttpSqsIntegration('Call', { queue: queueIn(stack), ...options }), [
    'messageBody', 'delaySeconds', 'messageAttributes', 'messageSystemAttributes',
  ], [QUEUE_URL]],
  ['SendMessage to a FIFO queue', (stack, options) => new HttpSqsIntegration('Call', {
    queue: queueIn(stack, true), ...options,
  }), ['messageBody', 'messageDeduplicationId', 'messageGroupId'], [QUEUE_URL]],
  ['ReceiveMessage', (stack, options) => new HttpSqsIntegration('Call', {
    queue: queueIn(stack), subtype: SUBTYPE.SQS_RECEIVE_MESSAGE, ...options,
  }), [
    'attributeNames', 'maxNumberOfMessages', 'messageAttributeNames', 'receiveRequestAttemptId', 'visibilityTimeout',
    'waitTimeSeconds',
  ], [QUEUE_URL]],
  ['DeleteMessage', (stack, options) => new HttpSqsIntegration('Call', {
    queue: queueIn(stack), subtype: SUBTYPE.SQS_DELETE_MESSAGE, ...options,
  }), ['receiptHandle'], [QUEUE_URL]],
  ['PutRecord', (stack, options) => new HttpKinesisIntegration('Call', {
    stream: new kinesis.Stream(stack, 'Stream'), ...options,
  }), ['data', 'partitionKey', 'explicitHashKey', 'sequenceNumberForOrdering'], ['StreamName']],
  ['PutEvents', (stack, options) => new HttpEventBridgeIntegration('Call', {
    eventBus: new events.EventBus(stack, 'Bus'), ...options,
  }), ['detail', 'detailType', 'source', 'time', 'resources', 'traceHeader'], ['EventBusName']],
  ['StartExecution', (stack, options) => new HttpStepFunctionsIntegration('Call', {
    stateMachine: machine(stack), ...options,
  }), ['executionName', 'input'], [MACHINE_ARN]],
  ['StartSyncExecution', (stack, options) => new HttpStepFunctionsIntegration('Call', {
    stateMachine: machine(stack), subtype: SUBTYPE.STEPFUNCTIONS_START_SYNC_EXECUTION, ...options,
  }), ['executionName', 'input', 'traceHeader'], [MACHINE_ARN]],
  ['StopExecution', (stack, options) => new HttpStepFunctionsIntegration('Call', {
    stateMachine: machine(stack), subtype: SUBTYPE.STEPFUNCTIONS_STOP_EXECUTION, ...options,
  }), ['executionArn', 'cause', 'errorCode'], []],
])('each option of %s is sent as its parameter', (_, create, names, target) => {
  const stack = newStack('Stack', ENV);
  const options = Object.fromEntries(names.map((name) => [name, value(`$request.body.${name}`)]));
  const { parameters } = bind(stack, create(stack, options));
  expect(parameters).toEqual({
    ...Object.fromEntries(names.map((name) => [parameterOf(name), `$request.body.${name}`])),
    ...Object.fromEntries(target.map((name) => [name, expect.anything()])),
  });
});

test('HttpKinesisIntegration grants only PutRecord on the stream, and what it needs of the key', () => {
  const stack = newStack();
  const stream = new kinesis.Stream(stack, 'Stream', {
    encryption: kinesis.StreamEncryption.KMS,
    encryptionKey: new kms.Key(stack, 'Key'),
  });
  const bound = bind(stack, new HttpKinesisIntegration('Put', { stream, partitionKey: value('$context.requestId') }));
  expect(bound.resource.IntegrationSubtype).toBe('Kinesis-PutRecord');
  expect(bound.parameters).toEqual({
    StreamName: stack.resolve(stream.streamName),
    Data: '$request.body.Data',
    PartitionKey: '$context.requestId',
  });
  expect(bound.statements).toEqual([
    statement('AllowKinesisPutRecord', 'kinesis:PutRecord', stack.resolve(stream.streamArn)),
    {
      Effect: 'Allow',
      Action: 'kms:GenerateDataKey',
      Resource: { 'Fn::GetAtt': [expect.stringMatching(/^Key/), 'Arn'] },
    },
  ]);
});

test('HttpAppConfigIntegration may get the configuration of the application in the environment', () => {
  const stack = newStack('Stack', ENV);
  const application = new appconfig.Application(stack, 'App');
  const environment = new appconfig.Environment(stack, 'Env', { application });
  const configuration = new appconfig.HostedConfiguration(stack, 'Configuration', {
    application, content: appconfig.ConfigurationContent.fromInlineText('on'),
  });
  const bound = bind(stack, new HttpAppConfigIntegration('Get', {
    application,
    environment,
    configuration,
    clientId: value('$context.identity.sourceIp'),
  }));
  expect(bound.parameters).toEqual({
    Application: stack.resolve(application.applicationId),
    Environment: stack.resolve(environment.environmentId),
    Configuration: stack.resolve(configuration.configurationProfileId),
    ClientId: '$context.identity.sourceIp',
  });
  expect(bound.statements).toEqual([{
    Sid: 'AllowAppConfigGetConfiguration',
    Effect: 'Allow',
    Action: 'appconfig:GetConfiguration',
    Resource: [expect.anything(), expect.anything(), expect.anything()],
  }]);
  expect(JSON.stringify(bound.statements)).toMatch(/:application\/.*\/environment\/.*\/configurationprofile\//);
});

describe('HttpAppConfigIntegration elsewhere', () => {
  const bindApplication = (application: (stack: Stack) => appconfig.IApplication, props: { region?: string } = {}) => {
    const stack = newStack('Stack', ENV);
    const parent = application(stack);
    const environment = appconfig.Environment.fromEnvironmentAttributes(stack, 'Env', {
      application: parent, environmentId: 'env',
    });
    const configuration = { application: parent, configurationProfileId: 'profile' } as appconfig.IConfiguration;
    const get = new HttpAppConfigIntegration('Get', { application: parent, environment, configuration, ...props });
    return bind(stack, get);
  };
  const IMPORTED = 'arn:aws:appconfig:us-east-1:222222222222:application/shop';
  const byArn = (stack: Stack) => appconfig.Application.fromApplicationArn(stack, 'App', IMPORTED);

  test('an application that is imported by its ARN is asked, and granted, where it is', () => {
    const bound = bindApplication(byArn);
    expect(bound.parameters).toMatchObject({ Application: 'shop', Region: 'us-east-1' });
    expect(bound.statements).toEqual([statement('AllowAppConfigGetConfiguration', 'appconfig:GetConfiguration', [
      IMPORTED, `${IMPORTED}/environment/env`, `${IMPORTED}/configurationprofile/profile`,
    ])]);
  });

  test.each<[string, (stack: Stack) => appconfig.IApplication, string]>([
    ['imported by its ARN', byArn, '222222222222'],
    ['imported by its id', (stack) => appconfig.Application.fromApplicationId(stack, 'App', 'shop'), '111111111111'],
  ])('the region that is given counts for the grant too (%s)', (_, application, account) => {
    const bound = bindApplication(application, { region: 'eu-north-1' });
    expect(bound.parameters).toMatchObject({ Region: 'eu-north-1' });
    const [{ Resource: granted }] = bound.statements as { Resource: { 'Fn::Join': [string, unknown[]] }[] }[];
    const texts = granted.map((arn) => arn['Fn::Join'][1].filter((part) => typeof part === 'string'));
    const afterPartition = texts.map((parts) => parts.slice(1).join(''));
    expect(afterPartition).toEqual([
      `:appconfig:eu-north-1:${account}:application/shop`,
      `:appconfig:eu-north-1:${account}:application/shop/environment/env`,
      `:appconfig:eu-north-1:${account}:application/shop/configurationprofile/profile`,
    ]);
  });
});

describe('HttpAwsServiceIntegration', () => {
  const parameterMapping = new ParameterMapping()
    .custom('TopicArn', 'arn:aws:sns:eu-west-1:111111111111:topic')
    .custom('Message', '$request.body');

  test('calls an action that has no class, with the statements that are given', () => {
    const stack = newStack();
    const bound = bind(stack, new HttpAwsServiceIntegration('Publish', {
      subtype: 'SNS-Publish', parameterMapping, policyStatements: [
        new iam.PolicyStatement({ actions: ['sns:Publish'], resources: ['arn:aws:sns:eu-west-1:111111111111:topic'] }),
      ],
    }));
    expect(bound.resource).toMatchObject({
      IntegrationSubtype: 'SNS-Publish',
      IntegrationType: 'AWS_PROXY',
      PayloadFormatVersion: '1.0',
    });
    expect(bound.parameters).toEqual({
      TopicArn: 'arn:aws:sns:eu-west-1:111111111111:topic',
      Message: '$request.body',
    });
    expect(bound.statements).toEqual([{
      Effect: 'Allow',
      Action: 'sns:Publish',
      Resource: 'arn:aws:sns:eu-west-1:111111111111:topic',
    }]);
  });

  test.each([
    'SNS-Publish',
    'SQS-PurgeQueue',
  ])('returns from bind() a subtype that every language can take, for %s', (subtype) => {
    const stack = newStack();
    const mapping = subtype === 'SNS-Publish' ? parameterMapping : new ParameterMapping().custom('QueueUrl', 'https://example.com/q');
    const integration = new HttpAwsServiceIntegration('Call', {
      subtype,
      parameterMapping: mapping,
      policyStatements: [new iam.PolicyStatement({ actions: ['sns:Publish'], resources: ['*'] })],
    });
    const [route] = new HttpApi(stack, 'Api').addRoutes({ path: '/a', integration });
    expect(Object.values(SUBTYPE)).toContain(integration.bind({ route, scope: stack }).subtype);
    expect(propertiesOf(stack, 'AWS::ApiGatewayV2::Integration')).toMatchObject([{ IntegrationSubtype: subtype }]);
  });

  test('fails without a role and statements', () => {
    expect(errorOf(() => bind(newStack(), new HttpAwsServiceIntegration('Publish', {
      subtype: 'SNS-Publish',
      parameterMapping,
    })))).toMatch(/\[rule service-role\]$/);
  });
});
