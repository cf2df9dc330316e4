import { Duration, Fn, Lazy } from 'aws-cdk-lib';
import { HttpApi, HttpMethod, MappingValue, ParameterMapping } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpUrlIntegration, type HttpUrlIntegrationProps } from 'cdk-apigatewayv2-integrations';
import { errorOf, newStack, propertiesOf } from '../util';

function integrationOf(url: string, props?: HttpUrlIntegrationProps) {
  const stack = newStack();
  new HttpApi(stack, 'Api').addRoutes({ path: '/books/{id}', integration: new HttpUrlIntegration('Url', url, props) });
  return propertiesOf(stack, 'AWS::ApiGatewayV2::Integration');
}

test('sends the request to the URL with the method of the request', () => {
  expect(integrationOf('https://example.com/{id}')).toEqual([{
    ApiId: { Ref: 'ApiF70053CD' },
    IntegrationType: 'HTTP_PROXY',
    IntegrationMethod: 'ANY',
    IntegrationUri: 'https://example.com/{id}',
    PayloadFormatVersion: '1.0',
  }]);
});

test('takes every option', () => {
  expect(integrationOf('http://example.com', {
    method: HttpMethod.POST,
    timeout: Duration.millis(29_500),
    description: 'The catalogue',
    parameterMapping: new ParameterMapping().overwritePath(MappingValue.requestPath()),
  })).toEqual([expect.objectContaining({
    IntegrationMethod: 'POST',
    TimeoutInMillis: 29_500,
    Description: 'The catalogue',
    RequestParameters: { 'overwrite:path': '$request.path' },
  })]);
});

test.each([
  ['a host that is a token', `https://${Fn.ref('AWS::URLSuffix')}/x`],
  ['a URL that is a token', Lazy.string({ produce: () => 'anything' })],
  ['a stage variable', 'https://${stageVariables.host}/books'],
])('does not judge %s', (_, url) => {
  expect(integrationOf(url)).toHaveLength(1);
});

test.each(['some-target-url', '//example.com', 'https:/example.com', 'https://example.com/a b', ''])('fails on %j', (url) => {
  expect(errorOf(() => integrationOf(url))).toBe(
    `The URL of the integration is ${JSON.stringify(url)}, expected a full http:// or https:// URL without white space. `
    + 'Pass the scheme and the host as well, for example \'https://example.com/books\'. (at Stack/Api/ANY--books--{id}/Url) [rule http-url]');
});

test('fails on a URL that the service has no room for', () => {
  expect(errorOf(() => integrationOf(`https://example.com/${'x'.repeat(2100)}`))).toMatch(/has 2120 characters, expected at most 2048.*\[rule http-url\]/);
});

test('says all that is wrong at once', () => {
  expect(errorOf(() =>
    integrationOf('x', { timeout: Duration.millis(1) }))).toMatch(/\[rule http-timeout-range\]\n.*\[rule http-url\]$/);
});
