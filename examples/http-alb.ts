import { App, Stack } from 'aws-cdk-lib';
import { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { HttpAlbIntegration } from 'cdk-apigatewayv2-integrations';

// An internal Application Load Balancer that answers everything.
const app = new App();
const stack = new Stack(app, 'HttpAlb');

const vpc = new ec2.Vpc(stack, 'Vpc', { maxAzs: 2, natGateways: 1 });
const loadBalancer = new elbv2.ApplicationLoadBalancer(stack, 'LoadBalancer', { vpc });
const listener = loadBalancer.addListener('Listener', {
  port: 80,
  open: false,
  defaultAction: elbv2.ListenerAction.fixedResponse(200, { messageBody: 'books' }),
});
loadBalancer.connections.allowFrom(ec2.Peer.ipv4(vpc.vpcCidrBlock), ec2.Port.tcp(80), 'The VPC link');

new HttpApi(stack, 'Api', {
  defaultIntegration: new HttpAlbIntegration('Books', listener),
});

app.synth();
