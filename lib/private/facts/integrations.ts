/**
 * The values of properties of an integration that the API reference lists.
 *
 * @see https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-integrations.html
 */
export const INTEGRATION_VALUES = {
  IntegrationType: ['AWS', 'AWS_PROXY', 'HTTP', 'HTTP_PROXY', 'MOCK'],
  ConnectionType: ['INTERNET', 'VPC_LINK'],
  PassthroughBehavior: ['WHEN_NO_MATCH', 'WHEN_NO_TEMPLATES', 'NEVER'],
  ContentHandlingStrategy: ['CONVERT_TO_BINARY', 'CONVERT_TO_TEXT'],
} as const;

/** The types of integrations that HTTP APIs do not have. */
export const WEBSOCKET_TYPES: readonly string[] = ['AWS', 'HTTP', 'MOCK'];

/** The properties of an integration that are documented for the other protocol only, beside `IntegrationSubtype`. */
export const FOREIGN_PROPERTIES = {
  HTTP: ['PassthroughBehavior', 'ContentHandlingStrategy', 'RequestTemplates', 'TemplateSelectionExpression'],
  WEBSOCKET: ['ResponseParameters', 'TlsConfig'],
} as const;
