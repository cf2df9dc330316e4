import { App, Stack } from 'aws-cdk-lib';
import { WebSocketApi, WebSocketStage } from 'aws-cdk-lib/aws-apigatewayv2';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import { WebSocketAwsIntegration } from 'cdk-apigatewayv2-integrations';

// Messages are stored in DynamoDB without a function in between.
const app = new App();
const stack = new Stack(app, 'WebSocketAws');

const table = new dynamodb.Table(stack, 'Messages', {
  partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING },
});
const role = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('apigateway.amazonaws.com') });
role.addToPolicy(new iam.PolicyStatement({ actions: ['dynamodb:PutItem'], resources: [table.tableArn] }));

const webSocketApi = new WebSocketApi(stack, 'Api');
webSocketApi.addRoute('store', {
  integration: new WebSocketAwsIntegration('Store', {
    integrationUri: stack.formatArn({
      service: 'apigateway',
      account: 'dynamodb',
      resource: 'action',
      resourceName: 'PutItem',
    }),
    integrationMethod: 'POST',
    credentialsRole: role,
    requestTemplates: {
      'application/json': stack.toJsonString({
        TableName: table.tableName,
        Item: { id: { S: '$context.requestId' } },
      }),
    },
  }),
});
new WebSocketStage(stack, 'Stage', { webSocketApi, stageName: 'prod', autoDeploy: true });

app.synth();
