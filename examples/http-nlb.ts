import { App, Stack } from 'aws-cdk-lib';
import { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { HttpNlbIntegration } from 'cdk-apigatewayv2-integrations';

// An internal Network Load Balancer with a security group, which lets the VPC link in.
const app = new App();
const stack = new Stack(app, 'HttpNlb');

const vpc = new ec2.Vpc(stack, 'Vpc', { maxAzs: 2, natGateways: 1 });
const loadBalancer = new elbv2.NetworkLoadBalancer(stack, 'LoadBalancer', {
  vpc,
  securityGroups: [new ec2.SecurityGroup(stack, 'LoadBalancerGroup', { vpc })],
});
const listener = loadBalancer.addListener('Listener', { port: 80 });
listener.addTargetGroups('Books', new elbv2.NetworkTargetGroup(stack, 'Targets', {
  vpc,
  port: 8080,
  targetType: elbv2.TargetType.IP,
}));

new HttpApi(stack, 'Api', {
  defaultIntegration: new HttpNlbIntegration('Books', listener, {
    securityGroups: [new ec2.SecurityGroup(stack, 'LinkGroup', { vpc })],
  }),
});

app.synth();
