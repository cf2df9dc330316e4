import { App, Stack } from 'aws-cdk-lib';
import { WebSocketApi, WebSocketStage } from 'aws-cdk-lib/aws-apigatewayv2';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { WebSocketLambdaIntegration } from 'cdk-apigatewayv2-integrations';

// A Lambda function that echoes every message.
const app = new App();
const stack = new Stack(app, 'WebSocketLambda');

const echo = new lambda.Function(stack, 'Echo', {
  runtime: lambda.Runtime.NODEJS_22_X,
  handler: 'index.handler',
  code: lambda.Code.fromInline('exports.handler = async (event) => ({ statusCode: 200, body: event.body });'),
});

const webSocketApi = new WebSocketApi(stack, 'Api', {
  defaultRouteOptions: { integration: new WebSocketLambdaIntegration('Echo', echo), returnResponse: true },
});
new WebSocketStage(stack, 'Stage', { webSocketApi, stageName: 'prod', autoDeploy: true });

app.synth();
