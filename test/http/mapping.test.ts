import { CfnParameter, Lazy, Stack, Token } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import {
  CfnRoute,
  HttpApi,
  HttpMethod,
  HttpRoute,
  HttpRouteKey,
  HttpStage,
  MappingValue,
  ParameterMapping,
} from 'aws-cdk-lib/aws-apigatewayv2';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import {
  HttpLambdaIntegration,
  HttpSqsIntegration,
  HttpUrlIntegration,
  ResponseMappingValue,
  ResponseParameterMapping,
  WebSocketMockIntegration,
} from 'cdk-apigatewayv2-integrations';
import { WebSocketApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { errorOf, newFunction, newStack, propertiesOf, warningsOf } from '../util';

const URL = 'https://example.com';

function routes(
  stack: Stack,
  integration: HttpUrlIntegration | HttpLambdaIntegration | HttpSqsIntegration,
  ...paths: string[]
): void {
  const api = new HttpApi(stack, 'Api');
  for (const path of paths.length > 0 ? paths : ['/books']) {
    api.addRoutes({ path, integration });
  }
}

function urlWith(responseParameterMapping: Record<string, ResponseParameterMapping>): Stack {
  const stack = newStack();
  routes(stack, new HttpUrlIntegration('Url', URL, { responseParameterMapping }));
  return stack;
}

function requestMapping(build: (mapping: ParameterMapping) => unknown): Stack {
  const stack = newStack();
  const parameterMapping = new ParameterMapping();
  build(parameterMapping);
  routes(stack, new HttpUrlIntegration('Url', URL, { parameterMapping }));
  return stack;
}

describe('response parameter mapping', () => {
  test('is written in the form of CloudFormation, in the order of the calls', () => {
    const stack = urlWith({
      200: new ResponseParameterMapping()
        .overwriteStatusCode(201)
        .appendHeader('x-request', ResponseMappingValue.contextVariable('requestId'))
        .overwriteHeader('x-from', ResponseMappingValue.responseHeader('server'))
        .overwriteHeader('x-order', ResponseMappingValue.responseBody('order.id'))
        .overwriteHeader('x-body', ResponseMappingValue.responseBody())
        .overwriteHeader('x-stage', ResponseMappingValue.stageVariable('color'))
        .removeHeader('server'),
      404: new ResponseParameterMapping()
        .custom('append:header.x-text', 'gone')
        .appendHeader('x-literal', ResponseMappingValue.literal('${response.header.a}-b')),
    });
    expect(propertiesOf(stack, 'AWS::ApiGatewayV2::Integration')[0].ResponseParameters).toEqual({
      200: {
        ResponseParameters: [
          { Destination: 'overwrite:statuscode', Source: '201' },
          { Destination: 'append:header.x-request', Source: '$context.requestId' },
          { Destination: 'overwrite:header.x-from', Source: '$response.header.server' },
          { Destination: 'overwrite:header.x-order', Source: '$response.body.order.id' },
          { Destination: 'overwrite:header.x-body', Source: '$response.body' },
          { Destination: 'overwrite:header.x-stage', Source: '$stageVariables.color' },
          { Destination: 'remove:header.server', Source: '\'\'' },
        ],
      },
      404: {
        ResponseParameters: [
          { Destination: 'append:header.x-text', Source: 'gone' },
          { Destination: 'append:header.x-literal', Source: '${response.header.a}-b' },
        ],
      },
    });
    expect(warningsOf(stack)).toEqual([]);
  });

  test('holds values that are known at deployment only', () => {
    const stack = newStack();
    const code = new CfnParameter(stack, 'Code', { type: 'Number' });
    routes(
      stack,
      new HttpUrlIntegration('Url', URL, {
        responseParameterMapping: {
          500: new ResponseParameterMapping()
            .overwriteStatusCode(code.valueAsNumber)
            .appendHeader('x-stack', ResponseMappingValue.literal(stack.stackName))
            .custom(Lazy.string({ produce: () => 'append:header.x-late' }), '$context.requestId'),
        },
      }),
    );
    expect(propertiesOf(stack, 'AWS::ApiGatewayV2::Integration')[0].ResponseParameters).toEqual({
      500: {
        ResponseParameters: [
          { Destination: 'overwrite:statuscode', Source: { Ref: 'Code' } },
          { Destination: 'append:header.x-stack', Source: 'Stack' },
          { Destination: 'append:header.x-late', Source: '$context.requestId' },
        ],
      },
    });
  });

  test('works on Lambda and service integrations', () => {
    const responseParameterMapping = { 200: new ResponseParameterMapping().removeHeader('server') };
    const stack = newStack();
    const api = new HttpApi(stack, 'Api');
    api.addRoutes({
      path: '/a',
      integration: new HttpLambdaIntegration('Lambda', newFunction(stack), { responseParameterMapping }),
    });
    api.addRoutes({
      path: '/b',
      integration: new HttpSqsIntegration('Sqs', { queue: new sqs.Queue(stack, 'Queue'), responseParameterMapping }),
    });
    for (const { ResponseParameters } of propertiesOf(stack, 'AWS::ApiGatewayV2::Integration')) {
      expect(ResponseParameters).toEqual({
        200: { ResponseParameters: [{ Destination: 'remove:header.server', Source: '\'\'' }] },
      });
    }
  });

  test('an empty value of a removal is written as two single quotes', () => {
    const mapping = new ResponseParameterMapping()
      .custom('remove:header.server', '')
      .custom('append:header.a', '$context.requestId');
    const stack = urlWith({ 200: mapping });
    expect(propertiesOf(stack, 'AWS::ApiGatewayV2::Integration')[0].ResponseParameters).toEqual({
      200: {
        ResponseParameters: [
          { Destination: 'remove:header.server', Source: '\'\'' },
          { Destination: 'append:header.a', Source: '$context.requestId' },
        ],
      },
    });
  });

  test('a mapping can be read, and what is read cannot change it', () => {
    const mapping = new ResponseParameterMapping().removeHeader('server');
    mapping.mappings.other = 'x';
    expect(mapping.mappings).toEqual({ 'remove:header.server': '\'\'' });
  });

  test.each<[string, Record<string, ResponseParameterMapping>, string]>([
    ['a status of no response', { 199: new ResponseParameterMapping() }, 'mapping-response-status'],
    ['a key that is no status', { '2xx': new ResponseParameterMapping() }, 'mapping-response-status'],
    [
      'a status code out of range',
      { 200: new ResponseParameterMapping().overwriteStatusCode(600) },
      'mapping-status-code',
    ],
    [
      'a reserved header',
      { 200: new ResponseParameterMapping().removeHeader('Access-Control-Allow-Origin') },
      'mapping-reserved-header',
    ],
    ['a query string', { 200: new ResponseParameterMapping().custom('append:querystring.a', 'b') }, 'mapping-key'],
    [
      'two actions on a header',
      { 200: new ResponseParameterMapping().removeHeader('A').appendHeader('a', ResponseMappingValue.literal('b')) },
      'mapping-header-twice',
    ],
  ])('fails on %s', (_, mapping, rule) => {
    const message = errorOf(() => urlWith(mapping));
    expect(message).toContain(`(at Stack/Api/ANY--books/Url) [rule ${rule}]`);
    expect(message).toContain('responseParameterMapping');
  });

  test('warns of a variable of the request', () => {
    expect(
      warningsOf(urlWith({ 200: new ResponseParameterMapping().custom('append:header.a', '$request.header.b') })).map(
        ({ rule }) => rule,
      ),
    ).toEqual(['mapping-value-unknown']);
  });
});

describe('request parameter mapping', () => {
  test.each<[string, (mapping: ParameterMapping) => unknown, string]>([
    [
      'a reserved header',
      (m) => m.overwriteHeader('Authorization', MappingValue.custom('x')),
      'mapping-reserved-header',
    ],
    ['a reserved prefix', (m) => m.removeHeader('X-Amz-Date'), 'mapping-reserved-header'],
    [
      'two actions on a header',
      (m) => m.overwriteHeader('x-a', MappingValue.custom('x')).appendHeader('X-A', MappingValue.custom('y')),
      'mapping-header-twice',
    ],
    ['a path that is appended to', (m) => m.custom('append:path', 'x'), 'mapping-key'],
    [
      'a value of the response',
      (m) => m.appendHeader('a', MappingValue.custom('$response.header.b')),
      'mapping-response-in-request',
    ],
    [
      'a part of the request that does not exist',
      (m) => m.appendHeader('a', MappingValue.custom('$request.headers.b')),
      'mapping-value',
    ],
    ['braces that are text', (m) => m.overwritePath(MappingValue.custom('/books/{id}')), 'mapping-static-braces'],
    ['a recursive JSON path', (m) => m.appendHeader('a', MappingValue.requestBody('.b')), 'mapping-json-path'],
  ])('fails on %s, and names the construct and the rule', (_, build, rule) => {
    expect(errorOf(() => requestMapping(build))).toContain(`(at Stack/Api/ANY--books/Url) [rule ${rule}]`);
  });

  test('tells all errors at once', () => {
    const message = errorOf(() =>
      requestMapping((m) => m.removeHeader('Host').removeHeader('Via').removeHeader('TE').custom('append:path', 'x')),
    );
    expect(message.split('\n').map((line) => /\[rule ([a-z-]+)\]$/.exec(line)?.[1])).toEqual([
      'mapping-key',
      'mapping-reserved-header',
      'mapping-reserved-header',
    ]);
  });

  test.each<[string, (mapping: ParameterMapping) => unknown, string]>([
    ['a key of an unknown form', (m) => m.custom('myKey', 'myValue'), 'mapping-key-unknown'],
    [
      'a value of an unknown form',
      (m) => m.appendHeader('a', MappingValue.custom('$request.querystring')),
      'mapping-value-unknown',
    ],
    [
      'an unknown context variable',
      (m) => m.appendHeader('a', MappingValue.contextVariable('requestID')),
      'mapping-context-variable',
    ],
    ['an empty value', (m) => m.appendHeader('a', MappingValue.NONE), 'mapping-value-empty'],
    ['a long value', (m) => m.appendHeader('a', MappingValue.custom('x'.repeat(513))), 'mapping-value-length'],
    ['a path variable that no route has', (m) => m.overwritePath(MappingValue.requestPathParam('id')), 'path-variable'],
  ])('warns of %s', (_, build, rule) => {
    expect(warningsOf(requestMapping(build)).map((warning) => warning.rule)).toEqual([rule]);
  });

  test('does not judge what is known at deployment only', () => {
    const stack = requestMapping((m) =>
      m
        .custom(Lazy.string({ produce: () => 'append:header.late' }), 'x')
        .appendHeader('a', MappingValue.custom(`$response.header.${Token.asString({ Ref: 'AWS::StackName' })}`))
        .custom(`append:header.authorization${Lazy.string({ produce: () => '-copy' })}`, 'x'),
    );
    expect(warningsOf(stack)).toEqual([]);
  });

  test('of a service holds names of parameters, whose values are judged', () => {
    const stack = newStack();
    const integration = (value: string) =>
      new HttpSqsIntegration('Sqs', {
        queue: new sqs.Queue(stack, `Queue${value.length}`),
        messageBody: MappingValue.custom(value),
      });
    expect(errorOf(() => routes(stack, integration('$request.body..name')))).toContain('[rule mapping-json-path]');
    const other = newStack();
    routes(
      other,
      new HttpSqsIntegration('Sqs', {
        queue: new sqs.Queue(other, 'Queue'),
        messageBody: MappingValue.contextVariable('nothing'),
      }),
    );
    expect(warningsOf(other).map(({ rule }) => rule)).toEqual(['mapping-context-variable']);
  });
});

describe('path variables', () => {
  const mapped = () =>
    new HttpUrlIntegration('Url', 'https://example.com/{id}', {
      parameterMapping: new ParameterMapping().overwriteHeader(
        'x-file',
        MappingValue.custom('${request.path.proxy}/${request.path.id}'),
      ),
    });

  test('may each be of another route', () => {
    const stack = newStack();
    routes(stack, mapped(), '/books/{id}', '/files/{proxy+}');
    expect(warningsOf(stack)).toEqual([]);
  });

  test('are judged when all routes are known', () => {
    const stack = newStack();
    routes(stack, mapped(), '/books/{bookId}');
    expect(warningsOf(stack).map(({ message }) => message)).toEqual([
      expect.stringMatching(
        /'overwrite:header\.x-file' in 'parameterMapping' reads the path variable 'proxy'.*Expected one of 'bookId'/,
      ),
      expect.stringMatching(/reads the path variable 'id'/),
      expect.stringMatching(/^The URL 'https:\/\/example\.com\/\{id\}' reads the path variable 'id'/),
    ]);
  });

  test('of a default route do not exist', () => {
    const stack = newStack();
    new HttpApi(stack, 'Api', { defaultIntegration: new HttpUrlIntegration('Url', 'https://example.com/{proxy}') });
    expect(warningsOf(stack).map(({ message }) => message)).toEqual([
      expect.stringContaining('Expected a route with variables in its path'),
    ]);
  });

  test('of a URL are written without the plus sign', () => {
    const stack = newStack();
    routes(stack, new HttpUrlIntegration('Url', 'https://example.com/{proxy+}'), '/{proxy+}');
    expect(warningsOf(stack).map(({ message }) => message)).toEqual([
      expect.stringContaining('without the plus sign: {proxy}'),
    ]);
  });

  test('are not those of a token', () => {
    const stack = newStack();
    const host = new CfnParameter(stack, 'Host');
    const integration = new HttpUrlIntegration('Url', `https://${host.valueAsString}/\${stageVariables.path}/{id}`);
    const api = new HttpApi(stack, 'Api');
    (api.defaultStage as HttpStage).addStageVariable('path', 'books');
    api.addRoutes({ path: '/{id}', integration });
    expect(warningsOf(stack)).toEqual([]);
  });

  test('of a path that is a token are not judged', () => {
    const stack = newStack();
    const path = `/${new CfnParameter(stack, 'Path').valueAsString}`;
    new HttpRoute(stack, 'Route', {
      httpApi: new HttpApi(stack, 'Api'),
      routeKey: HttpRouteKey.with(path, HttpMethod.GET),
      integration: mapped(),
    });
    expect(warningsOf(stack)).toEqual([]);
  });
});

describe('the key of a route', () => {
  function routeWith(key: HttpRouteKey): Stack {
    const stack = newStack();
    new HttpRoute(stack, 'Route', {
      httpApi: new HttpApi(stack, 'Api'),
      routeKey: key,
      integration: new HttpUrlIntegration('Url', URL),
    });
    return stack;
  }

  test('warns without a method', () => {
    expect(warningsOf(routeWith(HttpRouteKey.with('/p'))).map(({ message }) => message)).toEqual([
      expect.stringContaining('The key of the route \'Stack/Route\' is \'undefined /p\', expected a method and a path'),
    ]);
  });

  test.each([
    [HttpRouteKey.with('/p', HttpMethod.ANY)],
    [HttpRouteKey.with('/p', HttpMethod.GET)],
    [HttpRouteKey.DEFAULT],
  ])('is fine: %p', (key) => {
    expect(warningsOf(routeWith(key))).toEqual([]);
  });

  test('is judged as it is deployed', () => {
    const stack = routeWith(HttpRouteKey.with('/p'));
    (stack.node.findChild('Route').node.defaultChild as CfnRoute).routeKey = 'GET /p';
    expect(warningsOf(stack)).toEqual([]);
  });
});

describe('description', () => {
  test('is set on integrations of both protocols', () => {
    const stack = newStack();
    routes(stack, new HttpUrlIntegration('Url', URL, { description: 'x'.repeat(1024) }));
    new WebSocketApi(stack, 'Chat', {
      connectRouteOptions: { integration: new WebSocketMockIntegration('Mock', { description: 'y' }) },
    });
    expect(
      Object.values(Template.fromStack(stack).findResources('AWS::ApiGatewayV2::Integration'))
        .map(({ Properties }) => Properties.Description.length)
        .sort(),
    ).toEqual([1, 1024]);
  });

  test('fails when it is too long', () => {
    const description = 'x'.repeat(1025);
    expect(errorOf(() => routes(newStack(), new HttpUrlIntegration('Url', URL, { description })))).toContain(
      '[rule description-length]',
    );
    expect(
      errorOf(
        () =>
          new WebSocketApi(newStack(), 'Chat', {
            connectRouteOptions: { integration: new WebSocketMockIntegration('Mock', { description }) },
          }),
      ),
    ).toContain('\'description\' of the integration has 1025 characters, expected at most 1024');
  });
});
