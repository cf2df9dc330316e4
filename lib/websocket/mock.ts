import { WebSocketIntegrationType } from 'aws-cdk-lib/aws-apigatewayv2';
import type { WebSocketIntegrationOptions } from './base-types';
import type { WebSocketTarget } from '../private/websocket-integration';
import { WebSocketIntegrationBase } from '../private/websocket-integration';

/**
 * Properties of `WebSocketMockIntegration`.
 */
export interface WebSocketMockIntegrationProps extends WebSocketIntegrationOptions {
  /**
   * Velocity templates, by the key that `templateSelectionExpression` selects.
   *
   * The output of the template is a JSON object whose `statusCode` chooses the integration response,
   * for example `{ "statusCode": 200 }`.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-mapping-template-reference.html
   * @default - no templates
   */
  readonly requestTemplates?: { [key: string]: string };

  /**
   * The expression that chooses among the request templates.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-selection-expressions.html
   * @default - no expression
   */
  readonly templateSelectionExpression?: string;
}

/**
 * Answers messages of a WebSocket API in API Gateway itself, without a target.
 *
 * Creates an integration of type `MOCK`.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-integrations.html
 */
export class WebSocketMockIntegration extends WebSocketIntegrationBase {
  /**
   * @param id The id of the integration construct
   * @param props Options of the integration
   */
  constructor(id: string, private readonly props: WebSocketMockIntegrationProps = {}) {
    super(id, props);
  }

  /** @internal */
  protected override _target(): WebSocketTarget {
    return {
      type: WebSocketIntegrationType.MOCK,
      uri: '',
      requestTemplates: this.props.requestTemplates,
      templateSelectionExpression: this.props.templateSelectionExpression,
    };
  }
}
