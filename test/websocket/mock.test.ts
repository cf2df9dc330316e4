import { WebSocketApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { WebSocketMockIntegration, type WebSocketMockIntegrationProps } from 'cdk-apigatewayv2-integrations';
import { newStack, propertiesOf } from '../util';

function integrationOf(props?: WebSocketMockIntegrationProps) {
  const stack = newStack();
  new WebSocketApi(stack, 'Api').addRoute('ping', { integration: new WebSocketMockIntegration('Mock', props) });
  return propertiesOf(stack, 'AWS::ApiGatewayV2::Integration');
}

test('has no target', () => {
  expect(integrationOf()).toEqual([{ ApiId: { Ref: 'ApiF70053CD' }, IntegrationType: 'MOCK', IntegrationUri: '' }]);
});

test('takes every option', () => {
  expect(integrationOf({
    requestTemplates: { 'application/json': '{"statusCode":200}' },
    templateSelectionExpression: '\\$default',
    description: 'Ping',
  })).toEqual([expect.objectContaining({
    RequestTemplates: { 'application/json': '{"statusCode":200}' },
    TemplateSelectionExpression: '\\$default',
    Description: 'Ping',
  })]);
});
