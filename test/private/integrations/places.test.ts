import { App, CfnResource, Fn, Stack } from 'aws-cdk-lib';
import { HttpApi, WebSocketApi } from 'aws-cdk-lib/aws-apigatewayv2';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import {
  ApiGatewayV2Checks,
  HttpLambdaIntegration,
  LambdaPermissionScope,
  WebSocketLambdaIntegration,
} from 'cdk-apigatewayv2-integrations';
import { Construct } from 'constructs';
import { placeOf, regionsDiffer } from '../../../lib/private/integrations/places';
import { resourceOf } from '../../../lib/private/output/resource';
import { newFunction, newStack, propertiesOf } from '../../util';

const HERE = { account: '111111111111', region: 'eu-west-1' };
const arnIn = (region: string) => `arn:aws:lambda:${region}:111111111111:function:books`;

/** Functions in Ireland, in Virginia, and in a region that is chosen at deployment. */
const FUNCTIONS: [string, (app: App, stack: Stack) => lambda.IFunction, boolean][] = [
  ['of the stack', (_, stack) => newFunction(stack), false],
  [
    'of a stack elsewhere',
    (app) =>
      newFunction(new Stack(app, 'There', { env: { ...HERE, region: 'us-east-1' }, crossRegionReferences: true })),
    true,
  ],
  [
    'whose region is not known',
    (_, stack) =>
      lambda.Function.fromFunctionAttributes(stack, 'Handler', {
        functionArn: Fn.importValue('books'),
        sameEnvironment: true,
      }),
    false,
  ],
  [
    'imported by its ARN from here',
    (_, stack) => lambda.Function.fromFunctionArn(stack, 'Handler', arnIn('eu-west-1')),
    false,
  ],
  [
    'imported by its ARN from elsewhere',
    (_, stack) => lambda.Function.fromFunctionArn(stack, 'Handler', arnIn('us-east-1')),
    true,
  ],
  [
    'imported by attributes from elsewhere',
    (_, stack) =>
      lambda.Function.fromFunctionAttributes(stack, 'Handler', {
        functionArn: arnIn('us-east-1'),
        sameEnvironment: true,
      }),
    true,
  ],
  [
    'a version from elsewhere',
    (_, stack) => lambda.Version.fromVersionArn(stack, 'Handler', `${arnIn('us-east-1')}:1`),
    true,
  ],
];

describe.each(FUNCTIONS)('a function %s', (_, create, elsewhere) => {
  const build = (bind: (stack: Stack, handler: lambda.IFunction) => void) => {
    const app = new App();
    const stack = new Stack(app, 'Stack', { env: HERE, crossRegionReferences: true });
    const handler = create(app, stack);
    expect(regionsDiffer(handler, stack)).toBe(elsewhere);
    ApiGatewayV2Checks.acknowledge(
      stack,
      'lambda-region',
      'It is an error, and no permission is made where it is accepted.',
    );
    bind(stack, handler);
    return propertiesOf(stack, 'AWS::Lambda::Permission');
  };

  test.each(Object.values(LambdaPermissionScope))(
    `gets ${elsewhere ? 'no' : 'a'} permission (HTTP, %s)`,
    (permissionScope) => {
      const permissions = build((stack, handler) => {
        new HttpApi(stack, 'Api').addRoutes({
          path: '/a',
          integration: new HttpLambdaIntegration('I', handler, { permissionScope }),
        });
      });
      expect(permissions).toHaveLength(elsewhere || permissionScope === LambdaPermissionScope.NONE ? 0 : 1);
    },
  );

  test(`gets ${elsewhere ? 'no' : 'a'} permission (HTTP, for the API)`, () => {
    const permissions = build((stack, handler) => {
      new HttpApi(stack, 'Api').addRoutes({
        path: '/a',
        integration: new HttpLambdaIntegration('I', handler, { scopePermissionToRoute: false }),
      });
    });
    expect(permissions).toHaveLength(elsewhere ? 0 : 1);
  });

  test(`gets ${elsewhere ? 'no' : 'a'} permission (WebSocket)`, () => {
    const permissions = build((stack, handler) => {
      new WebSocketApi(stack, 'Api').addRoute('a', { integration: new WebSocketLambdaIntegration('I', handler) });
    });
    expect(permissions).toHaveLength(elsewhere ? 0 : 1);
  });
});

test('the ARN tells where something is, and its construct where the ARN is not known', () => {
  const stack = newStack('Stack', HERE);
  expect(placeOf(arnIn('us-east-1'), stack as never)).toEqual({ region: 'us-east-1', account: '111111111111' });
  const handler = newFunction(stack);
  expect(placeOf(handler.functionArn, handler)).toBe(handler.env);
  expect(placeOf('', handler)).toEqual({ region: undefined, account: undefined });
});

test('the resource of a construct is found beside a child with the id Default', () => {
  const stack = newStack();
  const both = new Construct(stack, 'Both');
  const resource = new CfnResource(both, 'Resource', { type: 'AWS::SNS::Topic' });
  new Construct(both, 'Default');
  expect(() => both.node.defaultChild).toThrow();
  expect(resourceOf(both)).toBe(resource);
  expect(resourceOf(new Construct(stack, 'None'))).toBeUndefined();
});
