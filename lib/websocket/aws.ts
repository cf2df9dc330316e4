import { WebSocketIntegrationType } from 'aws-cdk-lib/aws-apigatewayv2';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import type { WebSocketNonProxyIntegrationOptions } from '../options/websocket-options';
import { assertGiven } from '../private/integrations/given';
import { WEBSOCKET_AWS_NAMES } from '../private/integrations/names';
import type { Names } from '../private/shapes/names';
import type { WebSocketTarget } from '../private/integrations/websocket-integration';
import { WebSocketIntegrationBase } from '../private/integrations/websocket-integration';

/**
 * Properties of `WebSocketAwsIntegration`.
 */
export interface WebSocketAwsIntegrationProps extends WebSocketNonProxyIntegrationOptions {
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
   * For example `'application/x-www-form-urlencoded'`, with its quotes, for `integration.request.header.Content-Type`.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-data-mapping.html
   * @default - nothing is added
   */
  readonly requestParameters?: { [destination: string]: string };
}

/**
 * Sends messages of a WebSocket API to any action of an AWS service.
 *
 * Creates an integration of type `AWS`, and one response per entry of `integrationResponses`. It grants nothing:
 * `credentialsRole` needs the permissions of the action. Several services have a class of their own, which makes a
 * role.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-integrations.html
 */
export class WebSocketAwsIntegration extends WebSocketIntegrationBase {
  /**
   * @param id The id of the integration construct
   * @param props Options of the integration
   */
  constructor(id: string, private readonly props: WebSocketAwsIntegrationProps) {
    assertGiven(new.target, id, { props }, ['integrationUri', 'integrationMethod']);
    super(id, props);
  }

  /** @internal */
  protected override _target(): WebSocketTarget {
    return {
      type: WebSocketIntegrationType.AWS,
      uri: this.props.integrationUri,
      method: this.props.integrationMethod,
      credentialsRole: this.props.credentialsRole,
      requestParameters: this.props.requestParameters,
    };
  }

  /** @internal */
  public override _names(): Names {
    return WEBSOCKET_AWS_NAMES;
  }
}
