/**
 * The settings of routes of a stage.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-apigatewayv2-stage-routesettings.html
 */
export const ROUTE_SETTINGS: readonly string[] = [
  'DataTraceEnabled', 'DetailedMetricsEnabled', 'LoggingLevel', 'ThrottlingBurstLimit', 'ThrottlingRateLimit',
];

/** Keys that a stage may have settings of, whether or not the API has these routes. */
export const KEYS_WITHOUT_ROUTE: readonly string[] = ['$default', '$connect', '$disconnect'];

/** The levels at which a stage writes execution logs. */
export const LOGGING_LEVELS: readonly string[] = ['ERROR', 'INFO'];

/**
 * The names of stages.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html
 */
export const STAGE_NAME = /^(\$default|[A-Za-z0-9_-]*)$/;
export const MAX_STAGE_NAME_LENGTH = 128;

/**
 * The values of stage variables; whether an empty one is accepted is not documented.
 *
 * @see https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-stages-stagename.html
 */
export const STAGE_VARIABLE_VALUE = /^[A-Za-z0-9\-._~:/?#&=,]*$/;

/** The variables of which the format of an access log has to have one. */
export const REQUEST_ID = /\$context\.(requestId|extendedRequestId)\b/;
