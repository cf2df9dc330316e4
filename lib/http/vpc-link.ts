import type { aws_apigatewayv2 as apigwv2 } from 'aws-cdk-lib/interfaces';
import type { HttpPrivateTargetOptions } from '../options/http-options';
import { assertGiven } from '../private/integrations/given';
import { HttpPrivateIntegrationBase } from '../private/integrations/http-private-integration';

/**
 * Properties of `HttpVpcLinkIntegration`.
 */
export interface HttpVpcLinkIntegrationProps extends HttpPrivateTargetOptions {
  /**
   * The VPC link (of API Gateway v2) through which the target is reached.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vpc-links.html
   */
  readonly vpcLink: apigwv2.IVpcLinkRef;
}

/**
 * Sends requests of an HTTP API through a VPC link to a target that is known by its ARN.
 *
 * Creates an integration of type `HTTP_PROXY`. The target is a listener of an Application or Network Load Balancer or
 * an AWS Cloud Map service, in the account and the region of the API. The ARN of a load balancer or of a target group
 * fails the synthesis.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-private.html
 */
export class HttpVpcLinkIntegration extends HttpPrivateIntegrationBase {
  /**
   * @param id The id of the integration construct
   * @param targetArn The ARN of a listener, or of a Cloud Map service
   * @param props The VPC link, and options of the integration
   */
  constructor(id: string, targetArn: string, props: HttpVpcLinkIntegrationProps) {
    assertGiven(new.target, id, { targetArn, props }, ['vpcLink']);
    super(id, targetArn, props);
  }
}
