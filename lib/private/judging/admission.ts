import { groupBy, listOf, oncePerApp, type Evaluator, type Located } from '../template/evaluator';
import type { Admission } from '../rules/whole-app';

type Properties = { readonly [name: string]: unknown };

const GROUP = 'AWS::EC2::SecurityGroup';

/**
 * Whether the load balancer of a private integration admits the VPC link, where all parts are in the app: the link and
 * its security groups, the listener, and the load balancer and its groups.
 */
export function admissionOf(app: Evaluator, integration: Located, pathOf: (resource: Located) => string): Admission | undefined {
  if (integration.properties.ConnectionType !== 'VPC_LINK') { return undefined; }
  const listener = referred(app, integration, integration.properties.IntegrationUri, 'AWS::ElasticLoadBalancingV2::Listener');
  const link = referred(app, integration, integration.properties.ConnectionId, 'AWS::ApiGatewayV2::VpcLink');
  const balancer = listener && referred(app, listener, listener.properties.LoadBalancerArn, 'AWS::ElasticLoadBalancingV2::LoadBalancer');
  const { Port: port } = listener?.properties ?? {};
  const from = link && groupsOf(app, link, link.properties.SecurityGroupIds);
  const to = balancer && groupsOf(app, balancer, balancer.properties.SecurityGroups);
  if (!from || !to || !(typeof port === 'number' || typeof port === 'string')) { return undefined; }

  const rules = to.flatMap((group) => rulesOf(app, group));
  // A rule for addresses or prefix lists may hold those of the link.
  const admitted = rules.some(({ holder, rule }) => reaches(rule, Number(port))
    && (rule.SourceSecurityGroupId === undefined || from.some((group) => isGroup(app, holder, rule.SourceSecurityGroupId, group))));
  return { listener: pathOf(listener!), port: String(port), admitted };
}

function referred(app: Evaluator, of: Located, value: unknown, type: string): Located | undefined {
  const resource = value === undefined ? undefined : app.reference(of.stack, value)?.resource;
  return resource?.type === type ? resource : undefined;
}

/** The security groups of a list, if there are any and all of them are in the app. */
function groupsOf(app: Evaluator, of: Located, list: unknown): Located[] | undefined {
  const groups = Array.isArray(list) ? list.map((it) => referred(app, of, it, GROUP)) : [];
  return groups.length > 0 && groups.every((group) => group !== undefined) ? groups : undefined;
}

/** The ingress rules that are resources, by their group. Those of a group that is not understood are under undefined: it may be any. */
const ingressByGroup = oncePerApp((app) => groupBy(app.ofType('AWS::EC2::SecurityGroupIngress'), (rule) => referred(app, rule, rule.properties.GroupId, GROUP)));

/** The ingress rules of a group: its own, and those that are resources. */
function rulesOf(app: Evaluator, group: Located): { readonly holder: Located; readonly rule: Properties }[] {
  const own = listOf(group.properties.SecurityGroupIngress).filter((rule): rule is Properties => typeof rule === 'object' && rule !== null);
  const ingress = ingressByGroup(app);
  return [
    ...own.map((rule) => ({ holder: group, rule })),
    ...[...ingress.get(group) ?? [], ...ingress.get(undefined) ?? []].map((holder) => ({ holder, rule: holder.properties })),
  ];
}

function isGroup(app: Evaluator, holder: Located, value: unknown, group: Located): boolean {
  const found = referred(app, holder, value, GROUP);
  // What is not understood may be the group.
  return found === undefined || found === group;
}

function reaches({ IpProtocol: protocol, FromPort: from, ToPort: to }: Properties, port: number): boolean {
  if (protocol === '-1' || protocol === -1 || typeof from !== 'number' || typeof to !== 'number') { return true; }
  return protocol !== 'udp' && from <= port && port <= to;
}
