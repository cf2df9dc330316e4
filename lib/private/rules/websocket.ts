import { MAX_TEMPLATE_BYTES } from '../facts/limits';
import { serviceOfPrefix } from '../facts/services';
import {
  callsService, isProxy, parametersOf, type Integration, type IntegrationUse, type UsingRoute,
} from '../shapes/integration';
import { entriesOf, isGiven, PART, patternOf, quoted, textOf } from '../shapes/values';
import { rule, type OptionRule } from './rule';

const quotedList = (names: readonly string[]) => names.map((name) => `'${name}'`).join(', ');

const INTEGRATIONS = 'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-integrations.html';
const RESPONSES = 'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-integration-responses.html';
const ROUTE_RESPONSES = 'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-route-response.html';
const ROUTES = 'https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-develop-routes.html';
const DATA_MAPPING = 'https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-data-mapping.html';

/** The routes whose keys API Gateway gives a meaning. Neither carries a message, and nothing is returned on them. */
const isConnection = (key: string | undefined) => key === '$connect' || key === '$disconnect';

const isRegExp = (expression: string): boolean => {
  try {
    new RegExp(expression);
    return true;
  } catch {
    return false;
  }
};

/** Whether API Gateway takes a key of an integration response. */
function isResponseKey(key: string): boolean {
  if (key === '$default') { return true; }
  // API Gateway's expressions know more than JavaScript's.
  const expression = key.slice(1, -1).replace(/^\(\?[a-z]+\)/, '').replace(/\\\//g, '');
  const outOfRange = /^-?\d+(\.\d+)?$/.test(expression) && !/^[1-5]\d\d$/.test(expression);
  const isBetweenSlashes = key.startsWith('/') && key.endsWith('/');
  return isBetweenSlashes && expression !== '' && !outOfRange && !expression.includes('/') && isRegExp(expression);
}

/** The keys of the integration responses of an integration; `undefined` for one that is only known at deployment. */
const keysOf = ({ responses }: IntegrationUse) =>
  responses.map(({ properties }) => textOf(properties.IntegrationResponseKey));

const shownKeys = (use: IntegrationUse) =>
  keysOf(use).map((key) => key ?? 'one that is known at deployment').join(', ');

/** Whether something may be sent back to the client on a route. On $connect a response may refuse the connection. */
const mayReturn = ({ key, selects, responses, mayHaveOtherResponses = false }: UsingRoute) =>
  key === undefined || isConnection(key) || selects || responses > 0 || mayHaveOtherResponses;

const DESTINATION = /^integration\.request\.(header|querystring|path)\.[a-zA-Z0-9._$-]+$/;
const SOURCE = new RegExp([
  '^route\\.request\\.(querystring|header|multivaluequerystring|multivalueheader)\\.[a-zA-Z0-9._$-]+$',
  '^route\\.request\\.body(\\.|\\[|$)', '^(stageVariables|context)\\..', '^\'[^]*\'$',
].join('|'));

function requestParameterProblem(destination: string, source: string | undefined): string | undefined {
  if (!DESTINATION.test(destination)) {
    return `The request parameter ${quoted(destination)} has a key that is not documented, expected `
      + '\'integration.request.\' with header.<name>, querystring.<name> or path.<name>. Write for example '
      + '\'integration.request.header.X-Kind\'.';
  }
  if (source === undefined || SOURCE.test(source)) { return undefined; }
  return `The request parameter '${destination}' has the source ${quoted(source)}, expected `
    + 'route.request.header.<name>, route.request.querystring.<name>, route.request.body.<path>, context.<name>, '
    + 'stageVariables.<name> or text in single quotes. Put single quotes around text that is sent as it stands.';
}

/** `arn:aws:apigateway:region:service:action/Name` or `path/...`; Lambda takes the ARN of a function as well. */
const AWS_URI = /^arn:[^:]+:(apigateway:[^:]*:[^:]+:(path|action)\/|lambda:[^:]*:[^:]*:function:)/;

const TEMPLATES = ['RequestTemplates', 'TemplateSelectionExpression', 'PassthroughBehavior'];

/** The templates of an integration that are known. */
function templatesOf({ properties }: Integration): { readonly key: string; readonly template: string }[] {
  return entriesOf(properties.RequestTemplates).flatMap(([key, value]) => {
    const template = textOf(value);
    return template === undefined ? [] : [{ key, template }];
  });
}

/** The templates of an integration, with `PART` for what is only known at deployment. */
const patternsOf = ({ properties }: Integration) =>
  entriesOf(properties.RequestTemplates).map(([, value]) => patternOf(value)).filter((it) => it !== undefined);

/** The body of a message as a template writes it, alone or escaped. */
const BODY = new RegExp([
  String.raw`\$util\.(?:escapeJavaScript|urlEncode)\(\$input\.body\)(?:\.replaceAll\("\\\\'",\s*"'"\))?`,
  String.raw`\$input\.body`,
].join('|'), 'g');

/** What a call of a service has to carry, and a template that fills it in without a message. */
interface Message { readonly field: string; readonly body: RegExp; readonly instead: string }

const NEEDS_MESSAGE: { readonly [service: string]: Message } = {
  sqs: {
    field: 'MessageBody', body: /(^|&)MessageBody=<body>(&|$)/,
    instead: 'Action=SendMessage&MessageBody=$context.connectionId',
  },
  sns: {
    field: 'Message', body: /(^|&)Message=<body>(&|$)/,
    instead: 'Action=Publish&TopicArn=$util.urlEncode(\'TOPIC_ARN\')&Message=$context.connectionId',
  },
  events: {
    field: 'Detail', body: /"Detail"\s*:\s*"<body>"/,
    instead: '{"Entries":[{"EventBusName":"BUS","Source":"$context.apiId","DetailType":"$context.routeKey",'
      + '"Detail":"{\\"connectionId\\":\\"$context.connectionId\\"}"}]}',
  },
  states: {
    field: 'input', body: /"input"\s*:\s*"<body>"/,
    instead: '{"stateMachineArn":"STATE_MACHINE_ARN","input":"{\\"connectionId\\":\\"$context.connectionId\\"}"}',
  },
};

/** The service that an integration of type AWS calls. */
function calledService({ properties }: Integration): string | undefined {
  return /^arn:[^:]+:apigateway:[^:]*:([a-z]+):/.exec(patternOf(properties.IntegrationUri) ?? '')?.[1];
}

/** Whether an action on a FIFO queue or topic is called without a group, as far as the template tells. */
function lacksGroup(template: string): boolean {
  // What is only known at deployment may hold a group, unless it is a value of something else.
  const known = template.replaceAll(`$util.urlEncode('${PART}')`, '');
  const sends = /(^|&)Action=(SendMessage|Publish)(&|$)/.test(known);
  return sends && !known.includes('MessageGroupId') && !known.includes(PART);
}

export const webSocketRules = [
  rule({
    id: 'websocket-route-key',
    severity: 'error',
    kind: 'route',
    protocol: 'WEBSOCKET',
    when: 'The key of a route of a WebSocket API starts with `$` and is not `$connect`, `$disconnect` or `$default`.',
    why: 'API Gateway reserves such keys.',
    fix: 'Use one of the three, or a key that does not start with `$`.',
    source: ROUTES,
    check: ({ path, properties }) => {
      const key = textOf(properties.RouteKey);
      if (!key?.startsWith('$') || ['$connect', '$disconnect', '$default'].includes(key)) { return undefined; }
      return `The key of the route '${path}' is '${key}', expected '$connect', '$disconnect', '$default' or a key that `
        + 'does not start with \'$\'. Rename the route.';
    },
  }),
  rule({
    id: 'websocket-response-key',
    severity: 'error',
    kind: 'integration-response',
    when: 'The key of an integration response is not `$default` or a regular expression between slashes.',
    why: 'API Gateway takes `$default` and regular expressions between slashes only.',
    fix: 'Use a constant of `WebSocketIntegrationResponseKey`, a status code, or an expression such as `40[0-4]`; in a '
      + 'template `/40[0-4]/`.',
    source: RESPONSES,
    check: ({ properties }) => {
      const key = textOf(properties.IntegrationResponseKey);
      if (key === undefined || isResponseKey(key)) { return undefined; }
      return `The key of an integration response is ${quoted(key)}, expected '$default', a status code from 100 to `
        + '599, or a regular expression, in a template between slashes. Use '
        + 'WebSocketIntegrationResponseKey.fromStatusRegExp(), for example with \'40[0-4]\', or write \'/40[0-4]/\'.';
    },
  }),
  rule({
    id: 'websocket-response-key-twice',
    severity: 'error',
    kind: 'twins',
    when: 'Two integration responses of one integration have the same key.',
    why: 'API Gateway refuses the second one at deployment.',
    fix: 'Keep one of them.',
    source: RESPONSES,
    check: ({ of, key }) => of !== 'integration response' ? undefined
      : `Two integration responses have the key '${key}', expected each key once. Keep one of them.`,
  }),
  rule({
    id: 'websocket-proxy-responses',
    severity: 'warning',
    kind: 'integration-use',
    protocol: 'WEBSOCKET',
    when: 'A proxy integration of a WebSocket API has integration responses.',
    why: 'API Gateway accepts them, and they have no effect: a proxy integration returns the answer of the target as '
      + 'it is.',
    fix: 'Pass `proxy: false`, or remove the responses.',
    source: RESPONSES,
    check: (use) => isProxy(use.integration) && use.responses.length > 0
      ? `The proxy integration has integration responses (${shownKeys(use)}), expected none: it returns the answer of `
      + 'the target as it is. Pass \'proxy: false\' to transform answers, or remove them.'
      : undefined,
  }),
  rule({
    id: 'websocket-proxy-templates',
    severity: 'warning',
    kind: 'integration',
    protocol: 'WEBSOCKET',
    about: TEMPLATES,
    when: 'A proxy integration of a WebSocket API has request templates or options for them.',
    why: 'A proxy integration sends the message as it is; templates have no effect.',
    fix: 'Pass `proxy: false`, or remove the options.',
    source: INTEGRATIONS,
    check: (integration) => {
      const given = isProxy(integration) ? TEMPLATES.filter((name) => isGiven(integration.properties[name])) : [];
      return given.length === 0 ? undefined
        : `The proxy integration has ${quotedList(given.map(integration.names))}, expected none of them: it sends the `
          + 'message as it is. Pass \'proxy: false\' to use templates, or remove the options.';
    },
  }),
  rule({
    id: 'route-response',
    severity: 'warning',
    kind: 'route',
    protocol: 'WEBSOCKET',
    when: 'A route of a WebSocket API has a route response selection expression and no route response.',
    why: 'Nothing is returned to the client: it is the route response that returns the answer of the integration.',
    fix: 'Add the route with `returnResponse: true`, or add an `AWS::ApiGatewayV2::RouteResponse` for the key '
      + '`$default`.',
    source: ROUTE_RESPONSES,
    check: ({ properties, responses, mayHaveOtherResponses }) => {
      if (!isGiven(properties.RouteResponseSelectionExpression)) { return undefined; }
      if (responses > 0 || mayHaveOtherResponses) { return undefined; }
      const key = textOf(properties.RouteKey);
      // A key that is only known at deployment may be that of a route which returns nothing.
      if (key === undefined || isConnection(key)) { return undefined; }
      return `The route '${key}' has a RouteResponseSelectionExpression and no RouteResponse, expected a `
        + 'RouteResponse, without which nothing is returned. Add the route with \'returnResponse: true\', which makes '
        + 'both.';
    },
  }),
  rule({
    id: 'websocket-response-not-returned',
    severity: 'warning',
    kind: 'integration-use',
    protocol: 'WEBSOCKET',
    when: 'An integration has integration responses, and no route that uses it returns a response.',
    why: 'Nothing is sent back to the client.',
    fix: 'Add the route with `returnResponse: true`, or remove the responses.',
    source: ROUTE_RESPONSES,
    check: (use) => {
      if (isProxy(use.integration) || use.responses.length === 0 || use.routes.length === 0) { return undefined; }
      if (use.mayHaveOtherRoutes || use.routes.some(mayReturn)) { return undefined; }
      const routes = use.routes.map(({ key }) => key!);
      const [noun, verb] = routes.length === 1 ? ['route', 'returns'] : ['routes', 'return'];
      return `The integration has integration responses (${shownKeys(use)}), but the ${noun} ${quotedList(routes)} `
        + `${verb} none. Expected a route that returns a response. Add the route with 'returnResponse: true', or `
        + 'remove the responses.';
    },
  }),
  rule({
    id: 'websocket-default-response',
    severity: 'warning',
    kind: 'integration-use',
    protocol: 'WEBSOCKET',
    when: 'A route returns the response of a non-proxy integration that has no integration response for `$default`.',
    why: 'An answer that no key matches is an error at run time.',
    fix: 'Add an integration response with `WebSocketIntegrationResponseKey.DEFAULT`.',
    source: RESPONSES,
    says: 'No match for output mapping and no default output mapping configured',
    check: (use) => {
      const type = textOf(use.integration.properties.IntegrationType);
      const keys = keysOf(use);
      if (type === undefined || isProxy(use.integration) || use.mayHaveOtherResponses) { return undefined; }
      if (keys.some((key) => key === '$default' || key === undefined)) { return undefined; }
      const route = use.routes.find(({ key, responses }) => key !== undefined && !isConnection(key) && responses > 0);
      return route === undefined ? undefined
        : `The route '${route.key}' returns the response of an integration with `
          + `${keys.length === 0 ? 'no integration responses' : `the integration responses ${shownKeys(use)}`}, `
          + 'expected one for \'$default\'. Add one with WebSocketIntegrationResponseKey.DEFAULT to '
          + '\'integrationResponses\'.';
    },
  }),
  rule({
    id: 'websocket-no-message',
    severity: 'warning',
    kind: 'integration-use',
    protocol: 'WEBSOCKET',
    when: 'The request template of `$connect` or `$disconnect` sends the body of the message, and nothing else, where '
      + 'the service requires text.',
    why: 'There is no message on these routes, `$input.body` is empty, and Amazon SQS, Amazon SNS, Amazon EventBridge '
      + 'and AWS Step Functions refuse the call.',
    fix: 'Pass `requestTemplates` that write what the service needs, for example from `$context.connectionId`.',
    source: 'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html',
    check: ({ integration, routes }) => {
      const route = routes.find(({ key }) => isConnection(key));
      const service = calledService(integration) ?? '';
      if (route === undefined || integration.properties.IntegrationType !== 'AWS') { return undefined; }
      if (!Object.hasOwn(NEEDS_MESSAGE, service)) { return undefined; }
      const { field, body, instead } = NEEDS_MESSAGE[service];
      const isEmpty = patternsOf(integration).some((template) => body.test(template.replace(BODY, '<body>')));
      if (!isEmpty) { return undefined; }
      const example = `{ $default: ${JSON.stringify(instead)} }`;
      return `The route '${route.key}' carries no message, so the request template sends an empty '${field}', which `
        + 'the service refuses. Expected a template without $input.body. Pass \'requestTemplates\', for example '
        + `${example}.`;
    },
  }),
  rule({
    id: 'websocket-request-parameter',
    severity: 'warning',
    kind: 'integration',
    protocol: 'WEBSOCKET',
    about: ['RequestParameters'],
    when: 'A request parameter of a WebSocket integration has a key or a source that is not documented.',
    why: 'API Gateway refuses the integration or leaves the value out.',
    fix: 'Write for example `{ "integration.request.header.X-Kind": "route.request.body.kind" }`; static text needs '
      + 'single quotes.',
    source: DATA_MAPPING,
    // The parameters of a first-class action, which is refused on a WebSocket API, are judged no further.
    check: (integration) => callsService(integration) ? undefined : parametersOf(integration)
      .flatMap(([destination, source]) => requestParameterProblem(destination, textOf(source)) ?? []),
  }),
  rule({
    id: 'websocket-aws-uri',
    severity: 'error',
    kind: 'integration',
    protocol: 'WEBSOCKET',
    when: 'The URI of an integration of type `AWS` is not that of an action or a path of an AWS service.',
    why: 'API Gateway refuses the integration at deployment.',
    fix: 'Write `arn:aws:apigateway:REGION:SERVICE:action/NAME`, or use the class of the service.',
    source: INTEGRATIONS,
    check: ({ properties, names }) => {
      const uri = properties.IntegrationType === 'AWS' ? textOf(properties.IntegrationUri) : undefined;
      if (uri === undefined || uri.includes('${') || AWS_URI.test(uri)) { return undefined; }
      return `'${names('IntegrationUri')}' is ${quoted(uri)}, expected `
        + '\'arn:PARTITION:apigateway:REGION:SERVICE:action/NAME\' or \'...:path/PATH\'. Write for example '
        + '\'arn:aws:apigateway:us-east-1:dynamodb:action/PutItem\', or use the class of the service.';
    },
  }),
  rule({
    id: 'websocket-mock-status',
    severity: 'warning',
    kind: 'integration',
    protocol: 'WEBSOCKET',
    when: 'A request template of a mock integration has no `statusCode`.',
    why: 'API Gateway chooses the answer of a mock by the status code that the template writes, and fails without one.',
    fix: 'Write `{"statusCode": 200}`.',
    source: INTEGRATIONS,
    check: (integration) => integration.properties.IntegrationType !== 'MOCK' ? undefined
      : templatesOf(integration).filter(({ template }) => !/\bstatusCode\b/.test(template)).map(({ key }) =>
          `The request template '${key}' of the mock has no 'statusCode', expected a JSON object with one. Write for `
          + 'example {"statusCode": 200}.'),
  }),
  rule({
    id: 'websocket-template-size',
    severity: 'error',
    kind: 'integration',
    protocol: 'WEBSOCKET',
    about: ['RequestTemplates'],
    when: 'A request template has more than 300 KB.',
    why: 'That is the quota of API Gateway, and it cannot be raised.',
    fix: 'Shorten the template, or send the message to a function.',
    source: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-execution-service-websocket-limits-table.html',
    check: (integration) => templatesOf(integration).flatMap(({ key, template }) => {
      const bytes = Buffer.byteLength(template);
      return bytes <= MAX_TEMPLATE_BYTES ? []
        : `The request template '${key}' has ${bytes} bytes, expected at most ${MAX_TEMPLATE_BYTES}. `
          + 'Shorten the template, or send the message to a function.';
    }),
  }),
  rule({
    id: 'websocket-vpc-link',
    severity: 'error',
    kind: 'integration',
    protocol: 'WEBSOCKET',
    when: 'A WebSocket integration gets a VPC link of API Gateway v2.',
    why: 'WebSocket APIs reach a VPC through links of version 1 only, whose target is a Network Load Balancer.',
    fix: 'Pass a `VpcLink` of `aws-cdk-lib/aws-apigateway`.',
    source: 'terraform-aws-modules/terraform-aws-apigateway-v2#151',
    check: ({ reached: { vpcLink } }) => vpcLink?.version !== 2 ? undefined
      : `The VPC link '${vpcLink.path()}' is one of API Gateway v2, which WebSocket APIs do not support, expected a `
        + 'link of version 1. Pass a VpcLink of aws-cdk-lib/aws-apigateway, whose target is a Network Load Balancer.',
  }),
  rule({
    id: 'websocket-fifo',
    severity: 'error',
    kind: 'integration',
    protocol: 'WEBSOCKET',
    when: 'The request template sends a message to a FIFO queue or topic without `MessageGroupId`.',
    why: 'The service refuses every message without one.',
    fix: 'Pass `requestTemplates` with `MessageGroupId`, for example `$context.connectionId`.',
    source: 'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html',
    check: (integration) => {
      const { queue, topic } = integration.reached;
      if (!queue?.fifo && !topic?.fifo) { return undefined; }
      const target = queue?.fifo ? 'queue' : 'topic';
      return patternsOf(integration).some(lacksGroup)
        ? `The ${target} is a FIFO ${target}, and the request template sends no MessageGroupId. Expected a template `
        + 'with one. Add for example '
        + '\'&MessageGroupId=$context.connectionId&MessageDeduplicationId=$context.requestId\' to the template, in '
        + '\'requestTemplates\'.'
        : undefined;
    },
  }),
];

/** A table has no template by default: which attributes an item has is known to the user only. */
export const templateRequired: OptionRule<{ readonly given: boolean }> = {
  id: 'websocket-dynamodb-template',
  severity: 'error',
  kind: 'option',
  when: '`WebSocketDynamoDbIntegration` gets no `requestTemplates`.',
  why: 'Only you know which attributes an item or a key has.',
  fix: 'Pass a template that makes the request of the action.',
  source: serviceOfPrefix('dynamodb')!.source,
  check: ({ given }) => given ? undefined
    : 'The integration has no \'requestTemplates\', expected a template that makes the request of the DynamoDB action. '
      + 'Pass one, for example { $default: \'{"TableName": "...", "Item": {"id": {"S": "$context.requestId"}}}\' }, '
      + 'and pass text of the message through $util.escapeJavaScript($input.body).replaceAll("\\\\\'","\'").',
};

export const webSocketOptionRules = [templateRequired];
