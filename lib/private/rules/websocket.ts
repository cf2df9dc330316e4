import type { Rule } from './rule';
import { isUnresolved } from './unresolved';

const quotedList = (names: readonly string[]) => names.map((name) => `'${name}'`).join(', ');

export const responseKey: Rule<string> = {
  id: 'websocket-response-key',
  severity: 'error',
  when: 'The key of an integration response is not a status code from 100 to 599 or a regular expression.',
  why: 'API Gateway takes `$default` and regular expressions between slashes only.',
  fix: 'Use a constant of `WebSocketIntegrationResponseKey`, a status code, or an expression such as `40[0-4]`, without slashes around it.',
  check: (key) => {
    if (isUnresolved(key) || key === '$default') { return undefined; }
    // API Gateway's expressions know more than JavaScript's.
    const expression = key.slice(1, -1).replace(/^\(\?[a-z]+\)/, '').replace(/\\\//g, '');
    const outOfRange = /^-?\d+(\.\d+)?$/.test(expression) && !/^[1-5]\d\d$/.test(expression);
    return expression !== '' && !outOfRange && !expression.includes('/') && isRegExp(expression) ? undefined
      : `The key of an integration response is ${JSON.stringify(key)}, expected '$default', a status code from 100 to 599, or a regular expression. `
        + 'Use WebSocketIntegrationResponseKey.fromStatusRegExp(), for example with \'40[0-4]\', without slashes around it.';
  },
};

function isRegExp(expression: string): boolean {
  try {
    new RegExp(expression);
    return true;
  } catch {
    return false;
  }
}

export const responseKeyTwice: Rule<readonly string[]> = {
  id: 'websocket-response-key-twice',
  severity: 'error',
  when: 'Two integration responses of one integration have the same key.',
  why: 'API Gateway refuses the second one at deployment.',
  fix: 'Keep one of them.',
  check: (keys) => {
    const twice = keys.find((key, i) => keys.indexOf(key) !== i);
    return twice === undefined ? undefined
      : `Two integration responses have the key '${twice}', expected each key once. Keep one of them.`;
  },
};

export const proxyResponses: Rule<readonly string[]> = {
  id: 'websocket-proxy-responses',
  severity: 'error',
  when: 'A proxy integration of a WebSocket API has `integrationResponses`.',
  why: 'API Gateway has none for proxy integrations: they return the answer of the target as it is.',
  fix: 'Pass `proxy: false`, or remove the responses.',
  check: (keys) => keys.length === 0 ? undefined
    : `The proxy integration has 'integrationResponses' (${keys.join(', ')}), expected none: it returns the answer of the target as it is. `
      + 'Pass \'proxy: false\' to transform answers, or remove them.',
};

export const proxyTemplates: Rule<readonly string[]> = {
  id: 'websocket-proxy-templates',
  severity: 'warning',
  when: 'A proxy integration of a WebSocket API has request templates or options for them.',
  why: 'A proxy integration sends the message as it is; templates have no effect.',
  fix: 'Pass `proxy: false`, or remove the options.',
  check: (given) => given.length === 0 ? undefined
    : `The proxy integration has ${quotedList(given)}, expected none of them: it sends the message as it is. Pass 'proxy: false' to use templates, or remove the options.`,
};

/** The routes of an integration and the keys of its responses. */
export interface RoutesOfResponses {
  readonly keys: readonly string[];
  readonly routes: readonly { readonly route: string; readonly key: string; readonly returns: boolean }[];
}

export const responseNotReturned: Rule<RoutesOfResponses> = {
  id: 'websocket-response-not-returned',
  severity: 'warning',
  when: 'An integration has `integrationResponses`, and no route that uses it returns a response.',
  why: 'Nothing is sent back to the client.',
  fix: 'Add the route with `returnResponse: true`, or remove the responses.',
  check: ({ keys, routes }) => keys.length === 0 || routes.some(({ key, returns }) => returns || key === '$connect' || isUnresolved(key)) ? undefined
    : `The integration has 'integrationResponses' (${keys.join(', ')}), but the ${routes.length === 1 ? 'route' : 'routes'} ${quotedList(routes.map(({ key }) => key))} `
      + `${routes.length === 1 ? 'returns' : 'return'} none. Expected a route that returns a response. Add the route with 'returnResponse: true', or remove the responses.`,
};

export const defaultResponse: Rule<RoutesOfResponses> = {
  id: 'websocket-default-response',
  severity: 'warning',
  when: 'A route returns the response of a non-proxy integration that has no integration response for `$default`.',
  why: 'An answer that no key matches is an error at run time: "No match for output mapping and no default output mapping configured".',
  fix: 'Add an integration response with `WebSocketIntegrationResponseKey.DEFAULT`.',
  check: ({ keys, routes }) => {
    const route = routes.find(({ returns }) => returns);
    return route === undefined || keys.some((key) => key === '$default' || isUnresolved(key)) ? undefined
      : `The route '${route.key}' returns the response of an integration with ${keys.length === 0 ? 'no integration responses' : `the integration responses ${keys.join(', ')}`}, `
        + 'expected one for \'$default\'. Add one with WebSocketIntegrationResponseKey.DEFAULT to \'integrationResponses\'.';
  },
};

export const routeKey: Rule<{ readonly route: string; readonly key: string }> = {
  id: 'websocket-route-key',
  severity: 'error',
  when: 'The key of a route of a WebSocket API starts with `$` and is not `$connect`, `$disconnect` or `$default`.',
  why: 'API Gateway keeps such keys for itself.',
  fix: 'Use one of the three, or a key that does not start with `$`.',
  check: ({ route, key }) => !key.startsWith('$') || isUnresolved(key) || ['$connect', '$disconnect', '$default'].includes(key) ? undefined
    : `The key of the route '${route}' is '${key}', expected '$connect', '$disconnect', '$default' or a key that does not start with '$'. Rename the route.`,
};

const DESTINATION = /^integration\.request\.(header|querystring|path)\.[a-zA-Z0-9._$-]+$/;
const SOURCE = new RegExp([
  '^route\\.request\\.(querystring|header|multivaluequerystring|multivalueheader)\\.[a-zA-Z0-9._$-]+$',
  '^route\\.request\\.body(\\.|\\[|$)', '^(stageVariables|context)\\..', '^\'[^]*\'$',
].join('|'));

export const requestParameter: Rule<{ readonly destination: string; readonly source: string }> = {
  id: 'websocket-request-parameter',
  severity: 'warning',
  when: 'A request parameter of a WebSocket integration has a key or a source that is not documented.',
  why: 'API Gateway refuses the integration or leaves the value out.',
  fix: 'Write for example `{ "integration.request.header.X-Kind": "route.request.body.kind" }`; static text stands in single quotes.',
  check: ({ destination, source }) => {
    if (!isUnresolved(destination) && !DESTINATION.test(destination)) {
      return `The request parameter ${JSON.stringify(destination)} has a key that is not documented, expected 'integration.request.' with header.<name>, querystring.<name> or path.<name>. `
        + 'Write for example \'integration.request.header.X-Kind\'.';
    }
    return isUnresolved(source) || SOURCE.test(source) ? undefined
      : `The request parameter '${destination}' has the source ${JSON.stringify(source)}, expected route.request.header.<name>, route.request.querystring.<name>, `
        + 'route.request.body.<path>, context.<name>, stageVariables.<name> or text in single quotes. Put single quotes around text that is sent as it stands.';
  },
};

/** `arn:aws:apigateway:region:service:action/Name` or `path/...`; Lambda takes the ARN of a function as well. */
const AWS_URI = /^arn:[^:]+:(apigateway:[^:]*:[^:]+:(path|action)\/|lambda:[^:]*:[^:]*:function:)/;

export const awsUri: Rule<string> = {
  id: 'websocket-aws-uri',
  severity: 'error',
  when: 'The URI of `WebSocketAwsIntegration` is not that of an action or a path of an AWS service.',
  why: 'API Gateway refuses the integration at deployment.',
  fix: 'Write `arn:aws:apigateway:REGION:SERVICE:action/NAME`, or use the class of the service.',
  check: (uri) => isUnresolved(uri) || uri.includes('${') || AWS_URI.test(uri) ? undefined
    : `The URI of the integration is ${JSON.stringify(uri)}, expected 'arn:PARTITION:apigateway:REGION:SERVICE:action/NAME' or '...:path/PATH'. `
      + 'Write for example \'arn:aws:apigateway:us-east-1:dynamodb:action/PutItem\', or use the class of the service.',
};

export const mockStatus: Rule<{ readonly key: string; readonly template: string }> = {
  id: 'websocket-mock-status',
  severity: 'warning',
  when: 'A request template of a mock integration has no `statusCode`.',
  why: 'API Gateway chooses the answer of a mock by the status code that the template writes, and fails without one.',
  fix: 'Write `{"statusCode": 200}`.',
  check: ({ key, template }) => isUnresolved(template) || /\bstatusCode\b/.test(template) ? undefined
    : `The request template '${key}' of the mock has no 'statusCode', expected a JSON object with one. Write for example {"statusCode": 200}.`,
};

/** The quota of a mapping template, in bytes. */
const MAX_TEMPLATE_SIZE = 300 * 1024;

export const templateSize: Rule<{ readonly key: string; readonly template: string }> = {
  id: 'websocket-template-size',
  severity: 'error',
  when: 'A request template has more than 300 KB.',
  why: 'That is the quota of API Gateway, and it cannot be raised.',
  fix: 'Shorten the template, or send the message to a function.',
  check: ({ key, template }) => isUnresolved(template) || Buffer.byteLength(template) <= MAX_TEMPLATE_SIZE ? undefined
    : `The request template '${key}' has ${Buffer.byteLength(template)} bytes, expected at most ${MAX_TEMPLATE_SIZE}. Shorten the template, or send the message to a function.`,
};

export const vpcLinkVersion: Rule<{ readonly version2: boolean; readonly link: string }> = {
  id: 'websocket-vpc-link',
  severity: 'error',
  when: 'A WebSocket integration gets a VPC link of API Gateway v2.',
  why: 'WebSocket APIs reach a VPC through links of version 1 only, whose target is a Network Load Balancer.',
  fix: 'Pass a `VpcLink` of `aws-cdk-lib/aws-apigateway`.',
  check: ({ version2, link }) => !version2 ? undefined
    : `The VPC link '${link}' is one of API Gateway v2, which WebSocket APIs do not support, expected a link of version 1. `
      + 'Pass a VpcLink of aws-cdk-lib/aws-apigateway, whose target is a Network Load Balancer.',
};

export const templateRequired: Rule<boolean> = {
  id: 'websocket-dynamodb-template',
  severity: 'error',
  when: '`WebSocketDynamoDbIntegration` gets no `requestTemplates`.',
  why: 'Which attributes an item or a key has is known to you only.',
  fix: 'Pass a template that makes the request of the action.',
  check: (given) => given ? undefined
    : 'The integration has no \'requestTemplates\', expected a template that makes the request of the DynamoDB action. '
      + 'Pass one, for example { $default: \'{"TableName": "...", "Item": {"id": {"S": "$context.requestId"}}}\' }.',
};

export const fifoTemplate: Rule<{ readonly fifo: boolean; readonly template: boolean; readonly target: string }> = {
  id: 'websocket-fifo',
  severity: 'error',
  when: 'A message is sent to a FIFO queue or topic with the default request template.',
  why: 'The service refuses every message without `MessageGroupId`, which the default template does not have.',
  fix: 'Pass `requestTemplates` with `MessageGroupId`, for example `$context.connectionId`.',
  check: ({ fifo, template, target }) => !fifo || template ? undefined
    : `The ${target} is a FIFO ${target}, and the default request template sends no MessageGroupId. Expected 'requestTemplates' with one. `
      + 'Add for example \'&MessageGroupId=$context.connectionId&MessageDeduplicationId=$context.requestId\' to the template of the documentation of the class.',
};

export const webSocketRules: Rule<never>[] = [
  routeKey, responseKey, responseKeyTwice, proxyResponses, proxyTemplates, responseNotReturned, defaultResponse, requestParameter, awsUri, mockStatus,
  templateSize, vpcLinkVersion, templateRequired, fifoTemplate,
];
