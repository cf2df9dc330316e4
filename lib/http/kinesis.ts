import { HttpIntegrationSubtype, type MappingValue } from 'aws-cdk-lib/aws-apigatewayv2';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IStream } from 'aws-cdk-lib/aws-kinesis';
import type { HttpServiceIntegrationOptions } from '../options/http-options';
import { keyActionsOf } from '../private/facts/services';
import { assertGiven } from '../private/integrations/given';
import { HttpServiceIntegrationBase, type HttpService } from '../private/integrations/http-service-integration';
import type { ServiceKey } from '../private/integrations/service-role';

/**
 * Properties of `HttpKinesisIntegration`.
 */
export interface HttpKinesisIntegrationProps extends HttpServiceIntegrationOptions {
  /**
   * The data stream.
   */
  readonly stream: IStream;

  /**
   * The data of the record, Base64-encoded.
   *
   * At most 10 MiB.
   *
   * @default - `$request.body.Data`, unless `parameterMapping` is given
   * @see https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecord.html
   */
  readonly data?: MappingValue;

  /**
   * The key that chooses the shard, 1 to 256 characters.
   *
   * @default - `$request.body.PartitionKey`, unless `parameterMapping` is given
   * @see https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecord.html
   */
  readonly partitionKey?: MappingValue;

  /**
   * The hash that chooses the shard instead of the partition key.
   *
   * @default - the parameter is not sent
   * @see https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecord.html
   */
  readonly explicitHashKey?: MappingValue;

  /**
   * The sequence number that the record comes after.
   *
   * @default - the parameter is not sent
   * @see https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecord.html
   */
  readonly sequenceNumberForOrdering?: MappingValue;
}

/**
 * Puts records on an Amazon Kinesis data stream without a function in between.
 *
 * Creates an integration of type `AWS_PROXY` and, unless `role` is given, a role. The role is granted
 * `kinesis:PutRecord` on the stream and, where the stream has a key of its own, `kms:GenerateDataKey` on the key.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-aws-services-reference.html#Kinesis-PutRecord
 */
export class HttpKinesisIntegration extends HttpServiceIntegrationBase {
  /**
   * @param id The id of the integration construct
   * @param props The stream, and options of the integration
   */
  constructor(id: string, private readonly props: HttpKinesisIntegrationProps) {
    assertGiven(new.target, id, { props }, ['stream']);
    super(id, props);
  }

  /** @internal */
  protected override _describeService(): HttpService {
    return {
      subtype: HttpIntegrationSubtype.KINESIS_PUT_RECORD,
      target: { StreamName: this.props.stream.streamName },
      parameters: {
        Data: this.props.data,
        PartitionKey: this.props.partitionKey,
        ExplicitHashKey: this.props.explicitHashKey,
        SequenceNumberForOrdering: this.props.sequenceNumberForOrdering,
      },
      region: this.props.stream.env.region,
    };
  }

  /** @internal */
  protected override _statements(): PolicyStatement[] {
    return [new PolicyStatement({
      sid: 'AllowKinesisPutRecord',
      actions: ['kinesis:PutRecord'],
      resources: [this.props.stream.streamArn],
    })];
  }

  /** @internal */
  protected override _key(): ServiceKey {
    return { key: this.props.stream.encryptionKey, actions: keyActionsOf('kinesis', 'PutRecord') };
  }
}
