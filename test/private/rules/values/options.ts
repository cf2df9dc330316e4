import { Token } from 'aws-cdk-lib';
import type { RuleValues } from './values';

const FUNCTION_ARN = 'arn:aws:lambda:eu-west-1:222222222222:function:f';

const stripping = (mappings: object) => ({ stripStage: true, parameterMapping: { mappings } });

const vpcWith = (subnets: object = {}) =>
  ({ node: { path: 'Stack/Vpc' }, privateSubnets: [], isolatedSubnets: [], ...subnets });

/** Values of rules on options that leave no trace in a template, as the classes hand them to the rule. */
export const optionValues: RuleValues[] = [
  {
    rule: 'single-api',
    refused: [
      [
        { first: 'Stack/One', second: 'Stack/Two' },
        /^A single integration.*'Stack\/One'.*'Stack\/Two'\. Create .*both may name the same target/,
      ],
      [{ first: 'Stack/Api', second: 'Stack/Api', inTwoApps: true }, /'Stack\/Api' of another app\. /],
    ],
    accepted: [],
  },
  {
    rule: 'integration-not-bound',
    refused: [[{ attribute: 'integrationId' }, /'integrationId' was read before/]],
    accepted: [],
  },
  {
    rule: 'integration-id',
    refused: [
      [{ id: 'Default', hasScope: false }, /'Default', which AWS CDK gives a meaning of its own, expected another one/],
    ],
    accepted: [
      { id: 'default', hasScope: false },
      { id: 'Books', hasScope: false },
      { id: 'DefaultRoute', hasScope: true },
    ],
  },
  {
    rule: 'target-missing',
    refused: [
      [
        { type: 'HttpUrlIntegration', kind: 'argument', name: 'url', value: undefined },
        /'url' of HttpUrlIntegration is undefined, expected/,
      ],
      [
        { type: 'HttpUrlIntegration', kind: 'option', name: 'timeout', value: null, isOptional: true },
        /or leave the option out/,
      ],
    ],
    accepted: [
      { type: 'HttpUrlIntegration', kind: 'argument', name: 'url', value: '' },
      { type: 'HttpUrlIntegration', kind: 'option', name: 'timeout', value: undefined, isOptional: true },
    ],
  },
  {
    rule: 'vpc-link-for-listener',
    refused: [
      [
        { kind: 'Application', reachable: false },
        /^The vpcLink property must be specified when using an imported Application Listener\./,
      ],
      [
        { kind: 'Network', reachable: false, loadBalancer: { node: { path: 'Stack/Lb' } } },
        /^The VPC of the load balancer 'Stack\/Lb' is not known/,
      ],
    ],
    accepted: [{ kind: 'Application', reachable: true }],
  },
  { rule: 'vpc-link-for-service', refused: [[false, /^The vpcLink property is mandatory/]], accepted: [true] },
  {
    rule: 'vpc-link-options',
    refused: [[{ vpcLink: 'link', vpc: 'vpc', subnets: 'subnets' }, /'vpcLink' is given beside 'vpc', 'subnets'/]],
    accepted: [{}, { vpcLink: 'link' }, { vpc: 'vpc', subnets: 'subnets', securityGroups: [], vpcLinkName: 'books' }],
  },
  {
    rule: 'vpc-link-subnets',
    refused: [[vpcWith(), /'Stack\/Vpc' has neither private nor isolated subnets/]],
    accepted: [
      vpcWith({ privateSubnets: ['subnet'] }),
      vpcWith({ isolatedSubnets: ['subnet'] }),
    ],
  },
  {
    rule: 'vpc-link-security-groups',
    refused: [[{ opened: false, option: 'its port' }, /were not opened to the imported listener, expected its port/]],
    accepted: [{ opened: true, option: 'its port' }],
  },
  {
    rule: 'strip-stage',
    refused: [
      [stripping({ 'append:header.a': 'b', 'overwrite:path': '/' }), /'stripStage' is given beside/],
      [stripping({ 'Overwrite:Path': '/' }), /'stripStage' is given beside/],
    ],
    accepted: [
      { ...stripping({ 'overwrite:path': '/' }), stripStage: false },
      stripping({ 'append:header.a': 'b' }),
      { stripStage: true },
    ],
  },
  {
    rule: 'lambda-access-options',
    refused: [
      [['role', 'credentials'], /'role' and 'credentials' exclude each other/],
      [['permissionScope', 'scopePermissionToRoute'], /'permissionScope' and 'scopePermissionToRoute'/],
    ],
    accepted: [[], ['role'], ['permissionScope']],
  },
  {
    rule: 'lambda-permission-not-added',
    refused: [
      [
        { permitted: false, functionArn: FUNCTION_ARN },
        /add-permission --function-name arn:aws:lambda:eu-west-1:222222222222:function:f /,
      ],
      [{ permitted: false, functionArn: Token.asString({ Ref: 'Arn' }) }, /--function-name FUNCTION_ARN /],
    ],
    accepted: [{ permitted: true, functionArn: FUNCTION_ARN }],
  },
  {
    rule: 'service-parameter-repeated',
    refused: [
      [
        { subtype: 'SQS-SendMessage', given: ['MessageBody'], mapped: ['MessageBody'] },
        /'MessageBody' is given as an option and in/,
      ],
      [{ subtype: 'SQS-SendMessage', given: ['A', 'B'], mapped: ['A', 'B'] }, /parameters 'A', 'B' are given/],
    ],
    accepted: [{ subtype: 'SQS-SendMessage', given: ['MessageBody'], mapped: ['QueueUrl'] }],
  },
  {
    rule: 'service-parameter-subtype',
    refused: [
      [
        { subtype: 'SQS-SendMessage', given: ['ReceiptHandle'], mapped: [] },
        /SQS-SendMessage has no parameter 'ReceiptHandle'/,
      ],
    ],
    accepted: [
      { subtype: 'SQS-SendMessage', given: ['MessageBody'], mapped: [] },
      { subtype: 'SQS-NewAction', given: ['ReceiptHandle'], mapped: [] },
    ],
  },
  {
    rule: 'service-subtype',
    refused: [
      [{ subtype: 'Kinesis-PutRecord', service: 'SQS' }, /^Subtype must start with `SQS-`\. Got `Kinesis-PutRecord`/],
    ],
    accepted: [{ subtype: 'SQS-PurgeQueue', service: 'SQS' }],
  },
  {
    rule: 'event-bus',
    refused: [
      [0, /^Neither 'eventBus' nor/],
      [2, /^Both 'eventBus' and/],
    ],
    accepted: [1],
  },
  {
    rule: 'service-role',
    refused: [[{ role: false, statements: 0 }, /Neither 'role' nor 'policyStatements'/]],
    accepted: [
      { role: true, statements: 0 },
      { role: false, statements: 1 },
    ],
  },
  {
    rule: 'role-not-granted',
    refused: [
      [
        { granted: false, role: 'Stack/Role', actions: 'sqs:SendMessage' },
        /'Stack\/Role' is imported and cannot be changed, so sqs:SendMessage was not granted to it, expected a role that can be/,
      ],
    ],
    accepted: [{ granted: true, role: 'Stack/Role', actions: 'sqs:SendMessage' }],
  },
  {
    rule: 'websocket-dynamodb-template',
    refused: [[{ given: false }, /has no 'requestTemplates', expected/]],
    accepted: [{ given: true }],
  },
  {
    rule: 'stage-not-judged',
    refused: [
      [['Beta', 'Prod'], /judges nothing in the stages 'Beta', 'Prod'/],
      [['Beta'], /in the stage 'Beta', expected/],
    ],
    accepted: [[]],
  },
  {
    rule: 'checks-incomplete',
    refused: [['x is not a function', /could not be judged: x is not a function\. Expected/]],
    accepted: [],
  },
];
