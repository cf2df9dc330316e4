import { App, Aspects, CfnResource, CustomResource, Fn, Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import * as apigwv2 from 'aws-cdk-lib/aws-apigatewayv2';
import * as upstream from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import {
  ApiGatewayV2Checks, HttpLambdaIntegration, HttpSqsIntegration, LambdaPermissionScope,
} from 'cdk-apigatewayv2-integrations';
import { withoutValidation } from '../parity/synthesize';

withoutValidation();

const HERE = { account: '111111111111', region: 'eu-west-1' };

/** The errors of a stack. */
function messagesOf(build: (stack: Stack) => void): string[] {
  const app = new App();
  const stack = new Stack(app, 'Stack', { env: HERE });
  build(stack);
  Aspects.of(app).add(new ApiGatewayV2Checks());
  return Annotations.fromStack(stack).findError('*', Match.anyValue()).map(({ entry }) => String(entry.data));
}

/** The rules that fire as errors in a stack. */
function errorsOf(build: (stack: Stack) => void): string[] {
  return [...new Set(messagesOf(build).map((message) => /\[rule ([a-z0-9-]+)\]/.exec(message)?.[1] ?? message))];
}

const newFunction = (stack: Stack) => new lambda.Function(stack, 'Function', {
  runtime: lambda.Runtime.NODEJS_22_X, handler: 'index.handler', code: lambda.Code.fromInline('x'),
});

/** A route to a function to which nothing is permitted. */
function withoutPermission(stack: Stack): lambda.Function {
  const handler = newFunction(stack);
  const api = new apigwv2.HttpApi(stack, 'Api');
  const integration = new HttpLambdaIntegration('Handler', handler, { permissionScope: LambdaPermissionScope.NONE });
  api.addRoutes({ path: '/books', methods: [apigwv2.HttpMethod.GET], integration });
  return handler;
}

describe('a route to a function', () => {
  test('without a permission', () => {
    expect(errorsOf((stack) => { withoutPermission(stack); })).toEqual(['route-permission']);
  });

  test('without a permission and with a retention of its logs, which is a custom resource', () => {
    expect(errorsOf((stack) => {
      const logGroupName = `/aws/lambda/${withoutPermission(stack).functionName}`;
      new logs.LogRetention(stack, 'Logs', { logGroupName, retention: logs.RetentionDays.ONE_DAY });
    })).toEqual(['route-permission']);
  });

  test.each<[string, (stack: Stack) => void]>([
    ['a custom resource that gets it', (stack) => {
      const handler = withoutPermission(stack);
      const serviceToken = 'arn:aws:lambda:eu-west-1:111111111111:function:grant';
      new CustomResource(stack, 'Grant', { serviceToken, properties: { Name: handler.functionName } });
    }],
    ['a macro', (stack) => {
      withoutPermission(stack);
      stack.addTransform('AWS::Serverless-2016-10-31');
    }],
    ['a template that is not in the app', (stack) => {
      const handler = withoutPermission(stack);
      const properties = { Parameters: { Arn: handler.functionArn } };
      new CfnResource(stack, 'Nested', { type: 'AWS::CloudFormation::Stack', properties });
    }],
  ])('whose permission may come from %s', (_, build) => {
    expect(errorsOf(build)).toEqual([]);
  });

  test.each<[string, Record<string, unknown>, string[]]>([
    ['its account', { SourceAccount: HERE.account }, []],
    ['another account', { SourceAccount: '222222222222' }, ['route-permission']],
    ['an organization', { PrincipalOrgID: 'o-1' }, ['route-permission']],
    ['function URLs', { InvokedViaFunctionUrl: true }, ['route-permission']],
  ])('with a permission for %s', (_, properties, expected) => {
    expect(errorsOf((stack) => {
      const handler = withoutPermission(stack);
      new CfnResource(stack, 'Permission', {
        type: 'AWS::Lambda::Permission',
        properties: {
          Action: 'lambda:InvokeFunction', FunctionName: handler.functionArn, Principal: 'apigateway.amazonaws.com',
          ...properties,
        },
      });
    })).toEqual(expected);
  });

  test('whose integration is a part of the target of another route', () => {
    expect(errorsOf((stack) => {
      const handler = newFunction(stack);
      const api = new apigwv2.HttpApi(stack, 'Api');
      const [route] = api.addRoutes({
        path: '/books',
        methods: [apigwv2.HttpMethod.GET],
        integration: new upstream.HttpLambdaIntegration('Handler', handler),
      });
      const { target } = route.node.defaultChild as apigwv2.CfnRoute;
      const again = `integrations/${Fn.select(1, Fn.split('/', target!))}`;
      new apigwv2.CfnRoute(stack, 'Again', { apiId: api.apiId, routeKey: 'GET /authors', target: again });
    })).toEqual(['route-permission']);
  });
});

/** A route to a queue, with a role that may send nothing. */
function toQueue(stack: Stack, more: (role: iam.Role, queue: sqs.Queue) => void = () => {}): void {
  const queue = new sqs.Queue(stack, 'Queue');
  const role = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('apigateway.amazonaws.com') });
  const integration = new HttpSqsIntegration('Queue', { queue, role: role.withoutPolicyUpdates() });
  new apigwv2.HttpApi(stack, 'Api').addRoutes({ path: '/orders', methods: [apigwv2.HttpMethod.POST], integration });
  more(role, queue);
}

describe('a route to a queue with a role', () => {
  test.each<[string, (role: iam.Role, queue: sqs.Queue) => void, string[]]>([
    ['without a policy', () => {}, ['role-permission']],
    ['with a policy', (role, queue) => { queue.grantSendMessages(role); }, []],
    ['that the policy of the queue names', (role, queue) => {
      const actions = ['sqs:SendMessage'];
      queue.addToResourcePolicy(new iam.PolicyStatement({ principals: [role], actions, resources: ['*'] }));
    }, []],
    ['with a policy, which the policy of the queue denies', (role, queue) => {
      queue.grantSendMessages(role);
      queue.addToResourcePolicy(new iam.PolicyStatement({
        effect: iam.Effect.DENY, principals: [new iam.AnyPrincipal()], actions: ['sqs:*'], resources: ['*'],
      }));
    }, ['role-permission']],
    ['with a policy and a boundary without it', (role, queue) => {
      queue.grantSendMessages(role);
      const statements = [new iam.PolicyStatement({ actions: ['s3:*'], resources: ['*'] })];
      iam.PermissionsBoundary.of(role).apply(new iam.ManagedPolicy(role, 'Boundary', { statements }));
    }, ['role-permission']],
    ['with a policy and a trust that is denied', (role, queue) => {
      queue.grantSendMessages(role);
      role.assumeRolePolicy!.addStatements(new iam.PolicyStatement({
        effect: iam.Effect.DENY, principals: [new iam.AnyPrincipal()], actions: ['sts:AssumeRole'],
      }));
    }, ['role-permission']],
  ])('%s', (_, more, expected) => {
    expect(errorsOf((stack) => { toQueue(stack, more); })).toEqual(expected);
  });

  test('says whether API Gateway may not assume the role, or the role does not allow the call', () => {
    const untrusted = messagesOf((stack) => {
      toQueue(stack, (role, queue) => {
        queue.grantSendMessages(role);
        (role.node.defaultChild as iam.CfnRole).assumeRolePolicyDocument = { Statement: [] };
      });
    });
    expect(untrusted).toEqual([expect.stringContaining('which it may not assume')]);
    const notAllowed = messagesOf((stack) => { toQueue(stack); });
    expect(notAllowed).toEqual([expect.stringContaining('which allows nothing')]);
  });
});
