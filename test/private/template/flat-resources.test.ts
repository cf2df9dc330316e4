import { App, Stack, Token } from 'aws-cdk-lib';
import { CfnIntegration, type CfnIntegrationProps } from 'aws-cdk-lib/aws-apigatewayv2';
import { flatProperties, flatProperty, isPlain } from '../../../lib/private/template/flat-resources';

const REQUIRED = { apiId: 'abc', integrationType: 'HTTP_PROXY' };
const REFERENCE = Token.asString({ Ref: 'Queue' });

/** The properties of an integration, if they are read without AWS CDK. */
function read(props: Partial<CfnIntegrationProps>) {
  const stack = new Stack(new App(), 'Stack');
  const integration = new CfnIntegration(stack, 'Integration', { ...REQUIRED, ...props });
  const resolve = (text: string) => stack.resolve(text) as unknown;
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
  ['a property that is not flat', { tlsConfig: { serverNameToVerify: 'example.com' } }],
])('leaves %s to AWS CDK', (_, props) => {
  expect(read(props).all).toBeUndefined();
});
