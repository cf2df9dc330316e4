import { WebSocketIntegrationType } from 'aws-cdk-lib/aws-apigatewayv2';
import type { WebSocketNonProxyIntegrationOptions } from '../options/websocket-options';
import { assertGiven } from '../private/integrations/given';
import type { WebSocketTarget } from '../private/integrations/websocket-integration';
import { WebSocketIntegrationBase } from '../private/integrations/websocket-integration';

/**
 * Properties of `WebSocketMockIntegration`.
 */
export interface WebSocketMockIntegrationProps extends WebSocketNonProxyIntegrationOptions {
}

/**
 * Answers messages of a WebSocket API in API Gateway itself, without a target.
 *
 * Creates an integration of type `MOCK`, and one response per entry of `integrationResponses`. A request template
 * writes a JSON object whose `statusCode` chooses the response, for example `{"statusCode": 200}`. The answer reaches
 * the client on a route with `returnResponse`.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-integrations.html
 */
export class WebSocketMockIntegration extends WebSocketIntegrationBase {
  /**
   * @param id The id of the integration construct
   * @param props Options of the integration
   */
  constructor(id: string, props: WebSocketMockIntegrationProps = {}) {
    assertGiven(new.target, id, { props });
    super(id, props);
  }

  /** @internal */
  protected override _target(): WebSocketTarget {
    return { type: WebSocketIntegrationType.MOCK, uri: '' };
  }
}
