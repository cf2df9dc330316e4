import type { Stack } from 'aws-cdk-lib';
import * as apigwv2 from 'aws-cdk-lib/aws-apigatewayv2';
import * as upstream from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import {
  WebSocketAwsIntegration,
  WebSocketHttpIntegration,
  WebSocketIntegrationResponseKey,
  WebSocketLambdaIntegration,
  WebSocketMockIntegration,
  WebSocketSqsIntegration,
  type WebSocketMockIntegrationProps,
} from 'cdk-apigatewayv2-integrations';
import { newFunction } from '../../../util';
import {
  api,
  both,
  gateway,
  links,
  mock,
  resource,
  response,
  returned,
  RETURNS,
  webSocketUrl,
  withVariables,
  type Build,
  type Properties,
} from '../builders';
import { webSocket, withBoth } from '../class-apps';
import type { Cases } from './case';

const LATER = { 'Fn::ImportValue': 'value' };
const RETURN = { returnResponse: true };

/** A call of an AWS service. */
const aws = (IntegrationUri: unknown, properties: Properties = {}, route: Properties = {}, more?: Build) =>
  api(
    'WEBSOCKET',
    { IntegrationType: 'AWS', IntegrationMethod: 'POST', IntegrationUri, CredentialsArn: LATER, ...properties },
    route,
    more,
  );
const templated = (service: string, template: unknown, RouteKey: unknown, more?: Build) =>
  aws(`arn:aws:apigateway:eu-west-1:${service}`, { RequestTemplates: { $default: template } }, { RouteKey }, more);

const QUEUE = 'sqs:path/111111111111/books';
const SEND = 'Action=SendMessage&MessageBody=$util.urlEncode($input.body)';
const PUBLISH = {
  'Fn::Sub': 'Action=Publish&TopicArn=$util.urlEncode(\'${Topic}\')&Message=$util.urlEncode($input.body)',
};
const fifoTopic = (stack: Stack) => {
  resource(stack, 'Topic', 'AWS::SNS::Topic', { FifoTopic: true, TopicName: 'books.fifo' });
};
const topic = (stack: Stack) => {
  resource(stack, 'Topic', 'AWS::SNS::Topic', {});
};

const requestParameter = (destination: string, source: unknown) =>
  webSocketUrl({ RequestParameters: { [destination]: source } });
const proxyUrl = (properties: Properties = {}) => webSocketUrl({ IntegrationType: 'HTTP_PROXY', ...properties });

const responses = (...keys: string[]) => ({
  integrationResponses: keys.map((key) => ({
    integrationResponseKey:
      key === '$default'
        ? WebSocketIntegrationResponseKey.DEFAULT
        : WebSocketIntegrationResponseKey.fromStatusRegExp(key),
  })),
});
const mockOf = (
  props: WebSocketMockIntegrationProps,
  options: { readonly returnResponse?: boolean } = RETURN,
  key?: string,
) => webSocket(() => new WebSocketMockIntegration('Mock', props), key, options);

/** A mock of either library. */
const ofMock = (
  library: { WebSocketMockIntegration: typeof upstream.WebSocketMockIntegration | typeof WebSocketMockIntegration },
  key: string,
) => webSocket(() => new library.WebSocketMockIntegration('Mock'), key);

/** A call of either library with an expression on the route and no response of the route. */
const expressionOnly =
  (Mock: typeof upstream.WebSocketMockIntegration, expression: string | undefined): Build =>
    (stack) => {
      webSocket(() => new Mock('Mock'))(stack);
      const [route] = stack.node.findAll().filter((it) => it instanceof apigwv2.CfnRoute);
      route.routeResponseSelectionExpression = expression;
    };

const url = (props: { readonly vpcLink?: unknown; readonly requestParameters?: Record<string, string> }) =>
  webSocket(
    () =>
      new WebSocketHttpIntegration('Url', 'https://example.com', {
        method: apigwv2.HttpMethod.POST,
        proxy: false,
        ...(props as object),
      }),
  );
const throughLink = (linkIn: (stack: Stack) => unknown) =>
  webSocket(
    (stack) =>
      new WebSocketHttpIntegration('Url', 'https://example.com', {
        method: apigwv2.HttpMethod.POST,
        vpcLink: linkIn(stack) as never,
      }),
  );
const oldLink = (stack: Stack) => {
  resource(stack, 'Old', 'AWS::ApiGateway::VpcLink', { Name: 'old', TargetArns: ['arn'] });
};

const toQueue = (key: string, queueProps: sqs.QueueProps = {}, template?: string) =>
  webSocket(
    (stack) =>
      new WebSocketSqsIntegration(
        'Send',
        new sqs.Queue(stack, 'Queue', queueProps),
        template ? { requestTemplates: { $default: template } } : {},
      ),
    key,
  );
const upstreamQueue = (key: string, template: string) =>
  webSocket(
    () =>
      new upstream.WebSocketAwsIntegration('Send', {
        integrationUri: `arn:aws:apigateway:eu-west-1:${QUEUE}`,
        integrationMethod: 'POST',
        requestTemplates: { $default: template },
      }),
    key,
  );

const awsOf = (
  library: { WebSocketAwsIntegration: typeof upstream.WebSocketAwsIntegration | typeof WebSocketAwsIntegration },
  uri: string,
) => webSocket(() => new library.WebSocketAwsIntegration('Aws', { integrationUri: uri, integrationMethod: 'POST' }));

export const websocketCases: Cases = {
  'websocket-route-key': {
    wrong: { 'another key with a dollar sign': mock({}, { RouteKey: '$open' }) },
    right: {
      '$connect': mock({}, { RouteKey: '$connect' }),
      '$disconnect': mock({}, { RouteKey: '$disconnect' }),
      '$default': mock({}, { RouteKey: '$default' }),
      'a dollar sign elsewhere': mock({}, { RouteKey: 'a$b' }),
    },
    says: /is '\$open', expected '\$connect', '\$disconnect', '\$default' or a key that does not start with '\$'/,
    classes: {
      wrong: ofMock({ WebSocketMockIntegration }, '$open'),
      right: ofMock({ WebSocketMockIntegration }, 'open'),
    },
    upstream: { wrong: ofMock(upstream, '$open'), right: ofMock(upstream, 'open') },
  },
  'websocket-response-key': {
    wrong: {
      'a code without slashes': mock({}, RETURNS, both(response('$default'), response('200', 'Wrong'), returned)),
      'a code that does not exist': mock({}, RETURNS, both(response('$default'), response('/600/', 'Wrong'), returned)),
    },
    right: {
      'a code': mock({}, RETURNS, both(response('$default'), response('/200/', 'Right'), returned)),
      'a regular expression that JavaScript does not know': mock(
        {},
        RETURNS,
        both(response('$default'), response('/(?i).*error.*/', 'Java'), returned),
      ),
    },
    says: /is "200", expected '\$default', a status code from 100 to 599, or a regular expression/,
    classes: { wrong: mockOf(responses('$default', '600')), right: mockOf(responses('$default', '200')) },
  },
  'websocket-response-key-twice': {
    wrong: {
      'two responses of one key': mock(
        {},
        RETURNS,
        both(response('$default', 'One'), response('$default', 'Two'), returned),
      ),
    },
    right: {
      'a key of its own for each response': mock(
        {},
        RETURNS,
        both(response('$default'), response('/200/', 'Other'), returned),
      ),
    },
    says: /have the key '\$default', expected each key once/,
    classes: { wrong: mockOf(responses('$default', '$default')), right: mockOf(responses('$default', '200')) },
  },
  'websocket-proxy-responses': {
    wrong: { 'a response of a proxy': both(proxyUrl(), response('$default')) },
    right: {
      'a proxy without responses': proxyUrl(),
      'responses of an integration that is no proxy': mock({}, RETURNS, both(response('$default'), returned)),
    },
    says: /has integration responses \(\$default\), expected none/,
    classes: {
      wrong: webSocket(
        (stack) => new WebSocketLambdaIntegration('Fn', newFunction(stack), responses('$default')),
        'send',
        RETURN,
      ),
      right: webSocket(
        (stack) => new WebSocketLambdaIntegration('Fn', newFunction(stack), { proxy: false, ...responses('$default') }),
        'send',
        RETURN,
      ),
    },
  },
  'websocket-proxy-templates': {
    wrong: {
      'templates of a proxy': proxyUrl({ RequestTemplates: { $default: '{}' } }),
      'what is done without a template': proxyUrl({ PassthroughBehavior: 'NEVER' }),
    },
    right: { 'a proxy without templates': proxyUrl(), 'templates of a mock': mock({ PassthroughBehavior: 'NEVER' }) },
    says: /has 'RequestTemplates', expected none of them/,
    classes: {
      wrong: webSocket(
        (stack) => new WebSocketLambdaIntegration('Fn', newFunction(stack), { requestTemplates: { $default: '{}' } }),
      ),
      right: webSocket(
        (stack) =>
          new WebSocketLambdaIntegration('Fn', newFunction(stack), {
            proxy: false,
            requestTemplates: { $default: '{}' },
          }),
      ),
    },
  },
  'websocket-response-not-returned': {
    wrong: { 'a route without a response': mock({}, {}, response('$default')) },
    right: {
      'a route with a response and an expression': mock({}, RETURNS, both(response('$default'), returned)),
      'a route with a response alone': mock({}, {}, both(response('$default'), returned)),
      'the route of the handshake': mock({}, { RouteKey: '$connect' }, response('$default')),
    },
    says: /but the route 'send' returns none\. Expected a route that returns a response/,
    classes: { wrong: mockOf(responses('$default'), {}), right: mockOf(responses('$default')) },
  },
  'websocket-default-response': {
    wrong: {
      'no response': mock({}, RETURNS, returned),
      'a response of the route alone': mock({}, {}, returned),
      'a response for another key': mock({}, RETURNS, both(response('/200/', 'Other'), returned)),
    },
    right: {
      'a response for $default': mock({}, RETURNS, both(response('$default'), returned)),
      'a proxy': both(proxyUrl(), returned),
      'the route of the handshake': mock({}, { ...RETURNS, RouteKey: '$connect' }, returned),
      'a response whose integration is only known at deployment': mock(
        {},
        RETURNS,
        both(returned, (stack) => {
          gateway(stack, 'Unclear', 'IntegrationResponse', {
            ApiId: { Ref: 'Api' },
            IntegrationId: LATER,
            IntegrationResponseKey: '$default',
          });
        }),
      ),
    },
    says: /returns the response of an integration with no integration responses, expected one for '\$default'/,
    classes: { wrong: mockOf(responses('200')), right: mockOf(responses('$default', '200')) },
    upstream: {
      wrong: webSocket(() => new upstream.WebSocketMockIntegration('Mock'), 'send', RETURN),
      right: webSocket(() => new upstream.WebSocketMockIntegration('Mock')),
    },
  },
  'websocket-request-parameter': {
    wrong: {
      'text without quotes': requestParameter('integration.request.header.a', 'x'),
      'another key': requestParameter('header.a', '\'x\''),
    },
    right: {
      'text in quotes': requestParameter('integration.request.header.a', '\'x\''),
      'a part of the message': requestParameter('integration.request.header.a', 'route.request.body.a'),
      'a value of the deployment': requestParameter('integration.request.header.a', LATER),
    },
    says: /has the source "x", expected route\.request\.header\.<name>/,
    classes: {
      wrong: url({ requestParameters: { 'integration.request.header.a': 'x' } }),
      right: url({ requestParameters: { 'integration.request.header.a': '\'x\'' } }),
    },
  },
  'websocket-aws-uri': {
    wrong: {
      'a URL': aws('https://example.com'),
      'neither an action nor a path': aws('arn:aws:apigateway:eu-west-1:dynamodb:PutItem'),
    },
    right: {
      'an action': aws('arn:aws:apigateway:eu-west-1:dynamodb:action/PutItem'),
      'a path': aws('arn:aws:apigateway:eu-west-1:sqs:path/1/x'),
      'a URI of a stage variable': withVariables({ uri: 'x' }, aws('${stageVariables.uri}')),
      'a URI of the deployment': aws(LATER),
    },
    says: /'IntegrationUri' is "https:\/\/example\.com", expected 'arn:PARTITION:apigateway/,
    classes: {
      wrong: awsOf({ WebSocketAwsIntegration }, 'https://example.com'),
      right: awsOf({ WebSocketAwsIntegration }, 'arn:aws:apigateway:eu-west-1:sns:action/Publish'),
    },
    upstream: {
      wrong: awsOf(upstream, 'https://example.com'),
      right: awsOf(upstream, 'arn:aws:apigateway:eu-west-1:sns:path/x'),
    },
  },
  'websocket-mock-status': {
    wrong: { 'a template without a status code': mock({ RequestTemplates: { $default: '{}' } }) },
    right: {
      'a template with one': mock(),
      'no template': mock({ RequestTemplates: undefined }),
      'a template of the deployment': mock({ RequestTemplates: { $default: LATER } }),
    },
    says: /'\$default' of the mock has no 'statusCode', expected a JSON object with one/,
    ...withBoth((library) => {
      const of = (template: string) =>
        webSocket(() => new library.WebSocketMockIntegration('Mock', { requestTemplates: { $default: template } }));
      return { wrong: of('{}'), right: of('{"statusCode":200}') };
    }),
  },
  'websocket-template-size': {
    sample: '300 KB are accepted, more is not.',
    wrong: { 'more than 300 KB': mock({ RequestTemplates: { $default: `{"statusCode":"${'x'.repeat(307_200)}"}` } }) },
    right: { '300 KB': mock({ RequestTemplates: { $default: `{"statusCode":"${'x'.repeat(307_183)}"}` } }) },
    says: /has 307217 bytes, expected at most 307200/,
    classes: {
      wrong: mockOf({ requestTemplates: { $default: `{"statusCode":"${'x'.repeat(307_200)}"}` } }, {}),
      right: mockOf({ requestTemplates: { $default: '{"statusCode":200}' } }, {}),
    },
  },
  'websocket-vpc-link': {
    wrong: {
      'a link of version 2': both(
        webSocketUrl({ ConnectionType: 'VPC_LINK', ConnectionId: { Ref: 'Link0' } }),
        links(1),
      ),
    },
    right: {
      'a link of version 1': both(webSocketUrl({ ConnectionType: 'VPC_LINK', ConnectionId: { Ref: 'Old' } }), oldLink),
      'a link of a stage variable': both(
        webSocketUrl({ ConnectionType: 'VPC_LINK', ConnectionId: '${stageVariables.link}' }),
        links(1),
      ),
    },
    says: /'Stack\/Link0' is one of API Gateway v2, which WebSocket APIs do not support, expected a link of version 1/,
    classes: {
      wrong: throughLink((stack) => new apigwv2.VpcLink(stack, 'Link', { vpc: new ec2.Vpc(stack, 'Vpc') })),
      right: throughLink(() => undefined),
    },
  },
  'websocket-no-message': {
    wrong: {
      'a queue on $connect': templated(QUEUE, SEND, '$connect'),
      'a queue on $disconnect': templated(QUEUE, SEND, '$disconnect'),
      'a topic': templated('sns:action/Publish', PUBLISH, '$connect', topic),
      'an execution': templated(
        'states:action/StartExecution',
        '{"input":"$util.escapeJavaScript($input.body)"}',
        '$connect',
      ),
    },
    right: {
      'a queue on another route': templated(QUEUE, SEND, 'send'),
      'a template that does without the body': templated(
        QUEUE,
        'Action=SendMessage&MessageBody=$context.connectionId',
        '$connect',
      ),
      'a service that takes empty data': templated(
        'kinesis:action/PutRecord',
        '{"Data":"$util.base64Encode($input.body)"}',
        '$connect',
      ),
      'a key of the deployment': templated(QUEUE, SEND, LATER),
    },
    says: /'\$connect' carries no message, so the request template sends an empty 'MessageBody'.*Expected a template without/,
    classes: {
      wrong: toQueue('$connect'),
      right: toQueue('$connect', {}, 'Action=SendMessage&MessageBody=$context.connectionId'),
    },
    upstream: { wrong: upstreamQueue('$connect', SEND), right: upstreamQueue('send', SEND) },
  },
  'websocket-fifo': {
    sample: ['a topic without a group', 'a topic with a group'],
    wrong: { 'a topic without a group': templated('sns:action/Publish', PUBLISH, 'send', fifoTopic) },
    right: {
      'a standard topic': templated('sns:action/Publish', PUBLISH, 'send', topic),
      'a topic with a group': templated(
        'sns:action/Publish',
        { 'Fn::Sub': `${PUBLISH['Fn::Sub']}&MessageGroupId=g` },
        'send',
        fifoTopic,
      ),
    },
    says: /The topic is a FIFO topic, and the request template sends no MessageGroupId\. Expected a template with one/,
    classes: {
      wrong: toQueue('send', { fifo: true }),
      right: toQueue('send', { fifo: true }, `${SEND}&MessageGroupId=g`),
    },
  },
  'route-response': {
    wrong: { 'an expression without a response': mock({}, RETURNS, response('$default')) },
    right: {
      'both': mock({}, RETURNS, both(response('$default'), returned)),
      'a response alone': mock({}, {}, both(response('$default'), returned)),
      'neither': mock(),
      'the route of the handshake': mock({}, { ...RETURNS, RouteKey: '$connect' }),
      'a response whose route is only known at deployment': mock(
        {},
        RETURNS,
        both(response('$default'), (stack) => {
          gateway(stack, 'Unclear', 'RouteResponse', {
            ApiId: { Ref: 'Api' },
            RouteId: LATER,
            RouteResponseKey: '$default',
          });
        }),
      ),
    },
    says: /'send' has a RouteResponseSelectionExpression and no RouteResponse, expected a RouteResponse/,
    classes: {
      wrong: expressionOnly(WebSocketMockIntegration as never, '$default'),
      right: expressionOnly(WebSocketMockIntegration as never, undefined),
    },
    upstream: {
      wrong: expressionOnly(upstream.WebSocketMockIntegration, '$default'),
      right: expressionOnly(upstream.WebSocketMockIntegration, undefined),
    },
  },
};
