import { serviceOfName, SUBTYPES } from '../facts/services';
import { parametersOf, subtypeOf, type Integration } from '../shapes/integration';
import { isGiven, isUnresolved, mapOf, patternOf, quoted, textOf } from '../shapes/values';
import { nearestOf } from './nearest';
import { rule, type OptionRule } from './rule';

const SUBTYPES_PAGE = 'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-aws-services-reference.html';
const SQS_PAGE = 'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html';
const RECORDED = 'https://github.com/localstack/localstack, TestApigatewayV2HttpIntegrationCrud, validated against AWS';

const list = (names: readonly string[]) => names.map((name) => `'${name}'`).join(', ');

/** `parameter` or `parameters`, by how many there are. */
const parameters = ({ length }: readonly string[]) => length === 1 ? 'parameter' : 'parameters';

/** The parameters that a known subtype takes. */
function knownParameters(subtype: string): readonly string[] {
  const { required = [], optional = [] } = SUBTYPES.get(subtype) ?? {};
  return [...required, ...optional, 'Region'];
}

/** A call of a first-class action whose parameters are known. */
interface Call {
  readonly subtype: string;
  readonly names: readonly string[];
  readonly integration: Integration;
}

/** The call of an integration, if it calls an action that is known. */
function callOf(integration: Integration): Call | undefined {
  const subtype = subtypeOf(integration);
  if (subtype === undefined || !SUBTYPES.has(subtype)) { return undefined; }
  return { subtype, names: parametersOf(integration).map(([name]) => name), integration };
}

/** Whether the request parameters of an integration are known, apart from their values. */
const areParametersKnown = ({ properties: { RequestParameters: given } }: Integration) =>
  given === undefined || mapOf(given) !== undefined;

const unknownParameters = ({ subtype, names }: Call) =>
  names.filter((name) => !isUnresolved(name) && !knownParameters(subtype).includes(name));

const sameButForCase = (subtype: string, name: string) =>
  knownParameters(subtype).find((known) => known.toLowerCase() === name.toLowerCase());

const MAPPING_KEY = /^(append|overwrite|remove):/i;

/** The value of a parameter that is sent as it stands. */
function staticValue({ integration }: Call, name: string): string | undefined {
  const [, value] = parametersOf(integration).find(([key]) => key === name) ?? [];
  const text = textOf(value);
  return text === undefined || text.includes('$') ? undefined : text;
}

const parameterName = ({ integration }: Call, name: string) => integration.names(`RequestParameters.${name}`);

/** The action of a call, such as `StartSyncExecution` of AWS Step Functions. */
function actionOf({ properties, protocol }: Integration, name: string, prefix: string): string | undefined {
  if (protocol === 'HTTP') {
    const subtype = textOf(properties.IntegrationSubtype);
    return subtype?.startsWith(`${name}-`) ? subtype.slice(name.length + 1) : undefined;
  }
  const uri = patternOf(properties.IntegrationUri);
  return uri === undefined ? undefined : new RegExp(`:${prefix}:action/(\\w+)$`).exec(uri)?.[1];
}

const MAP_PARAMETERS = ['MessageAttributes', 'MessageSystemAttributes'];

export const serviceRules = [
  rule({
    id: 'service-subtype-unknown',
    severity: 'warning',
    kind: 'integration',
    protocol: 'HTTP',
    about: ['IntegrationSubtype'],
    when: 'The subtype of an integration is not one of the first-class actions that API Gateway offers.',
    why: 'API Gateway refuses subtypes that it does not know; AWS may have added this one.',
    fix: 'Check the name, which is case-sensitive, or acknowledge the warning.',
    source: SUBTYPES_PAGE,
    says: 'Operation: SNS-Publish is not supported.',
    check: (integration) => {
      const subtype = subtypeOf(integration);
      if (subtype === undefined || SUBTYPES.has(subtype)) { return undefined; }
      const meant = nearestOf(subtype, [...SUBTYPES.keys()]);
      const expected = meant === undefined ? `expected one of ${[...SUBTYPES.keys()].join(', ')}.` : 'did you mean '
        + `'${meant}'?`;
      return `'${integration.names('IntegrationSubtype')}' is ${quoted(subtype)}, ${expected} Check the name; if AWS `
        + 'has added the action, acknowledge this warning.';
    },
  }),
  rule({
    id: 'service-credentials',
    severity: 'error',
    kind: 'integration',
    protocol: 'HTTP',
    about: ['IntegrationSubtype'],
    when: 'An integration of a first-class action names no role.',
    why: 'API Gateway calls a service with a role, and refuses the integration without one.',
    fix: 'Name a role in `CredentialsArn`, or use the class of the service, which makes one.',
    source: RECORDED,
    check: (integration) => {
      if (!callOf(integration) || isGiven(integration.properties.CredentialsArn)) { return undefined; }
      return `The integration ${subtypeOf(integration)} has no 'CredentialsArn', expected the ARN of a role that `
        + 'allows the call. Name one, or use the integration class of the service, which makes one.';
    },
  }),
  rule({
    id: 'service-parameter-missing',
    severity: 'error',
    kind: 'integration',
    protocol: 'HTTP',
    about: ['IntegrationSubtype'],
    when: 'A service integration lacks a parameter that the service action requires, or gives it an empty value.',
    why: 'API Gateway refuses the integration at deployment.',
    fix: 'Add the parameter to the mapping, pass its typed option, or leave the mapping out for the defaults.',
    source: SUBTYPES_PAGE,
    check: (integration) => {
      const call = callOf(integration);
      if (!call || !areParametersKnown(integration) || call.names.some(isUnresolved)) { return undefined; }
      const { required } = SUBTYPES.get(call.subtype)!;
      const missing = required.filter((name) => !call.names.includes(name) || staticValue(call, name) === '');
      if (missing.length === 0) { return undefined; }
      return `The integration ${call.subtype} lacks the required ${parameters(missing)} ${list(missing)}, found `
        + `${list(call.names) || 'none'}, expected at least ${list(required)}. Add `
        + `${missing.length === 1 ? 'it' : 'them'} to '${integration.names('RequestParameters')}', for example `
        + `custom('${missing[0]}', '$request.body.${missing[0]}').`;
    },
  }),
  rule({
    id: 'service-parameter-case',
    severity: 'error',
    kind: 'integration',
    protocol: 'HTTP',
    about: ['IntegrationSubtype'],
    when: 'The name of a service parameter differs from a known one only in upper and lower case.',
    why: 'The names are case-sensitive, and API Gateway refuses the integration at deployment.',
    fix: 'Write the name as the AWS documentation does.',
    source: 'https://github.com/aws/aws-cdk/issues/26328',
    says: 'Parameter: stateMachineArn does not fit schema for Operation: StepFunctions-StartSyncExecution.',
    check: (integration) => {
      const call = callOf(integration);
      return (call ? unknownParameters(call) : []).filter((name) => sameButForCase(call!.subtype, name)).map((name) =>
        `The integration ${call!.subtype} does not know the parameter '${name}', did you mean `
        + `'${sameButForCase(call!.subtype, name)}'? Names of parameters are case-sensitive.`);
    },
  }),
  rule({
    id: 'service-parameter-mapping-key',
    severity: 'error',
    kind: 'integration',
    protocol: 'HTTP',
    about: ['IntegrationSubtype'],
    when: 'The parameter mapping of a service integration changes a header, a query string or a path.',
    why: 'The keys are names of service parameters there, and API Gateway refuses the integration at deployment.',
    fix: 'Name the parameters of the service action with `custom`.',
    source: SUBTYPES_PAGE,
    check: (integration) => {
      const call = callOf(integration);
      const wrong = call && unknownParameters(call).find((name) => MAPPING_KEY.test(name));
      return wrong === undefined ? undefined
        : `The integration ${call!.subtype} maps '${wrong}', expected names of its parameters: `
          + `${list(knownParameters(call!.subtype))}. Headers, query strings and paths cannot be mapped on a service `
          + 'integration; name the parameter with custom().';
    },
  }),
  rule({
    id: 'service-parameter-unknown',
    severity: 'warning',
    kind: 'integration',
    protocol: 'HTTP',
    about: ['IntegrationSubtype'],
    when: 'A parameter of a service integration is not one of those that the AWS documentation lists for its action.',
    why: 'API Gateway refuses parameters that it does not know; AWS may have added this one.',
    fix: 'Check the name, or acknowledge the warning.',
    source: SUBTYPES_PAGE,
    check: (integration) => {
      const call = callOf(integration);
      if (!call) { return undefined; }
      const unknown = unknownParameters(call)
        .filter((name) => !sameButForCase(call.subtype, name) && !MAPPING_KEY.test(name));
      return unknown.length === 0 ? undefined
        : `The integration ${call.subtype} has the unknown ${parameters(unknown)} ${list(unknown)}, expected `
          + `${list(knownParameters(call.subtype))}. Check the spelling; if AWS has added the parameter, acknowledge `
          + 'this warning.';
    },
  }),
  rule({
    id: 'service-parameter-value',
    severity: 'error',
    kind: 'integration',
    protocol: 'HTTP',
    about: ['IntegrationSubtype'],
    when: 'A static value of a service parameter is outside what the service accepts.',
    why: 'The service refuses every call.',
    fix: 'Pass a value within the range.',
    source: SUBTYPES_PAGE,
    check: (integration) => {
      const call = callOf(integration);
      if (!call) { return undefined; }
      const { required, values = {} } = SUBTYPES.get(call.subtype)!;
      return Object.entries(values).flatMap(([name, range]) => {
        const value = staticValue(call, name);
        const isMissing = value === '' && required.includes(name);
        if (value === undefined || isMissing || range.accepts(value)) { return []; }
        return `'${parameterName(call, name)}' of the integration ${call.subtype} is ${quoted(value)}, expected `
          + `${range.expected}. Pass a value within the range.`;
      });
    },
  }),
  rule({
    id: 'service-parameter-static-map',
    severity: 'error',
    kind: 'integration',
    protocol: 'HTTP',
    about: ['IntegrationSubtype'],
    when: '`MessageAttributes` or `MessageSystemAttributes` is JSON without a variable.',
    why: 'API Gateway refuses the integration at deployment.',
    fix: 'Take the value, or a part of it, from the request.',
    source: 'https://github.com/hashicorp/terraform-provider-aws/issues/17348',
    says: 'Invalid selection expression specified',
    check: (integration) => {
      const call = callOf(integration);
      const name = MAP_PARAMETERS.find((key) => call && staticValue(call, key));
      return name === undefined ? undefined
        : `'${parameterName(call!, name)}' is the static JSON ${quoted(staticValue(call!, name)!)}, expected a value `
          + `with a variable of the request. Take it from the request, for example '$request.body.${name}', or put a `
          + 'variable such as ${request.header.user-agent} into the JSON.';
    },
  }),
  rule({
    id: 'sqs-fifo',
    severity: 'error',
    kind: 'integration',
    protocol: 'HTTP',
    about: ['IntegrationSubtype'],
    when: 'A message is sent to a FIFO queue without `MessageGroupId`, or with `DelaySeconds`.',
    why: 'Amazon SQS refuses every message.',
    fix: 'Pass `messageGroupId`, and set the delay on the queue.',
    source: SQS_PAGE,
    check: (integration) => {
      const call = callOf(integration);
      if (call?.subtype !== 'SQS-SendMessage' || !integration.reached.queue?.fifo) { return undefined; }
      if (!areParametersKnown(integration)) { return undefined; }
      if (!call.names.includes('MessageGroupId')) {
        return 'The queue is a FIFO queue, and \'MessageGroupId\' is missing, expected it. Pass '
          + `'${parameterName(call, 'MessageGroupId')}', for example MappingValue.requestBody("group").`;
      }
      return call.names.includes('DelaySeconds')
        ? `The queue is a FIFO queue, which takes no '${parameterName(call, 'DelaySeconds')}' per message, expected `
        + 'none. Remove it, and set the delay on the queue.' : undefined;
    },
  }),
  rule({
    id: 'sqs-deduplication',
    severity: 'error',
    kind: 'integration',
    protocol: 'HTTP',
    about: ['IntegrationSubtype'],
    when: 'A message is sent to a FIFO queue without content-based deduplication and without `MessageDeduplicationId`, '
      + 'or with one to a standard queue.',
    why: 'Amazon SQS refuses every message.',
    fix: 'Pass `messageDeduplicationId`, or set `contentBasedDeduplication` on the queue.',
    source: SQS_PAGE,
    check: (integration) => {
      const call = callOf(integration);
      const { queue } = integration.reached;
      if (call?.subtype !== 'SQS-SendMessage' || !queue || !areParametersKnown(integration)) { return undefined; }
      const name = parameterName(call, 'MessageDeduplicationId');
      const isSent = call.names.includes('MessageDeduplicationId');
      if (queue.fifo && queue.deduplicates === false && !isSent) {
        return 'The queue is a FIFO queue without content-based deduplication, and \'MessageDeduplicationId\' is '
          + `missing, expected one of the two. Pass '${name}', for example MappingValue.contextVariable("requestId"), `
          + 'or set \'contentBasedDeduplication\' on the queue.';
      }
      if (queue.fifo || !isSent) { return undefined; }
      return `'${name}' is sent to a standard queue, which takes none, expected a FIFO queue. Remove it, or make the `
        + 'queue a FIFO queue.';
    },
  }),
  rule({
    id: 'eventbridge-source',
    severity: 'error',
    kind: 'integration',
    protocol: 'HTTP',
    about: ['IntegrationSubtype'],
    when: 'The static source of an event starts with `aws.`.',
    why: 'Amazon EventBridge refuses the event with NotAuthorizedForSource, in a response with status 200.',
    fix: 'Choose a source of your own, for example `com.example.shop`.',
    source: 'https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEventsRequestEntry.html',
    says: 'NotAuthorizedForSource',
    check: (integration) => {
      const call = callOf(integration);
      const source = call?.subtype === 'EventBridge-PutEvents' ? staticValue(call, 'Source') : undefined;
      return source?.startsWith('aws.')
        ? `'${parameterName(call!, 'Source')}' is ${quoted(source)}, expected one that does not start with 'aws.', `
        + 'which is for the services of AWS. Choose a source of your own, for example '
        + '\'com.example.shop\'.' : undefined;
    },
  }),
  rule({
    id: 'eventbridge-detail',
    severity: 'error',
    kind: 'integration',
    protocol: 'HTTP',
    about: ['IntegrationSubtype'],
    when: 'The static detail of an event is not a JSON object.',
    why: 'Amazon EventBridge refuses the event with MalformedDetail, in a response with status 200.',
    fix: 'Write a JSON object, or take the detail from the request.',
    source: 'https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEventsRequestEntry.html',
    says: 'MalformedDetail',
    check: (integration) => {
      const call = callOf(integration);
      const detail = call?.subtype === 'EventBridge-PutEvents' ? staticValue(call, 'Detail') : undefined;
      return detail === undefined || detail === '' || isJsonObject(detail) ? undefined
        : `'${parameterName(call!, 'Detail')}' is ${quoted(detail)}, expected a JSON object. Write one, or take it `
          + 'from the request, for example \'$request.body\'.';
    },
  }),
  rule({
    id: 'state-machine-type',
    severity: 'error',
    kind: 'integration',
    when: 'StartSyncExecution is called on a STANDARD state machine, or StopExecution on an EXPRESS one.',
    why: 'AWS Step Functions refuses every call.',
    fix: 'Choose another action, or change the type of the state machine.',
    source: 'https://docs.aws.amazon.com/step-functions/latest/dg/choosing-workflow-type.html',
    check: (integration) => {
      const action = actionOf(integration, 'StepFunctions', 'states');
      const { stateMachine } = integration.reached;
      if (!stateMachine) { return undefined; }
      const option = integration.names(integration.protocol === 'HTTP' ? 'IntegrationSubtype' : 'IntegrationUri');
      if (action === 'StartSyncExecution' && !stateMachine.express) {
        return 'Cannot use subtype `STEPFUNCTIONS_START_SYNC_EXECUTION` with a standard type state machine. Expected '
          + `an EXPRESS state machine. Choose StartExecution as '${option}', or make the state machine EXPRESS.`;
      }
      if (action !== 'StopExecution' || !stateMachine.express) { return undefined; }
      return 'Cannot use subtype `STEPFUNCTIONS_STOP_EXECUTION` with an express type state machine. Expected a '
        + 'STANDARD state machine. Executions of an EXPRESS state machine cannot be stopped; choose another '
        + `'${option}', or make the state machine STANDARD.`;
    },
  }),
];

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

/** A typed option beside a parameter mapping. */
export interface TypedParameters {
  readonly subtype: string;
  /** The names of the parameters that were given as options. */
  readonly given: readonly string[];
  /** The names that the mapping has. */
  readonly mapped: readonly string[];
}

export const parameterRepeated: OptionRule<TypedParameters> = {
  id: 'service-parameter-repeated',
  severity: 'error',
  kind: 'option',
  when: 'A parameter is given both as an option of its own and in the parameter mapping.',
  why: 'Only one of the values can be sent.',
  fix: 'Keep one of the two.',
  source: SUBTYPES_PAGE,
  check: ({ given, mapped }) => {
    const both = given.filter((name) => mapped.includes(name));
    return both.length === 0 ? undefined
      : `The ${parameters(both)} ${list(both)} ${both.length === 1 ? 'is' : 'are'} given as an option and in `
        + '\'parameterMapping\', expected one of the two. Remove the option or the key of the mapping.';
  },
};

export const parameterOfOtherSubtype: OptionRule<TypedParameters> = {
  id: 'service-parameter-subtype',
  severity: 'error',
  kind: 'option',
  when: 'An option is given for a parameter that the chosen service action does not have.',
  why: 'API Gateway refuses parameters that the action does not know.',
  fix: 'Remove the option, or choose the subtype that it belongs to.',
  source: SUBTYPES_PAGE,
  check: ({ subtype, given }) => {
    const foreign = SUBTYPES.has(subtype) ? given.filter((name) => !knownParameters(subtype).includes(name)) : [];
    return foreign.length === 0 ? undefined
      : `The integration ${subtype} has no ${parameters(foreign)} ${list(foreign)}, expected `
        + `${list(knownParameters(subtype))}. Remove the option, or choose another 'subtype'.`;
  },
};

export const subtypeOfService: OptionRule<{ readonly subtype: string; readonly service: string }> = {
  id: 'service-subtype',
  severity: 'error',
  kind: 'option',
  required: true,
  when: 'The `subtype` belongs to another service than the integration.',
  why: 'The role and the parameters are those of the service of the class.',
  fix: 'Choose a subtype of the service, or the class of the other service.',
  source: SUBTYPES_PAGE,
  check: ({ subtype, service }) => subtype.startsWith(`${service}-`) ? undefined
    : `Subtype must start with \`${service}-\`. Got \`${subtype}\`. Choose a subtype of ${service}, or the `
      + 'integration class of the other service.',
};

export const exactlyOneBus: OptionRule<number> = {
  id: 'event-bus',
  severity: 'error',
  kind: 'option',
  required: true,
  when: 'Not exactly one of `eventBus` and `eventBusRef` is given.',
  why: 'Events are put on one bus.',
  fix: 'Pass one of the two.',
  source: serviceOfName('EventBridge')!.source,
  check: (given) => given === 1 ? undefined
    : `${given === 0 ? 'Neither \'eventBus\' nor \'eventBusRef\'' : 'Both \'eventBus\' and \'eventBusRef\''} is `
      + 'given, expected exactly one. Pass one of the two.',
};

export const serviceRole: OptionRule<{ readonly role: boolean; readonly statements: number }> = {
  id: 'service-role',
  severity: 'error',
  kind: 'option',
  when: '`HttpAwsServiceIntegration` gets neither `role` nor `policyStatements`.',
  why: 'The role that is made would be allowed nothing, and every call would fail.',
  fix: 'Pass `policyStatements` for a role that is made for you, or `role`.',
  source: SUBTYPES_PAGE,
  check: ({ role, statements }) => role || statements > 0 ? undefined
    : 'Neither \'role\' nor \'policyStatements\' is given, expected at least one. Pass the statements that the call '
      + 'needs, or a role that has them.',
};

/** Whether a role got what was granted to it, and which actions those are. */
interface Grant { readonly granted: boolean; readonly role: string; readonly actions: string }

export const roleNotGranted: OptionRule<Grant> = {
  id: 'role-not-granted',
  severity: 'warning',
  kind: 'option',
  when: 'The `role` of an integration is imported and cannot be changed, so that nothing was granted to it.',
  why: 'The call fails at run time unless the role has the permissions already.',
  fix: 'Grant the actions where the role is defined, then acknowledge the warning; or import the role as mutable.',
  source: 'https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_iam.Role.html',
  check: ({ granted, role, actions }) => granted ? undefined
    : `The role '${role}' is imported and cannot be changed, so ${actions} was not granted to it, expected a role that `
      + 'can be changed. Grant it where the role is defined, then acknowledge this warning.',
};

export const serviceOptionRules = [
  parameterRepeated, parameterOfOtherSubtype, subtypeOfService, exactlyOneBus, serviceRole, roleNotGranted,
];
