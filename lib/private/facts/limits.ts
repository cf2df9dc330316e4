/** The shortest timeout of an integration, in milliseconds. */
export const MIN_TIMEOUT = 50;

/**
 * The longest timeout of an integration in milliseconds, by protocol. Neither can be raised.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-execution-service-websocket-limits-table.html
 */
export const MAX_TIMEOUT = { HTTP: 30_000, WEBSOCKET: 29_000 } as const;

/**
 * The most characters of properties of an integration.
 *
 * @see https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-integrations.html
 */
export const MAX_DESCRIPTION_LENGTH = 1024;
export const MAX_URI_LENGTH = 2048;
export const MAX_MAPPING_VALUE_LENGTH = 512;

/** The quota of a mapping template, in bytes. */
export const MAX_TEMPLATE_BYTES = 300 * 1024;

/**
 * How many of a kind an API has, unless the quota was raised.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html
 */
export const API_QUOTAS = { routes: 300, integrations: 300, stages: 10, authorizers: 10 } as const;

/** The most VPC links of API Gateway v2 in a region of an account, unless the quota was raised. */
export const MAX_VPC_LINKS = 10;

/**
 * The most bytes of the resource policy of a function. The quota cannot be raised.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 */
export const MAX_POLICY_BYTES = 20_480;

/**
 * As many permissions for API Gateway stay below that: a statement has 218 bytes and a Sid of at most 397, so that each
 * source ARN would have to be longer than 660.
 */
export const PERMISSIONS_THAT_FIT = 16;
