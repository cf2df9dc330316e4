import * as fc from 'fast-check';
import { HttpMethod, PayloadFormatVersion, type HttpRouteIntegrationBindOptions, type WebSocketRouteIntegrationBindOptions } from 'aws-cdk-lib/aws-apigatewayv2';
import { APPS, type BuildApp } from './apps';
import { OURS, UPSTREAM, type Integrations } from './modules';
import { buildRandomApp, randomApp } from './random-app';
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
      public override bind(options: HttpRouteIntegrationBindOptions) { return { ...super.bind(options), timeout: undefined }; }
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
        super.completeBind({ ...options, route: new Proxy(options.route, { get: (route, key) => key === 'path' ? '/' : Reflect.get(route, key) }) });
      }
    },
  },
  'gives the integration another logical id': {
    HttpUrlIntegration: class extends OURS.integrations.HttpUrlIntegration {
      constructor(...[id, url, props]: ConstructorParameters<Integrations['HttpUrlIntegration']>) { super(`${id}Http`, url, props); }
    },
  },
  'calls every URL with the method of the request': {
    HttpUrlIntegration: class extends OURS.integrations.HttpUrlIntegration {
      public override bind(options: HttpRouteIntegrationBindOptions) { return { ...super.bind(options), method: HttpMethod.ANY }; }
    },
  },
  'loses the parameter mapping': {
    HttpUrlIntegration: class extends OURS.integrations.HttpUrlIntegration {
      public override bind(options: HttpRouteIntegrationBindOptions) { return { ...super.bind(options), parameterMapping: undefined }; }
    },
  },
  'calls a load balancer without TLS': {
    HttpAlbIntegration: class extends OURS.integrations.HttpAlbIntegration {
      public override bind(options: HttpRouteIntegrationBindOptions) { return { ...super.bind(options), secureServerName: undefined }; }
    },
  },
  'answers WebSocket messages without the templates': {
    WebSocketMockIntegration: class extends OURS.integrations.WebSocketMockIntegration {
      constructor(id: string) { super(id); }
    },
  },
  'ignores how a WebSocket payload is to be converted': {
    WebSocketLambdaIntegration: class extends OURS.integrations.WebSocketLambdaIntegration {
      public override bind(options: WebSocketRouteIntegrationBindOptions) { return { ...super.bind(options), contentHandling: undefined }; }
    },
  },
};

/** Whether the comparison sees a difference to the oracle. */
function differs(build: BuildApp, broken: Partial<Integrations>): boolean {
  const ours = templatesOf(build({ ...OURS, integrations: { ...OURS.integrations, ...broken } }));
  return JSON.stringify(ours) !== JSON.stringify(templatesOf(build(UPSTREAM)));
}

describe.each(Object.keys(BROKEN))('an implementation that %s', (name) => {
  test('is found by the written apps', () => {
    expect(Object.values(APPS).some((build) => differs(build, BROKEN[name]))).toBe(true);
  });

  test('is found by the random apps', () => {
    const result = fc.check(fc.property(randomApp, (description) => !differs(buildRandomApp(description), BROKEN[name])),
      { numRuns: 100, seed: 1, endOnFailure: true });
    expect(result).toMatchObject({ failed: true, errorInstance: expect.objectContaining({ message: 'Property failed by returning false' }) });
  });
});

test('the implementation itself passes the comparison that finds them', () => {
  expect(Object.values(APPS).slice(0, 5).some((build) => differs(build, {}))).toBe(false);
});
