import { App, Stack } from 'aws-cdk-lib';
import { HttpApi, HttpMethod, ParameterMapping } from 'aws-cdk-lib/aws-apigatewayv2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { HttpAwsServiceIntegration } from 'cdk-apigatewayv2-integrations';

// An action that is called by the name that API Gateway gives it.
const app = new App();
const stack = new Stack(app, 'HttpAwsService');

const queue = new sqs.Queue(stack, 'Orders');

const api = new HttpApi(stack, 'Api');
api.addRoutes({
  path: '/orders',
  methods: [HttpMethod.DELETE],
  integration: new HttpAwsServiceIntegration('Purge', {
    subtype: 'SQS-PurgeQueue',
    parameterMapping: new ParameterMapping().custom('QueueUrl', queue.queueUrl),
    policyStatements: [new iam.PolicyStatement({ actions: ['sqs:PurgeQueue'], resources: [queue.queueArn] })],
  }),
});

app.synth();
