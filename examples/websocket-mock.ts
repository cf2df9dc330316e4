import { App, Stack } from 'aws-cdk-lib';
import { WebSocketApi, WebSocketStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { WebSocketIntegrationResponseKey, WebSocketMockIntegration } from 'cdk-apigatewayv2-integrations';

// Answers {"action": "ping"} with {"pong": "..."} on the same socket, and lets everybody connect; no function runs.
const app = new App();
const stack = new Stack(app, 'WebSocketMock');

const api = new WebSocketApi(stack, 'Api', {
  connectRouteOptions: {
    integration: new WebSocketMockIntegration('Connect', {
      requestTemplates: { $default: '{"statusCode": 200}' },
      templateSelectionExpression: '\\$default',
    }),
  },
});
api.addRoute('ping', {
  returnResponse: true,
  integration: new WebSocketMockIntegration('Ping', {
    requestTemplates: { $default: '{"statusCode": 200}' },
    templateSelectionExpression: '\\$default',
    integrationResponses: [{
      integrationResponseKey: WebSocketIntegrationResponseKey.DEFAULT,
      responseTemplates: { $default: '{"pong": "$context.connectionId"}' },
      templateSelectionExpression: '\\$default',
    }],
  }),
});
new WebSocketStage(stack, 'Stage', { webSocketApi: api, stageName: 'prod', autoDeploy: true });

app.synth();
