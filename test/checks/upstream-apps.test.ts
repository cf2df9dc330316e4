import { Aspects } from 'aws-cdk-lib';
import { ApiGatewayV2Checks } from 'cdk-apigatewayv2-integrations';
import { messagesIn } from '../messages';
import { APPS } from '../parity/apps';
import { OURS, type Modules } from '../parity/modules';
import { withoutValidation } from '../parity/synthesize';

withoutValidation();

/* eslint-disable @typescript-eslint/no-require-imports -- upstream's classes on the aws-cdk-lib under test */
const UPSTREAM_HERE: Modules = { ...OURS, integrations: require('aws-cdk-lib/aws-apigatewayv2-integrations') };
/* eslint-enable @typescript-eslint/no-require-imports */

/** What the checks have to say of apps of upstream's classes, by app; all others raise nothing. */
const EXPECTED: Record<string, string[]> = {
  // Their options, or the routes, are like that.
  'Lambda: every prop': ['path-variable'],
  'Lambda: an imported API': ['route-key-method'],
  'Lambda: stages and an authorizer': ['stage-not-deployed'],
  'Lambda: a permission in a nested stack serves the stack around it': ['route-key-method'],
  'Lambda: a permission of the stack around it does not serve a nested stack': ['route-key-method'],
  // The load balancers admit nobody.
  ...Object.fromEntries(
    [
      'ALB: a link is made',
      'ALB: routes that share an integration, integrations that share a link',
      'ALB: a load balancer of another stack',
      'ALB: an API of its own VPC link',
      'ALB and NLB: two VPCs, two links',
    ].map((name) => [name, ['vpc-link-admitted']]),
  ),
  'ALB: every prop': ['tls-server-name', 'vpc-link-admitted'],
  'WebSocket mock: bare and with every prop': ['api-without-stage', 'websocket-default-response'],
  'WebSocket AWS: only what is required': ['api-without-stage'],
  'WebSocket AWS: every prop': ['api-without-stage', 'role-permission', 'websocket-default-response'],
};

/** The written apps of WebSocket APIs have no stage, but for one. */
const STAGELESS = /^WebSocket Lambda: (?!a nested stack and a stage)/;

/**
 * The oldest supported aws-cdk-lib permits the first route of a WebSocket integration only, and puts events on the
 * default bus.
 */
const WRONG_IN_OLD_RELEASES: Record<string, string> =
  process.env.CDK === 'latest'
    ? {}
    : {
        'EventBridge: the defaults': 'role-permission',
        'EventBridge: a subtype and a mapping of its own': 'role-permission',
        ...Object.fromEntries(
          [
            'routes that share an integration',
            'an alias',
            'a function of another stack',
            'a nested stack and a stage',
            'in China',
            'in GovCloud',
            'HTTP and WebSocket APIs on one function',
          ].map((name) => [`WebSocket Lambda: ${name}`, 'route-permission']),
        ),
      };

test.each(Object.keys(APPS))('%s: built from the classes of aws-cdk-lib, raises nothing that is not listed', (name) => {
  const app = APPS[name](UPSTREAM_HERE);
  Aspects.of(app).add(new ApiGatewayV2Checks());
  const rules = messagesIn(app).flatMap(({ text }) => /\[rule ([a-z0-9-]+)\]/.exec(text)?.[1] ?? []);
  const expected = [
    ...(EXPECTED[name] ?? []),
    ...(STAGELESS.test(name) ? ['api-without-stage'] : []),
    ...(WRONG_IN_OLD_RELEASES[name] ? [WRONG_IN_OLD_RELEASES[name]] : []),
  ];
  expect([...new Set(rules)].sort()).toEqual(expected.sort());
});
