/** Pages of the documentation about parameter mappings of HTTP APIs. */
export const MAPPING_PAGE = 'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-parameter-mapping.html';

/**
 * Headers that API Gateway keeps for itself, in lower case, and prefixes of such headers.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-parameter-mapping.html#http-api-mapping-reserved-headers
 */
export const RESERVED_HEADERS = new Set([
  'authorization', 'connection', 'content-encoding', 'content-length', 'content-location', 'forwarded', 'keep-alive',
  'origin', 'proxy-authenticate', 'proxy-authorization', 'te', 'trailers', 'transfer-encoding', 'upgrade', 'via',
  'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto',
]);
export const RESERVED_HEADER_PREFIXES = ['access-control-', 'apigw-', 'x-amz-', 'x-amzn-'];

/**
 * Names of `$context` variables.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging-variables.html
 */
export const CONTEXT_VARIABLES = new Set([
  'accountId', 'apiId', 'authorizer.error', 'authorizer.principalId', 'awsEndpointRequestId', 'awsEndpointRequestId2',
  'customDomain.basePathMatched', 'dataProcessed', 'domainName', 'domainPrefix', 'error.message', 'error.messageString',
  'error.responseType', 'extendedRequestId', 'httpMethod', 'identity.accountId', 'identity.caller',
  'identity.principalOrgId', 'identity.sourceIp', 'identity.user', 'identity.userAgent', 'identity.userArn',
  'integration.error', 'integration.integrationStatus', 'integration.latency', 'integration.requestId',
  'integration.status', 'integrationErrorMessage', 'integrationLatency', 'integrationStatus', 'path', 'protocol',
  'requestId', 'requestTime', 'requestTimeEpoch', 'responseLatency', 'responseLength', 'routeKey', 'stage', 'status',
]);

/** What an authorizer, a user pool or a client certificate puts there has names of its own. */
export const OPEN_CONTEXT = /^(authorizer\.|identity\.(cognito|clientCert\.))/;
