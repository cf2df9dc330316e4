import { Template } from 'aws-cdk-lib/assertions';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import {
  ContentHandling, HttpMethod, PassthroughBehavior, VpcLink, WebSocketApi, WebSocketRoute,
  type WebSocketRouteIntegration,
} from 'aws-cdk-lib/aws-apigatewayv2';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import {
  WebSocketAwsIntegration, WebSocketHttpIntegration, WebSocketIntegrationResponseKey, WebSocketLambdaIntegration,
  WebSocketMockIntegration, type WebSocketHttpIntegrationProps, type WebSocketMockIntegrationProps,
} from 'cdk-apigatewayv2-integrations';
import { errorOf, newFunction, newStack, propertiesOf, warningsOf } from '../util';

const INTEGRATION = 'AWS::ApiGatewayV2::Integration';
const RESPONSE = 'AWS::ApiGatewayV2::IntegrationResponse';
const { DEFAULT, SUCCESS, CLIENT_ERROR, SERVER_ERROR } = WebSocketIntegrationResponseKey;

function withRoute(integration: WebSocketRouteIntegration, returnResponse = true, stack = newStack()) {
  new WebSocketApi(stack, 'Api').addRoute('ping', { integration, returnResponse });
  return stack;
}

const mock = (props: WebSocketMockIntegrationProps) => new WebSocketMockIntegration('Mock', {
  requestTemplates: { $default: '{"statusCode":200}' },
  ...props,
});
const rulesOf = (stack: ReturnType<typeof newStack>) => warningsOf(stack).map(({ rule }) => rule);

describe('integration responses', () => {
  test('are resources under the integration, with every option', () => {
    const stack = withRoute(mock({
      integrationResponses: [
        {
          integrationResponseKey: DEFAULT,
          responseTemplates: { $default: '{"pong":true}' },
          templateSelectionExpression: '\\$default',
          responseParameters: { 'method.response.header.a': '\'b\'' }, contentHandling: ContentHandling.CONVERT_TO_TEXT,
        },
        ...[
          SUCCESS,
          CLIENT_ERROR,
          SERVER_ERROR,
          WebSocketIntegrationResponseKey.fromStatusCode(404),
          WebSocketIntegrationResponseKey.fromStatusRegExp('40[0-3]'),
        ]
          .map((integrationResponseKey) => ({ integrationResponseKey })),
      ],
    }));
    const [integration] = Object.keys(Template.fromStack(stack).findResources(INTEGRATION));
    const ids = { ApiId: { Ref: 'ApiF70053CD' }, IntegrationId: { Ref: integration } };
    expect(propertiesOf(stack, RESPONSE)).toHaveLength(6);
    expect(propertiesOf(stack, RESPONSE)).toEqual(expect.arrayContaining([
      {
        ...ids,
        IntegrationResponseKey: '$default',
        ResponseTemplates: { $default: '{"pong":true}' },
        TemplateSelectionExpression: '\\$default',
        ResponseParameters: { 'method.response.header.a': '\'b\'' }, ContentHandlingStrategy: 'CONVERT_TO_TEXT',
      },
      ...['/2\\d\\d/', '/4\\d\\d/', '/5\\d\\d/', '/404/', '/40[0-3]/'].map((IntegrationResponseKey) => ({
        ...ids,
        IntegrationResponseKey,
      })),
    ]));
    expect(rulesOf(stack)).toEqual([]);
  });

  test('are made once for an integration of two routes', () => {
    const stack = newStack();
    const api = new WebSocketApi(stack, 'Api');
    const integration = mock({ integrationResponses: [{ integrationResponseKey: DEFAULT }] });
    api.addRoute('a', { integration, returnResponse: true });
    api.addRoute('b', { integration });
    expect(propertiesOf(stack, RESPONSE)).toHaveLength(1);
    expect(rulesOf(stack)).toEqual([]);
  });

  test.each([
    [
      'twice the same key',
      [SUCCESS, WebSocketIntegrationResponseKey.fromStatusRegExp('2\\d\\d')],
      'websocket-response-key-twice',
    ],
    ['a status code out of range', [WebSocketIntegrationResponseKey.fromStatusCode(700)], 'websocket-response-key'],
    [
      'what is no regular expression',
      [WebSocketIntegrationResponseKey.fromStatusRegExp('(')],
      'websocket-response-key',
    ],
  ])('fail on %s', (_, keys, rule) => {
    expect(errorOf(() => withRoute(mock({
      integrationResponses: keys.map((integrationResponseKey) => ({ integrationResponseKey })),
    }))))
      .toContain(`(at Stack/Api/ping-Route/Mock) [rule ${rule}]`);
  });

  test('warn on a route that returns none', () => {
    expect(rulesOf(withRoute(mock({ integrationResponses: [{ integrationResponseKey: DEFAULT }] }), false))).toEqual([
      'websocket-response-not-returned',
    ]);
  });

  test('warn without a default, where a route returns them', () => {
    expect(rulesOf(withRoute(mock({ integrationResponses: [{ integrationResponseKey: SUCCESS }] })))).toEqual([
      'websocket-default-response',
    ]);
    expect(rulesOf(withRoute(mock({})))).toEqual(['websocket-default-response']);
    expect(rulesOf(withRoute(mock({}), false))).toEqual([]);
  });
});

test('a mock template without a status code warns', () => {
  expect(rulesOf(withRoute(mock({ requestTemplates: { $default: '{}' } }), false))).toEqual(['websocket-mock-status']);
});

test('a request template that is too long fails', () => {
  expect(errorOf(() => withRoute(mock({
    requestTemplates: { $default: `{"statusCode":200,"x":"${'x'.repeat(310_000)}"}` },
  })))).toContain('[rule websocket-template-size]');
});

test('a route key that starts with a dollar sign fails at synth', () => {
  const stack = newStack();
  new WebSocketRoute(stack, 'Route', {
    webSocketApi: new WebSocketApi(stack, 'Api'),
    routeKey: '$open',
    integration: mock({}),
  });
  expect(errorOf(() => Template.fromStack(stack))).toMatch(/'Stack\/Route' is '\$open'.*\[rule websocket-route-key\]/);
});

describe('WebSocketLambdaIntegration without proxy', () => {
  test('sends what the templates make, and returns what the responses make', () => {
    const stack = newStack();
    withRoute(new WebSocketLambdaIntegration('Lambda', newFunction(stack), {
      proxy: false,
      requestTemplates: { $default: '{"body":$input.body}' },
      templateSelectionExpression: '\\$default',
      passthroughBehavior: PassthroughBehavior.NEVER,
      integrationResponses: [
        { integrationResponseKey: DEFAULT },
        { integrationResponseKey: WebSocketIntegrationResponseKey.fromStatusRegExp('.*NotFound.*') },
      ],
    }), true, stack);
    expect(propertiesOf(stack, INTEGRATION)).toEqual([expect.objectContaining({
      IntegrationType: 'AWS',
      IntegrationMethod: 'POST',
      RequestTemplates: { $default: '{"body":$input.body}' },
      PassthroughBehavior: 'NEVER',
    })]);
    expect(propertiesOf(stack, RESPONSE)).toHaveLength(2);
    expect(propertiesOf(stack, 'AWS::Lambda::Permission')).toHaveLength(1);
    expect(rulesOf(stack)).toEqual([]);
  });

  test('with proxy warns of responses, which have no effect, and of templates', () => {
    const stack = newStack();
    const handler = newFunction(stack);
    withRoute(new WebSocketLambdaIntegration('Lambda', handler, {
      integrationResponses: [{ integrationResponseKey: DEFAULT }],
    }), true, stack);
    expect(rulesOf(stack)).toEqual(['websocket-proxy-responses']);
    expect(propertiesOf(stack, RESPONSE)).toHaveLength(1);
    const other = newStack();
    withRoute(new WebSocketLambdaIntegration('Lambda', newFunction(other), {
      requestTemplates: { $default: 'x' },
    }), true, other);
    expect(rulesOf(other)).toEqual(['websocket-proxy-templates']);
  });
});

describe('WebSocketHttpIntegration', () => {
  const http = (props: Partial<WebSocketHttpIntegrationProps> = {}, url = 'https://example.com/messages') =>
    new WebSocketHttpIntegration('Http', url, { method: HttpMethod.POST, ...props });

  test('passes messages through', () => {
    expect(propertiesOf(withRoute(http()), INTEGRATION)).toEqual([{
      ApiId: { Ref: 'ApiF70053CD' }, IntegrationType: 'HTTP_PROXY', IntegrationMethod: 'POST', IntegrationUri: 'https://example.com/messages',
    }]);
  });

  test('transforms messages and answers', () => {
    const stack = withRoute(http({
      proxy: false,
      requestTemplates: { $default: '{}' },
      requestParameters: { 'integration.request.header.X-Connection': 'context.connectionId' },
      integrationResponses: [{ integrationResponseKey: DEFAULT }],
    }));
    expect(propertiesOf(stack, INTEGRATION)[0]).toMatchObject({
      IntegrationType: 'HTTP',
      RequestTemplates: { $default: '{}' },
      RequestParameters: { 'integration.request.header.X-Connection': 'context.connectionId' },
    });
    expect(rulesOf(stack)).toEqual([]);
  });

  test('reaches a Network Load Balancer through a link of version 1', () => {
    const stack = newStack();
    const balancer = new elbv2.NetworkLoadBalancer(stack, 'Balancer', { vpc: new ec2.Vpc(stack, 'Vpc') });
    const vpcLink = new apigateway.VpcLink(stack, 'Link', { targets: [balancer] });
    withRoute(http({ vpcLink }, `http://${balancer.loadBalancerDnsName}/messages`), true, stack);
    expect(propertiesOf(stack, INTEGRATION)[0]).toMatchObject({
      IntegrationType: 'HTTP_PROXY', ConnectionType: 'VPC_LINK', ConnectionId: stack.resolve(vpcLink.vpcLinkId),
    });
  });

  test('takes an imported link of version 1', () => {
    const stack = newStack();
    withRoute(http({ vpcLink: apigateway.VpcLink.fromVpcLinkId(stack, 'Link', 'abc123') }), true, stack);
    expect(propertiesOf(stack, INTEGRATION)[0].ConnectionId).toBe('abc123');
  });

  test('fails on a link of version 2, own or imported', () => {
    const stack = newStack();
    const vpc = new ec2.Vpc(stack, 'Vpc');
    const imported = VpcLink.fromVpcLinkAttributes(stack, 'Imported', { vpcLinkId: 'abc123', vpc });
    for (const link of [new VpcLink(stack, 'Link', { vpc }), imported]) {
      const message = errorOf(() => withRoute(http({ vpcLink: link as never })));
      expect(message).toMatch(/which WebSocket APIs do not support.*\[rule websocket-vpc-link\]/);
    }
  });

  test('fails on a URL without a scheme', () => {
    expect(errorOf(() => withRoute(http({}, 'example.com')))).toContain('[rule http-url]');
  });

  test('warns of responses on a proxy, which have no effect', () => {
    expect(rulesOf(withRoute(http({ integrationResponses: [{ integrationResponseKey: DEFAULT }] })))).toEqual([
      'websocket-proxy-responses',
    ]);
  });

  test('warns of request parameters of an unknown form', () => {
    expect(rulesOf(withRoute(http({ requestParameters: { 'integration.request.header.X': 'text' } })))).toEqual([
      'websocket-request-parameter',
    ]);
  });

  test('can be bound directly', () => {
    const stack = newStack();
    const api = new WebSocketApi(stack, 'Api');
    const route = api.addRoute('ping', { integration: http() });
    expect(http().bind({ route, scope: stack })).toMatchObject({ uri: 'https://example.com/messages', method: 'POST' });
  });
});

test('WebSocketAwsIntegration answers, and fails on a URI that is none', () => {
  const aws = (integrationUri: string) => new WebSocketAwsIntegration('Aws', {
    integrationUri, integrationMethod: 'POST', integrationResponses: [{ integrationResponseKey: DEFAULT }],
  });
  expect(propertiesOf(withRoute(aws('arn:aws:apigateway:us-east-1:dynamodb:action/PutItem')), RESPONSE))
    .toHaveLength(1);
  expect(errorOf(() => withRoute(aws('https://dynamodb.us-east-1.amazonaws.com')))).toContain('[rule websocket-aws-uri]');
});
