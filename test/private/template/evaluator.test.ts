import { canExistTogether, Evaluator, type DeployedTemplate } from '../../../lib/private/template/evaluator';

const parent: DeployedTemplate = {
  id: 'Parent',
  template: {
    Resources: {
      Queue: { Type: 'AWS::SQS::Queue' },
      Integration: { Type: 'AWS::ApiGatewayV2::Integration', DependsOn: 'Queue' },
      Dev: { Type: 'AWS::SNS::Topic', Condition: 'IsDev', DependsOn: ['Queue', 'Integration'] },
      AlsoDev: { Type: 'AWS::SNS::Topic', Condition: 'IsDev' },
      Prod: { Type: 'AWS::SNS::Topic', Condition: 'IsProd', Properties: {
        TopicName: { 'Fn::If': ['IsProd', { Ref: 'AWS::NoValue' }, { Ref: 'AWS::NoValue' }] },
        DisplayName: { 'Fn::If': ['IsProd', 'a', { Ref: 'AWS::NoValue' }] },
      } },
      Nested: {
        Type: 'AWS::CloudFormation::Stack',
        Properties: { Parameters: { QueueArn: { 'Fn::GetAtt': ['Queue', 'Arn'] } } },
      },
    },
    Mappings: { Names: { prod: { queue: 'orders', ports: [80, 443] } } },
    Outputs: {
      Arn: { Value: { 'Fn::GetAtt': ['Queue', 'Arn'] }, Export: { Name: { 'Fn::Sub': 'queue-${AWS::Region}' } } },
    },
  },
};
const nested: DeployedTemplate = {
  id: 'Parent/Nested',
  template: {
    Parameters: { QueueArn: {}, Other: {} },
    Resources: { Topic: { Type: 'AWS::SNS::Topic' }, Dev: { Type: 'AWS::SNS::Topic', Condition: 'IsDev' } },
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
  ['Fn::Sub', parent,
    { 'Fn::Sub': '${Queue}/${Queue.Arn}/${!Literal}' },
    '<Parent/Queue.Ref>/<Parent/Queue.Arn>/${Literal}'],
  ['Fn::Sub with variables', parent, { 'Fn::Sub': ['${X}', { X: { Ref: 'Queue' } }] }, '<Parent/Queue.Ref>'],
  ['a parameter of a nested stack', nested, { Ref: 'QueueArn' }, '<Parent/Queue.Arn>'],
  ['a parameter that is not given', nested, { Ref: 'Other' }, '<Parent/Nested/Other.Ref>'],
  ['an output of a nested stack', parent, { 'Fn::GetAtt': ['Nested', 'Outputs.Topic'] }, '<Parent/Nested/Topic.Ref>'],
  ['an output that a nested stack does not have', parent,
    { 'Fn::GetAtt': ['Nested', 'Outputs.Other'] },
    '<Parent/Nested.Outputs.Other>'],
  ['an export of another stack', nested,
    { 'Fn::ImportValue': { 'Fn::Join': ['-', ['queue', { Ref: 'AWS::Region' }]] } },
    '<Parent/Queue.Arn>'],
  ['an export that is not in the app', other, { 'Fn::ImportValue': 'elsewhere' }, '<Fn::ImportValue elsewhere>'],
  ['pseudo parameters that are not known', parent,
    { 'Fn::Sub': '${AWS::Partition}:${AWS::Region}:${AWS::AccountId}:${AWS::URLSuffix}' },
    '<AWS::Partition>:<AWS::Region>:<AWS::AccountId>:<AWS::URLSuffix>'],
  ['pseudo parameters that are known', other,
    { 'Fn::Sub': '${AWS::Partition}:${AWS::Region}:${AWS::AccountId}:${AWS::URLSuffix}' },
    'aws-cn:cn-north-1:111111111111:amazonaws.com.cn'],
  ['a function that is not evaluated', parent, { 'Fn::Base64': 'a' }, '<Parent {"Fn::Base64":"a"}>'],
  ['Fn::Join of a list that is split', parent, { 'Fn::Join': ['-', { 'Fn::Split': [',', 'a,b'] }] }, 'a-b'],
  ['Fn::Join of a list of a condition', parent,
    { 'Fn::Join': ['-', { 'Fn::If': ['IsProd', ['a'], ['b']] }] },
    '<Parent {"Fn::Join":["-",{"Fn::If":["IsProd",["a"],["b"]]}]}>'],
  ['Fn::Select', parent, { 'Fn::Select': ['1', ['a', { Ref: 'Queue' }]] }, '<Parent/Queue.Ref>'],
  ['Fn::Select with an index of a mapping', parent,
    { 'Fn::Select': [{ 'Fn::FindInMap': ['Names', 'prod', 'ports'] }, ['a']] },
    '<Parent {"Fn::Select":[{"Fn::FindInMap":["Names","prod","ports"]},["a"]]}>'],
  ['Fn::Select of an element that is not there', parent,
    { 'Fn::Select': [1, ['a']] },
    '<Parent {"Fn::Select":[1,["a"]]}>'],
  ['the id in the target of a route', parent,
    { 'Fn::Select': [1, { 'Fn::Split': ['/', { 'Fn::Sub': 'integrations/${Integration}' }] }] },
    '<Parent/Integration.Ref>'],
  ['a part of what is split at nothing', parent,
    { 'Fn::Select': [0, { 'Fn::Split': ['', 'a'] }] },
    '<Parent {"Fn::Select":[0,{"Fn::Split":["","a"]}]}>'],
  ['a part before one that may be several', parent,
    { 'Fn::Select': [0, { 'Fn::Split': ['/', { 'Fn::Sub': 'queues/${Queue.Arn}/x' }] }] },
    'queues'],
  ['Fn::FindInMap', parent, { 'Fn::FindInMap': ['Names', 'prod', 'queue'] }, 'orders'],
  ['Fn::Select of a mapping', parent, { 'Fn::Select': [1, { 'Fn::FindInMap': ['Names', 'prod', 'ports'] }] }, '443'],
  ['Fn::FindInMap of a member that each object has', parent,
    { 'Fn::FindInMap': ['constructor', 'prototype', 'name'] },
    '<Parent {"Fn::FindInMap":["constructor","prototype","name"]}>'],
  ['Fn::If of equal branches', parent,
    { 'Fn::If': ['IsProd', { Ref: 'Queue' }, { 'Fn::Sub': '${Queue}' }] },
    '<Parent/Queue.Ref>'],
  ['Fn::If of other branches', parent, { 'Fn::If': ['IsProd', 'a', 'b'] }, '<Parent {"Fn::If":["IsProd","a","b"]}>'],
  ['Fn::GetAtt of an attribute that a parameter names', nested,
    { 'Fn::GetAtt': ['Topic', { Ref: 'Other' }] },
    '<Parent/Nested {"Fn::GetAtt":["Topic",{"Ref":"Other"}]}>'],
  ['Fn::Sub of what stands open', parent, { 'Fn::Sub': 'a${Queue}${' }, 'a<Parent/Queue.Ref>${'],
  ['a dynamic reference', parent, 'a{{resolve:ssm:/shop/name}}b', 'a<{{resolve:ssm:/shop/name}}>b'],
  ['what looks like a dynamic reference', parent,
    '{{resolve:ssm}{{resolve:ssm:x}}{{resolve:',
    '{{resolve:ssm}<{{resolve:ssm:x}}>{{resolve:'],
])('evaluates %s', (_, stack, value, expected) => {
  expect(app.show(app.text(stack, value))).toBe(expected);
});

test('leads from a parameter of a nested stack to the resource', () => {
  expect(app.reference(nested, { Ref: 'QueueArn' })).toMatchObject({
    resource: { logicalId: 'Queue', type: 'AWS::SQS::Queue', stack: { id: 'Parent' } }, attribute: 'Arn',
  });
});

test.each<[string, unknown, string[] | undefined]>([
  ['a list', ['a', { Ref: 'Queue' }, { Ref: 'AWS::NoValue' }], ['a', '<Parent/Queue.Ref>']],
  ['what is split', { 'Fn::Split': [',', 'a,b'] }, ['a', 'b']],
  ['a list of a mapping', { 'Fn::FindInMap': ['Names', 'prod', 'ports'] }, ['80', '443']],
  [
    'what is split at a character that a value may have',
    { 'Fn::Split': [':', { 'Fn::GetAtt': ['Queue', 'Arn'] }] },
    undefined,
  ],
  ['a list of a condition', { 'Fn::If': ['IsProd', ['a'], ['b']] }, undefined],
  ['text', 'a', undefined],
])('lists %s', (_, value, expected) => {
  expect(app.list(parent, value)?.map((it) => app.show(it))).toEqual(expected);
});

const topic = (stack: DeployedTemplate, id: string) =>
  app.resourcesOf(stack).find(({ logicalId }) => logicalId === id)!;

test('tells the resources that one depends on', () => {
  const dependencies = ['Queue', 'Integration', 'Dev'].map((id) => topic(parent, id).dependsOn);
  expect(dependencies).toEqual([[], ['Queue'], ['Queue', 'Integration']]);
});

test('leaves out a property that has no value in any case', () => {
  expect(Object.keys(topic(parent, 'Prod').properties)).toEqual(['DisplayName']);
});

test.each<[string, DeployedTemplate, string, DeployedTemplate, string, boolean]>([
  ['without conditions', parent, 'Queue', parent, 'Integration', true],
  ['with a condition and without one', parent, 'Queue', parent, 'Dev', true],
  ['of one condition', parent, 'Dev', parent, 'AlsoDev', true],
  ['of two conditions', parent, 'Dev', parent, 'Prod', false],
  ['of conditions of one name in two templates', parent, 'Dev', nested, 'Dev', false],
])('resources %s can exist together or not', (_, oneStack, one, otherStack, another, expected) => {
  const [a, b] = [topic(oneStack, one), topic(otherStack, another)];
  expect([canExistTogether(a, b), canExistTogether(b, a)]).toEqual([expected, expected]);
});

test('an import leads to the export of its own account, where several export the name', () => {
  const exporting = (id: string, account: string, value: string) => ({
    id, account, region: 'eu-west-1', template: { Outputs: { Out: { Value: value, Export: { Name: 'shop' } } } },
  });
  const importing = { id: 'C', account: '222222222222', region: 'eu-west-1', template: {} };
  const evaluator = new Evaluator([
    exporting('B', '222222222222', 'second'), exporting('A', '111111111111', 'first'), importing,
  ]);
  expect(evaluator.text(importing, { 'Fn::ImportValue': 'shop' })).toBe('second');
});

test('ends where a value leads to itself', () => {
  const outer: DeployedTemplate = {
    id: 'Outer',
    template: {
      Resources: {
        Inner: {
          Type: 'AWS::CloudFormation::Stack',
          Properties: { Parameters: { Name: { 'Fn::GetAtt': ['Inner', 'Outputs.Name'] } } },
        },
      },
      Outputs: { Own: { Value: { 'Fn::ImportValue': 'own' }, Export: { Name: 'own' } } },
    },
  };
  const inner: DeployedTemplate = {
    id: 'Outer/Inner',
    template: { Parameters: { Name: {} }, Outputs: { Name: { Value: { Ref: 'Name' } } } },
    parent: { id: 'Outer', logicalId: 'Inner' },
  };
  const evaluator = new Evaluator([outer, inner]);
  const shown = (stack: DeployedTemplate, value: unknown) => evaluator.show(evaluator.text(stack, value));

  expect(shown(inner, { Ref: 'Name' })).toBe('<Outer/Inner/Name>');
  expect(shown(outer, { 'Fn::ImportValue': 'own' })).toBe('</ own>');
});
