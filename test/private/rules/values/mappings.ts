import { Token } from 'aws-cdk-lib';
import { httpUrl, integrationOf, integrationValues, useOf, valuesOf, type RuleValues } from './values';

/** An entry of a mapping: of the request, or of the responses of a status code. */
type Entry = readonly [side: 'request' | 'response', key: string, value: string];

const request = (key: string, value: string): Entry => ['request', key, value];
const response = (key: string, value: string): Entry => ['response', key, value];
const TOKEN = Token.asString({ Ref: 'Parameter' });

const mappedBy = ([side, key, value]: Entry) =>
  httpUrl(
    side === 'request'
      ? { RequestParameters: { [key]: value } }
      : { ResponseParameters: { 200: { ResponseParameters: [{ Destination: key, Source: value }] } } },
  );

/** A call of an action. */
const calling = (IntegrationSubtype: string) => (RequestParameters: object) =>
  integrationOf('HTTP', { IntegrationType: 'AWS_PROXY', IntegrationSubtype, RequestParameters });
const callingService = calling('SQS-SendMessage');
const callingLater = calling(TOKEN);

/** Entries that a rule refuses and accepts. */
function entries(rule: string, refused: readonly (readonly [Entry, RegExp])[], accepted: readonly Entry[]): RuleValues {
  return integrationValues(rule, mappedBy, refused, accepted);
}

/** Values of a request header. */
const headers = (...values: string[]) => values.map((value) => request('append:header.a', value));
const wrongHeader = (value: string, message: RegExp) => [request('append:header.a', value), message] as const;

const RESERVED = [
  'access-control-allow-origin',
  'apigw-x',
  'Authorization',
  'Connection',
  'Content-Encoding',
  'Content-Length',
  'Content-Location',
  'Forwarded',
  'Keep-Alive',
  'Origin',
  'Proxy-Authenticate',
  'Proxy-Authorization',
  'TE',
  'Trailers',
  'Transfer-Encoding',
  'Upgrade',
  'X-Amz-Date',
  'x-amzn-requestid',
  'X-Forwarded-For',
  'X-Forwarded-Host',
  'X-FORWARDED-PROTO',
  'Via',
];

/** The keys of several entries of a request mapping. */
const mapping = (...keys: string[]) =>
  httpUrl({ RequestParameters: Object.fromEntries(keys.map((key) => [key, 'x'])) });

/** An integration that reads path variables, and the paths of its routes. */
const reading = (url: string, ...keys: (string | undefined)[]) =>
  useOf(httpUrl({ IntegrationUri: url }), {
    routes: keys.map((key) => ({ path: 'Stack/Route', key, selects: false, responses: 0 })),
  });

const STATUS_CODE = /expected a whole number from 100 to 599/;

export const mappingValues: RuleValues[] = [
  entries(
    'mapping-key',
    [
      [
        request('append:path', 'x'),
        /"append:path" of 'parameterMapping' cannot be mapped: 'path' can only be overwritten/,
      ],
      [request('remove:path', ''), /'path' can only be overwritten/],
      [request('append:body.a', 'x'), /a request has no "body" that can be mapped/],
      [request('overwrite:statuscode', '200'), /a request has no "statuscode"/],
      [request('append:', 'x'), /a request has no ""/],
      [request('append:header', 'x'), /the name of the header is missing/],
      [request('append:header.', 'x'), /the name of the header is missing/],
      [request('append:header.a b', 'x'), /"a b" cannot be the name of a header/],
      [request('append:header.a%20b', 'x'), /"a%20b" cannot be the name of a header/],
      [request('append:querystring.', 'x'), /the name of the querystring is missing/],
      [request('prepend:header.a', 'x'), /there is no action "prepend", expected 'append:', 'overwrite:' or 'remove:'/],
      [request('badaction:header.x', 'x'), /there is no action "badaction"/],
      [response('append:querystring.a', 'x'), /a response has no "querystring"/],
      [response('overwrite:path', 'x'), /a response has no "path"/],
      [response('append:statuscode', '200'), /'statuscode' can only be overwritten/],
      [response('overwrite:statuscode.a', '200'), /'statuscode' takes no name/],
    ],
    [
      request('append:header.x-a', 'x'),
      request('overwrite:header.Host', 'x'),
      request('remove:header.a.b_c', ''),
      request('append:querystring.a b', 'x'),
      request('overwrite:path', '/x'),
      request('anything', 'x'),
      request('Append:HEADER.x', 'x'),
      request('overwrite:Path', '/x'),
      request('overwrite:path.x', 'x'),
      request(TOKEN, 'x'),
      response('remove:header.server', '\'\''),
      response('overwrite:statuscode', '201'),
    ],
  ),
  entries(
    'mapping-key-unknown',
    [
      [request('myKey', 'x'), /"myKey" of 'parameterMapping' has a form that is not documented/],
      [request('overwrite:path.x', 'x'), /"overwrite:path\.x".*'append:', 'overwrite:' or 'remove:'/],
      [response('statuscode', '200'), /'overwrite:statuscode'/],
      [request('', 'x'), /""/],
    ],
    [
      request('append:header.a', 'x'),
      request('APPEND:Header.a', 'x'),
      request('overwrite:path', 'x'),
      // What has an action is refused by another rule.
      request('append:path', 'x'),
      request('prepend:header.a', 'x'),
      request(TOKEN, 'x'),
    ],
  ),
  entries(
    'mapping-reserved-header',
    [
      ...RESERVED.map(
        (name) => [request(`overwrite:header.${name}`, 'x'), /changes a reserved header.*'x-original-/] as const,
      ),
      ...RESERVED.map((name) => [response(`append:header.${name}`, 'x'), /changes a reserved header/] as const),
      [request('Append:HEADER.via', 'x'), /"Append:HEADER\.via"/],
      [request('append:header.via', 'x'), /"append:header\.via"/],
      [request('remove:header.via', '\'\''), /"remove:header\.via"/],
      [response('remove:header.via', '\'\''), /'responseParameterMapping\.200'/],
    ],
    [
      request('append:header.host', 'x'),
      request('append:header.x-authorization', 'x'),
      request('append:header.tea', 'x'),
      request('append:header.x-forwarded', 'x'),
      request('append:querystring.authorization', 'x'),
      response('append:header.location', 'x'),
      request('authorization', 'x'),
    ],
  ),
  entries(
    'mapping-response-in-request',
    [
      wrongHeader('$response.header.b', /reads 'response\.header\.b'/),
      wrongHeader('x${response.body}', /reads 'response\.body'/),
    ],
    [...headers('$request.header.b', 'response.header.b'), response('append:header.a', '$response.header.b')],
  ),
  entries(
    'mapping-json-path',
    [
      wrongHeader('$request.body..name', /JSON path "request\.body\.\.name"/),
      wrongHeader('$request.body.items[?(@.a)]', /filters/),
      [response('append:header.a', '${response.body.a..b}'), /recursive descent/],
    ],
    headers('$request.body.a.b[0]', '$request.body', 'a..b', '$request.path.a..b'),
  ),
  entries(
    'mapping-value',
    [
      wrongHeader(
        '$request.headers.x',
        /reads "request\.headers\.x", which does not exist, expected header\.<name>, querystring/,
      ),
      wrongHeader('$aa', /reads "\$aa".*Use a method of MappingValue/),
      wrongHeader('$stageVariable.x', /reads "\$stageVariable"/),
      wrongHeader('x${request.method}', /reads "request\.method"/),
      [
        response('append:header.a', '$response.querystring.a'),
        /"response\.querystring\.a".*Use a method of ResponseMappingValue/,
      ],
    ],
    headers('$a', '$5.00', 'costs $USD', 'a$b', '$', '$request', '$request.header.x', '${foo}', TOKEN),
  ),
  entries(
    'mapping-value-unknown',
    [
      ...[
        '$request.querystring',
        '$request.header',
        '$request.header.',
        '$request',
        '$stageVariables',
        '$stageVariables.',
        '$context',
        '${foo}',
        '${$request.body}',
        '$request.body.',
        '$request.path.',
        '${request.querystring}-x',
      ].map((value) => wrongHeader(value, /is not documented for a request/)),
      [response('append:header.a', '$request.header.a'), /not documented for a response.*ResponseMappingValue/],
    ],
    [
      ...headers(
        'text',
        '',
        '$5.00',
        '$a',
        '100%',
        '{"a":"${request.body.a}"}',
        '$request.header.x-a',
        '$request.querystring.a b',
        '$request.body',
        '$request.body.a[0].b',
        '$request.body[0]',
        '$request.path',
        '$request.path.id',
        '$context.requestId',
        '$context.authorizer.claims.sub',
        '$stageVariables.color',
        '$stageVariables.header',
        '${request.path}/${request.querystring.a}',
        '${request.body}text$request.path',
        '$request.path/x',
        '$request.header.a,$request.header.b',
        '${request.header.a',
        '${request.header.foo{}',
        '$response.header.a',
        TOKEN,
      ),
      response('append:header.a', '$response.body.a'),
      response('append:header.a', '$response.header.a'),
      response('append:header.a', '${context.requestId}-x'),
    ],
  ),
  entries(
    'mapping-static-braces',
    [
      [
        request('overwrite:path', '/books/{id}'),
        /is "\/books\/\{id\}", expected no '\{' and '\}' outside.*\$\{request\.path\.id\}/,
      ],
      [response('append:header.a', '}'), /is "\}"/],
      wrongHeader('{"a":"${request.body.a}"}', /outside of variables/),
      wrongHeader('$request.body}', /outside of variables/),
      wrongHeader('$request.header.foo{', /outside of variables/),
      wrongHeader('${request.header.foo}}', /outside of variables/),
    ],
    [
      request('overwrite:path', '/books/${request.path.id}'),
      ...headers('x', '${request.header.foo{}', `{${TOKEN}}`),
      request('Detail', '{}'),
    ],
  ),
  integrationValues(
    'mapping-static-braces',
    callingService,
    [],
    [{ MessageBody: '{"a":"${request.body.a}"}' }, { MessageBody: '{}' }],
  ),
  ...['mapping-key', 'mapping-value'].map((rule) => integrationValues(
    rule,
    (entry: unknown) => httpUrl({ ResponseParameters: { 200: { ResponseParameters: [entry] } } }),
    [],
    [Token.asAny({ Ref: 'Parameter' }), { Destination: TOKEN, Source: 'x' }, { Source: 'x' }, {}],
  )),
  // The keys are parameters of an action that is only known at deployment.
  integrationValues('mapping-key-unknown', callingLater, [], [{ MessageBody: 'x' }]),
  integrationValues('mapping-key', callingLater, [], [{ 'a:b': 'x' }]),
  entries(
    'mapping-context-variable',
    [
      wrongHeader('$context.requestID', /"\$context\.requestID", did you mean '\$context\.requestId'\?/),
      wrongHeader('${context.nothing}', /expected one that the documentation lists/),
      wrongHeader('$context.authorizer', /authorizer/),
    ],
    headers(
      ...[
        'requestId',
        'identity.sourceIp',
        'identity.clientCert.subjectDN',
        'identity.cognitoIdentityId',
        'authorizer.claims.sub',
        'authorizer.tenant',
        'error.message',
      ].map((name) => `$context.${name}`),
    ),
  ),
  entries(
    'mapping-value-empty',
    [
      [request('append:header.a', ''), /is empty, expected a value/],
      [response('overwrite:header.a', ''), /is empty/],
    ],
    [
      request('remove:header.a', ''),
      request('append:header.a', 'x'),
      request('MessageBody', ''),
      // Refused by another rule.
      response('overwrite:statuscode', ''),
    ],
  ),
  entries(
    'mapping-remove-empty',
    [
      [request('remove:header.a', ''), /'parameterMapping' is empty.*removes nothing, expected two single quotes/],
      [request('Remove:querystring.a', ''), /"Remove:querystring\.a"/],
      [response('remove:header.a', ''), /'responseParameterMapping\.200'/],
    ],
    [
      request('remove:header.a', '\'\''),
      request('remove:header.a', TOKEN),
      request('append:header.a', ''),
      response('remove:header.a', '\'\''),
    ],
  ),
  entries(
    'mapping-value-length',
    [wrongHeader('x'.repeat(513), /has 513 characters, expected at most 512/)],
    headers('x'.repeat(512), `${'x'.repeat(600)}${TOKEN}`),
  ),
  entries(
    'mapping-status-code',
    ['99', '600', '0200', 'OK', '200.5', ''].map(
      (code) => [response('overwrite:statuscode', code), STATUS_CODE] as const,
    ),
    [
      ...['100', '599', '$stageVariables.code', '$response.header.x', TOKEN].map((code) =>
        response('overwrite:statuscode', code),
      ),
      response('append:header.a', 'OK'),
    ],
  ),
  valuesOf(
    'integration',
    'mapping-header-twice',
    [
      [
        mapping('append:header.A', 'remove:header.a'),
        /"append:header\.A" and "remove:header\.a" of 'parameterMapping'/,
      ],
      [
        httpUrl({
          ResponseParameters: {
            200: {
              ResponseParameters: [
                { Destination: 'append:header.a', Source: 'x' },
                { Destination: 'overwrite:header.A', Source: 'x' },
              ],
            },
          },
        }),
        /of 'responseParameterMapping\.200'/,
      ],
    ],
    [
      mapping('append:header.a', 'append:header.b', 'append:querystring.a', 'remove:querystring.a'),
      mapping('append:header.a', 'append:header.A'),
      mapping('header.a', 'append:header.', 'remove:header.'),
    ],
  ),
  integrationValues(
    'mapping-response-status',
    (status: string) => httpUrl({ ResponseParameters: { [status]: { ResponseParameters: [] } } }),
    ['199', '600', '2xx', 'default', '', '0200', '200 '].map((key) => [
      key,
      /is not a status code, expected 200 to 599/,
    ]),
    ['200', '404', '599'],
  ),
  integrationValues(
    'mapping-response-shape',
    (ofStatus: unknown) => httpUrl({ ResponseParameters: { 403: ofStatus } }),
    [
      [
        { 'overwrite:statuscode': '201' },
        /"403" of 'responseParameterMapping' has the key "overwrite:statuscode", expected a list of Destination and Source/,
      ],
    ],
    [
      { ResponseParameters: [{ Destination: 'overwrite:statuscode', Source: '201' }] },
      { ResponseParameters: [TOKEN] },
      { ResponseParameters: [] },
      TOKEN,
      Token.asAny({ Ref: 'Parameter' }),
      {},
    ],
  ),
  valuesOf(
    'integration-use',
    'path-variable',
    [
      [
        reading('https://example.com/{id}', 'GET /books/{bookId}', '$default'),
        /^The URL 'https.*the path variable 'id', but no route.*Expected one of 'bookId'/,
      ],
      [reading('https://example.com/{id}', '$default', 'GET /books'), /Expected a route with variables in its path/],
      [reading('https://example.com/{proxy+}', 'ANY /{proxy+}'), /without the plus sign: \{proxy\}/],
      [
        useOf(httpUrl({ RequestParameters: { 'overwrite:path': '/${request.path.id}' } }), {
          routes: reading('', 'GET /').routes,
        }),
        /'overwrite:path' in 'parameterMapping' reads the path variable 'id'/,
      ],
      [
        useOf(httpUrl({ RequestParameters: { [TOKEN]: '$request.path.id' } }), { routes: reading('', 'GET /').routes }),
        /^The value of 'a key' in 'parameterMapping' reads the path variable 'id'/,
      ],
    ],
    [
      reading('https://example.com/{id}', 'GET /books', 'GET /books/{id}/x'),
      reading('https://example.com/{proxy}', 'ANY /{proxy+}'),
      reading('https://example.com/{id}', undefined),
      reading('https://example.com/{id}'),
      reading('https://${stageVariables.host}/${x}', 'GET /books'),
    ],
  ),
];
