import { MAX_VPC_LINKS } from '../facts/limits';
import { isPrivate, type Environment, type Integration } from '../shapes/integration';
import { isGiven, mapOf, quoted, textOf } from '../shapes/values';
import { rule, type OptionRule } from './rule';

const PRIVATE_PAGE = 'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-private.html';
const LINKS_PAGE = 'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vpc-links.html';

/** `arn:aws:elasticloadbalancing:region:account:listener/...`, taken apart. */
const ARN = /^arn:[^:]*:([^:]*):([^:]*):([^:]*):([^:/]*)/;

/** What can stand in the place of a listener, and why it is refused. */
const NOT_A_TARGET = new Map([
  ['loadbalancer', 'it is the ARN of a load balancer; pass the ARN of one of its listeners'],
  ['targetgroup', 'it is the ARN of a target group; pass the ARN of a listener that forwards to it'],
  ['listener-rule', 'it is the ARN of a listener rule; pass the ARN of its listener'],
  ['namespace', 'it is the ARN of a namespace; pass the ARN of a service in it'],
]);

/** The target of a private integration of an HTTP API, if it is known. */
function targetOf(integration: Integration): string | undefined {
  const { IntegrationType: type, IntegrationUri: uri } = integration.properties;
  return isPrivate(integration) && type === 'HTTP_PROXY' ? textOf(uri) : undefined;
}

function isTarget(arn: string): boolean {
  const [, service, , , resource] = ARN.exec(arn) ?? [];
  const isListener = service === 'elasticloadbalancing' && resource === 'listener';
  const isService = service === 'servicediscovery' && resource === 'service';
  return isListener || isService;
}

/** Where the target of a private integration is: by its ARN, or by its construct. */
function environmentOf(integration: Integration): Environment {
  const [, , region, account] = ARN.exec(targetOf(integration) ?? '') ?? [];
  const { environment = {} } = integration.reached;
  return { account: account || environment.account, region: region || environment.region };
}

const shown = (environment: Environment, keys: readonly (keyof Environment)[]) =>
  keys.map((key) => `${key} ${textOf(environment[key])}`).join(' and ');

/** What an instance of a Cloud Map service needs to be called. */
function canBeCalled(attributes: readonly string[]): boolean {
  const hasAddress = attributes.includes('AWS_INSTANCE_IPV4') || attributes.includes('AWS_INSTANCE_IPV6');
  return hasAddress && attributes.includes('AWS_INSTANCE_PORT');
}

export const privateTargetRules = [
  rule({
    id: 'private-target-arn',
    severity: 'error',
    kind: 'integration',
    protocol: 'HTTP',
    when: 'The target of a private integration is not the ARN of a load balancer listener or of a Cloud Map service.',
    why: 'API Gateway refuses the integration at deployment.',
    fix: 'Pass the ARN of the listener, not that of the load balancer or the target group.',
    source: 'https://github.com/sst/sst/issues/5510',
    says: 'For VpcLink VPC_LINK, integration uri should be a valid ELB listener ARN or a valid Cloud Map service ARN.',
    check: (integration) => {
      const arn = targetOf(integration);
      if (arn === undefined || isTarget(arn)) { return undefined; }
      const reason = NOT_A_TARGET.get(ARN.exec(arn)?.[4] ?? '');
      return `The target is ${quoted(arn)}, expected the ARN of a listener of an Application or Network Load Balancer, `
        + `or of a Cloud Map service${reason ? `: ${reason}` : ''}. Pass such an ARN.`;
    },
  }),
  rule({
    id: 'private-target-environment',
    severity: 'error',
    kind: 'integration',
    protocol: 'HTTP',
    when: 'The target of a private integration is in another account or region than the API.',
    why: 'A VPC link reaches targets of its own account and region only.',
    fix: 'Put the API where the target is, or put a load balancer that reaches the target beside the API.',
    source: PRIVATE_PAGE,
    check: (integration) => {
      if (!isPrivate(integration)) { return undefined; }
      const target = environmentOf(integration);
      const api = integration.environment;
      const wrong = (['account', 'region'] as const).filter((key) => {
        const [one, other] = [textOf(target[key]), textOf(api[key])];
        return one !== undefined && other !== undefined && one !== other;
      });
      return wrong.length === 0 ? undefined
        : `The target is in ${shown(target, wrong)}, but the API is in ${shown(api, wrong)}. Expected both in the same `
          + 'account and region. Put the API where the target is, or put a load balancer that reaches the target '
          + 'beside the API.';
    },
  }),
  rule({
    id: 'http-vpc-link',
    severity: 'error',
    kind: 'integration',
    protocol: 'HTTP',
    when: 'An integration of an HTTP API gets a VPC link of API Gateway v1.',
    why: 'HTTP APIs reach a VPC through links of version 2 only, and the integration is refused at deployment.',
    fix: 'Pass a `VpcLink` of `aws-cdk-lib/aws-apigatewayv2`, or `vpc` for one that is made for you.',
    source: LINKS_PAGE,
    check: ({ reached: { vpcLink } }) => vpcLink?.version !== 1 ? undefined
      : `The VPC link '${vpcLink.path()}' is one of API Gateway v1, which HTTP APIs do not support, expected a link of `
        + 'version 2. Pass a VpcLink of aws-cdk-lib/aws-apigatewayv2, or \'vpc\' for a link that is made for you.',
  }),
  rule({
    id: 'tls-server-name',
    severity: 'warning',
    kind: 'integration-use',
    protocol: 'HTTP',
    when: 'A listener takes HTTPS or TLS and the name of the server is not given, or it takes HTTP and a name is '
      + 'given.',
    why: 'API Gateway speaks HTTP to the listener without a server name, and TLS with it; the listener does not '
      + 'understand it.',
    fix: 'Pass the name on the certificate of the listener as `secureServerName`, or leave it out for HTTP.',
    source: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-apigatewayv2-integration-tlsconfig.html',
    check: ({ integration: { properties, reached: { listener }, names } }) => {
      const option = names('TlsConfig.ServerNameToVerify');
      const { TlsConfig: tls } = properties;
      const isSecure = isGiven(tls) && (!mapOf(tls) || isGiven(mapOf(tls)!.ServerNameToVerify));
      const { protocol } = listener ?? {};
      if ((protocol === 'HTTPS' || protocol === 'TLS') && !isSecure) {
        return `The listener takes ${protocol}, but without '${option}' API Gateway speaks HTTP to it. Expected the `
          + `name on the certificate of the listener. Set '${option}', for example to 'books.example.com'.`;
      }
      return protocol === 'HTTP' && isSecure
        ? `The listener takes HTTP, but with '${option}' API Gateway speaks TLS to it. Expected an HTTPS or TLS `
        + `listener. Remove '${option}', or give the listener a certificate.` : undefined;
    },
  }),
  rule({
    id: 'cloud-map-port',
    severity: 'warning',
    kind: 'integration-use',
    protocol: 'HTTP',
    when: 'A Cloud Map service of Amazon ECS has records other than SRV, or an instance is registered without its IP '
      + 'address or port.',
    why: 'API Gateway asks Cloud Map for the IP address and the port of an instance, and answers 503 without them.',
    fix: 'Use `DnsRecordType.SRV` with a container port, or register instances with `AWS_INSTANCE_IPV4` and '
      + '`AWS_INSTANCE_PORT`.',
    source: PRIVATE_PAGE,
    check: ({ integration: { reached } }) => {
      if (!reached.instances) { return undefined; }
      const { service, ecsRecordType, instances } = reached.instances();
      if (ecsRecordType !== undefined && ecsRecordType !== 'SRV') {
        return `The Cloud Map service '${service()}' of an ECS service has ${ecsRecordType} records, which do not tell `
          + 'the port of a task, expected SRV. Pass \'dnsRecordType: DnsRecordType.SRV\' in its Cloud Map options.';
      }
      const wrong = instances.find((attributes) => !canBeCalled(attributes));
      return wrong === undefined ? undefined
        : `An instance of the Cloud Map service '${service()}' has the attributes ${wrong.join(', ') || 'none'}, `
          + 'expected AWS_INSTANCE_IPV4 (or AWS_INSTANCE_IPV6) and AWS_INSTANCE_PORT. Register it with its IP address '
          + 'and port.';
    },
  }),
  rule({
    id: 'vpc-link-quota',
    severity: 'warning',
    kind: 'vpc-links',
    when: 'An app uses more than ten VPC links of API Gateway v2 in one region.',
    why: 'Ten is the quota of a region; it can be raised.',
    fix: 'Share links: one reaches every target in its VPC, for any number of APIs. Or have the quota raised.',
    source: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html',
    check: ({ links, where }) => links <= MAX_VPC_LINKS ? undefined
      : `The integrations of this app use ${links} VPC links in ${where}, expected at most ${MAX_VPC_LINKS}. Pass one `
        + '\'vpcLink\' to the integrations of several APIs, or have the quota raised and acknowledge this warning.',
  }),
];

/** A construct, of which messages tell the path. */
interface WithPath { readonly node: { readonly path: string } }

/** What is known of the way from a private integration to its load balancer. */
export interface WayToListener {
  /** `Application` or `Network`. */
  readonly kind: string;
  /** Whether a VPC link or a VPC to make one in is known. */
  readonly reachable: boolean;
  /** The load balancer; `undefined` for an imported listener. */
  readonly loadBalancer?: WithPath;
}

export const vpcLinkForListener: OptionRule<WayToListener> = {
  id: 'vpc-link-for-listener',
  severity: 'error',
  kind: 'option',
  required: true,
  when: 'A load balancer integration gets neither `vpcLink` nor `vpc`, and the VPC of the load balancer is not known '
    + 'because the listener or the load balancer is imported.',
  why: 'A private integration reaches its target through a VPC link, and a link is made in a VPC.',
  fix: 'Pass `vpcLink`, or `vpc` for a link that is made for you, or import the load balancer together with its VPC.',
  source: LINKS_PAGE,
  check: ({ kind, reachable, loadBalancer }) => {
    if (reachable) { return undefined; }
    return loadBalancer === undefined
      ? `The vpcLink property must be specified when using an imported ${kind} Listener. The listener is imported, so `
      + 'its VPC is not known. Pass \'vpcLink\', or \'vpc\' for a VPC link that is made for you.'
      : `The VPC of the load balancer '${loadBalancer.node.path}' is not known, because it was imported without its `
        + 'VPC. Pass \'vpcLink\', or \'vpc\' for a VPC link that is made for you, or import the load balancer with its '
        + 'VPC (\'vpc\' in its attributes).';
  },
};

export const vpcLinkForService: OptionRule<boolean> = {
  id: 'vpc-link-for-service',
  severity: 'error',
  kind: 'option',
  required: true,
  when: 'A Cloud Map integration gets neither `vpcLink` nor `vpc`.',
  why: 'A private integration reaches its target through a VPC link, and the VPC cannot be read from a Cloud Map '
    + 'service.',
  fix: 'Pass `vpcLink`, or `vpc` for a link that is made for you.',
  source: LINKS_PAGE,
  check: (reachable) => reachable ? undefined
    : 'The vpcLink property is mandatory, unless \'vpc\' is given. A Cloud Map service does not tell the VPC of its '
      + 'instances. Pass \'vpcLink\', or \'vpc\' for a VPC link that is made for you.',
};

/** The options of a private integration that do not go together. */
export interface PrivateTargetOptions {
  readonly vpcLink?: unknown;
  readonly vpc?: unknown;
  readonly subnets?: unknown;
  readonly securityGroups?: unknown;
  readonly vpcLinkName?: unknown;
  readonly stripStage?: boolean;
  readonly parameterMapping?: { readonly mappings: object };
}

/** The options of a VPC link that is made. */
const MADE_LINK = ['vpc', 'subnets', 'securityGroups', 'vpcLinkName'] as const;

export const vpcLinkOptions: OptionRule<PrivateTargetOptions> = {
  id: 'vpc-link-options',
  severity: 'error',
  kind: 'option',
  when: '`vpcLink` is given beside `vpc`, `subnets`, `securityGroups` or `vpcLinkName`.',
  why: 'These are options of a link that is created for you, and would have no effect.',
  fix: 'Pass `vpcLink`, or the options for a link that is made for you.',
  source: LINKS_PAGE,
  check: (options) => {
    if (options.vpcLink === undefined) { return undefined; }
    const others = MADE_LINK.filter((name) => options[name] !== undefined);
    return others.length === 0 ? undefined
      : `'vpcLink' is given beside ${others.map((name) => `'${name}'`).join(', ')}, which only count for a link that `
        + 'is made here. Expected one or the other. Remove \'vpcLink\', or set the options on the link itself.';
  },
};

/** A VPC, and the subnets of each kind that a VPC link can use. */
export interface VpcSubnets extends WithPath {
  readonly privateSubnets: readonly unknown[];
  readonly isolatedSubnets: readonly unknown[];
}

export const vpcLinkSubnets: OptionRule<VpcSubnets> = {
  id: 'vpc-link-subnets',
  severity: 'error',
  kind: 'option',
  required: true,
  when: 'A VPC link is made in a VPC that has neither private nor isolated subnets, and `subnets` is not given.',
  why: 'A VPC link needs subnets.',
  fix: 'Pass `subnets`, or `vpcLink`.',
  source: LINKS_PAGE,
  check: ({ node, privateSubnets, isolatedSubnets }) => privateSubnets.length + isolatedSubnets.length > 0 ? undefined
    : `The VPC '${node.path}' has neither private nor isolated subnets, so there is none to put the VPC link into. `
      + 'Expected at least one. Pass \'subnets\' with those of the VPC link, or \'vpcLink\'.',
};

export const vpcLinkSecurityGroups: OptionRule<{ readonly opened: boolean; readonly option: string }> = {
  id: 'vpc-link-security-groups',
  severity: 'warning',
  kind: 'option',
  when: '`securityGroups` are given, but the port or the load balancer of an imported listener is not known.',
  why: 'The groups of the link are not opened to the listener, nor the listener to them.',
  fix: 'Import the listener with its port (`defaultPort`), or add the security group rules and acknowledge the '
    + 'warning.',
  source: LINKS_PAGE,
  check: ({ opened, option }) => opened ? undefined
    : `The security groups of the VPC link were not opened to the imported listener, expected ${option}. Let the `
      + 'groups of the link reach the port of the listener with rules of your own, then acknowledge this warning.',
};

export const stripStagePath: OptionRule<PrivateTargetOptions> = {
  id: 'strip-stage',
  severity: 'error',
  kind: 'option',
  when: '`stripStage` is given beside a parameter mapping that overwrites the path.',
  why: 'Both write the path.',
  fix: 'Remove one of the two; a path of your own has no stage in it anyway.',
  source: PRIVATE_PAGE,
  check: ({ stripStage, parameterMapping }) => stripStage
    && Object.keys(parameterMapping?.mappings ?? {}).some((key) => key.toLowerCase() === 'overwrite:path')
    ? '\'stripStage\' is given beside a \'parameterMapping\' with \'overwrite:path\', expected one of the two. '
    + 'Remove \'stripStage\': the path of the mapping has no stage in it anyway.'
    : undefined,
};

export const privateTargetOptionRules = [
  vpcLinkForListener, vpcLinkForService, vpcLinkOptions, vpcLinkSubnets, vpcLinkSecurityGroups, stripStagePath,
];
