import type { Rule } from './rule';
import { isUnresolved } from './unresolved';

/** What is known of the way from a private integration to its load balancer. */
export interface PrivateTarget {
  /** `Application` or `Network`. */
  readonly kind: string;
  /** Whether a VPC link or a VPC to make one in is known. */
  readonly reachable: boolean;
  /** Construct path of the load balancer; `undefined` for an imported listener. */
  readonly loadBalancer?: string;
}

export const vpcLinkForListener: Rule<PrivateTarget> = {
  id: 'vpc-link-for-listener',
  severity: 'error',
  when: 'A load balancer integration gets neither `vpcLink` nor `vpc`, and the VPC of the load balancer is not known because the listener or the load balancer is imported.',
  why: 'A private integration reaches its target through a VPC link, and a link is made in a VPC.',
  fix: 'Pass `vpcLink`, or `vpc` for a link that is made for you, or import the load balancer together with its VPC.',
  check: ({ kind, reachable, loadBalancer }) => {
    if (reachable) { return undefined; }
    return loadBalancer === undefined
      ? `The vpcLink property must be specified when using an imported ${kind} Listener. `
      + 'The listener is imported, so its VPC is not known. Pass \'vpcLink\', or \'vpc\' for a VPC link that is made for you.'
      : `The VPC of the load balancer '${loadBalancer}' is not known, because it was imported without its VPC. `
        + 'Pass \'vpcLink\', or \'vpc\' for a VPC link that is made for you, or import the load balancer with its VPC (\'vpc\' in its attributes).';
  },
};

export const vpcLinkForService: Rule<boolean> = {
  id: 'vpc-link-for-service',
  severity: 'error',
  when: 'A Cloud Map integration gets neither `vpcLink` nor `vpc`.',
  why: 'A private integration reaches its target through a VPC link, and a Cloud Map service does not tell its VPC.',
  fix: 'Pass `vpcLink`, or `vpc` for a link that is made for you.',
  check: (reachable) => reachable ? undefined
    : 'The vpcLink property is mandatory, unless \'vpc\' is given. A Cloud Map service does not tell the VPC of its instances. '
      + 'Pass \'vpcLink\', or \'vpc\' for a VPC link that is made for you.',
};

/** The options for a VPC link that is made for an integration, by name. */
export const vpcLinkOptions: Rule<readonly string[]> = {
  id: 'vpc-link-options',
  severity: 'error',
  when: '`vpcLink` is given beside `vpc`, `subnets`, `securityGroups` or `vpcLinkName`.',
  why: 'These are options of a link that is made, and would not count.',
  fix: 'Pass `vpcLink`, or the options for a link that is made for you.',
  check: (given) => !given.includes('vpcLink') || given.length < 2 ? undefined
    : `'vpcLink' is given beside ${given.filter((name) => name !== 'vpcLink').map((name) => `'${name}'`).join(', ')}, which only count for a link that is made here. Expected one or the other. `
      + 'Remove \'vpcLink\', or set the options on the link itself.',
};

export const vpcLinkSubnets: Rule<{ readonly vpc: string; readonly private: number; readonly isolated: number }> = {
  id: 'vpc-link-subnets',
  severity: 'error',
  when: 'A VPC link is made in a VPC that has neither private nor isolated subnets, and `subnets` is not given.',
  why: 'A VPC link needs subnets.',
  fix: 'Pass `subnets`, or `vpcLink`.',
  check: ({ vpc, private: privateSubnets, isolated }) => privateSubnets + isolated > 0 ? undefined
    : `The VPC '${vpc}' has neither private nor isolated subnets, so there is none to put the VPC link into. Expected at least one. Pass 'subnets' with those of the VPC link, or 'vpcLink'.`,
};

export const vpcLinkSecurityGroups: Rule<{ readonly opened: boolean; readonly option: string }> = {
  id: 'vpc-link-security-groups',
  severity: 'warning',
  when: '`securityGroups` are given, but the port or the load balancer of an imported listener is not known.',
  why: 'The groups of the link are not opened to the listener, nor the listener to them.',
  fix: 'Import the listener with its port (`defaultPort`), or add the security group rules and acknowledge the warning.',
  check: ({ opened, option }) => opened ? undefined
    : `The security groups of the VPC link were not opened to the imported listener, expected ${option}. `
      + 'Let the groups of the link reach the port of the listener with rules of your own, then acknowledge this warning.',
};

/** The most VPC links of API Gateway v2 in a region of an account, unless the quota was raised. */
const MAX_VPC_LINKS = 10;

export const vpcLinkQuota: Rule<{ readonly links: number; readonly where: string }> = {
  id: 'vpc-link-quota',
  severity: 'warning',
  when: 'The integrations of an app use more than ten VPC links in one region.',
  why: 'Ten is the quota of a region; it can be raised.',
  fix: 'Share links: one reaches every target in its VPC, for any number of APIs. Or have the quota raised.',
  check: ({ links, where }) => links <= MAX_VPC_LINKS ? undefined
    : `The integrations of this app use ${links} VPC links in ${where}, expected at most ${MAX_VPC_LINKS}. `
      + 'Pass one \'vpcLink\' to the integrations of several APIs, or have the quota raised and acknowledge this warning.',
};

/** `arn:aws:elasticloadbalancing:region:account:listener/...`, taken apart. */
const ARN = /^arn:[^:]*:([^:]*):([^:]*):([^:]*):([^:/]*)/;

/** What can stand in the place of a listener, and why it is refused. */
const NOT_A_TARGET: { readonly [resource: string]: string | undefined } = {
  'loadbalancer': 'it is the ARN of a load balancer; pass the ARN of one of its listeners',
  'targetgroup': 'it is the ARN of a target group; pass the ARN of a listener that forwards to it',
  'listener-rule': 'it is the ARN of a listener rule; pass the ARN of its listener',
  'namespace': 'it is the ARN of a namespace; pass the ARN of a service in it',
};

export const privateTargetArn: Rule<string> = {
  id: 'private-target-arn',
  severity: 'error',
  when: 'The target of a private integration is not the ARN of a load balancer listener or of a Cloud Map service.',
  why: 'API Gateway refuses the integration at deployment: "integration uri should be a valid ELB listener ARN or a valid Cloud Map service ARN".',
  fix: 'Pass the ARN of the listener, not that of the load balancer or the target group.',
  check: (arn) => {
    if (isUnresolved(arn)) { return undefined; }
    const [, service, , , resource] = ARN.exec(arn) ?? [];
    if ((service === 'elasticloadbalancing' && resource === 'listener') || (service === 'servicediscovery' && resource === 'service')) { return undefined; }
    return `The target is ${JSON.stringify(arn)}, expected the ARN of a listener of an Application or Network Load Balancer, or of a Cloud Map service`
      + `${NOT_A_TARGET[resource] ? `: ${NOT_A_TARGET[resource]}` : ''}. Pass such an ARN.`;
  },
};

/** Where a target and the API are. */
export interface Environments {
  readonly arn: string;
  /** Where the target is, as far as its construct tells. */
  readonly target?: Environment;
  readonly api: Environment;
}

interface Environment { readonly account: string; readonly region: string }

export const privateTargetEnvironment: Rule<Environments> = {
  id: 'private-target-environment',
  severity: 'error',
  when: 'The target of a private integration is in another account or region than the API.',
  why: 'A VPC link reaches targets of its own account and region only.',
  fix: 'Put the API where the target is, or put a load balancer that reaches the target beside the API.',
  check: ({ arn, target, api }) => {
    const [, , region, account] = isUnresolved(arn) ? [] : ARN.exec(arn) ?? [];
    const found = { account: account ?? target?.account, region: region ?? target?.region };
    const wrong = (['account', 'region'] as const).filter((key) => {
      const value = found[key];
      return value && !isUnresolved(value) && !isUnresolved(api[key]) && value !== api[key];
    });
    return wrong.length === 0 ? undefined
      : `The target is in ${wrong.map((key) => `${key} ${found[key]}`).join(' and ')}, but the API is in ${wrong.map((key) => `${key} ${api[key]}`).join(' and ')}. `
        + 'Expected both in the same account and region. Put the API where the target is, or put a load balancer that reaches the target beside the API.';
  },
};

export const tlsServerName: Rule<{ readonly protocol?: string; readonly secureServerName?: string }> = {
  id: 'tls-server-name',
  severity: 'warning',
  when: 'A listener takes HTTPS or TLS and `secureServerName` is not given, or it takes HTTP and `secureServerName` is given.',
  why: 'API Gateway speaks HTTP to the listener without `secureServerName`, and TLS with it; the listener does not understand it.',
  fix: 'Pass the name on the certificate of the listener as `secureServerName`, or leave it out for HTTP.',
  check: ({ protocol, secureServerName }) => {
    if ((protocol === 'HTTPS' || protocol === 'TLS') && secureServerName === undefined) {
      return `The listener takes ${protocol}, but without 'secureServerName' API Gateway speaks HTTP to it. `
        + 'Expected the name on the certificate of the listener. Pass it as \'secureServerName\', for example \'books.example.com\'.';
    }
    return protocol === 'HTTP' && secureServerName !== undefined
      ? 'The listener takes HTTP, but with \'secureServerName\' API Gateway speaks TLS to it. Expected an HTTPS or TLS listener. '
      + 'Remove \'secureServerName\', or give the listener a certificate.'
      : undefined;
  },
};

/** What a Cloud Map service is known to hold. */
export interface CloudMapInstances {
  readonly service: string;
  /** The type of the DNS records, where the instances are tasks of Amazon ECS. */
  readonly ecsRecordType?: string;
  /** The attributes of each registered instance, as far as they are known. */
  readonly instances: readonly (readonly string[])[];
}

export const cloudMapPort: Rule<CloudMapInstances> = {
  id: 'cloud-map-port',
  severity: 'warning',
  when: 'A Cloud Map service of Amazon ECS has records other than SRV, or an instance is registered without its IP address or port.',
  why: 'API Gateway asks Cloud Map for the IP address and the port of an instance, and answers 503 without them.',
  fix: 'Use `DnsRecordType.SRV` with a container port, or register instances with `AWS_INSTANCE_IPV4` and `AWS_INSTANCE_PORT`.',
  check: ({ service, ecsRecordType, instances }) => {
    if (ecsRecordType !== undefined && ecsRecordType !== 'SRV') {
      return `The Cloud Map service '${service}' of an ECS service has ${ecsRecordType} records, which do not tell the port of a task, expected SRV. `
        + 'Pass \'dnsRecordType: DnsRecordType.SRV\' in its Cloud Map options.';
    }
    const wrong = instances.find((attributes) => !attributes.includes('AWS_INSTANCE_PORT')
      || !(attributes.includes('AWS_INSTANCE_IPV4') || attributes.includes('AWS_INSTANCE_IPV6')));
    return wrong === undefined ? undefined
      : `An instance of the Cloud Map service '${service}' has the attributes ${wrong.join(', ') || 'none'}, `
        + 'expected AWS_INSTANCE_IPV4 (or AWS_INSTANCE_IPV6) and AWS_INSTANCE_PORT. Register it with its IP address and port.';
  },
};

export const stripStagePath: Rule<{ readonly stripStage: boolean; readonly mapped: readonly string[] }> = {
  id: 'strip-stage',
  severity: 'error',
  when: '`stripStage` is given beside a parameter mapping that overwrites the path.',
  why: 'Both write the path.',
  fix: 'Remove one of the two; a path of your own has no stage in it anyway.',
  check: ({ stripStage, mapped }) => stripStage && mapped.includes('overwrite:path')
    ? '\'stripStage\' is given beside a \'parameterMapping\' with \'overwrite:path\', expected one of the two. '
    + 'Remove \'stripStage\': the path of the mapping has no stage in it anyway.'
    : undefined,
};

export const privateRules: Rule<never>[] = [
  vpcLinkForListener, vpcLinkForService, vpcLinkOptions, vpcLinkSubnets, vpcLinkSecurityGroups, vpcLinkQuota,
  privateTargetArn, privateTargetEnvironment, tlsServerName, cloudMapPort, stripStagePath,
];
