import { mock, url } from '../builders';
import { TODO, type Cases } from './case';

export const integrationsCases: Cases = {
  'description-length': {
    wrong: { 'a mistake': url({ Description: 'x'.repeat(1025) }) },
    right: { 'its correction': url({ Description: 'x' }) },
    classes: TODO,
  },
  'http-timeout-range': {
    wrong: { 'a mistake': url({ TimeoutInMillis: 30_001 }) },
    right: { 'its correction': url({ TimeoutInMillis: 30_000 }) },
    classes: TODO,
  },
  'websocket-timeout-range': {
    wrong: { 'a mistake': mock({ TimeoutInMillis: 29_001 }) },
    right: { 'its correction': mock({ TimeoutInMillis: 29_000 }) },
    classes: TODO,
  },
  'http-url': {
    wrong: { 'a mistake': url({ IntegrationUri: 'example.com' }) },
    right: { 'its correction': url() },
    classes: TODO,
  },
};
