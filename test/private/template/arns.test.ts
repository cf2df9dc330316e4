import { functionName } from '../../../lib/private/template/arns';
import { Evaluator, type Resource } from '../../../lib/private/template/evaluator';

const HERE = { account: '111111111111', region: 'eu-west-1' };
const named = (FunctionName: string): Resource => ({ Type: 'AWS::Lambda::Function', Properties: { FunctionName } });
const one = { Shop: named('shop'), Books: named('books') };
const other = { Books: named('books'), Pens: named('pens'), Inks: named('pens') };
const app = new Evaluator([
  { id: 'Stack', template: { Resources: one }, ...HERE },
  { id: 'Other', template: { Resources: other }, ...HERE },
]);
const [{ stack }] = app.ofType('AWS::Lambda::Function');
const arnOf = (name: string) => `arn:aws:lambda:eu-west-1:111111111111:function:${name}`;

test.each<[string, string, string, string]>([
  ['the ARN of a function of the app', arnOf('shop'), '<Stack/Shop.Arn>', ''],
  ['the ARN of an alias', arnOf('shop:live'), '<Stack/Shop.Arn>', 'live'],
  ['the name of a function of the app', 'shop', '<Stack/Shop.Arn>', ''],
  ['the name of an alias', 'shop:live', '<Stack/Shop.Arn>', 'live'],
  ['an ARN without its first parts', '111111111111:function:shop:live', '<Stack/Shop.Arn>', 'live'],
  ['the ARN of a function that is not in the app', arnOf('else:live'), arnOf('else'), 'live'],
  ['the name of a function that is not in the app', 'else:live', 'else', 'live'],
  ['a part of an ARN of another account', '222222222222:function:shop:1', '222222222222:function:shop', '1'],
  ['an ARN of another region', arnOf('shop').replace('west', 'south'), arnOf('shop').replace('west', 'south'), ''],
  ['a name that functions of two stacks have', 'books', '<Stack/Books.Arn>', ''],
  ['a name that two functions of another stack have', 'pens', '<one of the functions pens>', ''],
])('takes apart %s', (_, text, handler, qualifier) => {
  const found = functionName(app, { stack }, text);
  expect({ handler: app.show(found.handler), qualifier: found.qualifier }).toEqual({ handler, qualifier });
});
