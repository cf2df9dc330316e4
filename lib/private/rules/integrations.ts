import { MAX_DESCRIPTION_LENGTH, MAX_TIMEOUT, MAX_URI_LENGTH, MIN_TIMEOUT } from '../facts/limits';
import { isPrivate, type Integration } from '../shapes/integration';
import { numberOf, quoted, textOf } from '../shapes/values';
import { rule, type OptionRule } from './rule';

const API_REFERENCE = 'https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-integrations.html';

function timeoutProblem(integration: Integration, name: string, leading: string): string | undefined {
  const millis = numberOf(integration.properties.TimeoutInMillis);
  const max = MAX_TIMEOUT[integration.protocol];
  if (millis === undefined) { return undefined; }
  if (millis >= MIN_TIMEOUT && millis <= max && Number.isInteger(millis)) { return undefined; }
  const option = integration.names('TimeoutInMillis');
  return `${leading} Got ${millis} milliseconds. Set '${option}' to whole milliseconds from ${MIN_TIMEOUT} to ${max}, `
    + `or leave it out for the ${name} default of ${max / 1000} seconds.`;
}

/** A scheme and a host; a stage variable may stand for either or both. */
const HTTP_URL = /^(https?:\/\/[^\s/?#]|\$\{stageVariables\.)/i;

/** The URL of an integration that calls one, if it is known. */
export function urlOf(integration: Integration): string | undefined {
  const type = textOf(integration.properties.IntegrationType);
  const callsUrl = type === 'HTTP_PROXY' || (type === 'HTTP' && integration.protocol === 'WEBSOCKET');
  const isArn = integration.protocol === 'HTTP' && isPrivate(integration);
  return callsUrl && !isArn ? textOf(integration.properties.IntegrationUri) : undefined;
}

export const integrationRules = [
  rule({
    id: 'description-length',
    severity: 'error',
    kind: 'integration',
    about: ['Description'],
    when: 'The description of an integration has more than 1,024 characters.',
    why: 'API Gateway refuses the integration at deployment.',
    fix: 'Shorten the description.',
    source: API_REFERENCE,
    check: ({ properties, names }) => {
      const { length = 0 } = textOf(properties.Description) ?? {};
      return length <= MAX_DESCRIPTION_LENGTH ? undefined
        : `'${names('Description')}' of the integration has ${length} characters, expected at most `
          + `${MAX_DESCRIPTION_LENGTH}. Shorten it.`;
    },
  }),
  rule({
    id: 'http-timeout-range',
    severity: 'error',
    kind: 'integration',
    protocol: 'HTTP',
    about: ['TimeoutInMillis'],
    when: 'The timeout of an integration of an HTTP API is below 50 milliseconds or above 30 seconds.',
    why: 'API Gateway refuses the integration at deployment. The quota of 30 seconds cannot be raised.',
    fix: 'Pass 50 milliseconds to 30 seconds. For longer work answer at once and continue asynchronously.',
    source: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html',
    check: (integration) => timeoutProblem(integration, 'HTTP API', 'Integration timeout must be between 50 '
    + 'milliseconds and 30 seconds.'),
  }),
  rule({
    id: 'websocket-timeout-range',
    severity: 'error',
    kind: 'integration',
    protocol: 'WEBSOCKET',
    about: ['TimeoutInMillis'],
    when: 'The timeout of an integration of a WebSocket API is below 50 milliseconds or above 29 seconds.',
    why: 'API Gateway refuses the integration at deployment. The quota of 29 seconds cannot be raised.',
    fix: 'Pass 50 milliseconds to 29 seconds. For longer work answer at once and post the result to the connection '
      + 'later.',
    source: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-execution-service-websocket-limits-table.html',
    check: (integration) => timeoutProblem(integration, 'WebSocket API', 'Integration timeout must be between 50 '
    + 'milliseconds and 29 seconds.'),
  }),
  rule({
    id: 'http-url',
    severity: 'error',
    kind: 'integration',
    when: 'The URL of an HTTP integration does not start with `http://` or `https://` and a host, contains white '
      + 'space, or is longer than 2,048 characters.',
    why: 'API Gateway refuses the integration at deployment.',
    fix: 'Pass the full URL, for example `https://example.com/books/{id}`.',
    source: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-http.html',
    check: (integration) => {
      const url = urlOf(integration);
      if (url === undefined) { return undefined; }
      if (url.length > MAX_URI_LENGTH) {
        return `The URL of the integration has ${url.length} characters, expected at most ${MAX_URI_LENGTH}. Shorten `
          + 'the URL.';
      }
      if (HTTP_URL.test(url) && !/\s/.test(url)) { return undefined; }
      return `The URL of the integration is ${quoted(url)}, expected a full http:// or https:// URL without white `
        + 'space. Pass the scheme and the host as well, for example \'https://example.com/books\'.';
    },
  }),
];

/** The API that an integration already serves, and the one that it is bound to now. */
export interface BoundApis {
  readonly first: string;
  readonly second: string;
  /** Whether they belong to two apps, where they may have the same path. */
  readonly inTwoApps: boolean;
}

export const singleApi: OptionRule<BoundApis> = {
  id: 'single-api',
  severity: 'error',
  kind: 'option',
  required: true,
  when: 'Routes of two APIs use the same integration object.',
  why: 'An `AWS::ApiGatewayV2::Integration` belongs to one API.',
  fix: 'Create one integration object per API; both may name the same target.',
  source: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-apigatewayv2-integration.html',
  check: ({ first, second, inTwoApps }) => 'A single integration cannot be associated with multiple APIs. It serves '
    + `the API '${first}' and was now bound to a route of the API '${second}'${inTwoApps ? ' of another app' : ''}. `
    + 'Create a second integration object for the second API; both may name the same target.',
};

export const integrationNotBound: OptionRule<{ readonly attribute: string }> = {
  id: 'integration-not-bound',
  severity: 'error',
  kind: 'option',
  required: true,
  when: 'An attribute of an integration, such as `integrationId`, is read before any route uses the integration.',
  why: 'The resource is created when the first route binds the integration.',
  fix: 'Pass the integration to a route first, and read the attribute after that.',
  source: 'https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_apigatewayv2.HttpRouteIntegration.html',
  check: ({ attribute }) => `'${attribute}' was read before the integration was bound to a route, so its resource does `
    + 'not exist yet. Pass the integration to a route (for example with addRoutes or addRoute) before you read it.',
};

export const integrationId: OptionRule<{ readonly id: string; readonly hasScope: boolean }> = {
  id: 'integration-id',
  severity: 'error',
  kind: 'option',
  required: true,
  when: 'The id of an integration is `Default`, and it has no `scope` of its own.',
  why: 'AWS CDK leaves this id out of logical ids, so that the integration and its route would have the same one.',
  fix: 'Choose another id.',
  source: 'https://docs.aws.amazon.com/cdk/v2/guide/identifiers.html',
  check: ({ id, hasScope }) => id !== 'Default' || hasScope ? undefined
    : 'The id of the integration is \'Default\', which AWS CDK gives a meaning of its own, expected another one. '
      + 'Choose an id that tells what the integration does, for example \'Books\'.',
};

/** An argument or an option of a class, and what was found in its place. */
export interface GivenValue {
  readonly type: string;
  readonly kind: 'argument' | 'option';
  readonly name: string;
  readonly value: unknown;
  /** Whether the class can do without it. */
  readonly isOptional?: boolean;
}

export const targetMissing: OptionRule<GivenValue> = {
  id: 'target-missing',
  severity: 'error',
  kind: 'option',
  required: true,
  when: 'An argument or a required option of a class is undefined or null, or an option is null, which JavaScript '
    + 'without types does not report.',
  why: 'There is nothing to build the integration of.',
  fix: 'Pass a value, and check that it is made before the integration.',
  source: 'https://docs.aws.amazon.com/cdk/v2/guide/constructs.html',
  check: ({ type, kind, name, value, isOptional }) => {
    const isMissing = isOptional ? value === null : value === undefined || value === null;
    return !isMissing ? undefined
      : `The ${kind} '${name}' of ${type} is ${String(value)}, expected a value. `
        + (isOptional ? 'Pass one, or leave the option out.' : 'Pass one, and check that it is made before the '
          + 'integration.');
  },
};

export const integrationOptionRules = [singleApi, integrationNotBound, integrationId, targetMissing];
