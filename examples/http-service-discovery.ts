import { App, Stack } from 'aws-cdk-lib';
import { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as servicediscovery from 'aws-cdk-lib/aws-servicediscovery';
import { HttpServiceDiscoveryIntegration } from 'cdk-apigatewayv2-integrations';

// Instances that are registered with AWS Cloud Map.
const app = new App();
const stack = new Stack(app, 'HttpServiceDiscovery');

const vpc = new ec2.Vpc(stack, 'Vpc', { maxAzs: 2, natGateways: 1 });
const namespace = new servicediscovery.PrivateDnsNamespace(stack, 'Namespace', { name: 'books.internal', vpc });
const service = namespace.createService('Service', { dnsRecordType: servicediscovery.DnsRecordType.SRV });

new HttpApi(stack, 'Api', {
  defaultIntegration: new HttpServiceDiscoveryIntegration('Books', service, { vpc }),
});

app.synth();
