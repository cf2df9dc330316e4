// The app that each language builds again: `tsx test/bindings/app.ts <outdir>` writes the templates that theirs must
// equal. The snippets of the README are built again, too; readme.json has them and their templates by section, and the
// folder `app` the assembly of the whole app that the README shows.
import { writeFileSync } from 'fs';
import { join, resolve } from 'path';
import { App, Aspects, Duration, Stack } from 'aws-cdk-lib';
import * as apigwv2 from 'aws-cdk-lib/aws-apigatewayv2';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kinesis from 'aws-cdk-lib/aws-kinesis';
import * as servicediscovery from 'aws-cdk-lib/aws-servicediscovery';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import * as integrations from 'cdk-apigatewayv2-integrations';
import { newFunction, readmeApp, readmeSections } from './readme';

const app = new App({ outdir: process.argv[2], analyticsReporting: false });

function httpStack(id: string, integrationIn: (stack: Stack) => apigwv2.HttpRouteIntegration) {
  const stack = new Stack(app, id);
  new apigwv2.HttpApi(stack, 'Api').addRoutes({
    path: '/books/{id}',
    methods: [apigwv2.HttpMethod.GET],
    integration: integrationIn(stack),
  });
}

function webSocketStack(id: string, integrationIn: (stack: Stack) => apigwv2.WebSocketRouteIntegration) {
  const stack = new Stack(app, id);
  new apigwv2.WebSocketApi(stack, 'Api').addRoute('send', { integration: integrationIn(stack) });
}

httpStack('HttpLambda', (stack) => new integrations.HttpLambdaIntegration('Books', newFunction(stack), {
  payloadFormatVersion: apigwv2.PayloadFormatVersion.VERSION_1_0, timeout: Duration.seconds(30),
}));
httpStack('HttpLambdaApiPermission', (stack) => new integrations.HttpLambdaIntegration('Books', newFunction(stack), {
  scopePermissionToRoute: false,
}));
httpStack('HttpUrl', () => new integrations.HttpUrlIntegration('Books', 'https://books.example.com/{id}', {
  method: apigwv2.HttpMethod.GET, description: 'The book shop',
}));
httpStack('HttpAlb', (stack) => {
  const balancer = new elbv2.ApplicationLoadBalancer(stack, 'Balancer', { vpc: new ec2.Vpc(stack, 'Vpc') });
  const listener = balancer.addListener('Listener', { port: 80 });
  listener.addTargets('Targets', { port: 80 });
  return new integrations.HttpAlbIntegration('Books', listener, { secureServerName: 'books.example.com' });
});
httpStack('HttpNlb', (stack) => {
  const balancer = new elbv2.NetworkLoadBalancer(stack, 'Balancer', { vpc: new ec2.Vpc(stack, 'Vpc') });
  const listener = balancer.addListener('Listener', { port: 80 });
  listener.addTargets('Targets', { port: 80 });
  return new integrations.HttpNlbIntegration('Books', listener);
});
httpStack('HttpServiceDiscovery', (stack) => {
  const vpc = new ec2.Vpc(stack, 'Vpc');
  const namespace = new servicediscovery.PrivateDnsNamespace(stack, 'Namespace', { name: 'example.com', vpc });
  return new integrations.HttpServiceDiscoveryIntegration('Books', namespace.createService('Service'), {
    vpcLink: new apigwv2.VpcLink(stack, 'Link', { vpc }),
  });
});
httpStack('ParameterMapping', () => new integrations.HttpUrlIntegration('Books', 'https://books.example.com', {
  parameterMapping: new apigwv2.ParameterMapping()
    .appendHeader('id', apigwv2.MappingValue.requestPathParam('id'))
    .overwriteQueryString('page', apigwv2.MappingValue.requestQueryString('p'))
    .custom('overwrite:header.stage', '$context.stage'),
}));
webSocketStack('WebSocketLambda', (stack) => new integrations.WebSocketLambdaIntegration('Send', newFunction(stack), {
  timeout: Duration.seconds(5), contentHandling: apigwv2.ContentHandling.CONVERT_TO_BINARY,
}));
webSocketStack('WebSocketMock', () => new integrations.WebSocketMockIntegration('Send', {
  requestTemplates: { 'application/json': '{"statusCode":200}' }, templateSelectionExpression: '\\$default',
}));
webSocketStack('WebSocketAws', (stack) => new integrations.WebSocketAwsIntegration('Send', {
  integrationUri: `arn:aws:apigateway:${stack.region}:dynamodb:action/PutItem`,
  integrationMethod: 'POST',
  credentialsRole: new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('apigateway.amazonaws.com') }),
  passthroughBehavior: apigwv2.PassthroughBehavior.NEVER,
}));
httpStack('PermissionScope', (stack) => new integrations.HttpLambdaIntegration('Books', newFunction(stack), {
  permissionScope: integrations.LambdaPermissionScope.ROUTE_KEY,
}));
httpStack('ResponseMapping', () => new integrations.HttpUrlIntegration('Books', 'https://books.example.com', {
  responseParameterMapping: {
    200: new integrations.ResponseParameterMapping()
      .overwriteStatusCode(201)
      .appendHeader('x-request-id', integrations.ResponseMappingValue.contextVariable('requestId'))
      .removeHeader('server'),
  },
}));
httpStack('HttpSqs', (stack) => new integrations.HttpSqsIntegration('Books', {
  queue: new sqs.Queue(stack, 'Queue'), messageBody: apigwv2.MappingValue.requestBody('book'),
}));
const queueIn = (stack: Stack) => new sqs.Queue(stack, 'Queue');
webSocketStack('WebSocketSqs', (stack) => new integrations.WebSocketSqsIntegration('Send', queueIn(stack), {
  integrationResponses: [
    {
      integrationResponseKey: integrations.WebSocketIntegrationResponseKey.DEFAULT,
      responseTemplates: { $default: '{"queued": true}' },
    },
    { integrationResponseKey: integrations.WebSocketIntegrationResponseKey.fromStatusCode(404) },
  ],
}));

httpStack('PrivateOptions', (stack) => {
  const vpc = new ec2.Vpc(stack, 'Vpc');
  const listener = new elbv2.NetworkLoadBalancer(stack, 'Balancer', { vpc }).addListener('Listener', { port: 80 });
  listener.addTargets('Targets', { port: 80 });
  return new integrations.HttpNlbIntegration('Books', listener, {
    method: apigwv2.HttpMethod.GET,
    vpcLinkName: 'books',
    subnets: { subnetType: ec2.SubnetType.PUBLIC },
    securityGroups: [new ec2.SecurityGroup(stack, 'LinkGroup', { vpc })],
  });
});
httpStack('ServiceOptions', (stack) => new integrations.HttpSqsIntegration('Books', {
  queue: new sqs.Queue(stack, 'Queue'),
  subtype: apigwv2.HttpIntegrationSubtype.SQS_RECEIVE_MESSAGE,
  maxNumberOfMessages: apigwv2.MappingValue.custom('5'),
  role: new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('apigateway.amazonaws.com') }),
  region: 'eu-west-1',
  scope: stack,
}));
const { WebSocketLambdaIntegration } = integrations;
webSocketStack('WebSocketLambdaResponses', (stack) => new WebSocketLambdaIntegration('Send', newFunction(stack), {
  proxy: false,
  requestTemplates: { $default: '{"body": $input.json("$")}' },
  integrationResponses: [{
    integrationResponseKey: integrations.WebSocketIntegrationResponseKey.SUCCESS,
    responseParameters: { 'route.response.header.X-Id': 'integration.response.header.X-Id' },
    contentHandling: apigwv2.ContentHandling.CONVERT_TO_TEXT,
  }],
}));
webSocketStack('WebSocketHttpResponses', () => new integrations.WebSocketHttpIntegration('Send', 'https://books.example.com', {
  proxy: false,
  method: apigwv2.HttpMethod.POST,
  integrationResponses: [
    { integrationResponseKey: integrations.WebSocketIntegrationResponseKey.fromStatusRegExp('[23]\\d\\d') },
    {
      integrationResponseKey: integrations.WebSocketIntegrationResponseKey.CLIENT_ERROR,
      responseTemplates: { $default: '{}' },
    },
  ],
}));
webSocketStack('WebSocketSns', (stack) =>
  new integrations.WebSocketSnsIntegration('Send', new sns.Topic(stack, 'Topic')));
webSocketStack('WebSocketStepFunctions', (stack) => new integrations.WebSocketStepFunctionsIntegration(
  'Send', new sfn.StateMachine(stack, 'Machine', { definitionBody: sfn.DefinitionBody.fromString('{}') }), {
    action: integrations.WebSocketStepFunctionsAction.STOP_EXECUTION,
  }));
webSocketStack('WebSocketEventBridge', (stack) => new integrations.WebSocketEventBridgeIntegration(
  'Send', new events.EventBus(stack, 'Bus'), { source: 'shop', detailType: 'Order' }));
const streamIn = (stack: Stack) => new kinesis.Stream(stack, 'Stream');
webSocketStack('WebSocketKinesis', (stack) => new integrations.WebSocketKinesisIntegration('Send', streamIn(stack), {
  partitionKey: '$context.apiId',
}));
webSocketStack('WebSocketDynamoDb', (stack) => new integrations.WebSocketDynamoDbIntegration(
  'Send', new dynamodb.Table(stack, 'Table', { partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING } }), {
    action: integrations.WebSocketDynamoDbAction.QUERY,
    indexName: 'by-author',
    requestTemplates: { $default: '{"TableName": "books"}' },
  }));

Aspects.of(app).add(new integrations.ApiGatewayV2Checks());
app.synth();
writeFileSync(join(process.argv[2], 'readme.json'), JSON.stringify(readmeSections()));

// The example that has a twin in Python.
process.env.CDK_OUTDIR = join(process.argv[2], 'deployed');
// eslint-disable-next-line @typescript-eslint/no-require-imports -- an app is a program; loading it runs it
require('../../examples/deployed');

// The whole app of the README, as it stands there.
process.env.CDK_OUTDIR = join(process.argv[2], 'app');
const readmeAppFile = resolve(process.argv[2], 'readme-app.ts');
writeFileSync(readmeAppFile, readmeApp('ts'));
// eslint-disable-next-line @typescript-eslint/no-require-imports -- an app is a program; loading it runs it
require(readmeAppFile);
