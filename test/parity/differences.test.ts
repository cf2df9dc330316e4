import type { Stack } from 'aws-cdk-lib';
import type { HttpRouteIntegration } from 'aws-cdk-lib/aws-apigatewayv2';
import { errorOf } from '../util';
import { albListenerIn, functionIn, nlbListenerIn, serviceIn } from './apps';
import { OURS, UPSTREAM, type Modules } from './modules';
import { withoutValidation } from './synthesize';

withoutValidation();

// Every deliberate difference, with what both libraries do. Each is a row in the README.

type Build = (m: Modules, stack: Stack) => void;
type Resource = { readonly Type: string; readonly Properties: Record<string, unknown> };

function resources(m: Modules, type: string, build: Build): Record<string, unknown>[] {
  const app = new m.cdk.App();
  const stack = new m.cdk.Stack(app, 'Stack', { env: { account: '111111111111', region: 'us-east-1' } });
  build(m, stack);
  const template = app.synth().getStackByName('Stack').template as { Resources: Record<string, Resource> };
  return Object.values(template.Resources)
    .filter((resource) => resource.Type === type)
    .map((resource) => resource.Properties);
}

const both = (type: string, build: Build) => ({
  upstream: resources(UPSTREAM, type, build),
  ours: resources(OURS, type, build),
});
const errors = (build: Build) => ({
  upstream: errorOf(() => resources(UPSTREAM, '', build)),
  ours: errorOf(() => resources(OURS, '', build)),
});

/** What follows the id of the API in the source ARNs of the permissions. */
function sources(permissions: readonly Record<string, unknown>[]): string[] {
  return permissions.map((permission) => {
    const parts = (permission.SourceArn as { 'Fn::Join': [string, unknown[]] })['Fn::Join'][1];
    return String(parts.at(-1));
  });
}

describe('B1: the permission for the API matches a default route', () => {
  const wide = (m: Modules, stack: Stack) =>
    new m.integrations.HttpLambdaIntegration('Integration', functionIn(m, stack), { scopePermissionToRoute: false });

  test('a default route alone', () => {
    const { upstream, ours } = both('AWS::Lambda::Permission', (m, stack) => {
      new m.apigwv2.HttpApi(stack, 'Api', { defaultIntegration: wide(m, stack) });
    });
    expect(sources(upstream)).toEqual(['/*/*/*']);
    expect(sources(ours)).toEqual(['/*/*']);
  });

  test.each(['before', 'after'])('a default route that is bound %s others', (order) => {
    const { upstream, ours } = both('AWS::Lambda::Permission', (m, stack) => {
      const integration = wide(m, stack);
      const httpApi = new m.apigwv2.HttpApi(stack, 'Api');
      const keys = [m.apigwv2.HttpRouteKey.DEFAULT, m.apigwv2.HttpRouteKey.with('/a')];
      for (const routeKey of order === 'before' ? keys : keys.reverse()) {
        new m.apigwv2.HttpRoute(stack, routeKey.key, { httpApi, routeKey, integration });
      }
    });
    expect(sources(upstream)).toEqual(['/*/*/*']);
    expect(sources(ours)).toEqual(['/*/*']);
  });

  test('a default route of another function or of another API changes nothing', () => {
    const { upstream, ours } = both('AWS::Lambda::Permission', (m, stack) => {
      const api = new m.apigwv2.HttpApi(stack, 'Api', {
        defaultIntegration: new m.integrations.HttpUrlIntegration('Url', 'https://example.com'),
      });
      api.addRoutes({ path: '/a', integration: wide(m, stack) });
    });
    expect(sources(upstream)).toEqual(['/*/*/*']);
    expect(sources(ours)).toEqual(['/*/*/*']);
  });
});

describe('B4: a permission for the API is found without searching the construct tree', () => {
  test('no node below the stack is visited', () => {
    const stack = new OURS.cdk.Stack(new OURS.cdk.App(), 'Stack');
    const integration = new OURS.integrations.HttpLambdaIntegration('Integration', functionIn(OURS, stack), {
      scopePermissionToRoute: false,
    });
    const api = new OURS.apigwv2.HttpApi(stack, 'Api');
    const findAll = jest.spyOn(stack.node, 'findAll');
    const children = jest.spyOn(stack.node, 'children', 'get');
    for (let i = 0; i < 5; i++) { api.addRoutes({ path: `/${i}`, integration }); }
    expect(findAll).not.toHaveBeenCalled();
    expect(children).not.toHaveBeenCalled();
  });
});

test('B6: a Cloud Map integration takes its timeout', () => {
  const { upstream, ours } = both('AWS::ApiGatewayV2::Integration', (m, stack) => {
    const { vpc, service } = serviceIn(m, stack);
    new m.apigwv2.HttpApi(stack, 'Api', {
      defaultIntegration: new m.integrations.HttpServiceDiscoveryIntegration('ServiceIntegration', service, {
        vpcLink: new m.apigwv2.VpcLink(stack, 'Link', { vpc }), timeout: m.cdk.Duration.seconds(5),
      }),
    });
  });
  expect(upstream).toEqual([expect.not.objectContaining({ TimeoutInMillis: expect.anything() })]);
  expect(ours).toEqual([{ ...upstream[0], TimeoutInMillis: 5000 }]);
});

describe('B7: an HTTP API takes a timeout of 30 seconds', () => {
  const build = (millis: number): Build => (m, stack) => {
    new m.apigwv2.HttpApi(stack, 'Api', {
      defaultIntegration: new m.integrations.HttpUrlIntegration('Url', 'https://example.com', { timeout: m.cdk.Duration.millis(millis) }),
    });
  };

  test('30 seconds', () => {
    expect(errorOf(() => resources(UPSTREAM, '', build(30_000))))
      .toMatch('Integration timeout must be between 50 milliseconds and 29 seconds');
    expect(resources(OURS, 'AWS::ApiGatewayV2::Integration', build(30_000))).toEqual([
      expect.objectContaining({ TimeoutInMillis: 30_000 }),
    ]);
  });

  test('not a millisecond more', () => {
    expect(errors(build(30_001)).ours).toMatch('between 50 milliseconds and 30 seconds. Got 30001 milliseconds');
  });
});

test('B8: a listener on an imported load balancer without a VPC is named as what it is', () => {
  const { upstream, ours } = errors((m, stack) => {
    const balancer = m.elbv2.ApplicationLoadBalancer.fromApplicationLoadBalancerAttributes(stack, 'Balancer', {
      loadBalancerArn: 'arn:aws:elasticloadbalancing:us-east-1:111111111111:loadbalancer/app/lb/0123456789abcdef',
      securityGroupId: 'sg-1',
    });
    const listener = balancer.addListener('Listener', {
      port: 80,
      open: false,
      defaultAction: m.elbv2.ListenerAction.fixedResponse(200),
    });
    new m.apigwv2.HttpApi(stack, 'Api', { defaultIntegration: new m.integrations.HttpAlbIntegration('Alb', listener) });
  });
  expect(upstream).toMatch('imported Application Listener');
  expect(ours).not.toMatch('imported Application Listener');
  expect(ours)
    .toMatch(new RegExp('The VPC of the load balancer \'Stack/Balancer\' is not known.*\'vpcLink\'.*\'vpc\'.*'
      + 'import the load balancer with its VPC', 's'));
});

test('B9: a given VPC link is enough, whatever is known of its VPC', () => {
  const build: Build = (m, stack) => {
    const listener = m.elbv2.ApplicationListener.fromApplicationListenerAttributes(stack, 'Listener', {
      listenerArn: 'arn:aws:elasticloadbalancing:us-east-1:111111111111:listener/app/lb/0123456789abcdef/'
        + '0123456789abcdef',
      securityGroup: m.ec2.SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-12345678'),
    });
    const link = new m.apigwv2.CfnVpcLink(stack, 'Link', { name: 'link', subnetIds: ['subnet-1'] });
    new m.apigwv2.HttpApi(stack, 'Api', {
      // Upstream's type asks for a link that knows its VPC.
      defaultIntegration: new m.integrations.HttpAlbIntegration('AlbIntegration', listener, { vpcLink: link as never }),
    });
  };
  expect(errorOf(() => resources(UPSTREAM, '', build)))
    .toMatch('The vpcLink property must be specified when using an imported Application Listener.');
  expect(resources(OURS, 'AWS::ApiGatewayV2::Integration', build)).toEqual([
    expect.objectContaining({ ConnectionId: { Ref: 'Link' } }),
  ]);
});

test('B22: a WebSocket integration calls a function in the region of the function', () => {
  const { upstream, ours } = both('AWS::ApiGatewayV2::Integration', (m, stack) => {
    const handler = m.lambda.Function.fromFunctionArn(
      stack, 'Handler', 'arn:aws:lambda:eu-west-1:111111111111:function:books',
    );
    // Without a role ours is an error, since CloudFormation cannot create the permission.
    const role = new m.iam.Role(stack, 'Role', { assumedBy: new m.iam.ServicePrincipal('apigateway.amazonaws.com') });
    const options = { role } as object;
    new m.apigwv2.WebSocketApi(stack, 'Api')
      .addRoute('send', {
        integration: new m.integrations.WebSocketLambdaIntegration('Integration', handler, options),
      });
  });
  const uri = (region: string) => [expect.objectContaining({
    IntegrationUri: {
      'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' },
        `:apigateway:${region}:lambda:path/2015-03-31/functions/`
        + 'arn:aws:lambda:eu-west-1:111111111111:function:books/invocations']],
    },
  })];
  expect(upstream).toEqual(uri('us-east-1'));
  expect(ours).toEqual(uri('eu-west-1'));
});

test('the classes of private integrations have no protected fields that can be changed from outside', () => {
  const upstream = new UPSTREAM.integrations.HttpAlbIntegration(
    'Id', {} as never,
  ) as unknown as Record<string, unknown>;
  const ours = new OURS.integrations.HttpAlbIntegration('Id', {} as never) as unknown as Record<string, unknown>;
  for (const field of ['httpMethod', 'payloadFormatVersion', 'integrationType', 'connectionType']) {
    expect(upstream).toHaveProperty(field);
    expect(ours).not.toHaveProperty(field);
  }
});

describe('apps that upstream synthesizes and that cannot work', () => {
  test('a URL that is none', () => {
    const build: Build = (m, stack) => {
      new m.apigwv2.HttpApi(stack, 'Api', {
        defaultIntegration: new m.integrations.HttpUrlIntegration('Url', 'some-target-url'),
      });
    };
    expect(resources(UPSTREAM, 'AWS::ApiGatewayV2::Integration', build)).toHaveLength(1);
    expect(errorOf(() => resources(OURS, '', build))).toMatch(/"some-target-url".*\[rule http-url\]$/s);
  });
});

describe('service integrations', () => {
  const INTEGRATION = 'AWS::ApiGatewayV2::Integration';
  const SUBTYPE = OURS.apigwv2.HttpIntegrationSubtype;
  const api = (m: Modules, stack: Stack, defaultIntegration: HttpRouteIntegration) =>
    new m.apigwv2.HttpApi(stack, 'Api', { defaultIntegration });
  const machine = (m: Modules, stack: Stack, express = false) => new m.sfn.StateMachine(stack, 'Machine', {
    definitionBody: m.sfn.DefinitionBody.fromChainable(new m.sfn.Pass(stack, 'Pass')),
    stateMachineType: express ? m.sfn.StateMachineType.EXPRESS : m.sfn.StateMachineType.STANDARD,
  });
  const parameters = (found: Record<string, unknown>[]) => found[0].RequestParameters as Record<string, unknown>;
  const imported = (m: Modules, stack: Stack) =>
    m.sfn.StateMachine.fromStateMachineArn(
      stack, 'Machine', 'arn:aws:states:eu-west-1:222222222222:stateMachine:orders',
    ) as InstanceType<Modules['sfn']['StateMachine']>;

  test('B10: StopExecution names the execution', () => {
    const { upstream, ours } = both(INTEGRATION, (
      m, stack,
    ) => api(m, stack, new m.integrations.HttpStepFunctionsIntegration('Stop', {
      stateMachine: machine(m, stack), subtype: SUBTYPE.STEPFUNCTIONS_STOP_EXECUTION,
    })));
    expect(Object.keys(parameters(upstream))).toEqual(['StateMachineArn']);
    expect(parameters(ours)).toEqual({ ExecutionArn: '$request.body.ExecutionArn' });
  });

  test('B11: StopExecution of an imported machine is allowed where the machine is', () => {
    const { upstream, ours } = both('AWS::IAM::Policy', (
      m, stack,
    ) => api(m, stack, new m.integrations.HttpStepFunctionsIntegration('Stop', {
      stateMachine: imported(m, stack), subtype: SUBTYPE.STEPFUNCTIONS_STOP_EXECUTION,
    })));
    expect(JSON.stringify(upstream)).toMatch('us-east-1:111111111111:execution:undefined:*');
    expect(JSON.stringify(ours)).toMatch('"arn:aws:states:eu-west-1:222222222222:execution:orders:*"');
  });

  test('B12: what names the target is added to a mapping', () => {
    const { upstream, ours } = both(INTEGRATION, (
      m, stack,
    ) => api(m, stack, new m.integrations.HttpSqsIntegration('Send', {
      queue: new m.sqs.Queue(stack, 'Queue'),
      parameterMapping: new m.apigwv2.ParameterMapping().custom('MessageBody', '$request.body'),
    })));
    expect(parameters(upstream)).toEqual({ MessageBody: '$request.body' });
    expect(parameters(ours)).toEqual({
      MessageBody: '$request.body',
      QueueUrl: { Ref: expect.stringMatching(/^Queue/) },
    });
  });

  test('B13: the mapping of the user is not written to', () => {
    const mapping = (m: Modules) => {
      const parameterMapping = new m.apigwv2.ParameterMapping()
        .custom('Detail', '$request.body')
        .custom('DetailType', 'order')
        .custom('Source', 'shop');
      resources(m, INTEGRATION, (_, stack) => api(m, stack, new m.integrations.HttpEventBridgeIntegration('Put', {
        eventBusRef: new m.events.EventBus(stack, 'Bus').eventBusRef, parameterMapping,
      })));
      return Object.keys(parameterMapping.mappings);
    };
    expect(mapping(UPSTREAM)).toEqual(['Detail', 'DetailType', 'Source', 'EventBusName']);
    expect(mapping(OURS)).toEqual(['Detail', 'DetailType', 'Source']);
  });

  test('B14: a required parameter that is missing is named', () => {
    const build: Build = (m, stack) => api(m, stack, new m.integrations.HttpEventBridgeIntegration('Put', {
      eventBusRef: new m.events.EventBus(stack, 'Bus').eventBusRef,
      parameterMapping: new m.apigwv2.ParameterMapping().custom('Detail', '$request.body'),
    }));
    expect(resources(UPSTREAM, INTEGRATION, build)).toHaveLength(1);
    expect(errorOf(() => resources(OURS, '', build)))
      .toMatch(/lacks the required parameters 'DetailType', 'Source'.*\[rule service-parameter-missing\]$/);
  });

  test('B16: a FIFO queue asks for a group', () => {
    const build: Build = (m, stack) => api(m, stack, new m.integrations.HttpSqsIntegration('Send', {
      queue: new m.sqs.Queue(stack, 'Queue', { fifo: true, contentBasedDeduplication: true }),
    }));
    expect(resources(UPSTREAM, INTEGRATION, build)).toHaveLength(1);
    expect(errorOf(() => resources(OURS, '', build))).toMatch(/'MessageGroupId' is missing.*\[rule sqs-fifo\]$/);
  });

  test('B17: the region of a queue elsewhere is sent', () => {
    const { upstream, ours } = both(INTEGRATION, (
      m, stack,
    ) => api(m, stack, new m.integrations.HttpSqsIntegration('Send', {
      queue: m.sqs.Queue.fromQueueArn(stack, 'Queue', 'arn:aws:sqs:eu-west-1:111111111111:books'),
    })));
    expect(parameters(upstream)).not.toHaveProperty('Region');
    expect(parameters(ours)).toEqual({ ...parameters(upstream), Region: 'eu-west-1' });
  });

  test('B18: a subtype of another service is told by its real name', () => {
    const { upstream, ours } = errors((m, stack) => api(m, stack, new m.integrations.HttpSqsIntegration('Send', {
      queue: new m.sqs.Queue(stack, 'Queue'), subtype: SUBTYPE.KINESIS_PUT_RECORD,
    })));
    expect(upstream).toMatch('SQS_');
    expect(ours).toMatch(/^Subtype must start with `SQS-`\. Got `Kinesis-PutRecord`\..*\[rule service-subtype\]$/);
  });

  test('StopExecution of an EXPRESS machine cannot work', () => {
    const build: Build = (m, stack) => api(m, stack, new m.integrations.HttpStepFunctionsIntegration('Stop', {
      stateMachine: machine(m, stack, true), subtype: SUBTYPE.STEPFUNCTIONS_STOP_EXECUTION,
    }));
    expect(resources(UPSTREAM, INTEGRATION, build)).toHaveLength(1);
    expect(errorOf(() => resources(OURS, '', build))).toMatch(/\[rule state-machine-type\]$/);
  });

  test('StartSyncExecution of a STANDARD machine is told as upstream tells it', () => {
    const { upstream, ours } = errors((
      m, stack,
    ) => api(m, stack, new m.integrations.HttpStepFunctionsIntegration('Start', {
      stateMachine: machine(m, stack), subtype: SUBTYPE.STEPFUNCTIONS_START_SYNC_EXECUTION,
    })));
    const sentence = 'Cannot use subtype `STEPFUNCTIONS_START_SYNC_EXECUTION` with a standard type state machine';
    expect(upstream).toMatch(sentence);
    expect(ours).toMatch(sentence);
  });
});

test.each([
  ['mapping-reserved-header', { 'overwrite:header.Authorization': 'x' }],
  ['mapping-header-twice', { 'append:header.x-a': 'x', 'remove:header.X-A': '' }],
  ['mapping-key', { 'append:path': 'x' }],
  ['mapping-response-in-request', { 'append:header.a': '$response.header.b' }],
  ['mapping-value', { 'append:header.a': '$request.headers.b' }],
  ['mapping-static-braces', { 'append:header.a': '{}' }],
  ['mapping-json-path', { 'append:header.a': '$request.body..b' }],
])('a mapping that cannot work fails: %s', (rule, mappings: Record<string, string>) => {
  const build: Build = (m, stack) => {
    const parameterMapping = new m.apigwv2.ParameterMapping();
    for (const [key, value] of Object.entries(mappings)) { parameterMapping.custom(key, value); }
    const integration = new m.integrations.HttpUrlIntegration('Url', 'https://example.com', { parameterMapping });
    new m.apigwv2.HttpApi(stack, 'Api').addRoutes({ path: '/a', integration });
  };
  expect(resources(UPSTREAM, 'AWS::ApiGatewayV2::Integration', build)).toHaveLength(1);
  expect(errorOf(() => resources(OURS, '', build))).toMatch(new RegExp(`\\[rule ${rule}\\]$`));
});

describe('B25: what is removed is removed', () => {
  const removing = (m: Modules) => new m.apigwv2.ParameterMapping()
    .removeHeader('cookie')
    .removeQueryString('debug')
    .custom('REMOVE:header.x-a', '')
    .appendHeader('x-b', m.apigwv2.MappingValue.custom('b'));
  const entries = (value: string) => ({
    'remove:header.cookie': value,
    'remove:querystring.debug': value,
    'REMOVE:header.x-a': value,
    'append:header.x-b': 'b',
  });
  type Props = { readonly parameterMapping: ReturnType<typeof removing> };
  const INTEGRATIONS: Record<string, (m: Modules, stack: Stack, props: Props) => HttpRouteIntegration> = {
    'Lambda': (m, stack, props) => new m.integrations.HttpLambdaIntegration('Integration', functionIn(m, stack), props),
    'URL': (m, _, props) => new m.integrations.HttpUrlIntegration('Integration', 'https://example.com', props),
    'ALB': (m, stack, props) => new m.integrations.HttpAlbIntegration('Integration', albListenerIn(m, stack), props),
    'NLB': (m, stack, props) => new m.integrations.HttpNlbIntegration('Integration', nlbListenerIn(m, stack), props),
    'Cloud Map': (m, stack, props) => {
      const { vpc, service } = serviceIn(m, stack);
      const vpcLink = new m.apigwv2.VpcLink(stack, 'Link', { vpc });
      return new m.integrations.HttpServiceDiscoveryIntegration('Integration', service, { ...props, vpcLink });
    },
  };

  test.each(Object.entries(INTEGRATIONS))('%s', (_, create) => {
    const { upstream, ours } = both('AWS::ApiGatewayV2::Integration', (m, stack) => {
      const parameterMapping = removing(m);
      const integration = create(m, stack, { parameterMapping });
      new m.apigwv2.HttpApi(stack, 'Api').addRoutes({ path: '/a', integration });
      expect(parameterMapping.mappings).toEqual(entries(''));
    });
    expect(upstream[0].RequestParameters).toEqual(entries(''));
    expect(ours[0].RequestParameters).toEqual(entries('\'\''));
  });
});

test('B20: a VPC with isolated subnets only gets a link', () => {
  const build: Build = (m, stack) => {
    const vpc = new m.ec2.Vpc(stack, 'Vpc', {
      subnetConfiguration: [{ name: 'isolated', subnetType: m.ec2.SubnetType.PRIVATE_ISOLATED }],
    });
    const listener = new m.elbv2.ApplicationLoadBalancer(stack, 'Balancer', { vpc })
      .addListener('Listener', { port: 80, open: false, defaultAction: m.elbv2.ListenerAction.fixedResponse(200) });
    new m.apigwv2.HttpApi(stack, 'Api', { defaultIntegration: new m.integrations.HttpAlbIntegration('Alb', listener) });
  };
  expect(errorOf(() => resources(UPSTREAM, '', build))).toMatch(/no 'Private' subnet groups/);
  expect(resources(OURS, 'AWS::ApiGatewayV2::VpcLink', build).map(({ SubnetIds }) => SubnetIds))
    .toEqual([[1, 2, 3].map((i) => ({ Ref: expect.stringMatching(`isolatedSubnet${i}`) }))]);
});

test.each<[string, Build]>([
  ['websocket-aws-uri', (m, stack) => {
    const integration = new m.integrations.WebSocketAwsIntegration('Aws', { integrationUri: 'https://example.com', integrationMethod: 'POST' });
    new m.apigwv2.WebSocketApi(stack, 'Api').addRoute('a', { integration });
  }],
  ['websocket-route-key', (m, stack) => {
    new m.apigwv2.WebSocketApi(stack, 'Api').addRoute('$a', {
      integration: new m.integrations.WebSocketMockIntegration('Mock'),
    });
  }],
])('a WebSocket route that cannot work fails: %s', (rule, build) => {
  expect(resources(UPSTREAM, 'AWS::ApiGatewayV2::Integration', build)).toHaveLength(1);
  expect(errorOf(() => resources(OURS, '', build))).toContain(`[rule ${rule}]`);
});
