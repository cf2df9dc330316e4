import { FOREIGN_PROPERTIES, INTEGRATION_VALUES, WEBSOCKET_TYPES } from '../facts/integrations';
import { callsService, isPrivate, type Integration } from '../shapes/integration';
import { isGiven, mapOf, quoted, textOf } from '../shapes/values';
import { nearestOf } from './nearest';
import { rule, type Rule } from './rule';

const API_REFERENCE = 'https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-integrations.html';
const URL_PAGE = 'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-http.html';
const TLS_PAGE = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-apigatewayv2-integration-tlsconfig.html';

const PROTOCOL_NAMES = { HTTP: 'an HTTP API', WEBSOCKET: 'a WebSocket API' } as const;

/** A rule on what integrations of a protocol have, which is silent where the protocol is a guess. */
function shapeRule({ check, ...texts }: Omit<Rule<'integration'>, 'kind'>): Rule {
  return rule({
    ...texts,
    kind: 'integration',
    check: (integration) => integration.isProtocolInferred ? undefined : check(integration),
  });
}

const typeOf = ({ properties }: Integration) => textOf(properties.IntegrationType);

/** Whether it invokes a function and returns what the function answers. */
const isLambdaProxy = (integration: Integration) => typeOf(integration) === 'AWS_PROXY' && !callsService(integration);

/** What to write on an HTTP API in place of a type of WebSocket APIs. */
const INSTEAD = new Map([
  ['AWS', 'Write "AWS_PROXY" for a function, as HttpLambdaIntegration does, or with a subtype for a service.'],
  ['HTTP', 'Write "HTTP_PROXY", as HttpUrlIntegration does.'],
  ['MOCK', 'Let a function answer with HttpLambdaIntegration, or remove the route.'],
]);

/** What the URI of an integration names, for one that needs a URI. */
function namedByUri(integration: Integration): string | undefined {
  const type = typeOf(integration);
  if (type === 'HTTP_PROXY' || type === 'HTTP') {
    const isOfListener = integration.protocol === 'HTTP' && isPrivate(integration);
    return isOfListener ? 'the ARN of a listener or of a Cloud Map service' : 'the URL to call';
  }
  if (type === 'AWS_PROXY') { return 'the ARN of a function'; }
  return type === 'AWS' ? 'the URI of an action of a service' : undefined;
}

/** What is wrong with a value that is not listed. */
function valueProblem({ properties, names }: Integration, name: keyof typeof INTEGRATION_VALUES): string | undefined {
  const value = textOf(properties[name]);
  const known: readonly string[] = INTEGRATION_VALUES[name];
  if (value === undefined || known.includes(value)) { return undefined; }
  const meant = nearestOf(value, known);
  const expected = meant === undefined ? `expected one of ${known.join(', ')}.` : `did you mean "${meant}"?`;
  return `'${names(name)}' is ${quoted(value)}, ${expected} Check the value; if AWS has added it, acknowledge this `
    + 'warning.';
}

export const integrationShapeRules = [
  shapeRule({
    id: 'http-integration-type',
    severity: 'error',
    protocol: 'HTTP',
    when: 'An integration of an HTTP API is of the type `AWS`, `HTTP` or `MOCK`.',
    why: 'API Gateway refuses the integration at deployment: only WebSocket APIs have these types.',
    fix: 'Write `AWS_PROXY` for a function or a first-class action, or `HTTP_PROXY` for a URL. The integration classes '
      + 'write the type.',
    source: 'https://github.com/aws/aws-cli/issues/6363',
    says: 'Currently, an API with a protocol type of HTTP may only be associated with proxy integrations '
      + '(AWS_PROXY, HTTP_PROXY)',
    check: (integration) => {
      const type = typeOf(integration);
      if (type === undefined || !WEBSOCKET_TYPES.includes(type)) { return undefined; }
      return `'${integration.names('IntegrationType')}' is ${quoted(type)} on an HTTP API, expected "AWS_PROXY" or `
        + `"HTTP_PROXY". ${INSTEAD.get(type)}`;
    },
  }),
  rule({
    id: 'integration-value-unknown',
    severity: 'warning',
    kind: 'integration',
    when: 'The type of an integration or of its connection, the pass-through behavior, or the content handling is not '
      + 'one of the documented values.',
    why: 'API Gateway refuses values that it does not know; AWS may have added this one.',
    fix: 'Check the value, which is in upper case, or acknowledge the warning. aws-cdk-lib has them in '
      + '`HttpIntegrationType`, `WebSocketIntegrationType`, `HttpConnectionType`, `PassthroughBehavior` and '
      + '`ContentHandling`.',
    source: API_REFERENCE,
    check: (integration) => (Object.keys(INTEGRATION_VALUES) as (keyof typeof INTEGRATION_VALUES)[])
      .flatMap((name) => valueProblem(integration, name) ?? []),
  }),
  shapeRule({
    id: 'payload-format-version-missing',
    severity: 'error',
    protocol: 'HTTP',
    when: 'An integration of an HTTP API has no payload format version.',
    why: 'API Gateway refuses the integration at deployment.',
    fix: 'Write `PayloadFormatVersion` "2.0" or "1.0" for a function, and "1.0" for anything else. '
      + 'The integration classes write it; `HttpIntegration` takes `payloadFormatVersion`.',
    source: API_REFERENCE,
    says: 'PayloadFormatVersion is a required parameter for integration',
    check: (integration) => {
      const { properties, names } = integration;
      const isRefused = WEBSOCKET_TYPES.includes(typeOf(integration) ?? '');
      if (isGiven(properties.PayloadFormatVersion) || isRefused) { return undefined; }
      const expected = isLambdaProxy(integration) ? '"2.0" or "1.0"' : '"1.0"';
      return `'${names('PayloadFormatVersion')}' is missing on an integration of an HTTP API, expected ${expected}. `
        + 'Write it, or use one of the integration classes, which do.';
    },
  }),
  shapeRule({
    id: 'integration-method-missing',
    severity: 'error',
    protocol: 'HTTP',
    when: 'An integration of an HTTP API is of the type `HTTP_PROXY` and has no method.',
    why: 'API Gateway refuses the integration at deployment.',
    fix: 'Write `IntegrationMethod`: a method, or `ANY` for that of the request. The integration classes write it; '
      + '`HttpIntegration` takes `method`.',
    source: 'cdk-preflight 0.0.143',
    says: 'HttpMethod parameter method must be specified for integrationType HTTPPROXY',
    check: (integration) => {
      const { properties, names } = integration;
      const isUrl = typeOf(integration) === 'HTTP_PROXY' && !callsService(integration);
      if (!isUrl || isGiven(properties.IntegrationMethod)) { return undefined; }
      return `'${names('IntegrationMethod')}' is missing on an integration of the type HTTP_PROXY, expected a method. `
        + 'Write for example "ANY", which sends the method of the request, as HttpUrlIntegration does.';
    },
  }),
  shapeRule({
    id: 'lambda-method',
    severity: 'warning',
    when: 'The method of an integration of the type `AWS_PROXY` that invokes a function is not `POST`.',
    why: 'It is the method by which API Gateway calls AWS Lambda, not that of the request. API Gateway was seen to '
      + 'refuse other methods, and with `ANY` to fail at run time.',
    fix: 'Write `POST`, or leave the method out. `HttpLambdaIntegration` leaves it out.',
    source: 'https://github.com/hashicorp/terraform-provider-aws/issues/42391',
    says: 'HttpMethod must be POST for AWS_PROXY IntegrationType',
    check: (integration) => {
      const method = textOf(integration.properties.IntegrationMethod);
      if (!isLambdaProxy(integration) || method === undefined || method === 'POST') { return undefined; }
      return `'${integration.names('IntegrationMethod')}' is ${quoted(method)} on an integration that invokes a `
        + 'function, expected "POST": it is the method by which API Gateway calls AWS Lambda. The function is told the '
        + 'method of the request in any case. Write "POST", or leave it out.';
    },
  }),
  shapeRule({
    id: 'integration-uri-missing',
    severity: 'error',
    when: 'An integration that calls a URL, a function or an action of a service has no URI.',
    why: 'There is nothing to call: API Gateway refuses the integration at deployment.',
    fix: 'Write `IntegrationUri`: the URL, the ARN of the function, or for a private integration the ARN of the '
      + 'listener. The integration classes write it.',
    source: URL_PAGE,
    check: (integration) => {
      const { properties, names } = integration;
      const named = namedByUri(integration);
      if (named === undefined || callsService(integration) || isGiven(properties.IntegrationUri)) { return undefined; }
      const isRefused = integration.protocol === 'HTTP' && WEBSOCKET_TYPES.includes(typeOf(integration)!);
      return isRefused ? undefined
        : `'${names('IntegrationUri')}' is missing on an integration of the type ${typeOf(integration)}, `
          + `expected ${named}. Write it, or use one of the integration classes, which do.`;
    },
  }),
  rule({
    id: 'connection-id-missing',
    severity: 'error',
    kind: 'integration',
    about: ['ConnectionType'],
    when: 'The connection of an integration is of the type `VPC_LINK`, and the id of the link is missing.',
    why: 'API Gateway refuses the integration at deployment.',
    fix: 'Write the id of the link as `ConnectionId`; `HttpIntegration` takes it as `connectionId`. '
      + 'The private integrations take `vpcLink`.',
    source: 'cdk-preflight 0.0.143',
    says: 'ConnectionId must be set to vpcLinkId for ConnectionType VPC_LINK',
    check: (integration) => {
      if (!isPrivate(integration) || isGiven(integration.properties.ConnectionId)) { return undefined; }
      return '\'ConnectionType\' is "VPC_LINK" and \'ConnectionId\' is missing, expected the id of a VPC link. '
        + 'Write for example { "Ref": "VpcLink" }, or pass \'vpcLink\' to an integration for private targets.';
    },
  }),
  rule({
    id: 'service-subtype-type',
    severity: 'error',
    kind: 'integration',
    protocol: 'HTTP',
    when: 'An integration with a first-class action is of the type `HTTP_PROXY`.',
    why: 'API Gateway refuses the integration at deployment.',
    fix: 'Write the type `AWS_PROXY`, or remove the subtype. The classes of the services write both.',
    source: 'cdk-preflight 0.0.143; LocalStack tests that are validated against AWS',
    says: 'Operation: SQS-SendMessage is not supported.',
    check: (integration) => {
      if (typeOf(integration) !== 'HTTP_PROXY' || !callsService(integration)) { return undefined; }
      return `'${integration.names('IntegrationSubtype')}' is given while 'IntegrationType' is "HTTP_PROXY", `
        + 'expected "AWS_PROXY". Write that type, or remove the subtype.';
    },
  }),
  shapeRule({
    id: 'websocket-subtype',
    severity: 'error',
    protocol: 'WEBSOCKET',
    when: 'An integration of a WebSocket API has a first-class action (`IntegrationSubtype`).',
    why: 'Only HTTP APIs have first-class actions. API Gateway refuses the integration at deployment.',
    fix: 'Use the class of the service for WebSocket APIs, such as `WebSocketSqsIntegration`, or write the type `AWS` '
      + 'with the URI of the action.',
    source: API_REFERENCE,
    check: (integration) => !callsService(integration) ? undefined
      : `'${integration.names('IntegrationSubtype')}' is given on a WebSocket API, expected none: only HTTP APIs have `
        + 'first-class actions. Use a class such as WebSocketSqsIntegration, or write the type AWS with the URI of the '
        + 'action.',
  }),
  shapeRule({
    id: 'integration-foreign-property',
    severity: 'warning',
    when: 'An integration of an HTTP API has request templates, a template selection expression, a pass-through '
      + 'behavior or a content handling, or one of a WebSocket API has response parameters or a TLS configuration.',
    why: 'They are documented for the other protocol only: they have no effect, or API Gateway refuses them.',
    fix: 'Remove them. On an HTTP API requests and answers are changed with `parameterMapping` and '
      + '`responseParameterMapping`, on a WebSocket API with templates and integration responses.',
    source: API_REFERENCE,
    check: ({ protocol, properties, names }) => {
      const foreign: readonly string[] = FOREIGN_PROPERTIES[protocol].filter((name) => isGiven(properties[name]));
      const other = protocol === 'HTTP' ? 'WEBSOCKET' : 'HTTP';
      return foreign.length === 0 ? undefined
        : `The integration of ${PROTOCOL_NAMES[protocol]} has ${foreign.map((name) => `'${names(name)}'`).join(', ')}, `
          + `expected on ${PROTOCOL_NAMES[other]} only. Remove ${foreign.length === 1 ? 'it' : 'them'}.`;
    },
  }),
  shapeRule({
    id: 'tls-without-vpc-link',
    severity: 'warning',
    protocol: 'HTTP',
    about: ['TlsConfig'],
    when: 'An integration names a server to verify (`TlsConfig`), and its connection is not a VPC link.',
    why: 'It is for private integrations. A public URL is verified by its host.',
    fix: 'Remove it, or reach the target over a VPC link, where the option is `secureServerName`.',
    source: TLS_PAGE,
    check: ({ properties, names }) => {
      const { ConnectionType: given, TlsConfig: tls } = properties;
      const connection = isGiven(given) ? textOf(given) : 'INTERNET';
      if (connection !== 'INTERNET' || !isGiven(mapOf(tls)?.ServerNameToVerify)) { return undefined; }
      return `'${names('TlsConfig.ServerNameToVerify')}' is given on an integration without a VPC link, expected it on `
        + 'a private integration only. Remove it, or reach the target over a VPC link.';
    },
  }),
];
