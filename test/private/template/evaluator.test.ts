import { Evaluator, type DeployedTemplate } from '../../../lib/private/template/evaluator';

const parent: DeployedTemplate = {
  id: 'Parent',
  template: {
    Resources: {
      Queue: { Type: 'AWS::SQS::Queue' },
      Nested: { Type: 'AWS::CloudFormation::Stack', Properties: { Parameters: { QueueArn: { 'Fn::GetAtt': ['Queue', 'Arn'] } } } },
    },
    Outputs: { Arn: { Value: { 'Fn::GetAtt': ['Queue', 'Arn'] }, Export: { Name: { 'Fn::Sub': 'queue-${AWS::Region}' } } } },
  },
};
const nested: DeployedTemplate = {
  id: 'Parent/Nested',
  template: {
    Parameters: { QueueArn: {}, Other: {} },
    Resources: { Topic: { Type: 'AWS::SNS::Topic' } },
    Outputs: { Topic: { Value: { Ref: 'Topic' } } },
  },
  parent: { id: 'Parent', logicalId: 'Nested' },
};
const other: DeployedTemplate = { id: 'Other', template: {}, account: '111111111111', region: 'cn-north-1' };
const app = new Evaluator([parent, nested, other]);

test.each<[string, DeployedTemplate, unknown, string]>([
  ['text', parent, 'books', 'books'],
  ['a number', parent, 5, '5'],
  ['Ref', parent, { Ref: 'Queue' }, '<Parent/Queue.Ref>'],
  ['Fn::GetAtt', parent, { 'Fn::GetAtt': ['Queue', 'Arn'] }, '<Parent/Queue.Arn>'],
  ['Fn::GetAtt as text', parent, { 'Fn::GetAtt': 'Queue.Arn' }, '<Parent/Queue.Arn>'],
  ['Fn::Join', parent, { 'Fn::Join': ['-', ['a', { Ref: 'Queue' }, 'b']] }, 'a-<Parent/Queue.Ref>-b'],
  ['Fn::Sub', parent, { 'Fn::Sub': '${Queue}/${Queue.Arn}/${!Literal}' }, '<Parent/Queue.Ref>/<Parent/Queue.Arn>/${Literal}'],
  ['Fn::Sub with variables', parent, { 'Fn::Sub': ['${X}', { X: { Ref: 'Queue' } }] }, '<Parent/Queue.Ref>'],
  ['a parameter of a nested stack', nested, { Ref: 'QueueArn' }, '<Parent/Queue.Arn>'],
  ['a parameter that is not given', nested, { Ref: 'Other' }, '<Parent/Nested/Other.Ref>'],
  ['an output of a nested stack', parent, { 'Fn::GetAtt': ['Nested', 'Outputs.Topic'] }, '<Parent/Nested/Topic.Ref>'],
  ['an export of another stack', nested, { 'Fn::ImportValue': { 'Fn::Join': ['-', ['queue', { Ref: 'AWS::Region' }]] } }, '<Parent/Queue.Arn>'],
  ['an export that is not in the app', other, { 'Fn::ImportValue': 'elsewhere' }, '<Fn::ImportValue elsewhere>'],
  ['pseudo parameters that are not known', parent, { 'Fn::Sub': '${AWS::Partition}:${AWS::Region}:${AWS::AccountId}' }, '<AWS::Partition>:<AWS::Region>:<AWS::AccountId>'],
  ['pseudo parameters that are known', other, { 'Fn::Sub': '${AWS::Partition}:${AWS::Region}:${AWS::AccountId}' }, 'aws-cn:cn-north-1:111111111111'],
  ['a function that is not evaluated', parent, { 'Fn::Select': [0, ['a']] }, '<Parent {"Fn::Select":[0,["a"]]}>'],
])('evaluates %s', (_, stack, value, expected) => {
  expect(app.show(app.text(stack, value))).toBe(expected);
});

test('leads from a parameter of a nested stack to the resource', () => {
  expect(app.reference(nested, { Ref: 'QueueArn' })).toMatchObject({ resource: { logicalId: 'Queue', type: 'AWS::SQS::Queue', stack: { id: 'Parent' } }, attribute: 'Arn' });
});
