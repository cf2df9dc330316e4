import { App, Stack } from 'aws-cdk-lib';
import { HttpApi, HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { HttpLambdaIntegration } from 'cdk-apigatewayv2-integrations';

// A Lambda function that answers GET /books.
const app = new App();
const stack = new Stack(app, 'HttpLambda');

const books = new lambda.Function(stack, 'Books', {
  runtime: lambda.Runtime.NODEJS_22_X,
  handler: 'index.handler',
  code: lambda.Code.fromInline('exports.handler = async () => ({ statusCode: 200, body: JSON.stringify([]) });'),
});

const api = new HttpApi(stack, 'Api');
api.addRoutes({
  path: '/books',
  methods: [HttpMethod.GET],
  integration: new HttpLambdaIntegration('Books', books),
});

app.synth();
