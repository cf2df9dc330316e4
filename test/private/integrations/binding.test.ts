import { Annotations, App, Aspects, CfnResource, PropertyInjectors, Stack } from 'aws-cdk-lib';
import {
  CfnIntegration,
  HttpApi,
  HttpIntegration,
  HttpMethod,
  HttpRouteIntegration,
  WebSocketApi,
  type HttpRouteIntegrationBindOptions,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { Construct, type IConstruct } from 'constructs';
import { HttpUrlIntegration, WebSocketMockIntegration } from 'cdk-apigatewayv2-integrations';
import { addWarnings, judgeAtSynth, throwErrors, unsaidOf } from '../../../lib/private/output/findings';
import type { Finding } from '../../../lib/private/rules/rule';
import { errorOf, newStack, propertiesOf, warningsOf } from '../../util';

const INTEGRATION = 'AWS::ApiGatewayV2::Integration';

describe('what is set on the resource', () => {
  test('a property injector is not overruled', () => {
    const app = new App();
    PropertyInjectors.of(app).add({
      constructUniqueId: HttpIntegration.PROPERTY_INJECTION_ID,
      inject: (props) => ({ ...props, method: HttpMethod.DELETE }) as typeof props,
    });
    const stack = new Stack(app, 'Stack');
    new HttpApi(stack, 'Api', {
      defaultIntegration: new HttpUrlIntegration('Url', 'https://example.com', { description: 'Ours' }),
    });
    expect(propertiesOf(stack, INTEGRATION)).toEqual([
      expect.objectContaining({ IntegrationMethod: 'DELETE', Description: 'Ours' }),
    ]);
  });

  test('an aspect and an escape hatch have the last word', () => {
    const stack = newStack();
    const api = new HttpApi(stack, 'Api', {
      defaultIntegration: new HttpUrlIntegration('Url', 'https://example.com', { description: 'Ours' }),
    });
    Aspects.of(stack).add({
      visit: (node: IConstruct) => {
        if (node instanceof CfnIntegration) {
          node.description = 'The aspect\'s';
        }
      },
    });
    const resource = api.node.findAll().find((node) => node instanceof CfnIntegration)!;
    resource.addPropertyOverride('TimeoutInMillis', 1234);
    expect(propertiesOf(stack, INTEGRATION)).toEqual([
      expect.objectContaining({ Description: 'The aspect\'s', TimeoutInMillis: 1234 }),
    ]);
  });

  test('nothing, where the user gave nothing', () => {
    const stack = newStack();
    new WebSocketApi(stack, 'Api').addRoute('ping', { integration: new WebSocketMockIntegration('Mock') });
    expect(Object.keys(propertiesOf(stack, INTEGRATION)[0])).toEqual(['ApiId', 'IntegrationType', 'IntegrationUri']);
  });
});

/** An integration of a user's that adds something to ours. */
class Wrapper extends HttpRouteIntegration {
  constructor(private readonly inner: HttpRouteIntegration) {
    super('Wrapper');
  }

  public bind(options: HttpRouteIntegrationBindOptions) {
    return { ...this.inner.bind(options), method: HttpMethod.PUT };
  }
}

describe('classes of the user\'s', () => {
  test('can wrap an integration and call bind', () => {
    const stack = newStack();
    new HttpApi(stack, 'Api', {
      defaultIntegration: new Wrapper(new HttpUrlIntegration('Url', 'https://example.com')),
    });
    expect(propertiesOf(stack, INTEGRATION)).toEqual([
      expect.objectContaining({ IntegrationMethod: 'PUT', IntegrationUri: 'https://example.com' }),
    ]);
  });

  test('fail for what the wrapped integration is wrong in', () => {
    const wrapper = new Wrapper(new HttpUrlIntegration('Url', 'nowhere'));
    expect(errorOf(() => new HttpApi(newStack(), 'Api', { defaultIntegration: wrapper }))).toMatch('[rule http-url]');
  });
});

describe('reports', () => {
  const warning = { id: 'some-rule', severity: 'warning', message: 'Something surprises. Mend it.' } as const;
  const error = { id: 'other-rule', severity: 'error', message: 'Something is refused. Mend it.' } as const;
  const TEXT = 'Something is refused. Mend it. (at Stack/Child) [rule other-rule]';

  test('all errors at once, with the construct path and the rule', () => {
    expect(errorOf(() => throwErrors([error, warning, error], 'Stack/Child'))).toBe(`${TEXT}\n${TEXT}`);
  });

  test('a warning with the construct path and the rule', () => {
    const stack = newStack();
    new CfnResource(stack, 'Some', { type: 'AWS::SNS::Topic' });
    addWarnings(new Construct(stack, 'Child'), [warning, error]);
    expect(warningsOf(stack)).toEqual([
      {
        rule: 'some-rule',
        message:
          'Something surprises. Mend it. (at Stack/Child) [rule some-rule] [ack: '
          + 'cdk-apigatewayv2-integrations:some-rule]',
      },
    ]);
  });

  test('a warning of a rule once on a construct', () => {
    const construct = new CfnResource(newStack(), 'Some', { type: 'AWS::SNS::Topic' });
    const changed = { ...warning, message: 'Something else surprises. Mend it.' };
    expect(unsaidOf([warning, changed, error], construct)).toEqual([warning, changed, error]);
    addWarnings(construct, [warning]);
    expect(unsaidOf([warning, changed, error], construct)).toEqual([error]);
  });

  test('an error and a warning that are known only at synthesis', () => {
    const stack = newStack();
    new CfnResource(stack, 'Some', { type: 'AWS::SNS::Topic' });
    const findings: Finding[] = [warning];
    const construct = new Construct(stack, 'Child');
    judgeAtSynth(construct, () => [{ construct, findings }]);
    expect(warningsOf(stack).map(({ rule }) => rule)).toEqual(['some-rule']);
    findings.push(error);
    expect(errorOf(() => (stack.node.root as App).synth({ force: true }))).toContain(TEXT);
  });

  const integrationWith = (findings: Finding[], when: 'bind' | 'synthesis') => {
    class Integration extends HttpUrlIntegration {
      protected override _optionFindings() {
        return when === 'bind' ? findings : [];
      }

      protected override _findingsAtSynth() {
        return when === 'synthesis' ? findings : [];
      }
    }
    return new Integration('Url', 'https://example.com');
  };

  test.each(['bind', 'synthesis'] as const)(
    'a warning of an integration once, whatever the number of routes (%s)',
    (when) => {
      const stack = newStack();
      const api = new HttpApi(stack, 'Api');
      const integration = integrationWith([warning], when);
      for (const path of ['/a', '/b']) {
        api.addRoutes({ path, integration });
      }
      expect(warningsOf(stack)).toEqual([
        {
          rule: 'some-rule',
          message: expect.stringContaining('(at Stack/Api/ANY--a/Url)'),
        },
      ]);
    },
  );

  test.each(['bind', 'synthesis'] as const)(
    'no warning that was acknowledged on the construct that it names, or above (%s)',
    (when) => {
      for (const path of ['Stack/Api/ANY--a/Url', 'Stack/Api/ANY--a', 'Stack/Api', 'Stack']) {
        const stack = newStack();
        new HttpApi(stack, 'Api').addRoutes({ path: '/a', integration: integrationWith([warning], when) });
        const named = path
          .split('/')
          .slice(1)
          .reduce<IConstruct>((node, id) => node.node.findChild(id), stack);
        Annotations.of(named).acknowledgeWarning('cdk-apigatewayv2-integrations:some-rule', 'known');
        expect(warningsOf(stack)).toEqual([]);
      }
    },
  );

  test('a warning of an integration that is wrapped, where it is bound', () => {
    const stack = newStack();
    new HttpApi(stack, 'Api').addRoutes({ path: '/a', integration: new Wrapper(integrationWith([warning], 'bind')) });
    expect(warningsOf(stack).map(({ rule }) => rule)).toEqual(['some-rule']);
  });
});

describe('an integration object that is used in two apps fails, and names both APIs', () => {
  const expected =
    /serves the API 'Stack\/Api'.*a route of the API 'Stack\/Api' of another app\. Create a second.*\[rule single-api\]$/;

  test('on HTTP APIs', () => {
    const integration = new HttpUrlIntegration('Url', 'https://example.com');
    const bind = () => {
      new HttpApi(newStack(), 'Api').addRoutes({ path: '/a', integration });
    };
    bind();
    expect(errorOf(bind)).toMatch(expected);
  });

  test('on WebSocket APIs', () => {
    const integration = new WebSocketMockIntegration('Mock');
    const bind = () => {
      new WebSocketApi(newStack(), 'Api').addRoute('send', { integration });
    };
    bind();
    expect(errorOf(bind)).toMatch(expected);
  });
});
