import { HttpApi, HttpMethod, WebSocketApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { Template } from 'aws-cdk-lib/assertions';
import { HttpLambdaIntegration, HttpUrlIntegration, WebSocketMockIntegration } from 'cdk-apigatewayv2-integrations';
import { routesOf, tableOf, type Template as DemoTemplate } from '../../scripts/demo-table';
import { newFunction, newStack } from '../util';

test('shows each route with its target and what was created for it', () => {
  const stack = newStack();
  const api = new HttpApi(stack, 'Api', { apiName: 'shop' });
  const books = new HttpLambdaIntegration('Books', newFunction(stack));
  api.addRoutes({ path: '/a', methods: [HttpMethod.GET], integration: books });
  api.addRoutes({ path: '/b', methods: [HttpMethod.GET], integration: books });
  api.addRoutes({ path: '/u', integration: new HttpUrlIntegration('Url', 'https://example.com') });
  new WebSocketApi(stack, 'Ws', { apiName: 'news' }).addRoute('ping', { integration: new WebSocketMockIntegration('Mock') });

  const rows = routesOf(Template.fromStack(stack).toJSON() as DemoTemplate);
  expect(rows).toEqual([
    { api: 'shop', route: 'GET /a', type: 'AWS_PROXY', target: '<Handler886CB40B>', created: 'permission /*/*/a' },
    { api: 'shop', route: 'GET /b', type: 'AWS_PROXY', target: '<Handler886CB40B>', created: 'permission /*/*/b' },
    { api: 'shop', route: 'ANY /u', type: 'HTTP_PROXY', target: 'https://example.com', created: '-' },
    { api: 'news', route: 'ping', type: 'MOCK', target: '(API Gateway itself)', created: '-' },
  ]);
  expect(tableOf(rows).split('\n')).toHaveLength(6);
});
