import { App, Stack } from 'aws-cdk-lib';
import { WebSocketApi, WebSocketStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { WebSocketMockIntegration } from 'cdk-apigatewayv2-integrations';

// Connections are accepted without a target.
const app = new App();
const stack = new Stack(app, 'WebSocketMock');

const webSocketApi = new WebSocketApi(stack, 'Api', {
  connectRouteOptions: {
    integration: new WebSocketMockIntegration('Accept', {
      requestTemplates: { 'application/json': '{"statusCode":200}' },
    }),
  },
});
new WebSocketStage(stack, 'Stage', { webSocketApi, stageName: 'prod', autoDeploy: true });

app.synth();
