import { readFileSync } from 'fs';
import { join } from 'path';
import { invocationOfAuthorizer, invocationsOfApis } from '../../../lib/private/permissions/invocations';
import { judgeInvocation } from '../../../lib/private/permissions/lambda-permissions';
import { boundRoutes, invocationOfRoute } from '../../../lib/private/permissions/routes';
import { Evaluator, type Resource, type Template } from '../../../lib/private/template/evaluator';

type Resources = Record<string, Resource>;
type Properties = Record<string, unknown>;

const resource = (type: string, properties: Properties = {}): Resource => ({ Type: type, Properties: properties });
const gateway = (type: string, properties: Properties): Resource =>
  resource(`AWS::ApiGatewayV2::${type}`, properties);
const ARN = { 'Fn::GetAtt': ['Function', 'Arn'] };
const URI = {
  'Fn::Sub': 'arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Function.Arn}/invocations',
};
const ROLE = 'arn:aws:iam::111111111111:role/api';

/** An HTTP API, and a function with a permission for a source below the API. */
function appOf(resources: Resources, source?: string): Evaluator {
  const permission = resource('AWS::Lambda::Permission', {
    Action: 'lambda:InvokeFunction',
    FunctionName: ARN,
    Principal: 'apigateway.amazonaws.com',
    SourceArn: { 'Fn::Sub': `arn:aws:execute-api:\${AWS::Region}:\${AWS::AccountId}:\${Api}/${source}` },
  });
  const template: Template = {
    Resources: {
      Api: gateway('Api', { ProtocolType: 'HTTP' }),
      Function: resource('AWS::Lambda::Function'),
      ...(source !== undefined && { Permission: permission }),
      ...resources,
    },
  };
  return new Evaluator([{ id: 'Stack', template, account: '111111111111', region: 'eu-west-1' }]);
}

/** The calls of functions in an app: who makes which, with what, and whether it is permitted. */
function callsOf(app: Evaluator): Properties[] {
  const invocations = [
    ...boundRoutes(app).flatMap((bound) => invocationOfRoute(app, bound) ?? []),
    ...app.ofType('AWS::ApiGatewayV2::Authorizer').flatMap((it) => invocationOfAuthorizer(app, it) ?? []),
    ...invocationsOfApis(app),
  ];
  return invocations.map((invocation) => ({
    by: invocation.caller.logicalId,
    of: invocation.routeKey ?? `authorizer ${invocation.authorizer}`,
    invokes: app.show(invocation.invoked.handler),
    ...(invocation.credentials !== undefined && { with: app.show(invocation.credentials) }),
    permitted: judgeInvocation(app, invocation).permitted,
  }));
}

const call = (by: string, of: string, permitted: string, more: Properties = {}) => ({
  by,
  of,
  invokes: '<Stack/Function.Arn>',
  permitted,
  ...more,
});

describe('an authorizer that is a resource', () => {
  const authorizer = (properties: Properties = {}) => ({
    Authorizer: gateway('Authorizer', {
      ApiId: { Ref: 'Api' },
      Name: 'key',
      AuthorizerType: 'REQUEST',
      AuthorizerUri: URI,
      ...properties,
    }),
  });

  test.each([
    [undefined, 'no'],
    ['*', 'yes'],
    ['authorizers/*', 'yes'],
    ['*/authorizers/*', 'no'],
    ['authorizers/${Authorizer}', 'yes'],
    ['authorizers/${Authorizer.AuthorizerId}', 'yes'],
    ['*/GET/books', 'no'],
    ['authorizers/${Other}', 'no'],
  ])('with a permission for %s', (source, permitted) => {
    const Other = gateway('Authorizer', { ApiId: { Ref: 'Api' }, AuthorizerType: 'JWT' });
    expect(callsOf(appOf({ ...authorizer(), Other }, source))).toEqual([
      call('Authorizer', 'authorizer key', permitted),
    ]);
  });

  test('with a role', () => {
    expect(callsOf(appOf(authorizer({ AuthorizerCredentialsArn: ROLE })))).toEqual([
      call('Authorizer', 'authorizer key', 'unknown', { with: ROLE }),
    ]);
  });

  test('with a role that may invoke nothing', () => {
    const statement = {
      Effect: 'Allow',
      Action: 'sts:AssumeRole',
      Principal: { Service: 'apigateway.amazonaws.com' },
    };
    const Role = resource('AWS::IAM::Role', { AssumeRolePolicyDocument: { Statement: statement } });
    const app = appOf({ ...authorizer({ AuthorizerCredentialsArn: { 'Fn::GetAtt': ['Role', 'Arn'] } }), Role });
    expect(callsOf(app)).toEqual([call('Authorizer', 'authorizer key', 'no', { with: '<Stack/Role.Arn>' })]);
  });

  test('without a function', () => {
    expect(
      callsOf(appOf({ Authorizer: gateway('Authorizer', { ApiId: { Ref: 'Api' }, AuthorizerType: 'JWT' }) })),
    ).toEqual([]);
  });
});

describe('an API that is made with a target', () => {
  const target = (properties: Properties) => ({ Api: gateway('Api', { ProtocolType: 'HTTP', ...properties }) });

  test.each<[Properties, string | undefined, Properties[]]>([
    [{ Target: ARN }, undefined, [call('Api', '$default', 'no')]],
    [{ Target: ARN }, '*/*', [call('Api', '$default', 'yes')]],
    [{ Target: ARN }, '$default/$default', [call('Api', '$default', 'yes')]],
    [{ Target: ARN }, '*/*/*', [call('Api', '$default', 'no')]],
    [{ Target: ARN, RouteKey: 'GET /books' }, '*/GET/books', [call('Api', 'GET /books', 'yes')]],
    [{ Target: ARN, CredentialsArn: ROLE }, undefined, [call('Api', '$default', 'unknown', { with: ROLE })]],
    [{ Target: 'https://example.com' }, undefined, []],
    [{ Target: { Ref: 'Anything' } }, undefined, []],
  ])('%j, with a permission for %s', (properties, source, expected) => {
    expect(callsOf(appOf(target(properties), source))).toEqual(expected);
  });
});

describe('an API that is made of a document', () => {
  const integration = { type: 'aws_proxy', httpMethod: 'POST', payloadFormatVersion: '2.0', uri: URI };
  const operation = (properties: Properties = integration, more: Properties = {}) => ({
    'x-amazon-apigateway-integration': properties,
    ...more,
  });
  const document = (paths: Properties, components: Properties = {}, more: Properties = {}) => ({
    Api: gateway('Api', { Body: { openapi: '3.0.1', paths, components }, ...more }),
    Stage: gateway('Stage', { ApiId: { Ref: 'Api' }, StageName: 'prod' }),
  });
  const components = { 'x-amazon-apigateway-integrations': { shop: integration } };

  test.each<[string, Resources, string | undefined, Properties[]]>([
    [
      'a route without a permission',
      document({ '/x': { get: operation() } }),
      undefined,
      [call('Api', 'GET /x', 'no')],
    ],
    [
      'a route with a permission',
      document({ '/x': { get: operation() } }),
      'prod/GET/x',
      [call('Api', 'GET /x', 'yes')],
    ],
    [
      'a route with a permission for another one',
      document({ '/x': { get: operation() } }),
      '*/POST/x',
      [call('Api', 'GET /x', 'no')],
    ],
    [
      'two routes',
      document({ '/x': { get: operation(), post: operation(), parameters: [] } }),
      '*/POST/x',
      [call('Api', 'GET /x', 'no'), call('Api', 'POST /x', 'yes')],
    ],
    [
      'a route of any method',
      document({ '/x': { 'x-amazon-apigateway-any-method': operation() } }),
      '*/*/x',
      [call('Api', 'ANY /x', 'yes')],
    ],
    [
      'the default route',
      document({ '/$default': { 'x-amazon-apigateway-any-method': operation() } }),
      '*/*/*',
      [call('Api', '$default', 'no')],
    ],
    [
      'a role',
      document({ '/x': { get: operation({ ...integration, credentials: ROLE }) } }),
      undefined,
      [call('Api', 'GET /x', 'unknown', { with: ROLE })],
    ],
    [
      'an integration of the components',
      document(
        { '/x': { get: operation({ $ref: '#/components/x-amazon-apigateway-integrations/shop' }) } },
        components,
      ),
      undefined,
      [call('Api', 'GET /x', 'no')],
    ],
    [
      'a path below that of the server',
      document({ '/x': { get: operation() } }, {}, { BasePath: 'prepend' }),
      '*/GET/v1/x',
      [call('Api', expect.stringContaining('GET /') as unknown as string, 'unknown')],
    ],
    [
      'a URL',
      document({ '/x': { get: operation({ type: 'http_proxy', uri: 'https://example.com' }) } }),
      undefined,
      [],
    ],
    [
      'a service',
      document({ '/x': { get: operation({ type: 'aws_proxy', integrationSubtype: 'SQS-SendMessage' }) } }),
      undefined,
      [],
    ],
    [
      'a document that a macro reads',
      { Api: gateway('Api', { Body: { 'Fn::Transform': { Name: 'AWS::Include' } } }) },
      undefined,
      [],
    ],
    [
      'paths that a condition decides',
      document({ 'Fn::If': ['X', { '/x': { get: operation() } }, {}] }),
      undefined,
      [],
    ],
  ])('%s', (_, resources, source, expected) => {
    expect(callsOf(appOf(resources, source))).toEqual(expected);
  });

  const scheme = { 'type': 'apiKey', 'x-amazon-apigateway-authorizer': { type: 'request', authorizerUri: URI } };
  const withScheme = (security: unknown) =>
    document({ '/x': { get: { security } } }, { securitySchemes: { key: scheme } });

  test('an authorizer without a function', () => {
    const jwt = { 'type': 'oauth2', 'x-amazon-apigateway-authorizer': { type: 'jwt' } };
    const body = document({ '/x': { get: { security: [{ jwt: [] }] } } }, { securitySchemes: { jwt } });
    expect(callsOf(appOf(body))).toEqual([]);
  });

  test.each<[string, unknown, string | undefined, Properties[]]>([
    ['without a permission', [{ key: [] }], undefined, [call('Api', 'authorizer key', 'no')]],
    ['with a permission', [{ key: [] }], 'authorizers/*', [call('Api', 'authorizer key', 'yes')]],
    [
      'with a permission for one of a name',
      [{ key: [] }],
      'authorizers/abcdef',
      [call('Api', 'authorizer key', 'unknown')],
    ],
    ['that no operation asks for', [], undefined, []],
  ])('an authorizer %s', (_, security, source, expected) => {
    expect(callsOf(appOf(withScheme(security), source))).toEqual(expected);
  });
});

test.each<[string, Properties[]]>([
  [
    '23-authorizer-without-permission.json',
    [call('Route', 'GET /x', 'yes'), call('Auth', 'authorizer a', 'no', { invokes: '<Stack/AuthFn.Arn>' })],
  ],
  ['25-openapi-body-without-permission.json', [call('Api', 'GET /x', 'no')]],
])('reads %s', (file, expected) => {
  const template = JSON.parse(readFileSync(join(__dirname, '../../templates/refused', file), 'utf8')) as Template;
  const all = expected.map((it) => ({ ...it, invokes: String(it.invokes).replace('Function', 'Fn') }));
  expect(callsOf(new Evaluator([{ id: 'Stack', template }]))).toEqual(all);
});
