/**
 * The types of authorizers of HTTP APIs. WebSocket APIs have the first one only.
 *
 * @see https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-authorizers.html
 */
export const AUTHORIZER_TYPES = ['REQUEST', 'JWT'] as const;

/** The longest time in seconds that the result of an authorizer is cached. */
export const MAX_AUTHORIZER_TTL = 3600;

/**
 * Where an authorizer may take what identifies a caller from, by protocol. API Gateway names the pattern of WebSocket
 * APIs when it refuses another one.
 */
export const IDENTITY_SOURCES = {
  HTTP: {
    pattern: /^(\$\{.+\}|\$(request\.(header|querystring)|context|stageVariables)\..+)$/,
    documented: [
      '$request.header.<name>', '$request.querystring.<name>', '$context.<name>', '$stageVariables.<name>',
    ],
    example: '$request.header.Authorization',
  },
  WEBSOCKET: {
    pattern: /^(route\.request\.(header|querystring)|context|stageVariables)\.[a-zA-Z0-9._-]+$/,
    documented: [
      'route.request.header.<name>', 'route.request.querystring.<name>', 'context.<name>', 'stageVariables.<name>',
    ],
    example: 'route.request.header.Authorization',
  },
} as const;
