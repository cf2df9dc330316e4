import { App, Stack } from 'aws-cdk-lib';
import { HttpApi, HttpMethod, MappingValue } from 'aws-cdk-lib/aws-apigatewayv2';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { HttpSqsIntegration } from 'cdk-apigatewayv2-integrations';

// The body of the request becomes a message of a queue.
const app = new App();
const stack = new Stack(app, 'HttpSqs');

const queue = new sqs.Queue(stack, 'Orders');

const api = new HttpApi(stack, 'Api');
api.addRoutes({
  path: '/orders',
  methods: [HttpMethod.POST],
  integration: new HttpSqsIntegration('Orders', {
    queue,
    messageBody: MappingValue.custom('$request.body'),
  }),
});

app.synth();
