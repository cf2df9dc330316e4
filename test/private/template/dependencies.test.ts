import { certainlyDependsOn, dependsOn } from '../../../lib/private/template/dependencies';
import { Evaluator, type Resource } from '../../../lib/private/template/evaluator';

const queue = (QueueName: unknown, more: Partial<Resource> = {}): Resource =>
  ({ Type: 'AWS::SQS::Queue', Properties: { QueueName }, ...more });

const RESOURCES: { readonly [id: string]: Resource } = {
  Loop: queue({ 'Fn::GetAtt': ['Text', 'QueueName'] }),
  Text: queue({ 'Fn::Sub': ['${Name}-${Other.Arn}', { Name: 'a' }] }),
  Other: queue('b', { DependsOn: ['Loop'] }),
  Outside: queue({ Ref: 'Loop' }),
  Spaced: queue({ 'Fn::Sub': '${ Other.Arn }' }),
  Branch: queue({ 'Fn::If': ['IsProd', { Ref: 'Branched' }, 'c'] }),
  Branched: queue({ Ref: 'Branch' }),
  Conditional: queue({ Ref: 'Back' }, { Condition: 'IsProd' }),
  Back: queue({ Ref: 'Conditional' }),
};
const app = new Evaluator([{ id: 'Stack', template: { Resources: RESOURCES } }]);
const [{ stack }] = app.ofType('AWS::SQS::Queue');
const located = (id: string) => app.resourcesOf(stack).find(({ logicalId }) => logicalId === id)!;

test.each([
  ['a reference', 'Loop', 'Text', true],
  ['a reference in a text', 'Text', 'Other', true],
  ['a reference with spaces around it in a text', 'Spaced', 'Other', true],
  ['DependsOn', 'Other', 'Loop', true],
  ['other resources', 'Outside', 'Other', true],
  ['nothing', 'Loop', 'Outside', false],
  ['one branch of a condition', 'Branch', 'Branched', true],
])('a resource waits for another because of %s', (_, one, other, expected) => {
  expect(dependsOn(app, located(one), located(other))).toBe(expected);
});

test.each([
  ['in a loop over others waits for itself', 'Loop', true],
  ['that depends on a loop does not', 'Outside', false],
  ['that one branch of a condition refers to does not', 'Branch', false],
  ['in a loop over one that is made on a condition does not', 'Back', false],
])('a resource %s', (_, id, expected) => {
  expect(certainlyDependsOn(app, located(id), located(id))).toBe(expected);
});
