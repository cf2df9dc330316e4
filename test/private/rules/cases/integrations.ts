import { Duration } from 'aws-cdk-lib';
import {
  HttpUrlIntegration,
  WebSocketMockIntegration,
  type HttpUrlIntegrationProps,
} from 'cdk-apigatewayv2-integrations';
import { mock, url, webSocketUrl, withVariables } from '../builders';
import { http, webSocket, withBoth } from '../class-apps';
import type { Cases } from './case';

const urlWith = (props: HttpUrlIntegrationProps) =>
  http(() => new HttpUrlIntegration('Url', 'https://example.com', props));
const mockWith = (timeout: Duration) => webSocket(() => new WebSocketMockIntegration('Mock', { timeout }));
const LATER = { 'Fn::ImportValue': 'value' };

export const integrationsCases: Cases = {
  'description-length': {
    sample: '1,024 characters are accepted, 1,025 are not.',
    wrong: {
      '1,025 characters': url({ Description: 'x'.repeat(1025) }),
      '1,025 characters on a WebSocket API': mock({ Description: 'x'.repeat(1025) }),
    },
    right: {
      '1,024 characters': url({ Description: 'x'.repeat(1024) }),
      'text of the deployment': url({ Description: LATER }),
    },
    says: /has 1025 characters, expected at most 1024/,
    classes: { wrong: urlWith({ description: 'x'.repeat(1025) }), right: urlWith({ description: 'x'.repeat(1024) }) },
  },
  'http-timeout-range': {
    wrong: {
      'more than 30 seconds': url({ TimeoutInMillis: 30_001 }),
      'less than 50 milliseconds': url({ TimeoutInMillis: 49 }),
    },
    right: {
      '30 seconds': url({ TimeoutInMillis: 30_000 }),
      '50 milliseconds': url({ TimeoutInMillis: 50 }),
      'a number as text': url({ TimeoutInMillis: '30000' }),
      'no timeout': url(),
    },
    says: /Got 30001 milliseconds\. Set 'TimeoutInMillis' to whole milliseconds/,
    classes: { wrong: urlWith({ timeout: Duration.seconds(31) }), right: urlWith({ timeout: Duration.seconds(30) }) },
  },
  'websocket-timeout-range': {
    wrong: {
      'more than 29 seconds': mock({ TimeoutInMillis: 29_001 }),
      'less than 50 milliseconds': mock({ TimeoutInMillis: 49 }),
    },
    right: { '29 seconds': mock({ TimeoutInMillis: 29_000 }), '50 milliseconds': mock({ TimeoutInMillis: 50 }) },
    says: /Got 29001 milliseconds/,
    classes: { wrong: mockWith(Duration.seconds(30)), right: mockWith(Duration.seconds(29)) },
  },
  'http-url': {
    wrong: {
      'no scheme': url({ IntegrationUri: 'example.com' }),
      'white space': url({ IntegrationUri: 'https://example.com/a b' }),
      'no scheme on a WebSocket API': webSocketUrl({ IntegrationUri: 'example.com' }),
    },
    right: {
      'a URL': url(),
      'a stage variable for the host': withVariables(
        { host: 'example.com' },
        url({ IntegrationUri: 'https://${stageVariables.host}/books' }),
      ),
      'a host of the deployment': url({ IntegrationUri: { 'Fn::Join': ['', ['https://', LATER, '/books']] } }),
      'a URL of a dynamic reference': url({ IntegrationUri: '{{resolve:ssm:/shop/url}}/books' }),
    },
    says: /is "example\.com", expected a full http:\/\/ or https:\/\/ URL/,
    ...withBoth((library) => ({
      wrong: http(() => new library.HttpUrlIntegration('Url', 'example.com')),
      right: http(() => new library.HttpUrlIntegration('Url', 'https://example.com')),
    })),
  },
};
