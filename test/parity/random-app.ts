import * as fc from 'fast-check';
import {
  albListenerIn, fullMapping, functionIn, nlbListenerIn, serviceIn, stateMachineIn, type BuildApp,
} from './apps';
import type { Modules } from './modules';

/** What an integration of a random app points at. */
type Target =
  | {
    readonly kind: 'lambda';
    readonly handler: number;
    readonly qualifier: 'none' | 'alias' | 'version';
    readonly wide?: boolean;
    readonly payload?: '1.0' | '2.0';
  }
  | { readonly kind: 'url'; readonly url: string }
  | { readonly kind: 'alb' | 'nlb'; readonly givenLink: boolean; readonly secureServerName?: string }
  | { readonly kind: 'cloud-map'; readonly secureServerName?: string }
  | { readonly kind: 'sqs'; readonly subtype: 'SEND_MESSAGE' | 'RECEIVE_MESSAGE' | 'DELETE_MESSAGE' | 'PURGE_QUEUE' }
  // B10: upstream's defaults of StopExecution do not work.
  | { readonly kind: 'state-machine'; readonly subtype: 'START_EXECUTION' | 'START_SYNC_EXECUTION' }
  | { readonly kind: 'event-bus' };

interface RandomHttpIntegration {
  readonly target: Target;
  readonly method?: number;
  readonly timeout?: number;
  readonly mapped: boolean;
}

type RandomWebSocketIntegration =
  | { readonly kind: 'lambda'; readonly handler: number; readonly timeout?: number; readonly binary: boolean }
  | { readonly kind: 'mock'; readonly templates: boolean }
  | { readonly kind: 'aws'; readonly role: boolean; readonly templates: boolean; readonly timeout?: number };

interface RandomRoute {
  readonly path: string;
  readonly methods: readonly number[];
  readonly integration: number;
}

/** One random app, as data; it is built twice. */
export interface RandomApp {
  readonly environment: 'none' | 'us-east-1' | 'cn-north-1' | 'us-gov-west-1';
  readonly handlersIn: 'stack' | 'other stack' | 'other account';
  readonly handlers: number;
  readonly httpApis: readonly {
    readonly nested: boolean;
    readonly integrations: readonly RandomHttpIntegration[];
    readonly routes: readonly RandomRoute[];
    readonly defaultIntegration?: number;
  }[];
  readonly webSocketApis: readonly {
    readonly nested: boolean;
    readonly integrations: readonly RandomWebSocketIntegration[];
    readonly routes: readonly {
      readonly key: string;
      readonly returnResponse: boolean;
      readonly integration: number;
    }[];
  }[];
}

/** How many apps are tried, and the seed that repeats a failure. */
export const RUNS = Number(process.env.RUNS ?? (process.env.CI ? 100 : 40));
export const SEED = process.env.SEED === undefined ? undefined : Number(process.env.SEED);

const HANDLERS = 3;
const INTEGRATIONS = 4;
const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const index = fc.nat({ max: INTEGRATIONS - 1 });
const secureServerName = optional(fc.constantFrom('books.example.com', '*.internal'));
// API Gateway's ranges that both libraries let through.
const timeout = optional(fc.integer({ min: 50, max: 29_000 }));

const target: fc.Arbitrary<Target> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('lambda' as const),
      handler: fc.nat({ max: HANDLERS - 1 }),
      qualifier: fc.constantFrom('none' as const, 'none' as const, 'alias' as const, 'version' as const),
      wide: optional(fc.boolean()),
      payload: optional(fc.constantFrom('1.0' as const, '2.0' as const)),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('url' as const), url: fc.constantFrom('https://example.com', 'http://example.com/{id}') }) },
  { weight: 1, arbitrary: fc.record({
    kind: fc.constantFrom('alb' as const, 'nlb' as const),
    givenLink: fc.boolean(),
    secureServerName,
  }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('cloud-map' as const), secureServerName }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('sqs' as const),
      subtype: fc.constantFrom(
        'SEND_MESSAGE' as const, 'RECEIVE_MESSAGE' as const, 'DELETE_MESSAGE' as const, 'PURGE_QUEUE' as const,
      ),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('state-machine' as const),
      subtype: fc.constantFrom('START_EXECUTION' as const, 'START_SYNC_EXECUTION' as const),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('event-bus' as const) }) },
);

const httpIntegration: fc.Arbitrary<RandomHttpIntegration> = fc.record({
  target, method: optional(fc.nat({ max: 7 })), timeout, mapped: fc.boolean(),
});

const segment = fc.constantFrom('books', 'authors', '{id}', '{name}', 'a-b', 'v1.0');
const path = fc.tuple(fc.uniqueArray(segment, { minLength: 1, maxLength: 3 }), fc.boolean())
  .map(([segments, greedy]) => `/${[...segments, ...greedy ? ['{proxy+}'] : []].join('/')}`);

const webSocketIntegration: fc.Arbitrary<RandomWebSocketIntegration> = fc.oneof(
  { weight: 3, arbitrary: fc.record({
    kind: fc.constant('lambda' as const),
    handler: fc.nat({ max: HANDLERS - 1 }),
    timeout,
    binary: fc.boolean(),
  }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('mock' as const), templates: fc.boolean() }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('aws' as const), role: fc.boolean(), templates: fc.boolean(), timeout }),
  },
);

type RandomHttpApi = RandomApp['httpApis'][number];

/** B1: upstream's permission for the API does not match a default route. */
function withoutKnownDifferences(api: fc.Arbitrary<RandomHttpApi>): fc.Arbitrary<RandomHttpApi> {
  return api.map((it) => ({
    ...it,
    integrations: it.integrations.map((integration, i) => i === it.defaultIntegration
      && integration.target.kind === 'lambda'
      ? { ...integration, target: { ...integration.target, wide: undefined } } : integration),
  }));
}

export const randomApp: fc.Arbitrary<RandomApp> = fc.record({
  environment: fc.constantFrom('none', 'us-east-1', 'cn-north-1', 'us-gov-west-1'),
  handlersIn: fc.constantFrom('stack', 'stack', 'other stack', 'other account'),
  handlers: fc.constant(HANDLERS),
  httpApis: fc.array(withoutKnownDifferences(fc.record({
    nested: fc.boolean(),
    integrations: fc.array(httpIntegration, { minLength: INTEGRATIONS, maxLength: INTEGRATIONS }),
    routes: fc.uniqueArray(fc.record({
      path,
      methods: fc.uniqueArray(fc.nat({ max: 6 }), { maxLength: 3 }),
      integration: index,
    }), {
      selector: (route) => route.path, maxLength: 6,
    }),
    defaultIntegration: optional(index),
  })), { maxLength: 3 }),
  webSocketApis: fc.array(fc.record({
    nested: fc.boolean(),
    integrations: fc.array(webSocketIntegration, { minLength: INTEGRATIONS, maxLength: INTEGRATIONS }),
    routes: fc.uniqueArray(fc.record({
      key: fc.constantFrom('$connect', '$disconnect', '$default', 'send', 'receive', 'x.y'),
      returnResponse: fc.boolean(),
      integration: index,
    }), { selector: (route) => route.key, maxLength: 6 }),
  }), { maxLength: 2 }),
});

/** The app that a description describes. */
export function buildRandomApp(description: RandomApp): BuildApp {
  return (m) => {
    const app = new m.cdk.App({ treeMetadata: false });
    const env = description.environment === 'none' ? undefined : {
      account: '111111111111',
      region: description.environment,
    };
    const stack = new m.cdk.Stack(app, 'Stack', { env });
    const shared = description.handlersIn === 'other stack' ? new m.cdk.Stack(app, 'Shared', { env }) : stack;
    const functions = Array.from({ length: description.handlers }, (_, i) => description.handlersIn === 'other account'
      ? m.lambda.Function.fromFunctionArn(shared, `Handler${i}`,
        // B22: in the region of the stack, which upstream takes for the region of the function.
          `arn:aws:lambda:${stack.region}:222222222222:function:f${i}`)
      : functionIn(m, shared, `Handler${i}`));

    const handler = (i: number, qualifier: 'none' | 'alias' | 'version') => {
      const fn = functions[i];
      if (qualifier === 'none' || !(fn instanceof m.lambda.Function)) { return fn; }
      const version = fn.currentVersion;
      return qualifier === 'version' ? version
        : fn.node.tryFindChild('Alias') as InstanceType<Modules['lambda']['Alias']> ?? new m.lambda.Alias(fn, 'Alias', {
          aliasName: 'live',
          version,
        });
    };

    description.httpApis.forEach((api, i) => {
      const scope = api.nested ? new m.cdk.NestedStack(stack, `NestedHttp${i}`) : stack;
      const integrations = api.integrations.map((integration, j) =>
        httpIntegrationOf(m, scope, `Integration${i}x${j}`, integration, handler));
      const httpApi = new m.apigwv2.HttpApi(scope, `HttpApi${i}`, {
        defaultIntegration: api.defaultIntegration === undefined ? undefined : integrations[api.defaultIntegration](),
      });
      for (const route of api.routes) {
        httpApi.addRoutes({
          path: route.path,
          methods: route.methods.length === 0 ? undefined : route.methods.map((method) => concreteMethods(m)[method]),
          integration: integrations[route.integration](),
        });
      }
    });

    description.webSocketApis.forEach((api, i) => {
      const scope = api.nested ? new m.cdk.NestedStack(stack, `NestedWebSocket${i}`) : stack;
      const integrations = api.integrations.map((integration, j) =>
        webSocketIntegrationOf(m, scope, `Integration${i}x${j}`, integration, (h) => handler(h, 'none')));
      const webSocketApi = new m.apigwv2.WebSocketApi(scope, `WebSocketApi${i}`);
      for (const { key, returnResponse, integration } of api.routes) {
        webSocketApi.addRoute(key, { returnResponse, integration: integrations[integration]() });
      }
    });
    return app;
  };
}

function concreteMethods(m: Modules) {
  return Object.values(m.apigwv2.HttpMethod).filter((method) => method !== m.apigwv2.HttpMethod.ANY);
}

/** Made when the first route asks for it, and shared by the others. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

type Stack = InstanceType<Modules['cdk']['Stack']>;
type Imported = ReturnType<Modules['lambda']['Function']['fromFunctionArn']>;
type Handler = (i: number, qualifier: 'none' | 'alias' | 'version') => ReturnType<typeof functionIn> | Imported;

function httpIntegrationOf(
  m: Modules, scope: Stack, id: string, { target: to, ...integration }: RandomHttpIntegration, handler: Handler,
) {
  const props = {
    timeout: integration.timeout === undefined ? undefined : m.cdk.Duration.millis(integration.timeout),
    parameterMapping: integration.mapped ? fullMapping(m) : undefined,
  };
  const method = integration.method === undefined ? undefined : Object.values(m.apigwv2.HttpMethod)[integration.method];
  const link = () => new m.apigwv2.VpcLink(scope, `${id}Link`, { vpc: new m.ec2.Vpc(scope, `${id}LinkVpc`) });
  return once(() => {
    switch (to.kind) {
      case 'lambda':
        return new m.integrations.HttpLambdaIntegration(id, handler(to.handler, to.qualifier), {
          ...props,
          scopePermissionToRoute: to.wide === undefined ? undefined : !to.wide,
          payloadFormatVersion: to.payload && m.apigwv2.PayloadFormatVersion.custom(to.payload),
        });
      case 'url':
        return new m.integrations.HttpUrlIntegration(id, to.url, { ...props, method });
      case 'alb':
        return new m.integrations.HttpAlbIntegration(id, albListenerIn(m, scope, `${id}Alb`), {
          ...props, method, secureServerName: to.secureServerName, vpcLink: to.givenLink ? link() : undefined,
        });
      case 'nlb':
        return new m.integrations.HttpNlbIntegration(id, nlbListenerIn(m, scope, `${id}Nlb`), {
          ...props, method, secureServerName: to.secureServerName, vpcLink: to.givenLink ? link() : undefined,
        });
      case 'cloud-map': {
        // B6: upstream ignores the timeout here.
        const { service } = serviceIn(m, scope, id);
        return new m.integrations.HttpServiceDiscoveryIntegration(id, service, {
          parameterMapping: props.parameterMapping, method, secureServerName: to.secureServerName, vpcLink: link(),
        });
      }
      // B19: upstream's classes of services take no timeout.
      case 'sqs':
        return new m.integrations.HttpSqsIntegration(id, {
          queue: new m.sqs.Queue(scope, `${id}Queue`), subtype: m.apigwv2.HttpIntegrationSubtype[`SQS_${to.subtype}`],
        });
      case 'state-machine':
        return new m.integrations.HttpStepFunctionsIntegration(id, {
          stateMachine: stateMachineIn(m, scope, to.subtype === 'START_SYNC_EXECUTION', id),
          subtype: m.apigwv2.HttpIntegrationSubtype[`STEPFUNCTIONS_${to.subtype}`],
        });
      case 'event-bus':
        return new m.integrations.HttpEventBridgeIntegration(id, {
          eventBusRef: new m.events.EventBus(scope, `${id}Bus`).eventBusRef,
        });
    }
  });
}

function webSocketIntegrationOf(
  m: Modules, scope: Stack, id: string, integration: RandomWebSocketIntegration, handler: (i: number) => Imported,
) {
  const requestTemplates = { 'application/json': '{"statusCode":200}' };
  return once(() => {
    const timeoutOf = (millis: number | undefined) => millis === undefined ? undefined : m.cdk.Duration.millis(millis);
    switch (integration.kind) {
      case 'lambda':
        return new m.integrations.WebSocketLambdaIntegration(id, handler(integration.handler), {
          timeout: timeoutOf(integration.timeout),
          contentHandling: integration.binary ? m.apigwv2.ContentHandling.CONVERT_TO_BINARY : undefined,
        });
      case 'mock':
        return new m.integrations.WebSocketMockIntegration(id, integration.templates
          ? { requestTemplates, templateSelectionExpression: '\\$default' } : {});
      case 'aws':
        return new m.integrations.WebSocketAwsIntegration(id, {
          integrationUri: `arn:aws:apigateway:${scope.region}:dynamodb:action/PutItem`,
          integrationMethod: 'POST',
          credentialsRole: integration.role
            ? new m.iam.Role(scope, `${id}Role`, { assumedBy: new m.iam.ServicePrincipal('apigateway.amazonaws.com') })
            : undefined,
          requestTemplates: integration.templates ? requestTemplates : undefined,
          passthroughBehavior: integration.templates ? m.apigwv2.PassthroughBehavior.NEVER : undefined,
          timeout: timeoutOf(integration.timeout),
        });
    }
  });
}
