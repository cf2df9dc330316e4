import * as fc from 'fast-check';
import {
  HttpMethod, PayloadFormatVersion, type HttpRouteIntegrationBindOptions, type WebSocketRouteIntegrationBindOptions,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { APPS, type BuildApp } from './apps';
import { OURS, UPSTREAM, type Integrations } from './modules';
import { buildRandomApp, randomApp, type RandomApp } from './random-app';
import { templatesOf, withoutValidation } from './synthesize';

withoutValidation();

/**
 * Implementations that are wrong in one thing each.
 *
 * They show that the comparison of templates can fail: each one has to be found.
 */
const BROKEN: Record<string, Partial<Integrations>> = {
  'ignores the timeout of a Lambda integration': {
    HttpLambdaIntegration: class extends OURS.integrations.HttpLambdaIntegration {
      public override bind(options: HttpRouteIntegrationBindOptions) {
        return { ...super.bind(options), timeout: undefined };
      }
    },
  },
  'ignores the payload format version': {
    HttpLambdaIntegration: class extends OURS.integrations.HttpLambdaIntegration {
      public override bind(options: HttpRouteIntegrationBindOptions) {
        return { ...super.bind(options), payloadFormatVersion: PayloadFormatVersion.VERSION_2_0 };
      }
    },
  },
  'adds no permission to the function': {
    HttpLambdaIntegration: class extends OURS.integrations.HttpLambdaIntegration {
      protected override completeBind() {}
    },
  },
  'adds the permission to the API instead of the route': {
    HttpLambdaIntegration: class extends OURS.integrations.HttpLambdaIntegration {
      protected override completeBind(options: HttpRouteIntegrationBindOptions) {
        super.completeBind({
          ...options,
          route: new Proxy(options.route, { get: (route, key) => key === 'path' ? '/' : Reflect.get(route, key) }),
        });
      }
    },
  },
  'gives the integration another logical id': {
    HttpUrlIntegration: class extends OURS.integrations.HttpUrlIntegration {
      constructor(...[id, url, props]: ConstructorParameters<Integrations['HttpUrlIntegration']>) {
        super(`${id}Http`, url, props);
      }
    },
  },
  'calls every URL with the method of the request': {
    HttpUrlIntegration: class extends OURS.integrations.HttpUrlIntegration {
      public override bind(options: HttpRouteIntegrationBindOptions) {
        return { ...super.bind(options), method: HttpMethod.ANY };
      }
    },
  },
  'loses the parameter mapping': {
    HttpUrlIntegration: class extends OURS.integrations.HttpUrlIntegration {
      public override bind(options: HttpRouteIntegrationBindOptions) {
        return { ...super.bind(options), parameterMapping: undefined };
      }
    },
  },
  'calls a load balancer without TLS': {
    HttpAlbIntegration: class extends OURS.integrations.HttpAlbIntegration {
      public override bind(options: HttpRouteIntegrationBindOptions) {
        return { ...super.bind(options), secureServerName: undefined };
      }
    },
  },
  'answers WebSocket messages without the templates': {
    WebSocketMockIntegration: class extends OURS.integrations.WebSocketMockIntegration {
      constructor(id: string) { super(id); }
    },
  },
  'ignores how a WebSocket payload is to be converted': {
    WebSocketLambdaIntegration: class extends OURS.integrations.WebSocketLambdaIntegration {
      public override bind(options: WebSocketRouteIntegrationBindOptions) {
        return { ...super.bind(options), contentHandling: undefined };
      }
    },
  },
};

/** What the oracle makes of an app. */
interface Expected {
  readonly templates: string;
  /** The names of the classes that the app takes. */
  readonly classes: ReadonlySet<string>;
}

/** By what describes the app: each wrong implementation is compared with the same ones. */
const expectations = new Map<string, Expected>();

function expectationOf(description: string, build: BuildApp): Expected {
  let expected = expectations.get(description);
  if (expected === undefined) {
    const classes = new Set<string>();
    const integrations = new Proxy(UPSTREAM.integrations, {
      get: (target, name) => { classes.add(String(name)); return Reflect.get(target, name); },
    });
    expected = { templates: JSON.stringify(templatesOf(build({ ...UPSTREAM, integrations }))), classes };
    expectations.set(description, expected);
  }
  return expected;
}

/** Whether the comparison sees a difference to the oracle. */
function differs(description: string, build: BuildApp, integrations: Partial<Integrations>): boolean {
  const ours = templatesOf(build({ ...OURS, integrations: { ...OURS.integrations, ...integrations } }));
  return JSON.stringify(ours) !== expectationOf(description, build).templates;
}

/** Whether an app finds a wrong implementation. One that takes none of its classes cannot, and is not built for it. */
function finds(description: string, build: BuildApp, broken: Partial<Integrations>): boolean {
  const { classes } = expectationOf(description, build);
  return Object.keys(broken).some((name) => classes.has(name)) && differs(description, build, broken);
}

function findsInRandomApp(app: RandomApp, broken: Partial<Integrations>): boolean {
  return finds(JSON.stringify(app), buildRandomApp(app), broken);
}

describe.each(Object.keys(BROKEN))('an implementation that %s', (name) => {
  test('is found by the written apps', () => {
    expect(Object.keys(APPS).some((app) => finds(app, APPS[app], BROKEN[name]))).toBe(true);
  });

  test('is found by the random apps', () => {
    const result = fc.check(fc.property(randomApp, (app) => !findsInRandomApp(app, BROKEN[name])),
      { numRuns: 100, seed: 1, endOnFailure: true });
    expect(result).toMatchObject({
      failed: true,
      errorInstance: expect.objectContaining({ message: 'Property failed by returning false' }),
    });
  });
});

test('the implementation itself passes the comparison that finds them', () => {
  expect(Object.keys(APPS).slice(0, 5).some((app) => differs(app, APPS[app], {}))).toBe(false);
});
