import type { Duration } from 'aws-cdk-lib';
import type { HttpMethod, ParameterMapping } from 'aws-cdk-lib/aws-apigatewayv2';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import type { aws_apigatewayv2 as apigwv2 } from 'aws-cdk-lib/interfaces';
import type { Construct } from 'constructs';
import type { ResponseParameterMapping } from './response-mapping';

/**
 * Options that every integration of an HTTP API takes.
 */
export interface HttpIntegrationOptions {
  /**
   * Describes the integration in the API Gateway console and in exports of the API.
   *
   * At most 1,024 characters.
   *
   * @default - no description
   */
  readonly description?: string;

  /**
   * The longest time that API Gateway waits for the target before it answers with status 504.
   *
   * From 50 milliseconds to 30 seconds.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html
   * @default - 30 seconds, the default of API Gateway
   */
  readonly timeout?: Duration;

  /**
   * How the request is changed before it is sent to the target.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-parameter-mapping.html
   * @default - the request is sent unchanged
   */
  readonly parameterMapping?: ParameterMapping;

  /**
   * How the response of the target is changed before it is returned, by its status code.
   *
   * A key is a status code of the target, from 200 to 599; responses of other status codes are returned unchanged.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-parameter-mapping.html
   * @default - the response is returned unchanged
   */
  readonly responseParameterMapping?: { [statusCode: string]: ResponseParameterMapping };

  /**
   * The construct under which the integration and what it needs, such as a role, are created.
   *
   * With a scope of your own, logical ids do not depend on which route is added first.
   *
   * @default - the first route that uses the integration
   */
  readonly scope?: Construct;
}

/**
 * Options of the integrations that send requests to a target inside a VPC.
 */
export interface HttpPrivateTargetOptions extends HttpIntegrationOptions {
  /**
   * The HTTP method that API Gateway uses to call the target.
   *
   * @default HttpMethod.ANY - the method of the request
   */
  readonly method?: HttpMethod;

  /**
   * The host name on the TLS certificate of the target.
   *
   * With it API Gateway calls the target over HTTPS, sends the name as server name indication and checks the
   * certificate against it.
   *
   * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-apigatewayv2-integration-tlsconfig.html
   * @default - the target is called over HTTP
   */
  readonly secureServerName?: string;

  /**
   * Whether the path is sent without the name of the stage in front.
   *
   * Overwrites the path with `$request.path`. Without it the target is called with `/prod/books` where the stage is
   * `prod`; the default stage has no name in the path. Cannot be combined with a mapping of the path.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-private.html
   * @default false
   */
  readonly stripStage?: boolean;
}

/**
 * Options of the integrations that send requests through a VPC link, made here or given.
 */
export interface HttpPrivateIntegrationOptions extends HttpPrivateTargetOptions {
  /**
   * The VPC link (of API Gateway v2) through which the target is reached.
   *
   * Cannot be combined with `vpc`, `subnets`, `securityGroups` or `vpcLinkName`.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vpc-links.html
   * @default - a VPC link is made in `vpc`; the integrations of an API share one link per VPC and equal options
   */
  readonly vpcLink?: apigwv2.IVpcLinkRef;

  /**
   * The VPC to make a VPC link in.
   *
   * @default - the VPC of the load balancer, where it is known
   */
  readonly vpc?: ec2.IVpc;

  /**
   * The subnets of the VPC link that is made.
   *
   * Changing them replaces the link.
   *
   * @default - the private subnets of the VPC, or the isolated ones where there are no private ones
   */
  readonly subnets?: ec2.SubnetSelection;

  /**
   * The security groups of the VPC link that is made.
   *
   * Each group is opened to the port of the listener, and the listener to the group. For Cloud Map no rule is added:
   * let the instances admit the groups. Changing them replaces the link.
   *
   * @default - the VPC link has no security groups
   */
  readonly securityGroups?: ec2.ISecurityGroup[];

  /**
   * The name of the VPC link that is made.
   *
   * @default - a name is made up
   */
  readonly vpcLinkName?: string;
}

/**
 * Options of the integrations that call an AWS service.
 */
export interface HttpServiceIntegrationOptions extends HttpIntegrationOptions {
  /**
   * The role that API Gateway assumes to call the service.
   *
   * It is granted exactly what the call needs, and has to trust `apigateway.amazonaws.com`.
   *
   * @default - a role is made
   */
  readonly role?: IRole;

  /**
   * The region that the service is called in.
   *
   * @default - the region of the target, where it is known and differs from the region of the API
   */
  readonly region?: string;
}
