import { App, Lazy, Stack, Token, type CfnResource } from 'aws-cdk-lib';
import { CfnIntegration, HttpApi, type CfnApi, type CfnIntegrationProps } from 'aws-cdk-lib/aws-apigatewayv2';
import { flatProperties, flatProperty, isPlain } from '../../../lib/private/template/flat-resources';

const REQUIRED = { apiId: 'abc', integrationType: 'HTTP_PROXY' };
const REFERENCE = Token.asString({ Ref: 'Queue' });

const NOTHING = Lazy.string({ produce: () => undefined });

/** The properties of an integration, if they are read without AWS CDK. */
function read(props: Partial<CfnIntegrationProps>) {
  const stack = new Stack(new App(), 'Stack');
  const integration = new CfnIntegration(stack, 'Integration', { ...REQUIRED, ...props });
  const resolve = (value: unknown) => stack.resolve(value) as unknown;
  expect(isPlain(integration)).toBe(true);
  return {
    all: flatProperties(integration, resolve), parameters: flatProperty(integration, 'RequestParameters', resolve),
  };
}

test('reads text, numbers and maps of texts', () => {
  const written = { 'append:header.a': { Ref: 'Queue' }, 'append:header.b': 'x' };
  const requestParameters = { 'append:header.a': REFERENCE, 'append:header.b': 'x' };
  expect(read({ timeoutInMillis: 5, requestParameters })).toEqual({
    all: { ApiId: 'abc', IntegrationType: 'HTTP_PROXY', TimeoutInMillis: 5, RequestParameters: written },
    parameters: undefined,
  });
});

test.each<[string, Partial<CfnIntegrationProps>]>([
  ['an empty map', { requestParameters: {} }],
  ['a list', { requestParameters: ['x'] }],
  ['a map of maps', { requestParameters: { a: { b: 'x' } } }],
  ['a key that is known at deployment', { requestParameters: { [REFERENCE]: 'x' } }],
  ['a map that is known at deployment', { requestParameters: Token.asAny({ Ref: 'Parameters' }) }],
  ['a map with a value that stands for nothing', { requestParameters: { a: 'x', b: NOTHING } }],
  ['a text that stands for nothing', { description: NOTHING }],
  ['a property that is not flat', { tlsConfig: { serverNameToVerify: 'example.com' } }],
])('leaves %s to AWS CDK', (_, props) => {
  expect(read(props).all).toBeUndefined();
});

test('leaves out what stands for nothing', () => {
  expect(read({ requestParameters: Lazy.any({ produce: () => undefined }) }).all).toEqual({
    ApiId: 'abc', IntegrationType: 'HTTP_PROXY',
  });
});

test('leaves what cannot be resolved to AWS CDK', () => {
  const fail = () => { throw new Error('not yet'); };
  expect(read({ requestParameters: Lazy.any({ produce: fail }) }).all).toBeUndefined();
});

test('reads an API and a stage that have the defaults of AWS CDK', () => {
  const stack = new Stack(new App(), 'Stack');
  const { defaultStage, node } = new HttpApi(stack, 'Api', { apiName: 'books' });
  const [api, stage] = [node.defaultChild, defaultStage!.node.defaultChild].map((it) =>
    flatProperties(it as CfnResource, (value) => stack.resolve(value) as unknown));
  expect(api).toEqual({ Name: 'books', ProtocolType: 'HTTP' });
  expect(stage).toEqual({ ApiId: { Ref: expect.any(String) as string }, StageName: '$default', AutoDeploy: true });
});

test('leaves an API with tags or CORS to AWS CDK', () => {
  const stack = new Stack(new App(), 'Stack');
  const tagged = new HttpApi(stack, 'Tagged').node.defaultChild as CfnApi;
  tagged.tags.setTag('team', 'books');
  const open = new HttpApi(stack, 'Open', { corsPreflight: { allowOrigins: ['https://example.com'] } });
  for (const api of [tagged, open.node.defaultChild as CfnApi]) {
    expect(flatProperties(api, (value) => stack.resolve(value) as unknown)).toBeUndefined();
  }
});

describe('is not plain, where AWS CDK does not write it alone:', () => {
  class Own extends CfnIntegration {
    public static override readonly CFN_RESOURCE_TYPE_NAME = CfnIntegration.CFN_RESOURCE_TYPE_NAME;
  }
  const made = (OfType = CfnIntegration) => new OfType(new Stack(new App(), 'Stack'), 'Integration', REQUIRED);

  test('a resource of a class of the user', () => {
    expect(isPlain(made(Own))).toBe(false);
  });

  test.each(['shouldSynthesize', 'renderProperties', '_toCloudFormation'])('a resource with its own %s', (method) => {
    const integration = made();
    expect(isPlain(integration)).toBe(true);
    Object.assign(integration, { [method]: () => false });
    expect(isPlain(integration)).toBe(false);
  });

  test('a resource with an override', () => {
    const integration = made();
    integration.addPropertyOverride('Description', 'x');
    expect(isPlain(integration)).toBe(false);
  });
});
