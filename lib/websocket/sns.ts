import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { WebSocketServiceIntegrationOptions } from '../options/websocket-options';
import { keyActionsOf } from '../private/facts/services';
import type { Reached } from '../private/shapes/integration';
import { assertGiven } from '../private/integrations/given';
import {
  contentType, ENCODED_BODY, FORM, WebSocketServiceIntegrationBase, type WebSocketService,
} from '../private/integrations/websocket-service-integration';

/**
 * Properties of `WebSocketSnsIntegration`.
 */
export interface WebSocketSnsIntegrationProps extends WebSocketServiceIntegrationOptions {
}

/**
 * Publishes messages of a WebSocket API to an Amazon SNS topic, without a function in between.
 *
 * Creates an integration of type `AWS` and, unless `role` is given, a role that may publish to the topic, and use its
 * key where it has one of its own. The body of the message is published as it is, by the template
 * `Action=Publish&TopicArn=...&Message=$util.urlEncode($input.body)`; a FIFO topic needs a template with
 * `MessageGroupId`.
 *
 * @see https://docs.aws.amazon.com/sns/latest/api/API_Publish.html
 */
export class WebSocketSnsIntegration extends WebSocketServiceIntegrationBase {
  /**
   * @param id The id of the integration construct
   * @param topic The topic
   * @param props Options of the integration
   */
  constructor(id: string, private readonly topic: ITopic, props: WebSocketSnsIntegrationProps = {}) {
    assertGiven(new.target, id, { topic, props });
    super(id, props);
  }

  /** @internal */
  protected override _service(): WebSocketService {
    const { topicArn, masterKey, env } = this.topic;
    return {
      uri: ['sns', 'action', 'Publish'],
      region: env.region,
      statements: [new PolicyStatement({ actions: ['sns:Publish'], resources: [topicArn] })],
      key: { key: masterKey, actions: keyActionsOf('sns', 'Publish') },
      template: `Action=Publish&TopicArn=$util.urlEncode('${topicArn}')&Message=${ENCODED_BODY}`,
      requestParameters: contentType(FORM),
    };
  }

  /** @internal */
  protected override _reached(): Reached {
    return { topic: { fifo: this.topic.fifo } };
  }
}
