import type { Duration } from 'aws-cdk-lib';
import type { ContentHandling, PassthroughBehavior } from 'aws-cdk-lib/aws-apigatewayv2';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { WebSocketIntegrationResponse } from './websocket-integration-response';

/**
 * Options that every integration of a WebSocket API takes.
 */
export interface WebSocketIntegrationOptions {
  /**
   * Describes the integration in the API Gateway console and in exports of the API.
   *
   * At most 1,024 characters.
   *
   * @default - no description
   */
  readonly description?: string;

  /**
   * The longest time that API Gateway waits for the target.
   *
   * From 50 milliseconds to 29 seconds.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-execution-service-websocket-limits-table.html
   * @default - 29 seconds, the default of API Gateway
   */
  readonly timeout?: Duration;

  /**
   * The construct under which the integration and what it needs, such as a role, are created.
   *
   * With a scope of your own, logical ids do not depend on which route is added first.
   *
   * @default - the first route that uses the integration
   */
  readonly scope?: Construct;
}

/**
 * Options of the integrations of a WebSocket API whose requests and responses can be transformed.
 */
export interface WebSocketNonProxyIntegrationOptions extends WebSocketIntegrationOptions {
  /**
   * Velocity templates that make the request to the target, by the key that `templateSelectionExpression` selects.
   *
   * The key `$default` is for all others. At most 300 KB each.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-mapping-template-reference.html
   * @default - no templates
   */
  readonly requestTemplates?: { [key: string]: string };

  /**
   * The expression that chooses among the request templates.
   *
   * For example `${request.body.kind}`, or `\$default` for the template of that key.
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

  /**
   * How the type of the response payload is converted.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-develop-binary-media-types.html
   * @default - the payload is passed through unchanged
   */
  readonly contentHandling?: ContentHandling;

  /**
   * What is returned to the client, by the answer of the target.
   *
   * They count on routes with `returnResponse`. Each key may be given once; one of them should be
   * `WebSocketIntegrationResponseKey.DEFAULT`, for answers that no other key matches.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-integration-responses.html
   * @default - no integration responses
   */
  readonly integrationResponses?: WebSocketIntegrationResponse[];
}

/**
 * Options of the integrations of a WebSocket API that call an AWS service.
 */
export interface WebSocketServiceIntegrationOptions extends WebSocketNonProxyIntegrationOptions {
  /**
   * The role that API Gateway assumes to call the service.
   *
   * It is granted exactly what the call needs, and has to trust `apigateway.amazonaws.com`.
   *
   * @default - a role is made
   */
  readonly role?: IRole;

  /**
   * What is added to the call, by destination, beside the content type and the target that the service needs.
   *
   * For example `route.request.body.kind` for `integration.request.header.X-Kind`. A key that is given here replaces
   * the one that the integration would add.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-data-mapping.html
   * @default - only what the service needs is added
   */
  readonly requestParameters?: { [destination: string]: string };
}
