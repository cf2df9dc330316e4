import { App, CfnParameter, Stack } from 'aws-cdk-lib';
import { HttpApi, VpcLink } from 'aws-cdk-lib/aws-apigatewayv2';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { HttpVpcLinkIntegration } from 'cdk-apigatewayv2-integrations';

// A listener that another team made, known by its ARN only.
const app = new App();
const stack = new Stack(app, 'HttpVpcLink');

const vpc = new ec2.Vpc(stack, 'Vpc', { maxAzs: 2, natGateways: 1 });
const listenerArn = new CfnParameter(stack, 'ListenerArn').valueAsString;

new HttpApi(stack, 'Api', {
  defaultIntegration: new HttpVpcLinkIntegration('Books', listenerArn, {
    vpcLink: new VpcLink(stack, 'Link', { vpc }),
    stripStage: true,
  }),
});

app.synth();
