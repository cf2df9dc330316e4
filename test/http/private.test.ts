import { App, Duration, Stack } from 'aws-cdk-lib';
import { CfnVpcLink as CfnVpcLinkV1 } from 'aws-cdk-lib/aws-apigateway';
import {
  CfnVpcLink, HttpApi, HttpMethod, MappingValue, ParameterMapping, VpcLink, type HttpRouteIntegration,
} from 'aws-cdk-lib/aws-apigatewayv2';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as servicediscovery from 'aws-cdk-lib/aws-servicediscovery';
import { Construct } from 'constructs';
import {
  HttpAlbIntegration, HttpNlbIntegration, HttpServiceDiscoveryIntegration, type HttpPrivateIntegrationOptions,
} from 'cdk-apigatewayv2-integrations';
import { messagesIn } from '../messages';
import { errorOf, newStack, propertiesOf } from '../util';

const INTEGRATION = 'AWS::ApiGatewayV2::Integration';
const LINK = 'AWS::ApiGatewayV2::VpcLink';

/** A target of each kind: made in the app, and imported. */
const KINDS = {
  Alb: {
    own: (scope: Construct, vpc: ec2.IVpc) => {
      const listener = new elbv2.ApplicationLoadBalancer(scope, 'Balancer', { vpc })
        .addListener('Listener', { port: 80, open: false, defaultAction: elbv2.ListenerAction.fixedResponse(200) });
      return {
        arn: listener.listenerArn,
        integration: (props?: HttpPrivateIntegrationOptions) => new HttpAlbIntegration('Private', listener, props),
      };
    },
    imported: (scope: Construct) => {
      const listener = elbv2.ApplicationListener.fromApplicationListenerAttributes(scope, 'Listener', {
        listenerArn: 'arn:aws:elasticloadbalancing:us-east-1:111111111111:listener/app/lb/1/2',
        securityGroup: ec2.SecurityGroup.fromSecurityGroupId(scope, 'Group', 'sg-1'),
      });
      return {
        arn: listener.listenerArn,
        integration: (props?: HttpPrivateIntegrationOptions) => new HttpAlbIntegration('Private', listener, props),
      };
    },
  },
  Nlb: {
    own: (scope: Construct, vpc: ec2.IVpc) => {
      const listener = new elbv2.NetworkLoadBalancer(scope, 'Balancer', { vpc })
        .addListener('Listener', {
          port: 80,
          defaultTargetGroups: [new elbv2.NetworkTargetGroup(scope, 'Targets', { vpc, port: 80 })],
        });
      return {
        arn: listener.listenerArn,
        integration: (props?: HttpPrivateIntegrationOptions) => new HttpNlbIntegration('Private', listener, props),
      };
    },
    imported: (scope: Construct) => {
      const listener = elbv2.NetworkListener.fromNetworkListenerArn(
        scope, 'Listener', 'arn:aws:elasticloadbalancing:us-east-1:111111111111:listener/net/lb/1/2',
      );
      return {
        arn: listener.listenerArn,
        integration: (props?: HttpPrivateIntegrationOptions) => new HttpNlbIntegration('Private', listener, props),
      };
    },
  },
};

function serviceIn(scope: Construct, vpc: ec2.IVpc) {
  const namespace = new servicediscovery.PrivateDnsNamespace(scope, 'Namespace', { name: 'books.internal', vpc });
  return namespace.createService('Service', { dnsRecordType: servicediscovery.DnsRecordType.SRV });
}

function bind(scope: Construct, integration: HttpRouteIntegration): void {
  new HttpApi(scope, 'Api').addRoutes({ path: '/books', integration });
}

const OPTIONS = {
  method: HttpMethod.PUT,
  secureServerName: 'books.example.com',
  timeout: Duration.seconds(12),
  description: 'The books',
  parameterMapping: new ParameterMapping().overwritePath(MappingValue.requestPath()),
};
const OPTION_PROPERTIES = {
  IntegrationMethod: 'PUT',
  TlsConfig: { ServerNameToVerify: 'books.example.com' },
  TimeoutInMillis: 12_000,
  Description: 'The books',
  RequestParameters: { 'overwrite:path': '$request.path' },
};

describe.each(Object.entries(KINDS))('Http%sIntegration', (kind, { own, imported }) => {
  const name = { Alb: 'Application', Nlb: 'Network' }[kind];

  test('reaches the listener through a link in the VPC of the load balancer', () => {
    const stack = newStack();
    const { arn, integration } = own(stack, new ec2.Vpc(stack, 'Vpc'));
    bind(stack, integration());
    const [link] = propertiesOf(stack, LINK);
    expect(link).toMatchObject({
      SubnetIds: [{ Ref: expect.stringMatching(/PrivateSubnet1/) }, { Ref: expect.stringMatching(/PrivateSubnet2/) }],
      SecurityGroupIds: [],
    });
    expect(propertiesOf(stack, INTEGRATION)).toEqual([{
      ApiId: { Ref: 'ApiF70053CD' },
      IntegrationType: 'HTTP_PROXY',
      IntegrationMethod: 'ANY',
      IntegrationUri: stack.resolve(arn),
      ConnectionType: 'VPC_LINK',
      ConnectionId: { Ref: expect.stringMatching(/^ApiVpcLink/) },
      PayloadFormatVersion: '1.0',
    }]);
  });

  test('takes every option', () => {
    const stack = newStack();
    const vpc = new ec2.Vpc(stack, 'Vpc');
    bind(stack, own(stack, vpc).integration({ ...OPTIONS, vpcLink: new VpcLink(stack, 'Link', { vpc }) }));
    expect(propertiesOf(stack, INTEGRATION)).toEqual([
      expect.objectContaining({ ...OPTION_PROPERTIES, ConnectionId: { Ref: 'Link1234EF21' } }),
    ]);
    expect(propertiesOf(stack, LINK)).toHaveLength(1);
  });

  test('takes a link of any kind for an imported listener', () => {
    const stack = newStack();
    bind(stack, imported(stack).integration({
      vpcLink: new CfnVpcLink(stack, 'Link', { name: 'link', subnetIds: ['subnet-1'] }),
    }));
    expect(propertiesOf(stack, INTEGRATION)[0].ConnectionId).toEqual({ Ref: 'Link' });
  });

  test('makes a link in the VPC that is given for an imported listener', () => {
    const stack = newStack();
    bind(stack, imported(stack).integration({ vpc: new ec2.Vpc(stack, 'Vpc') }));
    expect(propertiesOf(stack, LINK)).toHaveLength(1);
    expect(propertiesOf(stack, INTEGRATION)[0].ConnectionId).toEqual({ Ref: expect.stringMatching(/^ApiVpcLink/) });
  });

  test('shares one link per VPC and API', () => {
    const stack = newStack();
    const vpc = new ec2.Vpc(stack, 'Vpc');
    const { integration } = own(stack, vpc);
    const api = new HttpApi(stack, 'Api');
    api.addRoutes({ path: '/a', integration: integration() });
    api.addRoutes({ path: '/b', integration: integration({ vpc }) });
    expect(propertiesOf(stack, LINK)).toHaveLength(1);
    expect(propertiesOf(stack, INTEGRATION)).toHaveLength(2);
  });

  test('reaches a load balancer of another stack, without a cycle', () => {
    const app = new App();
    const balancers = new Stack(app, 'Balancers');
    const apis = new Stack(app, 'Apis');
    bind(apis, own(balancers, new ec2.Vpc(balancers, 'Vpc')).integration());
    expect(propertiesOf(apis, LINK)).toHaveLength(1);
    expect(propertiesOf(balancers, LINK)).toEqual([]);
    expect(apis.dependencies.map((stack) => stack.node.id)).toEqual(['Balancers']);
    expect(balancers.dependencies).toEqual([]);
  });

  test.each(['cn-north-1', 'us-gov-west-1'])('works in %s', (region) => {
    const stack = newStack('Stack', { account: '111111111111', region });
    bind(stack, own(stack, new ec2.Vpc(stack, 'Vpc')).integration());
    expect(propertiesOf(stack, INTEGRATION)).toHaveLength(1);
  });

  test('fails on an imported listener without a link or a VPC', () => {
    const stack = newStack();
    expect(errorOf(() => bind(stack, imported(stack).integration()))).toBe(
      `The vpcLink property must be specified when using an imported ${name} Listener. The listener is imported, so `
      + 'its VPC is not known. '
      + 'Pass \'vpcLink\', or \'vpc\' for a VPC link that is made for you. (at Stack/Api/ANY--books/Private) [rule '
      + 'vpc-link-for-listener]');
  });

  test('fails on an imported load balancer without its VPC', () => {
    const stack = newStack();
    const listener = kind === 'Alb'
      ? elbv2.ApplicationLoadBalancer.fromApplicationLoadBalancerAttributes(stack, 'Balancer', {
          loadBalancerArn: 'arn:x:y:z:a:b/c/d/e/f',
          securityGroupId: 'sg-1',
        })
          .addListener('Listener', { port: 80, open: false, defaultAction: elbv2.ListenerAction.fixedResponse(200) })
      : elbv2.NetworkLoadBalancer.fromNetworkLoadBalancerAttributes(stack, 'Balancer', {
          loadBalancerArn: 'arn:x:y:z:a:b/c/d/e/f',
        })
          .addListener('Listener', { port: 80, defaultAction: elbv2.NetworkListenerAction.forward([
            new elbv2.NetworkTargetGroup(stack, 'Targets', { port: 80 }),
          ]) });
    const integration = kind === 'Alb'
      ? new HttpAlbIntegration('Private', listener as elbv2.IApplicationListener)
      : new HttpNlbIntegration('Private', listener as elbv2.INetworkListener);
    expect(errorOf(() => bind(stack, integration))).toMatch(new RegExp(
      '^The VPC of the load balancer \'Stack/Balancer\' is not known, because it was imported without its VPC\\. '
      + '.*\\[rule vpc-link-for-listener\\]$'));
  });

  test('fails on a timeout above 30 seconds', () => {
    const stack = newStack();
    expect(errorOf(() => bind(stack, own(stack, new ec2.Vpc(stack, 'Vpc')).integration({
      timeout: Duration.minutes(1),
    }))))
      .toMatch(/between 50 milliseconds and 30 seconds\. Got 60000 milliseconds\..*\[rule http-timeout-range\]$/);
  });
});

describe('HttpServiceDiscoveryIntegration', () => {
  test('reaches the instances through the link that is given', () => {
    const stack = newStack();
    const vpc = new ec2.Vpc(stack, 'Vpc');
    const service = serviceIn(stack, vpc);
    bind(stack, new HttpServiceDiscoveryIntegration('Private', service, {
      ...OPTIONS,
      vpcLink: new VpcLink(stack, 'Link', { vpc }),
    }));
    expect(propertiesOf(stack, INTEGRATION)).toEqual([{
      ApiId: { Ref: 'ApiF70053CD' },
      IntegrationType: 'HTTP_PROXY',
      IntegrationUri: stack.resolve(service.serviceArn),
      ConnectionType: 'VPC_LINK',
      ConnectionId: { Ref: 'Link1234EF21' },
      PayloadFormatVersion: '1.0',
      ...OPTION_PROPERTIES,
    }]);
  });

  test('makes a link in the VPC that is given', () => {
    const stack = newStack();
    const vpc = new ec2.Vpc(stack, 'Vpc');
    bind(stack, new HttpServiceDiscoveryIntegration('Private', serviceIn(stack, vpc), { vpc }));
    expect(propertiesOf(stack, LINK)).toHaveLength(1);
  });

  test('counts an instance that is registered after the route was added', () => {
    const stack = newStack();
    const vpc = new ec2.Vpc(stack, 'Vpc');
    const service = new servicediscovery.HttpNamespace(stack, 'Namespace', { name: 'books' }).createService('Service');
    bind(stack, new HttpServiceDiscoveryIntegration('Private', service, { vpc }));
    service.registerNonIpInstance('Instance', { customAttributes: { colour: 'green' } });
    expect(messagesIn(stack.node.root as App).map(({ text }) => text)).toEqual([
      expect.stringMatching(/has the attributes colour, expected .*\[rule cloud-map-port\]/),
    ]);
  });

  test('judges a link by what it is when the route is added', () => {
    class LateLink extends Construct {
      public readonly vpcLinkId = 'late';
      public readonly vpcLinkRef = { vpcLinkId: this.vpcLinkId };
      public readonly env = { account: '111111111111', region: 'us-east-1' };
    }
    const stack = newStack();
    const service = serviceIn(stack, new ec2.Vpc(stack, 'Vpc'));
    const vpcLink = new LateLink(stack, 'Link') as unknown as VpcLink;
    bind(stack, new HttpServiceDiscoveryIntegration('Private', service, { vpcLink }));
    new CfnVpcLinkV1(vpcLink, 'Resource', { name: 'late', targetArns: [] });
    const again = new HttpServiceDiscoveryIntegration('Again', service, { vpcLink });
    const api = new HttpApi(stack, 'Other');
    expect(errorOf(() => api.addRoutes({ path: '/again', integration: again }))).toMatch(/\[rule http-vpc-link\]$/);
  });

  test('fails without a link or a VPC', () => {
    const stack = newStack();
    const service = serviceIn(stack, new ec2.Vpc(stack, 'Vpc'));
    expect(errorOf(() => bind(stack, new HttpServiceDiscoveryIntegration('Private', service)))).toBe(
      'The vpcLink property is mandatory, unless \'vpc\' is given. A Cloud Map service does not tell the VPC of its '
      + 'instances. '
      + 'Pass \'vpcLink\', or \'vpc\' for a VPC link that is made for you. (at Stack/Api/ANY--books/Private) [rule '
      + 'vpc-link-for-service]');
  });
});
