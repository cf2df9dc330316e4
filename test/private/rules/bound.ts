import * as apigwv2 from 'aws-cdk-lib/aws-apigatewayv2';
import type { Stack } from 'aws-cdk-lib';
import type { Build } from './builders';

/** An integration as somebody writes one with the base class of aws-cdk-lib. */
class Written extends apigwv2.HttpRouteIntegration {
  constructor(private readonly config: apigwv2.HttpRouteIntegrationConfig) { super('Written'); }
  public bind(): apigwv2.HttpRouteIntegrationConfig { return this.config; }
}

/** An HTTP API of aws-cdk-lib with a route of such an integration, of which anything may be missing. */
export const written = (
  config: Partial<apigwv2.HttpRouteIntegrationConfig> | ((stack: Stack) => Partial<apigwv2.HttpRouteIntegrationConfig>),
): Build => (stack) => {
  const { HTTP_PROXY } = apigwv2.HttpIntegrationType;
  const given = typeof config === 'function' ? config(stack) : config;
  const integration = new Written({
    type: HTTP_PROXY, method: apigwv2.HttpMethod.ANY, uri: 'https://example.com',
    payloadFormatVersion: apigwv2.PayloadFormatVersion.VERSION_1_0, ...given,
  });
  new apigwv2.HttpApi(stack, 'Api').addRoutes({ path: '/books', methods: [apigwv2.HttpMethod.GET], integration });
};
