import type { Stack } from 'aws-cdk-lib';
import * as apigwv2 from 'aws-cdk-lib/aws-apigatewayv2';
import * as authorizers from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import * as upstream from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { both, changed, condition, gateway, l1Of, mock, resource, url, type Build, type Properties } from '../builders';
import type { Cases } from './case';

const NO_CLASS = 'The classes of this library make integrations; an API is made by aws-cdk-lib.';

const nothing: Build = () => undefined;
const httpApi = (properties: Properties, more = nothing) => changed(both(url(), more), 'Api', properties);
const webSocketApi = (properties: Properties, more = nothing) => changed(both(mock(), more), 'Api', properties);

const KNOWN_AT_DEPLOYMENT = { RouteSelectionExpression: { 'Fn::ImportValue': 'expression' } };
const UNNAMED = { Name: undefined, ProtocolType: undefined };
const CORS = { CorsConfiguration: { AllowOrigins: ['https://example.com'] } };

const cors = (CorsConfiguration: Properties) => httpApi({ CorsConfiguration });

/** An API for browsers, with an authorizer on a route. */
const guarded = (route: Properties, more = nothing, cors: Properties = CORS) => changed(both(
  url({}, { RouteKey: 'ANY /books', AuthorizationType: 'AWS_IAM', ...route }), more), 'Api', cors);
const optionsRoute = (key: string, properties: Properties = {}) => (stack: Stack) => {
  gateway(stack, 'Options', 'Route', {
    ApiId: { Ref: 'Api' }, RouteKey: key, Target: { 'Fn::Sub': 'integrations/${Integration}' }, ...properties,
  });
};
const JWT = { AuthorizationType: 'JWT', AuthorizerId: { Ref: 'Authorizer' } };
const CUSTOM = { AuthorizationType: 'CUSTOM', AuthorizerId: { Ref: 'Authorizer' } };
const jwtAuthorizer = (IdentitySource: string) => (stack: Stack) => {
  gateway(stack, 'Authorizer', 'Authorizer', {
    ApiId: { Ref: 'Api' }, Name: 'jwt', AuthorizerType: 'JWT', IdentitySource: [IdentitySource],
    JwtConfiguration: { Audience: ['shop'], Issuer: 'https://issuer.example.com' },
  });
};
const lambdaAuthorizer = (properties: Properties) => (stack: Stack) => {
  gateway(stack, 'Authorizer', 'Authorizer', {
    ApiId: { Ref: 'Api' }, Name: 'lambda', AuthorizerType: 'REQUEST', AuthorizerPayloadFormatVersion: '2.0',
    AuthorizerUri: 'arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/'
      + 'arn:aws:lambda:eu-west-1:111111111111:function:authorizer/invocations',
    ...properties,
  });
};

const DISABLED = { DisableExecuteApiEndpoint: true };
const mapping = (properties: Properties = {}) => (stack: Stack) => {
  gateway(stack, 'Mapping', 'ApiMapping', {
    ApiId: { Ref: 'Api' }, DomainName: 'api.example.com', Stage: l1Of(stack, 'Stage').ref, ...properties,
  });
};
const routingRule = (apiId: unknown) => (stack: Stack) => {
  gateway(stack, 'Rule', 'RoutingRule', {
    DomainNameArn: 'arn:aws:apigateway:eu-west-1::/domainnames/api.example.com', Priority: 1,
    Conditions: [{ MatchBasePaths: { AnyOf: ['shop'] } }], Actions: [{ InvokeApi: { ApiId: apiId, Stage: 'prod' } }],
  });
};

const shop = (props: apigwv2.HttpApiProps, addTo: (api: apigwv2.HttpApi) => void) => (stack: Stack) => {
  addTo(new apigwv2.HttpApi(stack, 'Shop', props));
};
const route = (api: apigwv2.HttpApi, options: Partial<apigwv2.AddRoutesOptions>) => {
  const integration = new upstream.HttpUrlIntegration('Url', 'https://example.com');
  api.addRoutes({ path: '/books', integration, ...options });
};
const BROWSERS = { corsPreflight: { allowOrigins: ['https://example.com'] } };
const authorizer = () =>
  new authorizers.HttpJwtAuthorizer('Jwt', 'https://issuer.example.com', { jwtAudience: ['shop'] });

export const apiSettingsCases: Cases = {
  'api-name': {
    wrong: {
      'no name': httpApi({ Name: undefined }),
      'no name of a WebSocket API': webSocketApi({ Name: undefined }),
    },
    right: {
      'a name': httpApi({ Name: 'shop' }),
      'a body instead': httpApi({ ...UNNAMED, Body: { openapi: '3.0.1', info: { title: 'shop' } } }),
      'a body that is elsewhere': httpApi({ ...UNNAMED, BodyS3Location: { Bucket: 'b', Key: 'k' } }),
      'a name that is known at deployment': httpApi({ Name: { 'Fn::ImportValue': 'name' } }),
    },
    says: /The API has no Name, expected one/,
    classes: NO_CLASS,
  },
  'route-selection-expression': {
    wrong: {
      'one of WebSocket APIs': httpApi({ RouteSelectionExpression: '$request.body.action' }),
      'another order': httpApi({ RouteSelectionExpression: '${request.path} ${request.method}' }),
    },
    right: {
      'method and path': httpApi({ RouteSelectionExpression: '$request.method $request.path' }),
      'method and path with braces': httpApi({ RouteSelectionExpression: '${request.method} ${request.path}' }),
      'an expression that is known at deployment': httpApi(KNOWN_AT_DEPLOYMENT),
      'none': httpApi({}),
    },
    says: /RouteSelectionExpression is "\$request\.body\.action", expected "\$\{request\.method\} \$\{request\.path\}"/,
    classes: NO_CLASS,
  },
  'websocket-route-selection-expression': {
    wrong: { none: webSocketApi({ RouteSelectionExpression: undefined }) },
    right: {
      'a field of the message': webSocketApi({ RouteSelectionExpression: '$request.body.kind' }),
      'an expression that is known at deployment': webSocketApi(KNOWN_AT_DEPLOYMENT),
      'none of an HTTP API': httpApi({}),
    },
    says: /The WebSocket API has no RouteSelectionExpression, expected one/,
    classes: NO_CLASS,
  },
  'cors-credentials': {
    wrong: {
      'any origin': cors({ AllowCredentials: true, AllowOrigins: ['*'] }),
      'any origin among others': cors({ AllowCredentials: 'true', AllowOrigins: ['https://a.com', '*'] }),
    },
    right: {
      'origins by name': cors({ AllowCredentials: true, AllowOrigins: ['https://*.com', 'http://*'] }),
      'any header and method': cors({
        AllowCredentials: true, AllowHeaders: ['*'], AllowMethods: ['*'], AllowOrigins: ['https://a.com'],
      }),
      'any origin without credentials': cors({ AllowCredentials: false, AllowOrigins: ['*'] }),
      'origins that are known at deployment': cors({
        AllowCredentials: true, AllowOrigins: [{ 'Fn::ImportValue': 'origin' }],
      }),
      'a configuration that a macro changes': cors({
        'AllowCredentials': true, 'AllowOrigins': ['*'], 'Fn::Transform': { Name: 'Origins' },
      }),
    },
    says: /CorsConfiguration has AllowCredentials and the origin '\*', expected origins by name/,
    classes: NO_CLASS,
  },
  'cors-websocket': {
    sample: ['a configuration', 'none'],
    wrong: { 'a configuration': webSocketApi(CORS) },
    right: { 'a configuration of an HTTP API': httpApi(CORS), 'none': webSocketApi({}) },
    says: /The WebSocket API has a CorsConfiguration, expected none/,
    classes: NO_CLASS,
  },
  'cors-preflight-authorizer': {
    sample: ['a route of any method with IAM', 'an OPTIONS route of the path'],
    wrong: {
      'a route of any method with IAM': guarded({}),
      'the default route': guarded({ RouteKey: '$default' }),
      'a JWT in the header': guarded(JWT, jwtAuthorizer('$request.header.Authorization')),
      'a function that wants the header': guarded(
        CUSTOM, lambdaAuthorizer({ IdentitySource: ['$request.header.authorization'] }),
      ),
      'an OPTIONS route of another path': guarded({}, optionsRoute('OPTIONS /pens')),
      'an OPTIONS route with an authorizer': guarded(
        {}, optionsRoute('OPTIONS /books', { AuthorizationType: 'AWS_IAM' }),
      ),
      'an OPTIONS route below the path': guarded({}, optionsRoute('OPTIONS /books/{id}')),
    },
    right: {
      'no configuration for CORS': guarded({}, undefined, {}),
      'a configuration that is known at deployment': guarded({}, condition('IsTest'), {
        CorsConfiguration: { 'Fn::If': ['IsTest', CORS.CorsConfiguration, { Ref: 'AWS::NoValue' }] },
      }),
      'a route without an authorizer': guarded({ AuthorizationType: 'NONE' }),
      'a route of one method': guarded({ RouteKey: 'GET /books' }),
      'an OPTIONS route of the path': guarded({}, optionsRoute('OPTIONS /books')),
      'an OPTIONS route of a path around it': guarded(
        {}, optionsRoute('OPTIONS /{proxy+}', { AuthorizationType: 'NONE' }),
      ),
      'an OPTIONS route of the same variables': guarded(
        { RouteKey: 'ANY /books/{id}' }, optionsRoute('OPTIONS /books/{id}'),
      ),
      'an OPTIONS route in place of the default one': guarded(
        { RouteKey: '$default' }, optionsRoute('OPTIONS /{proxy+}'),
      ),
      'a token in the query string': guarded(JWT, jwtAuthorizer('$request.querystring.token')),
      'a function that is called for any request': guarded(CUSTOM, lambdaAuthorizer({})),
      'an authorizer that is not in the app': guarded({ AuthorizationType: 'JWT', AuthorizerId: 'a1b2c3' }),
      'a kind of authorizer that is known at deployment': guarded({ AuthorizationType: { 'Fn::ImportValue': 'kind' } }),
      'a route whose key is known at deployment': guarded({}, (stack) => {
        resource(stack, 'Other', 'AWS::ApiGatewayV2::Route', {
          ApiId: { Ref: 'Api' }, RouteKey: { 'Fn::ImportValue': 'key' },
          Target: { 'Fn::Sub': 'integrations/${Integration}' },
        });
      }),
    },
    says: /'ANY \/books' has an authorizer .* expected a route .* Add 'OPTIONS \/books' with new HttpNoneAuthorizer/,
    classes: NO_CLASS,
    upstream: {
      wrong: shop({ ...BROWSERS, defaultAuthorizer: authorizer() }, (api) => { route(api, {}); }),
      right: shop({ ...BROWSERS, defaultAuthorizer: authorizer() }, (api) => {
        route(api, {});
        route(api, { methods: [apigwv2.HttpMethod.OPTIONS], authorizer: new apigwv2.HttpNoneAuthorizer() });
      }),
    },
  },
  'api-endpoint-disabled': {
    wrong: {
      'no domain': httpApi(DISABLED),
      'a mapping of another API': httpApi(DISABLED, mapping({ ApiId: 'a1b2c3' })),
      'a routing rule of another API': httpApi(DISABLED, routingRule('a1b2c3')),
      'no domain of a WebSocket API': webSocketApi(DISABLED),
    },
    right: {
      'a mapping': httpApi(DISABLED, mapping()),
      'a mapping of an API that is known at deployment': httpApi(
        DISABLED, mapping({ ApiId: { 'Fn::ImportValue': 'api' } }),
      ),
      'a routing rule': httpApi(DISABLED, routingRule({ Ref: 'Api' })),
      'a routing rule of an API that is known at deployment': httpApi(
        DISABLED, routingRule({ 'Fn::ImportValue': 'api' }),
      ),
      'a routing rule whose action is known at deployment': httpApi(DISABLED, both(condition('IsTest'), (stack) => {
        routingRule('a1b2c3')(stack);
        const actions = [[{ InvokeApi: { ApiId: { Ref: 'Api' }, Stage: 'prod' } }], [{ Ref: 'AWS::NoValue' }]];
        l1Of(stack, 'RoutingRule').addPropertyOverride('Actions', { 'Fn::If': ['IsTest', ...actions] });
      })),
      'an endpoint that is not disabled': httpApi({ DisableExecuteApiEndpoint: false }),
      'an endpoint that may be disabled at deployment': httpApi(
        { DisableExecuteApiEndpoint: { 'Fn::If': ['IsTest', false, true] } }, condition('IsTest'),
      ),
    },
    says: /is disabled and no domain of the app leads to it, expected a mapping or a routing rule/,
    classes: NO_CLASS,
    upstream: {
      wrong: shop({ disableExecuteApiEndpoint: true }, (api) => { route(api, {}); }),
      right: (stack) => {
        const arn = 'arn:aws:acm:eu-west-1:111111111111:certificate/c';
        const certificate = Certificate.fromCertificateArn(stack, 'Certificate', arn);
        const domainName = new apigwv2.DomainName(stack, 'Domain', { domainName: 'api.example.com', certificate });
        const props = { disableExecuteApiEndpoint: true, defaultDomainMapping: { domainName } };
        shop(props, (api) => { route(api, {}); })(stack);
      },
    },
  },
};
