import type { IEventBus } from 'aws-cdk-lib/aws-events';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { WebSocketServiceIntegrationOptions } from '../options/websocket-options';
import { assertGiven } from '../private/integrations/given';
import {
  contentType, ESCAPED_BODY, jsonText, WebSocketServiceIntegrationBase, type WebSocketService,
} from '../private/integrations/websocket-service-integration';

/**
 * Properties of `WebSocketEventBridgeIntegration`.
 */
export interface WebSocketEventBridgeIntegrationProps extends WebSocketServiceIntegrationOptions {
  /**
   * The source of the events: text, or a variable of the template such as `$context.stage`.
   *
   * Text is escaped. What starts with a variable is written as it is.
   *
   * @default - `$context.apiId`
   */
  readonly source?: string;

  /**
   * The type of the events: text, or a variable of the template such as `$context.stage`.
   *
   * Text is escaped. What starts with a variable is written as it is.
   *
   * @default - `$context.routeKey`
   */
  readonly detailType?: string;
}

/**
 * Puts messages of a WebSocket API as events on an Amazon EventBridge event bus, without a function in between.
 *
 * Creates an integration of type `AWS` and, unless `role` is given, a role that may put events on the bus. The body of
 * the message is the detail of the event, and has to be a JSON object.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html
 */
export class WebSocketEventBridgeIntegration extends WebSocketServiceIntegrationBase {
  /**
   * @param id The id of the integration construct
   * @param eventBus The event bus
   * @param props Options of the integration
   */
  constructor(
    id: string, private readonly eventBus: IEventBus, private readonly props: WebSocketEventBridgeIntegrationProps = {},
  ) {
    assertGiven(new.target, id, { eventBus, props });
    super(id, props);
  }

  /** @internal */
  protected override _service(): WebSocketService {
    const { eventBusArn, eventBusName, env } = this.eventBus;
    const { source = '$context.apiId', detailType = '$context.routeKey' } = this.props;
    return {
      uri: ['events', 'action', 'PutEvents'],
      region: env.region,
      statements: [new PolicyStatement({ actions: ['events:PutEvents'], resources: [eventBusArn] })],
      template: `{"Entries":[{"EventBusName":"${jsonText(eventBusName)}","Source":"${jsonText(source)}",`
        + `"DetailType":"${jsonText(detailType)}","Detail":"${ESCAPED_BODY}"}]}`,
      requestParameters: {
        ...contentType('application/x-amz-json-1.1'),
        'integration.request.header.X-Amz-Target': '\'AWSEvents.PutEvents\'',
      },
    };
  }
}
