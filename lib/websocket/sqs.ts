import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { WebSocketServiceIntegrationOptions } from '../options/websocket-options';
import { queueOf } from '../private/integrations/reached';
import { keyActionsOf } from '../private/facts/services';
import type { Reached } from '../private/shapes/integration';
import { assertGiven } from '../private/integrations/given';
import {
  contentType, ENCODED_BODY, FORM, WebSocketServiceIntegrationBase, type WebSocketService,
} from '../private/integrations/websocket-service-integration';

/**
 * Properties of `WebSocketSqsIntegration`.
 */
export interface WebSocketSqsIntegrationProps extends WebSocketServiceIntegrationOptions {
}

/**
 * Sends messages of a WebSocket API to an Amazon SQS queue, without a function in between.
 *
 * Creates an integration of type `AWS` and, unless `role` is given, a role that may send messages to the queue, and use
 * its key where it has one of its own. The body of the message is sent as it is, by the template
 * `Action=SendMessage&MessageBody=$util.urlEncode($input.body)`; a FIFO queue needs a template with `MessageGroupId`.
 *
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
 */
export class WebSocketSqsIntegration extends WebSocketServiceIntegrationBase {
  /**
   * @param id The id of the integration construct
   * @param queue The queue
   * @param props Options of the integration
   */
  constructor(id: string, private readonly queue: IQueue, props: WebSocketSqsIntegrationProps = {}) {
    assertGiven(new.target, id, { queue, props });
    super(id, props);
  }

  /** @internal */
  protected override _service(): WebSocketService {
    const { queueArn, queueName, encryptionMasterKey, env } = this.queue;
    return {
      uri: ['sqs', 'path', `${env.account}/${queueName}`],
      region: env.region,
      statements: [new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [queueArn] })],
      key: { key: encryptionMasterKey, actions: keyActionsOf('sqs', 'SendMessage') },
      template: `Action=SendMessage&MessageBody=${ENCODED_BODY}`,
      requestParameters: contentType(FORM),
    };
  }

  /** @internal */
  protected override _reached(): Reached {
    return { queue: queueOf(this.queue) };
  }
}
