import { both, functionRoute, handler, permission } from '../builders';
import { TODO, type Cases } from './case';

export const lambdaCases: Cases = {
  'payload-format-version': {
    wrong: { 'a mistake': functionRoute(both(handler(), permission('*/*/books')), { PayloadFormatVersion: '3.0' }) },
    right: { 'its correction': functionRoute(both(handler(), permission('*/*/books'))) },
    classes: TODO,
  },
  'lambda-timeout': {
    wrong: { 'a mistake': functionRoute(both(handler(60), permission('*/*'))) },
    right: { 'its correction': functionRoute(both(handler(30), permission('*/*'))) },
    classes: TODO,
  },
  'lambda-policy-size': {
    wrong: { 'a mistake': functionRoute(both(handler(), permission('*/*/books'), ...Array.from({ length: 100 }, (_, i) => permission(`*/GET/books/${i}`, `P${i}`)))) },
    right: { 'its correction': functionRoute(both(handler(), permission('*/*/books'))) },
    classes: TODO,
  },
  'route-permission': {
    wrong: { 'a mistake': functionRoute(both(handler(), permission('*/POST/books'))) },
    right: { 'its correction': functionRoute(both(handler(), permission('*/GET/books'))) },
    classes: TODO,
  },
};
