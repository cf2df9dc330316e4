import { CfnCondition, Duration, Fn, type Stack } from 'aws-cdk-lib';
import * as apigwv2 from 'aws-cdk-lib/aws-apigatewayv2';
import {
  HttpJwtAuthorizer, HttpLambdaAuthorizer, HttpUserPoolAuthorizer, WebSocketLambdaAuthorizer,
} from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import * as upstream from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import { newFunction } from '../../../util';
import { both, gateway, mock, resource, ROLE, url, type Build, type Properties } from '../builders';
import type { Cases } from './case';

const { VERSION_1_0, VERSION_2_0 } = apigwv2.AuthorizerPayloadVersion;
const API = { Ref: 'Api' };
const IMPORTED = 'arn:aws:lambda:eu-west-1:111111111111:function:imported';
const uri = (handler: string) =>
  `arn:aws:apigateway:\${AWS::Region}:lambda:path/2015-03-31/functions/${handler}/invocations`;
const HTTP_SOURCE = ['$request.header.Authorization'];
const WEBSOCKET_SOURCE = ['route.request.header.Authorization'];
const LAMBDA = { AuthorizerType: 'REQUEST', AuthorizerUri: { 'Fn::Sub': uri(IMPORTED) } };
const REQUEST = { ...LAMBDA, AuthorizerPayloadFormatVersion: '2.0', IdentitySource: HTTP_SOURCE };
const WEBSOCKET = { ...LAMBDA, IdentitySource: WEBSOCKET_SOURCE };
const ISSUED = { Issuer: 'https://issuer.example.com', Audience: ['shop'] };
const JWT = { AuthorizerType: 'JWT', IdentitySource: HTTP_SOURCE, JwtConfiguration: ISSUED };

const make = (properties: Properties, id = 'Authorizer'): Build => (stack) => {
  gateway(stack, id, 'Authorizer', { ApiId: API, Name: id, ...properties });
};

/** An HTTP API, and an authorizer that no route asks for. */
const request = (properties: Properties) => both(url(), make({ ...REQUEST, ...properties }));
const jwt = (properties: Properties) => both(url(), make({ ...JWT, ...properties }));
const issued = (properties: Properties) => jwt({ JwtConfiguration: { ...ISSUED, ...properties } });
const webSocket = (properties: Properties) => both(mock(), make({ ...WEBSOCKET, ...properties }));
const ofUnknownApi = (properties: Properties) => both(url(), make({ ApiId: 'api', ...REQUEST, ...properties }));

const AUTHORIZED = { AuthorizationType: 'CUSTOM', AuthorizerId: { Ref: 'Authorizer' } };
const CALLED = { AuthorizerUri: { 'Fn::Sub': uri('${Handler.Arn}') } };
const handler: Build = (stack) => {
  resource(stack, 'Handler', 'AWS::Lambda::Function', {
    Code: { ZipFile: 'x' }, Role: 'arn:aws:iam::111111111111:role/r', Handler: 'index.handler', Runtime: 'nodejs22.x',
  });
};

/** A route that asks an authorizer whose function is in the app. */
const called = (...more: Build[]) => both(url({}, AUTHORIZED), make({ ...REQUEST, ...CALLED }), handler, ...more);
const permission = (source?: string): Build => (stack) => {
  const arn = { 'Fn::Sub': `arn:aws:execute-api:\${AWS::Region}:\${AWS::AccountId}:${source}` };
  resource(stack, 'Permission', 'AWS::Lambda::Permission', {
    Action: 'lambda:InvokeFunction', FunctionName: { Ref: 'Handler' }, Principal: 'apigateway.amazonaws.com',
    SourceArn: source === undefined ? undefined : arn,
  });
};

/** The same with a role that API Gateway assumes. */
const calledWithRole = (action: string, role: object = ROLE) => both(
  url({}, AUTHORIZED),
  make({ ...REQUEST, ...CALLED, AuthorizerCredentialsArn: { 'Fn::GetAtt': ['Role', 'Arn'] } }),
  handler,
  (stack) => {
    const Statement = [{ Effect: 'Allow', Action: action, Resource: { 'Fn::GetAtt': ['Handler', 'Arn'] } }];
    const Policies = [{ PolicyName: 'p', PolicyDocument: { Statement } }];
    resource(stack, 'Role', 'AWS::IAM::Role', { ...role, Policies });
  },
);
const TRUST_OF_LAMBDA = { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } };
const FOR_LAMBDA = { AssumeRolePolicyDocument: { Statement: [TRUST_OF_LAMBDA] } };

/** An authorizer that is made on a condition. */
const conditional = (id: string, condition: string): Build => (stack) => {
  const made = gateway(stack, id, 'Authorizer', { ApiId: API, ...REQUEST, Name: 'shop' });
  const expression = Fn.conditionEquals(Fn.ref('AWS::StackName'), condition);
  made.cfnOptions.condition = new CfnCondition(stack, condition, { expression });
};

const isProd: Build = (stack) => {
  new CfnCondition(stack, 'IsProd', { expression: Fn.conditionEquals(Fn.ref('AWS::StackName'), 'prod') });
};

type AuthorizerOf = (stack: Stack, httpApi: apigwv2.HttpApi) => apigwv2.IHttpRouteAuthorizer;

/** An API of aws-cdk-lib with a route and its authorizer. */
const guarded = (authorizerOf: AuthorizerOf): Build => (stack) => {
  const httpApi = new apigwv2.HttpApi(stack, 'Api');
  const integration = new upstream.HttpUrlIntegration('Url', 'https://example.com');
  httpApi.addRoutes({ path: '/books', integration, authorizer: authorizerOf(stack, httpApi) });
};

/** The L2 authorizer of which all properties are given. */
const guardedBy = (props: Partial<apigwv2.HttpAuthorizerProps>) => guarded((stack, httpApi) => {
  const { authorizerId } = new apigwv2.HttpAuthorizer(stack, 'Authorizer', {
    httpApi,
    type: apigwv2.HttpAuthorizerType.LAMBDA,
    identitySource: HTTP_SOURCE,
    authorizerUri: Fn.sub(uri(IMPORTED)),
    ...props,
  });
  const authorizerType = props.type === apigwv2.HttpAuthorizerType.JWT ? 'JWT' : 'CUSTOM';
  return apigwv2.HttpAuthorizer.fromHttpAuthorizerAttributes(stack, 'Imported', { authorizerId, authorizerType });
});
const guardedByLambda = guarded((stack) => new HttpLambdaAuthorizer('Lambda', newFunction(stack)));
const guardedByJwt = (issuer = 'https://issuer.example.com') => guarded(() =>
  new HttpJwtAuthorizer('Jwt', issuer, { jwtAudience: ['shop'] }));
const guardedByPool = guarded((stack) => new HttpUserPoolAuthorizer('Pool', new cognito.UserPool(stack, 'UserPool')));
const cached = (seconds: number, identitySource = HTTP_SOURCE) => guarded((stack) =>
  new HttpLambdaAuthorizer('Lambda', newFunction(stack), {
    identitySource, resultsCacheTtl: Duration.seconds(seconds),
  }));

const connected = (authorizer: (stack: Stack) => apigwv2.IWebSocketRouteAuthorizer): Build => (stack) => {
  const webSocketApi = new apigwv2.WebSocketApi(stack, 'Api', {
    connectRouteOptions: { integration: new upstream.WebSocketMockIntegration('Mock'), authorizer: authorizer(stack) },
  });
  new apigwv2.WebSocketStage(stack, 'Stage', { webSocketApi, stageName: 'prod', autoDeploy: true });
};
const connectedByLambda = (identitySource?: string[]) => connected((stack) =>
  new WebSocketLambdaAuthorizer('Lambda', newFunction(stack), { identitySource }));

const twoOfName = (first: string, second: string): Build => (stack) => {
  const httpApi = new apigwv2.HttpApi(stack, 'Api');
  const integration = new upstream.HttpUrlIntegration('Url', 'https://example.com');
  const authorizer = (id: string, authorizerName: string) =>
    new HttpLambdaAuthorizer(id, newFunction(stack, `${id}Handler`), { authorizerName });
  httpApi.addRoutes({ path: '/books', integration, authorizer: authorizer('First', first) });
  httpApi.addRoutes({ path: '/orders', integration, authorizer: authorizer('Second', second) });
};

const OF_NONE = 'The classes are integrations. None makes an authorizer.';

export const authorizersCases: Cases = {
  'authorizer-permission': {
    wrong: {
      'no permission': called(),
      'a permission for the routes': called(permission('${Api}/*/*/books')),
      'a permission for another authorizer': called(permission('${Api}/authorizers/abc123')),
      'a permission for another API': called(permission('abc123/authorizers/*')),
      'a role that may not invoke the function': calledWithRole('lambda:GetFunction'),
      'a role that API Gateway may not assume': calledWithRole('lambda:InvokeFunction', FOR_LAMBDA),
      'no permission, on a WebSocket API': both(
        mock({}, { RouteKey: '$connect', ...AUTHORIZED }), make({ ...WEBSOCKET, ...CALLED }), handler),
    },
    right: {
      'a permission for the authorizer': called(permission('${Api}/authorizers/${Authorizer}')),
      'a permission for all authorizers of the API': called(permission('${Api}/authorizers/*')),
      'a permission for all of the API': called(permission('${Api}/*')),
      'a permission for the authorizers of all APIs': called(permission('*/authorizers/*')),
      'a permission for any source': called(permission()),
      'a permission whose source is known at deployment': called(permission('${AWS::StackName}/*')),
      'a role that may invoke the function': calledWithRole('lambda:InvokeFunction'),
      'an imported function': both(url({}, AUTHORIZED), make(REQUEST)),
      'an authorizer that no route asks for': both(url(), make({ ...REQUEST, ...CALLED }), handler),
      'a JWT authorizer': both(url({}, { ...AUTHORIZED, AuthorizationType: 'JWT' }), make(JWT)),
    },
    says: new RegExp('API Gateway may not invoke the function of the authorizer \'Stack/Authorizer\' .*'
      + 'It presents arn:aws:execute-api:eu-west-1:111111111111:.*/authorizers/.*, '
      + 'and the function has no permission for it\\. Expected'),
    classes: OF_NONE,
    upstream: {
      wrong: (stack) => {
        const { functionArn } = newFunction(stack);
        guardedBy({ authorizerUri: Fn.sub(uri('${Arn}'), { Arn: functionArn }) })(stack);
      },
      right: guardedByLambda,
    },
  },
  'authorizer-type': {
    wrong: {
      'IAM, which needs no authorizer': both(url(), make({ AuthorizerType: 'AWS_IAM' })),
      'a type of REST APIs': request({ AuthorizerType: 'TOKEN' }),
      'another case': jwt({ AuthorizerType: 'jwt' }),
    },
    right: {
      'a function': request({}),
      'tokens': jwt({}),
      'a type that is known at deployment': request({ AuthorizerType: { 'Fn::ImportValue': 'type' } }),
      'an API that is not in the app': ofUnknownApi({ AuthorizerType: 'TOKEN' }),
    },
    says: /'AuthorizerType' is "AWS_IAM", expected "REQUEST" for a function or "JWT" for tokens/,
    classes: OF_NONE,
    upstream: { wrong: guardedBy({ type: apigwv2.HttpAuthorizerType.IAM }), right: guardedBy({}) },
  },
  'websocket-authorizer-type': {
    wrong: {
      'tokens': webSocket({ ...JWT, IdentitySource: WEBSOCKET_SOURCE }),
      'tokens without a configuration': webSocket({ AuthorizerType: 'JWT' }),
    },
    right: {
      'a function': webSocket({}),
      'a type that is known at deployment': webSocket({ AuthorizerType: { 'Fn::ImportValue': 'type' } }),
    },
    says: /'AuthorizerType' is "JWT" on a WebSocket API, expected "REQUEST"/,
    classes: OF_NONE,
    upstream: {
      wrong: (stack) => {
        connectedByLambda()(stack);
        new apigwv2.WebSocketAuthorizer(stack, 'Iam', {
          webSocketApi: stack.node.findChild('Api') as apigwv2.WebSocketApi,
          type: apigwv2.WebSocketAuthorizerType.IAM, identitySource: WEBSOCKET_SOURCE,
        });
      },
      right: connectedByLambda(),
    },
  },
  'authorizer-payload-version': {
    sample: ['no version', 'version 2.0'],
    wrong: { 'no version': request({ AuthorizerPayloadFormatVersion: undefined }) },
    right: {
      'version 1.0': request({ AuthorizerPayloadFormatVersion: '1.0' }),
      'version 2.0': request({}),
      'a version that is known at deployment':
        request({ AuthorizerPayloadFormatVersion: { 'Fn::ImportValue': 'version' } }),
      'no version on a WebSocket API': webSocket({}),
      'no version of an API that is not in the app': ofUnknownApi({ AuthorizerPayloadFormatVersion: undefined }),
      'tokens': jwt({}),
    },
    says: /'AuthorizerPayloadFormatVersion' is missing, expected "2\.0" or "1\.0"/,
    classes: OF_NONE,
  },
  'authorizer-uri': {
    wrong: {
      'no URI on an HTTP API': request({ AuthorizerUri: undefined }),
      'no URI on a WebSocket API': webSocket({ AuthorizerUri: undefined }),
      'no URI, of an API that is not in the app': ofUnknownApi({ AuthorizerUri: undefined }),
    },
    right: { 'a URI': request({}), 'tokens': jwt({}) },
    says: /'AuthorizerUri' is missing, expected the invocation ARN of a function/,
    classes: OF_NONE,
  },
  'authorizer-simple-responses': {
    wrong: { 'version 1.0': request({ EnableSimpleResponses: true, AuthorizerPayloadFormatVersion: '1.0' }) },
    right: {
      'version 2.0': request({ EnableSimpleResponses: true }),
      'policies with version 1.0': request({ EnableSimpleResponses: false, AuthorizerPayloadFormatVersion: '1.0' }),
      'a version that is known at deployment': request({
        EnableSimpleResponses: true, AuthorizerPayloadFormatVersion: { 'Fn::ImportValue': 'version' },
      }),
    },
    says: /'EnableSimpleResponses' is true while 'AuthorizerPayloadFormatVersion' is "1\.0", expected "2\.0"/,
    classes: OF_NONE,
    upstream: {
      wrong: guardedBy({ enableSimpleResponses: true, payloadFormatVersion: VERSION_1_0 }),
      right: guardedBy({ enableSimpleResponses: true, payloadFormatVersion: VERSION_2_0 }),
    },
  },
  'authorizer-ttl-range': {
    wrong: { 'more than an hour': request({ AuthorizerResultTtlInSeconds: 3601 }) },
    right: {
      'an hour': request({ AuthorizerResultTtlInSeconds: 3600 }),
      'none': request({ AuthorizerResultTtlInSeconds: 0 }),
      'a time that is known at deployment': request({ AuthorizerResultTtlInSeconds: { 'Fn::ImportValue': 'ttl' } }),
    },
    says: /'AuthorizerResultTtlInSeconds' is 3601, expected 0 to 3600/,
    classes: OF_NONE,
    upstream: { wrong: cached(7200), right: cached(3600) },
  },
  'authorizer-ttl-identity-source': {
    wrong: {
      'no identity source': request({ AuthorizerResultTtlInSeconds: 300, IdentitySource: undefined }),
      'an empty list': request({ AuthorizerResultTtlInSeconds: 300, IdentitySource: [] }),
    },
    right: {
      'an identity source': request({ AuthorizerResultTtlInSeconds: 300 }),
      'neither a cache nor a source': request({ IdentitySource: undefined }),
      'a cache that is turned off': request({ AuthorizerResultTtlInSeconds: 0, IdentitySource: [] }),
      'sources that are known at deployment': request({
        AuthorizerResultTtlInSeconds: 300, IdentitySource: { 'Fn::Split': [',', { 'Fn::ImportValue': 'sources' }] },
      }),
    },
    says: /'AuthorizerResultTtlInSeconds' is 300 and 'IdentitySource' is empty, expected an identity source/,
    classes: OF_NONE,
    upstream: { wrong: cached(300, []), right: cached(0, []) },
  },
  'authorizer-identity-source': {
    wrong: {
      'an expression of WebSocket APIs': request({ IdentitySource: WEBSOCKET_SOURCE }),
      'an expression of REST APIs': request({ IdentitySource: ['method.request.header.Authorization'] }),
      'the name of a header': request({ IdentitySource: ['Authorization'] }),
      'a header without a name': jwt({ IdentitySource: ['$request.header.'] }),
      'one of several': request({ IdentitySource: ['$request.header.a', 'request.header.b'] }),
    },
    right: {
      'each source': request({
        IdentitySource: [
          '$request.header.a', '$request.querystring.b', '$context.identity.sourceIp', '$stageVariables.c',
        ],
      }),
      'an expression in braces': request({ IdentitySource: ['${request.header.a}'] }),
      'a source that is known at deployment': request({ IdentitySource: [{ 'Fn::ImportValue': 'source' }] }),
      'an API that is not in the app': ofUnknownApi({ IdentitySource: ['Authorization'] }),
    },
    says: /'IdentitySource' has "route\.request\.header\.Authorization", expected one of \$request\.header\.<name>, /,
    classes: OF_NONE,
    upstream: { wrong: cached(300, ['Authorization']), right: cached(300) },
  },
  'websocket-identity-source': {
    wrong: {
      'an expression of HTTP APIs': webSocket({ IdentitySource: HTTP_SOURCE }),
      'the name of a header': webSocket({ IdentitySource: ['Authorization'] }),
    },
    right: {
      'each source': webSocket({
        IdentitySource: [
          'route.request.header.a', 'route.request.querystring.b', 'context.identity.sourceIp', 'stageVariables.c',
        ],
      }),
      'several in one text': webSocket({ IdentitySource: ['route.request.header.a, route.request.querystring.b'] }),
      'a source that is known at deployment': webSocket({ IdentitySource: [{ 'Fn::ImportValue': 'source' }] }),
    },
    says: /'IdentitySource' has "\$request\.header\.Authorization", expected one of route\.request\.header\.<name>, /,
    classes: OF_NONE,
    upstream: { wrong: connectedByLambda(HTTP_SOURCE), right: connectedByLambda() },
  },
  'jwt-configuration': {
    wrong: {
      'no configuration': jwt({ JwtConfiguration: undefined }),
      'no configuration, of an API that is not in the app': jwt({ ApiId: 'api', JwtConfiguration: undefined }),
    },
    right: {
      'an issuer and an audience': jwt({}),
      'a configuration that is known at deployment': both(isProd, jwt({
        JwtConfiguration: { 'Fn::If': ['IsProd', ISSUED, { ...ISSUED, Audience: ['test'] }] },
      })),
      'a function': request({}),
    },
    says: /'JwtConfiguration' is missing, expected an issuer and an audience/,
    classes: OF_NONE,
  },
  'jwt-audience': {
    wrong: { 'no audience': issued({ Audience: undefined }), 'an empty list': issued({ Audience: [] }) },
    right: {
      'an audience': jwt({}),
      'an audience that is known at deployment': issued({ Audience: [{ 'Fn::ImportValue': 'client' }] }),
      'a list that is known at deployment':
        issued({ Audience: { 'Fn::Split': [',', { 'Fn::ImportValue': 'clients' }] } }),
    },
    says: /'Audience' is empty, expected at least one client id that tokens are issued for/,
    classes: OF_NONE,
  },
  'jwt-issuer': {
    wrong: {
      'http': issued({ Issuer: 'http://issuer.example.com' }),
      'a host': issued({ Issuer: 'issuer.example.com' }),
      'a host that ends with what is known at deployment':
        issued({ Issuer: { 'Fn::Sub': 'cognito-idp.eu-west-1.amazonaws.com/${AWS::StackName}' } }),
      'none': issued({ Issuer: undefined }),
    },
    right: {
      'https': jwt({}),
      'a path that is known at deployment':
        issued({ Issuer: { 'Fn::Sub': 'https://cognito-idp.eu-west-1.amazonaws.com/${AWS::StackName}' } }),
      'a URL that is known at deployment': issued({ Issuer: { 'Fn::ImportValue': 'issuer' } }),
    },
    says: /'Issuer' is "http:\/\/issuer\.example\.com", expected a URL that begins with https:\/\//,
    classes: OF_NONE,
    upstream: { wrong: guardedByJwt('http://issuer.example.com'), right: guardedByPool },
  },
  'jwt-issuer-own-api': {
    wrong: {
      'the endpoint of the API': issued({ Issuer: { 'Fn::GetAtt': ['Api', 'ApiEndpoint'] } }),
      'a path of the endpoint': issued({ Issuer: { 'Fn::Sub': '${Api.ApiEndpoint}/auth' } }),
      'the host by the id of the API':
        issued({ Issuer: { 'Fn::Sub': 'https://${Api}.execute-api.${AWS::Region}.amazonaws.com/prod' } }),
    },
    right: {
      'another host': jwt({}),
      'the id of the API in the path of another host':
        issued({ Issuer: { 'Fn::Sub': 'https://issuer.example.com/${Api}' } }),
      'the endpoint of another API': both(issued({ Issuer: { 'Fn::GetAtt': ['Other', 'ApiEndpoint'] } }), (stack) => {
        gateway(stack, 'Other', 'Api', { Name: 'other', ProtocolType: 'HTTP' });
      }),
    },
    says: /'Issuer' is the endpoint of the API itself, expected one that answers before the authorizer is made/,
    classes: OF_NONE,
    upstream: {
      wrong: guarded((_, httpApi) => new HttpJwtAuthorizer('Jwt', httpApi.apiEndpoint, { jwtAudience: ['shop'] })),
      right: guardedByJwt(),
    },
  },
  'authorizer-name-twice': {
    wrong: {
      'one name': both(url(), make({ ...REQUEST, Name: 'shop' }, 'One'), make({ ...JWT, Name: 'shop' }, 'Two')),
      'one name, on a WebSocket API':
        both(mock(), make({ ...WEBSOCKET, Name: 'shop' }, 'One'), make({ ...WEBSOCKET, Name: 'shop' }, 'Two')),
    },
    right: {
      'two names': both(url(), make(REQUEST, 'One'), make(JWT, 'Two')),
      'names that are known at deployment':
        both(url(), ...['One', 'Two'].map((id) => make({ ...REQUEST, Name: { 'Fn::ImportValue': 'name' } }, id))),
      'authorizers that are made on conditions of their own':
        both(url(), conditional('One', 'IsProd'), conditional('Two', 'IsTest')),
      'authorizers of two APIs': both(url(), make({ ...REQUEST, Name: 'shop' }, 'One'), (stack) => {
        const other = gateway(stack, 'Other', 'Api', { Name: 'other', ProtocolType: 'HTTP' });
        make({ ...REQUEST, ApiId: other.ref, Name: 'shop' }, 'Two')(stack);
      }),
    },
    says: /The authorizers 'Stack\/One', 'Stack\/Two' have the same name 'shop', expected each name once in an API/,
    classes: OF_NONE,
    upstream: { wrong: twoOfName('shop', 'shop'), right: twoOfName('shop', 'orders') },
  },
};
