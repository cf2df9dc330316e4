import type { Rule } from './rule';

/** The API that an integration already serves, and the one that it is bound to now. */
export interface BoundApis {
  readonly first: string;
  readonly second: string;
}

export const singleApi: Rule<BoundApis> = {
  id: 'single-api',
  severity: 'error',
  when: 'Routes of two APIs use the same integration object.',
  why: 'An `AWS::ApiGatewayV2::Integration` belongs to one API.',
  fix: 'Create one integration object per API; both may name the same target.',
  check: ({ first, second }) => first === second ? undefined
    : 'A single integration cannot be associated with multiple APIs. '
      + `It serves the API '${first}' and was now bound to a route of the API '${second}'. `
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

export const apiRules = [singleApi, integrationNotBound];
