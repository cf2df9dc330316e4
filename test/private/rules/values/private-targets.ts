import { Token } from 'aws-cdk-lib';
import type { CloudMapInstances, Environment, Integration } from '../../../../lib/private/shapes/integration';
import { jsonOf } from '../../../../lib/private/shapes/values';
import { httpUrl, integrationOf, integrationValues, useOf, valuesOf, type RuleValues } from './values';

const TOKEN = Token.asString({ Ref: 'Parameter' });
const ELB = 'arn:aws:elasticloadbalancing:eu-west-1:111111111111';
const LISTENER = `${ELB}:listener/app/lb/1/2`;
const HERE = { account: '111111111111', region: 'eu-west-1' };

const target = (IntegrationUri: string, more?: Partial<Integration>) =>
  httpUrl({ ConnectionType: 'VPC_LINK', ConnectionId: 'link', IntegrationUri }, more);

/** A target by its ARN or its construct, and where the API is. */
const placed = (arn: string, environment: Environment, construct?: Environment) =>
  target(arn, { environment, reached: { environment: construct } });

const listener = (protocol: string | undefined, ServerNameToVerify?: string) =>
  useOf(
    httpUrl(
      {
        TlsConfig: ServerNameToVerify === undefined ? undefined : { ServerNameToVerify },
      },
      { reached: { listener: { protocol } } },
    ),
  );

const instances = (found: Partial<CloudMapInstances>) =>
  useOf(httpUrl({}, { reached: { instances: () => ({ service: () => 'Stack/Service', instances: [], ...found }) } }));

const link = (version?: 1 | 2) =>
  httpUrl({}, { reached: { vpcLink: version && { version, path: () => 'Stack/Link' } } });

const admission = (ofLink: boolean) =>
  useOf(httpUrl({}, { reached: { admission: { listener: 'Stack/Listener', port: '80', ofLink } } }));

export const privateTargetValues: RuleValues[] = [
  integrationValues(
    'private-target-arn',
    target,
    [
      [`${ELB}:loadbalancer/app/lb/1`, /it is the ARN of a load balancer; pass the ARN of one of its listeners/],
      [`${ELB}:targetgroup/t/1`, /it is the ARN of a target group/],
      [`${ELB}:listener-rule/app/lb/1/2/3`, /it is the ARN of a listener rule/],
      ['arn:aws:servicediscovery:eu-west-1:111111111111:namespace/ns-1', /it is the ARN of a namespace/],
      ['arn:aws:lambda:eu-west-1:111111111111:function:f', /expected the ARN of a listener/],
      ['https://example.com', /"https:\/\/example\.com"/],
      ['', /The target is ""/],
    ],
    [
      LISTENER,
      `${ELB}:listener/net/lb/1/2`,
      `arn:aws:elasticloadbalancing:eu-west-1:${TOKEN}:x`,
      'arn:aws-cn:servicediscovery:cn-north-1:111111111111:service/srv-1?stage=prod',
    ],
  ),
  valuesOf(
    'integration',
    'private-target-environment',
    [
      [placed(LISTENER, { ...HERE, region: 'us-east-1' }), /in region eu-west-1, but the API is in region us-east-1/],
      [
        placed(TOKEN, { ...HERE, region: 'us-east-1' }, { account: '222222222222', region: 'eu-west-1' }),
        /in account 222222222222 and region eu-west-1, but the API is in account 111111111111 and region us-east-1/,
      ],
    ],
    [
      placed(LISTENER, HERE),
      placed(LISTENER, HERE, { account: '222222222222', region: 'us-east-1' }),
      placed(LISTENER, { account: jsonOf(TOKEN), region: jsonOf(TOKEN) }),
      placed(TOKEN, HERE),
    ],
  ),
  valuesOf(
    'integration',
    'http-vpc-link',
    [[link(1), /'Stack\/Link' is one of API Gateway v1, which HTTP APIs do not support, expected a link of version 2/]],
    [link(2), link()],
  ),
  valuesOf(
    'integration',
    'websocket-vpc-link',
    [
      [
        integrationOf('WEBSOCKET', {}, { reached: { vpcLink: { version: 2, path: () => 'Stack/Link' } } }),
        /'Stack\/Link' is one of API Gateway v2/,
      ],
    ],
    [
      integrationOf('WEBSOCKET', {}, { reached: { vpcLink: { version: 1, path: () => 'Stack/Link' } } }),
      integrationOf('WEBSOCKET', {}),
    ],
  ),
  valuesOf(
    'integration-use',
    'tls-server-name',
    [
      [listener('HTTPS'), /takes HTTPS, but without 'secureServerName'/],
      [listener('TLS'), /takes TLS/],
      [listener('HTTP', 'a'), /takes HTTP, but with/],
    ],
    [
      listener('HTTPS', 'a'),
      listener('HTTPS', TOKEN),
      listener('HTTP'),
      listener('TCP'),
      listener('TCP', 'a'),
      listener(undefined),
      listener(undefined, 'a'),
    ],
  ),
  valuesOf(
    'integration-use',
    'cloud-map-port',
    [
      [instances({ ecsRecordType: 'A' }), /'Stack\/Service' of an ECS service has A records.*expected SRV/],
      [
        instances({ instances: [['AWS_INSTANCE_IPV4', 'AWS_INSTANCE_PORT'], ['AWS_INSTANCE_IPV4']] }),
        /has the attributes AWS_INSTANCE_IPV4, expected/,
      ],
      [instances({ instances: [[]] }), /has the attributes none/],
    ],
    [
      instances({ ecsRecordType: 'SRV' }),
      instances({}),
      instances({ instances: [['AWS_INSTANCE_IPV6', 'AWS_INSTANCE_PORT', 'color']] }),
      useOf(httpUrl({})),
    ],
  ),
  valuesOf(
    'integration-use',
    'vpc-link-admitted',
    [
      [admission(true), /do not admit those of the VPC link to port 80 of the listener 'Stack\/Listener'/],
      [admission(false), /do not admit anybody to port 80 of the listener 'Stack\/Listener'/],
    ],
    [useOf(httpUrl({}))],
  ),
  valuesOf(
    'vpc-links',
    'vpc-link-quota',
    [[{ links: 11, where: 'eu-west-1' }, /use 11 VPC links in eu-west-1, expected at most 10/]],
    [{ links: 10, where: 'eu-west-1' }],
  ),
];
