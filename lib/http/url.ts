import { HttpIntegrationType, HttpMethod, PayloadFormatVersion } from 'aws-cdk-lib/aws-apigatewayv2';
import type { HttpIntegrationOptions } from '../options/http-options';
import { assertGiven } from '../private/integrations/given';
import type { HttpTarget } from '../private/integrations/http-integration';
import { HttpIntegrationBase } from '../private/integrations/http-integration';

/**
 * Properties of `HttpUrlIntegration`.
 */
export interface HttpUrlIntegrationProps extends HttpIntegrationOptions {
  /**
   * The HTTP method that API Gateway uses to call the URL.
   *
   * @default HttpMethod.ANY - the method of the request
   */
  readonly method?: HttpMethod;
}

/**
 * Sends requests of an HTTP API to a public URL and returns what it answers.
 *
 * Creates an integration of type `HTTP_PROXY`. The URL can contain path variables of the route:
 * the value of `{id}`, or of the greedy `{proxy+}` as `{proxy}`.
 *
 * A URL that is not a full `http://` or `https://` URL fails the synthesis.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-http.html
 */
export class HttpUrlIntegration extends HttpIntegrationBase {
  /**
   * @param id The id of the integration construct
   * @param url The full URL to send requests to, at most 2,048 characters
   * @param props Options of the integration
   */
  constructor(id: string, private readonly url: string, private readonly props: HttpUrlIntegrationProps = {}) {
    assertGiven(new.target, id, { url, props });
    super(id, props);
  }

  /** @internal */
  protected override _target(): HttpTarget {
    return {
      type: HttpIntegrationType.HTTP_PROXY,
      uri: this.url,
      method: this.props.method ?? HttpMethod.ANY,
      payloadFormatVersion: PayloadFormatVersion.VERSION_1_0,
    };
  }
}
