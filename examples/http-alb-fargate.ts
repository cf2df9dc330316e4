import { App, Stack } from 'aws-cdk-lib';
import { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { HttpAlbIntegration } from 'cdk-apigatewayv2-integrations';

// Fargate tasks behind an internal Application Load Balancer, called over TLS by a VPC link with a security group of
// its own.
const app = new App();
const stack = new Stack(app, 'HttpAlbFargate');

const vpc = new ec2.Vpc(stack, 'Vpc', { maxAzs: 2, natGateways: 1 });
const taskDefinition = new ecs.FargateTaskDefinition(stack, 'Task');
taskDefinition.addContainer('web', {
  image: ecs.ContainerImage.fromRegistry('public.ecr.aws/nginx/nginx:stable'),
  portMappings: [{ containerPort: 80 }],
});
const service = new ecs.FargateService(stack, 'Service', {
  cluster: new ecs.Cluster(stack, 'Cluster', { vpc }),
  taskDefinition,
  minHealthyPercent: 100,
  circuitBreaker: { rollback: true },
});

const certificate = stack.formatArn({ service: 'acm', resource: 'certificate', resourceName: 'books' });
const loadBalancer = new elbv2.ApplicationLoadBalancer(stack, 'LoadBalancer', { vpc });
const listener = loadBalancer.addListener('Listener', {
  port: 443,
  open: false,
  certificates: [elbv2.ListenerCertificate.fromArn(certificate)],
});
listener.addTargets('Tasks', { port: 80, targets: [service] });

new HttpApi(stack, 'Api', {
  defaultIntegration: new HttpAlbIntegration('Books', listener, {
    // The name on the certificate: API Gateway speaks TLS and checks it.
    secureServerName: 'books.example.com',
    // Opened to the listener, and the listener to it.
    securityGroups: [new ec2.SecurityGroup(stack, 'LinkGroup', { vpc, allowAllOutbound: false })],
    // The tasks see /books, not /prod/books.
    stripStage: true,
  }),
});

app.synth();
