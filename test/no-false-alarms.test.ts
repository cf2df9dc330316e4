import { Template } from 'aws-cdk-lib/assertions';
import { HttpApi, ParameterMapping } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpUrlIntegration, ResponseParameterMapping } from 'cdk-apigatewayv2-integrations';
import * as fc from 'fast-check';
import { messagesIn } from './messages';
import { APPS } from './parity/apps';
import { OURS } from './parity/modules';
import { withoutValidation } from './parity/synthesize';
import { growthOf, newStack, warningsOf } from './util';
import { httpUrl, integrationOf, useOf } from './private/rules/values/values';
import { judge } from '../lib/private/rules';
import { pathVariablesOf } from '../lib/private/rules/mapping';
import type { Finding } from '../lib/private/rules/rule';

withoutValidation();

/**
 * Warnings that apps which synthesize with upstream are meant to have, by app; the examples have a table of their own.
 */
const EXPECTED_WARNINGS: Record<string, string[]> = {
  // A secureServerName for an HTTP listener.
  'ALB: every prop': ['tls-server-name'],
  // fullMapping() reads a path variable that the routes do not have.
  'Lambda: every prop': ['path-variable'],
  'Lambda: a function of another account': ['lambda-permission-not-added'],
  'WebSocket Lambda: a function of another account': ['lambda-permission-not-added'],
  // A route that returns the response of an integration which upstream cannot give responses.
  'WebSocket mock: bare and with every prop': ['websocket-default-response'],
  'WebSocket AWS: every prop': ['websocket-default-response'],
  // HttpRouteKey.with() without a method.
  'Lambda: an imported API': ['route-key-method'],
  'Lambda: a permission in a nested stack serves the stack around it': ['route-key-method'],
  'Lambda: a permission of the stack around it does not serve a nested stack': ['route-key-method'],
};

test.each(Object.keys(APPS))('%s: warns of nothing that is not listed', (name) => {
  const rules = messagesIn(APPS[name](OURS)).flatMap(({ text }) => /\[rule ([a-z0-9-]+)\]/.exec(text)?.[1] ?? []);
  expect([...new Set(rules)].sort()).toEqual(EXPECTED_WARNINGS[name] ?? []);
});

const word = fc.stringMatching(/^[A-Za-z][A-Za-z0-9_-]{0,20}$/);
const header = word.map((name) => `x-${name}`);
const jsonPath = fc
  .tuple(
    word,
    fc.array(
      fc.oneof(
        word.map((name) => `.${name}`),
        fc.nat({ max: 9 }).map((i) => `[${i}]`),
      ),
      { maxLength: 3 },
    ),
  )
  .map(([first, rest]) => first + rest.join(''));
const context = fc
  .constantFrom('requestId', 'identity.sourceIp', 'authorizer.claims.sub', 'stage', 'error.message', 'domainName')
  .map((name) => `context.${name}`);
const stageVariable = fc.stringMatching(/^[A-Za-z0-9_]{1,20}$/).map((name) => `stageVariables.${name}`);
const requestVariable = fc.oneof(
  header.map((name) => `request.header.${name}`),
  word.map((name) => `request.querystring.${name}`),
  jsonPath.map((path) => `request.body.${path}`),
  fc.constantFrom('request.body', 'request.path', 'request.path.id'),
  context,
  stageVariable,
);
const responseVariable = fc.oneof(
  header.map((name) => `response.header.${name}`),
  jsonPath.map((path) => `response.body.${path}`),
  fc.constant('response.body'),
  context,
  stageVariable,
);
const text = fc.stringMatching(/^[A-Za-z0-9 /?&=:;,.%"'()[\]-]{1,40}$/);
const valueOf = (variable: fc.Arbitrary<string>) =>
  fc.oneof(
    text,
    variable.map((v) => `$${v}`),
    fc
      .array(
        fc.oneof(
          text,
          variable.map((v) => `\${${v}}`),
        ),
        { minLength: 1, maxLength: 5 },
      )
      .map((parts) => parts.join('')),
  );
const entries = (destination: fc.Arbitrary<string>, variable: fc.Arbitrary<string>) =>
  // One action for a header, whatever its case.
  fc
    .uniqueArray(fc.tuple(destination, valueOf(variable)), {
      selector: ([key]) => key.replace(/^\w+:/, '').toLowerCase(),
      maxLength: 6,
    })
    .map((list) => Object.fromEntries(list.map(([key, value]) => [key, key.startsWith('remove:') ? '\'\'' : value])));
const action = fc.constantFrom('append', 'overwrite', 'remove');
const requestMapping = entries(
  fc.oneof(
    fc.tuple(action, header).map(([what, name]) => `${what}:header.${name}`),
    fc.tuple(action, word).map(([what, name]) => `${what}:querystring.${name}`),
    fc.constant('overwrite:path'),
  ),
  requestVariable,
);
const responseMapping = entries(
  fc.tuple(action, header).map(([what, name]) => `${what}:header.${name}`),
  responseVariable,
);
const statusCode = fc.option(fc.integer({ min: 100, max: 599 }), { nil: undefined });
const responseMappings = fc.dictionary(
  fc.integer({ min: 200, max: 599 }).map(String),
  fc.tuple(responseMapping, statusCode),
  { maxKeys: 3 },
);

/** What is sent for a mapping: as it is, but for what is removed. */
const sentFor = (mapping: Record<string, string>) =>
  Object.fromEntries(Object.entries(mapping).map(([key, value]) => [key, key.startsWith('remove:') ? '\'\'' : value]));

test('valid mappings raise nothing, and are sent as they are', () => {
  fc.assert(
    fc.property(requestMapping, responseMappings, (request, responses) => {
      const stack = newStack();
      const parameterMapping = new ParameterMapping();
      for (const [key, value] of Object.entries(request)) {
        parameterMapping.custom(key, value);
      }
      const responseParameterMapping = Object.fromEntries(
        Object.entries(responses).map(([status, [mapping, code]]) => {
          const response = new ResponseParameterMapping();
          for (const [key, value] of Object.entries(mapping)) {
            response.custom(key, value);
          }
          return [status, code === undefined ? response : response.overwriteStatusCode(code)];
        }),
      );
      const api = new HttpApi(stack, 'Api');
      api.addRoutes({
        path: '/{id}',
        integration: new HttpUrlIntegration('Url', 'https://example.com/{id}', {
          parameterMapping,
          responseParameterMapping,
        }),
      });
      expect(warningsOf(stack)).toEqual([]);
      const [{ Properties }] = Object.values(Template.fromStack(stack).findResources('AWS::ApiGatewayV2::Integration'));
      expect(Properties.RequestParameters ?? {}).toEqual(sentFor(request));
      for (const [status, [mapping]] of Object.entries(responses)) {
        const sent: { Destination: string; Source: string }[] =
          Properties.ResponseParameters[status].ResponseParameters;
        const changed = sent.filter(({ Destination }) => Destination !== 'overwrite:statuscode');
        const values = Object.fromEntries(changed.map(({ Destination, Source }) => [Destination, Source]));
        expect(values).toEqual(sentFor(mapping));
      }
    }),
    { numRuns: 60 },
  );
});

/** What looks like a mapping, but is not one. */
const hostile = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc
    .array(
      fc.constantFrom(
        'append:',
        'header.',
        'path',
        '$',
        '${',
        '}',
        '{',
        '.',
        '..',
        'request',
        'response.',
        'body',
        '[',
        '?(',
        ' ',
        '\n',
        'context.',
        '${Token[',
        'é',
        '\u0000',
      ),
      { maxLength: 12 },
    )
    .map((parts) => parts.join('')),
);

/** What is said of mappings, as those of a request, of responses, and as parameters of a service. */
function judgeMappings(mappings: Record<string, string>): Finding[] {
  const changes = {
    ResponseParameters: Object.entries(mappings).map(([Destination, Source]) => ({ Destination, Source })),
  };
  const responses = Object.fromEntries(['200', ...Object.keys(mappings)].map((status) => [status, changes]));
  const shapes = [
    httpUrl({ RequestParameters: mappings, ResponseParameters: responses }),
    integrationOf('HTTP', {
      IntegrationType: 'AWS_PROXY',
      IntegrationSubtype: 'SQS-SendMessage',
      RequestParameters: mappings,
    }),
  ];
  const routes = [{ path: 'Stack/Route', key: 'GET /{id}', selects: false, responses: 0 }];
  return shapes.flatMap((shape) => [
    ...judge('integration', shape),
    ...judge('integration-use', useOf(shape, { routes })),
  ]);
}

test('any text gets a verdict, and never an exception', () => {
  fc.assert(
    fc.property(fc.dictionary(hostile, hostile, { maxKeys: 4 }), (mappings) => {
      for (const { message } of judgeMappings(mappings)) {
        expect(message).toMatch(/expected|did you mean/i);
      }
      Object.keys(mappings).forEach(pathVariablesOf);
    }),
    { numRuns: 500 },
  );
});

test.each([
  'a',
  '$',
  '${',
  '{',
  '}',
  '${request.path.',
  '$request.body.',
  '..',
  '{a',
  'append:header.',
  '?(',
  ' ',
  '/{a}',
  '${a}',
])('judging a long text of %p takes as long as the text is', (part) => {
  // Linear is 16, quadratic 256.
  const limit = 100;
  const growth = growthOf((length) => {
    const long = part.repeat(length / part.length);
    for (const value of [long, `$request.body.${long}`, `\${request.path.x}${long}`]) {
      judgeMappings({ [value]: value, [`append:header.${long}`]: value, 'overwrite:statuscode': value });
      pathVariablesOf(value);
    }
  }, 6_000, limit);
  expect(growth).toBeLessThan(limit);
});
