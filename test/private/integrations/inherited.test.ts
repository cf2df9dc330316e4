import { Stack } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as apigwv2 from 'aws-cdk-lib/aws-apigatewayv2';
import * as appconfig from 'aws-cdk-lib/aws-appconfig';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kinesis from 'aws-cdk-lib/aws-kinesis';
import * as servicediscovery from 'aws-cdk-lib/aws-servicediscovery';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import * as m from 'cdk-apigatewayv2-integrations';
import { errorOf, newFunction, newStack, warningsOf } from '../../util';

// What is said of every integration of a protocol, of a VPC or of a service: each class has to say it.

const HERE = { account: '111111111111', region: 'eu-west-1' };
const ID = apigwv2.MappingValue.custom('$request.path.id');
const LISTENER = 'arn:aws:elasticloadbalancing:eu-west-1:111111111111:listener/app/lb/1/2';

const arn = (service: string, name: string) => `arn:aws:${service}:eu-west-1:111111111111:${name}`;
const queue = (stack: Stack) => sqs.Queue.fromQueueArn(stack, 'Queue', arn('sqs', 'queue'));
const bus = (stack: Stack) => events.EventBus.fromEventBusArn(stack, 'Bus', arn('events', 'event-bus/bus'));
const stream = (stack: Stack) => kinesis.Stream.fromStreamArn(stack, 'Stream', arn('kinesis', 'stream/stream'));
const machine = (stack: Stack) => sfn.StateMachine.fromStateMachineName(stack, 'Machine', 'machine');
const alb = (stack: Stack) => elbv2.ApplicationListener.fromApplicationListenerAttributes(stack, 'Listener', {
  listenerArn: LISTENER, securityGroup: {} as never,
});
const nlb = (stack: Stack) => elbv2.NetworkListener.fromNetworkListenerArn(stack, 'Listener', LISTENER);
const service = (stack: Stack) => servicediscovery.Service.fromServiceAttributes(stack, 'Service', {
  serviceArn: arn('servicediscovery', 'service/srv-1'), serviceId: 'srv-1', serviceName: 'service',
  dnsRecordType: servicediscovery.DnsRecordType.SRV, routingPolicy: servicediscovery.RoutingPolicy.MULTIVALUE,
  namespace: {} as never,
});
const importedRole = (stack: Stack) => iam.Role.fromRoleArn(stack, 'Role', 'arn:aws:iam::222222222222:role/theirs');

type Http = (stack: Stack, options: object) => apigwv2.HttpRouteIntegration;
type WebSocket = (stack: Stack, options: object) => apigwv2.WebSocketRouteIntegration;

const PUBLIC: Record<string, Http> = {
  HttpLambdaIntegration: (stack, options) => new m.HttpLambdaIntegration('I', newFunction(stack), options),
  HttpUrlIntegration: (_, options) => new m.HttpUrlIntegration('I', 'https://example.com', options),
};
const PRIVATE: Record<string, Http> = {
  HttpAlbIntegration: (stack, options) => new m.HttpAlbIntegration('I', alb(stack), options),
  HttpNlbIntegration: (stack, options) => new m.HttpNlbIntegration('I', nlb(stack), options),
  HttpServiceDiscoveryIntegration: (stack, options) =>
    new m.HttpServiceDiscoveryIntegration('I', service(stack), options),
  HttpVpcLinkIntegration: (_, options) => new m.HttpVpcLinkIntegration('I', LISTENER, options as never),
};
const SERVICES: Record<string, Http> = {
  HttpSqsIntegration: (stack, options) =>
    new m.HttpSqsIntegration('I', { queue: queue(stack), messageBody: ID, ...options }),
  HttpStepFunctionsIntegration: (stack, options) =>
    new m.HttpStepFunctionsIntegration('I', { stateMachine: machine(stack), input: ID, ...options }),
  HttpEventBridgeIntegration: (stack, options) =>
    new m.HttpEventBridgeIntegration('I', { eventBus: bus(stack), detail: ID, ...options }),
  HttpKinesisIntegration: (stack, options) =>
    new m.HttpKinesisIntegration('I', { stream: stream(stack), data: ID, ...options }),
  HttpAppConfigIntegration: (stack, options) => {
    const application = new appconfig.Application(stack, 'App');
    return new m.HttpAppConfigIntegration('I', {
      application,
      environment: new appconfig.Environment(stack, 'Env', { application }),
      configuration: new appconfig.HostedConfiguration(stack, 'Configuration', {
        application, content: appconfig.ConfigurationContent.fromInlineText('on'),
      }),
      clientId: ID,
      ...options,
    });
  },
  HttpAwsServiceIntegration: (stack, options) => new m.HttpAwsServiceIntegration('I', {
    subtype: 'SQS-SendMessage',
    parameterMapping: new apigwv2.ParameterMapping().custom('QueueUrl', queue(stack).queueUrl)
      .custom('MessageBody', ID.value),
    policyStatements: [new iam.PolicyStatement({ actions: ['sqs:SendMessage'], resources: ['*'] })],
    ...options,
  }),
};
const WEBSOCKET_SERVICES: Record<string, WebSocket> = {
  WebSocketSqsIntegration: (stack, options) => new m.WebSocketSqsIntegration('I', queue(stack), options),
  WebSocketStepFunctionsIntegration: (stack, options) =>
    new m.WebSocketStepFunctionsIntegration('I', machine(stack), options),
  WebSocketEventBridgeIntegration: (stack, options) => new m.WebSocketEventBridgeIntegration('I', bus(stack), options),
  WebSocketKinesisIntegration: (stack, options) => new m.WebSocketKinesisIntegration('I', stream(stack), options),
  WebSocketSnsIntegration: (stack, options) =>
    new m.WebSocketSnsIntegration('I', sns.Topic.fromTopicArn(stack, 'Topic', arn('sns', 'topic')), options),
  WebSocketDynamoDbIntegration: (stack, options) =>
    new m.WebSocketDynamoDbIntegration('I', dynamodb.Table.fromTableName(stack, 'Table', 'table'), {
      requestTemplates: { $default: '{"Item":{"id":{"S":"$context.requestId"}}}' }, ...options,
    }),
};
const WEBSOCKET: Record<string, WebSocket> = {
  ...WEBSOCKET_SERVICES,
  WebSocketLambdaIntegration: (stack, options) =>
    new m.WebSocketLambdaIntegration('I', newFunction(stack), { proxy: false, ...options }),
  WebSocketHttpIntegration: (_, options) => new m.WebSocketHttpIntegration('I', 'https://example.com', {
    method: apigwv2.HttpMethod.POST, proxy: false, ...options,
  }),
  WebSocketMockIntegration: (_, options) => new m.WebSocketMockIntegration('I', options),
  WebSocketAwsIntegration: (_, options) => new m.WebSocketAwsIntegration('I', {
    integrationUri: 'arn:aws:apigateway:eu-west-1:sqs:path/111111111111/queue', integrationMethod: 'POST', ...options,
  }),
};

test('there is each class of the library', () => {
  const named = [PUBLIC, PRIVATE, SERVICES, WEBSOCKET].flatMap((classes) => Object.keys(classes));
  expect(named.sort()).toEqual(Object.keys(m).filter((name) => /^(Http|WebSocket)\w+Integration$/.test(name)).sort());
});

const addHttp = (stack: Stack, integration: apigwv2.HttpRouteIntegration) =>
  new apigwv2.HttpApi(stack, 'Api').addRoutes({ path: '/a', integration });
const addWebSocket = (stack: Stack, integration: apigwv2.WebSocketRouteIntegration) =>
  new apigwv2.WebSocketApi(stack, 'Api').addRoute('a', { integration });
const rulesOn = (stack: Stack) => warningsOf(stack).map(({ rule }) => rule);

test.each(Object.entries({ ...PUBLIC, ...PRIVATE }))('%s warns of a path variable that no route has', (_, create) => {
  const stack = newStack('Stack', HERE);
  const parameterMapping = new apigwv2.ParameterMapping().overwritePath(ID);
  const vpcLink = apigwv2.VpcLink.fromVpcLinkAttributes(stack, 'Link', { vpcLinkId: 'link', vpc: {} as never });
  addHttp(stack, create(stack, { parameterMapping, vpcLink }));
  expect(rulesOn(stack)).toEqual(['path-variable']);
});

test.each(Object.entries(SERVICES))('%s warns of a path variable that no route has', (_, create) => {
  const stack = newStack('Stack', HERE);
  addHttp(stack, create(stack, {}));
  expect(rulesOn(stack)).toEqual(['path-variable']);
});

test.each(Object.entries(PRIVATE))('%s fails on a VPC link of API Gateway v1', (_, create) => {
  const stack = newStack('Stack', HERE);
  const vpcLink = new apigateway.VpcLink(stack, 'Link', { targets: [{ loadBalancerArn: 'arn' } as never] });
  expect(errorOf(() => { addHttp(stack, create(stack, { vpcLink })); })).toMatch(/\[rule http-vpc-link\]$/);
});

test.each(Object.entries(SERVICES))('%s warns of a role that cannot be granted the call', (_, create) => {
  const stack = newStack('Stack', HERE);
  addHttp(stack, create(stack, { role: importedRole(stack) }));
  expect(rulesOn(stack)).toContain('role-not-granted');
});

test.each(Object.entries(WEBSOCKET_SERVICES))('%s warns of a role that cannot be granted the call', (_, create) => {
  const stack = newStack('Stack', HERE);
  addWebSocket(stack, create(stack, { role: importedRole(stack) }));
  expect(rulesOn(stack)).toEqual(['role-not-granted']);
});

test.each(Object.entries(WEBSOCKET))('%s warns of responses that no route returns', (_, create) => {
  const stack = newStack('Stack', HERE);
  const integrationResponses = [{ integrationResponseKey: m.WebSocketIntegrationResponseKey.DEFAULT }];
  addWebSocket(stack, create(stack, { integrationResponses }));
  expect(rulesOn(stack)).toContain('websocket-response-not-returned');
});
