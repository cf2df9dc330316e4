import { mapped, response, url } from '../builders';
import { TODO, type Cases } from './case';

export const mappingsCases: Cases = {
  'mapping-key': {
    wrong: { 'a mistake': mapped({ 'append:path': 'x' }) },
    right: { 'its correction': mapped({ 'overwrite:path': 'x' }) },
    classes: TODO,
  },
  'mapping-key-unknown': {
    wrong: { 'a mistake': mapped({ myKey: 'x' }) },
    right: { 'its correction': mapped({ 'append:header.myKey': 'x' }) },
    classes: TODO,
  },
  'mapping-reserved-header': {
    wrong: { 'a mistake': mapped({ 'remove:header.Via': '' }) },
    right: { 'its correction': mapped({ 'remove:header.Cookie': '' }) },
    classes: TODO,
  },
  'mapping-header-twice': {
    wrong: { 'a mistake': mapped({ 'append:header.A': 'x', 'remove:header.a': '' }) },
    right: { 'its correction': mapped({ 'append:header.A': 'x' }) },
    classes: TODO,
  },
  'mapping-value': {
    wrong: { 'a mistake': mapped({ 'append:header.a': '$request.headers.b' }) },
    right: { 'its correction': mapped({ 'append:header.a': '$request.header.b' }) },
    classes: TODO,
  },
  'mapping-value-unknown': {
    wrong: { 'a mistake': mapped({ 'append:header.a': '$request.querystring' }) },
    right: { 'its correction': mapped({ 'append:header.a': '$request.querystring.b' }) },
    classes: TODO,
  },
  'mapping-static-braces': {
    wrong: { 'a mistake': mapped({ 'append:header.a': '{b}' }) },
    right: { 'its correction': mapped({ 'append:header.a': 'b' }) },
    classes: TODO,
  },
  'mapping-value-empty': {
    wrong: { 'a mistake': mapped({ 'append:header.a': '' }) },
    right: { 'its correction': mapped({ 'append:header.a': 'b' }) },
    classes: TODO,
  },
  'mapping-value-length': {
    wrong: { 'a mistake': mapped({ 'append:header.a': 'x'.repeat(513) }) },
    right: { 'its correction': mapped({ 'append:header.a': 'x' }) },
    classes: TODO,
  },
  'mapping-response-in-request': {
    wrong: { 'a mistake': mapped({ 'append:header.a': '$response.body' }) },
    right: { 'its correction': mapped({ 'append:header.a': '$request.body' }) },
    classes: TODO,
  },
  'mapping-json-path': {
    wrong: { 'a mistake': mapped({ 'append:header.a': '$request.body..a' }) },
    right: { 'its correction': mapped({ 'append:header.a': '$request.body.a' }) },
    classes: TODO,
  },
  'mapping-context-variable': {
    wrong: { 'a mistake': mapped({ 'append:header.a': '$context.nothing' }) },
    right: { 'its correction': mapped({ 'append:header.a': '$context.stage' }) },
    classes: TODO,
  },
  'mapping-status-code': {
    wrong: { 'a mistake': url({ ResponseParameters: { 200: { ResponseParameters: [{ Destination: 'overwrite:statuscode', Source: '600' }] } } }) },
    right: { 'its correction': url({ ResponseParameters: { 200: { ResponseParameters: [{ Destination: 'overwrite:statuscode', Source: '201' }] } } }) },
    classes: TODO,
  },
  'mapping-response-status': {
    wrong: { 'a mistake': url({ ResponseParameters: { 199: { ResponseParameters: [] } } }) },
    right: { 'its correction': url({ ResponseParameters: { 200: { ResponseParameters: [] } } }) },
    classes: TODO,
  },
  'path-variable': {
    wrong: { 'a mistake': url({ IntegrationUri: 'https://example.com/{id}' }) },
    right: { 'its correction': url({ IntegrationUri: 'https://example.com/{id}' }, { RouteKey: 'GET /books/{id}' }) },
    classes: TODO,
  },
};
