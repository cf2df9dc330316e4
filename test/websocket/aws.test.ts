import { Duration } from 'aws-cdk-lib';
import { ContentHandling, PassthroughBehavior, WebSocketApi } from 'aws-cdk-lib/aws-apigatewayv2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { WebSocketAwsIntegration } from 'cdk-apigatewayv2-integrations';
import { newStack, propertiesOf } from '../util';

const CALL = { integrationUri: 'arn:aws:apigateway:us-east-1:dynamodb:action/PutItem', integrationMethod: 'POST' };

test('calls the action', () => {
  const stack = newStack();
  new WebSocketApi(stack, 'Api').addRoute('put', { integration: new WebSocketAwsIntegration('Put', CALL) });
  expect(propertiesOf(stack, 'AWS::ApiGatewayV2::Integration')).toEqual([{
    ApiId: { Ref: 'ApiF70053CD' },
    IntegrationType: 'AWS',
    IntegrationMethod: 'POST',
    IntegrationUri: CALL.integrationUri,
  }]);
});

test('takes every option, and grants nothing to the role', () => {
  const stack = newStack();
  const credentialsRole = new iam.Role(stack, 'Role', {
    assumedBy: new iam.ServicePrincipal('apigateway.amazonaws.com'),
  });
  const requestTemplates = { 'application/json': '{}' };
  new WebSocketApi(stack, 'Api').addRoute('put', {
    integration: new WebSocketAwsIntegration('Put', {
      ...CALL,
      contentHandling: ContentHandling.CONVERT_TO_BINARY,
      credentialsRole,
      requestParameters: { 'integration.request.header.Content-Type': '\'application/x-amz-json-1.0\'' },
      requestTemplates,
      templateSelectionExpression: '\\$default',
      passthroughBehavior: PassthroughBehavior.NEVER,
      timeout: Duration.seconds(3),
      description: 'Stores a message',
    }),
  });
  expect(propertiesOf(stack, 'AWS::ApiGatewayV2::Integration')).toEqual([expect.objectContaining({
    ContentHandlingStrategy: 'CONVERT_TO_BINARY',
    CredentialsArn: { 'Fn::GetAtt': [expect.stringMatching(/^Role/), 'Arn'] },
    RequestParameters: { 'integration.request.header.Content-Type': '\'application/x-amz-json-1.0\'' },
    RequestTemplates: { 'application/json': '{}' },
    TemplateSelectionExpression: '\\$default',
    PassthroughBehavior: 'NEVER',
    TimeoutInMillis: 3000,
    Description: 'Stores a message',
  })]);
  expect(propertiesOf(stack, 'AWS::IAM::Policy')).toEqual([]);
});
