import { Token } from 'aws-cdk-lib';
import type { Reached } from '../../../../lib/private/shapes/integration';
import { integrationOf, integrationValues, valuesOf, type RuleValues } from './values';

const TOKEN = Token.asString({ Ref: 'Parameter' });
const ROLE = 'arn:aws:iam::111111111111:role/r';

/** A call of a first-class action. */
interface Call {
  readonly subtype: string;
  readonly parameters: object | string;
}

const integrationFor = ({ subtype, parameters }: Call, reached: Reached = {}, credentials: string | undefined = ROLE) =>
  integrationOf(
    'HTTP',
    {
      IntegrationType: 'AWS_PROXY',
      IntegrationSubtype: subtype,
      RequestParameters: parameters,
      CredentialsArn: credentials,
    },
    { reached },
  );

const send = (parameters: object): Call => ({ subtype: 'SQS-SendMessage', parameters });
const put = (parameters: object): Call => ({ subtype: 'EventBridge-PutEvents', parameters });
const start = (parameters: object): Call => ({ subtype: 'StepFunctions-StartExecution', parameters });
const kinesis = (parameters: object): Call => ({ subtype: 'Kinesis-PutRecord', parameters });
const receive = (parameters: object): Call => ({ subtype: 'SQS-ReceiveMessage', parameters });
const UNHEARD: Call = { subtype: 'New-Action', parameters: { Any: 'x' } };

function calls(rule: string, refused: readonly (readonly [Call, RegExp])[], accepted: readonly Call[]): RuleValues {
  return integrationValues(rule, (call: Call) => integrationFor(call), refused, accepted);
}

const toQueue = (parameters: object, fifo: boolean, deduplicates?: boolean) =>
  integrationFor(send(parameters), { queue: { fifo, deduplicates } });
const ofMachine = (subtype: string, express?: boolean) =>
  integrationFor({ subtype, parameters: {} }, { stateMachine: express === undefined ? undefined : { express } });
const ofAction = (uri: string, express: boolean) =>
  integrationOf(
    'WEBSOCKET',
    { IntegrationType: 'AWS', IntegrationUri: uri },
    { reached: { stateMachine: { express } } },
  );

/** The longest values of parameters. */
const LENGTHS: readonly [string, string, number][] = [
  ['SQS-SendMessage', 'MessageGroupId', 128],
  ['SQS-SendMessage', 'MessageDeduplicationId', 128],
  ['AppConfig-GetConfiguration', 'ClientId', 64],
  ['AppConfig-GetConfiguration', 'ClientConfigurationVersion', 1024],
  ['EventBridge-PutEvents', 'DetailType', 128],
  ['EventBridge-PutEvents', 'Source', 256],
  ['EventBridge-PutEvents', 'TraceHeader', 500],
  ['Kinesis-PutRecord', 'PartitionKey', 256],
  ['StepFunctions-StartExecution', 'Name', 80],
  ['StepFunctions-StartSyncExecution', 'Name', 80],
  ['StepFunctions-StopExecution', 'Error', 256],
];
/** The least and the greatest number of parameters. */
const NUMBERS: readonly [string, string, number, number][] = [
  ['SQS-SendMessage', 'DelaySeconds', 0, 900],
  ['SQS-ReceiveMessage', 'MaxNumberOfMessages', 1, 10],
  ['SQS-ReceiveMessage', 'VisibilityTimeout', 0, 43_200],
  ['SQS-ReceiveMessage', 'WaitTimeSeconds', 0, 20],
];
const lengthsPastLimits = (past: number) => LENGTHS.map(([subtype, parameter, longest]) => (
  { subtype, parameters: { [parameter]: 'x'.repeat(longest + past) } }));
const numbersPastLimits = (past: number) => NUMBERS.flatMap(([subtype, parameter, least, greatest]) =>
  [least - past, greatest + past].map((number) => ({ subtype, parameters: { [parameter]: String(number) } })));

export const serviceValues: RuleValues[] = [
  integrationValues(
    'service-subtype-unknown',
    (subtype: string) => integrationFor({ subtype, parameters: {} }),
    [
      ['SQS-SendMesage', /'subtype' is "SQS-SendMesage", did you mean 'SQS-SendMessage'\?/],
      ['sqs-sendmessage', /did you mean 'SQS-SendMessage'\?/],
      ['SNS-Publish', /is "SNS-Publish", expected one of AppConfig-GetConfiguration,/],
      ['constructor', /is "constructor", expected one of/],
      ['SQS-toString', /is "SQS-toString"/],
      ['', /is ""/],
    ],
    [
      'EventBridge-PutEvents',
      'SQS-SendMessage',
      'SQS-ReceiveMessage',
      'SQS-DeleteMessage',
      'SQS-PurgeQueue',
      'AppConfig-GetConfiguration',
      'Kinesis-PutRecord',
      'StepFunctions-StartExecution',
      'StepFunctions-StartSyncExecution',
      'StepFunctions-StopExecution',
      TOKEN,
    ],
  ),
  valuesOf(
    'integration',
    'service-credentials',
    [
      [
        integrationOf('HTTP', { IntegrationSubtype: 'SQS-PurgeQueue' }),
        /The integration SQS-PurgeQueue has no 'CredentialsArn', expected/,
      ],
    ],
    [
      integrationFor(send({})),
      integrationFor(send({}), {}, TOKEN),
      integrationOf('HTTP', {}),
      integrationFor(send({}), {}, 'arn:aws:iam::*:user/*'),
      integrationOf('HTTP', { IntegrationSubtype: 'New-Action' }),
    ],
  ),
  calls(
    'service-parameter-missing',
    [
      [send({ QueueUrl: 'q' }), /SQS-SendMessage lacks the required parameter 'MessageBody', found 'QueueUrl'/],
      [
        send({}),
        /lacks the required parameters 'QueueUrl', 'MessageBody', found none, expected .* Add them to 'parameterMapping'/,
      ],
      [send({ QueueUrl: 'q', MessageBody: '' }), /lacks the required parameter 'MessageBody'/],
    ],
    [
      send({ QueueUrl: 'q', MessageBody: '$request.body' }),
      send({ QueueUrl: TOKEN, MessageBody: TOKEN }),
      UNHEARD,
      send({ QueueUrl: 'q', [TOKEN]: 'x' }),
      { subtype: 'SQS-SendMessage', parameters: TOKEN },
      { subtype: 'constructor', parameters: {} },
    ],
  ),
  calls(
    'service-parameter-case',
    [[start({ stateMachineArn: 'x' }), /'stateMachineArn', did you mean 'StateMachineArn'\?/]],
    [send({ MessageBody: 'x' }), send({ Other: 'x' })],
  ),
  calls(
    'service-parameter-mapping-key',
    [[send({ 'append:header.x': 'y' }), /maps 'append:header\.x', expected names of its parameters: 'QueueUrl'/]],
    [send({ MessageBody: 'x' })],
  ),
  calls(
    'service-parameter-unknown',
    [
      [send({ Whatever: 'x' }), /has the unknown parameter 'Whatever', expected 'QueueUrl'.* acknowledge this warning\./],
      [send({ One: 'x', Two: 'x' }), /has the unknown parameters 'One', 'Two'/],
    ],
    [send({ MessageBody: 'x', Region: 'eu-west-1' }), send({ messageBody: 'x' }), send({ [TOKEN]: 'x' }), UNHEARD],
  ),
  calls(
    'service-parameter-value',
    [
      [send({ DelaySeconds: '901' }), /'delaySeconds' .* is "901", expected a whole number from 0 to 900/],
      [receive({ MaxNumberOfMessages: '0' }), /from 1 to 10/],
      [kinesis({ PartitionKey: 'x'.repeat(257) }), /1 to 256 characters/],
      [kinesis({ ExplicitHashKey: '01' }), /at most 39 digits/],
      [kinesis({ ExplicitHashKey: '1'.repeat(40) }), /at most 39 digits/],
      [put({ DetailType: 'x'.repeat(129) }), /1 to 128 characters/],
      [start({ Name: 'a b' }), /'executionName' .* is "a b", expected 1 to 80 characters without white space/],
      ...[...'<>{}[]?*"#%\\^|~`&,;:/'].map(
        (sign) => [start({ Name: `a${sign}` }), /expected 1 to 80 characters without/] as const,
      ),
      [start({ Name: 'x'.repeat(81) }), /expected 1 to 80 characters/],
      [
        { subtype: 'StepFunctions-StopExecution', parameters: { Error: 'x'.repeat(257) } },
        /'errorCode' .*0 to 256 characters/,
      ],
      ...lengthsPastLimits(1).map((call) => [call, /to \d+ characters/] as const),
      ...numbersPastLimits(1).map((call) => [call, /a whole number from \d+ to \d+/] as const),
    ],
    [
      ...lengthsPastLimits(0),
      ...numbersPastLimits(0),
      send({ DelaySeconds: '$request.body.delay' }),
      send({ DelaySeconds: TOKEN }),
      kinesis({ PartitionKey: '' }),
      kinesis({ PartitionKey: 'a' }),
      kinesis({ ExplicitHashKey: '0' }),
      kinesis({ ExplicitHashKey: '1'.repeat(39) }),
      start({ Name: 'a' }),
      start({ Name: 'a-b_c.d(1)=@!+é' }),
      start({ Name: '$context.requestId' }),
      UNHEARD,
    ],
  ),
  calls(
    'service-parameter-static-map',
    [
      [
        send({ MessageAttributes: '{"a":{"DataType":"String","StringValue":"b"}}' }),
        /'messageAttributes' is the static JSON/,
      ],
      [send({ MessageSystemAttributes: '{"a":1}' }), /'messageSystemAttributes' is the static JSON/],
    ],
    [
      send({ MessageAttributes: '{"a":{"DataType":"String","StringValue":"${request.header.b}"}}' }),
      send({ MessageAttributes: '$request.body.attributes' }),
      send({ MessageAttributes: TOKEN }),
      send({ MessageBody: '{"a":1}' }),
    ],
  ),
  valuesOf(
    'integration',
    'sqs-fifo',
    [
      [toQueue({}, true), /'MessageGroupId' is missing.*Pass 'messageGroupId'/],
      [toQueue({ MessageGroupId: 'g', DelaySeconds: '1' }, true), /takes no 'delaySeconds'/],
    ],
    [
      toQueue({ DelaySeconds: '1' }, false),
      toQueue({ MessageGroupId: 'g' }, true),
      integrationFor(send({})),
      toQueue({ MessageGroupId: TOKEN }, true),
      integrationFor({ subtype: 'SQS-PurgeQueue', parameters: {} }, { queue: { fifo: true } }),
      integrationFor({ subtype: 'SQS-SendMessage', parameters: TOKEN }, { queue: { fifo: true } }),
    ],
  ),
  valuesOf(
    'integration',
    'sqs-deduplication',
    [
      [
        toQueue({}, true, false),
        /'MessageDeduplicationId' is missing, expected one of the two\. Pass 'messageDeduplicationId'/,
      ],
      [toQueue({ MessageDeduplicationId: 'x' }, false), /'messageDeduplicationId' is sent to a standard queue/],
    ],
    [
      toQueue({}, true, true),
      toQueue({}, true),
      toQueue({ MessageDeduplicationId: 'x' }, true, false),
      toQueue({}, false),
      integrationFor(send({ MessageDeduplicationId: 'x' })),
      integrationFor({ subtype: 'SQS-PurgeQueue', parameters: {} }, { queue: { fifo: true, deduplicates: false } }),
    ],
  ),
  calls(
    'eventbridge-source',
    [[put({ Source: 'aws.s3' }), /'source' is "aws\.s3", expected one that does not start with 'aws\.'/]],
    [
      put({ Source: 'com.example.aws.shop' }),
      put({ Source: 'awsome' }),
      put({ Source: '$request.body.source' }),
      put({ Source: TOKEN }),
      send({ Source: 'aws.s3' }),
    ],
  ),
  calls(
    'eventbridge-detail',
    ['text', '[]', '1', 'null', '"text"', '{'].map(
      (Detail) => [put({ Detail }), /'detail' is .*, expected a JSON object/] as const,
    ),
    [
      put({ Detail: '{}' }),
      put({ Detail: '{"a": [1]}' }),
      put({ Detail: '$request.body' }),
      put({ Detail: TOKEN }),
      put({ Detail: '' }),
      send({ Detail: 'text' }),
    ],
  ),
  valuesOf(
    'integration',
    'state-machine-type',
    [
      [
        ofMachine('StepFunctions-StartSyncExecution', false),
        /STEPFUNCTIONS_START_SYNC_EXECUTION.*Expected an EXPRESS.*StartExecution as 'subtype'/,
      ],
      [ofMachine('StepFunctions-StopExecution', true), /Expected a STANDARD.*another 'subtype'/],
      [ofAction('arn:aws:apigateway:eu-west-1:states:action/StartSyncExecution', false), /Expected an EXPRESS/],
      [ofAction('arn:aws:apigateway:eu-west-1:states:action/StopExecution', true), /Expected a STANDARD/],
    ],
    [
      ofMachine('StepFunctions-StartSyncExecution'),
      ofMachine('StepFunctions-StartExecution', true),
      ofMachine('StepFunctions-StartExecution', false),
      ofMachine('StepFunctions-StopExecution', false),
      ofMachine('StepFunctions-StartSyncExecution', true),
      ofAction('arn:aws:apigateway:eu-west-1:states:action/StartExecution', false),
      ofAction('arn:aws:apigateway:eu-west-1:states:action/StartSyncExecution', true),
    ],
  ),
];
