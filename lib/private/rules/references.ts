import { isPrivate, type Integration, type Referred } from '../shapes/integration';
import { PART, Unknown } from '../shapes/values';
import { rule } from './rule';

const PRIVATE_PAGE = 'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-private.html';
const INTEGRATION_PAGE = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-apigatewayv2-integration.html';
const ROUTE_PAGE = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-apigatewayv2-route.html';

/** Types of resources that people name in place of a listener or a Cloud Map service, and what to name. */
const INSTEAD_OF_TARGET = new Map([
  ['AWS::ElasticLoadBalancingV2::LoadBalancer', 'Refer to one of its listeners.'],
  ['AWS::ElasticLoadBalancingV2::TargetGroup', 'Refer to a listener that forwards to it.'],
  ['AWS::ElasticLoadBalancingV2::ListenerRule', 'Refer to the listener of the rule.'],
  ['AWS::ElasticLoadBalancing::LoadBalancer', 'Put an Application or Network Load Balancer in its place.'],
  ['AWS::ECS::Service', 'Refer to the listener of its load balancer, or to its Cloud Map service.'],
  ['AWS::ServiceDiscovery::HttpNamespace', 'Refer to a service in the namespace.'],
  ['AWS::ServiceDiscovery::PrivateDnsNamespace', 'Refer to a service in the namespace.'],
  ['AWS::ServiceDiscovery::PublicDnsNamespace', 'Refer to a service in the namespace.'],
]);

/** What to write in place of something that is certainly not the ARN of a target. */
function targetInstead({ type, attribute }: Referred): string | undefined {
  const isIdOfService = type === 'AWS::ServiceDiscovery::Service' && attribute !== 'Arn';
  return isIdOfService ? 'Refer to its ARN: { "Fn::GetAtt": ["Service", "Arn"] }.' : INSTEAD_OF_TARGET.get(type);
}

const LINK_TYPES = ['AWS::ApiGatewayV2::VpcLink', 'AWS::ApiGateway::VpcLink'];

const shown = ({ path, type, attribute }: Referred) =>
  `'${path}' (${type}${attribute === 'Ref' ? '' : `, ${attribute}`})`;

/** A URL of which a part is only known at deployment, where the API is certainly not one of WebSocket. */
function urlOf({ properties: { IntegrationUri: uri }, isProtocolInferred }: Integration): string | undefined {
  if (isProtocolInferred || !(uri instanceof Unknown) || !/^https?:\/\//i.test(uri.pattern)) { return undefined; }
  return uri.pattern.replaceAll(PART, '<known at deployment>');
}

export const referenceRules = [
  rule({
    id: 'private-target-reference',
    severity: 'error',
    kind: 'integration',
    protocol: 'HTTP',
    when: 'The target of a private integration refers to a load balancer, a target group or something else that is '
      + 'neither a listener nor the ARN of a Cloud Map service, or is a URL with the DNS name of one.',
    why: 'API Gateway refuses the integration at deployment.',
    fix: 'Refer to a listener: `{ "Ref": "Listener" }`, or `listener.listenerArn` of aws-cdk-lib. `HttpAlbIntegration` '
      + 'and `HttpNlbIntegration` take the listener itself.',
    source: PRIVATE_PAGE,
    says: 'For VpcLink VPC_LINK, integration uri should be a valid ELB listener ARN or a valid Cloud Map service ARN.',
    check: (integration) => {
      const { properties, reached: { target } } = integration;
      if (!isPrivate(integration) || properties.IntegrationType !== 'HTTP_PROXY') { return undefined; }
      const instead = target && targetInstead(target);
      const expected = 'expected the ARN of a listener of an Application or Network Load Balancer, or of a Cloud Map '
        + 'service.';
      if (instead !== undefined) { return `The target refers to ${shown(target!)}, ${expected} ${instead}`; }
      const url = urlOf(integration);
      return url === undefined ? undefined
        : `The target is the URL '${url}', ${expected} Refer to the listener instead.`;
    },
  }),
  rule({
    id: 'vpc-link-reference',
    severity: 'error',
    kind: 'integration',
    when: 'The connection of a private integration (`ConnectionId`) refers to a resource that is no VPC link.',
    why: 'API Gateway finds no link of that id, and the deployment fails.',
    fix: 'Refer to an `AWS::ApiGatewayV2::VpcLink`, for a WebSocket API to an `AWS::ApiGateway::VpcLink`; '
      + 'in aws-cdk-lib it is `vpcLink.vpcLinkId`.',
    source: INTEGRATION_PAGE,
    check: (integration) => {
      const { protocol, names, reached: { connection } } = integration;
      const isLink = connection && LINK_TYPES.includes(connection.type);
      if (!isPrivate(integration) || isLink || !connection?.type.startsWith('AWS::')) { return undefined; }
      const [expected] = protocol === 'HTTP' ? LINK_TYPES : LINK_TYPES.slice(1);
      return `'${names('ConnectionId')}' refers to ${shown(connection)}, expected an ${expected}. Refer to one.`;
    },
  }),
  rule({
    id: 'route-integration-api',
    severity: 'error',
    kind: 'route',
    when: 'A route names an integration that belongs to another API.',
    why: 'An `AWS::ApiGatewayV2::Integration` belongs to one API. API Gateway does not find it in that of the route, '
      + 'and the deployment fails.',
    fix: 'Make an integration for each API, with classes an integration object for each. Both may name one target.',
    source: INTEGRATION_PAGE,
    check: ({ path, foreign }) => foreign === undefined ? undefined
      : `The route '${path}' of the API '${foreign.api}' names the integration '${foreign.integration}' of the API `
        + `'${foreign.otherApi}', expected one of its own API. Make an integration for each API; both may name one `
        + 'target.',
  }),
  rule({
    id: 'route-target-reference',
    severity: 'error',
    kind: 'route',
    when: 'The target of a route is `integrations/` and a reference to a resource that is no integration.',
    why: 'API Gateway finds no integration of that id, and the deployment fails.',
    fix: 'Refer to an `AWS::ApiGatewayV2::Integration`: `integrations/${Integration}`. `HttpRoute` and '
      + '`WebSocketRoute` do so.',
    source: ROUTE_PAGE,
    check: ({ names, wrongTarget }) => !wrongTarget?.type.startsWith('AWS::') ? undefined
      : `'${names('Target')}' names ${shown(wrongTarget)}, expected an AWS::ApiGatewayV2::Integration. `
        + 'Write for example { "Fn::Sub": "integrations/${Integration}" }, or use HttpRoute or WebSocketRoute.',
  }),
];
