import type { IVpcLink } from 'aws-cdk-lib/aws-apigateway';
import type { CfnIntegration, HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import { WebSocketIntegrationType } from 'aws-cdk-lib/aws-apigatewayv2';
import type { WebSocketNonProxyIntegrationOptions } from '../options/websocket-options';
import { assertGiven } from '../private/integrations/given';
import { reachedLink } from '../private/integrations/vpc-links';
import type { Reached } from '../private/shapes/integration';
import type { WebSocketTarget } from '../private/integrations/websocket-integration';
import { WebSocketIntegrationBase } from '../private/integrations/websocket-integration';

/**
 * Properties of `WebSocketHttpIntegration`.
 */
export interface WebSocketHttpIntegrationProps extends WebSocketNonProxyIntegrationOptions {
  /**
   * The HTTP method that API Gateway uses to call the URL.
   */
  readonly method: HttpMethod;

  /**
   * Whether the message is sent and the answer returned as they are.
   *
   * With `false` request templates make what is sent, and integration responses what is returned.
   *
   * @default true
   */
  readonly proxy?: boolean;

  /**
   * The VPC link (of API Gateway v1, to a Network Load Balancer) through which the URL is reached.
   *
   * WebSocket APIs do not support links of API Gateway v2.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-nlb-for-vpclink-using-console.html
   * @default - the URL is called over the internet
   */
  readonly vpcLink?: IVpcLink;

  /**
   * What is added to the call, by destination.
   *
   * For example `context.connectionId` for `integration.request.header.X-Connection`.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-data-mapping.html
   * @default - nothing is added
   */
  readonly requestParameters?: { [destination: string]: string };
}

/**
 * Sends messages of a WebSocket API to a URL, public or inside a VPC.
 *
 * Creates an integration of type `HTTP_PROXY`, or `HTTP` without `proxy`, and one response per entry of
 * `integrationResponses`. Inside a VPC the URL names the Network Load Balancer of the link, for example its DNS name.
 * Over `https` the certificate has to be one that API Gateway trusts.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-integrations.html
 */
export class WebSocketHttpIntegration extends WebSocketIntegrationBase {
  /**
   * @param id The id of the integration construct
   * @param url The full URL to send messages to, at most 2,048 characters
   * @param props Options of the integration
   */
  constructor(id: string, private readonly url: string, private readonly props: WebSocketHttpIntegrationProps) {
    assertGiven(new.target, id, { url, props }, ['method']);
    super(id, props);
  }

  /** @internal */
  protected override _target(): WebSocketTarget {
    const { method, requestParameters } = this.props;
    // The types that aws-cdk-lib does not list are set on the resource.
    const type = this._isProxy() ? WebSocketIntegrationType.AWS_PROXY : WebSocketIntegrationType.AWS;
    return { type, uri: this.url, method, requestParameters };
  }

  /** @internal */
  protected override _type(): string {
    return this._isProxy() ? 'HTTP_PROXY' : 'HTTP';
  }

  /** @internal */
  protected override _reached(): Reached {
    return { vpcLink: reachedLink(this.props.vpcLink) };
  }

  /** @internal */
  public override _complete(resource: CfnIntegration): void {
    super._complete(resource);
    const { vpcLink } = this.props;
    resource.integrationType = resource.integrationType.replace('AWS', 'HTTP');
    if (!vpcLink) { return; }
    resource.connectionType ??= 'VPC_LINK';
    resource.connectionId ??= vpcLink.vpcLinkId;
  }

  private _isProxy(): boolean {
    return this.props.proxy ?? true;
  }
}
