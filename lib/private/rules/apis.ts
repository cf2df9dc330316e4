import { API_QUOTAS } from '../facts/limits';
import { textOf } from '../shapes/values';
import { allowedBy, someOf, UNTRUSTED } from './lambda';
import { rule, type OptionRule } from './rule';

const QUOTAS_PAGE = 'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html';
const ROUTES_PAGE = 'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html';
const STAGES_PAGE = 'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-stages.html';
const CREDENTIALS = 'https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-integrations.html';

/**
 * The path of a key that has a path and no method; `HttpRouteKey.with()` writes the word "undefined" for the method.
 */
export function pathWithoutMethod(key: string): string | undefined {
  return /^(?:undefined )?(\/.*)$/.exec(key)?.[1];
}

export const apiRules = [
  rule({
    id: 'route-key-twice',
    severity: 'error',
    kind: 'twins',
    when: 'Two routes of an API have the same key, and both are created.',
    why: 'API Gateway refuses the second one at deployment.',
    fix: 'Remove one of them.',
    source: 'https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-routes.html',
    check: ({ of, key, paths }) => of !== 'route' ? undefined
      : `The routes ${paths.map((path) => `'${path}'`).join(', ')} have the same key '${key}', expected each key once `
        + 'in an API. Remove one of them.',
  }),
  rule({
    id: 'route-key-method',
    severity: 'warning',
    kind: 'route',
    protocol: 'HTTP',
    when: 'The key of a route of an HTTP API has a path but no method, as `HttpRouteKey.with("/books")` makes it.',
    why: 'aws-cdk-lib writes the key as `undefined /books`. The documented keys are `$default` and a method with a '
      + 'path, such as `GET /books` or `ANY /books`.',
    fix: 'Name the method: `HttpRouteKey.with("/books", HttpMethod.ANY)`.',
    source: ROUTES_PAGE,
    check: ({ path: route, properties }) => {
      const key = textOf(properties.RouteKey) ?? '';
      const path = pathWithoutMethod(key);
      return path === undefined ? undefined
        : `The key of the route '${route}' is '${key}', expected a method and a path. Name the method: `
          + `HttpRouteKey.with('${path}', HttpMethod.ANY).`;
    },
  }),
  rule({
    id: 'integration-unused',
    severity: 'warning',
    kind: 'integration-use',
    when: 'No route of the app uses an integration.',
    why: 'It is never called, and counts toward the quota of the API.',
    fix: 'Remove it, or point a route at it.',
    source: QUOTAS_PAGE,
    check: ({ routes, mayHaveOtherRoutes }) => routes.length > 0 || mayHaveOtherRoutes ? undefined
      : 'No route of the app uses the integration, expected at least one. Remove it, or point a route at it.',
  }),
  rule({
    id: 'api-without-stage',
    severity: 'warning',
    kind: 'api',
    when: 'An API has routes and no stage in the app.',
    why: 'It cannot be called.',
    fix: 'Add an `HttpStage` or a `WebSocketStage`.',
    source: STAGES_PAGE,
    check: ({ routes, stages, mayHaveOtherStages }) => routes === 0 || stages > 0 || mayHaveOtherStages ? undefined
      : `The API has ${routes} ${routes === 1 ? 'route' : 'routes'} and no stage, expected one. Add an HttpStage or a `
        + 'WebSocketStage.',
  }),
  rule({
    id: 'api-quota',
    severity: 'warning',
    kind: 'api',
    when: 'An API has more than 300 routes, 300 integrations, 10 stages or 10 authorizers.',
    why: 'These are the quotas of an API. Those of routes and stages can be raised, that of the integrations of an '
      + 'HTTP API cannot.',
    fix: 'Share integrations among routes, split the API, or have the quota raised.',
    source: QUOTAS_PAGE,
    check: (api) => {
      const kinds = ['routes', 'integrations', 'stages', 'authorizers'] as const;
      const exceeded = kinds.filter((kind) => api[kind] > API_QUOTAS[kind]);
      return exceeded.map((kind) => `The API has ${api[kind]} ${kind}, expected at most ${API_QUOTAS[kind]}. `
        + 'Share integrations among routes, split the API, or have the quota raised and acknowledge this warning.');
    },
  }),
  rule({
    id: 'role-permission',
    severity: 'error',
    kind: 'service-call',
    when: 'The role of an integration that calls a service does not allow the call, or does not trust API Gateway.',
    why: 'Every request fails at run time; the deployment succeeds.',
    fix: 'Use the class of the service, which makes the role, or grant the action.',
    source: CREDENTIALS,
    check: ({ action, resources, role, trusted, lookedAt }) => {
      const on = resources.length === 0 ? '' : ` on ${someOf(resources)}`;
      const allowed = `which allows ${allowedBy(lookedAt)}, expected the action on the target. Grant it to the role, `
        + 'or use the class of the service, which makes one.';
      return `The integration calls ${action}${on} with the role '${role}', ${trusted ? allowed : UNTRUSTED}`;
    },
  }),
  rule({
    id: 'vpc-link-admitted',
    severity: 'warning',
    kind: 'integration-use',
    protocol: 'HTTP',
    when: 'No security group of a load balancer admits the VPC link to the port of the listener, or none admits '
      + 'anybody to it.',
    why: 'Every request fails with 503 at run time.',
    fix: 'Pass `securityGroups` to the integration, which opens them, or add an ingress rule.',
    source: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vpc-links.html',
    says: '{"message":"Service Unavailable"}',
    check: ({ integration: { reached: { admission } } }) => {
      if (!admission) { return undefined; }
      const whom = admission.ofLink ? 'those of the VPC link' : 'anybody';
      return `The security groups of the load balancer do not admit ${whom} to port ${admission.port} of the listener `
        + `'${admission.listener}', expected an ingress rule that does. Pass 'securityGroups' to the integration, `
        + 'which opens them, or add an ingress rule.';
    },
  }),
];

export const stageNotJudged: OptionRule<readonly string[]> = {
  id: 'stage-not-judged',
  severity: 'warning',
  kind: 'option',
  when: '`ApiGatewayV2Checks` was added to an app, and not to a `Stage` in it.',
  why: 'AWS CDK applies an aspect to one assembly, and a `Stage` is one of its own, so nothing in it is checked.',
  fix: 'Add an aspect to the stage as well: `Aspects.of(stage).add(new ApiGatewayV2Checks())`. In CDK Pipelines do so '
    + 'before `addStage`.',
  source: 'https://docs.aws.amazon.com/cdk/v2/guide/aspects.html',
  check: (stages) => stages.length === 0 ? undefined
    : `ApiGatewayV2Checks judges nothing in the ${stages.length === 1 ? 'stage' : 'stages'} `
      + `${stages.map((stage) => `'${stage}'`).join(', ')}, expected an aspect there as well, since AWS CDK applies an `
      + 'aspect to one assembly. Add Aspects.of(stage).add(new ApiGatewayV2Checks()), in CDK Pipelines before '
      + '\'addStage\'.',
};

export const checksIncomplete: OptionRule<string> = {
  id: 'checks-incomplete',
  severity: 'warning',
  kind: 'option',
  when: '`ApiGatewayV2Checks` could not read the app.',
  why: 'That is a mistake of this library. Your app is synthesized as if the checks were not there.',
  fix: 'Report it with the message. Acknowledge the warning, or leave the aspect out, until a release has the fix.',
  source: 'this library',
  check: (message) => `The app could not be judged: ${message}. Expected every app to be read. This is a mistake of `
    + 'the library: please report the message, and acknowledge the warning.',
};

export const checksOptionRules = [stageNotJudged, checksIncomplete];
