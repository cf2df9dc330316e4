import * as cdk from 'aws-cdk-lib';
import { Annotations, App, Aspects, Duration, Stack } from 'aws-cdk-lib';
import * as apigwv2 from 'aws-cdk-lib/aws-apigatewayv2';
import * as upstream from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import * as iam from 'aws-cdk-lib/aws-iam';
import {
  ApiGatewayV2Checks,
  HttpLambdaIntegration,
  HttpUrlIntegration,
  LambdaPermissionScope,
  WebSocketMockIntegration,
  type HttpUrlIntegrationProps,
} from 'cdk-apigatewayv2-integrations';
import { Construct, type IConstruct } from 'constructs';
import { RULES } from '../../lib/private/rules';
import { withoutValidation } from '../parity/synthesize';
import { findingsOf, HERE, mapped, URL, url } from '../private/rules/builders';
import { errorOf, newFunction, propertiesOf } from '../util';

withoutValidation();

const INTEGRATION = 'AWS::ApiGatewayV2::Integration';
const REASON = 'The team knows.';
const { acknowledge } = ApiGatewayV2Checks;

/** An error and a warning of a class, when a route is added. */
const BAD_URL: [string, HttpUrlIntegrationProps] = ['example.com', {}];
const UNKNOWN_KEY: [string, HttpUrlIntegrationProps] = [
  'https://example.com',
  { parameterMapping: new apigwv2.ParameterMapping().custom('myKey', 'x') },
];
const WARNING = 'mapping-key-unknown';

/**
 * An API with one route in a stack of its own app, which some places of the app can be acknowledged on before the route
 * is added.
 */
function appWith(
  [target, props]: [string, HttpUrlIntegrationProps],
  before: (places: Record<string, IConstruct>) => void = () => undefined,
): Record<string, IConstruct> & { readonly stack: Stack } {
  const app = new App();
  const stack = new Stack(app, 'Stack', { env: HERE });
  const api = new apigwv2.HttpApi(stack, 'Api');
  const scope = new Construct(stack, 'Scope');
  before({ app, stack, api, scope });
  const [route] = api.addRoutes({
    path: '/a',
    integration: new HttpUrlIntegration('Url', target, { ...props, scope }),
  });
  return { app, stack, api, scope, route, integration: scope.node.findChild('Url') };
}

const rulesOn = (stack: Stack) => findingsOf(stack).map(({ rule }) => rule);
const ABOVE = ['app', 'stack', 'scope'];

describe('an error of a class', () => {
  test.each(ABOVE)('that is accepted on the %s is not thrown, and the resource is made', (place) => {
    const { stack } = appWith(BAD_URL, (places) => {
      acknowledge(places[place], 'http-url', REASON);
    });
    expect(propertiesOf(stack, INTEGRATION)).toEqual([expect.objectContaining({ IntegrationUri: 'example.com' })]);
    expect(rulesOn(stack)).toEqual([]);
  });

  test('that is accepted on the API, where the integration lives below its route', () => {
    const stack = new Stack(new App(), 'Stack', { env: HERE });
    const api = new apigwv2.HttpApi(stack, 'Api');
    acknowledge(api, 'http-url', REASON);
    api.addRoutes({ path: '/a', integration: new HttpUrlIntegration('Url', 'example.com') });
    expect(propertiesOf(stack, INTEGRATION)).toHaveLength(1);
  });

  test('that is accepted elsewhere, or another one, is thrown', () => {
    const elsewhere = () =>
      appWith(BAD_URL, ({ scope }) => {
        acknowledge(new Construct(scope, 'Other'), 'http-url', REASON);
      });
    expect(errorOf(elsewhere)).toContain('[rule http-url]');
    expect(
      errorOf(() =>
        appWith(BAD_URL, ({ app }) => {
          acknowledge(app, 'http-timeout-range', REASON);
        }),
      ),
    ).toContain('[rule http-url]');
  });

  test('is thrown without the one beside it that is accepted', () => {
    const both: [string, HttpUrlIntegrationProps] = ['example.com', { timeout: Duration.millis(1) }];
    const message = errorOf(() =>
      appWith(both, ({ stack }) => {
        acknowledge(stack, 'http-url', REASON);
      }),
    );
    expect(message).toMatch(/^Integration timeout.*\[rule http-timeout-range\]$/);
  });

  test('in options is accepted, too', () => {
    const stack = new Stack(new App(), 'Stack', { env: HERE });
    const role = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('apigateway.amazonaws.com') });
    const options = { role, permissionScope: LambdaPermissionScope.API };
    acknowledge(stack, 'lambda-access-options', REASON);
    new apigwv2.HttpApi(stack, 'Api', {
      defaultIntegration: new HttpLambdaIntegration('Fn', newFunction(stack), options),
    });
    expect(propertiesOf(stack, INTEGRATION)).toHaveLength(1);
    expect(rulesOn(stack)).toEqual([]);
  });

  test('that is known at synthesis only is accepted, too', () => {
    const stack = new Stack(new App(), 'Stack', { env: HERE });
    acknowledge(stack, 'websocket-route-key', REASON);
    new apigwv2.WebSocketApi(stack, 'Api').addRoute('$open', { integration: new WebSocketMockIntegration('Mock') });
    expect(rulesOn(stack)).toEqual([]);
  });

  test('that is accepted is not said by the checks either', () => {
    const { stack, app } = appWith(BAD_URL, (places) => {
      acknowledge(places.scope, 'http-url', REASON);
    });
    Aspects.of(app).add(new ApiGatewayV2Checks());
    expect(rulesOn(stack)).toEqual([]);
  });
});

describe('a warning of a class', () => {
  test.each(ABOVE)('that was accepted on the %s before the route is not said', (place) => {
    const { stack } = appWith(UNKNOWN_KEY, (places) => {
      acknowledge(places[place], WARNING, REASON);
    });
    expect(rulesOn(stack)).toEqual([]);
  });

  test.each([...ABOVE, 'integration'])('that is accepted on the %s after the route is not said', (place) => {
    const made = appWith(UNKNOWN_KEY);
    expect(rulesOn(made.stack)).toEqual([WARNING]);
    const again = appWith(UNKNOWN_KEY);
    acknowledge(again[place], WARNING, REASON);
    expect(rulesOn(again.stack)).toEqual([]);
  });

  test.each(['API', 'route'])('of an integration below its route is accepted on the %s', (place) => {
    const stack = new Stack(new App(), 'Stack', { env: HERE });
    const api = new apigwv2.HttpApi(stack, 'Api');
    const [target, props] = UNKNOWN_KEY;
    const [route] = api.addRoutes({ path: '/a', integration: new HttpUrlIntegration('Url', target, props) });
    acknowledge(place === 'API' ? api : route, WARNING, REASON);
    expect(rulesOn(stack)).toEqual([]);
  });

  test('that is accepted on the route, where the integration lives elsewhere, is said', () => {
    const { route, stack } = appWith(UNKNOWN_KEY);
    acknowledge(route, WARNING, REASON);
    expect(rulesOn(stack)).toEqual([WARNING]);
  });

  test('of a route is accepted on that route, and said of the other', () => {
    const stack = new Stack(new App(), 'Stack', { env: HERE });
    const httpApi = new apigwv2.HttpApi(stack, 'Api');
    const integration = new HttpUrlIntegration('Url', 'https://example.com');
    const [one] = ['/one', '/two'].map(
      (path) => new apigwv2.HttpRoute(stack, path, { httpApi, integration, routeKey: apigwv2.HttpRouteKey.with(path) }),
    );
    acknowledge(one, 'route-key-method', REASON);
    Aspects.of(stack).add(new ApiGatewayV2Checks());
    const said = findingsOf(stack).filter(({ rule }) => rule === 'route-key-method');
    expect(said.map(({ message }) => message)).toEqual([expect.stringContaining('\'undefined /two\'')]);
  });
});

describe('of the checks', () => {
  /** L1 constructs with an error and a warning of an integration. */
  const wrong = mapped({ 'append:header.Via': 'x', 'myKey': 'x' });
  const ERROR = 'mapping-reserved-header';
  const build = (place?: (stack: Stack) => IConstruct, rule = ERROR) => {
    const app = new App();
    const stack = new Stack(app, 'Stack', { env: HERE });
    wrong(stack);
    if (place) {
      acknowledge(place(stack), rule, REASON);
    }
    Aspects.of(app).add(new ApiGatewayV2Checks());
    return rulesOn(stack);
  };
  const PLACES: [string, (stack: Stack) => IConstruct][] = [
    ['app', (stack) => stack.node.root],
    ['stack', (stack) => stack],
    ['integration', (stack) => stack.node.findChild('Integration')],
  ];

  test('an error and a warning are said', () => {
    expect(build()).toEqual([ERROR, WARNING]);
  });

  test.each(PLACES)('an error that is accepted on the %s is not said', (_, place) => {
    expect(build(place)).toEqual([WARNING]);
  });

  test.each(PLACES)('a warning that is accepted on the %s is not said', (_, place) => {
    expect(build(place, WARNING)).toEqual([ERROR]);
  });

  test.each(['API', 'route', 'integration', 'other route'])(
    'an error of a class of aws-cdk-lib that is accepted on the %s', (place) => {
      const stack = new Stack(new App(), 'Stack', { env: HERE });
      const api = new apigwv2.HttpApi(stack, 'Api');
      const [route] = api.addRoutes({ path: '/a', integration: new upstream.HttpUrlIntegration('Url', 'example.com') });
      const right = new upstream.HttpUrlIntegration('Url', 'https://example.com');
      const [other] = api.addRoutes({ path: '/b', integration: right });
      const integration = route.node.findChild('Url');
      const places: Record<string, IConstruct> = { 'API': api, route, integration, 'other route': other };
      acknowledge(places[place], 'http-url', REASON);
      Aspects.of(stack).add(new ApiGatewayV2Checks());
      expect(rulesOn(stack)).toEqual(place === 'other route' ? ['http-url'] : []);
    });

  test('what is accepted on the route counts for the route only', () => {
    expect(build((stack) => stack.node.findChild('Route'))).toEqual([ERROR, WARNING]);
  });

  test('what is accepted in one stack is said of the other', () => {
    const app = new App();
    const [one, two] = ['One', 'Two'].map((id) => {
      const stack = new Stack(app, id, { env: HERE });
      wrong(stack);
      return stack;
    });
    acknowledge(one, ERROR, REASON);
    acknowledge(one, WARNING, REASON);
    Aspects.of(app).add(new ApiGatewayV2Checks());
    app.synth();
    expect([rulesOn(one), rulesOn(two)]).toEqual([[], [ERROR, WARNING]]);
  });

  test('an error that is a warning by choice is accepted by its name', () => {
    const stack = new Stack(new App(), 'Stack', { env: HERE });
    wrong(stack);
    acknowledge(stack, ERROR, REASON);
    Aspects.of(stack).add(new ApiGatewayV2Checks({ errorsAsWarnings: true }));
    expect(rulesOn(stack)).toEqual([WARNING]);
  });
});

/** What newer releases of AWS CDK have beside `Annotations`. */
interface Validations {
  of(scope: IConstruct): { acknowledge(rule: { readonly id: string; readonly reason: string }): void };
}
const { Validations: validations } = cdk as unknown as { readonly Validations?: Validations };

/** The ways in which AWS CDK lets somebody accept a rule on a construct. */
const WAYS: [string, (scope: IConstruct, rule: string) => void][] = [
  [
    'Annotations',
    (scope, rule) => {
      Annotations.of(scope).acknowledgeWarning(`cdk-apigatewayv2-integrations:${rule}`, REASON);
    },
  ],
];
if (validations) {
  const accept = (scope: IConstruct, id: string) => {
    validations.of(scope).acknowledge({ id, reason: REASON });
  };
  WAYS.push(
    [
      'Validations, with the id that the CDK CLI prints',
      (scope, rule) => {
        accept(scope, `Annotation::cdk-apigatewayv2-integrations:${rule}`);
      },
    ],
    [
      'Validations, with the id of the annotation',
      (scope, rule) => {
        accept(scope, `cdk-apigatewayv2-integrations:${rule}`);
      },
    ],
  );
}

test('the newest release of AWS CDK is tried in all its ways', () => {
  expect(WAYS).toHaveLength(process.env.CDK === 'latest' ? 3 : 1);
});

describe.each(WAYS)('the way of AWS CDK counts for warnings (%s)', (_, accept) => {
  test('of a class, given before or after', () => {
    const before = appWith(UNKNOWN_KEY, ({ stack }) => {
      accept(stack, WARNING);
    });
    const after = appWith(UNKNOWN_KEY);
    accept(after.stack, WARNING);
    expect([before, after].map(({ stack }) => rulesOn(stack))).toEqual([[], []]);
  });

  test('of the checks', () => {
    const stack = new Stack(new App(), 'Stack', { env: HERE });
    mapped({ myKey: 'x' })(stack);
    accept(stack, WARNING);
    Aspects.of(stack).add(new ApiGatewayV2Checks());
    expect(rulesOn(stack)).toEqual([]);
  });

  test('of another rule not', () => {
    const { stack } = appWith(UNKNOWN_KEY, (places) => {
      accept(places.stack, 'mapping-key');
    });
    expect(rulesOn(stack)).toEqual([WARNING]);
  });

  test('and not for errors', () => {
    expect(
      errorOf(() =>
        appWith(BAD_URL, ({ stack }) => {
          accept(stack, 'http-url');
        }),
      ),
    ).toContain('[rule http-url]');
  });
});

describe('what cannot be accepted', () => {
  const stack = () => new Stack(new App(), 'Stack');
  const required = RULES.filter((rule) => 'required' in rule && rule.required).map((rule) => [rule.id, rule.fix]);

  test.each(required)('%s, without which there is nothing to build', (rule, fix) => {
    expect(
      errorOf(() => {
        acknowledge(stack(), rule, REASON);
      }),
    ).toBe(`The rule '${rule}' cannot be acknowledged, since there is nothing to build without it. ${fix}`);
  });

  test.each(RULES.filter((rule) => !('required' in rule && rule.required)).map(({ id }) => id))(
    'all others can: %s',
    (rule) => {
      expect(() => {
        acknowledge(stack(), rule, REASON);
      }).not.toThrow();
    },
  );

  test.each([
    ['http-ulr', 'http-url'],
    ['HTTP-URL', 'http-url'],
    ['lambda-time-out', 'lambda-timeout'],
    ['cdk-apigatewayv2-integrations:lambda-timeout', 'lambda-timeout'],
    ['Annotation::cdk-apigatewayv2-integrations:http-url', 'http-url'],
  ])('%s, which does not exist: did you mean %s', (rule, meant) => {
    expect(
      errorOf(() => {
        acknowledge(stack(), rule, REASON);
      }),
    ).toBe(
      `There is no rule '${rule}'. Did you mean '${meant}'? The id stands at the end of each message, as in [rule `
      + `${meant}].`,
    );
  });

  test.each(['', 'constructor', 'Annotation::error-annotation'])(
    '%p, which is near to no rule',
    (rule) => {
      expect(
        errorOf(() => {
          acknowledge(stack(), rule, REASON);
        }),
      ).toContain(`There is no rule '${rule}'. Expected one of https://`);
    },
  );

  test.each(['', '  \n'])('anything for the reason %p', (reason) => {
    expect(
      errorOf(() => {
        acknowledge(stack(), 'http-url', reason);
      }),
    ).toBe('The rule \'http-url\' was acknowledged without a reason, expected one. Say why it is accepted.');
  });
});

test.each([
  ['http-ulr', 'Did you mean \'http-url\'?'],
  ['constructor', 'Expected one of https://github.com/'],
])('leaving out the rule %s, which does not exist, is an error', (rule, meant) => {
  expect(errorOf(() => new ApiGatewayV2Checks({ exclude: ['http-url', rule] }))).toContain(
    `There is no rule '${rule}'. ${meant}`,
  );
});

test('leaving out a rule counts for the checks, and not for the classes', () => {
  const stack = new Stack(new App(), 'Stack', { env: HERE });
  url({ ...URL, IntegrationUri: 'example.com' })(stack);
  Aspects.of(stack).add(new ApiGatewayV2Checks({ exclude: ['http-url'] }));
  expect(rulesOn(stack)).toEqual([]);
  expect(errorOf(() => appWith(BAD_URL))).toContain('[rule http-url]');
});
