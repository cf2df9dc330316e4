import type { Rule } from './rule';
import { isUnresolved } from './unresolved';

/** The request parameters of a first-class service integration, other than `Region`, which all of them take. */
export interface SubtypeParameters {
  readonly required: readonly string[];
  readonly optional: readonly string[];
}

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-aws-services-reference.html */
export const SUBTYPES: { readonly [subtype: string]: SubtypeParameters | undefined } = {
  'EventBridge-PutEvents': { required: ['Detail', 'DetailType', 'Source'], optional: ['Time', 'EventBusName', 'Resources', 'TraceHeader'] },
  'SQS-SendMessage': {
    required: ['QueueUrl', 'MessageBody'],
    optional: ['DelaySeconds', 'MessageAttributes', 'MessageDeduplicationId', 'MessageGroupId', 'MessageSystemAttributes'],
  },
  'SQS-ReceiveMessage': {
    required: ['QueueUrl'],
    optional: ['AttributeNames', 'MaxNumberOfMessages', 'MessageAttributeNames', 'ReceiveRequestAttemptId', 'VisibilityTimeout', 'WaitTimeSeconds'],
  },
  'SQS-DeleteMessage': { required: ['QueueUrl', 'ReceiptHandle'], optional: [] },
  'SQS-PurgeQueue': { required: ['QueueUrl'], optional: [] },
  'AppConfig-GetConfiguration': { required: ['Application', 'Environment', 'Configuration', 'ClientId'], optional: ['ClientConfigurationVersion'] },
  'Kinesis-PutRecord': { required: ['StreamName', 'Data', 'PartitionKey'], optional: ['SequenceNumberForOrdering', 'ExplicitHashKey'] },
  'StepFunctions-StartExecution': { required: ['StateMachineArn'], optional: ['Name', 'Input'] },
  'StepFunctions-StartSyncExecution': { required: ['StateMachineArn'], optional: ['Name', 'Input', 'TraceHeader'] },
  'StepFunctions-StopExecution': { required: ['ExecutionArn'], optional: ['Cause', 'Error'] },
};

/** The parameters of a call of a service: what is sent, by the name of the parameter. */
export interface ServiceCall {
  readonly subtype: string;
  readonly parameters: { readonly [name: string]: string };
}

const names = (list: readonly string[]) => list.map((name) => `'${name}'`).join(', ');

/** The parameters that a known subtype takes. */
function knownParameters(subtype: string): readonly string[] {
  const { required = [], optional = [] } = SUBTYPES[subtype] ?? {};
  return [...required, ...optional, 'Region'];
}

function unknownParameters({ subtype, parameters }: ServiceCall): string[] {
  if (!SUBTYPES[subtype]) { return []; }
  const known = knownParameters(subtype);
  return Object.keys(parameters).filter((name) => !isUnresolved(name) && !known.includes(name));
}

const sameButForCase = (subtype: string, name: string) => knownParameters(subtype).find((known) => known.toLowerCase() === name.toLowerCase());

const MAPPING_KEY = /^(append|overwrite|remove):/i;

const missingParameter: Rule<ServiceCall> = {
  id: 'service-parameter-missing',
  severity: 'error',
  when: 'A parameter mapping of a service integration lacks a parameter that the service action requires.',
  why: 'API Gateway refuses the integration at deployment.',
  fix: 'Add the parameter to the mapping, pass its typed option, or leave the mapping out for the defaults.',
  check: ({ subtype, parameters }) => {
    const missing = SUBTYPES[subtype]?.required.filter((name) => !(name in parameters)) ?? [];
    return missing.length === 0 ? undefined
      : `The integration ${subtype} lacks the required ${missing.length === 1 ? 'parameter' : 'parameters'} ${names(missing)}, found ${names(Object.keys(parameters)) || 'none'}. `
        + `Add ${missing.length === 1 ? 'it' : 'them'} to 'parameterMapping', for example custom('${missing[0]}', '$request.body.${missing[0]}').`;
  },
};

const parameterCase: Rule<ServiceCall> = {
  id: 'service-parameter-case',
  severity: 'error',
  when: 'The name of a service parameter differs from a known one only in upper and lower case.',
  why: 'The names are case-sensitive, and API Gateway refuses the integration at deployment.',
  fix: 'Write the name as the AWS documentation does.',
  check: (call) => {
    const wrong = unknownParameters(call).find((name) => sameButForCase(call.subtype, name));
    return wrong === undefined ? undefined
      : `The integration ${call.subtype} does not know the parameter '${wrong}', did you mean '${sameButForCase(call.subtype, wrong)}'? Names of parameters are case-sensitive.`;
  },
};

const mappingKey: Rule<ServiceCall> = {
  id: 'service-parameter-mapping-key',
  severity: 'error',
  when: 'The parameter mapping of a service integration changes a header, a query string or a path.',
  why: 'The keys are names of service parameters there, and API Gateway refuses the integration at deployment.',
  fix: 'Name the parameters of the service action with `custom`.',
  check: (call) => {
    const wrong = unknownParameters(call).find((name) => MAPPING_KEY.test(name));
    return wrong === undefined ? undefined
      : `The integration ${call.subtype} maps '${wrong}', expected names of its parameters: ${names(knownParameters(call.subtype))}. `
        + 'Headers, query strings and paths cannot be mapped on a service integration; name the parameter with custom().';
  },
};

const unknownParameter: Rule<ServiceCall> = {
  id: 'service-parameter-unknown',
  severity: 'warning',
  when: 'A parameter of a service integration is not one of those that the AWS documentation lists for its action.',
  why: 'API Gateway refuses parameters that it does not know; AWS may have added this one.',
  fix: 'Check the name, or acknowledge the warning.',
  check: (call) => {
    const unknown = unknownParameters(call).filter((name) => !sameButForCase(call.subtype, name) && !MAPPING_KEY.test(name));
    return unknown.length === 0 ? undefined
      : `The integration ${call.subtype} has the unknown ${unknown.length === 1 ? 'parameter' : 'parameters'} ${names(unknown)}, expected ${names(knownParameters(call.subtype))}. `
        + 'Check the spelling; if AWS has added the parameter, acknowledge this warning.';
  },
};

/** What a static value of a parameter has to be like. */
interface ValueRange {
  readonly expected: string;
  readonly accepts: (value: string) => boolean;
}

const wholeNumber = (min: number, max: number): ValueRange => ({
  expected: `a whole number from ${min} to ${max}`, accepts: (value) => /^\d{1,9}$/.test(value) && Number(value) >= min && Number(value) <= max,
});
const characters = (min: number, max: number): ValueRange => ({
  expected: `${min} to ${max} characters`, accepts: (value) => value.length >= min && value.length <= max,
});

const VALUES: { readonly [parameter: string]: ValueRange | undefined } = {
  'SQS-SendMessage.DelaySeconds': wholeNumber(0, 900),
  'SQS-SendMessage.MessageGroupId': characters(1, 128),
  'SQS-SendMessage.MessageDeduplicationId': characters(1, 128),
  'SQS-ReceiveMessage.MaxNumberOfMessages': wholeNumber(1, 10),
  'SQS-ReceiveMessage.VisibilityTimeout': wholeNumber(0, 43_200),
  'SQS-ReceiveMessage.WaitTimeSeconds': wholeNumber(0, 20),
  'Kinesis-PutRecord.PartitionKey': characters(1, 256),
  'Kinesis-PutRecord.ExplicitHashKey': { expected: 'a decimal number of at most 39 digits', accepts: (value) => /^(0|[1-9]\d{0,38})$/.test(value) },
  'EventBridge-PutEvents.DetailType': characters(1, 128),
  'EventBridge-PutEvents.Source': characters(1, 256),
  'StepFunctions-StartExecution.Name': characters(1, 80),
  'StepFunctions-StartSyncExecution.Name': characters(1, 80),
  'StepFunctions-StopExecution.Error': characters(0, 256),
};

/** Whether a value is text that is sent as it stands. */
const isStatic = (value: string) => !isUnresolved(value) && !value.includes('$');

const parameterValue: Rule<ServiceCall> = {
  id: 'service-parameter-value',
  severity: 'error',
  when: 'A static value of a service parameter is outside what the service accepts.',
  why: 'The service refuses every call.',
  fix: 'Pass a value within the range.',
  check: ({ subtype, parameters }) => {
    for (const [name, value] of Object.entries(parameters)) {
      const range = VALUES[`${subtype}.${name}`];
      if (range && isStatic(value) && !range.accepts(value)) {
        return `The parameter '${name}' of the integration ${subtype} is ${JSON.stringify(value)}, expected ${range.expected}. Pass a value within the range.`;
      }
    }
    return undefined;
  },
};

const MAP_PARAMETERS = ['MessageAttributes', 'MessageSystemAttributes'];

const staticMap: Rule<ServiceCall> = {
  id: 'service-parameter-static-map',
  severity: 'error',
  when: '`MessageAttributes` or `MessageSystemAttributes` is JSON without a variable.',
  why: 'API Gateway refuses the integration at deployment with "Invalid selection expression specified".',
  fix: 'Take the value, or a part of it, from the request.',
  check: ({ parameters }) => {
    const name = MAP_PARAMETERS.find((key) => parameters[key] !== undefined && isStatic(parameters[key]));
    return name === undefined ? undefined
      : `The parameter '${name}' is the static JSON ${parameters[name]}, expected a value with a variable of the request. `
        + `Take it from the request, for example '$request.body.${name}', or put a variable such as \${request.header.user-agent} into the JSON.`;
  },
};

/** Judged on the parameters of every service integration. */
export const serviceCallRules = [missingParameter, parameterCase, mappingKey, unknownParameter, parameterValue, staticMap];

/** A typed option beside a parameter mapping. */
export interface TypedParameters {
  readonly subtype: string;
  /** The names of the parameters that were given as options. */
  readonly given: readonly string[];
  /** The names that the mapping has. */
  readonly mapped: readonly string[];
}

export const parameterRepeated: Rule<TypedParameters> = {
  id: 'service-parameter-repeated',
  severity: 'error',
  when: 'A parameter is given both as an option of its own and in the parameter mapping.',
  why: 'Only one of the values can be sent.',
  fix: 'Keep one of the two.',
  check: ({ given, mapped }) => {
    const both = given.filter((name) => mapped.includes(name));
    return both.length === 0 ? undefined
      : `The ${both.length === 1 ? 'parameter' : 'parameters'} ${names(both)} ${both.length === 1 ? 'is' : 'are'} given as an option and in 'parameterMapping', expected one of the two. Remove the option or the key of the mapping.`;
  },
};

export const parameterOfOtherSubtype: Rule<TypedParameters> = {
  id: 'service-parameter-subtype',
  severity: 'error',
  when: 'An option is given for a parameter that the chosen service action does not have.',
  why: 'API Gateway refuses parameters that the action does not know.',
  fix: 'Remove the option, or choose the subtype that it belongs to.',
  check: ({ subtype, given }) => {
    const foreign = SUBTYPES[subtype] ? given.filter((name) => !knownParameters(subtype).includes(name)) : [];
    return foreign.length === 0 ? undefined
      : `The integration ${subtype} has no ${foreign.length === 1 ? 'parameter' : 'parameters'} ${names(foreign)}, expected ${names(knownParameters(subtype))}. Remove the option, or choose another 'subtype'.`;
  },
};

export const subtypeOfService: Rule<{ readonly subtype: string; readonly service: string }> = {
  id: 'service-subtype',
  severity: 'error',
  when: 'The `subtype` belongs to another service than the integration.',
  why: 'The role and the parameters are those of the service of the class.',
  fix: 'Choose a subtype of the service, or the class of the other service.',
  check: ({ subtype, service }) => subtype.startsWith(`${service}-`) ? undefined
    : `Subtype must start with \`${service}-\`. Got \`${subtype}\`. Choose a subtype of ${service}, or the integration class of the other service.`,
};

export const fifoGroup: Rule<{ readonly fifo: boolean; readonly call: ServiceCall }> = {
  id: 'sqs-fifo',
  severity: 'error',
  when: 'A message is sent to a FIFO queue without `MessageGroupId`, or with `DelaySeconds`.',
  why: 'Amazon SQS refuses every message.',
  fix: 'Pass `messageGroupId`, and set the delay on the queue.',
  check: ({ fifo, call: { subtype, parameters } }) => {
    if (!fifo || subtype !== 'SQS-SendMessage') { return undefined; }
    if (!('MessageGroupId' in parameters)) {
      return 'The queue is a FIFO queue, and the parameter \'MessageGroupId\' is missing. Pass \'messageGroupId\', for example MappingValue.requestBody("group").';
    }
    return 'DelaySeconds' in parameters
      ? 'The queue is a FIFO queue, which takes no \'DelaySeconds\' per message. Remove \'delaySeconds\', and set the delay on the queue.' : undefined;
  },
};

export const stateMachineType: Rule<{ readonly subtype: string; readonly express?: boolean }> = {
  id: 'state-machine-type',
  severity: 'error',
  when: 'StartSyncExecution is called on a STANDARD state machine, or StopExecution on an EXPRESS one.',
  why: 'AWS Step Functions refuses every call.',
  fix: 'Choose another subtype, or change the type of the state machine.',
  check: ({ subtype, express }) => {
    if (express === false && subtype === 'StepFunctions-StartSyncExecution') {
      return 'Cannot use subtype `STEPFUNCTIONS_START_SYNC_EXECUTION` with a standard type state machine. Expected an EXPRESS state machine. '
        + 'Choose `STEPFUNCTIONS_START_EXECUTION`, or make the state machine EXPRESS.';
    }
    return express === true && subtype === 'StepFunctions-StopExecution'
      ? 'Cannot use subtype `STEPFUNCTIONS_STOP_EXECUTION` with an express type state machine. Expected a STANDARD state machine. '
      + 'Executions of an EXPRESS state machine cannot be stopped; choose another subtype, or make the state machine STANDARD.' : undefined;
  },
};

export const exactlyOneBus: Rule<number> = {
  id: 'event-bus',
  severity: 'error',
  when: 'Not exactly one of `eventBus` and `eventBusRef` is given.',
  why: 'Events are put on one bus.',
  fix: 'Pass one of the two.',
  check: (given) => given === 1 ? undefined
    : `${given === 0 ? 'Neither \'eventBus\' nor \'eventBusRef\'' : 'Both \'eventBus\' and \'eventBusRef\''} is given, expected exactly one. Pass one of the two.`,
};

export const serviceRole: Rule<{ readonly role: boolean; readonly statements: number }> = {
  id: 'service-role',
  severity: 'error',
  when: '`HttpAwsServiceIntegration` gets neither `role` nor `policyStatements`.',
  why: 'API Gateway calls a service with a role, and refuses the integration without one.',
  fix: 'Pass `policyStatements` for a role that is made for you, or `role`.',
  check: ({ role, statements }) => role || statements > 0 ? undefined
    : 'Neither \'role\' nor \'policyStatements\' is given, expected at least one. Pass the statements that the call needs, or a role that has them.',
};

export const serviceRules: Rule<never>[] = [
  ...serviceCallRules, parameterRepeated, parameterOfOtherSubtype, subtypeOfService, fifoGroup, stateMachineType, exactlyOneBus, serviceRole,
];
