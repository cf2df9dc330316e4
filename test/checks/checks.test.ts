import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import {
  Annotations,
  App,
  Aspects,
  CfnCondition,
  CfnParameter,
  CfnResource,
  Fn,
  NestedStack,
  Stack,
  Stage,
} from 'aws-cdk-lib';
import * as apigwv2 from 'aws-cdk-lib/aws-apigatewayv2';
import * as upstream from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { ApiGatewayV2Checks, HttpLambdaIntegration, HttpVpcLinkIntegration } from 'cdk-apigatewayv2-integrations';
import * as fc from 'fast-check';
import { Construct } from 'constructs';
import { Evaluator } from '../../lib/private/template/evaluator';
import { messagesIn } from '../messages';
import { newFunction } from '../util';
import { withoutValidation } from '../parity/synthesize';
import {
  admission,
  api,
  both,
  check,
  findingsOf,
  FUNCTION,
  functionRoute,
  gateway,
  group,
  handler,
  HERE,
  link,
  links,
  LISTENER_ARN,
  mapped,
  mock,
  permission,
  Properties,
  resource,
  response,
  returned,
  RETURNS,
  ROLE,
  rulesOf,
  SQS,
  sqs,
  URL,
  url,
  withVariables,
} from '../private/rules/builders';

withoutValidation();

afterEach(() => {
  jest.restoreAllMocks();
});

describe('apps of the classes of aws-cdk-lib', () => {
  const withRoute = (create: (stack: Stack) => apigwv2.HttpRouteIntegration) => (stack: Stack) => {
    new apigwv2.HttpApi(stack, 'Api').addRoutes({ path: '/books', integration: create(stack) });
  };

  test.each<[string, (stack: Stack) => void, (stack: Stack) => void]>([
    [
      'route-permission',
      (stack) => {
        withRoute(() => new upstream.HttpLambdaIntegration('Fn', newFunction(stack)))(stack);
        stack.node
          .findAll()
          .filter((it): it is lambda.CfnPermission => it instanceof lambda.CfnPermission)
          .forEach((it) => {
            it.addPropertyDeletionOverride('SourceArn');
            it.action = 'lambda:GetFunction';
          });
      },
      withRoute((stack) => new upstream.HttpLambdaIntegration('Fn', newFunction(stack))),
    ],
    // The ARN of upstream does not match a default route.
    [
      'route-permission',
      (stack) => {
        new apigwv2.HttpApi(stack, 'Api', {
          defaultIntegration: new upstream.HttpLambdaIntegration('Fn', newFunction(stack), {
            scopePermissionToRoute: false,
          }),
        });
      },
      (stack) => {
        new apigwv2.HttpApi(stack, 'Api', {
          defaultIntegration: new HttpLambdaIntegration('Fn', newFunction(stack), { scopePermissionToRoute: false }),
        });
      },
    ],
  ])('%s is found, and not in the corrected one', (rule, wrong, right) => {
    expect(rulesOf(wrong)).toEqual([rule]);
    expect(rulesOf(right)).toEqual([]);
  });

  test('a permission that an aspect or an override takes away is missed', () => {
    const build = (stack: Stack) => {
      withRoute(() => new upstream.HttpLambdaIntegration('Fn', newFunction(stack)))(stack);
      Aspects.of(stack).add({
        visit: (node) => {
          if (node instanceof lambda.CfnPermission) {
            node.addPropertyOverride('SourceArn', 'arn:aws:execute-api:eu-west-1:111111111111:other/*');
          }
        },
      });
    };
    const [finding] = check(build);
    expect(finding).toMatchObject({ rule: 'route-permission', level: 'error', at: '/Stack/Api/ANY--books/Resource' });
    expect(finding.message).toContain('may not invoke the function of the route \'ANY /books\' (\'Stack/Handler\')');
    expect(finding.message).toContain(
      'presents arn:aws:execute-api:eu-west-1:111111111111:<Stack/ApiF70053CD.Ref>/$default/GET/books,',
    );
    expect(finding.message).toContain('are for arn:aws:execute-api:eu-west-1:111111111111:other/*');
  });

  test('an imported function is nobody\'s business', () => {
    expect(
      rulesOf(
        withRoute(
          (stack) =>
            new upstream.HttpLambdaIntegration(
              'Fn',
              lambda.Function.fromFunctionArn(stack, 'Fn', 'arn:aws:lambda:eu-west-1:222222222222:function:f'),
            ),
        ),
      ),
    ).toEqual([]);
  });
});

describe('a route that may be called, or of which the app does not tell it, raises nothing', () => {
  const ARN = { 'Fn::GetAtt': ['Function', 'Arn'] };
  const permitting = (properties: Properties) => (stack: Stack) => {
    resource(stack, 'Permission', 'AWS::Lambda::Permission', {
      Action: 'lambda:InvokeFunction',
      FunctionName: ARN,
      Principal: 'apigateway.amazonaws.com',
      ...properties,
    });
  };
  const ofName = (functionName: unknown, permissionName: unknown = functionName) =>
    functionRoute(
      both(
        (stack) => {
          resource(stack, 'Function', 'AWS::Lambda::Function', { FunctionName: 'shop' });
        },
        permitting({ FunctionName: permissionName }),
      ),
      { IntegrationUri: functionName },
    );
  const withAlias = (uri: unknown, permissionName: unknown) =>
    functionRoute(
      both(handler(), (stack) => {
        resource(stack, 'Alias', 'AWS::Lambda::Alias', {
          FunctionName: { Ref: 'Function' },
          FunctionVersion: '1',
          Name: 'live',
        });
        permitting({ FunctionName: permissionName })(stack);
      }),
      { IntegrationUri: uri },
    );
  const parameter = (stack: Stack) => {
    new CfnParameter(stack, 'Parameter');
  };
  const none = () => undefined;
  const withRole = (statement: Properties, role: Properties = {}, more: (stack: Stack) => void = none) =>
    functionRoute(
      both(handler(), (stack) => {
        resource(stack, 'Role', 'AWS::IAM::Role', {
          ...ROLE,
          Policies: [
            {
              PolicyName: 'p',
              PolicyDocument: {
                Statement: { Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: ARN, ...statement },
              },
            },
          ],
          ...role,
        });
        more(stack);
      }),
      { CredentialsArn: { 'Fn::GetAtt': ['Role', 'Arn'] } },
    );
  const [TRUST] = ROLE.AssumeRolePolicyDocument.Statement;
  const trust = (statement: Properties) => ({ AssumeRolePolicyDocument: { Statement: { ...TRUST, ...statement } } });
  const policy = (type: string, properties: Properties) => (stack: Stack) => {
    resource(stack, 'Policy', type, {
      PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: ARN }] },
      ...properties,
    });
  };
  const HERE_ARN = 'arn:aws:lambda:eu-west-1:111111111111:function';

  test.each<[string, (stack: Stack) => void]>([
    ['a permission for any source', functionRoute(both(handler(), permitting({})))],
    ['a permission for any action of Lambda', functionRoute(both(handler(), permitting({ Action: 'lambda:*' })))],
    [
      'a permission on the name of the function',
      functionRoute(both(handler(), permitting({ FunctionName: { Ref: 'Function' } }))),
    ],
    ['a function that is named by its name', ofName(ARN, 'shop')],
    ['a function that is named by its ARN', ofName(`${HERE_ARN}:shop`, ARN)],
    [
      'a function that is named by a part of its ARN',
      ofName(
        { 'Fn::Sub': 'arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:${Function}' },
        '111111111111:function:shop',
      ),
    ],
    ['an alias, and its ARN put together', withAlias({ 'Fn::Join': [':', [ARN, 'live']] }, { Ref: 'Alias' })],
    [
      'an alias of a variable of the stage',
      withVariables(
        { alias: 'live' },
        withAlias({ 'Fn::Join': [':', [ARN, '${stageVariables.alias}']] }, { Ref: 'Alias' }),
      ),
    ],
    ['an alias of a parameter', withAlias({ 'Fn::Join': [':', [ARN, { Ref: 'Parameter' }]] }, { Ref: 'Alias' })],
    [
      'a permission on a function of a parameter',
      functionRoute(both(handler(), parameter, permitting({ FunctionName: { Ref: 'Parameter' } }))),
    ],
    [
      'a permission on one of two functions',
      functionRoute(both(handler(), permitting({ FunctionName: { 'Fn::If': ['IsOne', ARN, 'other'] } }))),
    ],
    [
      'a source of a parameter',
      functionRoute(both(handler(), parameter, permitting({ SourceArn: { Ref: 'Parameter' } }))),
    ],
    [
      'a source of a dynamic reference',
      functionRoute(both(handler(), permitting({ SourceArn: '{{resolve:ssm:/shop/source}}' }))),
    ],
    [
      'a source of an export of another app',
      functionRoute(
        both(handler(), permitting({ SourceArn: { 'Fn::Join': ['', [{ 'Fn::ImportValue': 'api' }, '/*/*']] } })),
      ),
    ],
    ['any principal', functionRoute(both(handler(), permitting({ Principal: '*' })))],
    [
      'a principal of a parameter',
      functionRoute(both(handler(), parameter, permitting({ Principal: { Ref: 'Parameter' } }))),
    ],
    [
      'a function of AWS SAM',
      functionRoute((stack) => {
        resource(stack, 'Function', 'AWS::Serverless::Function', {});
      }),
    ],
    [
      'a resource policy of another kind',
      functionRoute(
        both(handler(), (stack) => {
          resource(stack, 'Resources', 'AWS::Lambda::ResourcePolicy', {});
        }),
      ),
    ],
    ['a role that may invoke the function', withRole({})],
    ['a role that may invoke any function of the account', withRole({ Resource: `${HERE_ARN}:*` })],
    [
      'a role that may invoke what is named like the function',
      withRole({ Resource: { 'Fn::Sub': 'arn:aws:lambda:*:*:function:${Function}' } }),
    ],
    ['a role that may invoke functions that are named like the stack', withRole({ Resource: `${HERE_ARN}:Stack-*` })],
    [
      'a role that may invoke a function whose name is put together',
      both(withRole({ Resource: { 'Fn::Sub': `${HERE_ARN}:\${AWS::StackName}-shop` } }), (stack) => {
        (stack.node.findChild('Function') as CfnResource).addPropertyOverride('FunctionName', {
          'Fn::Sub': '${AWS::StackName}-shop',
        });
      }),
    ],
    [
      'a role that may invoke the alias that a variable of the stage names',
      both(withRole({ Resource: { 'Fn::Join': [':', [ARN, 'live']] } }), (stack) => {
        (stack.node.findChild('Integration') as CfnResource).addPropertyOverride('IntegrationUri', {
          'Fn::Join': [':', [ARN, '${stageVariables.alias}']],
        });
        withVariables({ alias: 'live' }, () => undefined)(stack);
      }),
    ],
    [
      'a role that may invoke an imported alias',
      both(withRole({ Resource: 'arn:aws:lambda:eu-west-1:222222222222:function:shop:live' }), (stack) => {
        (stack.node.findChild('Integration') as CfnResource).addPropertyOverride(
          'IntegrationUri',
          'arn:aws:lambda:eu-west-1:222222222222:function:shop:live',
        );
      }),
    ],
    [
      'an imported function of the name of one in the app',
      both(ofName(ARN), (stack) => {
        (stack.node.findChild('Integration') as CfnResource).addPropertyOverride(
          'IntegrationUri',
          'arn:aws:lambda:eu-west-1:222222222222:function:shop',
        );
        (stack.node.findChild('Permission') as CfnResource).addPropertyOverride(
          'SourceArn',
          'arn:aws:execute-api:eu-west-1:111111111111:other/*',
        );
      }),
    ],
    [
      'functions of one name in two regions',
      (stack) => {
        ofName('shop')(stack);
        ofName('shop')(new Stack(stack.node.scope as App, 'Other', { env: { ...HERE, region: 'us-east-1' } }));
      },
    ],
    ['a principal that is chosen at deployment', withRole({}, trust({ Principal: { 'Fn::If': ['IsOne', '*', '*'] } }))],
    [
      'a statement whose effect is chosen at deployment',
      withRole(
        {},
        {},
        policy('AWS::IAM::Policy', {
          Roles: [{ Ref: 'Role' }],
          PolicyDocument: {
            Statement: [{ Effect: { 'Fn::If': ['IsOne', 'Allow', 'Deny'] }, Action: '*', Resource: '*' }],
          },
        }),
      ),
    ],
    [
      'a source of a custom resource',
      functionRoute(
        both(handler(), (stack) => {
          resource(stack, 'Custom', 'Custom::Api', {});
          permitting({ SourceArn: { 'Fn::GetAtt': ['Custom', 'Arn'] } })(stack);
        }),
      ),
    ],
    [
      'a source of a dynamic reference that is put together',
      functionRoute(
        both(handler(), permitting({ SourceArn: { 'Fn::Sub': '{{resolve:ssm:/${AWS::StackName}/source}}' } })),
      ),
    ],
    [
      'a role that may do so under a condition',
      withRole({ Condition: { StringEquals: { 'aws:PrincipalTag/team': 'shop' } } }),
    ],
    ['a role that may do all but something', withRole({ Action: undefined, NotAction: 's3:*' })],
    [
      'a role that may do so with all but some resources',
      withRole({ Resource: undefined, NotResource: 'arn:aws:lambda:*:*:function:other' }),
    ],
    [
      'a role that is trusted under a condition',
      withRole({}, trust({ Condition: { StringEquals: { 'aws:SourceAccount': '111111111111' } } })),
    ],
    [
      'a role that is trusted with the suffix of the partition',
      withRole({}, trust({ Principal: { Service: { 'Fn::Join': ['', ['apigateway.', { Ref: 'AWS::URLSuffix' }]] } } })),
    ],
    [
      'a role with a policy of its own kind',
      withRole({ Action: 's3:GetObject' }, {}, policy('AWS::IAM::RolePolicy', { RoleName: { Ref: 'Role' } })),
    ],
    [
      'a role with a policy that names it',
      withRole({ Action: 's3:GetObject' }, { RoleName: 'shop' }, policy('AWS::IAM::Policy', { Roles: ['shop'] })),
    ],
    [
      'a role, and a policy of a role of a parameter',
      withRole(
        { Action: 's3:GetObject' },
        {},
        both(parameter, policy('AWS::IAM::Policy', { Roles: [{ Ref: 'Parameter' }] })),
      ),
    ],
    ['a role with policies that are chosen at deployment', withRole({}, { Policies: { 'Fn::If': ['IsOne', [], []] } })],
    [
      'a role of a managed policy',
      withRole({ Action: 's3:GetObject' }, { ManagedPolicyArns: ['arn:aws:iam::aws:policy/AWSLambda_FullAccess'] }),
    ],
  ])('%s', (_, build) => {
    expect(rulesOf(build)).toEqual([]);
  });

  test.each<[string, (stack: Stack) => void]>([
    ['a permission on an alias, for the function itself', withAlias(ARN, { Ref: 'Alias' })],
    ['a permission on another function of the same stack', ofName(ARN, 'other')],
    ['a role that may invoke another function', withRole({ Resource: `${HERE_ARN}:other` })],
    [
      'a role that may not invoke the function',
      withRole({}, {}, (stack) => {
        resource(stack, 'Deny', 'AWS::IAM::Policy', {
          Roles: [{ Ref: 'Role' }],
          PolicyDocument: { Statement: [{ Effect: 'Deny', Action: '*', Resource: `${HERE_ARN}:*` }] },
        });
      }),
    ],
    ['a role that Lambda may assume', withRole({}, trust({ Principal: { Service: 'lambda.amazonaws.com' } }))],
  ])('%s is an error', (_, build) => {
    expect(rulesOf(build)).toEqual(['route-permission']);
  });

  test('a region that only the deployment knows may be the one that the permission names', () => {
    const stack = new Stack(new App(), 'Stack');
    functionRoute(both(handler(), permitting({ SourceArn: 'arn:aws:execute-api:eu-west-1:111111111111:*/*' })))(stack);
    Aspects.of(stack).add(new ApiGatewayV2Checks());
    expect(findingsOf(stack)).toEqual([]);
  });
});

describe('an app that works, or of which the app does not tell it, raises nothing', () => {
  const RESOLVED = '{{resolve:ssm:/shop/value}}';
  const CHOSEN = { 'Fn::If': ['IsOne', true, false] };
  const queueOf = (queue: Properties, parameters: Properties) =>
    both(sqs({ QueueUrl: { Ref: 'Queue' }, ...parameters }), (stack) => {
      resource(stack, 'Queue', 'AWS::SQS::Queue', queue);
    });
  const twice = (type: string, properties: Properties, condition?: string) => (stack: Stack) => {
    ['One', 'Two'].forEach((id) => {
      const made = gateway(stack, id, type, properties);
      if (condition) {
        made.cfnOptions.condition = new CfnCondition(stack, `${condition}${id}`, {
          expression: Fn.conditionEquals('a', id),
        });
      }
    });
  };
  const id = (name: string, attribute: string) => ({ 'Fn::GetAtt': [name, attribute] });

  test.each<[string, (stack: Stack) => void]>([
    ['a URL of a dynamic reference', url({ IntegrationUri: `${RESOLVED}/books` })],
    ['a header of a dynamic reference', mapped({ 'overwrite:header.key': RESOLVED })],
    ['a private target of a dynamic reference', link({ IntegrationUri: RESOLVED })],
    ['a service parameter of a dynamic reference', sqs({ DelaySeconds: RESOLVED, MessageAttributes: RESOLVED })],
    ['a key of a route of a dynamic reference', url({}, { RouteKey: RESOLVED })],
    ['parameters that are chosen at deployment', sqs({}, { RequestParameters: { 'Fn::If': ['IsOne', {}, {}] } })],
    [
      'a queue of which only the deployment knows whether it is a FIFO queue',
      queueOf({ FifoQueue: CHOSEN }, { MessageDeduplicationId: 'x' }),
    ],
    [
      'a queue of which only the deployment knows whether it deduplicates',
      queueOf({ FifoQueue: true, ContentBasedDeduplication: CHOSEN }, { MessageGroupId: 'x' }),
    ],
    ['a queue that is chosen at deployment', sqs({ QueueUrl: { 'Fn::If': ['IsOne', 'a', 'b'] } })],
    ['a queue whose URL has no slash', sqs({ QueueUrl: 'queue' })],
    [
      'a property that is removed at deployment',
      url({ TlsConfig: { Ref: 'AWS::NoValue' }, Description: { Ref: 'AWS::NoValue' } }),
    ],
    [
      'a path that is only known at deployment',
      url({ IntegrationUri: 'https://example.com/{id}' }, { RouteKey: { 'Fn::Sub': 'GET /${AWS::StackName}/{id}' } }),
    ],
    [
      'routes of one key on different conditions',
      both(
        url(),
        twice('Route', { ApiId: { Ref: 'Api' }, RouteKey: 'PUT /books', Target: 'integrations/x' }, 'Condition'),
      ),
    ],
    [
      'responses of one key on different conditions',
      mock(
        {},
        RETURNS,
        both(
          returned,
          twice(
            'IntegrationResponse',
            { ApiId: { Ref: 'Api' }, IntegrationId: { Ref: 'Integration' }, IntegrationResponseKey: '$default' },
            'Condition',
          ),
        ),
      ),
    ],
    [
      'a response key of a regular expression that JavaScript does not know',
      mock({}, RETURNS, both(response('$default'), response('/(?i).*bad request.*/', 'Java'), returned)),
    ],
    [
      'an API that is made with a target',
      (stack) => {
        gateway(stack, 'Api', 'Api', { Name: 'shop', ProtocolType: 'HTTP', Target: 'https://example.com' });
        url()(new Stack(stack.node.scope as App, 'Other', { env: HERE }));
      },
    ],
    [
      'a stage and a route that name the API by its attribute',
      (stack) => {
        url({}, { ApiId: id('Api', 'ApiId') })(stack);
        (
          (stack.node.findChild('Stage').node.defaultChild as CfnResource | undefined)
          ?? (stack.node.findChild('Stage') as CfnResource)
        ).addPropertyOverride('ApiId', id('Api', 'ApiId'));
      },
    ],
    [
      'a stage of an API that is only known at deployment',
      (stack) => {
        url()(stack);
        (stack.node.findChild('Stage') as CfnResource).addPropertyOverride('ApiId', { Ref: 'Parameter' });
      },
    ],
    [
      'responses that name the route and the integration by their attributes',
      mock({}, RETURNS, (stack) => {
        gateway(stack, 'Response', 'IntegrationResponse', {
          ApiId: { Ref: 'Api' },
          IntegrationId: id('Integration', 'IntegrationId'),
          IntegrationResponseKey: '$default',
        });
        gateway(stack, 'RouteResponse', 'RouteResponse', {
          ApiId: { Ref: 'Api' },
          RouteId: id('Route', 'RouteId'),
          RouteResponseKey: '$default',
        });
      }),
    ],
    [
      'an HTTP API that is imported',
      url({ ApiId: 'imported', PayloadFormatVersion: undefined, TimeoutInMillis: 30_000 }, { ApiId: 'imported' }),
    ],
    [
      'an API whose protocol is only known at deployment',
      url(
        { ApiId: 'imported', PayloadFormatVersion: undefined, TimeoutInMillis: 30_000 },
        { ApiId: 'imported', RouteKey: '$default' },
      ),
    ],
    [
      'a function that is called asynchronously',
      l1WebSocketFunction({ 'integration.request.header.X-Amz-Invocation-Type': '\'Event\'' }),
    ],
    ['an action whose permission has another name', awsAction('dynamodb:action/TransactWriteItems')],
    ['an action of a queue that the template does not name', awsAction('sqs:path/111111111111/q')],
    ['a queue that admits API Gateway itself', awsAction('sqs:action/SendMessage', {})],
    [
      'one import in two accounts',
      (stack) => {
        const imported = { 'Fn::ImportValue': 'api' };
        url({ ApiId: imported }, { ApiId: imported })(stack);
        url(
          { ApiId: imported },
          { ApiId: imported },
        )(new Stack(stack.node.scope as App, 'Other', { env: { ...HERE, account: '222222222222' } }));
      },
    ],
    [
      'a path variable, where the target of another route is not understood',
      both(url({ IntegrationUri: 'https://example.com/{id}' }), (stack) => {
        gateway(stack, 'Unclear', 'Route', {
          ApiId: { Ref: 'Api' },
          RouteKey: 'GET /x/{id}',
          Target: { Ref: 'Parameter' },
        });
      }),
    ],
    [
      'a response of a route that is only known at deployment',
      mock({}, {}, (stack) => {
        gateway(stack, 'RouteResponse', 'RouteResponse', {
          ApiId: { Ref: 'Api' },
          RouteId: { Ref: 'Parameter' },
          RouteResponseKey: '$default',
        });
      }),
    ],
    [
      'nested stacks without API Gateway that wait for each other',
      (stack) => {
        const [one, other] = ['One', 'Other'].map((id) => new NestedStack(stack, id));
        const topicIn = (scope: Construct, id: string, DisplayName?: string) =>
          new CfnResource(scope, id, { type: 'AWS::SNS::Topic', properties: { DisplayName } });
        topicIn(one, 'Second', topicIn(other, 'First').ref);
        topicIn(other, 'Fourth', topicIn(one, 'Third').ref);
      },
    ],
    [
      'links in two regions',
      (stack) => {
        links(6)(stack);
        links(6)(new Stack(stack.node.scope as App, 'Other', { env: { ...HERE, region: 'us-east-1' } }));
      },
    ],
  ])('%s', (_, build) => {
    expect(rulesOf(build).filter((rule) => rule !== 'api-without-stage')).toEqual([]);
  });

  function l1WebSocketFunction(parameters: Properties) {
    return api(
      'WEBSOCKET',
      {
        IntegrationType: 'AWS',
        IntegrationUri: {
          'Fn::Sub': 'arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Function.Arn}/invocations',
        },
        IntegrationMethod: 'POST',
        RequestParameters: parameters,
      },
      {},
      both(handler(60), permission('*')),
    );
  }

  /** A call with a role that allows nothing. */
  function awsAction(action: string, credentials: Properties = { CredentialsArn: { 'Fn::GetAtt': ['Role', 'Arn'] } }) {
    return api(
      'WEBSOCKET',
      {
        IntegrationType: 'AWS',
        IntegrationMethod: 'POST',
        IntegrationUri: `arn:aws:apigateway:eu-west-1:${action}`,
        ...credentials,
      },
      {},
      (stack) => {
        resource(stack, 'Role', 'AWS::IAM::Role', ROLE);
      },
    );
  }

  test.each<[string, string, (stack: Stack) => void]>([
    ['lambda-timeout', 'a function that is waited for on a WebSocket API', l1WebSocketFunction({})],
    ['role-permission', 'a role that allows nothing', awsAction('dynamodb:action/PutItem')],
    [
      'route-key-twice',
      'two routes of an imported API',
      both(
        url({ ApiId: 'imported' }, { ApiId: 'imported' }),
        twice('Route', { ApiId: 'imported', RouteKey: 'PUT /books', Target: 'integrations/x' }),
      ),
    ],
    [
      'lambda-policy-size',
      'permissions that name the function in two ways',
      functionRoute(
        both(handler(), permission('*/*/books'), (stack) => {
          for (let i = 0; i < 100; i++) {
            permission(`*/GET/books/${i}`, `P${i}`)(stack);
            if (i % 2) {
              (stack.node.findChild(`P${i}`) as CfnResource).addPropertyOverride('FunctionName', { Ref: 'Function' });
            }
          }
        }),
      ),
    ],
    [
      'route-key-twice',
      'two of three routes on one condition',
      both(
        url(),
        twice('Route', { ApiId: { Ref: 'Api' }, RouteKey: 'PUT /books', Target: 'integrations/x' }, 'C'),
        (stack) => {
          const condition = (stack.node.findChild('One') as CfnResource).cfnOptions.condition;
          gateway(stack, 'Three', 'Route', {
            ApiId: { Ref: 'Api' },
            RouteKey: 'PUT /books',
            Target: 'integrations/x',
          }).cfnOptions.condition = condition;
        },
      ),
    ],
    [
      'vpc-link-admitted',
      'an ingress rule of another protocol',
      admission({ ...group('LinkGroup'), IpProtocol: 'udp' }),
    ],
    [
      'lambda-timeout',
      'an alias of a function',
      functionRoute(
        both(handler(60), permission('*/*'), (stack) => {
          resource(stack, 'Alias', 'AWS::Lambda::Alias', {
            FunctionName: { Ref: 'Function' },
            FunctionVersion: '1',
            Name: 'live',
          });
          (stack.node.findChild('Permission') as CfnResource).addPropertyOverride('FunctionName', { Ref: 'Alias' });
        }),
        { IntegrationUri: { Ref: 'Alias' } },
      ),
    ],
    [
      'api-quota',
      'more than 300 integrations',
      both(url(), (stack) => {
        for (let i = 0; i < 300; i++) {
          gateway(stack, `I${i}`, 'Integration', { ...URL, ApiId: { Ref: 'Api' } });
        }
      }),
    ],
    [
      'api-quota',
      'more than 300 routes',
      both(url(), (stack) => {
        for (let i = 0; i < 300; i++) {
          gateway(stack, `R${i}`, 'Route', {
            ApiId: { Ref: 'Api' },
            RouteKey: `GET /${i}`,
            Target: { 'Fn::Sub': 'integrations/${Integration}' },
          });
        }
      }),
    ],
  ])('%s: not so %s', (rule, _, build) => {
    expect(rulesOf(build)).toContain(rule);
  });

  test.each([
    [
      'a service integration without a role: its role is missing, and does not lack a permission',
      sqs({}, { CredentialsArn: { Ref: 'AWS::NoValue' } }),
      'service-credentials',
    ],
    [
      'a call of a service that has no class yet: what its role needs is not known',
      api(
        'HTTP',
        {
          ...SQS,
          IntegrationSubtype: 'CloudWatchLogs-PutLogEvents',
          CredentialsArn: { 'Fn::GetAtt': ['Role', 'Arn'] },
        },
        {},
        (stack) => {
          resource(stack, 'Role', 'AWS::IAM::Role', ROLE);
        },
      ),
      'service-subtype-unknown',
    ],
  ])('%s', (_, build, rule) => {
    expect(rulesOf(build)).toEqual([rule]);
  });

  test('an integration is not called unused where the target of a route is not understood', () => {
    expect(
      rulesOf(
        both(url(), (stack) => {
          gateway(stack, 'Unused', 'Integration', { ...URL, ApiId: { Ref: 'Api' } });
          gateway(stack, 'Unclear', 'Route', {
            ApiId: { Ref: 'Api' },
            RouteKey: 'GET /x',
            Target: { Ref: 'Parameter' },
          });
        }),
      ),
    ).toEqual([]);
  });

  test('what keeps a permission from being one is said', () => {
    const wrong = both(handler(), (stack: Stack) => {
      resource(stack, 'Permission', 'AWS::Lambda::Permission', {
        Action: 'lambda:InvokeFunction',
        FunctionName: { Ref: 'Function' },
        Principal: 'events.amazonaws.com',
      });
    });
    expect(check(functionRoute(wrong))[0].message).toContain(
      'the permissions on the function are for any source (lambda:InvokeFunction by events.amazonaws.com)',
    );
  });
});

describe('reporting', () => {
  const wrong = mapped({ 'append:header.Via': 'x', 'myKey': 'x' });

  test('errors stand on the construct that made the resource, warnings can be acknowledged', () => {
    expect(check(wrong).map(({ rule, level, at }) => [rule, level, at])).toEqual([
      ['mapping-reserved-header', 'error', '/Stack/Integration'],
      ['mapping-key-unknown', 'warning', '/Stack/Integration'],
    ]);
    const app = new App();
    const stack = new Stack(app, 'Stack', { env: HERE });
    wrong(stack);
    Aspects.of(app).add(new ApiGatewayV2Checks({ errorsAsWarnings: true }));
    Annotations.of(stack).acknowledgeWarning('cdk-apigatewayv2-integrations:mapping-reserved-header', 'we know');
    expect(findingsOf(stack).map(({ rule }) => rule)).toEqual(['mapping-key-unknown']);
  });

  test('rules can be left out, and errors made warnings', () => {
    expect(rulesOf(wrong, { exclude: ['mapping-reserved-header'] })).toEqual(['mapping-key-unknown']);
    expect(check(wrong, { errorsAsWarnings: true }).map(({ level }) => level)).toEqual(['warning', 'warning']);
  });

  test('what a class has warned of is not said twice', () => {
    const findings = check((stack) => {
      const api = new apigwv2.HttpApi(stack, 'Api');
      const parameterMapping = new apigwv2.ParameterMapping().custom('myKey', 'x');
      api.addRoutes({
        path: '/books',
        integration: new HttpLambdaIntegration('Fn', newFunction(stack), { parameterMapping }),
      });
    });
    expect(findings.map(({ rule }) => rule)).toEqual(['mapping-key-unknown']);
  });

  test('each stage of an app takes an aspect, and one aspect may serve several', () => {
    const app = new App();
    const checks = new ApiGatewayV2Checks();
    const stacks = ['Beta', 'Prod'].flatMap((id) => {
      const stage = new Stage(app, id, { env: HERE });
      Aspects.of(stage).add(checks);
      return ['One', 'Two'].map((name) => {
        const stack = new Stack(stage, name);
        wrong(stack);
        return stack;
      });
    });
    app.synth();
    for (const stack of stacks) {
      expect(stack.node.findChild('Integration').node.metadata.map(({ type }) => type)).toContain('aws:cdk:error');
    }
  });

  test('one aspect may be added to several stacks, and sees what is permitted elsewhere', () => {
    const app = new App();
    const checks = new ApiGatewayV2Checks();
    const [one, two, rest] = ['One', 'Two', 'Rest'].map((name) => new Stack(app, name, { env: HERE }));
    wrong(one);
    functionRoute(handler())(two);
    wrong(rest);
    new lambda.CfnPermission(rest, 'Permission', {
      action: 'lambda:InvokeFunction',
      principal: 'apigateway.amazonaws.com',
      functionName: (two.node.findChild('Function') as CfnResource).getAtt('Arn').toString(),
    });
    [one, two].forEach((stack) => {
      Aspects.of(stack).add(checks);
    });
    app.synth();
    expect([one, two, rest].map((stack) => findingsOf(stack).map(({ rule }) => rule))).toEqual([
      ['mapping-reserved-header', 'mapping-key-unknown'],
      [],
      [],
    ]);
  });

  test('a stage of an app without an aspect is named in a warning', () => {
    const app = new App();
    wrong(new Stack(new Stage(app, 'Prod', { env: HERE }), 'Shop'));
    const tools = new Stack(app, 'Tools');
    Aspects.of(app).add(new ApiGatewayV2Checks());
    app.synth();
    expect(findingsOf(tools)).toMatchObject([
      {
        rule: 'stage-not-judged',
        level: 'warning',
        message: expect.stringContaining('judges nothing in the stage \'Prod\''),
      },
    ]);
  });

  test('a stage of which one stack has an aspect is not named', () => {
    const app = new App();
    const stage = new Stage(app, 'Prod', { env: HERE });
    Aspects.of(new Stack(stage, 'Shop')).add(new ApiGatewayV2Checks());
    new Stack(stage, 'Tools');
    const tools = new Stack(app, 'Tools');
    Aspects.of(app).add(new ApiGatewayV2Checks());
    app.synth();
    expect(findingsOf(tools)).toEqual([]);
  });

  test('a mistake of the checks is a warning, and the app is synthesized', () => {
    jest.spyOn(Evaluator.prototype, 'ofType').mockImplementation(() => {
      throw new Error('out of order');
    });
    expect(check(wrong)).toMatchObject([
      { rule: 'checks-incomplete', level: 'warning', message: expect.stringContaining('out of order') },
    ]);
  });

  test('a policy that is too large is said once, by the class and by the checks', () => {
    const findings = check((stack) => {
      const httpApi = new apigwv2.HttpApi(stack, 'Api');
      const fn = newFunction(stack);
      for (let i = 0; i < 80; i++) {
        httpApi.addRoutes({ path: `/books/${i}`, integration: new HttpLambdaIntegration(`I${i}`, fn) });
      }
    });
    expect(findings.map(({ rule }) => rule)).toEqual(['lambda-policy-size']);
  });

  test('that there are many VPC links is said once, by the class and by the checks', () => {
    const findings = check((stack) => {
      const httpApi = new apigwv2.HttpApi(stack, 'Api');
      const vpc = new ec2.Vpc(stack, 'Vpc');
      for (let i = 0; i < 11; i++) {
        const vpcLink = new apigwv2.VpcLink(stack, `Link${i}`, { vpc });
        const integration = new HttpVpcLinkIntegration(`Private${i}`, LISTENER_ARN, { vpcLink });
        httpApi.addRoutes({ path: `/${i}`, integration });
      }
    });
    expect(findings.map(({ rule }) => rule)).toEqual(['vpc-link-quota']);
  });

  test('the report has every API, route and finding, escapes what users wrote, and loads nothing', () => {
    const outdir = mkdtempSync(join(tmpdir(), 'checks-'));
    const app = new App({ outdir });
    const stack = new Stack(app, 'Stack', { env: HERE });
    new apigwv2.HttpApi(stack, 'Api').addRoutes({
      path: '/books/{id}',
      integration: new upstream.HttpLambdaIntegration('Fn', newFunction(stack)),
    });
    new apigwv2.HttpApi(stack, 'Other').addRoutes({
      path: '/<script>',
      integration: new upstream.HttpUrlIntegration('Url', 'javascript:"<b>"'),
    });
    Aspects.of(app).add(new ApiGatewayV2Checks({ report: true }));
    gateway(stack, 'Unused', 'Integration', { ...URL, ApiId: 'imported', Description: 'x'.repeat(1025) });
    gateway(stack, 'Route', 'Route', {
      ApiId: 'imported',
      RouteKey: '$default',
      Target: `integrations/${gateway(stack, 'Used', 'Integration', { ...URL, ApiId: 'imported' }).ref}`,
    });
    new Stage(app, 'Prod');
    app.synth();
    const html = readFileSync(join(outdir, 'ApiGatewayV2Checks.html'), 'utf8').replace(/<wbr>/g, '');
    expect(html).toContain('>2 errors</li> <li class="chip warning">1 warning</li>');
    expect(html).toContain('Not judged, since they have no aspect of their own: Prod.');
    expect(html).toMatch(
      /<h2><span class="path">imported<\/span> <small>HTTP, 1 route<\/small><\/h2>[^]*<code>\$default<\/code>/,
    );
    expect(html).toMatch(
      /<code>description-length<\/code><\/a> at <a [^>]*><span class="path">Stack\/Unused<[^]*has 1025 characters/,
    );
    expect(html).toContain('<code>ANY /books/{id}</code>');
    expect(html).toContain('A permission on the function lets API Gateway call it.');
    expect(html).toContain('<code>http-url</code>');
    expect(html).not.toMatch(/<script>[^]*<script|<b>|src=|@import|url\(/);
    expect(existsSync(join(outdir, 'ApiGatewayV2Checks.json'))).toBe(true);
    expect(existsSync(join(outdir, 'ApiGatewayV2Checks.validation-report.json'))).toBe(true);
    expect(
      readdirSync(outdir)
        .filter((file) => file.endsWith('.mmd'))
        .sort(),
    ).toEqual([
      'ApiGatewayV2Checks.Stack-Api.mmd',
      'ApiGatewayV2Checks.Stack-Other.mmd',
      'ApiGatewayV2Checks.imported.mmd',
    ]);
    expect(readFileSync(join(outdir, 'ApiGatewayV2Checks.Stack-Api.mmd'), 'utf8')).toContain(
      '  api -- "ANY /books/{id}" --> integration-1',
    );
    rmSync(outdir, { recursive: true });
    expect(existsSync(outdir)).toBe(false);
  });
});

test('the pages and diagrams of a report have names of their own', () => {
  const outdir = mkdtempSync(join(tmpdir(), 'checks-'));
  const app = new App({ outdir });
  for (const name of ['A', 'B']) {
    const stack = new Stack(app, name);
    for (const path of [['C', 'D'], ['C-D'], Array.from({ length: 9 }, (_, i) => `Construct${i}${'x'.repeat(30)}`)]) {
      gateway(path.reduce<Construct>((scope, it) => new Construct(scope, it), stack) as Stack, 'Api', 'Api', {
        ProtocolType: 'HTTP',
      });
    }
    Aspects.of(stack).add(new ApiGatewayV2Checks({ report: true }));
  }
  app.synth();
  const files = readdirSync(outdir).filter((file) => file.startsWith('ApiGatewayV2Checks'));
  expect(files.filter((file) => file.endsWith('.html')).sort()).toEqual([
    'ApiGatewayV2Checks.A.html',
    'ApiGatewayV2Checks.B.html',
  ]);
  expect(files.filter((file) => file.endsWith('.mmd'))).toHaveLength(6);
  rmSync(outdir, { recursive: true });
});

describe('bad input', () => {
  const value = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { depthSize: 'small' },
      fc.string(),
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
      fc.constant(undefined),
      fc.double({ noNaN: true }),
      fc.constantFrom<unknown>(
        { Ref: 'Api' },
        { Ref: 'Nothing' },
        { 'Fn::GetAtt': ['Function', 'Arn'] },
        { 'Fn::If': ['Condition', 'a', { Ref: 'AWS::NoValue' }] },
        { 'Fn::Sub': '${Api}${X.Y}' },
        { 'Fn::Join': ['', ['integrations/', { Ref: 'Integration' }]] },
        { 'Fn::ImportValue': 'x' },
        { 'Fn::Select': [0, []] },
        { 'Fn::Transform': {} },
        { Ref: null },
        { 'Fn::GetAtt': 5 },
        { 'Fn::GetAtt': null },
        { 'Fn::Join': null },
        { 'Fn::Join': [[], 'x'] },
        { 'Fn::Sub': 5 },
        { 'Fn::Sub': [null, null] },
        { 'Fn::Sub': ['${X}', 'x'] },
        { 'Fn::ImportValue': { 'Fn::ImportValue': 'x' } },
        '{{resolve:ssm:x}}',
      ),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(
        fc.oneof(
          fc.string(),
          fc.constantFrom(
            'Statement',
            'Effect',
            'Action',
            'Resource',
            'Principal',
            'Service',
            'PolicyDocument',
            'QueueUrl',
            'StreamName',
            'EventBusName',
            'StateMachineArn',
            'Region',
            'append:header.a',
            '$default',
            'integration.request.header.a',
            '200',
            'ResponseParameters',
          ),
        ),
        tie('value'),
        { maxKeys: 3 },
      ),
    ),
  })).value;
  const NAMES = {
    Api: ['ProtocolType'],
    Integration: [
      'ApiId',
      'IntegrationType',
      'IntegrationUri',
      'IntegrationSubtype',
      'RequestParameters',
      'ResponseParameters',
      'RequestTemplates',
      'ConnectionType',
      'ConnectionId',
      'TimeoutInMillis',
      'TlsConfig',
      'CredentialsArn',
      'PayloadFormatVersion',
      'Description',
    ],
    Route: ['ApiId', 'RouteKey', 'Target', 'RouteResponseSelectionExpression'],
    Stage: ['ApiId', 'StageName'],
    IntegrationResponse: ['ApiId', 'IntegrationId', 'IntegrationResponseKey'],
  };

  test('is survived: whatever a template holds, the aspect throws nothing', () => {
    const overrides = fc.record(
      Object.fromEntries(
        Object.entries(NAMES).map(([type, names]) => [
          type,
          fc.dictionary(fc.constantFrom(...names), value, { maxKeys: 5 }),
        ]),
      ),
    );
    const ofPermission = fc.dictionary(fc.constantFrom('Action', 'FunctionName', 'Principal', 'SourceArn'), value);
    const ofRole = fc.dictionary(fc.constantFrom('AssumeRolePolicyDocument', 'Policies', 'ManagedPolicyArns'), value);
    const subtype = fc.constantFrom(
      undefined,
      'SQS-SendMessage',
      'EventBridge-PutEvents',
      'Kinesis-PutRecord',
      'StepFunctions-StartExecution',
      'AppConfig-GetConfiguration',
    );
    fc.assert(
      fc.property(
        overrides,
        ofPermission,
        ofRole,
        fc.boolean(),
        subtype,
        (raw, permissionProperties, roleProperties, webSocket, calls) => {
          const app = new App();
          const stack = new Stack(app, 'Stack');
          const inner = new NestedStack(stack, 'Nested');
          new CfnCondition(stack, 'Condition', {
            expression: Fn.conditionEquals(new CfnParameter(stack, 'P').valueAsString, 'x'),
          });
          for (const scope of [stack, inner]) {
            api(webSocket ? 'WEBSOCKET' : 'HTTP', FUNCTION)(scope);
            gateway(scope, 'IntegrationResponse', 'IntegrationResponse', {});
            resource(scope, 'Function', 'AWS::Lambda::Function', {});
            const override = (id: string, properties: Properties) => {
              for (const [name, it] of Object.entries(properties)) {
                (scope.node.findChild(id) as CfnResource).addPropertyOverride(name, it);
              }
            };
            if (calls !== undefined) {
              const integration = scope.node.findChild('Integration') as CfnResource;
              integration.addPropertyOverride('IntegrationSubtype', calls);
              integration.addPropertyOverride('CredentialsArn', { 'Fn::GetAtt': ['Role', 'Arn'] });
            }
            resource(scope, 'Permission', 'AWS::Lambda::Permission', {});
            resource(scope, 'Role', 'AWS::IAM::Role', {});
            resource(scope, 'Policy', 'AWS::IAM::Policy', { Roles: [{ Ref: 'Role' }] });
            override('Permission', permissionProperties);
            override('Role', roleProperties);
            override('Policy', { PolicyDocument: roleProperties.Policies });
            for (const [id, properties] of Object.entries(raw)) {
              override(id, properties);
            }
          }
          new ApiGatewayV2Checks({ report: true }).visit(stack);
          expect(stack.node.validate()).toEqual([]);
          expect(stack.node.metadata.filter(({ data }) => String(data).includes('checks-incomplete'))).toEqual([]);
        },
      ),
      { numRuns: process.env.CI ? 300 : 100 },
    );
  });
});

describe('what concerns all that is judged is said', () => {
  function parts() {
    const app = new App();
    const stage = new Stage(app, 'Prod');
    const stack = new Stack(stage, 'Shop');
    const part = new Construct(stack, 'Part');
    new NestedStack(part, 'Nested');
    new Stack(app, 'Other');
    return { app, stage, stack, part };
  }

  test.each<[string, keyof ReturnType<typeof parts>, string, string]>([
    ['of an app on its first stack', 'app', '/Other', 'the app'],
    ['of a stage on its first stack', 'stage', '/Prod/Shop', 'Prod'],
    ['of a stack on the stack', 'stack', '/Prod/Shop', 'Prod/Shop'],
    ['of a construct on it, not on a stack that is nested in it', 'part', '/Prod/Shop/Part', 'Prod/Shop/Part'],
  ])('%s', (_, judged, at, path) => {
    const all = parts();
    Aspects.of(all[judged]).add(new ApiGatewayV2Checks({ deployed: '/nowhere' }));
    const said = messagesIn(all.app).filter(({ text }) => text.includes('[rule deployed-not-compared]'));
    expect(said.map((message) => message.at)).toEqual([at]);
    expect(said[0].text).toContain(`(at ${path}) [rule `);
  });
});
