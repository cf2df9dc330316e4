import { App, Stack } from 'aws-cdk-lib';
import { WebSocketApi, WebSocketStage } from 'aws-cdk-lib/aws-apigatewayv2';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { WebSocketIntegrationResponseKey, WebSocketSqsIntegration } from 'cdk-apigatewayv2-integrations';

// Each message is work in a queue; the client is told that it was taken.
const app = new App();
const stack = new Stack(app, 'WebSocketSqs');

const work = new sqs.Queue(stack, 'Work');
const api = new WebSocketApi(stack, 'Api', {
  defaultRouteOptions: {
    returnResponse: true,
    integration: new WebSocketSqsIntegration('Send', work, {
      integrationResponses: [
        {
          integrationResponseKey: WebSocketIntegrationResponseKey.SUCCESS,
          responseTemplates: { $default: '{"queued": true}' },
          templateSelectionExpression: '\\$default',
        },
        {
          integrationResponseKey: WebSocketIntegrationResponseKey.DEFAULT,
          responseTemplates: { $default: '{"queued": false}' },
          templateSelectionExpression: '\\$default',
        },
      ],
    }),
  },
});
new WebSocketStage(stack, 'Stage', { webSocketApi: api, stageName: 'prod', autoDeploy: true });

app.synth();
