import { HttpIntegrationSubtype, type MappingValue } from 'aws-cdk-lib/aws-apigatewayv2';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { HttpServiceIntegrationOptions } from '../options/http-options';
import { assertGiven } from '../private/integrations/given';
import { HttpServiceIntegrationBase, type HttpService } from '../private/integrations/http-service-integration';
import { queueOf } from '../private/integrations/reached';
import type { ServiceKey } from '../private/integrations/service-role';
import { keyActionsOf } from '../private/facts/services';
import type { Reached } from '../private/shapes/integration';

/**
 * Properties of `HttpSqsIntegration`.
 */
export interface HttpSqsIntegrationProps extends HttpServiceIntegrationOptions {
  /**
   * The queue.
   */
  readonly queue: IQueue;

  /**
   * What is done with the queue.
   *
   * @default HttpIntegrationSubtype.SQS_SEND_MESSAGE
   */
  readonly subtype?: HttpIntegrationSubtype;

  /**
   * The text of the message.
   *
   * At most 1 MiB.
   *
   * @default - `$request.body.MessageBody`, unless `parameterMapping` is given
   * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
   */
  readonly messageBody?: MappingValue;

  /**
   * The seconds before the message can be received, from 0 to 900.
   *
   * Not on FIFO queues.
   *
   * @default - the parameter is not sent
   * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
   */
  readonly delaySeconds?: MappingValue;

  /**
   * The attributes of the message, as JSON with at least one variable.
   *
   * @default - the parameter is not sent
   * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
   */
  readonly messageAttributes?: MappingValue;

  /**
   * The id by which a FIFO queue drops duplicates.
   *
   * At most 128 characters.
   *
   * @default - the parameter is not sent
   * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
   */
  readonly messageDeduplicationId?: MappingValue;

  /**
   * The group of the message, within which a FIFO queue keeps the order.
   *
   * At most 128 characters.
   *
   * @default - the parameter is not sent
   * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
   */
  readonly messageGroupId?: MappingValue;

  /**
   * The system attributes of the message; only `AWSTraceHeader` is known.
   *
   * @default - the parameter is not sent
   * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
   */
  readonly messageSystemAttributes?: MappingValue;

  /**
   * The attributes of the messages that are returned.
   *
   * @default - the parameter is not sent
   * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html
   */
  readonly attributeNames?: MappingValue;

  /**
   * The most messages that are returned, from 1 to 10.
   *
   * @default - the parameter is not sent
   * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html
   */
  readonly maxNumberOfMessages?: MappingValue;

  /**
   * The message attributes that are returned.
   *
   * @default - the parameter is not sent
   * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html
   */
  readonly messageAttributeNames?: MappingValue;

  /**
   * The id by which a FIFO queue recognizes a repeated call.
   *
   * @default - the parameter is not sent
   * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html
   */
  readonly receiveRequestAttemptId?: MappingValue;

  /**
   * The seconds for which the messages are hidden from others, from 0 to 43,200.
   *
   * @default - the parameter is not sent
   * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html
   */
  readonly visibilityTimeout?: MappingValue;

  /**
   * The seconds to wait for a message, from 0 to 20.
   *
   * @default - the parameter is not sent
   * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html
   */
  readonly waitTimeSeconds?: MappingValue;

  /**
   * The receipt handle of the message to delete.
   *
   * @default - `$request.body.ReceiptHandle`, unless `parameterMapping` is given
   * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_DeleteMessage.html
   */
  readonly receiptHandle?: MappingValue;
}

/**
 * Sends, receives or deletes messages of an Amazon SQS queue, or purges it, without a function in between.
 *
 * Creates an integration of type `AWS_PROXY` and, unless `role` is given, a role. The role is granted the one action on
 * the queue and, where the queue has a key of its own, what the action needs of the key.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-aws-services-reference.html#SQS-SendMessage
 */
export class HttpSqsIntegration extends HttpServiceIntegrationBase {
  /**
   * @param id The id of the integration construct
   * @param props The queue, and options of the integration
   */
  constructor(id: string, private readonly props: HttpSqsIntegrationProps) {
    assertGiven(new.target, id, { props }, ['queue']);
    super(id, props);
  }

  /** @internal */
  protected override _describeService(): HttpService {
    const { queue, subtype } = this.props;
    return {
      name: 'SQS',
      subtype: subtype ?? HttpIntegrationSubtype.SQS_SEND_MESSAGE,
      target: { QueueUrl: queue.queueUrl },
      parameters: {
        MessageBody: this.props.messageBody,
        DelaySeconds: this.props.delaySeconds,
        MessageAttributes: this.props.messageAttributes,
        MessageDeduplicationId: this.props.messageDeduplicationId,
        MessageGroupId: this.props.messageGroupId,
        MessageSystemAttributes: this.props.messageSystemAttributes,
        AttributeNames: this.props.attributeNames,
        MaxNumberOfMessages: this.props.maxNumberOfMessages,
        MessageAttributeNames: this.props.messageAttributeNames,
        ReceiveRequestAttemptId: this.props.receiveRequestAttemptId,
        VisibilityTimeout: this.props.visibilityTimeout,
        WaitTimeSeconds: this.props.waitTimeSeconds,
        ReceiptHandle: this.props.receiptHandle,
      },
      region: queue.env.region,
    };
  }

  /** @internal */
  protected override _statements(): PolicyStatement[] {
    return [new PolicyStatement({
      sid: 'AllowSqsExecution',
      actions: [`sqs:${this._action()}`],
      resources: [this.props.queue.queueArn],
    })];
  }

  /** @internal */
  protected override _key(): ServiceKey {
    return { key: this.props.queue.encryptionMasterKey, actions: keyActionsOf('sqs', this._action()) };
  }

  /** @internal */
  protected override _reached(): Reached {
    return { queue: queueOf(this.props.queue) };
  }

  private _action(): string {
    return this._service().subtype.slice('SQS-'.length);
  }
}
