import type { ContentHandling, PassthroughBehavior } from 'aws-cdk-lib/aws-apigatewayv2';
import { WebSocketIntegrationType } from 'aws-cdk-lib/aws-apigatewayv2';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import type { WebSocketIntegrationOptions } from './base-types';
import type { WebSocketTarget } from '../private/websocket-integration';
import { WebSocketIntegrationBase } from '../private/websocket-integration';

/**
 * Properties of `WebSocketAwsIntegration`.
 */
export interface WebSocketAwsIntegrationProps extends WebSocketIntegrationOptions {
  /**
   * The URI of the AWS service action.
   *
   * For example `arn:aws:apigateway:us-east-1:dynamodb:action/PutItem`.
   */
  readonly integrationUri: string;

  /**
   * The HTTP method of the call, `POST` for most actions.
   */
  readonly integrationMethod: string;

  /**
   * How the type of the response payload is converted.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-develop-binary-media-types.html
   * @default - the payload is passed through unchanged
   */
  readonly contentHandling?: ContentHandling;

  /**
   * The role that API Gateway assumes for the call.
   *
   * The role is used as it is: what the action needs must be granted to it.
   *
   * @default - no role
   */
  readonly credentialsRole?: IRole;

  /**
   * What is added to the call, by destination.
   *
   * For example `{ 'integration.request.header.Content-Type': "'application/x-www-form-urlencoded'" }`.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-data-mapping.html
   * @default - nothing is added
   */
  readonly requestParameters?: { [destination: string]: string };

  /**
   * Velocity templates, by the key that `templateSelectionExpression` selects.
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

  /**
   * What happens to a message for which there is no request template.
   *
   * @default - `WHEN_NO_MATCH`, the default of API Gateway
   */
  readonly passthroughBehavior?: PassthroughBehavior;
}

/**
 * Sends messages of a WebSocket API to any action of an AWS service.
 *
 * Creates an integration of type `AWS`. It grants nothing: `credentialsRole` needs the permissions
 * of the action.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-integrations.html
 */
export class WebSocketAwsIntegration extends WebSocketIntegrationBase {
  /**
   * @param id The id of the integration construct
   * @param props Options of the integration
   */
  constructor(id: string, private readonly props: WebSocketAwsIntegrationProps) {
    super(id, props);
  }

  /** @internal */
  protected override _target(): WebSocketTarget {
    return {
      type: WebSocketIntegrationType.AWS,
      uri: this.props.integrationUri,
      method: this.props.integrationMethod,
      contentHandling: this.props.contentHandling,
      credentialsRole: this.props.credentialsRole,
      requestParameters: this.props.requestParameters,
      requestTemplates: this.props.requestTemplates,
      passthroughBehavior: this.props.passthroughBehavior,
      templateSelectionExpression: this.props.templateSelectionExpression,
    };
  }
}
