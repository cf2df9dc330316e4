import { api, both, gateway, url, URL } from '../builders';
import { TODO, type Cases } from './case';

export const apisCases: Cases = {
  'route-key-method': {
    wrong: { 'a mistake': url({}, { RouteKey: 'undefined /books' }) },
    right: { 'its correction': url() },
    classes: TODO,
  },
  'route-key-twice': {
    wrong: { 'a mistake': both(url(), (stack) => { gateway(stack, 'Second', 'Route', { ApiId: { Ref: 'Api' }, RouteKey: 'GET /books', Target: { 'Fn::Sub': 'integrations/${Integration}' } }); }) },
    right: { 'its correction': both(url(), (stack) => { gateway(stack, 'Second', 'Route', { ApiId: { Ref: 'Api' }, RouteKey: 'POST /books', Target: { 'Fn::Sub': 'integrations/${Integration}' } }); }) },
    classes: TODO,
  },
  'integration-unused': {
    wrong: { 'a mistake': both(url(), (stack) => { gateway(stack, 'Unused', 'Integration', { ...URL, ApiId: { Ref: 'Api' } }); }) },
    right: { 'its correction': url() },
    classes: TODO,
  },
  'api-without-stage': {
    wrong: { 'a mistake': (stack) => { url()(stack); stack.node.tryRemoveChild('Stage'); } },
    right: { 'its correction': url() },
    classes: TODO,
  },
  'api-quota': {
    wrong: { 'a mistake': both(url(), (stack) => { for (let i = 0; i < 10; i++) { gateway(stack, `Stage${i}`, 'Stage', { ApiId: { Ref: 'Api' }, StageName: `s${i}`, AutoDeploy: true }); } }) },
    right: { 'its correction': both(url(), (stack) => { for (let i = 0; i < 9; i++) { gateway(stack, `Stage${i}`, 'Stage', { ApiId: { Ref: 'Api' }, StageName: `s${i}`, AutoDeploy: true }); } }) },
    classes: TODO,
  },
};
