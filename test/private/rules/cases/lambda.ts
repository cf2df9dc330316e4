import { Duration, type Stack } from 'aws-cdk-lib';
import * as apigwv2 from 'aws-cdk-lib/aws-apigatewayv2';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { HttpLambdaIntegration, type HttpLambdaIntegrationProps } from 'cdk-apigatewayv2-integrations';
import * as upstream from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { newFunction } from '../../../util';
import {
  api,
  both,
  functionRoute,
  FUNCTION,
  gateway,
  handler,
  HERE,
  permission,
  resource,
  sqs,
  url,
  webSocketUrl,
  withVariables,
  type Build,
  type Properties,
} from '../builders';
import { http, withBoth } from '../class-apps';
import type { Cases } from './case';

const ALL = both(handler(), permission('*/*/books'));
const ofVersion = (PayloadFormatVersion: unknown) => functionRoute(ALL, { PayloadFormatVersion });
const { VERSION_1_0, custom } = apigwv2.PayloadFormatVersion;

/** A function that a WebSocket API calls without a proxy. */
const webSocketFunction = (properties: Properties, timeout: number) =>
  api(
    'WEBSOCKET',
    {
      IntegrationType: 'AWS',
      IntegrationMethod: 'POST',
      ...properties,
      IntegrationUri: {
        'Fn::Sub': 'arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Function.Arn}/invocations',
      },
    },
    {},
    both(handler(timeout), permission('*')),
  );
const ASYNCHRONOUS = { RequestParameters: { 'integration.request.header.X-Amz-Invocation-Type': '\'Event\'' } };

const manyPermissions = Array.from({ length: 100 }, (_, i) => permission(`*/GET/books/${i}`, `P${i}`));

/** A function of a region, by its ARN, with a permission in the stack of the API. */
const elsewhere = (region: string, properties: Properties = {}): Build => {
  const arn = `arn:aws:lambda:${region}:${HERE.account}:function:shop`;
  return api('HTTP', { ...FUNCTION, IntegrationUri: arn, ...properties }, {}, (stack) => {
    if (properties.CredentialsArn) {
      return;
    }
    resource(stack, 'Permission', 'AWS::Lambda::Permission', {
      Action: 'lambda:InvokeFunction',
      FunctionName: arn,
      Principal: 'apigateway.amazonaws.com',
    });
  });
};
const functionOf = (region: string) => (stack: Stack) =>
  lambda.Function.fromFunctionArn(stack, 'Handler', `arn:aws:lambda:${region}:${HERE.account}:function:shop`);

/** A function whose alias a variable of the stage names. */
const staged = (variables: unknown): Build => {
  const IntegrationUri = { 'Fn::Join': [':', [FUNCTION.IntegrationUri, '${stageVariables.alias}']] };
  return withVariables(variables, functionRoute(both(handler(), permission('*/*/books'), aliased), { IntegrationUri }));
};
const aliased = (stack: Stack) => {
  resource(stack, 'Alias', 'AWS::Lambda::Alias', {
    FunctionName: { Ref: 'Function' },
    FunctionVersion: '1',
    Name: 'live',
  });
  (stack.node.findChild('Permission') as lambda.CfnPermission).addPropertyOverride('FunctionName', { Ref: 'Alias' });
};
const stageOf = (ApiId: unknown) => (stack: Stack) => {
  gateway(stack, 'Other', 'Stage', { ApiId, StageName: 'other', AutoDeploy: true });
};
const stageAlias =
  (stageVariables: Record<string, string>): Build =>
    (stack) => {
      const fn = newFunction(stack);
      const aliases = [new lambda.Alias(stack, 'Alias', { aliasName: 'live', version: fn.currentVersion })];
      const httpApi = new apigwv2.HttpApi(stack, 'Api', { createDefaultStage: false });
      new apigwv2.HttpStage(stack, 'Stage', { httpApi, autoDeploy: true, stageVariables });
      const integration = HttpLambdaIntegration.forStageAlias('Fn', fn, { stageVariable: 'alias', aliases });
      httpApi.addRoutes({ path: '/books', integration });
    };

/** A function that may run for some seconds, and an integration of it. */
const running = (seconds: number, props?: HttpLambdaIntegrationProps) =>
  http(
    (stack) =>
      new HttpLambdaIntegration('Fn', newFunction(stack, 'Handler', { timeout: Duration.seconds(seconds) }), props),
  );

/** As many routes to a function of classes. */
const manyRoutes =
  (count: number): Build =>
    (stack) => {
      const integration = new HttpLambdaIntegration('Fn', newFunction(stack));
      const httpApi = new apigwv2.HttpApi(stack, 'Api');
      for (let i = 0; i < count; i++) {
        httpApi.addRoutes({ path: `/books/${i}`, integration });
      }
    };

/** A default route of a function of aws-cdk-lib, whose permission for all routes does not match it. */
const defaultRoute =
  (Integration: typeof upstream.HttpLambdaIntegration): Build =>
    (stack) => {
      const defaultIntegration = new Integration('Fn', newFunction(stack), { scopePermissionToRoute: false });
      new apigwv2.HttpApi(stack, 'Api', { defaultIntegration });
    };

export const lambdaCases: Cases = {
  'payload-format-version': {
    wrong: {
      '3.0': ofVersion('3.0'),
      '2.0 of a URL': url({ PayloadFormatVersion: '2.0' }),
      '2.0 of a call of a service': sqs({}, { PayloadFormatVersion: '2.0' }),
      '2.0 on a WebSocket API': both(webSocketFunction({ PayloadFormatVersion: '2.0' }, 3)),
    },
    right: {
      '2.0': ofVersion('2.0'),
      '1.0': ofVersion('1.0'),
      '1.0 of a URL': url(),
      '1.0 of a call of a service': sqs({}),
      'the number that YAML makes of 2.0': ofVersion(2),
      'the number that YAML makes of 1.0': url({ PayloadFormatVersion: 1 }),
      'a version of the deployment': ofVersion({ 'Fn::ImportValue': 'version' }),
    },
    says: /'PayloadFormatVersion' is "3\.0", expected "1\.0" or "2\.0"/,
    ...withBoth(({ HttpLambdaIntegration: Integration }) => {
      const of = (payloadFormatVersion: apigwv2.PayloadFormatVersion) =>
        http((stack) => new Integration('Fn', newFunction(stack), { payloadFormatVersion }));
      return { wrong: of(custom('3.0')), right: of(VERSION_1_0) };
    }),
  },
  'lambda-timeout': {
    wrong: {
      'a function that runs longer than the longest timeout': functionRoute(both(handler(60), permission('*/*'))),
      'a function that runs longer than the timeout': functionRoute(both(handler(11), permission('*/*')), {
        TimeoutInMillis: 10_000,
      }),
      'a function that is waited for on a WebSocket API': webSocketFunction({}, 60),
    },
    right: {
      'a function that ends in time': functionRoute(both(handler(30), permission('*/*'))),
      'a function that is not waited for': webSocketFunction(ASYNCHRONOUS, 60),
      'a timeout of the deployment': functionRoute(both(handler(60), permission('*/*')), {
        TimeoutInMillis: { 'Fn::ImportValue': 'timeout' },
      }),
    },
    says: /'Stack\/Function' may run for 60 seconds, but the integration waits for 30 seconds only, expected/,
    classes: { wrong: running(31), right: running(30) },
    upstream: {
      wrong: http(
        (stack) =>
          new upstream.HttpLambdaIntegration('Fn', newFunction(stack, 'Handler', { timeout: Duration.minutes(1) })),
      ),
      right: http(
        (stack) =>
          new upstream.HttpLambdaIntegration('Fn', newFunction(stack, 'Handler', { timeout: Duration.seconds(9) })),
      ),
    },
  },
  'lambda-policy-size': {
    sample: 'The policy of a function has room for 40 permissions, not for 101.',
    wrong: { '101 permissions': functionRoute(both(ALL, ...manyPermissions)) },
    right: { '40 permissions': functionRoute(both(ALL, ...manyPermissions.slice(0, 39))) },
    says: /^The 101 permissions for API Gateway on the function 'Stack\/Function' need about \d{5} bytes, expected at most 20480/,
    classes: { wrong: manyRoutes(80), right: manyRoutes(40) },
  },
  'route-permission': {
    wrong: {
      'no permission': functionRoute(handler()),
      'a permission for another method': functionRoute(both(handler(), permission('*/POST/books'))),
      'a permission for three segments beside a default route': functionRoute(
        both(handler(), permission('*/*/*')),
        {},
        { RouteKey: '$default' },
      ),
    },
    right: {
      'a permission for the route': functionRoute(both(handler(), permission('*/GET/books'))),
      'a permission for the API beside a default route': functionRoute(
        both(handler(), permission('*/*')),
        {},
        { RouteKey: '$default' },
      ),
      'an imported function': functionRoute(() => undefined, {
        IntegrationUri: `arn:aws:lambda:${HERE.region}:222222222222:function:f`,
      }),
    },
    says: /and the function has no permission for it\. Expected a permission of lambda:InvokeFunction/,
    classes:
      'The classes add the permission, unless it is to be made elsewhere, and only the finished template tells '
      + 'whether it is.',
    upstream: {
      wrong: defaultRoute(upstream.HttpLambdaIntegration),
      right: http((stack) => new upstream.HttpLambdaIntegration('Fn', newFunction(stack))),
    },
  },
  'lambda-region': {
    wrong: { 'a function of another region': elsewhere('us-east-1') },
    right: {
      'a function of the region of the API': elsewhere(HERE.region),
      'a function of another region that is invoked by a role': elsewhere('us-east-1', {
        CredentialsArn: 'arn:aws:iam::111111111111:role/r',
      }),
    },
    says: /is in the region us-east-1, but the API is in eu-west-1, expected both in one region.*Pass 'role'/,
    ...withBoth(({ HttpLambdaIntegration: Integration }) => ({
      wrong: http((stack) => new Integration('Fn', functionOf('us-east-1')(stack))),
      right: http((stack) => new Integration('Fn', functionOf(HERE.region)(stack))),
    })),
  },
  'stage-variable': {
    wrong: {
      'a variable that the stage does not define': staged(undefined),
      'another variable': staged({ Alias: 'live' }),
      'a variable on a WebSocket API': webSocketUrl({ IntegrationUri: 'https://${stageVariables.host}' }),
    },
    right: {
      'a variable that the stage defines': staged({ alias: 'live' }),
      'a variable on a WebSocket API': withVariables(
        { host: 'a' },
        webSocketUrl({ IntegrationUri: 'https://${stageVariables.host}' }),
      ),
      'a name of the deployment': url({
        IntegrationUri: { 'Fn::Join': ['', ['https://${stageVariables.', { 'Fn::ImportValue': 'name' }, '}']] },
      }),
      'variables of the deployment': staged({ 'Fn::ImportValue': 'variables' }),
      'a stage that may be of the API': both(staged(undefined), stageOf({ 'Fn::ImportValue': 'api' })),
      'an API that is not in the app': url(
        { ApiId: 'a1b2c3', IntegrationUri: 'https://${stageVariables.host}' }, { ApiId: 'a1b2c3' }, stageOf('a1b2c3'),
      ),
      'no variable': functionRoute(ALL),
    },
    says: /reads the stage variable 'alias', but no stage of the API defines it, expected one that does/,
    classes: { wrong: stageAlias({}), right: stageAlias({ alias: 'live' }) },
    upstream: {
      wrong: http(() => new upstream.HttpUrlIntegration('Url', 'https://${stageVariables.host}/books')),
      right: http(() => new upstream.HttpUrlIntegration('Url', 'https://example.com')),
    },
  },
};
