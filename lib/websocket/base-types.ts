import type { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

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
