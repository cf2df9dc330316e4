import { App, Stack } from 'aws-cdk-lib';
import { WebSocketApi, WebSocketStage } from 'aws-cdk-lib/aws-apigatewayv2';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import {
  WebSocketDynamoDbAction, WebSocketDynamoDbIntegration, WebSocketIntegrationResponseKey,
} from 'cdk-apigatewayv2-integrations';

// A chat without a function: {"action": "say", "room": "books", "text": "hello"} stores a message,
// {"action": "read", "room": "books"} reads them.
const app = new App();
const stack = new Stack(app, 'WebSocketDynamoDb');

const messages = new dynamodb.TableV2(stack, 'Messages', {
  partitionKey: { name: 'room', type: dynamodb.AttributeType.STRING },
  sortKey: { name: 'id', type: dynamodb.AttributeType.STRING },
});

// Text of a message is escaped, so that no message can change the request.
const text = (path: string) => `{"S": "$util.escapeJavaScript($input.path('$.${path}')).replaceAll("\\\\'","'")"}`;
const answer = (template: string) => [{
  integrationResponseKey: WebSocketIntegrationResponseKey.DEFAULT,
  responseTemplates: { $default: template },
  templateSelectionExpression: '\\$default',
}];

const api = new WebSocketApi(stack, 'Api');
api.addRoute('say', {
  returnResponse: true,
  integration: new WebSocketDynamoDbIntegration('Say', messages, {
    requestTemplates: {
      $default: `{
        "TableName": "${messages.tableName}",
        "Item": {
          "room": ${text('room')},
          "id": {"S": "$context.requestTimeEpoch-$context.requestId"},
          "from": {"S": "$context.connectionId"},
          "text": ${text('text')}
        }
      }`,
    },
    integrationResponses: answer('{"stored": true}'),
  }),
});
api.addRoute('read', {
  returnResponse: true,
  integration: new WebSocketDynamoDbIntegration('Read', messages, {
    action: WebSocketDynamoDbAction.QUERY,
    requestTemplates: {
      $default: `{
        "TableName": "${messages.tableName}",
        "KeyConditionExpression": "room = :room",
        "ExpressionAttributeValues": {":room": ${text('room')}}
      }`,
    },
    integrationResponses: answer('$input.json(\'$.Items\')'),
  }),
});
new WebSocketStage(stack, 'Stage', { webSocketApi: api, stageName: 'prod', autoDeploy: true });

app.synth();
