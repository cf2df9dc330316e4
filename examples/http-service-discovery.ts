import { App, Stack } from 'aws-cdk-lib';
import { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as servicediscovery from 'aws-cdk-lib/aws-servicediscovery';
import { HttpServiceDiscoveryIntegration } from 'cdk-apigatewayv2-integrations';

// Blue and green instances of one service, registered with AWS Cloud Map: /books calls the blue ones, /next/books the
// green ones.
const app = new App();
const stack = new Stack(app, 'HttpServiceDiscovery');

const vpc = new ec2.Vpc(stack, 'Vpc', { maxAzs: 2, natGateways: 1 });
const namespace = new servicediscovery.PrivateDnsNamespace(stack, 'Namespace', { name: 'books.internal', vpc });
const service = namespace.createService('Service', { dnsRecordType: servicediscovery.DnsRecordType.SRV });
service.registerIpInstance('Blue', { ipv4: '10.0.128.10', port: 8080, customAttributes: { deployment: 'blue' } });
service.registerIpInstance('Green', { ipv4: '10.0.128.20', port: 8080, customAttributes: { deployment: 'green' } });

const api = new HttpApi(stack, 'Api');
api.addRoutes({
  path: '/books',
  integration: new HttpServiceDiscoveryIntegration('Blue', service, { vpc, instanceFilters: { deployment: 'blue' } }),
});
api.addRoutes({
  path: '/next/books',
  integration: new HttpServiceDiscoveryIntegration('Green', service, { vpc, instanceFilters: { deployment: 'green' } }),
});

app.synth();
