/** What a static value of a parameter has to be like. */
export interface ValueRange {
  readonly expected: string;
  readonly accepts: (value: string) => boolean;
}

/** An action that API Gateway offers as a first-class integration of HTTP APIs. */
export interface Subtype {
  /** The parameters that are required, in the order in which aws-cdk-lib sends them. */
  readonly required: readonly string[];
  readonly optional: readonly string[];
  /** What static values have to be like, by parameter. */
  readonly values?: { readonly [parameter: string]: ValueRange };
}

/** How the ARN of a resource is put together, and how a template refers to its ARN and its name. */
export interface ArnFormat {
  /** The type of the resource in AWS CloudFormation. */
  readonly type: string;
  /** What stands before the name. */
  readonly prefix: string;
  /** The attributes that are the ARN. */
  readonly arns: readonly string[];
  /** The attributes that are the name. */
  readonly names: readonly string[];
  /** The property that sets the name. */
  readonly property: string;
  /** The property that sets what stands between the prefix and the name, which is a slash without it. */
  readonly path?: string;
  /** Whether the ARN has no region. */
  readonly isGlobal?: boolean;
}

/** What AWS says about a service that API Gateway calls. */
export interface Service {
  /** Where the parameters of its first-class integrations, or its actions, are documented. */
  readonly source: string;
  /** The prefix of its actions in IAM, and the service in its ARNs and in the URIs of WebSocket integrations. */
  readonly prefix: string;
  /** The name that API Gateway gives it in subtypes, if it has any. */
  readonly name?: string;
  /** The subtypes, by what follows the name: `SendMessage` of `SQS-SendMessage`. */
  readonly subtypes?: { readonly [action: string]: Subtype };
  readonly arn?: ArnFormat;
  /** The parameter that names the target, and what it is when the parameter is not sent. */
  readonly target?: { readonly parameter: string; readonly otherwise?: string };
  /** Actions that the action of the same name in IAM permits, which is not so for all. */
  readonly actions: readonly string[];
  /** What the caller needs on a customer managed key of the target, by action. */
  readonly keyActions?: { readonly [action: string]: readonly string[] };
}

const wholeNumber = (min: number, max: number): ValueRange => ({
  expected: `a whole number from ${min} to ${max}`,
  accepts: (value) => /^\d{1,9}$/.test(value) && Number(value) >= min && Number(value) <= max,
});
const characters = (min: number, max: number): ValueRange => ({
  expected: `${min} to ${max} characters`, accepts: (value) => value.length >= min && value.length <= max,
});
const EXECUTION_NAME: ValueRange = {
  expected: '1 to 80 characters without white space, brackets, wildcards or any of "#%\\^|~`$&,;:/',
  accepts: (value) => value.length >= 1 && value.length <= 80 && !/[\s\p{Cc}<>{}[\]?*"#%\\^|~`$&,;:/]/u.test(value),
};

const SUBTYPES_PAGE = 'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-aws-services-reference.html';
const READS_TABLE = ['kms:Decrypt', 'kms:DescribeKey'];
const WRITES_TABLE = [...READS_TABLE, 'kms:Encrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*'];

/** One record for each service. A record and a class make a service. */
export const SERVICES: readonly Service[] = [
  {
    name: 'AppConfig',
    source: `${SUBTYPES_PAGE}#AppConfig-GetConfiguration`,
    prefix: 'appconfig',
    subtypes: {
      GetConfiguration: {
        required: ['Application', 'Environment', 'Configuration', 'ClientId'], optional: ['ClientConfigurationVersion'],
        values: { ClientId: characters(1, 64), ClientConfigurationVersion: characters(1, 1024) },
      },
    },
    actions: ['GetConfiguration'],
  },
  {
    name: 'EventBridge',
    source: `${SUBTYPES_PAGE}#EventBridge-PutEvents`,
    prefix: 'events',
    subtypes: {
      PutEvents: {
        required: ['Detail', 'DetailType', 'Source'], optional: ['Time', 'EventBusName', 'Resources', 'TraceHeader'],
        values: { DetailType: characters(1, 128), Source: characters(1, 256), TraceHeader: characters(1, 500) },
      },
    },
    arn: {
      type: 'AWS::Events::EventBus', prefix: 'event-bus/', arns: ['Arn'], names: ['Name', 'Ref'], property: 'Name',
    },
    target: { parameter: 'EventBusName', otherwise: 'default' },
    actions: ['PutEvents'],
  },
  {
    name: 'Kinesis',
    source: `${SUBTYPES_PAGE}#Kinesis-PutRecord`,
    prefix: 'kinesis',
    subtypes: {
      PutRecord: {
        required: ['StreamName', 'Data', 'PartitionKey'], optional: ['SequenceNumberForOrdering', 'ExplicitHashKey'],
        values: {
          PartitionKey: characters(1, 256),
          ExplicitHashKey: {
            expected: 'a decimal number of at most 39 digits', accepts: (value) => /^(0|[1-9]\d{0,38})$/.test(value),
          },
        },
      },
    },
    arn: { type: 'AWS::Kinesis::Stream', prefix: 'stream/', arns: ['Arn'], names: ['Ref'], property: 'Name' },
    target: { parameter: 'StreamName' },
    actions: ['PutRecord', 'PutRecords'],
    keyActions: { PutRecord: ['kms:GenerateDataKey'] },
  },
  {
    name: 'SQS',
    source: `${SUBTYPES_PAGE}#SQS-SendMessage`,
    prefix: 'sqs',
    subtypes: {
      SendMessage: {
        required: ['QueueUrl', 'MessageBody'],
        optional: [
          'DelaySeconds', 'MessageAttributes', 'MessageDeduplicationId', 'MessageGroupId', 'MessageSystemAttributes',
        ],
        values: {
          DelaySeconds: wholeNumber(0, 900),
          MessageGroupId: characters(1, 128),
          MessageDeduplicationId: characters(1, 128),
        },
      },
      ReceiveMessage: {
        required: ['QueueUrl'],
        optional: [
          'AttributeNames', 'MaxNumberOfMessages', 'MessageAttributeNames', 'ReceiveRequestAttemptId',
          'VisibilityTimeout', 'WaitTimeSeconds',
        ],
        values: {
          MaxNumberOfMessages: wholeNumber(1, 10),
          VisibilityTimeout: wholeNumber(0, 43_200),
          WaitTimeSeconds: wholeNumber(0, 20),
        },
      },
      DeleteMessage: { required: ['QueueUrl', 'ReceiptHandle'], optional: [] },
      PurgeQueue: { required: ['QueueUrl'], optional: [] },
    },
    arn: { type: 'AWS::SQS::Queue', prefix: '', arns: ['Arn'], names: ['QueueName'], property: 'QueueName' },
    target: { parameter: 'QueueUrl' },
    actions: ['SendMessage', 'ReceiveMessage', 'DeleteMessage', 'PurgeQueue'],
    keyActions: { SendMessage: ['kms:GenerateDataKey', 'kms:Decrypt'], ReceiveMessage: ['kms:Decrypt'] },
  },
  {
    name: 'StepFunctions',
    source: `${SUBTYPES_PAGE}#StepFunctions-StartExecution`,
    prefix: 'states',
    subtypes: {
      StartExecution: { required: ['StateMachineArn'], optional: ['Name', 'Input'], values: { Name: EXECUTION_NAME } },
      StartSyncExecution: {
        required: ['StateMachineArn'], optional: ['Name', 'Input', 'TraceHeader'], values: { Name: EXECUTION_NAME },
      },
      StopExecution: {
        required: ['ExecutionArn'], optional: ['Cause', 'Error'], values: { Error: characters(0, 256) },
      },
    },
    arn: {
      type: 'AWS::StepFunctions::StateMachine', prefix: 'stateMachine:', arns: ['Arn', 'Ref'], names: ['Name'],
      property: 'StateMachineName',
    },
    target: { parameter: 'StateMachineArn' },
    actions: ['StartExecution', 'StartSyncExecution', 'StopExecution', 'DescribeExecution'],
    keyActions: { StartSyncExecution: ['kms:Decrypt'] },
  },
  {
    source: 'https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Operations.html',
    prefix: 'dynamodb',
    arn: { type: 'AWS::DynamoDB::Table', prefix: 'table/', arns: ['Arn'], names: ['Ref'], property: 'TableName' },
    actions: ['PutItem', 'GetItem', 'UpdateItem', 'DeleteItem', 'Query', 'Scan', 'BatchGetItem', 'BatchWriteItem'],
    keyActions: {
      GetItem: READS_TABLE,
      Query: READS_TABLE,
      PutItem: WRITES_TABLE,
      UpdateItem: WRITES_TABLE,
      DeleteItem: WRITES_TABLE,
    },
  },
  {
    source: 'https://docs.aws.amazon.com/sns/latest/api/API_Operations.html',
    prefix: 'sns',
    arn: {
      type: 'AWS::SNS::Topic', prefix: '', arns: ['Ref', 'TopicArn'], names: ['TopicName'], property: 'TopicName',
    },
    actions: ['Publish'],
    keyActions: { Publish: ['kms:GenerateDataKey', 'kms:Decrypt'] },
  },
];

const BY_NAME = new Map(SERVICES.flatMap((service) => service.name === undefined ? [] : [[service.name, service]]));
const BY_PREFIX = new Map(SERVICES.map((service) => [service.prefix, service]));

/** The service that API Gateway gives a name in subtypes, such as `SQS`. */
export function serviceOfName(name: string): Service | undefined {
  return BY_NAME.get(name);
}

/** The service of a prefix of actions, such as `sqs`. */
export function serviceOfPrefix(prefix: string): Service | undefined {
  return BY_PREFIX.get(prefix);
}

/** The first-class actions by the whole name of the subtype, such as `SQS-SendMessage`. */
export const SUBTYPES: ReadonlyMap<string, Subtype> = new Map(SERVICES.flatMap(({ name, subtypes }) =>
  Object.entries(subtypes ?? {}).map(([action, subtype]) => [`${name}-${action}`, subtype])));

/** The format of an ARN, with the service that stands in it. */
export interface ServiceArn extends ArnFormat {
  readonly service: string;
}

/** The formats of the ARNs of roles and functions, which are no services of integrations. */
const OTHER_ARNS: readonly ServiceArn[] = [
  {
    service: 'iam', type: 'AWS::IAM::Role', prefix: 'role', arns: ['Arn'], names: ['Ref'], property: 'RoleName',
    path: 'Path', isGlobal: true,
  },
  {
    service: 'lambda', type: 'AWS::Lambda::Function', prefix: 'function:', arns: ['Arn'], names: ['Ref'],
    property: 'FunctionName',
  },
];

/** The formats of ARNs by the type of the resource. */
export const ARN_FORMATS: ReadonlyMap<string, ServiceArn> = new Map([
  ...SERVICES.flatMap(({ arn, prefix }) => arn ? [{ ...arn, service: prefix }] : []), ...OTHER_ARNS,
].map((format) => [format.type, format]));

/** What a caller needs on a customer managed key of the target of an action. */
export function keyActionsOf(prefix: string, action: string): readonly string[] {
  const { keyActions = {} } = serviceOfPrefix(prefix) ?? {};
  return Object.hasOwn(keyActions, action) ? keyActions[action] : [];
}
