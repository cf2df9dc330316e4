import * as apigwv2 from 'aws-cdk-lib/aws-apigatewayv2';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Stack } from 'aws-cdk-lib';
import {
  api, both, FUNCTION, functionRoute, handler, link, LISTENER_ARN, mock, permission, sqs, SQS, url, webSocketUrl,
  type Properties,
} from '../builders';
import { written } from '../bound';
import type { Cases } from './case';

const LATER = { 'Fn::ImportValue': 'value' };
/** The API is one that is not in the app, so that its protocol is a guess. */
const ELSEWHERE = { ApiId: 'api' };

/** A function that API Gateway may invoke. */
const invoked = (properties: Properties = {}) =>
  functionRoute(both(handler(), permission('*/*/books')), properties);
const webSocketFunction = (properties: Properties) => api('WEBSOCKET', {
  ...FUNCTION, PayloadFormatVersion: undefined, ...properties,
}, {}, both(handler(), permission('*/send')));

const { AWS_PROXY, HTTP_PROXY } = apigwv2.HttpIntegrationType;
const { HttpMethod, HttpConnectionType } = apigwv2;
/** A call of a queue as a class makes it. */
const queueCall = (stack: Stack): Partial<apigwv2.HttpRouteIntegrationConfig> => {
  const queue = new Queue(stack, 'Queue');
  const role = new Role(stack, 'Role', { assumedBy: new ServicePrincipal('apigateway.amazonaws.com') });
  queue.grantSendMessages(role);
  return {
    type: AWS_PROXY,
    subtype: apigwv2.HttpIntegrationSubtype.SQS_SEND_MESSAGE,
    method: undefined,
    uri: undefined,
    credentials: apigwv2.IntegrationCredentials.fromRole(role),
    parameterMapping: new apigwv2.ParameterMapping()
      .custom('QueueUrl', queue.queueUrl).custom('MessageBody', '$request.body'),
  };
};
const ACTION = 'arn:aws:apigateway:eu-west-1:sqs:action/SendMessage';
const TLS = { TlsConfig: { ServerNameToVerify: 'example.com' } };
const NOT_WRITTEN = 'The classes write it themselves.';
const OF_OTHER_PROTOCOL = 'The classes of a protocol have no option for it.';

export const integrationShapeCases: Cases = {
  'http-integration-type': {
    wrong: {
      'a mock': url({ IntegrationType: 'MOCK' }),
      'a URL that is no proxy': url({ IntegrationType: 'HTTP' }),
      'a function that is no proxy': invoked({ IntegrationType: 'AWS' }),
      'an action of a service': url({ IntegrationType: 'AWS', IntegrationUri: ACTION }),
      'nothing but a type': url({
        IntegrationType: 'MOCK', IntegrationMethod: undefined, IntegrationUri: undefined,
        PayloadFormatVersion: undefined,
      }),
    },
    right: {
      'a URL': url(),
      'a function': invoked(),
      'a first-class action': sqs({}),
      'a type of the deployment': url({ IntegrationType: LATER }),
      'a mock of a WebSocket API': mock(),
      'a URL of a WebSocket API that is no proxy': webSocketUrl({}),
      'an API that is not in the app': url({ ...ELSEWHERE, IntegrationType: 'MOCK' }),
    },
    says: /'IntegrationType' is "MOCK" on an HTTP API, expected "AWS_PROXY" or "HTTP_PROXY"\. Let a function answer/,
    classes: NOT_WRITTEN,
    upstream: {
      wrong: written({ type: 'MOCK' as apigwv2.HttpIntegrationType }),
      right: written({ type: HTTP_PROXY }),
    },
  },
  'integration-value-unknown': {
    wrong: {
      'a type that is none': url({ IntegrationType: 'LAMBDA' }),
      'a connection that is none': url({ ConnectionType: 'VPCLINK' }),
      'a type in lower case': webSocketUrl({ IntegrationType: 'http' }),
      'a pass-through behavior that is none': webSocketUrl({ PassthroughBehavior: 'ALWAYS' }),
      'a content handling that is none': webSocketUrl({ ContentHandlingStrategy: 'BINARY' }),
    },
    right: {
      'a connection to the internet': url({ ConnectionType: 'INTERNET' }),
      'a type of the deployment': url({ IntegrationType: LATER, ConnectionType: LATER }),
      'each of them': webSocketUrl({
        ConnectionType: 'INTERNET', PassthroughBehavior: 'WHEN_NO_TEMPLATES',
        ContentHandlingStrategy: 'CONVERT_TO_TEXT',
      }),
    },
    says: /'IntegrationType' is "LAMBDA", expected one of AWS, AWS_PROXY, HTTP, HTTP_PROXY, MOCK\./,
    classes: NOT_WRITTEN,
    upstream: {
      wrong: written({ connectionType: 'VPC_LINKS' as apigwv2.HttpConnectionType }),
      right: written({ connectionType: HttpConnectionType.INTERNET }),
    },
  },
  'payload-format-version-missing': {
    wrong: {
      'a URL without one': url({ PayloadFormatVersion: undefined }),
      'a function without one': invoked({ PayloadFormatVersion: undefined }),
      'a first-class action without one': sqs({}, { PayloadFormatVersion: undefined }),
      'a private target without one': link({ PayloadFormatVersion: undefined }),
    },
    right: {
      'version 1.0': url(),
      'version 2.0 for a function': invoked(),
      'a number, as YAML makes it of a version without quotes': url({ PayloadFormatVersion: 1 }),
      'a version of the deployment': url({ PayloadFormatVersion: LATER }),
      'none on a WebSocket API': webSocketFunction({ IntegrationMethod: 'POST' }),
      'an API that is not in the app': url({ ...ELSEWHERE, PayloadFormatVersion: undefined }),
    },
    says: /'PayloadFormatVersion' is missing on an integration of an HTTP API, expected "1\.0"\. Write it/,
    classes: NOT_WRITTEN,
    upstream: {
      wrong: written({ payloadFormatVersion: { version: undefined } as unknown as apigwv2.PayloadFormatVersion }),
      right: written({}),
    },
  },
  'integration-method-missing': {
    wrong: {
      'a URL without one': url({ IntegrationMethod: undefined }),
      'a private target without one': link({ IntegrationMethod: undefined }),
    },
    right: {
      'any method': url(),
      'a method of the deployment': url({ IntegrationMethod: LATER }),
      'none for a function': invoked(),
      'none for a first-class action': sqs({}),
      'none on a WebSocket API': webSocketUrl({ IntegrationMethod: undefined }),
      'an API that is not in the app': url({ ...ELSEWHERE, IntegrationMethod: undefined }),
    },
    says: /'IntegrationMethod' is missing on an integration of the type HTTP_PROXY, expected a method\./,
    classes: NOT_WRITTEN,
    upstream: { wrong: written({ method: undefined }), right: written({}) },
  },
  'lambda-method': {
    wrong: {
      'any method': invoked({ IntegrationMethod: 'ANY' }),
      'the method of the route': invoked({ IntegrationMethod: 'GET' }),
      'any method on a WebSocket API': webSocketFunction({ IntegrationMethod: 'ANY' }),
    },
    right: {
      'POST': invoked({ IntegrationMethod: 'POST' }),
      'none': invoked(),
      'a method of the deployment': invoked({ IntegrationMethod: LATER }),
      'POST on a WebSocket API': webSocketFunction({ IntegrationMethod: 'POST' }),
      'any method for a URL': url(),
      'any method for a first-class action': sqs({}, { IntegrationMethod: 'ANY' }),
    },
    says: /'IntegrationMethod' is "ANY" on an integration that invokes a function, expected "POST"/,
    classes: NOT_WRITTEN,
    upstream: {
      wrong: written({ type: AWS_PROXY, uri: 'arn:aws:lambda:eu-west-1:222222222222:function:f' }),
      right: written({
        type: AWS_PROXY, uri: 'arn:aws:lambda:eu-west-1:222222222222:function:f', method: HttpMethod.POST,
      }),
    },
  },
  'integration-uri-missing': {
    wrong: {
      'a URL without one': url({ IntegrationUri: undefined }),
      'a function without one': url({
        IntegrationType: 'AWS_PROXY', IntegrationUri: undefined, IntegrationMethod: undefined,
      }),
      'a private target without one': link({ IntegrationUri: undefined }),
      'a URL of a WebSocket API without one': webSocketUrl({ IntegrationUri: undefined }),
      'an action of a WebSocket API without one': webSocketUrl({ IntegrationType: 'AWS', IntegrationUri: undefined }),
    },
    right: {
      'a URL': url(),
      'a URI of the deployment': url({ IntegrationUri: LATER }),
      'none for a first-class action': sqs({}),
      'none for a mock': mock(),
      'none for a type of the deployment': url({ IntegrationType: LATER, IntegrationUri: undefined }),
      'an API that is not in the app': url({ ...ELSEWHERE, IntegrationUri: undefined }),
    },
    says: /'IntegrationUri' is missing on an integration of the type HTTP_PROXY, expected the URL to call\./,
    classes: NOT_WRITTEN,
  },
  'connection-id-missing': {
    wrong: {
      'a private target without a link': link({ ConnectionId: undefined }),
      'a private URL of a WebSocket API without a link': webSocketUrl({ ConnectionType: 'VPC_LINK' }),
    },
    right: {
      'a link': link(),
      'a link of the deployment': link({ ConnectionId: LATER }),
      'a connection to the internet': url({ ConnectionType: 'INTERNET' }),
      'a connection of the deployment': url({ ConnectionType: LATER }),
    },
    says: /'ConnectionType' is "VPC_LINK" and 'ConnectionId' is missing, expected the id of a VPC link\./,
    classes: 'The classes for private targets make a link, or ask for one.',
    upstream: {
      wrong: written({ connectionType: HttpConnectionType.VPC_LINK, uri: LISTENER_ARN }),
      right: written({ connectionType: HttpConnectionType.VPC_LINK, uri: LISTENER_ARN, connectionId: 'abc' }),
    },
  },
  'service-subtype-type': {
    wrong: {
      'a first-class action of the type HTTP_PROXY': sqs({}, { IntegrationType: 'HTTP_PROXY' }),
      'an action of the deployment': url({ IntegrationSubtype: LATER }),
    },
    right: { 'a first-class action': sqs({}), 'a type of the deployment': sqs({}, { IntegrationType: LATER }) },
    says: /'IntegrationSubtype' is given while 'IntegrationType' is "HTTP_PROXY", expected "AWS_PROXY"\./,
    classes: NOT_WRITTEN,
    upstream: {
      wrong: written((stack) => ({ ...queueCall(stack), type: HTTP_PROXY })),
      right: written(queueCall),
    },
  },
  'websocket-subtype': {
    sample: ['a first-class action of a WebSocket API', 'none'],
    wrong: {
      'a first-class action of a WebSocket API': api('WEBSOCKET', { ...SQS, PayloadFormatVersion: undefined }),
      'its parameters': api('WEBSOCKET', { ...SQS, RequestParameters: { MessageBody: '$request.body' } }),
      'an action of the deployment': webSocketUrl({ IntegrationSubtype: LATER }),
    },
    right: { 'a first-class action of an HTTP API': sqs({}), 'none': webSocketUrl({}) },
    says: /'IntegrationSubtype' is given on a WebSocket API, expected none: only HTTP APIs have first-class actions/,
    classes: OF_OTHER_PROTOCOL,
  },
  'integration-foreign-property': {
    wrong: {
      'a template of an HTTP API': url({ RequestTemplates: { 'application/json': '{}' } }),
      'a pass-through behavior of an HTTP API': url({ PassthroughBehavior: 'NEVER' }),
      'a content handling of an HTTP API': url({ ContentHandlingStrategy: 'CONVERT_TO_TEXT' }),
      'a selection of templates of an HTTP API': url({ TemplateSelectionExpression: '$request.body.kind' }),
      'response parameters of a WebSocket API': webSocketUrl({
        ResponseParameters: { 200: { ResponseParameters: [{ Destination: 'overwrite:header.a', Source: 'b' }] } },
      }),
      'the name of a server of a WebSocket API': webSocketUrl(TLS),
    },
    right: {
      'none of them': url(),
      'all of them on a WebSocket API': webSocketUrl({
        RequestTemplates: { $default: '{}' }, PassthroughBehavior: 'NEVER', ContentHandlingStrategy: 'CONVERT_TO_TEXT',
        TemplateSelectionExpression: '$request.body.kind',
      }),
      'response parameters of an HTTP API': url({
        ResponseParameters: { 200: { ResponseParameters: [{ Destination: 'overwrite:header.a', Source: 'b' }] } },
      }),
      'a property that is left out': url({ PassthroughBehavior: { Ref: 'AWS::NoValue' } }),
      'an API that is not in the app': url({ ...ELSEWHERE, PassthroughBehavior: 'NEVER' }),
    },
    says: /The integration of an HTTP API has 'RequestTemplates', expected on a WebSocket API only\. Remove it\./,
    classes: OF_OTHER_PROTOCOL,
  },
  'tls-without-vpc-link': {
    wrong: {
      'a public URL': url(TLS),
      'a connection to the internet': url({ ConnectionType: 'INTERNET', TlsConfig: { ServerNameToVerify: LATER } }),
    },
    right: {
      'a private target': link(TLS),
      'no name': url({ TlsConfig: {} }),
      'a connection of the deployment': url({ ...TLS, ConnectionType: LATER }),
      'an API that is not in the app': url({ ...ELSEWHERE, ...TLS }),
    },
    says: /'ServerNameToVerify' is given on an integration without a VPC link, expected it on a private integration/,
    classes: 'Only the classes for private targets have the option.',
    upstream: { wrong: written({ secureServerName: 'example.com' }), right: written({}) },
  },
};
