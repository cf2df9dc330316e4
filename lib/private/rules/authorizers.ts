import { AUTHORIZER_TYPES, IDENTITY_SOURCES, MAX_AUTHORIZER_TTL } from '../facts/authorizers';
import type { Authorizer } from '../shapes/authorizers';
import type { Protocol } from '../shapes/integration';
import {
  flagOf, isEmptyList, isGiven, listOf, mapOf, numberOf, PART, patternOf, quoted, textOf, type Json,
} from '../shapes/values';
import { invokeProblem } from './lambda';
import { nearestOf } from './nearest';
import { rule } from './rule';

const LAMBDA_PAGE = 'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html';
const API_PAGE = 'https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-authorizers.html';
const PREFLIGHT = 'cdk-preflight 0.0.143';

const typeOf = ({ properties }: Authorizer) => textOf(properties.AuthorizerType);

/** Whether it is one of an HTTP API that reads a JWT; WebSocket APIs have none, which is said once. */
const readsJwt = (authorizer: Authorizer) => typeOf(authorizer) === 'JWT' && authorizer.protocol !== 'WEBSOCKET';

/** Whether a text is not an https URL, whatever its unknown parts are. */
function isNotHttps(value: Json | undefined): boolean {
  if (!isGiven(value)) { return true; }
  const pattern = patternOf(value);
  if (pattern === undefined) { return false; }
  const [start] = pattern.split(PART);
  const isCut = start !== pattern && 'https://'.startsWith(start);
  return !start.startsWith('https://') && !isCut;
}

/** The sources of an authorizer that are known. Several may stand in one text, with commas between them. */
function identitySourcesOf({ properties }: Authorizer): string[] {
  const texts = listOf(properties.IdentitySource).flatMap((source) => textOf(source) ?? []);
  return texts.flatMap((text) => text.split(',')).map((source) => source.trim());
}

/** The documented identity sources, for docs/rules.md. */
const documentedOf = (protocol: Protocol) => IDENTITY_SOURCES[protocol].documented.map((it) => `\`${it}\``).join(', ');

/** What is wrong with identity sources of an authorizer. */
function identitySourceProblems(authorizer: Authorizer): string[] {
  const { protocol, names } = authorizer;
  if (!protocol) { return []; }
  const { pattern, documented, example } = IDENTITY_SOURCES[protocol];
  return identitySourcesOf(authorizer).filter((source) => !pattern.test(source)).map((source) =>
    `'${names('IdentitySource')}' has ${quoted(source)}, expected one of ${documented.join(', ')}. `
    + `Write for example '${example}' in 'identitySource'.`);
}

export const authorizerRules = [
  rule({
    id: 'authorizer-permission',
    severity: 'error',
    kind: 'authorizer',
    when: 'No permission on the function of a Lambda authorizer, and no role of it, lets API Gateway invoke it. '
      + 'Checked where a route of the app uses the authorizer.',
    why: 'API Gateway answers 500 at run time to each request that has the identity sources; the deployment succeeds.',
    fix: 'Use `HttpLambdaAuthorizer` or `WebSocketLambdaAuthorizer`, which add the permission, or add one with '
      + 'the source ARN `arn:aws:execute-api:REGION:ACCOUNT:API_ID/authorizers/AUTHORIZER_ID`.',
    source: LAMBDA_PAGE,
    says: '{"message":"Internal Server Error"}',
    check: ({ path, denied }) => {
      if (!denied) { return undefined; }
      const fix = ' Add one for this source ARN, or use HttpLambdaAuthorizer or WebSocketLambdaAuthorizer, which do.';
      return invokeProblem(`the authorizer '${path}'`, denied) + (denied.role === undefined ? fix : '');
    },
  }),
  rule({
    id: 'authorizer-type',
    severity: 'warning',
    kind: 'authorizer',
    protocol: 'HTTP',
    when: 'The type of an authorizer of an HTTP API is neither `REQUEST` nor `JWT`.',
    why: 'API Gateway documents no other type. IAM authorization needs no authorizer.',
    fix: 'Write `REQUEST` for a function or `JWT` for tokens; for IAM pass an `HttpIamAuthorizer` to the route.',
    source: API_PAGE,
    check: (authorizer) => {
      const type = typeOf(authorizer);
      if (type === undefined || AUTHORIZER_TYPES.some((known) => known === type)) { return undefined; }
      const meant = nearestOf(type, AUTHORIZER_TYPES);
      return `'${authorizer.names('AuthorizerType')}' is ${quoted(type)}, expected "REQUEST" for a function or `
        + `"JWT" for tokens. `
        + (meant === undefined ? 'For IAM authorization pass an HttpIamAuthorizer to the route.' : `Did you `
          + `mean "${meant}"?`);
    },
  }),
  rule({
    id: 'websocket-authorizer-type',
    severity: 'error',
    kind: 'authorizer',
    protocol: 'WEBSOCKET',
    when: 'The type of an authorizer of a WebSocket API is not `REQUEST`.',
    why: 'API Gateway refuses the authorizer at deployment: WebSocket APIs have Lambda authorizers only.',
    fix: 'Use `WebSocketLambdaAuthorizer`, whose function can check a token; for IAM pass a `WebSocketIamAuthorizer` '
      + 'to `$connect`.',
    source: PREFLIGHT,
    says: 'Only REQUEST authorizer type is supported on WEBSOCKET protocol Apis.',
    check: (authorizer) => {
      const type = typeOf(authorizer);
      return type === undefined || type === 'REQUEST' ? undefined
        : `'${authorizer.names('AuthorizerType')}' is ${quoted(type)} on a WebSocket API, expected "REQUEST". `
          + 'Use WebSocketLambdaAuthorizer, whose function can check a token, or a WebSocketIamAuthorizer on $connect.';
    },
  }),
  rule({
    id: 'authorizer-payload-version',
    severity: 'error',
    kind: 'authorizer',
    protocol: 'HTTP',
    when: 'A Lambda authorizer of an HTTP API has no payload format version.',
    why: 'API Gateway refuses the authorizer at deployment.',
    fix: 'Write `AuthorizerPayloadFormatVersion` "2.0" or "1.0"; in `HttpAuthorizer` it is `payloadFormatVersion`.',
    source: PREFLIGHT,
    says: 'AuthorizerPayloadFormatVersion is a required parameter for REQUEST authorizer',
    check: (authorizer) => {
      const { properties, names } = authorizer;
      if (typeOf(authorizer) !== 'REQUEST' || isGiven(properties.AuthorizerPayloadFormatVersion)) { return undefined; }
      return `'${names('AuthorizerPayloadFormatVersion')}' is missing, expected "2.0" or "1.0". Add it, or use `
        + 'HttpLambdaAuthorizer, which does.';
    },
  }),
  rule({
    id: 'authorizer-uri',
    severity: 'error',
    kind: 'authorizer',
    when: 'A Lambda authorizer has no URI.',
    why: 'API Gateway refuses the authorizer at deployment.',
    fix: 'Write the invocation ARN of the function as `AuthorizerUri`; in `HttpAuthorizer` it is `authorizerUri`.',
    source: PREFLIGHT,
    says: 'AuthorizerUri is a required field in an Authorizer',
    check: (authorizer) => {
      const { properties, names } = authorizer;
      if (typeOf(authorizer) !== 'REQUEST' || isGiven(properties.AuthorizerUri)) { return undefined; }
      return `'${names('AuthorizerUri')}' is missing, expected the invocation ARN of a function: `
        + 'arn:aws:apigateway:REGION:lambda:path/2015-03-31/functions/FUNCTION_ARN/invocations. Add it, or use '
        + 'HttpLambdaAuthorizer or WebSocketLambdaAuthorizer, which do.';
    },
  }),
  rule({
    id: 'authorizer-simple-responses',
    severity: 'error',
    kind: 'authorizer',
    protocol: 'HTTP',
    when: 'A Lambda authorizer gives simple responses, and its payload format version is not 2.0.',
    why: 'API Gateway refuses the authorizer at deployment.',
    fix: 'Write `AuthorizerPayloadFormatVersion` "2.0"; in `HttpAuthorizer` pass '
      + '`AuthorizerPayloadVersion.VERSION_2_0`.',
    source: PREFLIGHT,
    says: 'EnableSimpleResponses can only be set for AuthorizerPayloadFormatVersion "2.0".',
    check: ({ properties, names }) => {
      // A number may be one that a parser of YAML made of text.
      const version = properties.AuthorizerPayloadFormatVersion;
      const isOther = typeof version === 'string' && version !== '2.0';
      if (!flagOf(properties.EnableSimpleResponses) || !isOther) { return undefined; }
      return `'${names('EnableSimpleResponses')}' is true while '${names('AuthorizerPayloadFormatVersion')}' is `
        + `${quoted(version)}, expected "2.0". Pass AuthorizerPayloadVersion.VERSION_2_0 as 'payloadFormatVersion', or `
        + 'have the function answer with a policy.';
    },
  }),
  rule({
    id: 'authorizer-ttl-range',
    severity: 'error',
    kind: 'authorizer',
    when: `Results of an authorizer are cached for less than 0 or more than ${MAX_AUTHORIZER_TTL} seconds.`,
    why: 'API Gateway refuses the authorizer at deployment.',
    fix: `Pass at most ${MAX_AUTHORIZER_TTL} seconds, in \`HttpLambdaAuthorizer\` as \`resultsCacheTtl\`. 0 `
      + `turns the cache off.`,
    source: PREFLIGHT,
    says: 'Authorizer result TTL outside allowable range. TTL must be between 0 and 3600 seconds.',
    check: ({ properties, names }) => {
      const ttl = numberOf(properties.AuthorizerResultTtlInSeconds);
      if (ttl === undefined || (ttl >= 0 && ttl <= MAX_AUTHORIZER_TTL)) { return undefined; }
      return `'${names('AuthorizerResultTtlInSeconds')}' is ${ttl}, expected 0 to ${MAX_AUTHORIZER_TTL}. `
        + `Pass at most ${MAX_AUTHORIZER_TTL} seconds, in HttpLambdaAuthorizer as 'resultsCacheTtl'.`;
    },
  }),
  rule({
    id: 'authorizer-ttl-identity-source',
    severity: 'error',
    kind: 'authorizer',
    protocol: 'HTTP',
    when: 'Results of a Lambda authorizer of an HTTP API are cached, and it has no identity source.',
    why: 'API Gateway refuses the authorizer at deployment: the identity sources are the key of the cache.',
    fix: 'Pass `identitySource`, or a `resultsCacheTtl` of 0, which turns the cache off.',
    source: PREFLIGHT,
    says: 'Identity source must be set if authorizer caching is enabled (TTL is greater than 0)',
    check: (authorizer) => {
      const { properties, names } = authorizer;
      const ttl = numberOf(properties.AuthorizerResultTtlInSeconds) ?? 0;
      if (typeOf(authorizer) !== 'REQUEST' || ttl <= 0 || !isEmptyList(properties.IdentitySource)) { return undefined; }
      return `'${names('AuthorizerResultTtlInSeconds')}' is ${ttl} and '${names('IdentitySource')}' is empty, expected `
        + 'an identity source, which is the key of the cache. Pass for example \'$request.header.Authorization\' in '
        + '\'identitySource\', or a \'resultsCacheTtl\' of 0.';
    },
  }),
  rule({
    id: 'authorizer-identity-source',
    severity: 'error',
    kind: 'authorizer',
    protocol: 'HTTP',
    when: 'An identity source of an authorizer of an HTTP API is no header, query string parameter, context '
      + 'variable or stage variable.',
    why: 'API Gateway refuses the authorizer at deployment.',
    fix: `Write in \`identitySource\` one of ${documentedOf('HTTP')}.`,
    source: PREFLIGHT,
    says: 'Invalid identity source expression',
    check: identitySourceProblems,
  }),
  rule({
    id: 'websocket-identity-source',
    severity: 'error',
    kind: 'authorizer',
    protocol: 'WEBSOCKET',
    when: 'An identity source of an authorizer of a WebSocket API is no header, query string parameter, context '
      + 'variable or stage variable.',
    why: 'API Gateway refuses the authorizer at deployment. The expressions of HTTP APIs, which begin with `$`, '
      + 'are others.',
    fix: `Write in \`identitySource\` one of ${documentedOf('WEBSOCKET')}.`,
    source: 'https://github.com/aws/aws-cdk/issues/18307',
    says: 'Invalid request identity source expression: $request.header.Authorization. The sources must be separated by '
      + 'comma, and each source must be either a request parameter, matching '
      + '\'route.request.querystring|header.[a-zA-Z0-9._-]+\', …',
    check: identitySourceProblems,
  }),
  rule({
    id: 'jwt-configuration',
    severity: 'error',
    kind: 'authorizer',
    when: 'A JWT authorizer has no `JwtConfiguration`.',
    why: 'API Gateway refuses the authorizer at deployment.',
    fix: 'Add the issuer and the audience, or use `HttpJwtAuthorizer` or `HttpUserPoolAuthorizer`, which do.',
    source: PREFLIGHT,
    says: 'JwtConfiguration must not be null for JWT Authorizer',
    check: (authorizer) => {
      const { properties, names } = authorizer;
      if (!readsJwt(authorizer) || isGiven(properties.JwtConfiguration)) { return undefined; }
      return `'${names('JwtConfiguration')}' is missing, expected an issuer and an audience. Add both, or use `
        + 'HttpJwtAuthorizer or HttpUserPoolAuthorizer, which do.';
    },
  }),
  rule({
    id: 'jwt-audience',
    severity: 'error',
    kind: 'authorizer',
    when: 'A JWT authorizer has no audience.',
    why: 'API Gateway refuses the authorizer at deployment.',
    fix: 'Pass the client ids that tokens are issued for: `jwtAudience` of `HttpJwtAuthorizer`, `userPoolClients` of '
      + '`HttpUserPoolAuthorizer`.',
    source: PREFLIGHT,
    says: 'Audience list must have at least 1 item for JWT Authorizer',
    check: (authorizer) => {
      const configuration = mapOf(authorizer.properties.JwtConfiguration);
      if (!readsJwt(authorizer) || !configuration || !isEmptyList(configuration.Audience)) { return undefined; }
      return `'${authorizer.names('JwtConfiguration.Audience')}' is empty, expected at least one client id that tokens `
        + 'are issued for. Pass \'jwtAudience\' to HttpJwtAuthorizer, or \'userPoolClients\' to '
        + 'HttpUserPoolAuthorizer.';
    },
  }),
  rule({
    id: 'jwt-issuer',
    severity: 'error',
    kind: 'authorizer',
    when: 'The issuer of a JWT authorizer is not a URL that begins with `https://`.',
    why: 'API Gateway refuses the authorizer at deployment.',
    fix: 'Write the URL of the identity provider with `https://`. For a user pool it is `userPoolProviderUrl`.',
    source: PREFLIGHT,
    says: 'Invalid issuer: Issuer is not a valid URL for JWT Authorizer',
    check: (authorizer) => {
      const configuration = mapOf(authorizer.properties.JwtConfiguration);
      if (!readsJwt(authorizer) || !configuration || !isNotHttps(configuration.Issuer)) { return undefined; }
      const got = patternOf(configuration.Issuer)?.replaceAll(PART, '<known at deployment>');
      return `'${authorizer.names('JwtConfiguration.Issuer')}' is ${got === undefined ? 'missing' : quoted(got)}, `
        + 'expected a URL that begins with https://. Write that of the identity provider, for a user pool '
        + '\'userPoolProviderUrl\'.';
    },
  }),
  rule({
    id: 'jwt-issuer-own-api',
    severity: 'warning',
    kind: 'authorizer',
    when: 'The issuer of a JWT authorizer is the endpoint of the API that the authorizer is for.',
    why: 'API Gateway reads the discovery document of the issuer when the authorizer is made. The API does not '
      + 'answer yet then.',
    fix: 'Serve `/.well-known/openid-configuration` from another place, or deploy the authorizer after the API '
      + 'answers.',
    source: API_PAGE,
    says: 'Issuer must have a valid discovery endpoint ended with \'/.well-known/openid-configuration\'',
    check: (authorizer) => !readsJwt(authorizer) || !authorizer.isIssuedByApi ? undefined
      : `'${authorizer.names('JwtConfiguration.Issuer')}' is the endpoint of the API itself, expected one that answers `
        + 'before the authorizer is made, since API Gateway reads its discovery document then. Serve it from another '
        + 'place, or deploy the authorizer after the API.',
  }),
  rule({
    id: 'authorizer-name-twice',
    severity: 'error',
    kind: 'twins',
    when: 'Two authorizers of an API have the same name, and both are created.',
    why: 'API Gateway refuses the second one at deployment.',
    fix: 'Share one authorizer among the routes, or give each a name of its own (`authorizerName`).',
    source: 'logs of deployments',
    says: 'Authorizer name must be unique. Authorizer … already exists in this RestApi.',
    check: ({ of, key, paths }) => of !== 'authorizer' ? undefined
      : `The authorizers ${paths.map((path) => `'${path}'`).join(', ')} have the same name '${key}', expected each `
        + 'name once in an API. Share one authorizer among the routes, or pass another \'authorizerName\'.',
  }),
];
