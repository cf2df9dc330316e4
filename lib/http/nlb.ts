import type { INetworkListener } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { HttpPrivateIntegrationOptions } from '../options/http-options';
import { assertGiven } from '../private/integrations/given';
import { HttpListenerIntegrationBase } from '../private/integrations/http-private-integration';

/**
 * Properties of `HttpNlbIntegration`.
 */
export interface HttpNlbIntegrationProps extends HttpPrivateIntegrationOptions {
}

/**
 * Sends requests of an HTTP API to a listener of a Network Load Balancer inside a VPC.
 *
 * Creates an integration of type `HTTP_PROXY` and, unless `vpcLink` is given, a VPC link in the VPC of the load
 * balancer. The integrations of an API share one link per VPC and equal options. With `securityGroups`, rules are added
 * that let the groups reach the port of the listener.
 *
 * The listener has to be in the account and the region of the API.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-private.html
 */
export class HttpNlbIntegration extends HttpListenerIntegrationBase {
  /**
   * @param id The id of the integration construct
   * @param listener The listener that receives the requests
   * @param props Options of the integration
   */
  constructor(id: string, listener: INetworkListener, props: HttpNlbIntegrationProps = {}) {
    assertGiven(new.target, id, { listener, props });
    super(id, 'Network', listener, props);
  }
}
