import { App, Stack } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import { HttpMethod, WebSocketApi } from 'aws-cdk-lib/aws-apigatewayv2';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { WebSocketHttpIntegration } from 'cdk-apigatewayv2-integrations';

// Messages go to a web server inside a VPC, through a Network Load Balancer; connections are announced to a public one.
const app = new App();
const stack = new Stack(app, 'WebSocketHttp');

const vpc = new ec2.Vpc(stack, 'Vpc', { maxAzs: 2, natGateways: 1 });
const loadBalancer = new elbv2.NetworkLoadBalancer(stack, 'LoadBalancer', { vpc });
const listener = loadBalancer.addListener('Listener', { port: 80 });
listener.addTargetGroups('Servers', new elbv2.NetworkTargetGroup(stack, 'Targets', {
  vpc,
  port: 8080,
  targetType: elbv2.TargetType.IP,
}));

new WebSocketApi(stack, 'Api', {
  connectRouteOptions: {
    integration: new WebSocketHttpIntegration('Connect', 'https://example.com/connections', {
      method: HttpMethod.POST,
      requestParameters: { 'integration.request.header.X-Connection': 'context.connectionId' },
    }),
  },
  defaultRouteOptions: {
    integration: new WebSocketHttpIntegration('Messages', `http://${loadBalancer.loadBalancerDnsName}/messages`, {
      method: HttpMethod.POST,
      vpcLink: new apigateway.VpcLink(stack, 'Link', { targets: [loadBalancer] }),
      requestParameters: { 'integration.request.header.X-Connection': 'context.connectionId' },
    }),
  },
});

app.synth();
