import { App, Aspects, Duration, Stack } from 'aws-cdk-lib';
import * as apigwv2 from 'aws-cdk-lib/aws-apigatewayv2';
import {
  HttpIamAuthorizer, HttpJwtAuthorizer, HttpLambdaAuthorizer, HttpLambdaResponseType, HttpUserPoolAuthorizer,
  WebSocketIamAuthorizer, WebSocketLambdaAuthorizer,
} from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import * as upstream from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import { ApiGatewayV2Checks } from 'cdk-apigatewayv2-integrations';
import { withoutValidation } from '../parity/synthesize';
import { findingsOf, HERE } from '../private/rules/builders';
import { newFunction } from '../util';

withoutValidation();

const { GET, POST, PUT, DELETE } = apigwv2.HttpMethod;
const url = () => new upstream.HttpUrlIntegration('Url', 'https://example.com');

function newDomain(scope: Stack, id: string): apigwv2.DomainName {
  const certificate = new acm.Certificate(scope, `${id}Certificate`, { domainName: 'example.com' });
  return new apigwv2.DomainName(scope, id, { domainName: `${id.toLowerCase()}.example.com`, certificate });
}

function connect(
  stack: Stack, id: string, authorizer: apigwv2.IWebSocketRouteAuthorizer, domainName?: apigwv2.DomainName,
): void {
  const integration = new upstream.WebSocketMockIntegration('Mock');
  const webSocketApi = new apigwv2.WebSocketApi(stack, id, { connectRouteOptions: { integration, authorizer } });
  webSocketApi.addRoute('send', { integration: new upstream.WebSocketMockIntegration('Mock') });
  const domainMapping = domainName && { domainName };
  new apigwv2.WebSocketStage(stack, `${id}Stage`, { webSocketApi, stageName: 'prod', autoDeploy: true, domainMapping });
}

const APPS: { readonly [name: string]: (stack: Stack, second: Stack) => void } = {
  'each authorizer of an HTTP API': (stack) => {
    const api = new apigwv2.HttpApi(stack, 'Api');
    const integration = url();
    const routes = (path: string, authorizer: apigwv2.IHttpRouteAuthorizer, authorizationScopes?: string[]) => {
      api.addRoutes({ path, methods: [GET], integration, authorizer, authorizationScopes });
    };
    routes('/iam', new HttpIamAuthorizer());
    routes('/none', new apigwv2.HttpNoneAuthorizer());
    routes('/jwt', new HttpJwtAuthorizer('Jwt', 'https://issuer.example.com', { jwtAudience: ['shop'] }), ['books']);
    const pool = new cognito.UserPool(stack, 'Pool');
    routes('/pool', new HttpUserPoolAuthorizer('UserPool', pool), ['books']);
    routes('/lambda', new HttpLambdaAuthorizer('Lambda', newFunction(stack, 'One')));
    const { currentVersion } = newFunction(stack, 'Two');
    routes('/version', new HttpLambdaAuthorizer('Version', currentVersion, {
      responseTypes: [HttpLambdaResponseType.SIMPLE], identitySource: [], resultsCacheTtl: Duration.seconds(0),
    }));
    const shared = new HttpJwtAuthorizer('Shared', 'https://issuer.example.com', { jwtAudience: ['shop'] });
    routes('/shared', shared);
    const { authorizerId } = shared;
    routes('/imported', apigwv2.HttpAuthorizer.fromHttpAuthorizerAttributes(stack, 'Imported', {
      authorizerId, authorizerType: 'JWT',
    }));
  },
  'a default authorizer with scopes': (stack) => {
    const defaultAuthorizer = new HttpJwtAuthorizer('Jwt', 'https://issuer.example.com', { jwtAudience: ['shop'] });
    const api = new apigwv2.HttpApi(stack, 'Api', { defaultAuthorizer, defaultAuthorizationScopes: ['books'] });
    api.addRoutes({ path: '/books/{id}', methods: [GET, POST, PUT, DELETE], integration: url() });
    api.addRoutes({ path: '/books/new', methods: [GET], integration: url() });
  },
  'each authorizer of a WebSocket API': (stack) => {
    connect(stack, 'Lambda', new WebSocketLambdaAuthorizer('Authorizer', newFunction(stack)));
    connect(stack, 'Iam', new WebSocketIamAuthorizer());
  },
  'an API of another stack': (stack, second) => {
    const httpApi = new apigwv2.HttpApi(stack, 'Api');
    new apigwv2.HttpRoute(second, 'Route', {
      httpApi, routeKey: apigwv2.HttpRouteKey.with('/books', GET), integration: url(),
      authorizer: new HttpLambdaAuthorizer('Authorizer', newFunction(stack)),
    });
  },
  'an API that is imported': (stack) => {
    const httpApi = apigwv2.HttpApi.fromHttpApiAttributes(stack, 'Api', { httpApiId: 'abc123' });
    new apigwv2.HttpRoute(stack, 'Route', {
      httpApi, routeKey: apigwv2.HttpRouteKey.with('/books', GET), integration: url(),
      authorizer: new HttpLambdaAuthorizer('Authorizer', newFunction(stack)),
    });
  },
  'domain names and mappings': (stack, second) => {
    const domainName = newDomain(stack, 'Shop');
    const api = new apigwv2.HttpApi(stack, 'Api', { defaultIntegration: url(), defaultDomainMapping: { domainName } });
    const domainMapping = { domainName, mappingKey: 'beta' };
    new apigwv2.HttpStage(stack, 'Beta', { httpApi: api, stageName: 'beta', autoDeploy: true, domainMapping });
    const other = new apigwv2.HttpApi(second, 'Api', { defaultIntegration: url() });
    new apigwv2.ApiMapping(second, 'Mapping', { api: other, domainName, apiMappingKey: 'v2/orders' });
    connect(stack, 'News', new WebSocketIamAuthorizer(), newDomain(stack, 'Socket'));
  },
};

test.each(Object.entries(APPS))('says nothing of %s, made of classes of aws-cdk-lib', (_name, build) => {
  const app = new App();
  const stacks = ['Stack', 'Second'].map((id) => new Stack(app, id, { env: HERE }));
  build(stacks[0], stacks[1]);
  Aspects.of(app).add(new ApiGatewayV2Checks());
  expect(stacks.flatMap(findingsOf)).toEqual([]);
});
