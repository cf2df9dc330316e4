import { App, CfnParameter, Stack, Token } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import {
  CfnVpcLink, HttpApi, MappingValue, ParameterMapping, type HttpRouteIntegration,
} from 'aws-cdk-lib/aws-apigatewayv2';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as servicediscovery from 'aws-cdk-lib/aws-servicediscovery';
import {
  HttpAlbIntegration, HttpNlbIntegration, HttpServiceDiscoveryIntegration, HttpVpcLinkIntegration,
  type HttpPrivateIntegrationOptions,
} from 'cdk-apigatewayv2-integrations';
import { Construct } from 'constructs';
import { errorOf, newStack, propertiesOf, warningsOf } from '../util';

const INTEGRATION = 'AWS::ApiGatewayV2::Integration';
const LINK = 'AWS::ApiGatewayV2::VpcLink';
const LISTENER_ARN = 'arn:aws:elasticloadbalancing:us-east-1:111111111111:listener/app/lb/1/2';
const HERE = { account: '111111111111', region: 'us-east-1' };

function albListener(scope: Construct, vpc: ec2.IVpc, props: Partial<elbv2.BaseApplicationListenerProps> = {}) {
  return new elbv2.ApplicationLoadBalancer(scope, 'Alb', { vpc })
    .addListener('Listener', {
      port: 80,
      open: false,
      defaultAction: elbv2.ListenerAction.fixedResponse(200),
      ...props,
    });
}

function nlbListener(scope: Construct, vpc: ec2.IVpc, securityGroups?: ec2.ISecurityGroup[]) {
  return new elbv2.NetworkLoadBalancer(scope, 'Nlb', { vpc, securityGroups })
    .addListener('Listener', {
      port: 8080,
      defaultTargetGroups: [new elbv2.NetworkTargetGroup(scope, 'Targets', { vpc, port: 80 })],
    });
}

function cloudMapService(scope: Construct, vpc: ec2.IVpc) {
  return new servicediscovery.PrivateDnsNamespace(scope, 'Namespace', { name: 'books.internal', vpc })
    .createService('Service', { dnsRecordType: servicediscovery.DnsRecordType.SRV });
}

function routes(scope: Construct, ...integrations: HttpRouteIntegration[]): HttpApi {
  const api = new HttpApi(scope, 'Api');
  integrations.forEach((integration, i) => api.addRoutes({ path: `/${i}`, integration }));
  return api;
}

const imported = (scope: Construct, props: Partial<elbv2.ApplicationListenerAttributes> = {}) =>
  elbv2.ApplicationListener.fromApplicationListenerAttributes(scope, 'Imported', {
    listenerArn: LISTENER_ARN,
    securityGroup: ec2.SecurityGroup.fromSecurityGroupId(scope, 'ImportedGroup', 'sg-12345678'),
    ...props,
  });

/** Each class, with a target in the VPC. */
const CLASSES: [string, (
  scope: Construct, vpc: ec2.IVpc, props: HttpPrivateIntegrationOptions,
) => HttpRouteIntegration][] = [
  ['HttpAlbIntegration', (scope, vpc, props) => new HttpAlbIntegration('Private', albListener(scope, vpc), props)],
  ['HttpNlbIntegration', (scope, vpc, props) => new HttpNlbIntegration('Private', nlbListener(scope, vpc), props)],
  ['HttpServiceDiscoveryIntegration', (scope, vpc, props) =>
    new HttpServiceDiscoveryIntegration('Private', cloudMapService(scope, vpc), { vpc, ...props })],
];

describe.each(CLASSES)('the link that %s makes', (_, create) => {
  test('takes subnets, security groups and a name', () => {
    const stack = newStack();
    const vpc = new ec2.Vpc(stack, 'Vpc');
    const group = new ec2.SecurityGroup(stack, 'Group', { vpc });
    routes(stack, create(stack, vpc, {
      subnets: { subnets: [vpc.publicSubnets[0]] },
      securityGroups: [group],
      vpcLinkName: 'books',
    }));
    expect(propertiesOf(stack, LINK)).toEqual([{
      Name: 'books',
      SubnetIds: [stack.resolve(vpc.publicSubnets[0].subnetId)],
      SecurityGroupIds: [stack.resolve(group.securityGroupId)],
    }]);
  });

  test('lies in isolated subnets where there are no private ones', () => {
    const stack = newStack();
    const vpc = new ec2.Vpc(stack, 'Vpc', {
      subnetConfiguration: [{ name: 'isolated', subnetType: ec2.SubnetType.PRIVATE_ISOLATED }],
    });
    const integration = create(stack, vpc, {});
    routes(stack, integration, integration);
    const isolated: unknown[] = vpc.isolatedSubnets.map((subnet) => stack.resolve(subnet.subnetId));
    expect(propertiesOf(stack, LINK).map(({ SubnetIds }) => SubnetIds)).toEqual([isolated]);
  });

  test('fails in a VPC of public subnets, unless they are given', () => {
    const stack = newStack();
    const vpc = new ec2.Vpc(stack, 'Vpc', {
      subnetConfiguration: [{ name: 'public', subnetType: ec2.SubnetType.PUBLIC }],
    });
    const subnets = { subnetType: ec2.SubnetType.PUBLIC };
    expect(errorOf(() =>
      routes(stack, create(new Construct(stack, 'One'), vpc, {})))).toContain('[rule vpc-link-subnets]');
    routes(new Construct(stack, 'Two'), create(new Construct(stack, 'Three'), vpc, { subnets }));
    expect(propertiesOf(stack, LINK)).toHaveLength(1);
  });

  test('is not made beside one that is given: that fails', () => {
    const stack = newStack();
    const vpc = new ec2.Vpc(stack, 'Vpc');
    const vpcLink = new CfnVpcLink(stack, 'Link', { name: 'link', subnetIds: ['subnet-1'] });
    const message = errorOf(() => routes(stack, create(stack, vpc, { vpcLink, vpc, vpcLinkName: 'x' })));
    expect(message).toMatch(
      /'vpcLink' is given beside 'vpc', 'vpcLinkName'.*\(at Stack\/Api\/ANY--0\/Private\) \[rule vpc-link-options\]/,
    );
  });

  test('can be read once it is bound', () => {
    const stack = newStack();
    const integration = create(stack, new ec2.Vpc(stack, 'Vpc'), {}) as HttpAlbIntegration;
    expect(errorOf(() => integration.vpcLink)).toMatch(/'vpcLink' was read before.*\[rule integration-not-bound\]/);
    routes(stack, integration);
    expect(stack.resolve(integration.vpcLink.vpcLinkRef.vpcLinkId))
      .toEqual(propertiesOf(stack, INTEGRATION)[0].ConnectionId);
  });

  test('lives in the scope that is given, as the integration does', () => {
    const stack = newStack();
    const scope = new Construct(stack, 'Mine');
    routes(stack, create(stack, new ec2.Vpc(stack, 'Vpc'), { scope }));
    const { Resources } = Template.fromStack(stack).toJSON() as { Resources: Record<string, { Type: string }> };
    const ids = (type: string) => Object.keys(Resources).filter((id) => Resources[id].Type === type);
    expect(ids(LINK)).toEqual([expect.stringMatching(/^MineVpcLink/)]);
    expect(ids(INTEGRATION)).toEqual([expect.stringMatching(/^MinePrivate/)]);
  });
});

describe('links of an API', () => {
  test('are shared by equal options, and never by others', () => {
    const stack = newStack();
    const vpc = new ec2.Vpc(stack, 'Vpc');
    const [one, two] = ['One', 'Two'].map((id) => new ec2.SecurityGroup(stack, id, { vpc }));
    const listener = albListener(stack, vpc);
    const options: HttpPrivateIntegrationOptions[] = [
      {},
      { vpc },
      { securityGroups: [one, two] },
      { securityGroups: [two, one] },
      { securityGroups: [one] },
      { vpcLinkName: 'a' },
      { vpcLinkName: 'a' },
      { vpcLinkName: 'b' },
      { subnets: { subnetType: ec2.SubnetType.PUBLIC } },
      { subnets: { subnets: vpc.publicSubnets } },
      { securityGroups: [] },
    ];
    routes(stack, ...options.map((props, i) => new HttpAlbIntegration(`Private${i}`, listener, props)));
    const targets = Template.fromStack(stack).findResources('AWS::ApiGatewayV2::Route');
    expect(Object.keys(targets)).toHaveLength(options.length);
    const connections = new Map(Object.entries(Template.fromStack(stack).findResources(INTEGRATION))
      .map(([id, { Properties }]) => [
        Number(/Private(\d+)/.exec(id)![1].slice(0, id.includes('Private10') ? 2 : 1)),
        Properties.ConnectionId.Ref as string,
      ]));
    const groups = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((i) =>
      [...connections.values()].indexOf(connections.get(i)!));
    expect(groups[1]).toBe(groups[0]);
    expect(groups[10]).toBe(groups[0]);
    expect(groups[3]).toBe(groups[2]);
    expect(groups[6]).toBe(groups[5]);
    expect(groups[9]).toBe(groups[8]);
    expect(propertiesOf(stack, LINK)).toHaveLength(6);
  });

  test('have logical ids that do not depend on the order of the routes', () => {
    const ids = [false, true].map((turned) => {
      const stack = newStack();
      const vpc = new ec2.Vpc(stack, 'Vpc');
      const group = new ec2.SecurityGroup(stack, 'Group', { vpc });
      const listener = albListener(stack, vpc);
      const integrations = [{ securityGroups: [group] }, { vpcLinkName: new CfnParameter(stack, 'Name').valueAsString }]
        .map((props, i) => new HttpAlbIntegration(`Private${i}`, listener, props));
      routes(stack, ...turned ? integrations.reverse() : integrations);
      return Object.keys(Template.fromStack(stack).findResources(LINK)).sort();
    });
    expect(ids[0]).toHaveLength(2);
    expect(ids[1]).toEqual(ids[0]);
  });

  test('warn when there are more than ten in a region', () => {
    const app = new App();
    const stack = new Stack(app, 'Stack', { env: HERE });
    const other = new Stack(app, 'Other', { env: { ...HERE, region: 'eu-west-1' } });
    const listenerIn = (scope: Stack) => LISTENER_ARN.replace('us-east-1', scope.region);
    const link = (scope: Stack, i: number) => new HttpVpcLinkIntegration(`Private${i}`, listenerIn(scope), {
      vpcLink: new CfnVpcLink(scope, `Link${i}`, { name: 'link', subnetIds: ['subnet-1'] }),
    });
    routes(stack, ...Array.from({ length: 10 }, (_, i) => link(stack, i)));
    routes(other, link(other, 0));
    expect(warningsOf(stack)).toEqual([]);
    new HttpApi(stack, 'More', { defaultIntegration: link(stack, 10) });
    expect(new Set(warningsOf(stack).map(({ message }) => message.split('. ')[0])))
      .toEqual(new Set([
        'The integrations of this app use 11 VPC links in us-east-1 of account 111111111111, expected at most 10',
      ]));
    expect(warningsOf(other)).toEqual([]);
  });
});

describe('security groups of the link', () => {
  const ingress = (stack: Stack) => propertiesOf(stack, 'AWS::EC2::SecurityGroupIngress');

  test('are opened to the listener of an Application Load Balancer, and it to them', () => {
    const stack = newStack();
    const vpc = new ec2.Vpc(stack, 'Vpc');
    const group = new ec2.SecurityGroup(stack, 'Group', { vpc, allowAllOutbound: false });
    const integration = new HttpAlbIntegration('Private', albListener(stack, vpc), { securityGroups: [group] });
    routes(stack, integration, integration);
    const balancer = { 'Fn::GetAtt': [expect.stringMatching(/^AlbSecurityGroup/), 'GroupId'] };
    expect(ingress(stack)).toEqual([expect.objectContaining({
      FromPort: 80,
      ToPort: 80,
      IpProtocol: 'tcp',
      GroupId: balancer,
      SourceSecurityGroupId: stack.resolve(group.securityGroupId),
    })]);
    expect(propertiesOf(stack, 'AWS::EC2::SecurityGroupEgress')).toContainEqual(expect.objectContaining({
      FromPort: 80, ToPort: 80, GroupId: stack.resolve(group.securityGroupId), DestinationSecurityGroupId: balancer,
    }));
  });

  test('are opened to a Network Load Balancer that has security groups', () => {
    const stack = newStack();
    const vpc = new ec2.Vpc(stack, 'Vpc');
    const [group, balancer] = ['Group', 'BalancerGroup'].map((id) => new ec2.SecurityGroup(stack, id, { vpc }));
    routes(stack, new HttpNlbIntegration('Private', nlbListener(stack, vpc, [balancer]), { securityGroups: [group] }));
    expect(Template.fromStack(stack).findResources('AWS::EC2::SecurityGroupEgress')).toEqual({});
    expect(ingress(stack)).toEqual([expect.objectContaining({
      FromPort: 8080,
      ToPort: 8080,
      GroupId: stack.resolve(balancer.securityGroupId),
      SourceSecurityGroupId: stack.resolve(group.securityGroupId),
    })]);
    expect(warningsOf(stack)).toEqual([]);
  });

  test('make no cycle between the stacks of the load balancer and of the API', () => {
    const app = new App();
    const balancers = new Stack(app, 'Balancers');
    const apis = new Stack(app, 'Apis');
    const vpc = new ec2.Vpc(balancers, 'Vpc');
    const listener = albListener(balancers, vpc);
    routes(apis, new HttpAlbIntegration('Private', listener, {
      securityGroups: [new ec2.SecurityGroup(apis, 'Group', { vpc })],
    }));
    expect(ingress(apis)).toHaveLength(1);
    expect(ingress(balancers)).toEqual([]);
    expect(balancers.dependencies).toEqual([]);
  });

  test('are opened to an imported listener whose port is known', () => {
    const stack = newStack();
    const vpc = new ec2.Vpc(stack, 'Vpc');
    routes(stack, new HttpAlbIntegration('Private', imported(stack, { defaultPort: 443 }), {
      vpc,
      securityGroups: [new ec2.SecurityGroup(stack, 'Group', { vpc })],
    }));
    expect(ingress(stack)).toEqual([expect.objectContaining({ FromPort: 443, GroupId: 'sg-12345678' })]);
  });

  test('warn when they cannot be opened', () => {
    const stack = newStack();
    const vpc = new ec2.Vpc(stack, 'Vpc');
    const securityGroups = ['One', 'Two'].map((id) => new ec2.SecurityGroup(stack, id, { vpc }));
    const nlb = elbv2.NetworkListener.fromNetworkListenerArn(stack, 'Nlb', LISTENER_ARN);
    routes(stack, new HttpAlbIntegration('Alb', imported(stack), {
      vpc,
      securityGroups,
    }), new HttpNlbIntegration('Nlb', nlb, { vpc, securityGroups }));
    expect(warningsOf(stack).map(({ rule }) => rule)).toEqual(['vpc-link-security-groups', 'vpc-link-security-groups']);
    expect(ingress(stack)).toEqual([]);
  });
});

describe('HttpVpcLinkIntegration', () => {
  const link = (stack: Stack) => new CfnVpcLink(stack, 'Link', { name: 'link', subnetIds: ['subnet-1'] });

  test('reaches a target that is known by its ARN', () => {
    const stack = newStack('Stack', HERE);
    routes(stack, new HttpVpcLinkIntegration('Private', LISTENER_ARN, {
      vpcLink: link(stack),
      secureServerName: 'books.example.com',
    }));
    expect(propertiesOf(stack, INTEGRATION)).toEqual([{
      ApiId: { Ref: 'ApiF70053CD' },
      IntegrationType: 'HTTP_PROXY',
      IntegrationMethod: 'ANY',
      IntegrationUri: LISTENER_ARN,
      ConnectionType: 'VPC_LINK',
      ConnectionId: { Ref: 'Link' },
      PayloadFormatVersion: '1.0',
      TlsConfig: { ServerNameToVerify: 'books.example.com' },
    }]);
    expect(warningsOf(stack)).toEqual([]);
  });

  test.each([
    ['the ARN of a load balancer', LISTENER_ARN.replace('listener', 'loadbalancer'), 'private-target-arn'],
    [
      'the ARN of a target group', 'arn:aws:elasticloadbalancing:us-east-1:111111111111:targetgroup/t/1',
      'private-target-arn',
    ],
  ])('fails on %s', (_, arn, rule) => {
    const stack = newStack();
    expect(errorOf(() =>
      routes(stack, new HttpVpcLinkIntegration('Private', arn, { vpcLink: link(stack) })))).toContain(`[rule ${rule}]`);
  });

  test('fails on a listener of another region', () => {
    const stack = newStack('Stack', { ...HERE, region: 'eu-west-1' });
    expect(errorOf(() => routes(stack, new HttpVpcLinkIntegration('Private', LISTENER_ARN, {
      vpcLink: link(stack),
    })))).toMatch(/in region us-east-1, but the API is in region eu-west-1.*\[rule private-target-environment\]/);
  });

  test('fails on a listener of a stack in another account', () => {
    const app = new App();
    const balancers = new Stack(app, 'Balancers', { env: { ...HERE, account: '222222222222' } });
    const apis = new Stack(app, 'Apis', { env: HERE });
    const listener = albListener(balancers, new ec2.Vpc(balancers, 'Vpc'));
    expect(errorOf(() => routes(apis, new HttpAlbIntegration('Private', listener, {
      vpcLink: link(apis),
    })))).toContain('[rule private-target-environment]');
  });
});

describe('stripStage', () => {
  test('sends the path without the stage, beside the mapping of the user, which is left alone', () => {
    const stack = newStack('Stack', HERE);
    const parameterMapping = new ParameterMapping().appendHeader('x-a', MappingValue.custom('b')).removeHeader('x-c');
    const vpcLink = new CfnVpcLink(stack, 'Link', { name: 'link', subnetIds: ['subnet-1'] });
    routes(stack, new HttpVpcLinkIntegration('Private', LISTENER_ARN, { vpcLink, stripStage: true, parameterMapping }));
    expect(propertiesOf(stack, INTEGRATION)[0].RequestParameters).toEqual({
      'append:header.x-a': 'b', 'remove:header.x-c': '\'\'', 'overwrite:path': '$request.path',
    });
    expect(parameterMapping.mappings).toEqual({ 'append:header.x-a': 'b', 'remove:header.x-c': '' });
  });

  test('fails beside a mapping of the path', () => {
    const stack = newStack();
    const parameterMapping = new ParameterMapping().overwritePath(MappingValue.requestPath());
    const vpcLink = new CfnVpcLink(stack, 'Link', { name: 'link', subnetIds: ['subnet-1'] });
    expect(errorOf(() => routes(stack, new HttpVpcLinkIntegration('Private', LISTENER_ARN, {
      vpcLink,
      stripStage: true,
      parameterMapping,
    }))))
      .toContain('[rule strip-stage]');
  });
});

describe('TLS', () => {
  const certificates = [elbv2.ListenerCertificate.fromArn('arn:aws:acm:us-east-1:111111111111:certificate/1')];

  test.each([
    ['an HTTPS listener without secureServerName', { port: 443, certificates }, undefined, ['tls-server-name']],
    ['an HTTP listener with secureServerName', { port: 80 }, 'books.example.com', ['tls-server-name']],
    ['an HTTPS listener with secureServerName', { port: 443, certificates }, 'books.example.com', []],
    ['an HTTP listener without secureServerName', { port: 80 }, undefined, []],
  ])('%s warns of %4$p', (_, listener, secureServerName, rules) => {
    const stack = newStack();
    routes(stack, new HttpAlbIntegration('Private', albListener(stack, new ec2.Vpc(stack, 'Vpc'), listener), {
      secureServerName,
    }));
    expect(warningsOf(stack).map(({ rule }) => rule)).toEqual(rules);
  });

  test('is not judged for a TCP listener or an imported one', () => {
    const stack = newStack();
    const vpc = new ec2.Vpc(stack, 'Vpc');
    routes(stack,
      new HttpNlbIntegration('One', nlbListener(stack, vpc), { secureServerName: 'books.example.com' }),
      new HttpAlbIntegration('Two', imported(stack), { vpc, secureServerName: 'books.example.com' }));
    expect(warningsOf(stack)).toEqual([]);
  });
});

describe('Cloud Map', () => {
  test('is asked for instances with the filters, sorted and encoded', () => {
    const stack = newStack();
    const vpc = new ec2.Vpc(stack, 'Vpc');
    const service = cloudMapService(stack, vpc);
    routes(stack, new HttpServiceDiscoveryIntegration('Private', service, {
      vpc,
      instanceFilters: { stage: 'a&b', deployment: 'green' },
    }));
    expect(propertiesOf(stack, INTEGRATION)[0].IntegrationUri).toEqual({
      'Fn::Join': ['', [stack.resolve(service.serviceArn), '?deployment=green&stage=a%26b']],
    });
  });

  test('takes a filter that is a number which is known at deployment', () => {
    const stack = newStack();
    const vpc = new ec2.Vpc(stack, 'Vpc');
    const service = cloudMapService(stack, vpc);
    const shard = `${new CfnParameter(stack, 'Shard', { type: 'Number' }).valueAsNumber}`;
    routes(stack, new HttpServiceDiscoveryIntegration('Private', service, { vpc, instanceFilters: { shard } }));
    expect(propertiesOf(stack, INTEGRATION)[0].IntegrationUri).toEqual({
      'Fn::Join': ['', [stack.resolve(service.serviceArn), '?shard=', { Ref: 'Shard' }]],
    });
  });

  test('takes filters that are known at deployment, and an empty list of them', () => {
    const stack = newStack();
    const vpc = new ec2.Vpc(stack, 'Vpc');
    const service = cloudMapService(stack, vpc);
    const color = new CfnParameter(stack, 'Color').valueAsString;
    routes(stack,
      new HttpServiceDiscoveryIntegration('One', service, { vpc, instanceFilters: { color } }),
      new HttpServiceDiscoveryIntegration('Two', service, { vpc, instanceFilters: {} }));
    expect(propertiesOf(stack, INTEGRATION).map(({ IntegrationUri }) => IntegrationUri)).toEqual([
      { 'Fn::Join': ['', [stack.resolve(service.serviceArn), '?color=', { Ref: 'Color' }]] },
      stack.resolve(service.serviceArn),
    ]);
  });

  test.each([
    ['warns of A records of an ECS service', false, ['cloud-map-port']],
    ['takes SRV records of an ECS service', true, []],
  ])('%s', (_, srv, rules) => {
    const stack = newStack();
    const vpc = new ec2.Vpc(stack, 'Vpc');
    const cluster = new ecs.Cluster(stack, 'Cluster', { vpc, defaultCloudMapNamespace: { name: 'books.internal' } });
    const taskDefinition = new ecs.FargateTaskDefinition(stack, 'Task');
    taskDefinition.addContainer('web', {
      image: ecs.ContainerImage.fromRegistry('nginx'),
      portMappings: [{ containerPort: 80 }],
    });
    const { cloudMapService: service } = new ecs.FargateService(stack, 'Service', {
      cluster, taskDefinition, cloudMapOptions: srv ? { dnsRecordType: servicediscovery.DnsRecordType.SRV } : {},
    });
    routes(stack, new HttpServiceDiscoveryIntegration('Private', service!, { vpc }));
    expect(warningsOf(stack).map(({ rule }) => rule)).toEqual(rules);
  });

  test('takes an instance whose attributes only the deployment knows', () => {
    const stack = newStack();
    const vpc = new ec2.Vpc(stack, 'Vpc');
    const service = new servicediscovery.HttpNamespace(stack, 'Namespace', { name: 'books' }).createService('Service');
    const instance = service.registerNonIpInstance('Instance', { customAttributes: { color: 'green' } });
    const resource = instance.node.findChild('Resource') as servicediscovery.CfnInstance;
    resource.instanceAttributes = Token.asAny(new CfnParameter(stack, 'Attributes').value);
    routes(stack, new HttpServiceDiscoveryIntegration('Private', service, { vpc }));
    expect(warningsOf(stack)).toEqual([]);
  });

  test('warns of an instance without a port', () => {
    const stack = newStack();
    const vpc = new ec2.Vpc(stack, 'Vpc');
    const service = new servicediscovery.HttpNamespace(stack, 'Namespace', { name: 'books' }).createService('Service');
    service.registerIpInstance('Fine', { ipv4: '10.0.0.1', port: 80 });
    routes(stack, new HttpServiceDiscoveryIntegration('Private', service, { vpc }));
    expect(warningsOf(stack)).toEqual([]);
    service.registerNonIpInstance('Wrong', { customAttributes: { color: 'green' } });
    expect(warningsOf(stack).map(({ message }) => message)).toEqual([
      expect.stringContaining('\'Stack/Namespace/Service\' has the attributes color'),
    ]);
  });
});
