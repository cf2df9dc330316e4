import { App, Duration, Stack } from 'aws-cdk-lib';
import {
  HttpApi,
  WebSocketApi,
  type HttpRouteIntegration,
  type HttpRouteIntegrationBindOptions,
  type HttpRouteIntegrationConfig,
  type WebSocketRouteIntegration,
} from 'aws-cdk-lib/aws-apigatewayv2';
import * as upstream from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import * as integrations from 'cdk-apigatewayv2-integrations';
import { newFunction, newStack } from '../../util';

/** Upstream's private classes have protected fields, ours have none. */
const OURS = integrations as unknown as typeof upstream;

/** As Node.js has it; Jest has another. */
const LIMIT = 10;

let limitBefore: number;
beforeEach(() => {
  limitBefore = Error.stackTraceLimit;
  Error.stackTraceLimit = LIMIT;
});
afterEach(() => {
  expect(Error.stackTraceLimit).toBe(LIMIT);
  Error.stackTraceLimit = limitBefore;
  delete process.env.CDK_DEBUG;
});

describe('a thrown error starts at the line of the user', () => {
  const framesOf = (action: () => unknown): string[] => {
    try {
      action();
    } catch (error) {
      expect((error as Error).message).toContain('[rule ');
      const { stack, message } = error as Error;
      expect(stack).toMatch(`Error: ${message}\n    at `);
      return stack!.slice(stack!.indexOf(message) + message.length + 1).split('\n');
    }
    throw new Error('expected an error, but nothing was thrown');
  };
  const tooShort = { timeout: Duration.millis(1) };

  test.each<[string, () => unknown]>([
    [
      'HTTP',
      () =>
        new HttpApi(newStack(), 'Api').addRoutes({
          path: '/a',
          integration: new integrations.HttpUrlIntegration('Url', 'https://example.com', tooShort),
        }),
    ],
    [
      'HTTP, from the constructor of the API',
      () => new HttpApi(newStack(), 'Api', { defaultIntegration: new integrations.HttpUrlIntegration('Url', 'a') }),
    ],
    [
      'WebSocket',
      () =>
        new WebSocketApi(newStack(), 'Api').addRoute('a', {
          integration: new integrations.WebSocketMockIntegration('Mock', tooShort),
        }),
    ],
    ['what is read too early', () => new integrations.HttpUrlIntegration('Url', 'https://example.com').integrationId],
  ])('%s', (_, action) => {
    const frames = framesOf(action);
    expect(frames[0]).toContain(__filename);
    expect(frames.length).toBeLessThanOrEqual(LIMIT);
  });
});

/** The APIs of an app with integrations of one of the libraries, and the constructs below them. */
function apisWith(m: typeof upstream, debug = 'true') {
  process.env.CDK_DEBUG = debug;
  const stack = new Stack(new App(), 'Stack');
  const vpc = new ec2.Vpc(stack, 'Vpc');
  const listener = new elbv2.ApplicationLoadBalancer(stack, 'Balancer', { vpc }).addListener('Listener', {
    port: 80,
    defaultAction: elbv2.ListenerAction.fixedResponse(200),
  });
  const http: Record<string, HttpRouteIntegration> = {
    lambda: new m.HttpLambdaIntegration('I', newFunction(stack)),
    api: new m.HttpLambdaIntegration('I', newFunction(stack, 'Other'), { scopePermissionToRoute: false }),
    url: new m.HttpUrlIntegration('I', 'https://example.com'),
    sqs: new m.HttpSqsIntegration('I', { queue: new sqs.Queue(stack, 'Queue') }),
    alb: new m.HttpAlbIntegration('I', listener),
  };
  const webSocket: Record<string, WebSocketRouteIntegration> = {
    lambda: new m.WebSocketLambdaIntegration('I', newFunction(stack, 'Third')),
    mock: new m.WebSocketMockIntegration('I'),
  };
  const httpApi = new HttpApi(stack, 'Http', {
    defaultIntegration: new m.HttpUrlIntegration('Default1', 'https://example.com'),
  });
  for (const [path, integration] of Object.entries(http)) {
    httpApi.addRoutes({ path: `/${path}`, integration });
  }
  const webSocketApi = new WebSocketApi(stack, 'WebSocket');
  for (const [key, integration] of Object.entries(webSocket)) {
    webSocketApi.addRoute(key, { integration });
  }
  return [...httpApi.node.findAll(), ...webSocketApi.node.findAll()];
}

/** Which entries of the metadata of resources have a stack trace, and whether it shows a line of this file. */
function traces(constructs: ReturnType<typeof apisWith>): Record<string, boolean> {
  return Object.fromEntries(
    constructs.flatMap(({ node }) =>
      node.metadata.flatMap(({ type, trace, data }) => {
        const frames: unknown = trace ?? (data as { stackTrace?: unknown }).stackTrace ?? data;
        return Array.isArray(frames)
          ? [[`${node.path} ${type}`, frames.some((frame) => String(frame).includes('stack-traces.test.ts'))]]
          : [];
      }),
    ),
  );
}

test('the resources show the line of the user where those of aws-cdk-lib do', () => {
  const [ours, theirs] = [traces(apisWith(OURS)), traces(apisWith(upstream))];
  expect(Object.keys(theirs).length).toBeGreaterThan(20);
  expect(Object.keys(ours).sort()).toEqual(Object.keys(theirs).sort());
  expect(Object.keys(ours).filter((key) => !ours[key])).toEqual([]);
});

test('without debugging, the resources show the line of the user where those of aws-cdk-lib do', () => {
  const [ours, theirs] = [traces(apisWith(OURS, '')), traces(apisWith(upstream, ''))];
  expect(Object.keys(theirs).filter((key) => theirs[key] && !ours[key])).toEqual([]);
});

/** How long stack traces are while an integration is bound. */
function limitsWhileBound(): number[] {
  const limits: number[] = [];
  const integration = new (class extends integrations.HttpUrlIntegration {
    public override bind(options: HttpRouteIntegrationBindOptions): HttpRouteIntegrationConfig {
      limits.push(Error.stackTraceLimit);
      return super.bind(options);
    }
  })('Url', 'https://example.com');
  new HttpApi(newStack(), 'Api').addRoutes({ path: '/a', integration });
  return limits;
}

test.each([undefined, '', '0', 'false'])('without debugging (%s), stack traces are as long as elsewhere', (debug) => {
  if (debug !== undefined) { process.env.CDK_DEBUG = debug; }
  expect(limitsWhileBound()).toEqual([LIMIT]);
});

test.each(['1', 'on', 'true', 'TRUE'])('with debugging (%s), stack traces have room for more frames', (debug) => {
  process.env.CDK_DEBUG = debug;
  expect(limitsWhileBound()).toEqual([LIMIT + 30]);
});

test('the resources that aws-cdk-lib has no class for show the line of the user, too', () => {
  process.env.CDK_DEBUG = 'true';
  const stack = newStack();
  const role = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('apigateway.amazonaws.com') });
  const api = new WebSocketApi(stack, 'Api');
  const integrationResponses = [{ integrationResponseKey: integrations.WebSocketIntegrationResponseKey.DEFAULT }];
  api.addRoute('a', { integration: new integrations.WebSocketMockIntegration('Mock', { integrationResponses }) });
  api.addRoute('b', { integration: new integrations.WebSocketSqsIntegration('Sqs', new sqs.Queue(stack, 'Queue')) });
  api.addRoute('c', {
    integration: new integrations.WebSocketLambdaIntegration('Lambda', newFunction(stack), { role }),
  });
  const shown = traces([...api.node.findAll(), ...role.node.findAll()]);
  expect(Object.keys(shown)).toEqual(
    expect.arrayContaining([expect.stringContaining('Response $default'), expect.stringContaining('Policy')]),
  );
  expect(Object.keys(shown).filter((key) => !shown[key])).toEqual([]);
});

test('nothing is recorded as assigned that the user did not give', () => {
  const assigned = apisWith(OURS).flatMap(({ node }) =>
    node.metadata.filter(({ type }) => type === 'aws:cdk:propertyAssignment'),
  );
  expect(assigned).toEqual([]);
});
