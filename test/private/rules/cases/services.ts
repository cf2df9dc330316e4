import { permission, queueRole, sqs } from '../builders';
import { TODO, type Cases } from './case';

export const servicesCases: Cases = {
  'role-permission': {
    wrong: { 'a mistake': queueRole('sqs:ReceiveMessage') },
    right: { 'its correction': queueRole('sqs:SendMessage') },
    classes: TODO,
  },
  'service-parameter-missing': {
    wrong: { 'a mistake': sqs({ MessageBody: undefined }) },
    right: { 'its correction': sqs({}) },
    classes: TODO,
  },
  'service-parameter-case': {
    wrong: { 'a mistake': sqs({ messageGroupId: 'x' }) },
    right: { 'its correction': sqs({ MessageGroupId: 'x' }) },
    classes: TODO,
  },
  'service-parameter-mapping-key': {
    wrong: { 'a mistake': sqs({ 'append:header.a': 'x' }) },
    right: { 'its correction': sqs({}) },
    classes: TODO,
  },
  'service-parameter-unknown': {
    wrong: { 'a mistake': sqs({ Unheard: 'x' }) },
    right: { 'its correction': sqs({}) },
    classes: TODO,
  },
  'service-parameter-value': {
    wrong: { 'a mistake': sqs({ DelaySeconds: '901' }) },
    right: { 'its correction': sqs({ DelaySeconds: '900' }) },
    classes: TODO,
  },
  'service-parameter-static-map': {
    wrong: { 'a mistake': sqs({ MessageAttributes: '{"a":1}' }) },
    right: { 'its correction': sqs({ MessageAttributes: '$request.body.a' }) },
    classes: TODO,
  },
};
