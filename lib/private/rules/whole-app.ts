import type { Rule } from './rule';

/** A route that invokes a function, and what was looked at. */
export interface RoutePermission {
  readonly route: string;
  /** The function that is invoked. */
  readonly target: string;
  /** The source ARNs that API Gateway presents and nothing permits. */
  readonly missing: readonly string[];
  /** The role that the integration names, if it does. */
  readonly role?: string;
  /** Whether API Gateway may assume the role. */
  readonly trusted: boolean;
  /** The source ARNs of the permissions, or the statements of the role, that were looked at. */
  readonly lookedAt: readonly string[];
  readonly permitted: boolean;
}

const some = (list: readonly string[]) => [...new Set(list)].slice(0, 3).join(', ') + (new Set(list).size > 3 ? ', ...' : '');

const allowed = (statements: readonly string[]) => statements.length === 0 ? 'nothing' : some(statements);

const UNTRUSTED = 'which it may not assume, expected a trust policy for apigateway.amazonaws.com. Pass ServicePrincipal(\'apigateway.amazonaws.com\') to the role as \'assumedBy\'.';

export const routePermission: Rule<RoutePermission> = {
  id: 'route-permission',
  severity: 'error',
  when: 'No permission on the function of a route, and no role of its integration, lets API Gateway invoke it. Only `ApiGatewayV2Checks` judges this.',
  why: 'API Gateway answers 500 "Internal Server Error" at run time; the deployment succeeds.',
  fix: 'Use `HttpLambdaIntegration` or `WebSocketLambdaIntegration`, which add the permission, or add one with the source ARN of the route.',
  check: ({ route, target, missing, role, trusted, lookedAt, permitted }) => {
    if (permitted) { return undefined; }
    const wrong = `API Gateway may not invoke the function of the route '${route}' (${target})`;
    return role === undefined
      ? `${wrong}. It presents ${some(missing)}, and `
      + `${lookedAt.length === 0 ? 'the function has no permission for it' : `the permissions on the function are for ${some(lookedAt)}`}. `
      + 'Expected a permission of lambda:InvokeFunction for apigateway.amazonaws.com that matches. '
      + 'Add one for this source ARN, or use HttpLambdaIntegration or WebSocketLambdaIntegration, which do.'
      : `${wrong} with the role '${role}', ${trusted ? `which allows ${allowed(lookedAt)}. Expected lambda:InvokeFunction on the function. Grant it to the role.` : UNTRUSTED}`;
  },
};

/** A call of a service with a role of the app. */
export interface RolePermission {
  readonly action: string;
  readonly resources: readonly string[];
  readonly role?: string;
  /** Whether API Gateway may assume the role. */
  readonly trusted: boolean;
  readonly lookedAt: readonly string[];
  readonly permitted: boolean;
}

export const rolePermission: Rule<RolePermission> = {
  id: 'role-permission',
  severity: 'error',
  when: 'An integration that calls a service has no role, or one that does not allow the call or does not trust API Gateway. Only `ApiGatewayV2Checks` judges this.',
  why: 'Every request fails at run time; the deployment succeeds.',
  fix: 'Use the class of the service, which makes the role, or grant the action.',
  check: ({ action, resources, role, trusted, lookedAt, permitted }) => {
    if (permitted) { return undefined; }
    const call = `The integration calls ${action}${resources.length === 0 ? '' : ` on ${some(resources)}`}`;
    if (role === undefined) { return `${call}, and names no role, expected one in 'CredentialsArn' that allows it. Name one, or use the class of the service, which makes one.`; }
    return `${call} with the role '${role}', ${trusted
      ? `which allows ${allowed(lookedAt)}, expected the action on the target. Grant it to the role, or use the class of the service, which makes one.` : UNTRUSTED}`;
  },
};

export const routeKeyTwice: Rule<{ readonly key: string; readonly routes: readonly string[] }> = {
  id: 'route-key-twice',
  severity: 'error',
  when: 'Two routes of an API have the same key. Only `ApiGatewayV2Checks` judges this.',
  why: 'API Gateway refuses the second one at deployment.',
  fix: 'Remove one of them.',
  check: ({ key, routes }) => routes.length < 2 ? undefined
    : `The routes ${routes.map((route) => `'${route}'`).join(', ')} have the same key '${key}', expected each key once in an API. Remove one of them.`,
};

export const integrationUnused: Rule<number> = {
  id: 'integration-unused',
  severity: 'warning',
  when: 'No route of the app uses an integration. Only `ApiGatewayV2Checks` judges this.',
  why: 'It is never called, and counts toward the quota of the API.',
  fix: 'Remove it, or point a route at it.',
  check: (routes) => routes > 0 ? undefined : 'No route of the app uses the integration, expected at least one. Remove it, or point a route at it.',
};

export const apiWithoutStage: Rule<{ readonly routes: number; readonly stages: number }> = {
  id: 'api-without-stage',
  severity: 'warning',
  when: 'An API has routes and no stage in the app. Only `ApiGatewayV2Checks` judges this.',
  why: 'It cannot be called.',
  fix: 'Add an `HttpStage` or a `WebSocketStage`.',
  check: ({ routes, stages }) => routes === 0 || stages > 0 ? undefined
    : `The API has ${routes} ${routes === 1 ? 'route' : 'routes'} and no stage, expected one. Add an HttpStage or a WebSocketStage.`,
};

/** How many things of a kind an API has. */
export interface ApiQuota {
  readonly kind: 'routes' | 'integrations' | 'stages';
  readonly count: number;
}

const QUOTAS: Record<ApiQuota['kind'], number> = { routes: 300, integrations: 300, stages: 10 };

export const apiQuota: Rule<ApiQuota> = {
  id: 'api-quota',
  severity: 'warning',
  when: 'An API has more than 300 routes, 300 integrations or 10 stages. Only `ApiGatewayV2Checks` judges this.',
  why: 'These are the quotas of an API. Those of routes and stages can be raised, that of the integrations of an HTTP API cannot.',
  fix: 'Share integrations among routes, split the API, or have the quota raised.',
  check: ({ kind, count }) => count <= QUOTAS[kind] ? undefined
    : `The API has ${count} ${kind}, expected at most ${QUOTAS[kind]}. Share integrations among routes, split the API, or have the quota raised and acknowledge this warning.`,
};

export const routeResponse: Rule<{ readonly responses: number; readonly selects: boolean }> = {
  id: 'route-response',
  severity: 'warning',
  when: 'A route of a WebSocket API has a route response and no route response selection expression, or the reverse. Only `ApiGatewayV2Checks` judges this.',
  why: 'Only both together return the response of the integration; otherwise nothing is sent back.',
  fix: 'Add the route with `returnResponse: true`, which makes both.',
  check: ({ responses, selects }) => (responses > 0) === selects ? undefined
    : `The route has ${selects ? 'a RouteResponseSelectionExpression and no RouteResponse' : 'a RouteResponse and no RouteResponseSelectionExpression'}, expected both or none. `
      + 'Add the route with \'returnResponse: true\', which makes both.',
};

/** Whether a listener admits the security groups of a VPC link. */
export interface Admission {
  readonly listener: string;
  readonly port: string;
  readonly admitted: boolean;
}

export const vpcLinkAdmitted: Rule<Admission> = {
  id: 'vpc-link-admitted',
  severity: 'warning',
  when: 'No security group of a load balancer admits the VPC link to the port of the listener. Only `ApiGatewayV2Checks` judges this.',
  why: 'Every request fails with 503 "Service Unavailable" at run time.',
  fix: 'Pass `securityGroups` to the integration, which opens them, or add an ingress rule.',
  check: ({ listener, port, admitted }) => admitted ? undefined
    : `The security groups of the load balancer do not admit those of the VPC link to port ${port} of the listener '${listener}', expected an ingress rule that does. `
      + 'Pass \'securityGroups\' to the integration, which opens them, or add an ingress rule.',
};

export const stageNotJudged: Rule<{ readonly stages: readonly string[] }> = {
  id: 'stage-not-judged',
  severity: 'warning',
  when: '`ApiGatewayV2Checks` was added to an app, and not to a `Stage` in it.',
  why: 'AWS CDK applies an aspect to one assembly, and a `Stage` is one of its own, so nothing in it is judged.',
  fix: 'Add an aspect to the stage as well: `Aspects.of(stage).add(new ApiGatewayV2Checks())`.',
  check: ({ stages }) => stages.length === 0 ? undefined
    : `ApiGatewayV2Checks judges nothing in the ${stages.length === 1 ? 'stage' : 'stages'} ${stages.map((stage) => `'${stage}'`).join(', ')}, expected an aspect there as well, `
      + 'since AWS CDK applies an aspect to one assembly. Add Aspects.of(stage).add(new ApiGatewayV2Checks()).',
};

export const checksIncomplete: Rule<string | undefined> = {
  id: 'checks-incomplete',
  severity: 'warning',
  when: '`ApiGatewayV2Checks` could not read the app.',
  why: 'That is a mistake of this library. Your app is synthesized as if the checks were not there.',
  fix: 'Report it with the message. Acknowledge the warning, or leave the aspect out, until a release has the fix.',
  check: (message) => message === undefined ? undefined
    : `The app could not be judged: ${message}. Expected every app to be read. This is a mistake of the library: please report the message, and acknowledge the warning.`,
};

export const wholeAppRules: Rule<never>[] = [
  routePermission, rolePermission, routeKeyTwice, integrationUnused, apiWithoutStage, apiQuota, routeResponse, vpcLinkAdmitted, stageNotJudged,
  checksIncomplete,
];
