import * as apigwv2 from 'aws-cdk-lib/aws-apigatewayv2';
import * as upstream from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { HttpUrlIntegration, ResponseParameterMapping } from 'cdk-apigatewayv2-integrations';
import { gateway, mapped, sqs, url, type Build, type Properties } from '../builders';
import { http, withBoth, type Pair } from '../class-apps';
import type { Cases } from './case';

/** A mapping with a header of a value. */
const header = (value: unknown) => mapped({ 'append:header.a': value });
const LATER = { 'Fn::ImportValue': 'value' };

/** What an integration of a WebSocket API may have as well. */
const OF_ANY_API = { ApiId: 'a1b2c3', PayloadFormatVersion: undefined };
const TARGET = { 'Fn::Sub': 'integrations/${Integration}' };

/** Mappings of the responses of a status code. */
const responses = (Destination: string, Source: unknown, status = '200') =>
  url({ ResponseParameters: { [status]: { ResponseParameters: [{ Destination, Source }] } } });
const statusCode = (source: unknown) => responses('overwrite:statuscode', source);
const ofStatus = (status: string) => responses('overwrite:header.a', 'x', status);

const mapping = (entries: Record<string, string>) => {
  const parameterMapping = new apigwv2.ParameterMapping();
  for (const [key, value] of Object.entries(entries)) {
    parameterMapping.custom(key, value);
  }
  return { parameterMapping };
};

/** Request mappings with the classes of this library and of aws-cdk-lib. */
const custom = (
  wrong: Record<string, string>,
  right: Record<string, string>,
): { readonly classes: Pair; readonly upstream: Pair } =>
  withBoth((library) => {
    const of = (entries: Record<string, string>) =>
      http(() => new library.HttpUrlIntegration('Url', 'https://example.com', mapping(entries)));
    return { wrong: of(wrong), right: of(right) };
  });
const customHeader = (wrong: string, right: string) =>
  custom({ 'append:header.a': wrong }, { 'append:header.a': right });

/** A response mapping of this library; aws-cdk-lib has none. */
const customResponse = (destination: string, source: string, status = '200') =>
  http(
    () =>
      new HttpUrlIntegration('Url', 'https://example.com', {
        responseParameterMapping: { [status]: new ResponseParameterMapping().custom(destination, source) },
      }),
  );

/** A URL on a route with a path. */
const reading = (
  library: { HttpUrlIntegration: typeof upstream.HttpUrlIntegration | typeof HttpUrlIntegration },
  path: string,
): Build => http(() => new library.HttpUrlIntegration('Url', 'https://example.com/{id}'), path);
const read = (IntegrationUri: string, RouteKey: unknown, properties: Properties = {}) =>
  url({ IntegrationUri, ...properties }, { RouteKey });

export const mappingsCases: Cases = {
  'mapping-key': {
    wrong: {
      'a path that is appended': mapped({ 'append:path': 'x' }),
      'an action that does not exist': mapped({ 'badaction:header.x': 'x' }),
      'a percent sign in the name of a header': mapped({ 'append:header.a%b': 'x' }),
      'a query string of a response': responses('append:querystring.a', 'x'),
      'a path that is appended for an API which only one of the routes tells to be an HTTP API': url(
        { ...OF_ANY_API, RequestParameters: { 'append:path': 'x' } }, { ApiId: 'a1b2c3', RouteKey: LATER }, (stack) => {
          gateway(stack, 'Second', 'Route', { ApiId: 'a1b2c3', RouteKey: 'GET /books', Target: TARGET });
        },
      ),
    },
    right: {
      'a path that is overwritten': mapped({ 'overwrite:path': 'x' }),
      'capital letters in the key of a header': mapped({ 'append:HEADER.x': 'x' }),
      'capital letters in the key of the path': mapped({ 'overwrite:Path': 'x' }),
      'a header of a response': responses('append:header.a', 'x'),
    },
    says: /"append:path" of 'RequestParameters' cannot be mapped: 'path' can only be overwritten, expected/,
    ...custom({ 'append:path': 'x' }, { 'overwrite:path': 'x' }),
  },
  'mapping-key-unknown': {
    wrong: { 'no action': mapped({ myKey: 'x' }), 'a part of the path': mapped({ 'overwrite:path.id': 'x' }) },
    right: { 'an action and a header': mapped({ 'append:header.myKey': 'x' }), 'a parameter of a service': sqs({}) },
    says: /"myKey" of 'RequestParameters' has a form that is not documented, expected/,
    ...custom({ myKey: 'x' }, { 'append:header.myKey': 'x' }),
  },
  'mapping-reserved-header': {
    wrong: {
      'a reserved header': mapped({ 'append:header.Authorization': 'x' }),
      'a reserved header that is removed': mapped({ 'remove:header.Via': '\'\'' }),
      'a reserved prefix': mapped({ 'overwrite:header.X-Amzn-Trace-Id': 'x' }),
      'a reserved header of a response': responses('append:header.access-control-allow-origin', 'x'),
    },
    right: {
      'another header': mapped({ 'append:header.x-authorization': 'x' }),
      'another header that is removed': mapped({ 'remove:header.Cookie': '\'\'' }),
      'a query string of that name': mapped({ 'append:querystring.authorization': 'x' }),
      'the host': mapped({ 'overwrite:header.Host': 'x' }),
    },
    says: /"append:header\.Authorization" .* changes a reserved header, expected .*'x-original-authorization'/,
    ...custom({ 'append:header.Via': 'x' }, { 'append:header.x-via': 'x' }),
  },
  'mapping-header-twice': {
    wrong: {
      'two actions on one header': mapped({ 'append:header.a': 'x', 'remove:header.a': '\'\'' }),
      'two actions on one header in other letters': mapped({ 'append:header.A': 'x', 'overwrite:header.a': 'x' }),
    },
    right: {
      'one action on each header': mapped({ 'append:header.a': 'x', 'remove:header.b': '\'\'' }),
      'a header and a query string of one name': mapped({ 'append:header.a': 'x', 'remove:querystring.a': '\'\'' }),
    },
    says: /"append:header\.a" and "remove:header\.a" of 'RequestParameters' are two actions on one header, expected one/,
    ...custom({ 'append:header.A': 'x', 'overwrite:header.a': 'y' }, { 'append:header.A': 'x' }),
  },
  'mapping-value': {
    wrong: {
      'headers': header('$request.headers.x'),
      'another word after the dollar sign': header('$aa'),
      'a part that does not exist in braces': header('x${request.method}'),
    },
    right: {
      'a header': header('$request.header.x'),
      'one letter after the dollar sign': header('$a'),
      'an amount of money': header('$5.00'),
      'a value of the deployment': header(LATER),
    },
    says: /reads "request\.headers\.x", which does not exist, expected header\.<name>/,
    ...customHeader('$request.headers.x', '$request.header.x'),
  },
  'mapping-value-unknown': {
    wrong: {
      'all of the query string': header('$request.querystring'),
      'a variable that does not exist': header('${foo}'),
    },
    right: {
      'a parameter of the query string': header('$request.querystring.b'),
      'variables and text without braces': header('${request.body}text$request.path'),
      'a brace in the name of a variable': header('${request.header.foo{}'),
    },
    says: /reads "request\.querystring", which is not documented for a request, expected/,
    ...customHeader('$request.querystring', '$request.querystring.b'),
  },
  'mapping-static-braces': {
    wrong: {
      'braces in text': header('{b}'),
      'JSON around a variable': header('{"a":"${request.body.a}"}'),
      'a brace after a body': header('$request.body}'),
      'a brace after a header': header('$request.header.foo{'),
      'a brace after a variable in braces': header('${request.header.foo}}'),
      'a path with variables as a route has them': mapped({ 'overwrite:path': '/books/{id}' }),
    },
    right: {
      'text': header('b'),
      'variables in braces': header('${request.header.a}-${request.header.b}'),
      'a brace in a variable': header('${request.header.foo{}'),
      'JSON of a parameter of a service': sqs({ MessageBody: '{"a":"${request.body.a}"}' }),
      'a dynamic reference': header('{{resolve:ssm:/shop/value}}'),
    },
    says: /is "\{b\}", expected no '\{' and '\}' outside of variables/,
    ...customHeader('{b}', 'b'),
  },
  'mapping-value-empty': {
    wrong: { 'a header': header(''), 'a header of a response': responses('overwrite:header.a', '') },
    right: { 'a value': header('b'), 'a value of the deployment': header(LATER) },
    says: /The value of "append:header\.a" of 'RequestParameters' is empty, expected a value/,
    ...customHeader('', 'b'),
  },
  'mapping-remove-empty': {
    wrong: {
      'a header': mapped({ 'remove:header.a': '' }),
      'a query string': mapped({ 'remove:querystring.a': '' }),
      'a header of a response': responses('remove:header.a', ''),
    },
    right: {
      'two single quotes': mapped({ 'remove:header.a': '\'\'' }),
      'two single quotes for a response': responses('remove:header.a', '\'\''),
    },
    says: /is empty, so API Gateway ignores the entry and removes nothing, expected two single quotes \(''\)/,
    classes: 'The classes write two single quotes where a header or a query string parameter is removed.',
    upstream: {
      wrong: http(
        () =>
          new upstream.HttpUrlIntegration('Url', 'https://example.com', {
            parameterMapping: new apigwv2.ParameterMapping().removeHeader('Cookie'),
          }),
      ),
      right: http(
        () =>
          new HttpUrlIntegration('Url', 'https://example.com', {
            parameterMapping: new apigwv2.ParameterMapping().removeHeader('Cookie'),
          }),
      ),
    },
  },
  'mapping-value-length': {
    sample: '512 characters are accepted, 513 are not.',
    wrong: { '513 characters': header('x'.repeat(513)) },
    right: {
      '512 characters': header('x'.repeat(512)),
      'text with more of the deployment': header({ 'Fn::Join': ['', ['x'.repeat(600), LATER]] }),
    },
    says: /has 513 characters, expected at most 512/,
    ...customHeader('x'.repeat(513), 'x'),
  },
  'mapping-response-in-request': {
    wrong: { 'a response': header('$response.body'), 'a response in text': header('x${response.header.b}') },
    right: {
      'a request': header('$request.body'),
      'a response in the mapping of one': responses('append:header.a', '$response.header.b'),
    },
    says: /reads 'response\.body', expected a variable of the request/,
    ...customHeader('$response.body', '$request.body'),
  },
  'mapping-json-path': {
    wrong: { 'recursive descent': header('$request.body..a'), 'a filter': header('$request.body.items[?(@.a)]') },
    right: { 'a path': header('$request.body.a.b[0]'), 'two dots in text': header('a..b') },
    says: /has the JSON path "request\.body\.\.a", expected one without recursive descent/,
    ...customHeader('$request.body..a', '$request.body.a'),
  },
  'mapping-context-variable': {
    wrong: {
      'a variable that does not exist': header('$context.nothing'),
      'a variable in other letters': header('$context.requestID'),
    },
    right: {
      'a variable': header('$context.requestId'),
      'a claim': header('$context.authorizer.claims.sub'),
      'a variable of an authorizer': header('$context.authorizer.tenant'),
    },
    says: /reads the unknown variable "\$context\.nothing", expected one that the documentation lists/,
    ...customHeader('$context.requestID', '$context.requestId'),
  },
  'mapping-status-code': {
    wrong: { 'a code that does not exist': statusCode('600'), 'text': statusCode('OK'), 'nothing': statusCode('') },
    right: {
      'a code': statusCode('201'),
      'a header of the response': statusCode('$response.header.x'),
      'a code of the deployment': statusCode(LATER),
    },
    says: /is overwritten with "600", expected a whole number from 100 to 599/,
    classes: {
      wrong: customResponse('overwrite:statuscode', '600'),
      right: customResponse('overwrite:statuscode', '404'),
    },
  },
  'mapping-response-status': {
    wrong: {
      'a code below 200': ofStatus('199'),
      'a code above 599': ofStatus('600'),
      'a space after the code': ofStatus('200 '),
    },
    right: { 'the lowest code': ofStatus('200'), 'the highest code': ofStatus('599') },
    says: /The key "199" of 'ResponseParameters' is not a status code, expected 200 to 599/,
    classes: {
      wrong: customResponse('append:header.a', 'x', '199'),
      right: customResponse('append:header.a', 'x', '200'),
    },
  },
  'mapping-response-shape': {
    wrong: { 'the shape of the AWS SDKs': url({ ResponseParameters: { 403: { 'overwrite:statuscode': '201' } } }) },
    right: {
      'a list of changes': statusCode('201'),
      'mappings of the deployment': url({ ResponseParameters: { 403: LATER } }),
    },
    says: /"403" of 'ResponseParameters' has the key "overwrite:statuscode", expected a list of Destination and Source/,
    classes: 'The classes write the list that AWS CloudFormation takes.',
  },
  'path-variable': {
    wrong: {
      'a URL': read('https://example.com/{id}', 'GET /books'),
      'a URL with another name': read('https://example.com/{id}', 'GET /books/{bookId}'),
      'a greedy variable with its plus sign': read('https://example.com/{proxy+}', 'ANY /{proxy+}'),
      'a mapping': mapped({ 'overwrite:path': '/${request.path.id}' }),
    },
    right: {
      'a URL with a variable of the route': read('https://example.com/{id}', 'GET /books/{id}'),
      'a greedy variable': read('https://example.com/{proxy}', 'ANY /{proxy+}'),
      'a path of the deployment': read('https://example.com/{id}', { 'Fn::Join': ['', ['GET /', LATER]] }),
    },
    says: /reads the path variable 'id', but no route that uses the integration has it\. Expected a route/,
    classes: {
      wrong: reading({ HttpUrlIntegration }, '/books'),
      right: reading({ HttpUrlIntegration }, '/books/{id}'),
    },
    upstream: { wrong: reading(upstream, '/books'), right: reading(upstream, '/books/{id}') },
  },
};
