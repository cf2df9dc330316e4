import { PRIVATE_HOSTS } from '../facts/hosts';
import { isPrivate, type Integration } from '../shapes/integration';
import { PART, patternOf, quoted, textOf } from '../shapes/values';
import { rule } from './rule';

const PRIVATE_PAGE = 'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-private.html';
const HEALTH_PAGE = 'https://docs.aws.amazon.com/cloud-map/latest/api/API_HealthCheckCustomConfig.html';
const URL_AUTH_PAGE = 'https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html';
const CONCURRENCY_PAGE = 'https://docs.aws.amazon.com/lambda/latest/dg/provisioned-concurrency.html';

/** Whether it calls a URL over the internet. */
const isPublic = (integration: Integration) =>
  ['HTTP', 'HTTP_PROXY'].includes(textOf(integration.properties.IntegrationType) ?? '') && !isPrivate(integration);

/** The host of a URL, if it is known. */
function hostOf({ properties }: Integration): string | undefined {
  const [, host] = /^https?:\/\/([^/?#:]*)/i.exec(patternOf(properties.IntegrationUri) ?? '') ?? [];
  return host === undefined || host.includes(PART) ? undefined : host.toLowerCase();
}

/** The host of a URL that is called over the internet and is not there, as a message shows it. */
function unreachableHost(integration: Integration): string | undefined {
  if (!isPublic(integration)) { return undefined; }
  const { internalBalancer } = integration.reached;
  if (internalBalancer !== undefined) { return `the DNS name of the internal load balancer '${internalBalancer}'`; }
  const host = hostOf(integration);
  return host !== undefined && PRIVATE_HOSTS.some((pattern) => pattern.test(host)) ? quoted(host) : undefined;
}

/** How an API of a protocol reaches a private target. */
const PRIVATELY = {
  HTTP: 'Reach the target over a VPC link: HttpAlbIntegration, HttpNlbIntegration and HttpServiceDiscoveryIntegration '
    + 'do.',
  WEBSOCKET: 'Reach the target over a VPC link: pass \'vpcLink\' to WebSocketHttpIntegration.',
} as const;

export const situationRules = [
  rule({
    id: 'private-host',
    severity: 'warning',
    kind: 'integration',
    when: 'The URL of an integration without a VPC link has a host that the internet does not reach: a private '
      + 'address, `localhost`, or the DNS name of an internal load balancer.',
    why: 'API Gateway calls such a URL over the internet, and every request fails at run time.',
    fix: 'Reach the target over a VPC link. `HttpAlbIntegration`, `HttpNlbIntegration` and '
      + '`HttpServiceDiscoveryIntegration` do, and `WebSocketHttpIntegration` with `vpcLink`.',
    source: PRIVATE_PAGE,
    check: (integration) => {
      const host = unreachableHost(integration);
      return host === undefined ? undefined
        : `The host of the URL is ${host}, expected one that the internet reaches. ${PRIVATELY[integration.protocol]}`;
    },
  }),
  rule({
    id: 'function-url-signature',
    severity: 'warning',
    kind: 'integration',
    when: 'An integration calls the URL of a function whose authorization type is `AWS_IAM`.',
    why: 'API Gateway does not sign the request, and the function URL answers 403.',
    fix: 'Invoke the function with `HttpLambdaIntegration` or `WebSocketLambdaIntegration`, for which it needs no URL.',
    source: URL_AUTH_PAGE,
    check: (integration) => {
      const { signedUrl } = integration.reached;
      if (signedUrl === undefined || !isPublic(integration)) { return undefined; }
      const library = integration.protocol === 'HTTP' ? 'HttpLambdaIntegration' : 'WebSocketLambdaIntegration';
      return `The URL of the function, '${signedUrl}', has the authorization type AWS_IAM, expected NONE: API Gateway `
        + `does not sign requests. Invoke the function with ${library} instead, for which it needs no URL.`;
    },
  }),
  rule({
    id: 'cloud-map-health',
    severity: 'warning',
    kind: 'integration-use',
    protocol: 'HTTP',
    when: 'An Amazon ECS service registers its tasks with the Cloud Map service of an integration, and the Cloud Map '
      + 'service has no health check.',
    why: 'A task that starts or stops is registered as healthy, and some requests fail with 503 while tasks change.',
    fix: 'Write `HealthCheckCustomConfig`. In aws-cdk-lib that is `cloudMapOptions` or `enableCloudMap()` of the ECS '
      + 'service, or `customHealthCheck` of the Cloud Map service.',
    source: HEALTH_PAGE,
    says: '{"message":"Service Unavailable"}',
    check: ({ integration: { reached } }) => {
      const instances = reached.instances?.();
      return !instances?.lacksEcsHealth ? undefined
        : `An ECS service registers its tasks with the Cloud Map service '${instances.service()}', which has no `
          + 'HealthCheckCustomConfig, expected one, without which some requests fail while tasks change. '
          + 'Pass \'customHealthCheck: { failureThreshold: 1 }\' to it, or use enableCloudMap() of the ECS service.';
    },
  }),
  rule({
    id: 'lambda-version-bypassed',
    severity: 'warning',
    kind: 'integration',
    when: 'An integration invokes a function without a version or alias, while an alias or a version of it has '
      + 'provisioned concurrency, or the function has SnapStart and an alias or a version.',
    why: 'Both belong to versions and aliases. What the integration invokes has neither, and starts slowly.',
    fix: 'Pass the alias or the version to the integration in place of the function.',
    source: CONCURRENCY_PAGE,
    check: ({ reached: { handler } }) => handler?.faster === undefined ? undefined
      : `The integration invokes the function '${handler.path()}' without a version or alias, and does not use the `
        + `${handler.faster.by} of '${handler.faster.path()}', expected that to be invoked. Pass it to the integration `
        + 'in place of the function.',
  }),
  rule({
    id: 'nested-stack-loop',
    severity: 'error',
    kind: 'nested-stacks',
    when: 'Nested stacks of one template wait for each other, since parameters of each are outputs of the other. '
      + 'Checked where one of them has a part of API Gateway v2, or is not in the app.',
    why: 'AWS CloudFormation refuses the template: it cannot create any of them first.',
    fix: 'Put what refers to both into one of them. Integrations of this library are made in the stack of `scope`.',
    source: 'https://aws.amazon.com/blogs/infrastructure-and-automation/handling-circular-dependency-errors-in-aws-cloudformation/',
    says: 'Circular dependency between resources',
    check: ({ paths }) => `The nested stacks ${paths.map((path) => `'${path}'`).join(', ')} wait for each other, `
      + 'expected one that can be made first. Put what refers to both into one of them; the integrations of this '
      + 'library are made in the stack of their \'scope\'.',
  }),
];
