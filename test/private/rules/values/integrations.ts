import { Duration, Lazy, Token } from 'aws-cdk-lib';
import { millisOf } from '../../../../lib/private/integrations/http-integration';
import type { Protocol } from '../../../../lib/private/shapes/integration';
import { httpUrl, integrationOf, integrationValues, useOf, valuesOf, type RuleValues } from './values';

const TOKEN = Token.asString({ Ref: 'Parameter' });
const LATER = Duration.millis(Lazy.number({ produce: () => 1 }));

const waiting = (protocol: Protocol) => (timeout: Duration | undefined) =>
  integrationOf(protocol, {}, { properties: { TimeoutInMillis: millisOf(timeout) } });

/** A route with a key. */
const route = (key: string) =>
  ({
    protocol: 'HTTP',
    path: 'Stack/Route',
    responses: 0,
    names: (name: string) => name,
    properties: { RouteKey: httpUrl({ key }).properties.key },
  }) as const;

const invoking = (seconds: number | undefined, properties: object = {}, isAwaited = true) =>
  integrationOf('HTTP', properties, { reached: { handler: { path: () => 'Stack/Fn', seconds, isAwaited } } });

/** Permissions of API Gateway as aws-cdk-lib makes them. */
function statements(count: number) {
  return Array.from({ length: count }, (_, i) => ({
    stack: 'Shop',
    logicalId: `Shop-ApiGETbooks${i}`,
    sourceArn: {
      'Fn::Join': [
        '',
        [
          'arn:',
          { Ref: 'AWS::Partition' },
          ':execute-api:',
          { Ref: 'AWS::Region' },
          ':',
          { Ref: 'AWS::AccountId' },
          ':',
          { Ref: 'Api' },
          `/*/*/books/${i}`,
        ],
      ],
    },
  }));
}

/** A version of the payload, on a function of an HTTP API or something else. */
const payload = (
  version: unknown,
  properties: object = { IntegrationType: 'AWS_PROXY' },
  protocol: Protocol = 'HTTP',
) => integrationOf(protocol, { PayloadFormatVersion: version, ...properties });
const URL = { IntegrationType: 'HTTP_PROXY' };
const ACTION = { IntegrationType: 'AWS_PROXY', IntegrationSubtype: 'SQS-SendMessage' };

/** What reaches the URL of a function that wants a signature. */
const SIGNED = { reached: { signedUrl: 'Stack/Url' } };

const inRegion = (region: unknown, isPermittedHere = true) =>
  integrationOf(
    'HTTP',
    {},
    {
      reached: {
        handler: {
          path: () => 'Stack/Fn', isAwaited: true, region: httpUrl({ region }).properties.region, isPermittedHere,
        },
      },
    },
  );

const readingStage = (uri: string, stageVariables: string[][] | undefined) =>
  useOf(integrationOf('HTTP', { IntegrationUri: uri }), { stageVariables });
const ALIAS = 'arn:aws:lambda:eu-west-1:111111111111:function:f:${stageVariables.alias}';

const DENIED = { target: '\'Stack/Fn\'', missing: ['arn:1'], trusted: true, lookedAt: [] };
const denied = (more: object) => ({ ...route('GET /a'), denied: { ...DENIED, ...more } });
const CALL = { action: 'sqs:SendMessage', resources: ['arn:q'], role: 'Stack/Role', trusted: true, lookedAt: [] };

const counted = (counts: object) =>
  ({
    protocol: 'HTTP',
    properties: {},
    names: (name: string) => name,
    routes: 0,
    integrations: 0,
    stages: 1,
    authorizers: 0,
    mayHaveOtherStages: false,
    mayHaveDomain: false,
    mayBeChanged: false,
    ...counts,
  }) as const;

export const integrationRuleValues: RuleValues[] = [
  integrationValues(
    'description-length',
    (Description: string | undefined) => httpUrl({ Description }),
    [['x'.repeat(1025), /^'description' of the integration has 1025 characters, expected at most 1024/]],
    [undefined, '', 'x'.repeat(1024), TOKEN],
  ),
  integrationValues(
    'integration-value-unknown',
    (PassthroughBehavior: string) => integrationOf('WEBSOCKET', { IntegrationType: 'HTTP', PassthroughBehavior }),
    [
      ['Never', /'passthroughBehavior' is "Never", did you mean "NEVER"\? Check/],
      ['ALWAYS', /is "ALWAYS", expected one of \w+, \w+, \w+\. Check/],
    ],
    ['NEVER', TOKEN],
  ),
  integrationValues(
    'http-timeout-range',
    waiting('HTTP'),
    [
      [Duration.millis(49), /between 50 milliseconds and 30 seconds\. Got 49 milliseconds/],
      [Duration.millis(30_001), /Got 30001 milliseconds/],
      [Duration.millis(100.5), /Got 100\.5 milliseconds\. Set 'timeout' to whole milliseconds from 50 to 30000/],
      [Duration.minutes(1), /Got 60000 milliseconds/],
    ],
    [undefined, Duration.millis(50), Duration.seconds(30), LATER],
  ),
  integrationValues(
    'websocket-timeout-range',
    waiting('WEBSOCKET'),
    [
      [Duration.millis(49), /between 50 milliseconds and 29 seconds\. Got 49 milliseconds/],
      [Duration.millis(29_001), /Got 29001 milliseconds\. Set 'timeout' to whole milliseconds from 50 to 29000/],
    ],
    [undefined, Duration.millis(50), Duration.seconds(29), LATER],
  ),
  integrationValues(
    'http-url',
    (IntegrationUri: string) => httpUrl({ IntegrationUri }),
    [
      ['some-target-url', /"some-target-url", expected a full http:\/\/ or https:\/\/ URL/],
      ['ftp://example.com', /"ftp:/],
      ['https://', /"https:\/\/"/],
      ['https://example.com/a b', /without white space/],
      ['', /""/],
      [`https://example.com/${'x'.repeat(2029)}`, /has 2049 characters, expected at most 2048/],
    ],
    [
      'https://example.com',
      `https://example.com/${'x'.repeat(2028)}`,
      'HTTP://example.com/{proxy}',
      'https://${stageVariables.host}/x',
      '${stageVariables.url}/x',
      `https://${TOKEN}`,
      TOKEN,
    ],
  ),
  valuesOf(
    'integration',
    'payload-format-version',
    [
      [payload('3.0'), /'payloadFormatVersion' is "3\.0", expected "1\.0" or "2\.0"/],
      [payload('2.0', URL), /"2\.0", expected "1\.0"\./],
      [payload('2.0', ACTION), /"2\.0", expected "1\.0"\./],
      [payload('2.0', { IntegrationType: 'AWS_PROXY' }, 'WEBSOCKET'), /"2\.0", expected "1\.0"\./],
      [payload('3.0', { IntegrationType: 'MOCK' }, 'WEBSOCKET'), /"3\.0", expected "1\.0"\./],
      [payload(''), /is "", expected/],
    ],
    [
      payload('1.0'),
      payload('2.0'),
      payload(TOKEN),
      payload(undefined),
      payload('1.0', URL),
      payload('1.0', ACTION),
      payload(TOKEN, URL),
      payload('1.0', { IntegrationType: 'AWS_PROXY' }, 'WEBSOCKET'),
      payload('2.0', { IntegrationType: TOKEN }),
      payload('2.0', { IntegrationType: 'AWS' }),
      // What a parser of YAML makes of 1.0 and 2.0 without quotes.
      payload(1),
      payload(2),
      payload('1'),
      payload('2', URL),
    ],
  ),
  valuesOf(
    'integration',
    'lambda-timeout',
    [
      [invoking(31), /'Stack\/Fn' may run for 31 seconds, but the integration waits for 30 seconds/],
      [invoking(11, { TimeoutInMillis: 10_000 }), /waits for 10 seconds.*or lengthen 'timeout' of the integration/],
      [invoking(31, { TimeoutInMillis: 30_000 }), /the integration can wait no longer than 30 seconds\.$/],
    ],
    [
      invoking(30),
      invoking(10, { TimeoutInMillis: 10_000 }),
      invoking(undefined),
      invoking(60, {}, false),
      invoking(60, { TimeoutInMillis: TOKEN }),
    ],
  ),
  valuesOf(
    'integration',
    'lambda-region',
    [
      [
        inRegion('us-east-1'),
        /'Stack\/Fn' is in the region us-east-1, but the API is in eu-west-1, expected both in one region.*Pass 'role'/,
      ],
    ],
    [inRegion('eu-west-1'), inRegion(TOKEN), inRegion('us-east-1', false), httpUrl({})],
  ),
  valuesOf(
    'integration-use',
    'stage-variable',
    [
      [
        readingStage(ALIAS, [['other'], []]),
        /reads the stage variable 'alias', but no stage of the API defines it, expected one/,
      ],
    ],
    [
      readingStage(ALIAS, [['other'], ['alias']]),
      readingStage(ALIAS, []),
      readingStage(ALIAS, undefined),
      readingStage('https://example.com', [[]]),
    ],
  ),
  valuesOf(
    'integration',
    'function-url-signature',
    [
      [httpUrl({}, SIGNED), /'Stack\/Url', has the authorization .*, expected NONE.*with HttpLambdaIntegration instead/],
      [integrationOf('WEBSOCKET', { IntegrationType: 'HTTP' }, SIGNED), /with WebSocketLambdaIntegration instead/],
    ],
    [httpUrl({}), httpUrl({ ConnectionType: 'VPC_LINK' }, SIGNED)],
  ),
  valuesOf(
    'function-policy',
    'lambda-policy-size',
    [
      [
        { handler: 'Stack/Fn', statements: statements(100) },
        /^The 100 permissions for API Gateway on the function 'Stack\/Fn' need about \d{5} bytes, expected at most 20480/,
      ],
    ],
    [
      { handler: 'Stack/Fn', statements: statements(40) },
      { handler: 'Stack/Fn', statements: [] },
    ],
  ),
  valuesOf(
    'route',
    'route-key-method',
    [
      [route('/books'), /'Stack\/Route' is '\/books', expected a method and a path/],
      [route('undefined /books'), /HttpRouteKey\.with\('\/books', HttpMethod\.ANY\)/],
    ],
    [route('GET /books'), route('$default'), route(''), route(TOKEN)],
  ),
  valuesOf(
    'route',
    'route-permission',
    [
      [
        denied({ missing: ['arn:1', 'arn:1', 'arn:2', 'arn:3', 'arn:4'] }),
        /route 'GET \/a' \('Stack\/Fn'\)\. It presents arn:1, arn:2, arn:3, \.\.\., and the function has no permission/,
      ],
      [denied({ lookedAt: ['arn:9'] }), /the permissions on the function are for arn:9.*or use HttpLambdaIntegration/],
      [
        denied({ role: 'Stack/Role', lookedAt: ['sqs:* on *'] }),
        /with the role 'Stack\/Role', which allows sqs:\* on \*\. Expected lambda:InvokeFunction/,
      ],
      [
        denied({ role: 'Stack/Role', trusted: false }),
        /'Stack\/Role', which it may not assume, expected a trust policy/,
      ],
    ],
    [route('GET /a')],
  ),
  valuesOf(
    'service-call',
    'role-permission',
    [
      [CALL, /calls sqs:SendMessage on arn:q with the role 'Stack\/Role', which allows nothing, expected the action/],
      [{ ...CALL, lookedAt: ['a', 'b', 'c', 'd'] }, /which allows a, b, c, \.\.\., expected/],
      [
        { ...CALL, resources: [], trusted: false },
        /calls sqs:SendMessage with the role.*which it may not assume, expected a trust/,
      ],
    ],
    [],
  ),
  valuesOf(
    'twins',
    'route-key-twice',
    [
      [
        { of: 'route', key: 'GET /a', paths: ['Stack/A', 'Stack/B'] },
        /'Stack\/A', 'Stack\/B' have the same key 'GET \/a'/,
      ],
    ],
    [{ of: 'integration response', key: '$default', paths: [] }],
  ),
  valuesOf(
    'integration-use',
    'integration-unused',
    [[useOf(httpUrl({})), /No route of the app uses the integration/]],
    [
      useOf(httpUrl({}), { routes: [{ path: 'r', key: 'GET /', selects: false, responses: 0 }] }),
      useOf(httpUrl({}), { mayHaveOtherRoutes: true }),
    ],
  ),
  valuesOf(
    'api',
    'api-without-stage',
    [
      [counted({ routes: 1, stages: 0 }), /has 1 route and no stage/],
      [counted({ routes: 2, stages: 0 }), /has 2 routes and no stage/],
    ],
    [
      counted({ routes: 0, stages: 0 }),
      counted({ routes: 1, stages: 1 }),
      counted({ routes: 1, stages: 0, mayHaveOtherStages: true }),
    ],
  ),
  valuesOf(
    'api',
    'api-quota',
    [
      [counted({ routes: 301 }), /has 301 routes, expected at most 300/],
      [counted({ integrations: 301 }), /has 301 integrations, expected at most 300/],
      [counted({ stages: 11 }), /11 stages, expected at most 10/],
      [counted({ authorizers: 11 }), /11 authorizers, expected at most 10/],
    ],
    [counted({ routes: 300, integrations: 300, stages: 10, authorizers: 10 })],
  ),
];
