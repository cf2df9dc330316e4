import { Token } from 'aws-cdk-lib';
import type { IntegrationUse, UsingRoute } from '../../../../lib/private/shapes/integration';
import { CLOUDFORMATION_NAMES } from '../../../../lib/private/shapes/names';
import { jsonOf } from '../../../../lib/private/shapes/values';
import { integrationOf, integrationValues, useOf, valuesOf, type RuleValues } from './values';

const TOKEN = Token.asString({ Ref: 'Parameter' });
const names = CLOUDFORMATION_NAMES;

const mock = (properties: object = {}) => integrationOf('WEBSOCKET', { IntegrationType: 'MOCK', ...properties });
const proxy = (properties: object = {}) => integrationOf('WEBSOCKET', { IntegrationType: 'AWS_PROXY', ...properties });

/** A route with a key, and with or without what returns an answer. */
const route = (properties: object, responses = 0, mayHaveOtherResponses = false) =>
  ({
    protocol: 'WEBSOCKET',
    path: 'Stack/Route',
    names,
    responses,
    mayHaveOtherResponses,
    properties: { RouteKey: 'ping', ...(jsonOf(properties) as object) },
  }) as const;
const EXPRESSION = { RouteResponseSelectionExpression: '$default' };

const using = (key: string | undefined, more: Partial<UsingRoute> = {}): UsingRoute => ({
  path: 'Stack/Route',
  key,
  selects: false,
  responses: 0,
  ...more,
});
const returning = (key = 'ping') => using(key, { selects: true, responses: 1 });
const response = (IntegrationResponseKey: string) => ({
  properties: { IntegrationResponseKey: jsonOf(IntegrationResponseKey) },
  names,
});

/** An integration with responses of some keys, and its routes. */
const answering = (keys: readonly string[], routes: readonly UsingRoute[], more: Partial<IntegrationUse> = {}) =>
  useOf(mock(), { responses: keys.map(response), routes, ...more });

/** A call of a service on a route. */
const service = (name: string, template: unknown, on: UsingRoute = using('$connect')) =>
  useOf(
    integrationOf('WEBSOCKET', {
      IntegrationType: 'AWS',
      IntegrationUri: `arn:aws:apigateway:eu-west-1:${name}`,
      RequestTemplates: { $default: template },
    }),
    { routes: [on] },
  );
const SQS_BODY = 'Action=SendMessage&MessageBody=$util.urlEncode($input.body)';

const toFifo = (template: string, target: object = { queue: { fifo: true } }) =>
  integrationOf('WEBSOCKET', { IntegrationType: 'AWS', RequestTemplates: { $default: template } }, { reached: target });

export const webSocketValues: RuleValues[] = [
  valuesOf(
    'route',
    'websocket-route-key',
    [[route({ RouteKey: '$open' }), /'Stack\/Route' is '\$open', expected '\$connect'/]],
    ['$connect', '$disconnect', '$default', 'send', 'a$b', TOKEN].map((RouteKey) => route({ RouteKey })),
  ),
  valuesOf(
    'integration-response',
    'websocket-response-key',
    ['/600/', '/99/', '/-200/', '/200.5/', '//', '/a/b/', '/(/', '/[/', '200', 'default'].map(
      (key) => [response(key), /expected '\$default', a status code from 100 to 599/] as const,
    ),
    ['$default', '/2\\d\\d/', '/404/', '/40[0-4]/', '/.*Error.*/', '/(?i).*error.*/', '/a\\/b/', TOKEN].map(response),
  ),
  valuesOf(
    'twins',
    'websocket-response-key-twice',
    [[{ of: 'integration response', key: '/200/', paths: [] }, /have the key '\/200\/'/]],
    [{ of: 'route', key: '/200/', paths: [] }],
  ),
  valuesOf(
    'integration-use',
    'websocket-proxy-responses',
    [[useOf(proxy(), { responses: [response('$default')] }), /has integration responses \(\$default\), expected none/]],
    [
      useOf(proxy()),
      answering(['$default'], []),
      useOf(integrationOf('WEBSOCKET', { IntegrationType: TOKEN }), { responses: [response('$default')] }),
    ],
  ),
  valuesOf(
    'integration',
    'websocket-proxy-templates',
    [
      [proxy({ RequestTemplates: {} }), /has 'requestTemplates', expected none/],
      [
        proxy({ PassthroughBehavior: 'NEVER', TemplateSelectionExpression: 'x' }),
        /has 'templateSelectionExpression', 'passthroughBehavior', expected none/,
      ],
    ],
    [
      proxy(),
      mock({ RequestTemplates: {}, PassthroughBehavior: 'NEVER' }),
      integrationOf('WEBSOCKET', { IntegrationType: TOKEN, RequestTemplates: {} }),
    ],
  ),
  valuesOf(
    'route',
    'route-response',
    [
      [
        route(EXPRESSION),
        /'ping' has a RouteResponseSelectionExpression and no RouteResponse, expected a RouteResponse/,
      ],
    ],
    [
      route(EXPRESSION, 1),
      route({}),
      route({}, 1),
      route(EXPRESSION, 0, true),
      route({ ...EXPRESSION, RouteKey: '$connect' }),
      route({ ...EXPRESSION, RouteKey: '$disconnect' }),
      route({ ...EXPRESSION, RouteKey: TOKEN }),
    ],
  ),
  valuesOf(
    'integration-use',
    'websocket-response-not-returned',
    [
      [answering(['$default'], [using('ping')]), /the route 'ping' returns none/],
      [answering(['$default'], [using('ping'), using('pong')]), /the routes 'ping', 'pong' return none/],
    ],
    [
      answering([], [using('ping')]),
      answering(['$default'], [using('ping'), returning('pong')]),
      answering(['$default'], [using('ping', { responses: 1 })]),
      answering(['$default'], [using('ping', { selects: true })]),
      answering(['$default'], [using('$connect')]),
      answering(['$default'], [using(undefined)]),
      answering(['$default'], []),
      answering(['$default'], [using('ping')], { mayHaveOtherRoutes: true }),
      answering(['$default'], [using('ping', { mayHaveOtherResponses: true })]),
    ],
  ),
  valuesOf(
    'integration-use',
    'websocket-default-response',
    [
      [answering([], [returning()]), /'ping' returns the response of an integration with no integration responses/],
      [answering([], [using('ping', { responses: 1 })]), /'ping' returns the response/],
      [answering(['/2\\d\\d/'], [returning()]), /the integration responses \/2\\d\\d\/, expected one for '\$default'/],
    ],
    [
      answering(['$default'], [returning()]),
      answering([], [using('ping')]),
      answering([], [returning('$connect')]),
      answering([], [returning('$disconnect')]),
      answering([TOKEN], [returning()]),
      useOf(proxy(), { routes: [returning()] }),
      answering([], [returning()], { mayHaveOtherResponses: true }),
    ],
  ),
  integrationValues(
    'websocket-request-parameter',
    ([key, value]: readonly [string, string]) => mock({ RequestParameters: { [key]: value } }),
    [
      [['header.X', '\'a\''], /has a key that is not documented/],
      [['integration.request.body.a', '\'a\''], /has a key that is not documented/],
      [['integration.request.header.X', 'a'], /has the source "a".*Put single quotes around/],
      [['integration.request.header.X', '$request.body.a'], /has the source/],
    ],
    [
      ...[
        'route.request.header.a',
        'route.request.querystring.a',
        'route.request.multivalueheader.a',
        'route.request.body',
        'route.request.body.a[0].b',
        'stageVariables.a',
        'context.connectionId',
        '\'a\'',
        '\'\'',
        TOKEN,
      ].map((source) => ['integration.request.header.X-A', source] as const),
      ['integration.request.path.a', '\'a\''],
    ],
  ),
  integrationValues(
    'websocket-aws-uri',
    (IntegrationUri: string) => integrationOf('WEBSOCKET', { IntegrationType: 'AWS', IntegrationUri }),
    [
      ['https://sqs.us-east-1.amazonaws.com/1/q', /"https:.*expected 'arn:PARTITION:apigateway/],
      ['arn:aws:apigateway:us-east-1:dynamodb:PutItem', /PutItem/],
      ['', /""/],
    ],
    [
      'arn:aws:apigateway:us-east-1:dynamodb:action/PutItem',
      'arn:aws-cn:apigateway:cn-north-1:sqs:path/111111111111/q',
      TOKEN,
      'arn:aws:lambda:us-east-1:111111111111:function:f',
      '${stageVariables.uri}',
      'arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/x/invocations',
    ],
  ),
  integrationValues(
    'websocket-mock-status',
    (template: string) => mock({ RequestTemplates: { $default: template } }),
    [['{}', /'\$default' of the mock has no 'statusCode'/]],
    ['{"statusCode": 200}', '#set($x = 1){ statusCode: $x }', TOKEN],
  ),
  integrationValues(
    'websocket-template-size',
    (template: string) => mock({ RequestTemplates: { a: template } }),
    [['é'.repeat(153_601), /'a' has 307202 bytes, expected at most 307200/]],
    ['x'.repeat(307_200), `${TOKEN}${'x'.repeat(307_201)}`],
  ),
  valuesOf(
    'integration-use',
    'websocket-no-message',
    [
      [
        service('sqs:path/1/q', SQS_BODY),
        /'\$connect' carries no message, so the request template sends an empty 'MessageBody'/,
      ],
      [service('sqs:path/1/q', 'MessageBody=$input.body', using('$disconnect')), /'\$disconnect' carries no message/],
      [service('sns:action/Publish', 'Action=Publish&Message=$util.urlEncode($input.body)'), /an empty 'Message'/],
      [
        service(
          'events:action/PutEvents',
          '{"Entries":[{"Detail":"$util.escapeJavaScript($input.body).replaceAll("\\\\\'","\'")"}]}',
        ),
        /an empty 'Detail'/,
      ],
      [
        service('states:action/StartExecution', '{"input": "$util.escapeJavaScript($input.body)"}'),
        /an empty 'input'.*Expected a template/,
      ],
    ],
    [
      service('sqs:path/1/q', SQS_BODY, using('send')),
      service('sqs:path/1/q', SQS_BODY, using(undefined)),
      service('sqs:path/1/q', 'Action=SendMessage&MessageBody=$context.connectionId'),
      service('sqs:path/1/q', 'Action=SendMessage&MessageBody=at-$util.urlEncode($input.body)'),
      service('kinesis:action/PutRecord', '{"Data":"$util.base64Encode($input.body)"}'),
      service('sqs:path/1/q', TOKEN),
      service('sqs:path/1/q', {}),
    ],
  ),
  valuesOf(
    'integration',
    'websocket-fifo',
    [
      [toFifo(SQS_BODY), /The queue is a FIFO queue, and the request template sends no MessageGroupId/],
      [toFifo('Action=Publish&Message=x', { topic: { fifo: true } }), /The topic is a FIFO topic/],
    ],
    [
      toFifo(`${SQS_BODY}&MessageGroupId=$context.connectionId`),
      toFifo(SQS_BODY, { queue: { fifo: false } }),
      toFifo(SQS_BODY, {}),
      toFifo('Action=PurgeQueue'),
      toFifo(`Action=SendMessage&${TOKEN}`),
      toFifo('Action=Publish&Message=x', { topic: { fifo: false } }),
    ],
  ),
];
