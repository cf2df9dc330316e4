import { App, Stack } from 'aws-cdk-lib';
import { WebSocketApi } from 'aws-cdk-lib/aws-apigatewayv2';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kinesis from 'aws-cdk-lib/aws-kinesis';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import {
  WebSocketEventBridgeIntegration, WebSocketKinesisIntegration, WebSocketSnsIntegration,
  WebSocketStepFunctionsIntegration,
} from 'cdk-apigatewayv2-integrations';

// One route per service, no function in between.
const app = new App();
const stack = new Stack(app, 'WebSocketServices');

const api = new WebSocketApi(stack, 'Api');
api.addRoute('order', {
  integration: new WebSocketStepFunctionsIntegration('Order', new sfn.StateMachine(stack, 'Machine', {
    role: new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('states.amazonaws.com') }),
    definitionBody: sfn.DefinitionBody.fromChainable(new sfn.Pass(stack, 'Ship')),
  })),
});
api.addRoute('shout', { integration: new WebSocketSnsIntegration('Shout', new sns.Topic(stack, 'Topic')) });
api.addRoute('track', { integration: new WebSocketKinesisIntegration('Track', new kinesis.Stream(stack, 'Stream')) });
api.addRoute('tell', {
  integration: new WebSocketEventBridgeIntegration('Tell', new events.EventBus(stack, 'Bus'), { source: 'shop' }),
});

app.synth();
