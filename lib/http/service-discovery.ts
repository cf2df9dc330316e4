import { Token } from 'aws-cdk-lib';
import type { CfnInstance } from 'aws-cdk-lib/aws-servicediscovery';
import type { aws_servicediscovery as servicediscovery } from 'aws-cdk-lib/interfaces';
import type { IConstruct } from 'constructs';
import type { HttpPrivateIntegrationOptions } from '../options/http-options';
import { hasToken } from '../private/facts/tokens';
import { assertGiven } from '../private/integrations/given';
import { HttpPrivateIntegrationBase } from '../private/integrations/http-private-integration';
import { environmentOf } from '../private/integrations/http-integration';
import { reachedLink } from '../private/integrations/vpc-links';
import { resourceOf } from '../private/output/resource';
import { vpcLinkForService } from '../private/rules/private-targets';
import { judgeOptions, type Finding } from '../private/rules/rule';
import type { CloudMapInstances, Reached } from '../private/shapes/integration';

/**
 * Properties of `HttpServiceDiscoveryIntegration`.
 */
export interface HttpServiceDiscoveryIntegrationProps extends HttpPrivateIntegrationOptions {
  /**
   * The attributes that an instance has to have to be called, such as `deployment` with the value `green`.
   *
   * API Gateway asks Cloud Map for the instances that have all of them.
   *
   * @see https://docs.aws.amazon.com/cloud-map/latest/api/API_DiscoverInstances.html
   * @default - all instances of the service are called
   */
  readonly instanceFilters?: { [key: string]: string };
}

/**
 * Sends requests of an HTTP API to the instances that are registered with an AWS Cloud Map service.
 *
 * Creates an integration of type `HTTP_PROXY`. The VPC of the instances cannot be read from a Cloud Map service:
 * pass `vpcLink`, or `vpc` for a VPC link that is made for you.
 *
 * Instances need an IP address and a port; those of Amazon ECS need SRV records. The service has to be in the account
 * and the region of the API.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-private.html
 */
export class HttpServiceDiscoveryIntegration extends HttpPrivateIntegrationBase {
  /**
   * @param id The id of the integration construct
   * @param service The Cloud Map service that knows the instances
   * @param props Options of the integration
   */
  constructor(
    id: string,
    private readonly service: servicediscovery.IServiceRef,
    props: HttpServiceDiscoveryIntegrationProps = {},
  ) {
    assertGiven(new.target, id, { service, props });
    super(id, `${service.serviceRef.serviceArn}${queryOf(props.instanceFilters)}`, props);
  }

  /** @internal */
  protected override _linkFindings(reachable: boolean): readonly Finding[] {
    return judgeOptions(reachable, vpcLinkForService);
  }

  /** @internal */
  protected override _reached(): Reached {
    return {
      environment: environmentOf(this.service),
      vpcLink: reachedLink(this._privateOptions.vpcLink),
      // They may be registered until the app is complete.
      instances: () => instancesOf(this.service),
    };
  }
}

/** What is known of the instances of a Cloud Map service. */
function instancesOf(service: servicediscovery.IServiceRef): CloudMapInstances {
  const { node } = service;
  const owner = node.scope as { cloudMapService?: IConstruct } | undefined;
  const isOfEcs = owner?.cloudMapService === service;
  return {
    service: () => node.path,
    ecsRecordType: isOfEcs ? (service as { dnsRecordType?: string }).dnsRecordType : undefined,
    instances: node.children.flatMap(attributesOf),
  };
}

/** The filters as a query string; sorted, since the order of a map differs between languages. */
function queryOf(filters: { readonly [key: string]: string } | undefined): string {
  if (!filters) { return ''; }
  const query = Object.keys(filters).sort().map((key) => `${encoded(key)}=${encoded(filters[key])}`).join('&');
  return query && `?${query}`;
}

function encoded(text: string): string {
  return hasToken(text) ? text : encodeURIComponent(text);
}

/** The names of the attributes of an instance, where they are known. */
function attributesOf(child: IConstruct): string[][] {
  const instance = resourceOf(child) as CfnInstance | undefined;
  const attributes: unknown = instance?.instanceAttributes;
  const isKnown = typeof attributes === 'object' && attributes !== null && !Token.isUnresolved(attributes);
  return isKnown ? [Object.keys(attributes)] : [];
}
