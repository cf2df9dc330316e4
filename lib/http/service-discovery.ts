import type { aws_servicediscovery as servicediscovery } from 'aws-cdk-lib/interfaces';
import type { HttpPrivateIntegrationOptions } from './base-types';
import { HttpPrivateIntegrationBase } from '../private/http-private-integration';
import type { Finding } from '../private/rules/rule';
import { judge } from '../private/rules/rule';
import { vpcLinkForService } from '../private/rules/targets';

/**
 * Properties of `HttpServiceDiscoveryIntegration`.
 */
export interface HttpServiceDiscoveryIntegrationProps extends HttpPrivateIntegrationOptions {
}

/**
 * Sends requests of an HTTP API to the instances that are registered with an AWS Cloud Map service.
 *
 * Creates an integration of type `HTTP_PROXY`. A Cloud Map service does not tell the VPC of its instances:
 * pass `vpcLink`, or `vpc` for a VPC link that is made for you.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-private.html
 */
export class HttpServiceDiscoveryIntegration extends HttpPrivateIntegrationBase {
  /**
   * @param id The id of the integration construct
   * @param service The Cloud Map service that knows the instances
   * @param props Options of the integration
   */
  constructor(id: string, service: servicediscovery.IServiceRef, props: HttpServiceDiscoveryIntegrationProps = {}) {
    super(id, service.serviceRef.serviceArn, props);
  }

  /** @internal */
  protected override _linkFindings(reachable: boolean): Finding[] {
    return judge(reachable, vpcLinkForService);
  }
}
