import type { App, Stack, StackProps } from 'aws-cdk-lib';
import type { HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import type { IApplicationListener, INetworkListener } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { Modules } from './modules';

/** Builds the same app from upstream's classes or from ours. */
export type BuildApp = (m: Modules) => App;

const ACCOUNT = '111111111111';

/** An app of one stack, without an environment unless one is given. */
function oneStack(build: (m: Modules, stack: Stack) => void, props?: StackProps): BuildApp {
  return (m) => {
    const app = new m.cdk.App({ treeMetadata: false });
    build(m, new m.cdk.Stack(app, 'Stack', props));
    return app;
  };
}

/** An app of two stacks: what is shared, and what uses it. */
function twoStacks(build: (m: Modules, shared: Stack, user: Stack) => void, props?: StackProps): BuildApp {
  return (m) => {
    const app = new m.cdk.App({ treeMetadata: false });
    build(m, new m.cdk.Stack(app, 'Shared', props), new m.cdk.Stack(app, 'User', props));
    return app;
  };
}

export function functionIn(m: Modules, scope: Construct, id = 'Handler') {
  return new m.lambda.Function(scope, id, {
    runtime: m.lambda.Runtime.NODEJS_22_X,
    handler: 'index.handler',
    code: m.lambda.Code.fromInline('exports.handler = async () => ({});'),
  });
}

export function albListenerIn(m: Modules, scope: Construct, id = 'Alb') {
  const vpc = new m.ec2.Vpc(scope, `${id}Vpc`);
  const balancer = new m.elbv2.ApplicationLoadBalancer(scope, id, { vpc });
  return balancer.addListener('Listener', {
    port: 80,
    open: false,
    defaultAction: m.elbv2.ListenerAction.fixedResponse(200),
  });
}

export function nlbListenerIn(m: Modules, scope: Construct, id = 'Nlb') {
  const vpc = new m.ec2.Vpc(scope, `${id}Vpc`);
  const balancer = new m.elbv2.NetworkLoadBalancer(scope, id, { vpc });
  return balancer.addListener('Listener', {
    port: 80,
    defaultTargetGroups: [new m.elbv2.NetworkTargetGroup(scope, `${id}Targets`, { vpc, port: 80 })],
  });
}

function importedAlbListener(m: Modules, scope: Construct): IApplicationListener {
  return m.elbv2.ApplicationListener.fromApplicationListenerAttributes(scope, 'Imported', {
    listenerArn: `arn:aws:elasticloadbalancing:us-east-1:${ACCOUNT}:listener/app/lb/0123456789abcdef/0123456789abcdef`,
    securityGroup: m.ec2.SecurityGroup.fromSecurityGroupId(scope, 'Group', 'sg-12345678'),
  });
}

function importedNlbListener(m: Modules, scope: Construct): INetworkListener {
  return m.elbv2.NetworkListener.fromNetworkListenerArn(scope, 'Imported',
    `arn:aws:elasticloadbalancing:us-east-1:${ACCOUNT}:listener/net/lb/0123456789abcdef/0123456789abcdef`);
}

export function serviceIn(m: Modules, scope: Construct, id = '') {
  const vpc = new m.ec2.Vpc(scope, `${id}Vpc`);
  const namespace = new m.servicediscovery.PrivateDnsNamespace(scope, `${id}Namespace`, {
    name: 'books.internal',
    vpc,
  });
  return { vpc, service: namespace.createService('Service') };
}

/** A mapping that uses every kind of key and value. */
export function fullMapping(m: Modules) {
  const { ParameterMapping, MappingValue } = m.apigwv2;
  return new ParameterMapping()
    .appendHeader('x-one', MappingValue.requestHeader('x-two'))
    .overwriteHeader('x-three', MappingValue.contextVariable('requestId'))
    // B25: upstream's removeHeader() and removeQueryString() write an empty value.
    .custom('remove:header.x-four', '\'\'')
    .appendQueryString('five', MappingValue.requestQueryString('six'))
    .overwriteQueryString('seven', MappingValue.stageVariable('eight'))
    .custom('remove:querystring.nine', '\'\'')
    .overwritePath(MappingValue.requestPathParam('ten'))
    .custom('append:header.x-eleven', 'twelve');
}

type LambdaProps = ConstructorParameters<Modules['integrations']['HttpLambdaIntegration']>[2];

function lambdaRoutes(m: Modules, stack: Stack, props?: LambdaProps, handler: IFunction = functionIn(m, stack)) {
  const api = new m.apigwv2.HttpApi(stack, 'Api');
  const integration = new m.integrations.HttpLambdaIntegration('Integration', handler, props);
  api.addRoutes({ path: '/books', integration });
  api.addRoutes({ path: '/books/{id}', methods: [m.apigwv2.HttpMethod.GET, m.apigwv2.HttpMethod.PUT], integration });
  api.addRoutes({ path: '/files/{proxy+}', methods: [m.apigwv2.HttpMethod.ANY], integration });
  return { api, integration, handler };
}

type RouteIntegration = ConstructorParameters<Modules['apigwv2']['HttpRoute']>[2]['integration'];

function route(m: Modules, stack: Stack, integration: (m: Modules) => RouteIntegration, methods?: HttpMethod[]) {
  const api = new m.apigwv2.HttpApi(stack, 'Api');
  api.addRoutes({ path: '/books/{ten}', methods, integration: integration(m) });
  return api;
}

const CHINA = { env: { account: ACCOUNT, region: 'cn-north-1' } };
const GOVCLOUD = { env: { account: ACCOUNT, region: 'us-gov-west-1' } };
const VIRGINIA = { env: { account: ACCOUNT, region: 'us-east-1' } };

const HTTP_LAMBDA: Record<string, BuildApp> = {
  'Lambda: routes that share an integration': oneStack((m, stack) => { lambdaRoutes(m, stack); }),
  'Lambda: one permission for the API': oneStack((m, stack) => {
    lambdaRoutes(m, stack, { scopePermissionToRoute: false });
  }),
  'Lambda: one permission per route, said so': oneStack((m, stack) => {
    lambdaRoutes(m, stack, { scopePermissionToRoute: true });
  }),
  'Lambda: every prop': oneStack((m, stack) => {
    lambdaRoutes(m, stack, {
      payloadFormatVersion: m.apigwv2.PayloadFormatVersion.VERSION_1_0,
      timeout: m.cdk.Duration.seconds(7),
      parameterMapping: fullMapping(m),
    });
  }),
  'Lambda: a payload format version of its own': oneStack((m, stack) => {
    lambdaRoutes(m, stack, { payloadFormatVersion: m.apigwv2.PayloadFormatVersion.custom('2.0') });
  }),
  'Lambda: a timeout that is a token': oneStack((m, stack) => {
    const seconds = new m.cdk.CfnParameter(stack, 'Timeout', { type: 'Number' });
    lambdaRoutes(m, stack, { timeout: m.cdk.Duration.millis(seconds.valueAsNumber) });
  }),
  'Lambda: default route': oneStack((m, stack) => {
    new m.apigwv2.HttpApi(stack, 'Api', {
      defaultIntegration: new m.integrations.HttpLambdaIntegration('Integration', functionIn(m, stack)),
    });
  }),
  'Lambda: separate integrations on one function': oneStack((m, stack) => {
    const handler = functionIn(m, stack);
    const api = new m.apigwv2.HttpApi(stack, 'Api');
    for (const path of ['/one', '/two']) {
      api.addRoutes({ path, integration: new m.integrations.HttpLambdaIntegration(`For${path.slice(1)}`, handler) });
    }
  }),
  'Lambda: separate integrations share the permission of the API': oneStack((m, stack) => {
    const handler = functionIn(m, stack);
    const api = new m.apigwv2.HttpApi(stack, 'Api');
    for (const path of ['/one', '/two']) {
      api.addRoutes({ path, integration: new m.integrations.HttpLambdaIntegration(`For${path.slice(1)}`, handler, {
        scopePermissionToRoute: false,
      }) });
    }
  }),
  'Lambda: both kinds of permission on one function': oneStack((m, stack) => {
    const { api, handler } = lambdaRoutes(m, stack);
    api.addRoutes({
      path: '/wide',
      integration: new m.integrations.HttpLambdaIntegration('Wide', handler, { scopePermissionToRoute: false }),
    });
  }),
  'Lambda: two APIs and one function': oneStack((m, stack) => {
    const handler = functionIn(m, stack);
    for (const id of ['One', 'Two']) {
      new m.apigwv2.HttpApi(stack, id).addRoutes({
        path: '/a',
        integration: new m.integrations.HttpLambdaIntegration('Integration', handler),
      });
      new m.apigwv2.HttpApi(stack, `${id}Wide`)
        .addRoutes({ path: '/a', integration: new m.integrations.HttpLambdaIntegration('Integration', handler, {
          scopePermissionToRoute: false,
        }) });
    }
  }),
  'Lambda: an alias': oneStack((m, stack) => { lambdaRoutes(m, stack, {}, functionIn(m, stack).addAlias('live')); }),
  'Lambda: an alias, one permission for the API': oneStack((m, stack) => {
    lambdaRoutes(m, stack, { scopePermissionToRoute: false }, functionIn(m, stack).addAlias('live'));
  }),
  'Lambda: a version': oneStack((m, stack) => { lambdaRoutes(m, stack, {}, functionIn(m, stack).currentVersion); }),
  'Lambda: a function imported by its ARN': oneStack((m, stack) => {
    lambdaRoutes(
      m,
      stack,
      {},
      m.lambda.Function.fromFunctionArn(stack, 'Fn', `arn:aws:lambda:us-east-1:${ACCOUNT}:function:books`),
    );
  }, VIRGINIA),
  'Lambda: a function of another account': oneStack((m, stack) => {
    lambdaRoutes(
      m,
      stack,
      {},
      m.lambda.Function.fromFunctionArn(stack, 'Fn', 'arn:aws:lambda:us-east-1:222222222222:function:books'),
    );
  }, VIRGINIA),
  'Lambda: a function imported into the environment of the stack': oneStack((m, stack) => {
    lambdaRoutes(m, stack, {}, m.lambda.Function.fromFunctionAttributes(stack, 'Fn', {
      functionArn: `arn:aws:lambda:us-east-1:${ACCOUNT}:function:books`, sameEnvironment: true,
    }));
  }),
  'Lambda: a function of another stack': twoStacks((m, shared, user) => {
    lambdaRoutes(m, user, {}, functionIn(m, shared));
  }),
  'Lambda: a function of another stack, one permission for the API': twoStacks((m, shared, user) => {
    lambdaRoutes(m, user, { scopePermissionToRoute: false }, functionIn(m, shared));
  }),
  'Lambda: two stacks that use one function': twoStacks((m, shared, user) => {
    const handler = functionIn(m, shared);
    for (const stack of [shared, user]) {
      const api = new m.apigwv2.HttpApi(stack, 'Api');
      for (const wide of [true, false]) {
        api.addRoutes({
          path: `/${wide}`,
          integration: new m.integrations.HttpLambdaIntegration(`Wide${wide}`, handler, {
            scopePermissionToRoute: !wide,
          }),
        });
      }
    }
  }),
  'Lambda: routes in another stack than their API': twoStacks((m, shared, user) => {
    const api = new m.apigwv2.HttpApi(shared, 'Api');
    for (const wide of [true, false]) {
      new m.apigwv2.HttpRoute(user, `Route${wide}`, {
        httpApi: api,
        routeKey: m.apigwv2.HttpRouteKey.with(`/${wide}`, m.apigwv2.HttpMethod.GET),
        integration: new m.integrations.HttpLambdaIntegration('Integration', functionIn(m, user, `Handler${wide}`), {
          scopePermissionToRoute: !wide,
        }),
      });
    }
  }),
  'Lambda: an imported API': oneStack((m, stack) => {
    const httpApi = m.apigwv2.HttpApi.fromHttpApiAttributes(stack, 'Api', { httpApiId: 'abc123' });
    const integration = new m.integrations.HttpLambdaIntegration('Integration', functionIn(m, stack), {
      scopePermissionToRoute: false,
    });
    for (const path of ['/a', '/b']) {
      new m.apigwv2.HttpRoute(stack, `Route${path.slice(1)}`, {
        httpApi,
        routeKey: m.apigwv2.HttpRouteKey.with(path),
        integration,
      });
    }
  }),
  'Lambda: nested stacks': oneStack((m, stack) => {
    const handler = functionIn(m, stack);
    for (const id of ['NestedOne', 'NestedTwo']) {
      lambdaRoutes(m, new m.cdk.NestedStack(stack, id), { scopePermissionToRoute: id === 'NestedOne' }, handler);
    }
  }),
  'Lambda: a permission in a nested stack serves the stack around it': oneStack((m, stack) => {
    const handler = functionIn(m, stack);
    const httpApi = new m.apigwv2.HttpApi(stack, 'Api');
    const nested = new m.cdk.NestedStack(stack, 'Nested');
    for (const scope of [nested, stack]) {
      new m.apigwv2.HttpRoute(scope, 'Route', {
        httpApi,
        routeKey: m.apigwv2.HttpRouteKey.with(scope === nested ? '/nested' : '/outer'),
        integration: new m.integrations.HttpLambdaIntegration('Integration', handler, {
          scopePermissionToRoute: false,
        }),
      });
    }
  }),
  'Lambda: a permission of the stack around it does not serve a nested stack': oneStack((m, stack) => {
    const handler = functionIn(m, stack);
    const httpApi = new m.apigwv2.HttpApi(stack, 'Api');
    const nested = new m.cdk.NestedStack(stack, 'Nested');
    for (const scope of [stack, nested, new m.cdk.NestedStack(nested, 'Inner')]) {
      new m.apigwv2.HttpRoute(scope, 'Route', {
        httpApi,
        routeKey: m.apigwv2.HttpRouteKey.with(`/${scope.node.id.toLowerCase()}`),
        integration: new m.integrations.HttpLambdaIntegration('Integration', handler, {
          scopePermissionToRoute: false,
        }),
      });
    }
  }),
  'Lambda: stages and an authorizer': oneStack((m, stack) => {
    const api = new m.apigwv2.HttpApi(stack, 'Api', {
      createDefaultStage: false,
      defaultAuthorizer: new m.apigwv2.HttpNoneAuthorizer(),
    });
    new m.apigwv2.HttpStage(stack, 'Beta', { httpApi: api, stageName: 'beta', autoDeploy: true });
    new m.apigwv2.HttpStage(stack, 'Prod', { httpApi: api, stageName: 'prod' });
    api.addRoutes({
      path: '/a',
      integration: new m.integrations.HttpLambdaIntegration('Integration', functionIn(m, stack)),
    });
  }),
  'Lambda: in China': oneStack((m, stack) => { lambdaRoutes(m, stack); }, CHINA),
  'Lambda: in GovCloud': oneStack((m, stack) => {
    lambdaRoutes(m, stack, { scopePermissionToRoute: false });
  }, GOVCLOUD),
  'Lambda: all methods': oneStack((m, stack) => {
    const api = new m.apigwv2.HttpApi(stack, 'Api');
    api.addRoutes({
      path: '/a',
      methods: Object.values(m.apigwv2.HttpMethod).filter((method) => method !== m.apigwv2.HttpMethod.ANY),
      integration: new m.integrations.HttpLambdaIntegration('Integration', functionIn(m, stack)),
    });
  }),
  'Lambda: the root path': oneStack((m, stack) => {
    new m.apigwv2.HttpApi(stack, 'Api').addRoutes({
      path: '/',
      integration: new m.integrations.HttpLambdaIntegration('Integration', functionIn(m, stack)),
    });
  }),
  'Lambda: a class of the user\'s that extends the integration': oneStack((m, stack) => {
    type LambdaIntegration = InstanceType<Modules['integrations']['HttpLambdaIntegration']>;
    class TimedIntegration extends m.integrations.HttpLambdaIntegration {
      public override bind(options: Parameters<LambdaIntegration['bind']>[0]) {
        return { ...super.bind(options), timeout: m.cdk.Duration.seconds(3) };
      }
    }
    route(m, stack, () => new TimedIntegration('Integration', functionIn(m, stack)));
  }),
};

const HTTP_URL: Record<string, BuildApp> = {
  'URL: a variable of the path': oneStack((m, stack) => { route(m, stack, () => new m.integrations.HttpUrlIntegration('Url', 'https://example.com/{ten}')); }),
  'URL: every prop': oneStack((m, stack) => {
    route(m, stack, () => new m.integrations.HttpUrlIntegration('Url', 'https://example.com', {
      method: m.apigwv2.HttpMethod.PATCH, parameterMapping: fullMapping(m), timeout: m.cdk.Duration.millis(50),
    }));
  }),
  'URL: a token': oneStack((m, stack) => {
    const host = new m.cdk.CfnParameter(stack, 'Host');
    route(m, stack, () => new m.integrations.HttpUrlIntegration('Url', `https://${host.valueAsString}/x`, { timeout: m.cdk.Duration.seconds(29) }));
  }),
  'URL: default route and shared routes': oneStack((m, stack) => {
    const integration = new m.integrations.HttpUrlIntegration('Url', 'https://example.com');
    const api = new m.apigwv2.HttpApi(stack, 'Api', { defaultIntegration: integration });
    api.addRoutes({ path: '/a', integration, methods: [m.apigwv2.HttpMethod.POST, m.apigwv2.HttpMethod.GET] });
  }),
};

const HTTP_PRIVATE: Record<string, BuildApp> = {
  'ALB: a link is made': oneStack((m, stack) => {
    route(m, stack, () => new m.integrations.HttpAlbIntegration('Alb', albListenerIn(m, stack)));
  }),
  'ALB: every prop': oneStack((m, stack) => {
    const listener = albListenerIn(m, stack);
    route(m, stack, () => new m.integrations.HttpAlbIntegration('AlbIntegration', listener, {
      vpcLink: new m.apigwv2.VpcLink(stack, 'Link', { vpc: new m.ec2.Vpc(stack, 'Vpc') }),
      method: m.apigwv2.HttpMethod.PATCH,
      secureServerName: 'books.example.com',
      parameterMapping: fullMapping(m),
      timeout: m.cdk.Duration.seconds(20),
    }));
  }),
  'ALB: an imported listener': oneStack((m, stack) => {
    const vpcLink = m.apigwv2.VpcLink.fromVpcLinkAttributes(stack, 'Link', {
      vpcLinkId: 'link',
      vpc: new m.ec2.Vpc(stack, 'Vpc'),
    });
    route(m, stack, () => new m.integrations.HttpAlbIntegration('Alb', importedAlbListener(m, stack), { vpcLink }));
  }),
  'ALB: routes that share an integration, integrations that share a link': oneStack((m, stack) => {
    const listener = albListenerIn(m, stack);
    const api = new m.apigwv2.HttpApi(stack, 'Api');
    const shared = new m.integrations.HttpAlbIntegration('One', listener);
    api.addRoutes({ path: '/one', integration: shared });
    api.addRoutes({ path: '/two', integration: shared });
    api.addRoutes({
      path: '/three',
      integration: new m.integrations.HttpAlbIntegration('Three', listener, { method: m.apigwv2.HttpMethod.GET }),
    });
  }),
  'ALB: a load balancer of another stack': twoStacks((m, shared, user) => {
    route(m, user, () => new m.integrations.HttpAlbIntegration('Alb', albListenerIn(m, shared)));
  }),
  'ALB: an API of its own VPC link': oneStack((m, stack) => {
    const listener = albListenerIn(m, stack);
    const api = new m.apigwv2.HttpApi(stack, 'Api');
    const vpcLink = api.addVpcLink({ vpc: listener.loadBalancer.vpc!, vpcLinkName: 'mine' });
    api.addRoutes({
      path: '/a',
      integration: new m.integrations.HttpAlbIntegration('AlbIntegration', listener, { vpcLink }),
    });
  }),
  'NLB: a link is made': oneStack((m, stack) => {
    route(m, stack, () => new m.integrations.HttpNlbIntegration('Nlb', nlbListenerIn(m, stack)));
  }),
  'NLB: every prop': oneStack((m, stack) => {
    const listener = nlbListenerIn(m, stack);
    route(m, stack, () => new m.integrations.HttpNlbIntegration('NlbIntegration', listener, {
      vpcLink: new m.apigwv2.VpcLink(stack, 'Link', { vpc: new m.ec2.Vpc(stack, 'Vpc') }),
      method: m.apigwv2.HttpMethod.HEAD,
      secureServerName: 'books.example.com',
      parameterMapping: fullMapping(m),
      timeout: m.cdk.Duration.millis(29000),
    }));
  }),
  'NLB: an imported listener': oneStack((m, stack) => {
    const vpcLink = m.apigwv2.VpcLink.fromVpcLinkAttributes(stack, 'Link', {
      vpcLinkId: 'link',
      vpc: new m.ec2.Vpc(stack, 'Vpc'),
    });
    route(m, stack, () => new m.integrations.HttpNlbIntegration('Nlb', importedNlbListener(m, stack), { vpcLink }));
  }),
  'ALB and NLB: two VPCs, two links': oneStack((m, stack) => {
    const api = new m.apigwv2.HttpApi(stack, 'Api', {
      defaultIntegration: new m.integrations.HttpAlbIntegration('AlbIntegration', albListenerIn(m, stack)),
    });
    api.addRoutes({
      path: '/nlb',
      integration: new m.integrations.HttpNlbIntegration('NlbIntegration', nlbListenerIn(m, stack)),
    });
  }),
  'Cloud Map: a link is given': oneStack((m, stack) => {
    const { vpc, service } = serviceIn(m, stack);
    const vpcLink = new m.apigwv2.VpcLink(stack, 'Link', { vpc });
    route(m, stack, () => new m.integrations.HttpServiceDiscoveryIntegration('Service', service, { vpcLink }));
  }),
  'Cloud Map: every prop but the timeout': oneStack((m, stack) => {
    const { vpc, service } = serviceIn(m, stack);
    const vpcLink = new m.apigwv2.VpcLink(stack, 'Link', {
      vpc,
      subnets: vpc.selectSubnets({ subnetType: m.ec2.SubnetType.PUBLIC }),
    });
    route(m, stack, () => new m.integrations.HttpServiceDiscoveryIntegration('ServiceIntegration', service, {
      vpcLink,
      method: m.apigwv2.HttpMethod.DELETE,
      secureServerName: 'books.example.com',
      parameterMapping: fullMapping(m),
    }));
  }),
  'Cloud Map: an imported service': oneStack((m, stack) => {
    const vpcLink = m.apigwv2.VpcLink.fromVpcLinkAttributes(stack, 'Link', {
      vpcLinkId: 'link',
      vpc: new m.ec2.Vpc(stack, 'Vpc'),
    });
    const service = m.servicediscovery.Service.fromServiceAttributes(stack, 'Service', {
      serviceArn: `arn:aws:servicediscovery:us-east-1:${ACCOUNT}:service/srv-1`,
      serviceId: 'srv-1',
      serviceName: 'books',
      namespace: m.servicediscovery.PrivateDnsNamespace.fromPrivateDnsNamespaceAttributes(stack, 'Namespace', {
        namespaceArn: `arn:aws:servicediscovery:us-east-1:${ACCOUNT}:namespace/ns-1`,
        namespaceId: 'ns-1',
        namespaceName: 'internal',
      }),
      dnsRecordType: m.servicediscovery.DnsRecordType.SRV,
      routingPolicy: m.servicediscovery.RoutingPolicy.MULTIVALUE,
    });
    route(m, stack, () => new m.integrations.HttpServiceDiscoveryIntegration('ServiceIntegration', service, {
      vpcLink,
    }));
  }, VIRGINIA),
};

/** Parameters that are complete, so that upstream sends the same. */
function serviceMapping(m: Modules, parameters: Record<string, string>) {
  return Object.entries(parameters)
    .reduce((mapping, [name, value]) => mapping.custom(name, value), new m.apigwv2.ParameterMapping());
}

export function stateMachineIn(m: Modules, stack: Stack, express = false, id = '') {
  return new m.sfn.StateMachine(stack, `${id}Machine`, {
    // Releases of aws-cdk-lib make roles of their own that differ.
    role: new m.iam.Role(stack, `${id}MachineRole`, { assumedBy: new m.iam.ServicePrincipal('states.amazonaws.com') }),
    definitionBody: m.sfn.DefinitionBody.fromChainable(new m.sfn.Pass(stack, `${id}Pass`)),
    stateMachineType: express ? m.sfn.StateMachineType.EXPRESS : m.sfn.StateMachineType.STANDARD,
  });
}

const SERVICES: Record<string, BuildApp> = {
  ...Object.fromEntries(([
    'SQS_SEND_MESSAGE', 'SQS_RECEIVE_MESSAGE', 'SQS_DELETE_MESSAGE', 'SQS_PURGE_QUEUE',
  ] as const).map((subtype) => [
    `SQS: ${subtype}`, oneStack((m, stack) => {
      route(m, stack, () => new m.integrations.HttpSqsIntegration('Queue', {
        queue: new m.sqs.Queue(stack, 'Books'), subtype: m.apigwv2.HttpIntegrationSubtype[subtype],
      }));
    }),
  ])),
  'SQS: the default subtype, shared by routes': oneStack((m, stack) => {
    const integration = new m.integrations.HttpSqsIntegration('Queue', { queue: new m.sqs.Queue(stack, 'Books') });
    const api = new m.apigwv2.HttpApi(stack, 'Api', { defaultIntegration: integration });
    api.addRoutes({ path: '/a', integration, methods: [m.apigwv2.HttpMethod.POST, m.apigwv2.HttpMethod.PUT] });
  }),
  'SQS: a mapping of its own': oneStack((m, stack) => {
    const queue = new m.sqs.Queue(stack, 'Books');
    route(m, stack, () => new m.integrations.HttpSqsIntegration('Queue', {
      queue, parameterMapping: serviceMapping(m, {
        QueueUrl: queue.queueUrl,
        MessageBody: '$request.body',
        MessageGroupId: '$request.header.group',
      }),
    }));
  }),
  'SQS: an imported queue, in China': oneStack((m, stack) => {
    const queue = m.sqs.Queue.fromQueueArn(stack, 'Books', `arn:aws-cn:sqs:cn-north-1:${ACCOUNT}:books`);
    route(m, stack, () => new m.integrations.HttpSqsIntegration('Queue', { queue }));
  }, CHINA),
  'SQS: a queue of another stack': twoStacks((m, shared, user) => {
    route(m, user, () => new m.integrations.HttpSqsIntegration('Queue', { queue: new m.sqs.Queue(shared, 'Books') }));
  }),
  ...Object.fromEntries(([
    'STEPFUNCTIONS_START_EXECUTION',
    'STEPFUNCTIONS_START_SYNC_EXECUTION',
  ] as const).map((subtype) => [
    `Step Functions: ${subtype}`, oneStack((m, stack) => {
      route(m, stack, () => new m.integrations.HttpStepFunctionsIntegration('Start', {
        stateMachine: stateMachineIn(m, stack, subtype === 'STEPFUNCTIONS_START_SYNC_EXECUTION'),
        subtype: m.apigwv2.HttpIntegrationSubtype[subtype],
      }));
    }),
  ])),
  'Step Functions: the default subtype with a mapping of its own': oneStack((m, stack) => {
    const stateMachine = stateMachineIn(m, stack);
    route(m, stack, () => new m.integrations.HttpStepFunctionsIntegration('Start', {
      stateMachine,
      parameterMapping: serviceMapping(m, { StateMachineArn: stateMachine.stateMachineArn, Input: '$request.body' }),
    }));
  }),
  'Step Functions: STEPFUNCTIONS_STOP_EXECUTION with a mapping of its own': oneStack((m, stack) => {
    route(m, stack, () => new m.integrations.HttpStepFunctionsIntegration('Stop', {
      stateMachine: stateMachineIn(m, stack),
      subtype: m.apigwv2.HttpIntegrationSubtype.STEPFUNCTIONS_STOP_EXECUTION,
      parameterMapping: serviceMapping(m, { ExecutionArn: '$request.querystring.arn', Cause: 'cancelled' }),
    }));
  }),
  'EventBridge: the defaults': oneStack((m, stack) => {
    route(m, stack, () => new m.integrations.HttpEventBridgeIntegration('Bus', {
      eventBusRef: new m.events.EventBus(stack, 'Events').eventBusRef,
    }));
  }),
  'EventBridge: a subtype and a mapping of its own': oneStack((m, stack) => {
    route(m, stack, () => new m.integrations.HttpEventBridgeIntegration('Bus', {
      eventBusRef: new m.events.EventBus(stack, 'Events').eventBusRef,
      subtype: m.apigwv2.HttpIntegrationSubtype.EVENTBRIDGE_PUT_EVENTS,
      parameterMapping: serviceMapping(m, {
        Detail: '$request.body',
        DetailType: 'order',
        Source: 'shop',
        Time: '$context.requestTimeEpoch',
      }),
    }));
  }),
};

function webSocketApi(m: Modules, stack: Stack, handler: IFunction) {
  const integration = new m.integrations.WebSocketLambdaIntegration('Integration', handler);
  return new m.apigwv2.WebSocketApi(stack, 'Api', {
    connectRouteOptions: { integration },
    disconnectRouteOptions: { integration },
    defaultRouteOptions: { integration, returnResponse: true },
  });
}

const WEBSOCKET: Record<string, BuildApp> = {
  'WebSocket Lambda: routes that share an integration': oneStack((m, stack) => {
    const integration = new m.integrations.WebSocketLambdaIntegration('Other', functionIn(m, stack, 'OtherHandler'));
    const api = webSocketApi(m, stack, functionIn(m, stack));
    api.addRoute('send', { integration });
    api.addRoute('receive', { integration, returnResponse: true });
  }),
  'WebSocket Lambda: every prop': oneStack((m, stack) => {
    const integration = new m.integrations.WebSocketLambdaIntegration('Integration', functionIn(m, stack), {
      timeout: m.cdk.Duration.seconds(10), contentHandling: m.apigwv2.ContentHandling.CONVERT_TO_TEXT,
    });
    new m.apigwv2.WebSocketApi(stack, 'Api').addRoute('send', { integration });
  }),
  'WebSocket Lambda: separate integrations on one function': oneStack((m, stack) => {
    const handler = functionIn(m, stack);
    new m.apigwv2.WebSocketApi(stack, 'Api', {
      connectRouteOptions: { integration: new m.integrations.WebSocketLambdaIntegration('Connect', handler) },
      disconnectRouteOptions: { integration: new m.integrations.WebSocketLambdaIntegration('Disconnect', handler) },
    });
  }),
  'WebSocket Lambda: an alias': oneStack((m, stack) => {
    webSocketApi(m, stack, functionIn(m, stack).addAlias('live'));
  }),
  'WebSocket Lambda: a function of another stack': twoStacks((m, shared, user) => {
    webSocketApi(m, user, functionIn(m, shared));
  }),
  'WebSocket Lambda: a function of another account': oneStack((m, stack) => {
    webSocketApi(
      m, stack, m.lambda.Function.fromFunctionArn(stack, 'Fn', 'arn:aws:lambda:us-east-1:222222222222:function:books'),
    );
  }, VIRGINIA),
  'WebSocket Lambda: a nested stack and a stage': oneStack((m, stack) => {
    const nested = new m.cdk.NestedStack(stack, 'Nested');
    const webSocketApiOfNested = webSocketApi(m, nested, functionIn(m, stack));
    new m.apigwv2.WebSocketStage(nested, 'Stage', {
      webSocketApi: webSocketApiOfNested,
      stageName: 'prod',
      autoDeploy: true,
    });
  }),
  'WebSocket Lambda: in China': oneStack((m, stack) => { webSocketApi(m, stack, functionIn(m, stack)); }, CHINA),
  'WebSocket Lambda: in GovCloud': oneStack((m, stack) => { webSocketApi(m, stack, functionIn(m, stack)); }, GOVCLOUD),
  'WebSocket Lambda: HTTP and WebSocket APIs on one function': oneStack((m, stack) => {
    const { handler } = lambdaRoutes(m, new m.cdk.NestedStack(stack, 'Http'), {}, functionIn(m, stack));
    webSocketApi(m, stack, handler);
  }),
  'WebSocket Lambda: IAM authorization and route selection': oneStack((m, stack) => {
    const integration = new m.integrations.WebSocketLambdaIntegration('Integration', functionIn(m, stack));
    const api = new m.apigwv2.WebSocketApi(stack, 'Api', { routeSelectionExpression: '$request.body.kind' });
    new m.apigwv2.WebSocketRoute(stack, 'Route', {
      webSocketApi: api,
      routeKey: 'send',
      integration,
      apiKeyRequired: true,
    });
  }),
  'WebSocket mock: bare and with every prop': oneStack((m, stack) => {
    const api = new m.apigwv2.WebSocketApi(stack, 'Api', {
      defaultRouteOptions: { integration: new m.integrations.WebSocketMockIntegration('Bare') },
    });
    api.addRoute('ping', {
      returnResponse: true,
      integration: new m.integrations.WebSocketMockIntegration('Ping', {
        requestTemplates: { 'application/json': '{"statusCode":200}' }, templateSelectionExpression: '\\$default',
      }),
    });
  }),
  'WebSocket AWS: only what is required': oneStack((m, stack) => {
    new m.apigwv2.WebSocketApi(stack, 'Api').addRoute('put', {
      integration: new m.integrations.WebSocketAwsIntegration('Put', {
        integrationUri: 'arn:aws:apigateway:us-east-1:dynamodb:action/PutItem', integrationMethod: 'POST',
      }),
    });
  }),
  'WebSocket AWS: every prop': oneStack((m, stack) => {
    const integration = new m.integrations.WebSocketAwsIntegration('Put', {
      integrationUri: `arn:${stack.partition}:apigateway:${stack.region}:dynamodb:action/PutItem`,
      integrationMethod: m.apigwv2.HttpMethod.POST,
      credentialsRole: new m.iam.Role(stack, 'Role', {
        assumedBy: new m.iam.ServicePrincipal('apigateway.amazonaws.com'),
      }),
      requestParameters: { 'integration.request.header.Content-Type': '\'application/x-amz-json-1.0\'' },
      requestTemplates: { $default: '{"TableName":"books"}' },
      templateSelectionExpression: '\\$default',
      passthroughBehavior: m.apigwv2.PassthroughBehavior.NEVER,
      contentHandling: m.apigwv2.ContentHandling.CONVERT_TO_BINARY,
      timeout: m.cdk.Duration.seconds(29),
    });
    const api = new m.apigwv2.WebSocketApi(stack, 'Api');
    api.addRoute('put', { integration });
    api.addRoute('put2', { integration, returnResponse: true });
  }),
};

/** The written apps, by what they show. */
export const APPS: Record<string, BuildApp> = {
  ...HTTP_LAMBDA,
  ...HTTP_URL,
  ...HTTP_PRIVATE,
  ...SERVICES,
  ...WEBSOCKET,
};
