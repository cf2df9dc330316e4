import { readdirSync } from 'fs';
import { join } from 'path';
import { App, CfnCondition, CfnMapping, CfnResource, Fn, Lazy, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { CfnRoute, CfnStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { Policy, PolicyStatement, User } from 'aws-cdk-lib/aws-iam';
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';
import type { Located } from '../../../lib/private/template/evaluator';
import { readApp } from '../../../lib/private/template/read-app';
import { withoutValidation } from '../../parity/synthesize';

withoutValidation();

const TEMPLATES = join(__dirname, '../../templates');
const filesIn = (folder: string) => readdirSync(join(TEMPLATES, folder)).map((file) => join(folder, file));
const files = [...filesIn('works'), ...filesIn('refused')];

/** What is read of a stack, resource by resource, and its mappings. */
function read(stack: Stack, type: string) {
  const { app } = readApp(stack.node.root);
  const [{ stack: template }] = app.ofType(type);
  const written = ({ logicalId, type, condition, dependsOn, properties }: Located) => [logicalId, {
    Type: type,
    ...condition !== undefined && { Condition: condition },
    ...dependsOn.length > 0 && { DependsOn: dependsOn },
    ...Object.keys(properties).length > 0 && { Properties: properties },
  }];
  return { resources: Object.fromEntries(app.resourcesOf(template).map(written)), template: template.template };
}

test.each(files)('reads %s as it is synthesized', (file) => {
  const stack = new Stack(new App(), 'Stack');
  new CfnInclude(stack, 'Included', { templateFile: join(TEMPLATES, file) });
  const { resources, template } = read(stack, 'AWS::ApiGatewayV2::Api');
  const synthesized = Template.fromStack(stack).toJSON() as Record<'Resources' | 'Mappings' | 'Transform', unknown>;
  expect(resources).toEqual(synthesized.Resources);
  expect(template.Mappings).toEqual(synthesized.Mappings ?? {});
  expect(template.Transform).toEqual(synthesized.Transform === undefined ? [] : [synthesized.Transform]);
});

test('reads conditions, dependencies, mappings and transforms of constructs', () => {
  const stack = new Stack(new App(), 'Stack');
  stack.addTransform('AWS::LanguageExtensions');
  new CfnMapping(stack, 'Names', { mapping: { prod: { queue: 'orders' } } });
  const condition = new CfnCondition(stack, 'IsProd', { expression: Fn.conditionEquals(stack.region, 'eu-west-1') });
  const properties = { QueueName: Fn.findInMap('Names', 'prod', 'queue') };
  const queue = new CfnResource(stack, 'Queue', { type: 'AWS::SQS::Queue', properties });
  queue.cfnOptions.condition = condition;
  const topic = new CfnResource(stack, 'Topic', { type: 'AWS::SNS::Topic' });
  topic.addDependency(queue);

  const { resources, template } = read(stack, 'AWS::SQS::Queue');
  expect(resources).toEqual({
    Queue: {
      Type: 'AWS::SQS::Queue',
      Condition: 'IsProd',
      Properties: { QueueName: { 'Fn::FindInMap': ['Names', 'prod', 'queue'] } },
    },
    Topic: { Type: 'AWS::SNS::Topic', DependsOn: ['Queue'] },
  });
  expect(template.Mappings).toEqual({ Names: { prod: { queue: 'orders' } } });
  expect(template.Transform).toEqual(['AWS::LanguageExtensions']);
});

test.each(['renderProperties', '_toCloudFormation'])('reads what a resource writes whose %s is replaced', (name) => {
  const stack = new Stack(new App(), 'Stack');
  const route = new CfnRoute(stack, 'Route', { apiId: 'abc', routeKey: 'GET /books' });
  const Properties = { ApiId: 'abc', RouteKey: 'GET /authors' };
  const written = name === 'renderProperties' ? Properties
    : { Resources: { Route: { Type: 'AWS::ApiGatewayV2::Route', Properties } } };
  Object.assign(route, { [name]: () => written });
  expect(read(stack, 'AWS::ApiGatewayV2::Route').resources.Route).toMatchObject({ Properties });
});

test('reads the condition that a resource writes which is replaced', () => {
  const stack = new Stack(new App(), 'Stack');
  const route = new CfnRoute(stack, 'Route', { apiId: 'abc', routeKey: 'GET /books' });
  const written = { Resources: { Route: { Type: 'AWS::ApiGatewayV2::Route', Condition: 'IsProd' } } };
  Object.assign(route, { _toCloudFormation: () => written });
  expect(read(stack, 'AWS::ApiGatewayV2::Route').resources.Route).toMatchObject({ Condition: 'IsProd' });
});

test('finds what is referred to without the logical ids of other resources', () => {
  const stack = new Stack(new App(), 'Stack');
  const queue = new CfnResource(stack, 'Queue', { type: 'AWS::SQS::Queue' });
  new CfnResource(stack, 'Other', { type: 'AWS::SQS::Queue' });
  new CfnResource(stack, 'Topic', { type: 'AWS::SNS::Topic', properties: { DisplayName: queue.ref } });
  const { app, constructOf } = readApp(stack.node.root);
  const asked = jest.spyOn(stack, 'getLogicalId');
  const [topic] = app.ofType('AWS::SNS::Topic');
  expect(constructOf(app.reference(topic.stack, topic.properties.DisplayName)!.resource)).toBe(queue);
  expect(asked.mock.calls.map(([element]) => element.node.id)).not.toContain('Other');
});

test('leaves out what AWS CDK does not write', () => {
  const stack = new Stack(new App(), 'Stack');
  const statements = [new PolicyStatement({ actions: ['sqs:SendMessage'], resources: ['*'] })];
  new Policy(stack, 'Unused', { statements });
  new Policy(stack, 'Used', { statements, users: [new User(stack, 'User')] });
  const route = new CfnRoute(stack, 'Route', { apiId: 'abc', routeKey: 'GET /' });
  Object.assign(route, { shouldSynthesize: () => false });
  const { app } = readApp(stack.node.root);
  expect(app.ofType('AWS::IAM::Policy').map(({ logicalId }) => logicalId)).toEqual([expect.stringMatching(/^Used/)]);
  expect(app.ofType('AWS::ApiGatewayV2::Route')).toEqual([]);
});

test('reads numbers that are tokens in texts, and texts of which nothing is left, as they are written', () => {
  const stack = new Stack(new App(), 'Stack');
  const number = Lazy.number({ produce: () => 7 });
  const nothing = () => Lazy.string({ produce: () => undefined });
  const stageVariables = { alone: `${number}`, within: `a${number}b`, empty: `${nothing()}${nothing()}` };
  new CfnStage(stack, 'Stage', { apiId: 'abc', stageName: `v${number}`, stageVariables });
  const { app } = readApp(stack.node.root);
  const [stage] = app.ofType('AWS::ApiGatewayV2::Stage');
  expect(app.property(stage, 'StageName')).toBe('v7');
  const { StageVariables: read } = stage.properties as { StageVariables: object };
  expect(Object.entries(read).map(([name, value]) => [name, app.text(stage.stack, value)])).toEqual([
    ['alone', '7'], ['within', 'a7b'], ['empty', ''],
  ]);
});
