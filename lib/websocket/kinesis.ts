import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IStream } from 'aws-cdk-lib/aws-kinesis';
import type { WebSocketServiceIntegrationOptions } from '../options/websocket-options';
import { keyActionsOf } from '../private/facts/services';
import { assertGiven } from '../private/integrations/given';
import {
  contentType, jsonText, WebSocketServiceIntegrationBase, type WebSocketService,
} from '../private/integrations/websocket-service-integration';

/**
 * Properties of `WebSocketKinesisIntegration`.
 */
export interface WebSocketKinesisIntegrationProps extends WebSocketServiceIntegrationOptions {
  /**
   * What decides on the shard of a record: text, or a variable of the template such as `$context.stage`.
   *
   * Text is escaped. What starts with a variable is written as it is.
   *
   * @default - `$context.connectionId`, so that the messages of a client keep their order
   */
  readonly partitionKey?: string;
}

/**
 * Puts messages of a WebSocket API as records into an Amazon Kinesis data stream, without a function in between.
 *
 * Creates an integration of type `AWS` and, unless `role` is given, a role that may put records into the stream, and
 * use its key where it has one of its own. The body of the message is the data of the record.
 *
 * @see https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecord.html
 */
export class WebSocketKinesisIntegration extends WebSocketServiceIntegrationBase {
  /**
   * @param id The id of the integration construct
   * @param stream The stream
   * @param props Options of the integration
   */
  constructor(
    id: string, private readonly stream: IStream, private readonly props: WebSocketKinesisIntegrationProps = {},
  ) {
    assertGiven(new.target, id, { stream, props });
    super(id, props);
  }

  /** @internal */
  protected override _service(): WebSocketService {
    const { streamArn, streamName, encryptionKey, env } = this.stream;
    const partitionKey = this.props.partitionKey ?? '$context.connectionId';
    return {
      uri: ['kinesis', 'action', 'PutRecord'],
      region: env.region,
      statements: [new PolicyStatement({ actions: ['kinesis:PutRecord'], resources: [streamArn] })],
      key: { key: encryptionKey, actions: keyActionsOf('kinesis', 'PutRecord') },
      template: `{"StreamName":"${jsonText(streamName)}","PartitionKey":"${jsonText(partitionKey)}",`
        + '"Data":"$util.base64Encode($input.body)"}',
      requestParameters: contentType('application/x-amz-json-1.1'),
    };
  }
}
