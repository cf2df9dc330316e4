import type { Stack } from 'aws-cdk-lib';
import { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as library from 'cdk-apigatewayv2-integrations';
import { newFunction, newStack, propertiesOf, warningsOf } from '../../util';

type Library = typeof library;

/* eslint-disable @typescript-eslint/no-require-imports -- modules are chosen at run time */
/** AWS CDK, which is there once. */
const CDK = [
  'aws-cdk-lib',
  'aws-cdk-lib/aws-apigatewayv2',
  'aws-cdk-lib/aws-iam',
  'aws-cdk-lib/aws-ec2',
  'constructs',
].map((name) => ({ name, module: require(name) as unknown }));

/** A copy of the library, as another package may bring it into the app. */
function copy(): Library {
  let loaded: Library;
  jest.isolateModules(() => {
    for (const { name, module } of CDK) {
      jest.doMock(name, () => module);
    }
    loaded = require('cdk-apigatewayv2-integrations') as Library;
  });
  return loaded!;
}
/* eslint-enable @typescript-eslint/no-require-imports */

const PERMISSION = 'AWS::Lambda::Permission';
const LINK = 'AWS::ApiGatewayV2::VpcLink';
const copies = [copy(), copy()];

test('the copies are two', () => {
  expect(copies[0].HttpLambdaIntegration).not.toBe(copies[1].HttpLambdaIntegration);
});

/** An API with a route for each copy. */
function build(
  create: (m: Library, id: string, stack: Stack) => library.HttpLambdaIntegration | library.HttpAlbIntegration,
): Stack {
  const stack = newStack();
  const api = new HttpApi(stack, 'Api');
  copies.forEach((m, i) => api.addRoutes({ path: `/${i}`, integration: create(m, `I${i}`, stack) }));
  return stack;
}

/** Makes a target once for both copies. */
function once<T>(make: (stack: Stack) => T): (stack: Stack) => T {
  let made: T | undefined;
  return (stack) => (made ??= make(stack));
}

test('two copies in one app share the permission of an API', () => {
  const handler = once((stack) => newFunction(stack));
  const stack = build(
    (m, id, scope) => new m.HttpLambdaIntegration(id, handler(scope), { permissionScope: m.LambdaPermissionScope.API }),
  );
  expect(propertiesOf(stack, PERMISSION)).toHaveLength(1);
});

test('two copies share the permission of scopePermissionToRoute: false, and what it serves', () => {
  const stack = newStack();
  const handler = newFunction(stack);
  const [one, other] = copies.map(
    (m, i) => new m.HttpLambdaIntegration(`I${i}`, handler, { scopePermissionToRoute: false }),
  );
  const api = new HttpApi(stack, 'Api', { defaultIntegration: one });
  api.addRoutes({ path: '/a', integration: other });
  expect(propertiesOf(stack, PERMISSION)).toHaveLength(1);
  expect(JSON.stringify(propertiesOf(stack, PERMISSION)[0].SourceArn)).toMatch(/\/\*\/\*"\]\]\}$/);
});

test('two copies share a VPC link', () => {
  const vpc = once((stack) => new ec2.Vpc(stack, 'Vpc'));
  const listener = once((stack) =>
    new elbv2.ApplicationLoadBalancer(stack, 'Balancer', { vpc: vpc(stack) }).addListener('Listener', {
      port: 80,
      defaultAction: elbv2.ListenerAction.fixedResponse(200),
    }),
  );
  const stack = build((m, id, scope) => new m.HttpAlbIntegration(id, listener(scope), { vpcLinkName: 'shared' }));
  expect(propertiesOf(stack, LINK)).toHaveLength(1);
});

test('two copies say once what is to be said of a function', () => {
  const env = { account: '111111111111', region: 'eu-west-1' };
  const stack = newStack('Stack', env);
  const handler = lambda.Function.fromFunctionArn(
    stack,
    'Handler',
    'arn:aws:lambda:eu-west-1:222222222222:function:books',
  );
  const api = new HttpApi(stack, 'Api');
  copies.forEach((m, i) =>
    api.addRoutes({ path: `/${i}`, integration: new m.HttpLambdaIntegration(`I${i}`, handler) }),
  );
  expect(warningsOf(stack).map(({ rule }) => rule)).toEqual(['lambda-permission-not-added']);
});
