import type { Admission } from '../shapes/integration';
import { mapOf, numberOf, textOf, type JsonMap } from '../shapes/values';
import { groupBy, listOf, oncePerApp, type Evaluator, type Located } from '../template/evaluator';
import { jsonOfTemplate, propertiesOf, type View } from './view';

const GROUP = 'AWS::EC2::SecurityGroup';
const LISTENER = 'AWS::ElasticLoadBalancingV2::Listener';
const LOAD_BALANCER = 'AWS::ElasticLoadBalancingV2::LoadBalancer';

/** A rule of a security group, and the resource that holds it. */
interface Ingress {
  readonly holder: Located;
  /** The rule as it stands in the template, for its references, and as it is known. */
  readonly written: unknown;
  readonly known: JsonMap | undefined;
}

/**
 * A listener that the security groups of its load balancer keep the VPC link of an integration out of, where all of
 * them are in the app; and where those of the link are not, one that nobody is admitted to.
 */
export function admissionOf(view: View, integration: Located): Admission | undefined {
  const { app } = view;
  const listener = referred(app, integration, integration.properties.IntegrationUri, LISTENER);
  const balancer = listener && referred(app, listener, listener.properties.LoadBalancerArn, LOAD_BALANCER);
  const to = balancer && groupsOf(app, balancer, balancer.properties.SecurityGroups);
  const port = listener && numberOf(propertiesOf(view, listener).Port);
  if (!to || port === undefined) { return undefined; }

  const link = referred(app, integration, integration.properties.ConnectionId, 'AWS::ApiGatewayV2::VpcLink');
  const from = link && groupsOf(app, link, link.properties.SecurityGroupIds);
  const reaching = to.flatMap((group) => ingressOf(view, group)).filter((ingress) => reaches(ingress, port));
  const isAdmitted = from ? reaching.some((ingress) => mayAdmit(app, ingress, from)) : reaching.length > 0;
  return isAdmitted ? undefined : { listener: view.pathOf(listener), port: String(port), ofLink: reaching.length > 0 };
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

/**
 * The ingress rules that are resources, by their group. Those of a group that is not understood are under undefined: it
 * may be any.
 */
const ingressByGroup = oncePerApp((app) =>
  groupBy(app.ofType('AWS::EC2::SecurityGroupIngress'), (rule) => referred(app, rule, rule.properties.GroupId, GROUP)));

/** The ingress rules of a group: its own, and those that are resources. */
function ingressOf(view: View, group: Located): Ingress[] {
  const { app } = view;
  const known = (holder: Located, written: unknown) => {
    const values = mapOf(jsonOfTemplate(app, holder.stack, written));
    return { holder, written, known: values };
  };
  const byGroup = ingressByGroup(app);
  return [
    ...listOf(group.properties.SecurityGroupIngress).map((rule) => known(group, rule)),
    ...[...byGroup.get(group) ?? [], ...byGroup.get(undefined) ?? []].map((rule) => known(rule, rule.properties)),
  ];
}

/** Names and numbers of protocols that are not TCP. */
const OTHER_PROTOCOLS = ['udp', '17', 'icmp', '1', 'icmpv6', '58'];

/** Whether a rule is about a port, as far as it is known. */
function reaches({ known }: Ingress, port: number): boolean {
  if (!known) { return true; }
  const { IpProtocol: protocol, FromPort: from, ToPort: to } = known;
  const [first, last] = [numberOf(from), numberOf(to)];
  if (textOf(protocol) === '-1' || first === undefined || last === undefined) { return true; }
  return !OTHER_PROTOCOLS.includes(textOf(protocol) ?? '') && first <= port && port <= last;
}

/** Whether a rule may admit groups: one for addresses or prefix lists may hold those of the link. */
function mayAdmit(app: Evaluator, { holder, written, known }: Ingress, from: readonly Located[]): boolean {
  if (known?.SourceSecurityGroupId === undefined) { return true; }
  const group = referred(app, holder, (written as { SourceSecurityGroupId?: unknown }).SourceSecurityGroupId, GROUP);
  // What is not understood may be one of the groups.
  return group === undefined || from.includes(group);
}
