import { admission, group, HERE, link, links, listener, LISTENER_ARN } from '../builders';
import { TODO, type Cases } from './case';

export const privateTargetsCases: Cases = {
  'private-target-arn': {
    wrong: { 'a mistake': link({ IntegrationUri: LISTENER_ARN.replace('listener', 'loadbalancer') }) },
    right: { 'its correction': link() },
    classes: TODO,
  },
  'private-target-environment': {
    wrong: { 'a mistake': link({ IntegrationUri: LISTENER_ARN.replace(HERE.region, 'us-east-1') }) },
    right: { 'its correction': link() },
    classes: TODO,
  },
  'tls-server-name': {
    wrong: { 'a mistake': link({ IntegrationUri: { Ref: 'Listener' } }, listener('HTTPS')) },
    right: { 'its correction': link({ IntegrationUri: { Ref: 'Listener' }, TlsConfig: { ServerNameToVerify: 'a' } }, listener('HTTPS')) },
    classes: TODO,
  },
  'vpc-link-quota': {
    wrong: { 'a mistake': links(11) },
    right: { 'its correction': links(10) },
    classes: TODO,
  },
  'vpc-link-admitted': {
    wrong: { 'a mistake': admission(group('OtherGroup')) },
    right: { 'its correction': admission(group('LinkGroup')) },
    classes: TODO,
  },
};
