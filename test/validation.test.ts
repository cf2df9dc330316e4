import { HttpApi, type CfnApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { errorOf, newStack, propertiesOf } from './util';

const runs = process.env.CDK === 'latest' ? test : test.skip;

// That it passes the templates of all other tests is what the run with CDK=latest shows.
runs('the validation engine is on and refuses a wrong template', () => {
  const stack = newStack();
  const api = new HttpApi(stack, 'Api');
  (api.node.defaultChild as CfnApi).addPropertyOverride('Foo', 'bar');
  expect(errorOf(() => propertiesOf(stack, 'AWS::ApiGatewayV2::Api'))).toMatch(/validation/i);
});
