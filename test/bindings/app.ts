// The app that each language builds again: `tsx test/bindings/app.ts <outdir>` writes the templates that theirs must equal.
import { App, Aspects, Duration, Stack } from 'aws-cdk-lib';
import * as apigwv2 from 'aws-cdk-lib/aws-apigatewayv2';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as servicediscovery from 'aws-cdk-lib/aws-servicediscovery';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import * as integrations from 'cdk-apigatewayv2-integrations';

const app = new App({ outdir: process.argv[2], analyticsReporting: false });

function newFunction(stack: Stack) {
  return new lambda.Function(stack, 'Handler', {
    runtime: lambda.Runtime.NODEJS_22_X, handler: 'index.handler', code: lambda.Code.fromInline('exports.handler = async () => ({});'),
  });
}

function httpStack(id: string, integrationIn: (stack: Stack) => apigwv2.HttpRouteIntegration) {
  const stack = new Stack(app, id);
  new apigwv2.HttpApi(stack, 'Api').addRoutes({ path: '/books/{id}', methods: [apigwv2.HttpMethod.GET], integration: integrationIn(stack) });
}

function webSocketStack(id: string, integrationIn: (stack: Stack) => apigwv2.WebSocketRouteIntegration) {
  const stack = new Stack(app, id);
  new apigwv2.WebSocketApi(stack, 'Api').addRoute('send', { integration: integrationIn(stack) });
}

httpStack('HttpLambda', (stack) => new integrations.HttpLambdaIntegration('Books', newFunction(stack), {
  payloadFormatVersion: apigwv2.PayloadFormatVersion.VERSION_1_0, timeout: Duration.seconds(30),
}));
httpStack('HttpLambdaApiPermission', (stack) => new integrations.HttpLambdaIntegration('Books', newFunction(stack), { scopePermissionToRoute: false }));
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
webSocketStack('WebSocketSqs', (stack) => new integrations.WebSocketSqsIntegration('Send', new sqs.Queue(stack, 'Queue'), {
  integrationResponses: [
    { integrationResponseKey: integrations.WebSocketIntegrationResponseKey.DEFAULT, responseTemplates: { $default: '{"queued": true}' } },
    { integrationResponseKey: integrations.WebSocketIntegrationResponseKey.fromStatusCode(404) },
  ],
}));

Aspects.of(app).add(new integrations.ApiGatewayV2Checks());
app.synth();
