import { App, Duration, NestedStack, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import {
  HttpApi, HttpMethod, HttpRoute, HttpRouteKey, HttpStage, ParameterMapping, MappingValue, PayloadFormatVersion,
} from 'aws-cdk-lib/aws-apigatewayv2';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { HttpLambdaIntegration } from 'cdk-apigatewayv2-integrations';
import { errorOf, newFunction, newStack, propertiesOf } from '../util';

const PERMISSION = 'AWS::Lambda::Permission';
const INTEGRATION = 'AWS::ApiGatewayV2::Integration';
const ENV = { account: '111111111111', region: 'eu-central-1' };

/** What follows the id of the API in the source ARN of each permission. */
function sources(stack: Stack): string[] {
  return propertiesOf(stack, PERMISSION).map((permission) => {
    const parts = (permission.SourceArn as { 'Fn::Join': [string, unknown[]] })['Fn::Join'][1];
    return String(parts.at(-1));
  }).sort();
}

describe('integration', () => {
  test('invokes the function with payload format 2.0', () => {
    const stack = newStack();
    new HttpApi(stack, 'Api', { defaultIntegration: new HttpLambdaIntegration('Integration', newFunction(stack)) });
    expect(propertiesOf(stack, INTEGRATION)).toEqual([{
      ApiId: { Ref: 'ApiF70053CD' },
      IntegrationType: 'AWS_PROXY',
      IntegrationUri: { 'Fn::GetAtt': ['Handler886CB40B', 'Arn'] },
      PayloadFormatVersion: '2.0',
    }]);
  });

  test('takes every option', () => {
    const stack = newStack();
    new HttpApi(stack, 'Api', {
      defaultIntegration: new HttpLambdaIntegration('Integration', newFunction(stack), {
        payloadFormatVersion: PayloadFormatVersion.VERSION_1_0,
        timeout: Duration.seconds(30),
        parameterMapping: new ParameterMapping().appendHeader('x-id', MappingValue.contextVariable('requestId')),
        description: 'Lists the books',
      }),
    });
    expect(propertiesOf(stack, INTEGRATION)).toEqual([expect.objectContaining({
      PayloadFormatVersion: '1.0',
      TimeoutInMillis: 30_000,
      RequestParameters: { 'append:header.x-id': '$context.requestId' },
      Description: 'Lists the books',
    })]);
  });

  test('is made once for all routes that share it', () => {
    const stack = newStack();
    const api = new HttpApi(stack, 'Api');
    const integration = new HttpLambdaIntegration('Integration', newFunction(stack));
    api.addRoutes({ path: '/a', integration });
    api.addRoutes({ path: '/b', integration });
    const [one, two] = propertiesOf(stack, 'AWS::ApiGatewayV2::Route');
    expect(propertiesOf(stack, INTEGRATION)).toHaveLength(1);
    expect(one.Target).toEqual(two.Target);
  });

  test('lives under the scope that is given, whatever route comes first', () => {
    const logicalId = (paths: string[]) => {
      const stack = newStack();
      const api = new HttpApi(stack, 'Api');
      const integration = new HttpLambdaIntegration('Integration', newFunction(stack), { scope: api });
      for (const path of paths) { api.addRoutes({ path, integration }); }
      return Object.keys(Template.fromStack(stack).findResources(INTEGRATION));
    };
    expect(logicalId(['/a', '/b'])).toEqual(logicalId(['/b', '/a']));
  });

  test('tells its id once a route uses it', () => {
    const stack = newStack();
    const integration = new HttpLambdaIntegration('Integration', newFunction(stack));
    new HttpApi(stack, 'Api').addRoutes({ path: '/a', integration });
    const [id] = Object.keys(Template.fromStack(stack).findResources(INTEGRATION));
    expect(stack.resolve(integration.integrationId)).toEqual({ Ref: id });
  });

  test('fails to tell its id before a route uses it', () => {
    const integration = new HttpLambdaIntegration('Integration', newFunction(newStack()));
    expect(errorOf(() => integration.integrationId))
      .toMatch(new RegExp('\'integrationId\' was read before.*addRoutes.*'
        + '\\(at integration \'Integration\'\\) \\[rule integration-not-bound\\]$', 's'));
  });

  test('fails on two APIs, and names both', () => {
    const stack = newStack();
    const integration = new HttpLambdaIntegration('Integration', newFunction(stack));
    new HttpApi(stack, 'One').addRoutes({ path: '/a', integration });
    expect(errorOf(() => new HttpApi(stack, 'Two').addRoutes({ path: '/a', integration }))).toBe(
      'A single integration cannot be associated with multiple APIs. It serves the API \'Stack/One\' and was now bound '
      + 'to a route of the API '
      + '\'Stack/Two\'. Create a second integration object for the second API; both may name the same target. '
      + '(at Stack/Two/ANY--a/Integration) [rule single-api]');
  });

  test.each([0, 49, 30_001])('fails on a timeout of %i milliseconds', (millis) => {
    const stack = newStack();
    const integration = new HttpLambdaIntegration('Integration', newFunction(stack), {
      timeout: Duration.millis(millis),
    });
    expect(errorOf(() => new HttpApi(stack, 'Api').addRoutes({ path: '/a', integration }))).toBe(
      `Integration timeout must be between 50 milliseconds and 30 seconds. Got ${millis} milliseconds. Set 'timeout' `
      + 'to whole milliseconds '
      + 'from 50 to 30000, or leave it out for the HTTP API default of 30 seconds. (at Stack/Api/ANY--a/Integration) '
      + '[rule http-timeout-range]');
  });
});

describe('permission', () => {
  test('lets API Gateway invoke the function for the path of the route', () => {
    const stack = newStack();
    new HttpApi(stack, 'Api').addRoutes({
      path: '/books/{id}',
      methods: [HttpMethod.GET],
      integration: new HttpLambdaIntegration('Integration', newFunction(stack)),
    });
    expect(propertiesOf(stack, PERMISSION)).toEqual([{
      Action: 'lambda:InvokeFunction',
      FunctionName: { 'Fn::GetAtt': ['Handler886CB40B', 'Arn'] },
      Principal: 'apigateway.amazonaws.com',
      SourceArn: {
        'Fn::Join': ['', [
          'arn:',
          { Ref: 'AWS::Partition' },
          ':execute-api:',
          { Ref: 'AWS::Region' },
          ':',
          { Ref: 'AWS::AccountId' },
          ':',
          { Ref: 'ApiF70053CD' },
          '/*/*/books/{id}',
        ]],
      },
    }]);
  });

  test.each([
    ['plain', HttpRouteKey.with('/books', HttpMethod.GET), '/*/*/books'],
    ['root', HttpRouteKey.with('/', HttpMethod.GET), '/*/*/'],
    ['greedy', HttpRouteKey.with('/files/{proxy+}', HttpMethod.ANY), '/*/*/files/{proxy+}'],
    ['default', HttpRouteKey.DEFAULT, '/*/*'],
  ])('is limited to a %s route', (_, routeKey, source) => {
    const stack = newStack();
    new HttpRoute(stack, 'Route', {
      httpApi: new HttpApi(stack, 'Api'),
      routeKey,
      integration: new HttpLambdaIntegration('Integration', newFunction(stack)),
    });
    expect(sources(stack)).toEqual([source]);
  });

  test('is made for each route of a shared integration', () => {
    const stack = newStack();
    const api = new HttpApi(stack, 'Api');
    const integration = new HttpLambdaIntegration('Integration', newFunction(stack));
    for (const path of ['/a', '/b', '/c']) { api.addRoutes({ path, integration }); }
    expect(sources(stack)).toEqual(['/*/*/a', '/*/*/b', '/*/*/c']);
  });

  test('is made once per function and API with scopePermissionToRoute: false', () => {
    const stack = newStack();
    const [one, two] = [newFunction(stack, 'One'), newFunction(stack, 'Two')];
    for (const id of ['Api', 'Other']) {
      const api = new HttpApi(stack, id);
      for (const path of ['/a', '/b', '/c']) {
        for (const [name, handler] of Object.entries({ one, two })) {
          api.addRoutes({
            path: `${path}/${name}`,
            integration: new HttpLambdaIntegration(name, handler, { scopePermissionToRoute: false }),
          });
        }
      }
    }
    expect(sources(stack)).toEqual(['/*/*/*', '/*/*/*', '/*/*/*', '/*/*/*']);
  });

  test('stays on the alias that is invoked', () => {
    const stack = newStack();
    const alias = newFunction(stack).addAlias('live');
    new HttpApi(stack, 'Api').addRoutes({ path: '/a', integration: new HttpLambdaIntegration('Integration', alias) });
    expect(propertiesOf(stack, INTEGRATION)[0].IntegrationUri).toEqual(stack.resolve(alias.functionArn));
    expect(propertiesOf(stack, PERMISSION)[0].FunctionName).toEqual(stack.resolve(alias.functionArn));
  });

  test('is not made for a function of another account', () => {
    const stack = new Stack(new App(), 'Stack', { env: ENV });
    const handler = lambda.Function.fromFunctionArn(
      stack, 'Handler', 'arn:aws:lambda:eu-central-1:222222222222:function:books',
    );
    new HttpApi(stack, 'Api').addRoutes({ path: '/a', integration: new HttpLambdaIntegration('Integration', handler) });
    expect(propertiesOf(stack, PERMISSION)).toEqual([]);
    expect(propertiesOf(stack, INTEGRATION)[0].IntegrationUri)
      .toBe('arn:aws:lambda:eu-central-1:222222222222:function:books');
    Annotations.fromStack(stack).hasNoError('*', Match.anyValue());
  });

  test('is made for a function that is imported from the account of the stack', () => {
    const stack = new Stack(new App(), 'Stack', { env: ENV });
    const handler = lambda.Function.fromFunctionAttributes(stack, 'Handler', {
      functionArn: 'arn:aws:lambda:eu-central-1:111111111111:function:books', sameEnvironment: true,
    });
    new HttpApi(stack, 'Api').addRoutes({ path: '/a', integration: new HttpLambdaIntegration('Integration', handler) });
    expect(propertiesOf(stack, PERMISSION)[0].FunctionName)
      .toBe('arn:aws:lambda:eu-central-1:111111111111:function:books');
  });

  test.each([true, false])('lives with the route when the function is in another stack, without a cycle '
    + '(scopePermissionToRoute: %s)', (scopePermissionToRoute) => {
    const app = new App();
    const functions = new Stack(app, 'Functions');
    const apis = new Stack(app, 'Apis');
    new HttpApi(apis, 'Api').addRoutes({
      path: '/a',
      integration: new HttpLambdaIntegration('Integration', newFunction(functions), { scopePermissionToRoute }),
    });
    expect(propertiesOf(functions, PERMISSION)).toEqual([]);
    expect(propertiesOf(apis, PERMISSION)).toHaveLength(1);
    expect(apis.dependencies.map((stack) => stack.node.id)).toEqual(['Functions']);
    expect(functions.dependencies).toEqual([]);
  });

  test('lives with the route in a nested stack', () => {
    const stack = newStack();
    const nested = new NestedStack(stack, 'Nested');
    new HttpApi(nested, 'Api').addRoutes({
      path: '/a',
      integration: new HttpLambdaIntegration('Integration', newFunction(stack)),
    });
    expect(propertiesOf(stack, PERMISSION)).toEqual([]);
    expect(propertiesOf(nested, PERMISSION)).toHaveLength(1);
  });

  test('serves all stages', () => {
    const stack = newStack();
    const api = new HttpApi(stack, 'Api', { createDefaultStage: false });
    for (const stageName of ['beta', 'prod']) { new HttpStage(stack, stageName, { httpApi: api, stageName }); }
    api.addRoutes({ path: '/a', integration: new HttpLambdaIntegration('Integration', newFunction(stack)) });
    expect(sources(stack)).toEqual(['/*/*/a']);
  });

  test.each(['cn-north-1', 'us-gov-west-1', undefined])('names the partition of its stack in %s', (region) => {
    const stack = newStack('Stack', { region });
    new HttpApi(stack, 'Api').addRoutes({
      path: '/a',
      integration: new HttpLambdaIntegration('Integration', newFunction(stack)),
    });
    const [, parts] = (propertiesOf(stack, PERMISSION)[0].SourceArn as { 'Fn::Join': [string, unknown[]] })['Fn::Join'];
    expect(parts.slice(0, 2)).toEqual(['arn:', { Ref: 'AWS::Partition' }]);
    expect(JSON.stringify(parts)).not.toMatch('arn:aws');
  });
});
