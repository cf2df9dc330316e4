import { createHash } from 'crypto';
import { CfnResource, Stack, Token } from 'aws-cdk-lib';
import { VpcLink, type IHttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { SubnetType, type ISecurityGroup, type IVpc, type SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import type { Construct, IConstruct } from 'constructs';
import { resourceOf } from '../output/resource';
import type { Reached } from '../shapes/integration';
import { remembered } from './state';

/** The options of a VPC link that is made for an integration. */
export interface VpcLinkOptions {
  readonly scope?: Construct;
  readonly subnets?: SubnetSelection;
  readonly securityGroups?: ISecurityGroup[];
  readonly vpcLinkName?: string;
}

/** Links that are imported do not tell their version. */
const VERSIONS = new Map<string | undefined, 1 | 2>([
  ['AWS::ApiGateway::VpcLink', 1],
  ['AWS::ApiGatewayV2::VpcLink', 2],
]);

/** What is known of the VPC link that the user gave, if there is one. */
export function reachedLink(link: IConstruct | undefined): Reached['vpcLink'] {
  return link && { version: versionOf(link), path: () => link.node.path };
}

/** The version of API Gateway that a VPC link is of, where that is known. */
function versionOf(link: IConstruct): 1 | 2 | undefined {
  // An imported link of version 2 knows its VPC.
  if ('vpc' in link) { return 2; }
  const resource = (CfnResource.isCfnResource(link) ? link : resourceOf(link)) as CfnResource | undefined;
  return VERSIONS.get(resource?.cfnResourceType);
}

/**
 * The VPC link of an API for these options; made on the first call.
 *
 * One without options lives under the API and is the one that aws-cdk-lib shares per VPC, unless the user gave a scope.
 */
export function vpcLinkFor(api: IHttpApi, vpc: IVpc, options: VpcLinkOptions): VpcLink {
  const subnets = options.subnets ?? defaultSubnets(vpc);
  if (isPlain(options)) { return api.addVpcLink({ vpc, subnets }); }

  const { securityGroups = [], vpcLinkName } = options;
  const home = options.scope ?? api;
  const links = linksUnder(home);
  const key = JSON.stringify([
    vpc.node.addr, options.subnets && vpc.selectSubnets(subnets).subnets.map((subnet) => subnet.node.addr).sort(),
    securityGroups.map((group) => group.node.addr).sort(), Stack.of(home).resolve(vpcLinkName),
  ]);
  let link = links.get(key);
  if (!link) {
    const hash = createHash('sha256').update(key).digest('hex').slice(0, 8);
    link = new VpcLink(home as Construct, `VpcLink-${hash}`, { vpc, subnets, securityGroups, vpcLinkName });
    links.set(key, link);
  }
  return link;
}

/** Whether a link has no options, not even where it is made. */
function isPlain({ scope, subnets, securityGroups, vpcLinkName }: VpcLinkOptions): boolean {
  return !scope && !subnets && !securityGroups?.length && vpcLinkName === undefined;
}

/** The links that were made under a construct. */
const linksUnder = remembered('vpc-links', () => new Map<string, VpcLink>());

/** aws-cdk-lib takes private subnets and fails when there are none. */
function defaultSubnets(vpc: IVpc): SubnetSelection | undefined {
  return vpc.privateSubnets.length === 0 ? { subnetType: SubnetType.PRIVATE_ISOLATED } : undefined;
}

/** The links of a region that an app uses. */
export interface LinksOfRegion {
  readonly where: string;
  readonly links: Set<IConstruct>;
}

/** Notes that an API uses a link, and returns the links of its region to the first that asks, who speaks for all. */
export function countLink(api: IHttpApi, link: IConstruct): LinksOfRegion | undefined {
  const ofRegion = linksAround(api);
  const isFirst = ofRegion.links.size === 0;
  ofRegion.links.add(link);
  return isFirst ? ofRegion : undefined;
}

/** The links of each region that an app uses. */
const linksByRegion = remembered('used-vpc-links', () => new Map<string, LinksOfRegion>());

/** The links of the region of an API. */
const linksAround = remembered('links-of-region', (api: IHttpApi) => {
  const regions = linksByRegion(api.node.root);
  const where = regionOf(api);
  const known = regions.get(where) ?? { where, links: new Set() };
  regions.set(where, known);
  return known;
});

/** The region of an API in words. Stacks without a region may be deployed to different ones. */
function regionOf(api: IHttpApi): string {
  const { account, region } = api.env;
  return Token.isUnresolved(region) || Token.isUnresolved(account)
    ? `the region of the stack '${Stack.of(api).node.path}'` : `${region} of account ${account}`;
}
