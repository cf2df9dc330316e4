import type { Rule } from './rule';
import { isUnresolved } from './unresolved';

/** The API that an integration already serves, and the one that it is bound to now. */
export interface BoundApis {
  readonly first: string;
  readonly second: string;
  /** Whether they belong to two apps, where they may have the same path. */
  readonly inTwoApps?: boolean;
}

export const singleApi: Rule<BoundApis> = {
  id: 'single-api',
  severity: 'error',
  when: 'Routes of two APIs use the same integration object.',
  why: 'An `AWS::ApiGatewayV2::Integration` belongs to one API.',
  fix: 'Create one integration object per API; both may name the same target.',
  check: ({ first, second, inTwoApps }) => first === second && !inTwoApps ? undefined
    : 'A single integration cannot be associated with multiple APIs. '
      + `It serves the API '${first}' and was now bound to a route of the API '${second}'`
      + `${inTwoApps ? ' of another app' : ''}. `
      + 'Create a second integration object for the second API; both may name the same target.',
};

export const integrationNotBound: Rule<{ readonly bound: boolean; readonly attribute: string }> = {
  id: 'integration-not-bound',
  severity: 'error',
  when: 'An attribute of an integration, such as `integrationId`, is read before any route uses the integration.',
  why: 'The resource is created when the first route binds the integration.',
  fix: 'Pass the integration to a route first, and read the attribute after that.',
  check: ({ bound, attribute }) => bound ? undefined
    : `'${attribute}' was read before the integration was bound to a route, so its resource does not exist yet. `
      + 'Pass the integration to a route (for example with addRoutes or addRoute) before you read it.',
};

/** The key of a route of an HTTP API, and the path of its construct. */
export interface RouteKey {
  readonly route: string;
  readonly key: string;
}

export const routeKeyMethod: Rule<RouteKey> = {
  id: 'route-key-method',
  severity: 'warning',
  when: 'The key of a route of an HTTP API has a path but no method, as `HttpRouteKey.with("/books")` makes it.',
  why: 'aws-cdk-lib writes the key as `undefined /books`. The documented keys are `$default` and a method with a path, such as `GET /books` or `ANY /books`.',
  fix: 'Name the method: `HttpRouteKey.with("/books", HttpMethod.ANY)`.',
  check: ({ route, key }) => {
    // HttpRouteKey.with() without a method writes the word "undefined".
    const [, path] = /^(?:undefined )?(\/.*)$/.exec(key) ?? [];
    return path === undefined ? undefined
      : `The key of the route '${route}' is '${key}', expected a method and a path. Name the method: HttpRouteKey.with('${path}', HttpMethod.ANY).`;
  },
};

/** The most characters that `Description` holds. */
const MAX_DESCRIPTION_LENGTH = 1024;

export const descriptionLength: Rule<string | undefined> = {
  id: 'description-length',
  severity: 'error',
  when: 'The description of an integration has more than 1,024 characters.',
  why: 'API Gateway refuses the integration at deployment.',
  fix: 'Shorten the description.',
  check: (description) => description === undefined || isUnresolved(description) || description.length <= MAX_DESCRIPTION_LENGTH ? undefined
    : `The description of the integration has ${description.length} characters, expected at most ${MAX_DESCRIPTION_LENGTH}. Shorten the description.`,
};

export const apiRules: Rule<never>[] = [singleApi, integrationNotBound, routeKeyMethod, descriptionLength];
