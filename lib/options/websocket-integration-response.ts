import type { ContentHandling } from 'aws-cdk-lib/aws-apigatewayv2';

/**
 * The answers of a target for which an integration response is made.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-integration-responses.html
 */
export class WebSocketIntegrationResponseKey {
  /** All answers that no other key matches. */
  public static readonly DEFAULT = new WebSocketIntegrationResponseKey('$default');

  /** Answers with a status code from 200 to 299. */
  public static readonly SUCCESS = new WebSocketIntegrationResponseKey('/2\\d\\d/');

  /** Answers with a status code from 400 to 499. */
  public static readonly CLIENT_ERROR = new WebSocketIntegrationResponseKey('/4\\d\\d/');

  /** Answers with a status code from 500 to 599. */
  public static readonly SERVER_ERROR = new WebSocketIntegrationResponseKey('/5\\d\\d/');

  /**
   * Answers with one status code.
   *
   * @param code The status code, from 100 to 599
   */
  public static fromStatusCode(code: number): WebSocketIntegrationResponseKey {
    return WebSocketIntegrationResponseKey.fromStatusRegExp(String(code));
  }

  /**
   * Answers whose status code matches a regular expression; with a Lambda function, answers whose error message does.
   *
   * @param expression The expression without slashes around it, for example `40[0-4]`
   */
  public static fromStatusRegExp(expression: string): WebSocketIntegrationResponseKey {
    return new WebSocketIntegrationResponseKey(`/${expression}/`);
  }

  /**
   * The key as API Gateway reads it: `$default`, or a regular expression between slashes.
   */
  public readonly key: string;

  private constructor(key: string) {
    this.key = key;
  }
}

/**
 * What an integration of a WebSocket API returns to the client for certain answers of the target.
 *
 * Creates an `AWS::ApiGatewayV2::IntegrationResponse` under the integration.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-integration-responses.html
 */
export interface WebSocketIntegrationResponse {
  /**
   * The answers of the target that this is for.
   */
  readonly integrationResponseKey: WebSocketIntegrationResponseKey;

  /**
   * Velocity templates that make what is returned, by the key that `templateSelectionExpression` selects.
   *
   * The key `$default` is for all others.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-mapping-template-reference.html
   * @default - the answer of the target is returned unchanged
   */
  readonly responseTemplates?: { [key: string]: string };

  /**
   * What is taken over from the answer, by destination.
   *
   * For example `integration.response.header.kind` for `method.response.header.kind`.
   *
   * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-apigatewayv2-integrationresponse.html
   * @default - nothing is taken over
   */
  readonly responseParameters?: { [destination: string]: string };

  /**
   * The expression that chooses among the response templates.
   *
   * For example `${integration.response.statuscode}`, or `\$default` for the template of that key.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-selection-expressions.html
   * @default - no expression
   */
  readonly templateSelectionExpression?: string;

  /**
   * How the type of the answer is converted.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-develop-binary-media-types.html
   * @default - the answer is passed through unchanged
   */
  readonly contentHandling?: ContentHandling;
}
