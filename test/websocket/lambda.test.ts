import { App, Duration, NestedStack, Stack } from 'aws-cdk-lib';
import { ContentHandling, WebSocketApi, WebSocketStage } from 'aws-cdk-lib/aws-apigatewayv2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { WebSocketLambdaIntegration } from 'cdk-apigatewayv2-integrations';
import { errorOf, newFunction, newStack, propertiesOf } from '../util';

const PERMISSION = 'AWS::Lambda::Permission';
const INTEGRATION = 'AWS::ApiGatewayV2::Integration';

function sources(stack: Stack): string[] {
  return propertiesOf(stack, PERMISSION).map((permission) =>
    String((permission.SourceArn as { 'Fn::Join': [string, unknown[]] })['Fn::Join'][1].at(-1))).sort();
}

function uri(region: unknown, functionArn: unknown) {
  return {
    'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' },
      ...typeof region === 'string' ? [`:apigateway:${region}:lambda:path/2015-03-31/functions/`] : [
        ':apigateway:', region, ':lambda:path/2015-03-31/functions/',
      ],
      functionArn, '/invocations']],
  };
}

test('invokes the function', () => {
  const stack = newStack();
  new WebSocketApi(stack, 'Api').addRoute('send', {
    integration: new WebSocketLambdaIntegration('Integration', newFunction(stack)),
  });
  expect(propertiesOf(stack, INTEGRATION)).toEqual([{
    ApiId: { Ref: 'ApiF70053CD' },
    IntegrationType: 'AWS_PROXY',
    IntegrationUri: uri({ Ref: 'AWS::Region' }, { 'Fn::GetAtt': ['Handler886CB40B', 'Arn'] }),
  }]);
});

test('takes every option', () => {
  const stack = newStack();
  new WebSocketApi(stack, 'Api').addRoute('send', {
    integration: new WebSocketLambdaIntegration('Integration', newFunction(stack), {
      timeout: Duration.seconds(29), contentHandling: ContentHandling.CONVERT_TO_TEXT, description: 'Sends a message',
    }),
  });
  expect(propertiesOf(stack, INTEGRATION)).toEqual([expect.objectContaining({
    TimeoutInMillis: 29_000, ContentHandlingStrategy: 'CONVERT_TO_TEXT', Description: 'Sends a message',
  })]);
});

test('is limited to the key of each route that shares the integration', () => {
  const stack = newStack();
  const integration = new WebSocketLambdaIntegration('Integration', newFunction(stack));
  new WebSocketApi(stack, 'Api', {
    connectRouteOptions: { integration }, disconnectRouteOptions: { integration }, defaultRouteOptions: { integration },
  }).addRoute('send', { integration });
  expect(propertiesOf(stack, INTEGRATION)).toHaveLength(1);
  expect(sources(stack)).toEqual(['/*$connect', '/*$default', '/*$disconnect', '/*send']);
  expect(propertiesOf(stack, PERMISSION)[0]).toMatchObject({
    Action: 'lambda:InvokeFunction',
    Principal: 'apigateway.amazonaws.com',
    FunctionName: { 'Fn::GetAtt': ['Handler886CB40B', 'Arn'] },
  });
});

test('permits a route once, however often and in whichever order it is bound', () => {
  const stack = newStack();
  const integration = new WebSocketLambdaIntegration('Integration', newFunction(stack));
  const api = new WebSocketApi(stack, 'Api');
  const routes = ['send', 'list'].map((key) => api.addRoute(key, { integration }));
  for (const route of routes) { integration.bind({ route, scope: route }); }
  expect(sources(stack)).toEqual(['/*list', '/*send']);
});

test('invokes an alias, and grants on it', () => {
  const stack = newStack();
  const alias = newFunction(stack).addAlias('live');
  new WebSocketApi(stack, 'Api').addRoute('send', {
    integration: new WebSocketLambdaIntegration('Integration', alias),
  });
  expect(propertiesOf(stack, INTEGRATION)[0].IntegrationUri).toEqual(uri({
    Ref: 'AWS::Region',
  }, stack.resolve(alias.functionArn)));
  expect(propertiesOf(stack, PERMISSION)[0].FunctionName).toEqual(stack.resolve(alias.functionArn));
});

test('calls a function in the region of the function', () => {
  const stack = newStack('Stack', { account: '111111111111', region: 'us-east-1' });
  const handler = lambda.Function.fromFunctionArn(
    stack, 'Handler', 'arn:aws:lambda:eu-west-1:111111111111:function:books',
  );
  const role = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('apigateway.amazonaws.com') });
  new WebSocketApi(stack, 'Api').addRoute('send', {
    integration: new WebSocketLambdaIntegration('Integration', handler, { role }),
  });
  expect(JSON.stringify(propertiesOf(stack, INTEGRATION)[0].IntegrationUri)).toMatch(':apigateway:eu-west-1:lambda:');
  expect(propertiesOf(stack, PERMISSION)).toEqual([]);
});

test('fails on a function of another region without a role, since CloudFormation cannot create the permission', () => {
  const stack = newStack('Stack', { account: '111111111111', region: 'us-east-1' });
  const handler = lambda.Function.fromFunctionArn(
    stack, 'Handler', 'arn:aws:lambda:eu-west-1:111111111111:function:books',
  );
  expect(errorOf(() => new WebSocketApi(stack, 'Api').addRoute('send', {
    integration: new WebSocketLambdaIntegration('Integration', handler),
  })))
    .toMatch(new RegExp('is in the region eu-west-1, but the API is in us-east-1, expected both in one region'
      + '.*Pass \'role\'.*\\[rule lambda-region\\]$'));
});

test('adds no permission to a function of another account', () => {
  const stack = newStack('Stack', { account: '111111111111', region: 'us-east-1' });
  const handler = lambda.Function.fromFunctionArn(
    stack, 'Handler', 'arn:aws:lambda:us-east-1:222222222222:function:books',
  );
  new WebSocketApi(stack, 'Api').addRoute('send', {
    integration: new WebSocketLambdaIntegration('Integration', handler),
  });
  expect(sources(stack)).toEqual([]);
});

test('serves two stacks without a cycle', () => {
  const app = new App();
  const functions = new Stack(app, 'Functions');
  const apis = new Stack(app, 'Apis');
  new WebSocketApi(apis, 'Api').addRoute('send', {
    integration: new WebSocketLambdaIntegration('Integration', newFunction(functions)),
  });
  expect(sources(functions)).toEqual([]);
  expect(sources(apis)).toEqual(['/*send']);
  expect(functions.dependencies).toEqual([]);
});

test('works in a nested stack, for all stages', () => {
  const stack = newStack();
  const nested = new NestedStack(stack, 'Nested');
  const webSocketApi = new WebSocketApi(nested, 'Api');
  for (const stageName of ['beta', 'prod']) { new WebSocketStage(nested, stageName, { webSocketApi, stageName }); }
  webSocketApi.addRoute('send', { integration: new WebSocketLambdaIntegration('Integration', newFunction(stack)) });
  expect(sources(nested)).toEqual(['/*send']);
});

test.each(['cn-north-1', 'us-gov-west-1'])('names no partition by hand in %s', (region) => {
  const stack = newStack('Stack', { region });
  new WebSocketApi(stack, 'Api').addRoute('send', {
    integration: new WebSocketLambdaIntegration('Integration', newFunction(stack)),
  });
  expect(propertiesOf(stack, INTEGRATION)[0].IntegrationUri).toEqual(uri(region, {
    'Fn::GetAtt': ['Handler886CB40B', 'Arn'],
  }));
});

test('lives under the scope that is given', () => {
  const stack = newStack();
  const api = new WebSocketApi(stack, 'Api');
  const integration = new WebSocketLambdaIntegration('Integration', newFunction(stack), { scope: api });
  api.addRoute('send', { integration });
  expect(api.node.findChild('Integration')).toBeDefined();
  expect(sources(stack)).toEqual(['/*send']);
  expect(stack.resolve(integration.integrationId)).toEqual({
    Ref: stack.getLogicalId(api.node.findChild('Integration').node.defaultChild as never),
  });
});

test.each([49, 29_001])('fails on a timeout of %i milliseconds', (millis) => {
  const stack = newStack();
  const integration = new WebSocketLambdaIntegration('Integration', newFunction(stack), {
    timeout: Duration.millis(millis),
  });
  expect(errorOf(() => new WebSocketApi(stack, 'Api').addRoute('send', { integration }))).toBe(
    `Integration timeout must be between 50 milliseconds and 29 seconds. Got ${millis} milliseconds. Set 'timeout' to `
    + 'whole milliseconds '
    + 'from 50 to 29000, or leave it out for the WebSocket API default of 29 seconds. (at '
    + 'Stack/Api/send-Route/Integration) [rule websocket-timeout-range]');
});

test('fails on two APIs, and names both', () => {
  const stack = newStack();
  const integration = new WebSocketLambdaIntegration('Integration', newFunction(stack));
  new WebSocketApi(stack, 'One').addRoute('send', { integration });
  expect(errorOf(() => new WebSocketApi(stack, 'Two').addRoute('send', { integration })))
    .toMatch(/'Stack\/One'.*'Stack\/Two'.*\[rule single-api\]$/);
});
