import { api, both, link, links, mock, response, returned, RETURNS, webSocketUrl } from '../builders';
import { TODO, type Cases } from './case';

export const websocketCases: Cases = {
  'websocket-route-key': {
    wrong: { 'a mistake': mock({}, { RouteKey: '$open' }) },
    right: { 'its correction': mock({}, { RouteKey: '$connect' }) },
    classes: TODO,
  },
  'websocket-response-key': {
    wrong: { 'a mistake': mock({}, RETURNS, both(response('$default'), response('200', 'Wrong'), returned)) },
    right: { 'its correction': mock({}, RETURNS, both(response('$default'), response('/200/', 'Right'), returned)) },
    classes: TODO,
  },
  'websocket-response-key-twice': {
    wrong: { 'a mistake': mock({}, RETURNS, both(response('$default', 'One'), response('$default', 'Two'), returned)) },
    right: { 'its correction': mock({}, RETURNS, both(response('$default'), returned)) },
    classes: TODO,
  },
  'websocket-proxy-responses': {
    wrong: { 'a mistake': both(webSocketUrl({ IntegrationType: 'HTTP_PROXY' }), response('$default')) },
    right: { 'its correction': webSocketUrl({ IntegrationType: 'HTTP_PROXY' }) },
    classes: TODO,
  },
  'websocket-response-not-returned': {
    wrong: { 'a mistake': mock({}, {}, response('$default')) },
    right: { 'its correction': mock({}, RETURNS, both(response('$default'), returned)) },
    classes: TODO,
  },
  'websocket-default-response': {
    wrong: { 'a mistake': mock({}, RETURNS, returned) },
    right: { 'its correction': mock({}, RETURNS, both(response('$default'), returned)) },
    classes: TODO,
  },
  'websocket-request-parameter': {
    wrong: { 'a mistake': webSocketUrl({ RequestParameters: { 'integration.request.header.a': 'x' } }) },
    right: { 'its correction': webSocketUrl({ RequestParameters: { 'integration.request.header.a': '\'x\'' } }) },
    classes: TODO,
  },
  'websocket-aws-uri': {
    wrong: { 'a mistake': api('WEBSOCKET', { IntegrationType: 'AWS', IntegrationUri: 'https://example.com' }) },
    right: { 'its correction': api('WEBSOCKET', { IntegrationType: 'AWS', IntegrationUri: 'arn:aws:apigateway:eu-west-1:sns:path/x' }) },
    classes: TODO,
  },
  'websocket-mock-status': {
    wrong: { 'a mistake': mock({ RequestTemplates: { $default: '{}' } }) },
    right: { 'its correction': mock() },
    classes: TODO,
  },
  'websocket-template-size': {
    wrong: { 'a mistake': mock({ RequestTemplates: { $default: `{"statusCode":"${'x'.repeat(310_000)}"}` } }) },
    right: { 'its correction': mock() },
    classes: TODO,
  },
  'websocket-vpc-link': {
    wrong: { 'a mistake': both(webSocketUrl({ ConnectionType: 'VPC_LINK', ConnectionId: { Ref: 'Link0' } }), links(1)) },
    right: { 'its correction': both(webSocketUrl({ ConnectionType: 'VPC_LINK', ConnectionId: 'abc' }), links(1)) },
    classes: TODO,
  },
  'route-response': {
    wrong: { 'a mistake': mock({}, RETURNS, response('$default')) },
    right: { 'its correction': mock({}, RETURNS, both(response('$default'), returned)) },
    classes: TODO,
  },
};
