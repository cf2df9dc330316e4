import { Duration, Lazy, Token } from 'aws-cdk-lib';
import { integrationNotBound, singleApi } from '../../../lib/private/rules/api';
import {
  lambdaAccessOptions, lambdaPermissionNotAdded, lambdaPolicySize, lambdaTimeout, payloadFormatVersion,
} from '../../../lib/private/rules/lambda';
import type { Rule } from '../../../lib/private/rules/rule';
import { httpUrl, vpcLinkForListener, vpcLinkForService } from '../../../lib/private/rules/targets';
import {
  exactlyOneBus, fifoGroup, parameterOfOtherSubtype, parameterRepeated, serviceCallRules, serviceRole, stateMachineType, subtypeOfService,
  type ServiceCall,
} from '../../../lib/private/rules/service-parameters';
import { httpTimeout, webSocketTimeout } from '../../../lib/private/rules/timeouts';

/** Facts that a rule objects to, with a part of what it says, and facts that it accepts. */
export interface RuleCase {
  readonly rule: Rule<never>;
  readonly fails: readonly (readonly [facts: unknown, message: RegExp])[];
  readonly passes: readonly unknown[];
}

function ruleCase<Facts>(rule: Rule<Facts>, fails: readonly (readonly [Facts, RegExp])[], passes: readonly Facts[]): RuleCase {
  return { rule: rule as Rule<never>, fails, passes };
}

/** A row for every rule; the test fails when one is missing. */
export const RULE_CASES: RuleCase[] = [
  ruleCase(singleApi,
    [[{ first: 'Stack/One', second: 'Stack/Two' }, /'Stack\/One'.*'Stack\/Two'/]],
    [{ first: 'Stack/One', second: 'Stack/One' }]),
  ruleCase(integrationNotBound,
    [[{ bound: false, attribute: 'integrationId' }, /'integrationId' was read before/]],
    [{ bound: true, attribute: 'integrationId' }]),
  ruleCase(httpTimeout,
    [
      [Duration.millis(49), /between 50 milliseconds and 30 seconds\. Got 49 milliseconds/],
      [Duration.millis(30_001), /Got 30001 milliseconds/],
      [Duration.minutes(1), /Got 60000 milliseconds/],
    ],
    [undefined, Duration.millis(50), Duration.seconds(30), Duration.millis(Lazy.number({ produce: () => 1 }))]),
  ruleCase(webSocketTimeout,
    [
      [Duration.millis(49), /between 50 milliseconds and 29 seconds\. Got 49 milliseconds/],
      [Duration.millis(29_001), /Got 29001 milliseconds/],
    ],
    [undefined, Duration.millis(50), Duration.seconds(29), Duration.millis(Lazy.number({ produce: () => 1 }))]),
  ruleCase(httpUrl,
    [
      ['some-target-url', /"some-target-url", expected a full http:\/\/ or https:\/\/ URL/],
      ['ftp://example.com', /"ftp:/],
      ['https://', /"https:\/\/"/],
      ['https://example.com/a b', /without white space/],
      ['', /""/],
      [`https://example.com/${'x'.repeat(2048)}`, /has 2068 characters, expected at most 2048/],
    ],
    ['https://example.com', 'HTTP://example.com/{proxy}', 'https://${stageVariables.host}/x', '${stageVariables.url}/x',
      `https://${Token.asString({ Ref: 'Host' })}`, Token.asString({ Ref: 'Url' })]),
  ruleCase(vpcLinkForListener,
    [
      [{ kind: 'Application', reachable: false }, /^The vpcLink property must be specified when using an imported Application Listener\./],
      [{ kind: 'Network', reachable: false, loadBalancer: 'Stack/Lb' }, /^The VPC of the load balancer 'Stack\/Lb' is not known/],
    ],
    [{ kind: 'Application', reachable: true }]),
  ruleCase(vpcLinkForService, [[false, /^The vpcLink property is mandatory/]], [true]),
  ruleCase(lambdaAccessOptions,
    [
      [['role', 'credentials'], /'role' and 'credentials' exclude each other/],
      [['permissionScope', 'scopePermissionToRoute'], /'permissionScope' and 'scopePermissionToRoute'/],
    ],
    [[], ['role'], ['permissionScope']]),
  ruleCase(lambdaPolicySize,
    [[{ handler: 'Stack/Fn', statements: statements(100) }, /^The 100 permissions for API Gateway on the function 'Stack\/Fn' need about \d{5} bytes, expected at most 20480/]],
    [{ handler: 'Stack/Fn', statements: statements(40) }, { handler: 'Stack/Fn', statements: [] }]),
  ruleCase(lambdaTimeout,
    [[{ handler: 'Stack/Fn', seconds: 31, integrationMillis: 30_000 }, /'Stack\/Fn' may run for 31 seconds, but the integration waits for 30 seconds/]],
    [{ handler: 'Stack/Fn', seconds: 30, integrationMillis: 30_000 }]),
  ruleCase(payloadFormatVersion, [['3.0', /"3\.0", expected "1\.0" or "2\.0"/]], ['1.0', '2.0', Token.asString({ Ref: 'Version' })]),
  ruleCase(lambdaPermissionNotAdded,
    [
      [{ permitted: false, functionArn: 'arn:aws:lambda:eu-west-1:222222222222:function:f' }, /add-permission --function-name arn:aws:lambda:eu-west-1:222222222222:function:f /],
      [{ permitted: false, functionArn: Token.asString({ Ref: 'Arn' }) }, /--function-name FUNCTION_ARN /],
    ],
    [{ permitted: true, functionArn: 'arn:aws:lambda:eu-west-1:222222222222:function:f' }]),
  callCase('service-parameter-missing',
    [[send({ QueueUrl: 'q' }), /SQS-SendMessage lacks the required parameter 'MessageBody', found 'QueueUrl'/]],
    [send({ QueueUrl: 'q', MessageBody: '$request.body' }), { subtype: 'New-Action', parameters: {} }]),
  callCase('service-parameter-case',
    [[{ subtype: 'StepFunctions-StartExecution', parameters: { stateMachineArn: 'x' } }, /'stateMachineArn', did you mean 'StateMachineArn'\?/]],
    [send({ MessageBody: 'x' }), send({ Other: 'x' })]),
  callCase('service-parameter-mapping-key',
    [[send({ 'append:header.x': 'y' }), /maps 'append:header\.x', expected names of its parameters: 'QueueUrl'/]],
    [send({ MessageBody: 'x' })]),
  callCase('service-parameter-unknown',
    [[send({ Whatever: 'x' }), /has the unknown parameter 'Whatever', expected 'QueueUrl'/]],
    [send({ MessageBody: 'x', Region: 'eu-west-1' }), send({ messageBody: 'x' }), { subtype: 'New-Action', parameters: { Any: 'x' } }]),
  callCase('service-parameter-value',
    [
      [send({ DelaySeconds: '901' }), /'DelaySeconds' .* is "901", expected a whole number from 0 to 900/],
      [{ subtype: 'SQS-ReceiveMessage', parameters: { MaxNumberOfMessages: '0' } }, /from 1 to 10/],
      [{ subtype: 'Kinesis-PutRecord', parameters: { PartitionKey: 'x'.repeat(257) } }, /1 to 256 characters/],
      [{ subtype: 'Kinesis-PutRecord', parameters: { ExplicitHashKey: '01' } }, /at most 39 digits/],
    ],
    [send({ DelaySeconds: '900' }), send({ DelaySeconds: '$request.body.delay' }), send({ DelaySeconds: Token.asString({ Ref: 'Delay' }) })]),
  callCase('service-parameter-static-map',
    [[send({ MessageAttributes: '{"a":{"DataType":"String","StringValue":"b"}}' }), /'MessageAttributes' is the static JSON/]],
    [send({ MessageAttributes: '{"a":{"DataType":"String","StringValue":"${request.header.b}"}}' })]),
  ruleCase(parameterRepeated,
    [[{ subtype: 'SQS-SendMessage', given: ['MessageBody'], mapped: ['MessageBody'] }, /'MessageBody' is given as an option and in/]],
    [{ subtype: 'SQS-SendMessage', given: ['MessageBody'], mapped: ['QueueUrl'] }]),
  ruleCase(parameterOfOtherSubtype,
    [[{ subtype: 'SQS-SendMessage', given: ['ReceiptHandle'], mapped: [] }, /SQS-SendMessage has no parameter 'ReceiptHandle'/]],
    [{ subtype: 'SQS-SendMessage', given: ['MessageBody'], mapped: [] }]),
  ruleCase(subtypeOfService,
    [[{ subtype: 'Kinesis-PutRecord', service: 'SQS' }, /must start with `SQS-`\. Got `Kinesis-PutRecord`/]],
    [{ subtype: 'SQS-PurgeQueue', service: 'SQS' }]),
  ruleCase(fifoGroup,
    [
      [{ fifo: true, call: send({}) }, /'MessageGroupId' is missing/],
      [{ fifo: true, call: send({ MessageGroupId: 'g', DelaySeconds: '1' }) }, /takes no 'DelaySeconds'/],
    ],
    [
      { fifo: false, call: send({ DelaySeconds: '1' }) }, { fifo: true, call: send({ MessageGroupId: 'g' }) },
      { fifo: true, call: { subtype: 'SQS-PurgeQueue', parameters: {} } },
    ]),
  ruleCase(stateMachineType,
    [
      [{ subtype: 'StepFunctions-StartSyncExecution', express: false }, /STEPFUNCTIONS_START_SYNC_EXECUTION.*Expected an EXPRESS/],
      [{ subtype: 'StepFunctions-StopExecution', express: true }, /Expected a STANDARD/],
    ],
    [
      { subtype: 'StepFunctions-StartSyncExecution' }, { subtype: 'StepFunctions-StartExecution', express: true },
      { subtype: 'StepFunctions-StopExecution', express: false },
    ]),
  ruleCase(exactlyOneBus, [[0, /^Neither 'eventBus' nor/], [2, /^Both 'eventBus' and/]], [1]),
  ruleCase(serviceRole,
    [[{ role: false, statements: 0 }, /Neither 'role' nor 'policyStatements'/]],
    [{ role: true, statements: 0 }, { role: false, statements: 1 }]),
];

function send(parameters: Record<string, string>): ServiceCall {
  return { subtype: 'SQS-SendMessage', parameters };
}

function callCase(id: string, fails: readonly (readonly [ServiceCall, RegExp])[], passes: readonly ServiceCall[]): RuleCase {
  return ruleCase(serviceCallRules.find((rule) => rule.id === id)!, fails, passes);
}

function statements(count: number) {
  return Array.from({ length: count }, (_, i) => ({
    sid: `Shop-ApiGETbooks${i}`,
    sourceArn: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':execute-api:', { Ref: 'AWS::Region' }, ':', { Ref: 'AWS::AccountId' }, ':', { Ref: 'Api' }, `/*/*/books/${i}`]] },
  }));
}
