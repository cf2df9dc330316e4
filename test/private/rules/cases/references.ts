import type { Stack } from 'aws-cdk-lib';
import * as apigwv2 from 'aws-cdk-lib/aws-apigatewayv2';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import {
  both, gateway, link, LISTENER_ARN, listener, mock, resource, URL, url, webSocketUrl, type Build,
} from '../builders';
import { written } from '../bound';
import type { Cases } from './case';

const LATER = { 'Fn::ImportValue': 'value' };
const attribute = (name: string, of: string) => ({ 'Fn::GetAtt': [of, name] });

/** A load balancer with a listener, and what else a private target is mistaken for. */
const balancer: Build = (stack) => {
  resource(stack, 'Balancer', 'AWS::ElasticLoadBalancingV2::LoadBalancer', { Scheme: 'internal' });
  listener('HTTP', { Ref: 'Balancer' })(stack);
  resource(stack, 'Targets', 'AWS::ElasticLoadBalancingV2::TargetGroup', { Port: 80, Protocol: 'HTTP' });
};
const cloudMap: Build = (stack) => {
  resource(stack, 'Namespace', 'AWS::ServiceDiscovery::HttpNamespace', { Name: 'shop' });
  resource(stack, 'Service', 'AWS::ServiceDiscovery::Service', { NamespaceId: { Ref: 'Namespace' } });
};
const target = (IntegrationUri: unknown) => link({ IntegrationUri }, both(balancer, cloudMap));

const newLink: Build = (stack) => { gateway(stack, 'Link', 'VpcLink', { Name: 'new', SubnetIds: ['subnet-1'] }); };
const oldLink: Build = (stack) => {
  resource(stack, 'Old', 'AWS::ApiGateway::VpcLink', { Name: 'old', TargetArns: ['a'] });
};
const connection = (ConnectionId: unknown) => link({ ConnectionId }, both(balancer, newLink));

/** A second API with a stage, and a route whose target is what is said. */
const second = (Target: unknown, ApiId: unknown = { Ref: 'Api2' }): Build => (stack) => {
  gateway(stack, 'Api2', 'Api', { Name: 'second', ProtocolType: 'HTTP' });
  gateway(stack, 'Stage2', 'Stage', { ApiId: { Ref: 'Api2' }, StageName: 'prod', AutoDeploy: true });
  gateway(stack, 'Integration2', 'Integration', { ...URL, ApiId });
  gateway(stack, 'Route2', 'Route', { ApiId: { Ref: 'Api2' }, RouteKey: 'GET /other', Target });
};
const FIRST = { 'Fn::Sub': 'integrations/${Integration}' };
const SECOND = { 'Fn::Sub': 'integrations/${Integration2}' };

/** A private integration of classes, with the load balancer of a listener. */
const privately = (
  config: (made: elbv2.ApplicationListener, vpcLink: apigwv2.VpcLink) => Partial<apigwv2.HttpRouteIntegrationConfig>,
): Build => written((stack: Stack) => {
  const vpc = new ec2.Vpc(stack, 'Vpc');
  const loadBalancer = new elbv2.ApplicationLoadBalancer(stack, 'Balancer', { vpc });
  const defaultAction = elbv2.ListenerAction.fixedResponse(200);
  const made = loadBalancer.addListener('Listener', { port: 80, defaultAction });
  const vpcLink = new apigwv2.VpcLink(stack, 'Link', { vpc });
  const connectionType = apigwv2.HttpConnectionType.VPC_LINK;
  return { connectionType, connectionId: vpcLink.vpcLinkId, uri: made.listenerArn, ...config(made, vpcLink) };
});

export const referencesCases: Cases = {
  'private-target-reference': {
    wrong: {
      'a load balancer': target({ Ref: 'Balancer' }),
      'an attribute of a load balancer': target(attribute('LoadBalancerArn', 'Balancer')),
      'a target group': target({ Ref: 'Targets' }),
      'the DNS name of a load balancer': target(attribute('DNSName', 'Balancer')),
      'a URL with the DNS name of a load balancer': target({ 'Fn::Sub': 'http://${Balancer.DNSName}/books' }),
      'a Cloud Map namespace': target(attribute('Arn', 'Namespace')),
      'the id of a Cloud Map service': target({ Ref: 'Service' }),
    },
    right: {
      'a listener': target({ Ref: 'Listener' }),
      'an attribute that is the ARN of a listener': target(attribute('ListenerArn', 'Listener')),
      'the ARN of a Cloud Map service': target(attribute('Arn', 'Service')),
      'an ARN of the deployment': target(LATER),
      'an ARN whose start is known at deployment': target({ 'Fn::Sub': '${AWS::StackName}/listener' }),
      'a URL of an API that is not in the app, and may be a WebSocket API': both(url({
        ApiId: 'api', ConnectionType: 'VPC_LINK', ConnectionId: 'abc123',
        IntegrationUri: { 'Fn::Sub': 'http://${Balancer.DNSName}' },
      }), balancer),
      'a load balancer in the URL of a WebSocket API': both(webSocketUrl({
        ConnectionType: 'VPC_LINK', ConnectionId: { Ref: 'Old' },
        IntegrationUri: { 'Fn::Sub': 'http://${Balancer.DNSName}' },
      }), both(balancer, oldLink)),
    },
    says: /refers to 'Stack\/Balancer' \(AWS::ElasticLoadBalancingV2::LoadBalancer\), expected the ARN of a listener/,
    classes: 'HttpVpcLinkIntegration takes any ARN, and follows no references. The other classes take the listener.',
    upstream: {
      wrong: privately(({ loadBalancer }) => ({ uri: loadBalancer.loadBalancerArn })),
      right: privately(({ listenerArn }) => ({ uri: listenerArn })),
    },
  },
  'vpc-link-reference': {
    wrong: {
      'a load balancer': connection({ Ref: 'Balancer' }),
      'a listener': connection({ Ref: 'Listener' }),
      'a load balancer on a WebSocket API': both(webSocketUrl({
        ConnectionType: 'VPC_LINK', ConnectionId: { Ref: 'Balancer' },
      }), balancer),
    },
    right: {
      'a link': connection({ Ref: 'Link' }),
      'an attribute that is the id of the link': connection(attribute('VpcLinkId', 'Link')),
      'a link of the deployment': connection(LATER),
      'a link that is not in the app': connection('abc123'),
      'an old link on a WebSocket API': both(webSocketUrl({
        ConnectionType: 'VPC_LINK', ConnectionId: { Ref: 'Old' },
      }), oldLink),
      'no private integration': both(url({ ConnectionId: { Ref: 'Balancer' } }), balancer),
    },
    says: /'ConnectionId' refers to 'Stack\/Balancer' \(.*LoadBalancer\), expected an AWS::ApiGatewayV2::VpcLink/,
    classes: 'The classes take a link, not its id.',
    upstream: {
      wrong: privately(({ listenerArn }) => ({ connectionId: listenerArn })),
      right: privately((_, { vpcLinkId }) => ({ connectionId: vpcLinkId })),
    },
  },
  'route-integration-api': {
    wrong: { 'the integration of the first API': both(url(), second(FIRST, { Ref: 'Api' })) },
    also: ['integration-unused'],
    right: {
      'an integration of its own': both(url(), second(SECOND)),
      'an attribute that is the id of its own API': both(url(), second(SECOND, attribute('ApiId', 'Api2'))),
      'an integration of an API that is not in the app': both(url(), second(SECOND, 'api')),
      'an integration of the deployment': both(url(), second({ 'Fn::Sub': 'integrations/${AWS::StackName}' })),
    },
    says: /'Stack\/Route2' of the API 'Stack\/Api2' names the integration 'Stack\/Integration' of the API 'Stack\/Api'/,
    classes: 'An integration object that routes of two APIs use is refused at once, by the rule single-api.',
  },
  'route-target-reference': {
    wrong: {
      'the API': url({}, { Target: { 'Fn::Sub': 'integrations/${Api}' } }),
      'a load balancer': both(url({}, {
        Target: { 'Fn::Join': ['/', ['integrations', { Ref: 'Balancer' }]] },
      }), balancer),
    },
    also: ['integration-unused'],
    right: {
      'an integration': url(),
      'an attribute that is the id of an integration': url({}, {
        Target: { 'Fn::Sub': 'integrations/${Integration.IntegrationId}' },
      }),
      'an integration of a WebSocket API': mock(),
      'a target of the deployment': url({}, { Target: { 'Fn::Sub': 'integrations/${AWS::StackName}' } }),
      'a resource that may make an integration': both(url({}, {
        Target: { 'Fn::Sub': 'integrations/${Custom}' },
      }), (stack) => {
        resource(stack, 'Custom', 'Custom::Integration', { ServiceToken: LISTENER_ARN });
      }),
    },
    says: /'Target' names 'Stack\/Api' \(AWS::ApiGatewayV2::Api\), expected an AWS::ApiGatewayV2::Integration/,
    classes: 'Routes and their targets are what aws-cdk-lib writes.',
  },
};
