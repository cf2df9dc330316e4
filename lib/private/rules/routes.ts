import { HTTP_METHODS } from '../facts/routes';
import type { Route } from '../shapes/resources';
import { flagOf, isGiven, listOf, PART, patternOf, quoted, textOf } from '../shapes/values';
import { pathWithoutMethod } from './apis';
import { rule } from './rule';

const CONNECT_PAGE = 'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-control-access.html';
const CONFLICT_REPORT = 'https://github.com/plutomi/plutomi/issues/271';

const KEY = new RegExp(`^(\\$default|(${HTTP_METHODS.join('|')}) /.*)$`, 's');

/** The key that was meant, where only a space or the case of the method is wrong. */
function meantKey(key: string): string | undefined {
  const [, method, path] = /^\s*([a-zA-Z]+)\s*(\/.*)$/s.exec(key) ?? [];
  const meant = `${method?.toUpperCase()} ${path}`;
  return path !== undefined && KEY.test(meant) ? meant : undefined;
}

const TARGET = 'integrations/';

/** Whether a target cannot be `integrations/<id>`, whatever its unknown parts are. */
function isMalformedTarget({ properties, isTargetBareId }: Route): boolean {
  const pattern = patternOf(properties.Target);
  if (pattern === undefined) { return false; }
  const [start] = pattern.split(PART);
  const mayBe = start === pattern ? pattern.startsWith(TARGET) : start.startsWith(TARGET) || TARGET.startsWith(start);
  return isTargetBareId === true || !mayBe;
}

/** The type of authorization of a route; NONE is the default. */
function authorizationOf({ properties }: Route): string | undefined {
  return isGiven(properties.AuthorizationType) ? textOf(properties.AuthorizationType) : 'NONE';
}

export const routeRules = [
  rule({
    id: 'route-key-format',
    severity: 'error',
    kind: 'route',
    protocol: 'HTTP',
    when: 'The key of a route of an HTTP API is neither `$default` nor a method, one space and a path that '
      + 'starts with a slash.',
    why: 'API Gateway refuses the route at deployment.',
    fix: `Write a key such as \`GET /books\`. The methods are ${HTTP_METHODS.join(', ')}.`,
    source: 'cdk-preflight 0.0.143; logs of deployments',
    says: 'The provided route key is not formatted properly for HTTP protocol. Format should be "<HTTP METHOD> '
      + '/<RESOURCE PATH>" or "$default"',
    check: ({ path, properties, isProtocolInferred }) => {
      const key = textOf(properties.RouteKey);
      const isSaidElsewhere = key !== undefined && pathWithoutMethod(key) !== undefined;
      if (key === undefined || KEY.test(key) || isSaidElsewhere || isProtocolInferred) { return undefined; }
      const meant = meantKey(key);
      const example = 'Write for example \'GET /books\', which HttpRouteKey.with(\'/books\', HttpMethod.GET) makes.';
      return `The key of the route '${path}' is ${quoted(key)}, expected '$default', or one of `
        + `${HTTP_METHODS.join(', ')} with one space and a path that starts with a slash. `
        + (meant === undefined ? example : `Did you mean '${meant}'?`);
    },
  }),
  rule({
    id: 'route-variable-conflict',
    severity: 'error',
    kind: 'similar-routes',
    when: 'Two routes of an HTTP API have the same method and the same path but for the names of its variables, '
      + 'such as `GET /books/{id}` and `GET /books/{isbn}`.',
    why: 'API Gateway refuses the second one at deployment. Other methods, and a fixed part beside a variable (`GET '
      + '/books/new`), do not conflict.',
    fix: 'Use one name for the variable. To rename the variable of a deployed route, use a route of its own '
      + '(`new HttpRoute(...)`), which keeps its id: `addRoutes` makes a new route before the old one is removed.',
    source: CONFLICT_REPORT,
    says: 'The provided route key "GET /books/{isbn}" has a conflicting variable on the same hierarchical level '
      + 'as "GET /books/{id}"',
    check: ({ routes }) => 'The keys of the routes '
      + routes.map(({ path, key }) => `'${path}' (${key})`).join(' and ')
      + ' differ only in the names of their variables, expected one route for a method and a path. '
      + 'Use one name for the variable, and one route.',
  }),
  rule({
    id: 'route-target',
    severity: 'error',
    kind: 'route',
    when: 'The target of a route is not `integrations/` and the id of an integration.',
    why: 'API Gateway refuses the route at deployment.',
    fix: 'Put `integrations/` before the id. `HttpRoute` and `WebSocketRoute` do so.',
    source: 'cdk-preflight 0.0.143',
    says: 'Unexpected or malformed target in route. Correct format should be integrations/<integration_id>.',
    check: (route) => {
      if (!isMalformedTarget(route)) { return undefined; }
      const pattern = patternOf(route.properties.Target)!.replaceAll(PART, '<known at deployment>');
      const got = route.isTargetBareId ? 'the id of an integration alone' : quoted(pattern);
      return `'${route.names('Target')}' is ${got}, expected 'integrations/' and the id of an integration. Write for `
        + 'example { "Fn::Sub": "integrations/${Integration}" }, or use HttpRoute or WebSocketRoute, which do.';
    },
  }),
  rule({
    id: 'route-authorization-scopes',
    severity: 'error',
    kind: 'route',
    when: 'A route has authorization scopes, and its authorization is not by a JWT.',
    why: 'API Gateway refuses the route at deployment.',
    fix: 'Pass an `HttpJwtAuthorizer` or an `HttpUserPoolAuthorizer` as `authorizer`, or leave out '
      + '`authorizationScopes` of the route and `defaultAuthorizationScopes` of the API.',
    source: 'cdk-preflight 0.0.143; LocalStack tests that are validated against AWS',
    says: 'Authorization Scopes are only valid for COGNITO_USER_POOLS and JWT authorization type',
    check: (route) => {
      const { properties, names } = route;
      const type = authorizationOf(route);
      const scopes = listOf(properties.AuthorizationScopes);
      if (scopes.length === 0 || type === undefined || type === 'JWT') { return undefined; }
      return `'${names('AuthorizationScopes')}' is given while '${names('AuthorizationType')}' is ${quoted(type)}, `
        + 'expected "JWT". Pass an HttpJwtAuthorizer or HttpUserPoolAuthorizer as \'authorizer\', or leave out '
        + '\'authorizationScopes\' of the route and \'defaultAuthorizationScopes\' of the API.';
    },
  }),
  rule({
    id: 'route-jwt-authorizer',
    severity: 'error',
    kind: 'route',
    when: 'The authorization of a route is by a JWT, and the route names no authorizer or one of another type.',
    why: 'API Gateway refuses the route at deployment.',
    fix: 'Pass an `HttpJwtAuthorizer` or an `HttpUserPoolAuthorizer` as `authorizer`.',
    source: 'cdk-preflight 0.0.143; LocalStack tests that are validated against AWS',
    says: 'Setting the authorization type to JWT requires a valid JWT authorizer.',
    check: (route) => {
      const { properties, names, authorizer } = route;
      if (authorizationOf(route) !== 'JWT') { return undefined; }
      const fix = 'Pass an HttpJwtAuthorizer or HttpUserPoolAuthorizer as \'authorizer\'.';
      if (!isGiven(properties.AuthorizerId)) {
        return `'${names('AuthorizationType')}' is "JWT" and '${names('AuthorizerId')}' is missing, expected a `
          + `JWT authorizer. ${fix}`;
      }
      if (authorizer?.type === undefined || authorizer.type === 'JWT') { return undefined; }
      return `'${names('AuthorizationType')}' is "JWT", but the authorizer '${authorizer.path}' is of the type `
        + `${quoted(authorizer.type)}, expected "JWT". ${fix} A Lambda authorizer needs the authorization type CUSTOM.`;
    },
  }),
  rule({
    id: 'route-api-key',
    severity: 'error',
    kind: 'route',
    protocol: 'HTTP',
    when: 'A route of an HTTP API requires an API key.',
    why: 'API Gateway refuses the route at deployment: only WebSocket APIs and REST APIs have API keys.',
    fix: 'Remove `ApiKeyRequired`, and pass an authorizer where callers have to be known.',
    source: 'cdk-preflight 0.0.143',
    says: 'ApiKeyRequired is not currently supported for HTTP APIs.',
    check: ({ properties, names, isProtocolInferred }) => {
      if (!flagOf(properties.ApiKeyRequired) || isProtocolInferred) { return undefined; }
      return `'${names('ApiKeyRequired')}' is true on a route of an HTTP API, expected false: HTTP APIs have no API `
        + 'keys. Remove it, and pass an \'authorizer\' where callers have to be known.';
    },
  }),
  rule({
    id: 'websocket-route-authorization',
    severity: 'error',
    kind: 'route',
    protocol: 'WEBSOCKET',
    when: 'A route of a WebSocket API other than `$connect` asks for authorization.',
    why: 'API Gateway refuses the route at deployment: who may connect is decided once, on `$connect`.',
    fix: 'Pass the authorizer in `connectRouteOptions`, and none to other routes.',
    source: CONNECT_PAGE,
    says: 'Currently, authorization is restricted to the $connect route only',
    check: (route) => {
      const key = textOf(route.properties.RouteKey);
      const type = authorizationOf(route);
      if (key === undefined || key === '$connect' || type === undefined || type === 'NONE') { return undefined; }
      return `'${route.names('AuthorizationType')}' is ${quoted(type)} on the route ${quoted(key)}, expected it on `
        + '$connect only. Pass the authorizer as \'authorizer\' of \'connectRouteOptions\', and none to other routes.';
    },
  }),
];

const PART_TEXTS = {
  RouteResponse: 'A response of a route', IntegrationResponse: 'A response of an integration', Model: 'A model',
};

export const webSocketPartRules = [
  rule({
    id: 'websocket-only',
    severity: 'error',
    kind: 'websocket-part',
    protocol: 'HTTP',
    when: 'An HTTP API has a model, or a response of a route or of an integration as a resource.',
    why: 'API Gateway refuses it at deployment: only WebSocket APIs have them.',
    fix: 'Remove it. What an HTTP API answers is changed with `responseParameterMapping` of an integration.',
    source: 'cdk-preflight 0.0.143',
    says: 'RouteResponses are currently not supported for this API protocol type. / IntegrationResponses are currently '
      + 'not supported for this API protocol type. / Currently, Models are not permitted for APIs with a protocol type '
      + 'of HTTP',
    check: ({ type }) => `${PART_TEXTS[type]} belongs to an HTTP API, expected a WebSocket API: HTTP APIs have none. `
      + 'Remove it; what an HTTP API answers is changed with \'responseParameterMapping\' of an integration.',
  }),
  rule({
    id: 'route-response-key',
    severity: 'error',
    kind: 'websocket-part',
    when: 'The key of a response of a route is not `$default`.',
    why: 'API Gateway refuses the response at deployment.',
    fix: 'Write `$default`, or pass `returnResponse: true` to the route.',
    source: 'cdk-preflight 0.0.143',
    says: 'Currently, only $default is supported as a RouteResponseKey.',
    check: ({ type, properties, names }) => {
      const key = textOf(properties.RouteResponseKey);
      if (type !== 'RouteResponse' || key === undefined || key === '$default') { return undefined; }
      return `'${names('RouteResponseKey')}' is ${quoted(key)}, expected "$default". Write $default, or pass `
        + `'returnResponse' true to the route.`;
    },
  }),
  rule({
    id: 'model-name',
    severity: 'error',
    kind: 'websocket-part',
    when: 'The name of a model has characters other than letters and digits.',
    why: 'API Gateway refuses the model at deployment.',
    fix: 'Use letters and digits only.',
    source: 'cdk-preflight 0.0.143',
    says: 'Model name must be alphanumeric',
    check: ({ type, properties, names }) => {
      const name = textOf(properties.Name);
      if (type !== 'Model' || name === undefined || /^[a-zA-Z0-9]+$/.test(name)) { return undefined; }
      return `'${names('Name')}' of the model is ${quoted(name)}, expected letters and digits only. `
        + `Write for example ${quoted(name.replace(/[^a-zA-Z0-9]/g, '') || 'Message')}.`;
    },
  }),
];
