import { Annotations, App, Duration, NestedStack, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import {
  HttpApi, HttpRoute, HttpRouteKey, HttpMethod, IntegrationCredentials, PayloadFormatVersion, WebSocketApi,
} from 'aws-cdk-lib/aws-apigatewayv2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import {
  HttpLambdaIntegration, LambdaPermissionScope, WebSocketLambdaIntegration, type HttpLambdaIntegrationProps,
} from 'cdk-apigatewayv2-integrations';
import { errorOf, newFunction, newStack, propertiesOf, warningsOf } from '../util';

const PERMISSION = 'AWS::Lambda::Permission';
const INTEGRATION = 'AWS::ApiGatewayV2::Integration';
const { ROUTE, ROUTE_KEY, API, NONE } = LambdaPermissionScope;

function sources(...stacks: Stack[]): string[] {
  return stacks.flatMap((stack) => propertiesOf(stack, PERMISSION)).map((permission) =>
    String((permission.SourceArn as { 'Fn::Join': [string, unknown[]] })['Fn::Join'][1].at(-1))).sort();
}

/** The functions that the statements of the policies allow to invoke. */
function invocationsIn(stack: Stack): unknown[] {
  return propertiesOf(stack, 'AWS::IAM::Policy').flatMap(({ PolicyDocument }) => {
    const { Statement: statements } = PolicyDocument as { readonly Statement: { readonly Resource: unknown }[] };
    return statements.map(({ Resource, ...statement }) => {
      expect(statement).toEqual({ Action: 'lambda:InvokeFunction', Effect: 'Allow' });
      return Resource;
    });
  });
}

function roleIn(stack: Stack): iam.Role {
  return new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('apigateway.amazonaws.com') });
}

const KEYS = [
  HttpRouteKey.with('/plain', HttpMethod.GET),
  HttpRouteKey.with('/items/{id}', HttpMethod.PUT),
  HttpRouteKey.with('/files/{proxy+}', HttpMethod.POST),
  HttpRouteKey.with('/any', HttpMethod.ANY),
  HttpRouteKey.DEFAULT,
];

describe('HTTP routes: plain, parameter, greedy, any and default', () => {
  test.each<[LambdaPermissionScope, string[]]>([
    [ROUTE, ['/*/*', '/*/*/any', '/*/*/files/{proxy+}', '/*/*/items/{id}', '/*/*/plain']],
    [ROUTE_KEY, ['/*/$default', '/*/*/any', '/*/GET/plain', '/*/POST/files/{proxy+}', '/*/PUT/items/{id}']],
    [API, ['/*/*']],
    [NONE, []],
  ])('%s', (permissionScope, expected) => {
    const stack = newStack();
    const httpApi = new HttpApi(stack, 'Api');
    const handler = newFunction(stack);
    KEYS.forEach((routeKey, i) => new HttpRoute(stack, `Route${i}`, {
      httpApi, routeKey, integration: new HttpLambdaIntegration(`Integration${i}`, handler, { permissionScope }),
    }));
    expect(sources(stack)).toEqual(expected);
    expect(propertiesOf(stack, INTEGRATION)).toHaveLength(KEYS.length);
  });
});

describe('WebSocket routes', () => {
  test.each<[LambdaPermissionScope, string[]]>([
    [ROUTE, ['/*$connect', '/*$default', '/*send']],
    [ROUTE_KEY, ['/*/$connect', '/*/$default', '/*/send']],
    [API, ['/*/*']],
    [NONE, []],
  ])('%s', (permissionScope, expected) => {
    const stack = newStack();
    const integration = new WebSocketLambdaIntegration('Integration', newFunction(stack), { permissionScope });
    new WebSocketApi(stack, 'Api', {
      connectRouteOptions: { integration },
      defaultRouteOptions: { integration },
    }).addRoute('send', { integration });
    expect(sources(stack)).toEqual(expected);
  });
});

describe('one permission per function and API', () => {
  test('for each API and each qualifier of a function', () => {
    const stack = newStack();
    const fn = newFunction(stack);
    const handlers = { fn, alias: fn.addAlias('live'), version: fn.currentVersion };
    for (const id of ['One', 'Two']) {
      const api = new HttpApi(stack, id);
      for (const [name, handler] of Object.entries(handlers)) {
        for (const path of ['/a', '/b']) {
          api.addRoutes({
            path: `${path}/${name}`,
            integration: new HttpLambdaIntegration(name, handler, { permissionScope: API }),
          });
        }
      }
    }
    expect(sources(stack)).toEqual(Array(6).fill('/*/*'));
  });

  test('across stacks and nested stacks, without a cycle', () => {
    const app = new App();
    const [functions, apis, routes] = ['Functions', 'Apis', 'Routes'].map((id) => new Stack(app, id));
    const handler = newFunction(functions);
    const httpApi = new HttpApi(apis, 'Api');
    const nested = new NestedStack(routes, 'Nested');
    [routes, nested, apis].forEach((scope, i) => new HttpRoute(scope, 'Route', {
      httpApi,
      routeKey: HttpRouteKey.with(`/${i}`),
      integration: new HttpLambdaIntegration('Integration', handler, { permissionScope: API }),
    }));
    expect(sources(functions, apis, routes, nested)).toEqual(['/*/*']);
    expect(functions.dependencies).toEqual([]);
  });
});

describe('a role', () => {
  test('is granted the invocation, and the function gets no permission (HTTP)', () => {
    const stack = newStack();
    const handler = newFunction(stack);
    const integration = new HttpLambdaIntegration('Integration', handler, { role: roleIn(stack) });
    const api = new HttpApi(stack, 'Api');
    for (const path of ['/a', '/b']) { api.addRoutes({ path, integration }); }
    expect(sources(stack)).toEqual([]);
    expect(propertiesOf(stack, INTEGRATION)[0].CredentialsArn).toEqual({
      'Fn::GetAtt': [expect.stringMatching(/^Role/), 'Arn'],
    });
    expect(invocationsIn(stack)).toEqual([{ 'Fn::GetAtt': ['Handler886CB40B', 'Arn'] }]);
  });

  test('is granted the invocation, and the function gets no permission (WebSocket)', () => {
    const stack = newStack();
    const integration = new WebSocketLambdaIntegration('Integration', newFunction(stack), { role: roleIn(stack) });
    const api = new WebSocketApi(stack, 'Api');
    for (const key of ['send', 'read']) { api.addRoute(key, { integration }); }
    expect(sources(stack)).toEqual([]);
    expect(propertiesOf(stack, INTEGRATION)[0].CredentialsArn).toEqual({
      'Fn::GetAtt': [expect.stringMatching(/^Role/), 'Arn'],
    });
    expect(invocationsIn(stack)).toEqual([{ 'Fn::GetAtt': ['Handler886CB40B', 'Arn'] }]);
  });

  test('is granted the alias that is invoked, and no other version', () => {
    const stack = newStack();
    const alias = newFunction(stack).addAlias('live');
    const integration = new HttpLambdaIntegration('Integration', alias, { role: roleIn(stack) });
    new HttpApi(stack, 'Api').addRoutes({ path: '/a', integration });
    expect(invocationsIn(stack)).toEqual([stack.resolve(alias.functionArn)]);
  });

  test('is granted each alias that a stage may name', () => {
    const stack = newStack();
    const handler = newFunction(stack);
    const aliases = ['beta', 'prod'].map((name) => handler.addAlias(name));
    const integration = HttpLambdaIntegration.forStageAlias('Integration', handler, {
      role: roleIn(stack), stageVariable: 'alias', aliases,
    });
    new HttpApi(stack, 'Api').addRoutes({ path: '/a', integration });
    expect(invocationsIn(stack)).toEqual([aliases.map(({ functionArn }) => stack.resolve(functionArn) as unknown)]);
  });
});

test('the credentials of the caller are passed, and nothing is granted', () => {
  const stack = newStack();
  new HttpApi(stack, 'Api').addRoutes({
    path: '/a', integration: new HttpLambdaIntegration('Integration', newFunction(stack), {
      credentials: IntegrationCredentials.useCallerIdentity(),
    }),
  });
  expect(sources(stack)).toEqual([]);
  expect(JSON.stringify(propertiesOf(stack, INTEGRATION)[0].CredentialsArn)).toMatch(/:iam::\*:user\/\*/);
});

test.each<[string, (stack: Stack) => HttpLambdaIntegrationProps, RegExp]>([
  [
    'a role and credentials',
    (stack) => ({ role: roleIn(stack), credentials: IntegrationCredentials.useCallerIdentity() }),
    /'role' and 'credentials'/,
  ],
  [
    'a role and a permission scope',
    (stack) => ({ role: roleIn(stack), permissionScope: API }),
    /'role' and 'permissionScope'/,
  ],
  [
    'two permission options',
    () => ({ permissionScope: API, scopePermissionToRoute: false }),
    /'permissionScope' and 'scopePermissionToRoute'/,
  ],
])('fails on %s', (_, props, message) => {
  const stack = newStack();
  const integration = new HttpLambdaIntegration('Integration', newFunction(stack), props(stack));
  const text = errorOf(() => new HttpApi(stack, 'Api').addRoutes({ path: '/a', integration }));
  expect(text).toMatch(message);
  expect(text).toMatch(/\(at Stack\/Api\/ANY--a\/Integration\) \[rule lambda-access-options\]$/);
});

describe('warnings', () => {
  const manyRoutes = (props: HttpLambdaIntegrationProps, count = 100) => {
    const stack = newStack();
    const api = new HttpApi(stack, 'Api');
    const integration = new HttpLambdaIntegration('Integration', newFunction(stack), props);
    for (let i = 0; i < count; i++) { api.addRoutes({ path: `/books/${i}`, integration }); }
    return warningsOf(stack);
  };

  test('one for a function whose policy would not hold the statements', () => {
    expect(manyRoutes({})).toEqual([{
      rule: 'lambda-policy-size',
      message: expect.stringMatching(new RegExp(
        '^The 100 permissions .* on the function \'Stack/Handler\' need about \\d{5} bytes, '
        + 'expected at most 20480\\. .*\'permissionScope\' API')),
    }]);
  });

  test('none with one permission for the API, or with few routes', () => {
    expect(manyRoutes({ permissionScope: API })).toEqual([]);
    expect(manyRoutes({ scopePermissionToRoute: false })).toEqual([]);
    expect(manyRoutes({}, 30)).toEqual([]);
  });

  test('a function that may run longer than the integration waits, its aliases as well', () => {
    const stack = newStack();
    const handler = newFunction(stack, 'Handler', { timeout: Duration.seconds(60) });
    const api = new HttpApi(stack, 'Api');
    api.addRoutes({ path: '/a', integration: new HttpLambdaIntegration('Integration', handler) });
    api.addRoutes({
      path: '/b',
      integration: new HttpLambdaIntegration('Integration', handler.addAlias('live'), { timeout: Duration.seconds(5) }),
    });
    new WebSocketApi(stack, 'Ws').addRoute('send', {
      integration: new WebSocketLambdaIntegration('Integration', handler),
    });
    expect(warningsOf(stack).map(({ rule, message }) => [rule, /waits for [\d.]+/.exec(message)?.[0]]).sort()).toEqual([
      ['lambda-timeout', 'waits for 29'], ['lambda-timeout', 'waits for 30'], ['lambda-timeout', 'waits for 5'],
    ]);
  });

  test('an error for a payload format version that API Gateway does not know', () => {
    expect(errorOf(() => manyRoutes({ payloadFormatVersion: PayloadFormatVersion.custom('3.0') }, 1)))
      .toMatch(/^'payloadFormatVersion' is "3\.0", expected "1\.0" or "2\.0"\..*\[rule payload-format-version\]$/);
  });

  const imported = (attributes: Partial<lambda.FunctionAttributes>, props?: HttpLambdaIntegrationProps) => {
    const stack = newStack('Stack', { account: '111111111111', region: 'eu-west-1' });
    const handler = lambda.Function.fromFunctionAttributes(stack, 'Handler', {
      functionArn: 'arn:aws:lambda:eu-west-1:222222222222:function:books', ...attributes,
    });
    const api = new HttpApi(stack, 'Api');
    for (const path of ['/a', '/b']) {
      api.addRoutes({ path, integration: new HttpLambdaIntegration('Integration', handler, props) });
    }
    return warningsOf(stack);
  };

  test('once, that an imported function got no permission, with the command that adds it', () => {
    expect(imported({})).toEqual([{
      rule: 'lambda-permission-not-added',
      message: expect.stringContaining('aws lambda add-permission --function-name '
        + 'arn:aws:lambda:eu-west-1:222222222222:function:books --statement-id apigateway '
        + '--action lambda:InvokeFunction --principal apigateway.amazonaws.com '
        + '--source-arn "arn:aws:execute-api:REGION:ACCOUNT:API_ID/*/*"'),
    }]);
  });

  test('none on a function where it was acknowledged', () => {
    const stack = newStack('Stack', { account: '111111111111', region: 'eu-west-1' });
    const handler = lambda.Function.fromFunctionArn(
      stack, 'Handler', 'arn:aws:lambda:eu-west-1:222222222222:function:books',
    );
    new HttpApi(stack, 'Api').addRoutes({ path: '/a', integration: new HttpLambdaIntegration('Integration', handler) });
    Annotations.of(handler)
      .acknowledgeWarning('cdk-apigatewayv2-integrations:lambda-permission-not-added', 'added by its owner');
    expect(warningsOf(stack)).toEqual([]);
  });

  test('none where the user takes care of it', () => {
    expect(imported({ skipPermissions: true })).toEqual([]);
    expect(imported({}, { permissionScope: NONE })).toEqual([]);
    expect(imported({}, { credentials: IntegrationCredentials.useCallerIdentity() })).toEqual([]);
    expect(imported({ functionArn: 'arn:aws:lambda:eu-west-1:111111111111:function:books' })).toEqual([]);
  });
});

describe('an alias that the stage names', () => {
  test('stands in the URI, and each alias gets the permission', () => {
    const stack = newStack();
    const handler = newFunction(stack);
    const aliases = ['beta', 'prod'].map((name) => handler.addAlias(name));
    const integration = HttpLambdaIntegration.forStageAlias('Integration', handler, {
      stageVariable: 'alias',
      aliases,
      timeout: Duration.seconds(3),
    });
    new HttpApi(stack, 'Api').addRoutes({ path: '/a', integration });
    expect(propertiesOf(stack, INTEGRATION)).toEqual([expect.objectContaining({
      IntegrationUri: { 'Fn::Join': ['', [{ 'Fn::GetAtt': ['Handler886CB40B', 'Arn'] }, ':${stageVariables.alias}']] },
      TimeoutInMillis: 3000,
    })]);
    expect(propertiesOf(stack, PERMISSION).map(({ FunctionName }) => FunctionName))
      .toEqual(aliases.map(({ functionArn }) => stack.resolve(functionArn)));
    expect(sources(stack)).toEqual(['/*/*/a', '/*/*/a']);
  });
});

test('the policy of a function that is called by 300 routes holds its statement', () => {
  const stack = newStack();
  const api = new HttpApi(stack, 'Api');
  const integration = new HttpLambdaIntegration('Integration', newFunction(stack), { permissionScope: API });
  for (let i = 0; i < 300; i++) { api.addRoutes({ path: `/books/${i}`, integration }); }
  expect(Object.keys(Template.fromStack(stack).toJSON().Resources as object).length).toBeLessThan(320);
});
