import type { Stack } from 'aws-cdk-lib';
import * as apigwv2 from 'aws-cdk-lib/aws-apigatewayv2';
import * as upstream from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as sqs_ from 'aws-cdk-lib/aws-sqs';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import {
  HttpAwsServiceIntegration,
  HttpEventBridgeIntegration,
  HttpSqsIntegration,
  HttpStepFunctionsIntegration,
  type HttpSqsIntegrationProps,
} from 'cdk-apigatewayv2-integrations';
import { api, both, queueRole, resource, ROLE, SQS, sqs, type Build, type Properties } from '../builders';
import { http, webSocket, withBoth } from '../class-apps';
import type { Cases } from './case';

const LATER = { 'Fn::ImportValue': 'value' };
const BODY = { MessageBody: '$request.body' };

/** A call of a first-class action. */
const call = (IntegrationSubtype: string, RequestParameters: unknown, more?: Build) =>
  api('HTTP', { ...SQS, IntegrationSubtype, RequestParameters }, {}, more);
const put = (parameters: Properties) =>
  call('EventBridge-PutEvents', { Detail: '$request.body', DetailType: 'order', Source: 'shop', ...parameters });

/** A queue of the app, which a message is sent to. */
const toQueue = (parameters: Properties, queue: Properties) =>
  both(call('SQS-SendMessage', { QueueUrl: { Ref: 'Queue' }, ...BODY, ...parameters }), (stack: Stack) => {
    resource(stack, 'Queue', 'AWS::SQS::Queue', queue);
  });
const FIFO = { FifoQueue: true, ContentBasedDeduplication: true };
const FIFO_URL = { QueueUrl: 'https://sqs.eu-west-1.amazonaws.com/111111111111/books.fifo' };

/** A state machine of the app, and a call of it. */
const machine = (StateMachineType: string) => (stack: Stack) => {
  const properties = { StateMachineType, RoleArn: 'arn:aws:iam::111111111111:role/r', DefinitionString: '{}' };
  resource(stack, 'Machine', 'AWS::StepFunctions::StateMachine', properties);
};
const ofMachine = (action: string, type: string) =>
  call(`StepFunctions-${action}`, { StateMachineArn: { Ref: 'Machine' } }, machine(type));
const ofAction = (action: string, type: string) =>
  api(
    'WEBSOCKET',
    {
      IntegrationType: 'AWS',
      IntegrationMethod: 'POST',
      IntegrationUri: `arn:aws:apigateway:eu-west-1:states:action/${action}`,
      RequestTemplates: { $default: { 'Fn::Sub': '{"stateMachineArn":"${Machine}"}' } },
      CredentialsArn: LATER,
    },
    {},
    machine(type),
  );

/** A call of an action on a WebSocket API, with a role that allows nothing or something. */
const webSocketAction = (action: string, role: Properties, properties: Properties = {}) =>
  api(
    'WEBSOCKET',
    {
      IntegrationType: 'AWS',
      IntegrationMethod: 'POST',
      IntegrationUri: `arn:aws:apigateway:eu-west-1:${action}`,
      CredentialsArn: { 'Fn::GetAtt': ['Role', 'Arn'] },
      ...properties,
    },
    {},
    (stack) => {
      resource(stack, 'Role', 'AWS::IAM::Role', role);
    },
  );
const allowing = (Action: string) => ({
  ...ROLE,
  Policies: [{ PolicyName: 'p', PolicyDocument: { Statement: [{ Effect: 'Allow', Action, Resource: '*' }] } }],
});
const [TRUST] = ROLE.AssumeRolePolicyDocument.Statement;
const UNTRUSTED = {
  AssumeRolePolicyDocument: { Statement: [{ ...TRUST, Principal: { Service: 'lambda.amazonaws.com' } }] },
};

/** A queue of classes with the parameters of a mapping. */
const mapping = (entries: Record<string, string>) => {
  const parameterMapping = new apigwv2.ParameterMapping();
  for (const [key, value] of Object.entries(entries)) {
    parameterMapping.custom(key, value);
  }
  return { parameterMapping };
};
const withMapping = (wrong: Record<string, string>, right: Record<string, string>) =>
  withBoth(({ HttpSqsIntegration: Integration }) => {
    const of = (entries: Record<string, string>) =>
      http((stack) => {
        const queue = new sqs_.Queue(stack, 'Queue');
        return new Integration('Send', { queue, ...mapping({ QueueUrl: queue.queueUrl, ...entries }) });
      });
    return { wrong: of(wrong), right: of(right) };
  });

/** A queue of classes with typed parameters. */
const sending = (props: Partial<HttpSqsIntegrationProps>, queueProps: sqs_.QueueProps = {}) =>
  http((stack) => new HttpSqsIntegration('Send', { queue: new sqs_.Queue(stack, 'Queue', queueProps), ...props }));
const sendingOfUpstream = (entries: Record<string, string>, queueProps: sqs_.QueueProps) =>
  http((stack) => {
    const queue = new sqs_.Queue(stack, 'Queue', queueProps);
    return new upstream.HttpSqsIntegration('Send', {
      queue,
      ...mapping({ QueueUrl: queue.queueUrl, ...BODY, ...entries }),
    });
  });
const value = (text: string) => apigwv2.MappingValue.custom(text);

const putting = (props: object) =>
  http((stack) => new HttpEventBridgeIntegration('Put', { eventBus: new events.EventBus(stack, 'Bus'), ...props }));
const puttingOfUpstream = (entries: Record<string, string>) =>
  http((stack) => {
    const { eventBusRef } = new events.EventBus(stack, 'Bus');
    const needed = {
      EventBusName: eventBusRef.eventBusName,
      Detail: '$request.body',
      DetailType: 'order',
      Source: 'shop',
    };
    return new upstream.HttpEventBridgeIntegration('Put', { eventBusRef, ...mapping({ ...needed, ...entries }) });
  });

const service = (subtype: string) =>
  http(
    () =>
      new HttpAwsServiceIntegration('Service', {
        subtype,
        policyStatements: [new iam.PolicyStatement({ actions: ['sqs:SendMessage'], resources: ['*'] })],
        ...mapping({ QueueUrl: 'url', ...BODY }),
      }),
  );

const machineOf = (stack: Stack, stateMachineType: sfn.StateMachineType) =>
  new sfn.StateMachine(stack, 'Machine', {
    stateMachineType,
    definitionBody: sfn.DefinitionBody.fromChainable(new sfn.Pass(stack, 'Pass')),
  });
const { STEPFUNCTIONS_STOP_EXECUTION, STEPFUNCTIONS_START_SYNC_EXECUTION } = apigwv2.HttpIntegrationSubtype;
const stopping = (type: sfn.StateMachineType) =>
  http(
    (stack) =>
      new HttpStepFunctionsIntegration('Stop', {
        stateMachine: machineOf(stack, type),
        subtype: STEPFUNCTIONS_STOP_EXECUTION,
        executionArn: value('$request.body.arn'),
      }),
  );

/** A call of DynamoDB with a role of classes. */
const dynamoDb = (actions: string[]) =>
  webSocket((stack) => {
    const credentialsRole = new iam.Role(stack, 'Role', {
      assumedBy: new iam.ServicePrincipal('apigateway.amazonaws.com'),
    });
    credentialsRole.addToPolicy(new iam.PolicyStatement({ actions, resources: ['*'] }));
    return new upstream.WebSocketAwsIntegration('Put', {
      integrationUri: 'arn:aws:apigateway:eu-west-1:dynamodb:action/PutItem',
      integrationMethod: 'POST',
      credentialsRole,
    });
  });

export const servicesCases: Cases = {
  'role-permission': {
    wrong: {
      'a role that allows another action': queueRole('sqs:ReceiveMessage'),
      'a role that allows nothing': webSocketAction('dynamodb:action/PutItem', ROLE),
      'a role that API Gateway may not assume': webSocketAction('dynamodb:action/PutItem', {
        ...allowing('dynamodb:*'),
        ...UNTRUSTED,
      }),
    },
    right: {
      'a role that allows the action': queueRole('sqs:SendMessage'),
      'a role that allows all actions': webSocketAction('dynamodb:action/PutItem', allowing('dynamodb:*')),
      'an action whose permission has another name': webSocketAction('dynamodb:action/TransactWriteItems', ROLE),
      'an action of a queue that the template does not name': webSocketAction('sqs:path/111111111111/q', ROLE),
      'a role of another app': webSocketAction('dynamodb:action/PutItem', ROLE, { CredentialsArn: LATER }),
    },
    says: /on <Stack\/Queue\.Arn> with the role 'Stack\/Role', which allows sqs:ReceiveMessage on .*, expected the action on the target/,
    classes: 'The classes grant the role what the call needs, and say so where the role cannot be changed.',
    upstream: { wrong: dynamoDb(['dynamodb:GetItem']), right: dynamoDb(['dynamodb:PutItem']) },
  },
  'service-subtype-unknown': {
    wrong: {
      'a slip of the pen': call('SQS-SendMesage', {}),
      'other letters': call('sqs-sendmessage', {}),
      'an action of another service': call('SNS-Publish', {}),
      'a name of a member of all objects': call('constructor', {}),
    },
    right: { 'an action of the list': sqs({}), 'an action of the deployment': sqs({}, { IntegrationSubtype: LATER }) },
    says: /'IntegrationSubtype' is "SQS-SendMesage", did you mean 'SQS-SendMessage'\?/,
    classes: { wrong: service('SQS-SendMesage'), right: service('SQS-SendMessage') },
  },
  'service-credentials': {
    wrong: {
      'no role': sqs({}, { CredentialsArn: undefined }),
      'a role that is removed': sqs({}, { CredentialsArn: { Ref: 'AWS::NoValue' } }),
    },
    right: {
      'a role': sqs({}),
      'a role of the deployment': sqs({}, { CredentialsArn: LATER }),
      'the credentials of the caller': sqs({}, { CredentialsArn: 'arn:aws:iam::*:user/*' }),
    },
    says: /The integration SQS-SendMessage has no 'CredentialsArn', expected the ARN of a role that allows the call/,
    classes: 'The classes make a role, unless they get one.',
  },
  'service-parameter-missing': {
    wrong: {
      'a required parameter that is not there': sqs({ MessageBody: undefined }),
      'a required parameter that is empty': sqs({ MessageBody: '' }),
      'no parameters': call('SQS-SendMessage', undefined),
      'no parameters of a record': call('Kinesis-PutRecord', undefined),
    },
    right: {
      'all required parameters': sqs({}),
      'parameters of the deployment': sqs({}, { RequestParameters: LATER }),
    },
    says: /SQS-SendMessage lacks the required parameter 'MessageBody', found 'QueueUrl', expected at least 'QueueUrl', 'MessageBody'/,
    ...withMapping({}, BODY),
  },
  'service-parameter-case': {
    wrong: { 'a small letter': sqs({ messageGroupId: 'x' }) },
    right: { 'the letters of the documentation': sqs({ MessageGroupId: 'x' }) },
    says: /does not know the parameter 'messageGroupId', did you mean 'MessageGroupId'\?/,
    ...withMapping({ ...BODY, messageGroupId: 'x' }, { ...BODY, MessageGroupId: 'x' }),
  },
  'service-parameter-mapping-key': {
    wrong: { 'a header': sqs({ 'append:header.a': 'x' }), 'a path': sqs({ 'overwrite:path': 'x' }) },
    right: { 'parameters of the action': sqs({}) },
    says: /maps 'append:header\.a', expected names of its parameters: 'QueueUrl'/,
    ...withMapping({ ...BODY, 'append:header.a': 'x' }, BODY),
  },
  'service-parameter-unknown': {
    wrong: { 'a parameter that does not exist': sqs({ Unheard: 'x' }) },
    right: { 'an optional parameter': sqs({ MessageGroupId: 'x' }), 'the region': sqs({ Region: 'us-east-1' }) },
    says: /has the unknown parameter 'Unheard', expected 'QueueUrl', 'MessageBody'/,
    ...withMapping({ ...BODY, Unheard: 'x' }, BODY),
  },
  'service-parameter-value': {
    wrong: {
      'a delay that is too long': sqs({ DelaySeconds: '901' }),
      'a name of an execution with a space': call('StepFunctions-StartExecution', {
        StateMachineArn: 'arn',
        Name: 'a b',
      }),
      'too many messages': call('SQS-ReceiveMessage', { QueueUrl: 'url', MaxNumberOfMessages: '11' }),
    },
    right: {
      'the longest delay': sqs({ DelaySeconds: '900' }),
      'a delay of the request': sqs({ DelaySeconds: '$request.body.delay' }),
      'a delay of the deployment': sqs({ DelaySeconds: LATER }),
      'a delay of a dynamic reference': sqs({ DelaySeconds: '{{resolve:ssm:/shop/delay}}' }),
      'a name of an execution': call('StepFunctions-StartExecution', { StateMachineArn: 'arn', Name: 'order-1' }),
    },
    says: /'DelaySeconds' of the integration SQS-SendMessage is "901", expected a whole number from 0 to 900/,
    classes: { wrong: sending({ delaySeconds: value('901') }), right: sending({ delaySeconds: value('900') }) },
    upstream: {
      wrong: sendingOfUpstream({ DelaySeconds: '901' }, {}),
      right: sendingOfUpstream({ DelaySeconds: '900' }, {}),
    },
  },
  'service-parameter-static-map': {
    wrong: { 'JSON without a variable': sqs({ MessageAttributes: '{"a":1}' }) },
    right: {
      'a part of the request': sqs({ MessageAttributes: '$request.body.a' }),
      'JSON with a variable': sqs({
        MessageAttributes: '{"a":{"DataType":"String","StringValue":"${request.header.b}"}}',
      }),
    },
    says: /'MessageAttributes' is the static JSON .*, expected a value with a variable of the request/,
    ...withMapping({ ...BODY, MessageAttributes: '{"a":1}' }, { ...BODY, MessageAttributes: '$request.body.a' }),
  },
  'sqs-fifo': {
    wrong: {
      'no group': toQueue({}, FIFO),
      'a delay': toQueue({ MessageGroupId: 'g', DelaySeconds: '1' }, FIFO),
      'no group for a queue of that name': sqs(FIFO_URL),
    },
    right: {
      'a group': toQueue({ MessageGroupId: 'g' }, FIFO),
      'a delay on a standard queue': toQueue({ DelaySeconds: '1' }, {}),
      'a group on a standard queue': toQueue({ MessageGroupId: 'g' }, {}),
      'a group for a queue of that name': sqs({ ...FIFO_URL, MessageGroupId: 'g' }),
      'another action': call('SQS-PurgeQueue', FIFO_URL),
    },
    says: /is a FIFO queue, and 'MessageGroupId' is missing, expected it/,
    classes: { wrong: sending({}, { fifo: true, contentBasedDeduplication: true }), right: sending({}) },
    upstream: {
      wrong: sendingOfUpstream({}, { fifo: true, contentBasedDeduplication: true }),
      right: sendingOfUpstream({ MessageGroupId: 'g' }, { fifo: true, contentBasedDeduplication: true }),
    },
  },
  'sqs-deduplication': {
    wrong: {
      'a FIFO queue without either': toQueue({ MessageGroupId: 'g' }, { FifoQueue: true }),
      'an id on a standard queue': toQueue({ MessageDeduplicationId: 'x' }, {}),
    },
    right: {
      'a queue that deduplicates': toQueue({ MessageGroupId: 'g' }, FIFO),
      'an id': toQueue({ MessageGroupId: 'g', MessageDeduplicationId: 'x' }, { FifoQueue: true }),
      'a FIFO queue of another app': sqs({ ...FIFO_URL, MessageGroupId: 'g' }),
    },
    says: /'MessageDeduplicationId' is missing, expected one of the two/,
    classes: {
      wrong: sending({ messageGroupId: value('g') }, { fifo: true }),
      right: sending({ messageGroupId: value('g'), messageDeduplicationId: value('x') }, { fifo: true }),
    },
    upstream: {
      wrong: sendingOfUpstream({ MessageGroupId: 'g' }, { fifo: true }),
      right: sendingOfUpstream({ MessageGroupId: 'g', MessageDeduplicationId: 'x' }, { fifo: true }),
    },
  },
  'eventbridge-source': {
    wrong: { 'a source of AWS': put({ Source: 'aws.s3' }) },
    right: {
      'a source of one\'s own': put({ Source: 'com.example.aws.shop' }),
      'a source of the request': put({ Source: '$request.body.source' }),
    },
    says: /'Source' is "aws\.s3", expected one that does not start with 'aws\.'/,
    classes: { wrong: putting({ source: value('aws.s3') }), right: putting({ source: value('shop') }) },
    upstream: { wrong: puttingOfUpstream({ Source: 'aws.s3' }), right: puttingOfUpstream({}) },
  },
  'eventbridge-detail': {
    wrong: { 'text': put({ Detail: 'text' }), 'a list': put({ Detail: '[]' }) },
    right: {
      'an object': put({ Detail: '{"a": 1}' }),
      'the body of the request': put({}),
      'a detail of the deployment': put({ Detail: LATER }),
    },
    says: /'Detail' is "text", expected a JSON object/,
    classes: { wrong: putting({ detail: value('text') }), right: putting({ detail: value('{}') }) },
    upstream: { wrong: puttingOfUpstream({ Detail: 'text' }), right: puttingOfUpstream({ Detail: '{}' }) },
  },
  'state-machine-type': {
    wrong: {
      'StartSyncExecution of a STANDARD state machine': ofMachine('StartSyncExecution', 'STANDARD'),
      'StartSyncExecution on a WebSocket API': ofAction('StartSyncExecution', 'STANDARD'),
      'StopExecution on a WebSocket API': ofAction('StopExecution', 'EXPRESS'),
    },
    right: {
      'StartSyncExecution of an EXPRESS state machine': ofMachine('StartSyncExecution', 'EXPRESS'),
      'StartExecution of an EXPRESS state machine': ofMachine('StartExecution', 'EXPRESS'),
      'StartExecution of a STANDARD state machine': ofMachine('StartExecution', 'STANDARD'),
      'StartSyncExecution on a WebSocket API': ofAction('StartSyncExecution', 'EXPRESS'),
      'StopExecution on a WebSocket API': ofAction('StopExecution', 'STANDARD'),
      'a state machine of another app': call('StepFunctions-StartSyncExecution', { StateMachineArn: LATER }),
    },
    says: /with a standard type state machine\. Expected an EXPRESS state machine/,
    classes: { wrong: stopping(sfn.StateMachineType.EXPRESS), right: stopping(sfn.StateMachineType.STANDARD) },
    upstream: {
      wrong: http(
        (stack) =>
          new upstream.HttpStepFunctionsIntegration('Start', {
            stateMachine: sfn.StateMachine.fromStateMachineArn(
              stack,
              'Imported',
              machineOf(stack, sfn.StateMachineType.STANDARD).stateMachineArn,
            ) as sfn.StateMachine,
            subtype: STEPFUNCTIONS_START_SYNC_EXECUTION,
          }),
      ),
      right: http(
        (stack) =>
          new upstream.HttpStepFunctionsIntegration('Start', {
            stateMachine: machineOf(stack, sfn.StateMachineType.EXPRESS),
            subtype: STEPFUNCTIONS_START_SYNC_EXECUTION,
          }),
      ),
    },
  },
};
