import { Stack, type App } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as apigwv2 from 'aws-cdk-lib/aws-apigatewayv2';
import * as upstream from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as servicediscovery from 'aws-cdk-lib/aws-servicediscovery';
import { HttpVpcLinkIntegration } from 'cdk-apigatewayv2-integrations';
import { admission, both, gateway, group, HERE, link, links, listener, LISTENER_ARN, resource, url } from '../builders';
import { albListener, http, withBoth } from '../class-apps';
import type { Cases } from './case';

const IN_APP = { IntegrationUri: { Ref: 'Listener' } };
const ELB = LISTENER_ARN.slice(0, LISTENER_ARN.indexOf('listener/'));
const SERVICE_ARN = `arn:aws:servicediscovery:${HERE.region}:${HERE.account}:service/srv-1`;
const LATER = { 'Fn::ImportValue': 'value' };

const newLink = (stack: Stack) => {
  gateway(stack, 'Link', 'VpcLink', { Name: 'new', SubnetIds: ['subnet-1'] });
};
const oldLink = (stack: Stack) => {
  resource(stack, 'Link', 'AWS::ApiGateway::VpcLink', { Name: 'old', TargetArns: ['arn'] });
};
const LINK = { ConnectionId: { Ref: 'Link' } };

/** An integration of this library that calls a target through a link. */
const through = (linkIn: (stack: Stack) => unknown, target = LISTENER_ARN) =>
  http((stack) => new HttpVpcLinkIntegration('Private', target, { vpcLink: linkIn(stack) as apigwv2.IVpcLink }));
const imported = (stack: Stack) =>
  apigwv2.VpcLink.fromVpcLinkAttributes(stack, 'Link', { vpcLinkId: 'link', vpc: new ec2.Vpc(stack, 'Vpc') });

/** A Cloud Map service with records for the tasks of an ECS service. */
const tasks = (Type: string) =>
  both(link({ IntegrationUri: { 'Fn::GetAtt': ['Service', 'Arn'] } }), (stack) => {
    const RegistryArn = { 'Fn::GetAtt': ['Service', 'Arn'] };
    resource(stack, 'Service', 'AWS::ServiceDiscovery::Service', {
      NamespaceId: 'ns-1',
      DnsConfig: { DnsRecords: [{ Type, TTL: 60 }] },
      HealthCheckCustomConfig: { FailureThreshold: 1 },
    });
    resource(stack, 'Tasks', 'AWS::ECS::Service', { TaskDefinition: 'tasks', ServiceRegistries: [{ RegistryArn }] });
  });

/** A Cloud Map service with an instance. */
const instance = (InstanceAttributes: unknown) =>
  both(link({ IntegrationUri: { 'Fn::GetAtt': ['Service', 'Arn'] } }), (stack) => {
    resource(stack, 'Service', 'AWS::ServiceDiscovery::Service', { NamespaceId: 'ns-1' });
    resource(stack, 'Instance', 'AWS::ServiceDiscovery::Instance', {
      ServiceId: { Ref: 'Service' },
      InstanceAttributes,
    });
  });

/** A Cloud Map service of classes, with an instance of some attributes. */
const registered = (customAttributes: Record<string, string>) => (stack: Stack) => {
  const vpc = new ec2.Vpc(stack, 'Vpc');
  const service = new servicediscovery.HttpNamespace(stack, 'Namespace', { name: 'shop' }).createService('Service');
  service.registerNonIpInstance('Instance', { customAttributes });
  return { service, vpcLink: new apigwv2.VpcLink(stack, 'Link', { vpc }) };
};

/** As many links of classes, each with an integration. */
const manyLinks = (count: number) => (stack: Stack) => {
  const httpApi = new apigwv2.HttpApi(stack, 'Api');
  const vpc = new ec2.Vpc(stack, 'Vpc');
  for (let i = 0; i < count; i++) {
    const vpcLink = new apigwv2.VpcLink(stack, `Link${i}`, { vpc });
    httpApi.addRoutes({
      path: `/${i}`,
      integration: new HttpVpcLinkIntegration(`Private${i}`, LISTENER_ARN, { vpcLink }),
    });
  }
};

const HTTPS = {
  port: 443,
  protocol: elbv2.ApplicationProtocol.HTTPS,
  certificates: [elbv2.ListenerCertificate.fromArn('certificate')],
};

/** An imported listener of a region. */
const listenerOf = (region: string) =>
  http((stack) => {
    const made = elbv2.ApplicationListener.fromApplicationListenerAttributes(stack, 'Listener', {
      listenerArn: LISTENER_ARN.replace(HERE.region, region),
      securityGroup: ec2.SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-1'),
    });
    return new upstream.HttpAlbIntegration('Alb', made, { vpcLink: imported(stack) });
  });

/** A load balancer of classes that admits the groups of a link, or nobody. */
const balancer = (open: boolean) =>
  http((stack) => {
    const made = albListener(stack, { open: false });
    const vpc = made.loadBalancer.vpc!;
    const securityGroup = new ec2.SecurityGroup(stack, 'LinkGroup', { vpc });
    if (open) {
      made.connections.allowDefaultPortFrom(securityGroup);
    }
    const vpcLink = new apigwv2.VpcLink(stack, 'Link', { vpc, securityGroups: [securityGroup] });
    return new upstream.HttpAlbIntegration('Alb', made, { vpcLink });
  });

export const privateTargetsCases: Cases = {
  'private-target-arn': {
    wrong: {
      'the ARN of a load balancer': link({ IntegrationUri: `${ELB}loadbalancer/app/lb/1` }),
      'the ARN of a target group': link({ IntegrationUri: `${ELB}targetgroup/t/1` }),
      'a URL': link({ IntegrationUri: 'https://example.com' }),
    },
    right: {
      'the ARN of a listener': link(),
      'the ARN of a Cloud Map service with a filter': link({ IntegrationUri: `${SERVICE_ARN}?stage=prod` }),
      'an ARN of a dynamic reference': link({ IntegrationUri: '{{resolve:ssm:/shop/listener}}' }),
      'an ARN of the deployment': link({ IntegrationUri: LATER }),
    },
    says: /it is the ARN of a load balancer; pass the ARN of one of its listeners/,
    classes: { wrong: through(imported, `${ELB}loadbalancer/app/lb/1`), right: through(imported) },
  },
  'private-target-environment': {
    wrong: {
      'a listener of another region': link({ IntegrationUri: LISTENER_ARN.replace(HERE.region, 'us-east-1') }),
      'a listener of another account': link({ IntegrationUri: LISTENER_ARN.replace(HERE.account, '222222222222') }),
    },
    right: { 'a listener of the same account and region': link() },
    says: /in region us-east-1, but the API is in region eu-west-1/,
    classes: { wrong: through(imported, LISTENER_ARN.replace(HERE.region, 'us-east-1')), right: through(imported) },
    upstream: { wrong: listenerOf('us-east-1'), right: listenerOf(HERE.region) },
  },
  'http-vpc-link': {
    wrong: { 'a link of version 1': both(link(LINK), oldLink) },
    right: {
      'a link of version 2': both(link(LINK), newLink),
      'a link of the deployment': link({ ConnectionId: LATER }),
    },
    says: /'Stack\/Link' is one of API Gateway v1, which HTTP APIs do not support, expected a link of version 2/,
    classes: {
      wrong: through((stack) => new apigateway.CfnVpcLink(stack, 'Link', { name: 'old', targetArns: ['arn'] })),
      right: through((stack) => new apigwv2.VpcLink(stack, 'Link', { vpc: new ec2.Vpc(stack, 'Vpc') })),
    },
  },
  'tls-server-name': {
    wrong: {
      'an HTTPS listener without a name': link(IN_APP, listener('HTTPS')),
      'a TLS listener without a name': link(IN_APP, listener('TLS')),
      'an HTTP listener with a name': link({ ...IN_APP, TlsConfig: { ServerNameToVerify: 'a' } }, listener('HTTP')),
    },
    right: {
      'an HTTPS listener with a name': link({ ...IN_APP, TlsConfig: { ServerNameToVerify: 'a' } }, listener('HTTPS')),
      'an HTTPS listener with a name of the deployment': link(
        { ...IN_APP, TlsConfig: { ServerNameToVerify: LATER } },
        listener('HTTPS'),
      ),
      'an HTTP listener without a name': link(IN_APP, listener('HTTP')),
      'an HTTP listener with a name that is removed': url(
        { ...IN_APP, TlsConfig: { Ref: 'AWS::NoValue' } },
        {},
        listener('HTTP'),
      ),
      'a TCP listener with a name': link({ ...IN_APP, TlsConfig: { ServerNameToVerify: 'a' } }, listener('TCP')),
    },
    says: /takes HTTPS, but without 'ServerNameToVerify' API Gateway speaks HTTP to it\. Expected the name/,
    ...withBoth(({ HttpAlbIntegration }) => ({
      wrong: http((stack) => new HttpAlbIntegration('Alb', albListener(stack, HTTPS))),
      right: http(
        (stack) => new HttpAlbIntegration('Alb', albListener(stack, HTTPS), { secureServerName: 'example.com' }),
      ),
    })),
  },
  'cloud-map-port': {
    wrong: {
      'tasks with A records': tasks('A'),
      'an instance without a port': instance({ AWS_INSTANCE_IPV4: '10.0.0.1' }),
      'an instance without an address': instance({ AWS_INSTANCE_PORT: '80' }),
    },
    right: {
      'tasks with SRV records': tasks('SRV'),
      'an instance with an address and a port': instance({ AWS_INSTANCE_IPV4: '10.0.0.1', AWS_INSTANCE_PORT: '80' }),
      'an instance with an address of version 6': instance({
        AWS_INSTANCE_IPV6: '::1',
        AWS_INSTANCE_PORT: '80',
        color: 'blue',
      }),
      'attributes of the deployment': instance(LATER),
      'a service without instances in the app': link({ IntegrationUri: SERVICE_ARN }),
    },
    says: /of an ECS service has A records, which do not tell the port of a task, expected SRV/,
    ...withBoth(({ HttpServiceDiscoveryIntegration }) => {
      const to = (attributes: Record<string, string>) =>
        http((stack) => {
          const { service, vpcLink } = registered(attributes)(stack);
          return new HttpServiceDiscoveryIntegration('Service', service, { vpcLink });
        });
      return { wrong: to({ color: 'blue' }), right: to({ AWS_INSTANCE_IPV4: '10.0.0.1', AWS_INSTANCE_PORT: '80' }) };
    }),
  },
  'vpc-link-quota': {
    wrong: { '11 links': links(11) },
    right: {
      '10 links': links(10),
      '6 links in each of two regions': both(links(6), (stack) => {
        links(6)(new Stack(stack.node.scope as App, 'Other', { env: { ...HERE, region: 'us-east-1' } }));
      }),
    },
    says: /use 11 VPC links in eu-west-1 of account 111111111111, expected at most 10/,
    classes: { wrong: manyLinks(11), right: manyLinks(10) },
  },
  'vpc-link-admitted': {
    wrong: {
      'a rule for another group': admission(group('OtherGroup')),
      'a rule of another protocol': admission({ ...group('LinkGroup'), IpProtocol: 'udp' }),
      'a rule for another port': admission({ ...group('LinkGroup'), FromPort: 8080, ToPort: 8080 }),
    },
    right: {
      'a rule for the group of the link': admission(group('LinkGroup')),
      'a rule for all protocols': admission({ ...group('LinkGroup'), IpProtocol: '-1' }),
      'a rule for all protocols, which counts for all ports': admission({
        ...group('LinkGroup'), IpProtocol: '-1', FromPort: 443, ToPort: 443,
      }),
      'a rule for addresses': admission({ CidrIp: '10.0.0.0/8' }),
      'a rule for a prefix list': admission({ SourcePrefixListId: 'pl-1' }),
      'a rule for a group of the deployment': admission({ SourceSecurityGroupId: LATER }),
      'a listener of another app': link(),
    },
    says: /do not admit those of the VPC link to port 80 of the listener 'Stack\/Listener', expected an ingress rule/,
    classes: 'Security groups may be opened anywhere in an app, so only the finished template tells whom they admit.',
    upstream: { wrong: balancer(false), right: balancer(true) },
  },
};
