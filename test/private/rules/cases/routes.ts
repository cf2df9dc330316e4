import { CfnCondition, Fn, type Stack } from 'aws-cdk-lib';
import * as apigwv2 from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpJwtAuthorizer, HttpLambdaAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import * as upstream from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { HttpUrlIntegration } from 'cdk-apigatewayv2-integrations';
import { newFunction } from '../../../util';
import { both, gateway, mock, RETURNS, response, returned, url, type Build, type Properties } from '../builders';
import type { Cases } from './case';

const API = { Ref: 'Api' };
const TARGET = { 'Fn::Sub': 'integrations/${Integration}' };
const key = (routeKey: unknown) => url({}, { RouteKey: routeKey });
const target = (value: unknown) => url({}, { Target: value });

/** One more route of the API, if need be on a condition that is named. */
const route = (routeKey: string, condition?: string): Build => (stack) => {
  const id = `More${routeKey.replace(/[^A-Za-z]/g, '')}${condition ?? ''}`;
  const made = gateway(stack, id, 'Route', { ApiId: API, Target: TARGET, RouteKey: routeKey });
  if (condition !== undefined) { made.cfnOptions.condition = conditionOf(stack, condition); }
};

function conditionOf(stack: Stack, name: string): CfnCondition {
  return stack.node.tryFindChild(name) as CfnCondition | undefined
    ?? new CfnCondition(stack, name, { expression: Fn.conditionEquals(Fn.ref('AWS::StackName'), name) });
}

/** A route that reads a variable, and others. */
const variable = (...others: Build[]) => both(key('GET /books/{id}'), ...others);

const FUNCTION_URI = 'arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/'
  + 'arn:aws:lambda:eu-west-1:111111111111:function:imported/invocations';
const REQUEST = { AuthorizerPayloadFormatVersion: '2.0', AuthorizerUri: FUNCTION_URI };
const JWT = { JwtConfiguration: { Issuer: 'https://issuer.example.com', Audience: ['shop'] } };

const authorizer = (type: 'REQUEST' | 'JWT'): Build => (stack) => {
  gateway(stack, 'Authorizer', 'Authorizer', {
    ApiId: API, Name: 'authorizer', AuthorizerType: type, IdentitySource: ['$request.header.Authorization'],
    ...type === 'JWT' ? JWT : REQUEST,
  });
};

/** A route that says who may call it, with an authorizer. */
const guarded = (route: Properties, ...more: Build[]) => both(url({}, route), ...more);
const BY_AUTHORIZER = { AuthorizerId: { Ref: 'Authorizer' } };

/** A part that only WebSocket APIs have. */
const part = (type: string, properties: Properties): Build => (stack) => {
  gateway(stack, `The${type}`, type, { ApiId: API, ...properties });
};
const MODEL = { Name: 'Book', Schema: { type: 'object' } };

/** An API of aws-cdk-lib with a route. */
const upstreamRoute = (options: Partial<apigwv2.AddRoutesOptions>, props?: apigwv2.HttpApiProps): Build => (stack) => {
  const api = new apigwv2.HttpApi(stack, 'Api', props);
  const integration = new upstream.HttpUrlIntegration('Url', 'https://example.com');
  api.addRoutes({ path: '/books', methods: [apigwv2.HttpMethod.GET], integration, ...options });
};
const jwtAuthorizer = () => new HttpJwtAuthorizer('Jwt', 'https://issuer.example.com', { jwtAudience: ['shop'] });
const lambdaAuthorizer = (stack: Stack) => new HttpLambdaAuthorizer('Lambda', newFunction(stack));

const OF_ROUTE = 'The classes are integrations. Who may call a route, and its target, are what aws-cdk-lib writes.';
const OF_NONE = 'No class makes such a resource for an HTTP API.';

export const routesCases: Cases = {
  'route-key-format': {
    wrong: {
      'a method that API Gateway does not know': key('FETCH /books'),
      'the method TRACE': key('TRACE /books'),
      'no space': key('GET/books'),
      'two spaces': key('GET  /books'),
      'a method in lower case': key('get /books'),
      'a path without a slash': key('GET books'),
      'a method alone': key('GET'),
      'a key of WebSocket APIs': key('$connect'),
    },
    right: {
      'a method and a path': key('GET /books'),
      'each method': both(key('GET /books'), ...['POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'ANY']
        .map((method) => route(`${method} /books`))),
      'the default route': key('$default'),
      'the root': key('GET /'),
      'a variable': key('GET /books/{id}'),
      'a greedy variable': key('ANY /{proxy+}'),
      'a key that is known at deployment': key({ 'Fn::Sub': '${AWS::StackName} /books' }),
      'any key on a WebSocket API': mock({}, { RouteKey: 'FETCH /books' }),
      'a key that may be one of a WebSocket API, where the API is not in the app':
        url({}, { ApiId: 'api', RouteKey: 'FETCH /books' }),
    },
    says: /is "FETCH \/books", expected '\$default', or one of GET, POST, .* Write for example 'GET \/books'/,
    classes: {
      wrong: (stack) => {
        const api = new apigwv2.HttpApi(stack, 'Api');
        const integration = new HttpUrlIntegration('Url', 'https://example.com');
        const [made] = api.addRoutes({ path: '/books', integration });
        (made.node.defaultChild as apigwv2.CfnRoute).routeKey = 'FETCH /books';
      },
      right: (stack) => {
        const integration = new HttpUrlIntegration('Url', 'https://example.com');
        new apigwv2.HttpApi(stack, 'Api').addRoutes({ path: '/books', integration });
      },
    },
    upstream: {
      wrong: upstreamRoute({ methods: ['FETCH' as apigwv2.HttpMethod] }),
      right: upstreamRoute({ methods: [apigwv2.HttpMethod.GET] }),
    },
  },
  'route-variable-conflict': {
    sample: ['a variable of two names', 'one name'],
    wrong: {
      'a variable of two names': variable(route('GET /books/{isbn}')),
      'a variable in the middle': both(key('GET /shops/{id}/books'), route('GET /shops/{shop}/books')),
      'one of two variables': both(key('GET /a/{b}/c/{d}'), route('GET /a/{b}/c/{e}')),
      'a greedy variable': both(key('ANY /{proxy+}'), route('ANY /{path+}')),
      'routes that are made on one condition':
        both(url(), route('PUT /a/{b}', 'IsProd'), route('PUT /a/{c}', 'IsProd')),
    },
    right: {
      'another method': variable(route('PUT /books/{isbn}')),
      'any method beside one': variable(route('ANY /books/{isbn}')),
      'a fixed part beside the variable': variable(route('GET /books/new')),
      'a greedy variable beside one that is not': variable(route('GET /books/{proxy+}')),
      'paths that go on in other ways': both(key('GET /a/{x}/b'), route('GET /a/{y}/c')),
      'one name': variable(route('GET /books/{id}/pages')),
      'routes that are made on conditions of their own':
        both(url(), route('PUT /a/{b}', 'IsProd'), route('PUT /a/{c}', 'IsTest')),
      'a route of another API': variable((stack) => {
        const ApiId = gateway(stack, 'Other', 'Api', { Name: 'other', ProtocolType: 'HTTP' }).ref;
        gateway(stack, 'OtherStage', 'Stage', { ApiId, StageName: 'prod', AutoDeploy: true });
        gateway(stack, 'OtherRoute', 'Route', { ApiId, RouteKey: 'GET /books/{isbn}' });
      }),
    },
    says: /\(GET \/books\/\{id\}\) and '.*' \(GET \/books\/\{isbn\}\) differ only in the names .*, expected one/,
    classes: 'What one route says of another is not seen by an integration.',
    upstream: {
      wrong: (stack) => {
        const api = new apigwv2.HttpApi(stack, 'Api');
        const integration = new upstream.HttpUrlIntegration('Url', 'https://example.com');
        api.addRoutes({ path: '/books/{id}', methods: [apigwv2.HttpMethod.GET], integration });
        api.addRoutes({ path: '/books/{isbn}', methods: [apigwv2.HttpMethod.GET], integration });
      },
      right: (stack) => {
        const api = new apigwv2.HttpApi(stack, 'Api');
        const integration = new upstream.HttpUrlIntegration('Url', 'https://example.com');
        api.addRoutes({ path: '/books/{id}', methods: [apigwv2.HttpMethod.GET], integration });
        api.addRoutes({ path: '/books/{isbn}', methods: [apigwv2.HttpMethod.PUT], integration });
      },
    },
  },
  'route-target': {
    wrong: {
      'another word before the id': target({ 'Fn::Sub': 'integration/${Integration}' }),
      'the id of the integration alone': target({ Ref: 'Integration' }),
      'an attribute that is the id': target({ 'Fn::GetAtt': ['Integration', 'IntegrationId'] }),
      'a URL': target('https://example.com'),
    },
    right: {
      'the id after its word': url(),
      'a target that is joined': target({ 'Fn::Join': ['/', ['integrations', { Ref: 'Integration' }]] }),
      'a target that is known at deployment': target({ 'Fn::ImportValue': 'target' }),
      'a target whose start is known at deployment': target({ 'Fn::Sub': '${AWS::StackName}/abc' }),
    },
    says: /'Target' is "integration\/<known at deployment>", expected 'integrations\/' and the id of an integration\./,
    classes: OF_ROUTE,
  },
  'route-authorization-scopes': {
    wrong: {
      'no authorization': guarded({ AuthorizationScopes: ['books'] }),
      'the type NONE': guarded({ AuthorizationType: 'NONE', AuthorizationScopes: ['books'] }),
      'a Lambda authorizer': guarded({
        AuthorizationType: 'CUSTOM', AuthorizationScopes: ['books'], ...BY_AUTHORIZER,
      }, authorizer('REQUEST')),
      'IAM': guarded({ AuthorizationType: 'AWS_IAM', AuthorizationScopes: ['books'] }),
      'a scope that is known at deployment':
        guarded({ AuthorizationType: 'AWS_IAM', AuthorizationScopes: [{ Ref: 'AWS::StackName' }] }),
    },
    right: {
      'a JWT':
        guarded({ AuthorizationType: 'JWT', AuthorizationScopes: ['books'], ...BY_AUTHORIZER }, authorizer('JWT')),
      'no scopes in the list': guarded({ AuthorizationType: 'AWS_IAM', AuthorizationScopes: [] }),
      'a type that is known at deployment':
        guarded({ AuthorizationType: { 'Fn::ImportValue': 'type' }, AuthorizationScopes: ['books'] }),
      'scopes that are known at deployment':
        guarded({ AuthorizationScopes: { 'Fn::Split': [',', { 'Fn::ImportValue': 'scopes' }] } }),
    },
    says: /'AuthorizationScopes' is given while 'AuthorizationType' is "NONE", expected "JWT"/,
    classes: OF_ROUTE,
    upstream: {
      wrong: (stack) => {
        upstreamRoute({ authorizer: lambdaAuthorizer(stack) }, { defaultAuthorizationScopes: ['books'] })(stack);
      },
      right: upstreamRoute({ authorizer: jwtAuthorizer() }, { defaultAuthorizationScopes: ['books'] }),
    },
  },
  'route-jwt-authorizer': {
    wrong: {
      'no authorizer': guarded({ AuthorizationType: 'JWT' }),
      'a Lambda authorizer': guarded({ AuthorizationType: 'JWT', ...BY_AUTHORIZER }, authorizer('REQUEST')),
    },
    right: {
      'a JWT authorizer': guarded({ AuthorizationType: 'JWT', ...BY_AUTHORIZER }, authorizer('JWT')),
      'an authorizer that is not in the app': guarded({ AuthorizationType: 'JWT', AuthorizerId: 'abc123' }),
      'an authorizer that is known at deployment':
        guarded({ AuthorizationType: 'JWT', AuthorizerId: { 'Fn::ImportValue': 'authorizer' } }),
      'NONE with an authorizer': guarded({ AuthorizationType: 'NONE', AuthorizerId: 'abc123' }),
      'IAM with an authorizer': guarded({ AuthorizationType: 'AWS_IAM', AuthorizerId: 'abc123' }),
      'a Lambda authorizer of a route that asks for one':
        guarded({ AuthorizationType: 'CUSTOM', ...BY_AUTHORIZER }, authorizer('REQUEST')),
    },
    says: /'AuthorizationType' is "JWT" and 'AuthorizerId' is missing, expected a JWT authorizer\./,
    classes: OF_ROUTE,
    upstream: {
      wrong: upstreamRoute({ authorizer: { bind: () => ({ authorizationType: 'JWT' }) } }),
      right: upstreamRoute({ authorizer: jwtAuthorizer() }),
    },
  },
  'route-api-key': {
    wrong: { 'an API key on a route of an HTTP API': guarded({ ApiKeyRequired: true }) },
    right: {
      'no API key': guarded({ ApiKeyRequired: false }),
      'an API key on a route of a WebSocket API': mock({}, { ApiKeyRequired: true }),
      'an API that is not in the app': url({}, { ApiId: 'api', ApiKeyRequired: true }),
    },
    says: /'ApiKeyRequired' is true on a route of an HTTP API, expected false/,
    classes: OF_ROUTE,
  },
  'websocket-route-authorization': {
    wrong: {
      'IAM on another route': mock({}, { AuthorizationType: 'AWS_IAM' }),
      'a Lambda authorizer on $default':
        mock({}, { RouteKey: '$default', AuthorizationType: 'CUSTOM', AuthorizerId: 'abc123' }),
      'a Lambda authorizer on $disconnect':
        mock({}, { RouteKey: '$disconnect', AuthorizationType: 'CUSTOM', AuthorizerId: 'abc123' }),
    },
    right: {
      'IAM on $connect': mock({}, { RouteKey: '$connect', AuthorizationType: 'AWS_IAM' }),
      'NONE on another route': mock({}, { AuthorizationType: 'NONE' }),
      'a key that is known at deployment':
        mock({}, { RouteKey: { Ref: 'AWS::StackName' }, AuthorizationType: 'AWS_IAM' }),
      'a route of an HTTP API': guarded({ AuthorizationType: 'AWS_IAM' }),
    },
    says: /'AuthorizationType' is "AWS_IAM" on the route "send", expected it on \$connect only/,
    classes: OF_ROUTE,
  },
  'websocket-only': {
    sample: ['a model', 'none of them'],
    wrong: {
      'a response of a route': both(url(), returned),
      'a response of an integration': both(url(), response('$default')),
      'a model': both(url(), part('Model', MODEL)),
    },
    right: {
      'none of them': url(),
      'all of them on a WebSocket API': mock({}, RETURNS, both(returned, response('$default'), part('Model', MODEL))),
      'a model of an API that is not in the app': both(url(), part('Model', { ...MODEL, ApiId: 'api' })),
    },
    says: /A response of a route belongs to an HTTP API, expected a WebSocket API/,
    classes: OF_NONE,
  },
  'route-response-key': {
    wrong: {
      'a status code': mock({}, {}, part('RouteResponse', { RouteId: { Ref: 'Route' }, RouteResponseKey: '200' })),
    },
    also: ['websocket-default-response'],
    right: {
      'the default key': mock({}, RETURNS, both(response('$default'), returned)),
      'a key that is known at deployment': mock({}, RETURNS, both(response('$default'), part('RouteResponse', {
        RouteId: { Ref: 'Route' }, RouteResponseKey: { 'Fn::ImportValue': 'key' },
      }))),
    },
    says: /'RouteResponseKey' is "200", expected "\$default"/,
    classes: 'The key that WebSocketRoute writes is always $default.',
  },
  'model-name': {
    wrong: {
      'a hyphen': mock({}, {}, part('Model', { ...MODEL, Name: 'book-order' })),
      'an underscore': mock({}, {}, part('Model', { ...MODEL, Name: 'book_order' })),
    },
    right: {
      'letters and digits': mock({}, {}, part('Model', { ...MODEL, Name: 'BookOrder2' })),
      'a name that is known at deployment':
        mock({}, {}, part('Model', { ...MODEL, Name: { 'Fn::Sub': '${AWS::StackName}-order' } })),
    },
    says: /'Name' of the model is "book-order", expected letters and digits only\. Write for example "bookorder"/,
    classes: OF_NONE,
  },
};
