import { CfnCondition, Fn, type Stack } from 'aws-cdk-lib';
import * as apigwv2 from 'aws-cdk-lib/aws-apigatewayv2';
import * as upstream from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { HttpUrlIntegration } from 'cdk-apigatewayv2-integrations';
import { api, both, gateway, url, URL } from '../builders';
import type { Cases } from './case';

const API = { Ref: 'Api' };
const TARGET = { 'Fn::Sub': 'integrations/${Integration}' };

/** A second route with a key, on a condition or not. */
const second =
  (RouteKey: string, id = 'Second') =>
    (stack: Stack) =>
      gateway(stack, id, 'Route', { ApiId: API, RouteKey, Target: TARGET });

const onOtherConditions = (stack: Stack) => {
  for (const id of ['One', 'Two']) {
    const condition = new CfnCondition(stack, `Is${id}`, { expression: Fn.conditionEquals(Fn.ref('AWS::Region'), id) });
    second('PUT /books', id)(stack).cfnOptions.condition = condition;
  }
};

const stages = (count: number) => (stack: Stack) => {
  for (let i = 0; i < count; i++) {
    gateway(stack, `Stage${i}`, 'Stage', { ApiId: API, StageName: `s${i}`, AutoDeploy: true });
  }
};
const authorizers = (count: number) => (stack: Stack) => {
  for (let i = 0; i < count; i++) {
    gateway(stack, `Authorizer${i}`, 'Authorizer', {
      ApiId: API,
      Name: `a${i}`,
      AuthorizerType: 'JWT',
      IdentitySource: ['$request.header.Authorization'],
      JwtConfiguration: { Audience: ['shop'], Issuer: 'https://issuer.example.com' },
    });
  }
};
const unused = (stack: Stack) => {
  gateway(stack, 'Unused', 'Integration', { ...URL, ApiId: API });
};

const urlIntegration = () => new upstream.HttpUrlIntegration('Url', 'https://example.com');

/** An API of aws-cdk-lib, and more of it. */
const withApi =
  (more: (stack: Stack, httpApi: apigwv2.HttpApi) => void, props?: apigwv2.HttpApiProps) => (stack: Stack) => {
    const httpApi = new apigwv2.HttpApi(stack, 'Api', props);
    httpApi.addRoutes({ path: '/books', methods: [apigwv2.HttpMethod.GET], integration: urlIntegration() });
    more(stack, httpApi);
  };

const route = (key: apigwv2.HttpRouteKey, integration: () => apigwv2.HttpRouteIntegration = urlIntegration) =>
  withApi((stack, httpApi) => {
    new apigwv2.HttpRoute(stack, 'Route', { httpApi, routeKey: key, integration: integration() });
  });
const own = () => new HttpUrlIntegration('Own', 'https://example.com');
const { GET, PUT } = apigwv2.HttpMethod;
const { with: key } = apigwv2.HttpRouteKey;

export const apisCases: Cases = {
  'route-key-method': {
    wrong: {
      'what HttpRouteKey.with() makes without a method': url({}, { RouteKey: 'undefined /books' }),
      'a path alone': url({}, { RouteKey: '/books' }),
    },
    right: {
      'a method and a path': url(),
      'any method': url({}, { RouteKey: 'ANY /books' }),
      'the default route': url({}, { RouteKey: '$default' }),
    },
    says: /is 'undefined \/books', expected a method and a path/,
    classes: { wrong: route(key('/own'), own), right: route(key('/own', PUT), own) },
    upstream: { wrong: route(key('/own')), right: route(key('/own', PUT)) },
  },
  'route-key-twice': {
    wrong: {
      'two routes of one key': both(url(), second('GET /books')),
      'two routes of an imported API': url({ ApiId: 'imported' }, { ApiId: 'imported' }, (stack) => {
        gateway(stack, 'Second', 'Route', { ApiId: 'imported', RouteKey: 'GET /books', Target: TARGET });
      }),
    },
    right: {
      'a key of its own for each route': both(url(), second('PUT /books')),
      'routes of one key on different conditions': both(url(), onOtherConditions),
    },
    says: /the same key 'GET \/books', expected each key once/,
    classes: 'Routes are made by aws-cdk-lib, so the classes do not know of the others.',
    upstream: { wrong: route(key('/books', GET)), right: route(key('/books', PUT)) },
  },
  'integration-unused': {
    wrong: { 'an integration that no route uses': both(url(), unused) },
    right: {
      'an integration that a route uses': url(),
      'one of an API with a route whose target is only known at deployment': both(url(), unused, (stack) => {
        gateway(stack, 'Unclear', 'Route', { ApiId: API, RouteKey: 'GET /x', Target: { 'Fn::ImportValue': 'target' } });
      }),
    },
    says: /expected at least one/,
    classes: 'The resource is made when a route uses the integration.',
    upstream: {
      wrong: withApi((stack, httpApi) => {
        const { HTTP_PROXY } = apigwv2.HttpIntegrationType;
        new apigwv2.HttpIntegration(stack, 'Unused', {
          httpApi,
          integrationType: HTTP_PROXY,
          integrationUri: 'https://example.com',
          method: GET,
          payloadFormatVersion: apigwv2.PayloadFormatVersion.VERSION_1_0,
        });
      }),
      right: withApi(() => undefined),
    },
  },
  'api-without-stage': {
    wrong: {
      'an API with a route and no stage': (stack) => {
        const ApiId = gateway(stack, 'Api', 'Api', { ProtocolType: 'HTTP', Name: 'api' }).ref;
        const { ref } = gateway(stack, 'Integration', 'Integration', { ApiId, ...URL });
        gateway(stack, 'Route', 'Route', { ApiId, RouteKey: 'GET /books', Target: `integrations/${ref}` });
      },
    },
    right: {
      'an API with a stage': url(),
      'an API that is made with a target': (stack) => {
        gateway(stack, 'Api', 'Api', { ProtocolType: 'HTTP', Name: 'api', Target: 'https://example.com' });
      },
      'a stage of an API that is only known at deployment': both(url(), (stack) => {
        gateway(stack, 'Other', 'Api', { ProtocolType: 'HTTP', Name: 'other' });
        gateway(stack, 'Unclear', 'Stage', {
          ApiId: { 'Fn::ImportValue': 'api' },
          StageName: 'prod',
          AutoDeploy: true,
        });
      }),
    },
    says: /has 1 route and no stage, expected one/,
    classes: 'Stages are made by aws-cdk-lib, and other integrations may be of another API.',
    upstream: { wrong: withApi(() => undefined, { createDefaultStage: false }), right: withApi(() => undefined) },
  },
  'api-quota': {
    wrong: {
      '11 stages': api('HTTP', URL, {}, stages(10)),
      '11 authorizers': api('HTTP', URL, {}, authorizers(11)),
    },
    right: {
      '10 stages': api('HTTP', URL, {}, stages(9)),
      '10 authorizers': api('HTTP', URL, {}, authorizers(10)),
    },
    says: /has 11 stages, expected at most 10/,
    classes: 'The rest of an API may be made of other classes, so only the finished template tells how much there is.',
    upstream: {
      wrong: withApi((_, httpApi) => {
        for (let i = 0; i < 10; i++) {
          httpApi.addStage(`S${i}`, { stageName: `s${i}`, autoDeploy: true });
        }
      }),
      right: withApi((_, httpApi) => {
        for (let i = 0; i < 9; i++) {
          httpApi.addStage(`S${i}`, { stageName: `s${i}`, autoDeploy: true });
        }
      }),
    },
  },
};
