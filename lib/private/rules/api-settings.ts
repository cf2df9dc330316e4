import type { Preflight } from '../shapes/stages';
import { flagOf, isGiven, listOf, mapOf, quoted, textOf } from '../shapes/values';
import { rule } from './rule';

const API_PAGE =
  'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigatewayv2-api.html';
const CORS_PAGE = 'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html';

/** The one selection expression of HTTP APIs, with or without braces. */
const HTTP_SELECTION = /^(\$request\.method|\$\{request\.method\}) (\$request\.path|\$\{request\.path\})$/;

/** The methods and paths by which a route catches a preflight request. */
const CATCHES_OPTIONS = /^ANY (\/.*)$/;
const ANSWERS_OPTIONS = /^OPTIONS (\/.*)$/;

/** What no browser sends with a preflight request. */
const CREDENTIALS = /^\$request\.header\.authorization$/i;

/** Whether a preflight request is refused for what it lacks. */
function refusesPreflight({ authorizationType, identitySources }: Preflight): boolean {
  return authorizationType === 'AWS_IAM' || identitySources.some((source) => CREDENTIALS.test(source));
}

/** Whether there are requests that match both of two paths. */
function pathsOverlap(one: string, other: string): boolean {
  const [first, ...rest] = one.split('/');
  const [otherFirst, ...otherRest] = other.split('/');
  if (first.endsWith('+}') || otherFirst.endsWith('+}')) { return true; }
  const isVariable = first.startsWith('{') || otherFirst.startsWith('{');
  if (!isVariable && first !== otherFirst) { return false; }
  if (rest.length === 0 || otherRest.length === 0) { return rest.length === otherRest.length; }
  return pathsOverlap(rest.join('/'), otherRest.join('/'));
}

/** Whether a route without an authorizer answers preflight requests in place of another route. */
function isAnswered({ key, openRoutes }: Preflight): boolean {
  const path = CATCHES_OPTIONS.exec(key)?.[1];
  const open = openRoutes.flatMap((it) => ANSWERS_OPTIONS.exec(it)?.[1] ?? []);
  return path === undefined ? open.length > 0 : open.some((it) => pathsOverlap(it, path));
}

/** The key of the route that answers preflight requests in place of another route. */
function answeringKey(key: string): string {
  return `OPTIONS ${CATCHES_OPTIONS.exec(key)?.[1] ?? '/{proxy+}'}`;
}

export const apiSettingRules = [
  rule({
    id: 'api-name',
    severity: 'error',
    kind: 'api',
    when: 'An API has neither a `Name` nor a `Body`.',
    why: 'API Gateway refuses the API.',
    fix: 'Give it a name: `apiName` of `HttpApi` and `WebSocketApi`, `name` of `CfnApi`.',
    source: 'cdk-preflight 0.0.143',
    says: 'Invalid API name specified',
    check: ({ properties: { Name, Body, BodyS3Location }, mayBeChanged }) => {
      if ([Name, Body, BodyS3Location].some(isGiven) || mayBeChanged) { return undefined; }
      return 'The API has no Name, expected one. Set \'apiName\' of HttpApi or WebSocketApi, \'name\' of CfnApi.';
    },
  }),
  rule({
    id: 'route-selection-expression',
    severity: 'error',
    kind: 'api',
    protocol: 'HTTP',
    when: 'An HTTP API has a `RouteSelectionExpression` other than method and path.',
    why: 'API Gateway refuses the API.',
    fix: 'Leave it out, or set `routeSelectionExpression: true` of `HttpApi`, which writes `${request.method} '
      + '${request.path}`.',
    source: API_PAGE,
    says: 'Route selection expression is currently limited to "${request.method} ${request.path}"',
    check: ({ properties }) => {
      const expression = textOf(properties.RouteSelectionExpression);
      if (expression === undefined || HTTP_SELECTION.test(expression)) { return undefined; }
      return `RouteSelectionExpression is ${quoted(expression)}, expected "\${request.method} \${request.path}". Leave `
        + 'it out.';
    },
  }),
  rule({
    id: 'websocket-route-selection-expression',
    severity: 'error',
    kind: 'api',
    protocol: 'WEBSOCKET',
    when: 'A WebSocket API has no `RouteSelectionExpression`.',
    why: 'API Gateway refuses the API.',
    fix: 'Set it, for example to `$request.body.action`, which `WebSocketApi` does.',
    source: API_PAGE,
    says: 'Invalid routeSelectionExpression',
    check: ({ properties: { RouteSelectionExpression: expression, Body, BodyS3Location }, mayBeChanged }) => {
      if ([expression, Body, BodyS3Location].some(isGiven) || mayBeChanged) { return undefined; }
      return 'The WebSocket API has no RouteSelectionExpression, expected one. Set it, for example to '
        + '\'$request.body.action\', or use WebSocketApi.';
    },
  }),
  rule({
    id: 'cors-credentials',
    severity: 'error',
    kind: 'api',
    when: '`CorsConfiguration` has `AllowCredentials` and the origin `*`.',
    why: 'API Gateway refuses the API, since browsers refuse the combination.',
    fix: 'Name the origins in `allowOrigins` of `corsPreflight`, or leave `allowCredentials` out. `*` in headers and '
      + 'methods is accepted.',
    source: CORS_PAGE,
    says: 'allow-credentials is not supported if \'allow-origin\' is *',
    check: ({ properties }) => {
      const { AllowCredentials, AllowOrigins } = mapOf(properties.CorsConfiguration) ?? {};
      if (!flagOf(AllowCredentials) || !listOf(AllowOrigins).includes('*')) { return undefined; }
      return 'CorsConfiguration has AllowCredentials and the origin \'*\', expected origins by name. '
        + 'Name them in \'allowOrigins\' of \'corsPreflight\', or leave \'allowCredentials\' out.';
    },
  }),
  rule({
    id: 'cors-websocket',
    severity: 'error',
    kind: 'api',
    protocol: 'WEBSOCKET',
    when: 'A WebSocket API has a `CorsConfiguration`.',
    why: 'API Gateway refuses the API. Browsers send no preflight requests for WebSockets.',
    fix: 'Remove it. To admit origins, compare the `Origin` header in the `$connect` route or its authorizer.',
    source: 'cdk-preflight 0.0.143',
    says: 'Cors is not supported for WEBSOCKET protocolType',
    check: ({ properties: { CorsConfiguration: cors } }) => mapOf(cors) === undefined ? undefined
      : 'The WebSocket API has a CorsConfiguration, expected none. Remove it; to admit origins, compare the Origin '
        + 'header in the $connect route or its authorizer.',
  }),
  rule({
    id: 'cors-preflight-authorizer',
    severity: 'warning',
    kind: 'preflight',
    when: 'An API has a `CorsConfiguration`, and an `ANY` or `$default` route with an authorizer catches its preflight '
      + 'requests.',
    why: 'Browsers send preflight requests without credentials, so the authorizer refuses them with 401 or 403, and '
      + 'the browser reports an error of CORS. API Gateway answers preflight requests by itself only where no route '
      + 'catches them.',
    fix: 'Add an `OPTIONS` route of the path without an authorizer: `authorizer: new HttpNoneAuthorizer()`. '
      + 'Or name the methods of the route instead of `ANY`.',
    source: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html; '
      + 'https://github.com/sst/sst/issues/5493',
    check: (preflight) => {
      const { key } = preflight;
      const catches = key === '$default' || CATCHES_OPTIONS.test(key);
      if (!catches || !refusesPreflight(preflight) || isAnswered(preflight)) { return undefined; }
      const others = key === '$default' ? '' : ', or name the methods of the route instead of ANY';
      return `The route '${key}' has an authorizer and catches the preflight requests of browsers, expected a route `
        + `that answers them without one. Add '${answeringKey(key)}' with new HttpNoneAuthorizer()${others}.`;
    },
  }),
  rule({
    id: 'api-endpoint-disabled',
    severity: 'warning',
    kind: 'api',
    when: 'The endpoint of an API is disabled, and no domain of the app leads to the API.',
    why: 'The API cannot be called.',
    fix: 'Map a domain to it: `defaultDomainMapping` of `HttpApi`, or `domainMapping` of a stage. Acknowledge the '
      + 'warning if the mapping is made elsewhere.',
    source: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-disable-default-endpoint.html',
    check: ({ properties, mayHaveDomain, mayBeChanged }) => {
      if (!flagOf(properties.DisableExecuteApiEndpoint) || mayHaveDomain || mayBeChanged) { return undefined; }
      return 'The endpoint of the API is disabled and no domain of the app leads to it, expected a mapping or a '
        + 'routing rule. Set \'defaultDomainMapping\' of HttpApi or \'domainMapping\' of a stage, or acknowledge this '
        + 'warning if the mapping is made elsewhere.';
    },
  }),
];
