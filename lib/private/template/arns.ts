import { groupBy, oncePerApp, type DeployedTemplate, type Evaluator, type Located } from './evaluator';
import { replaceSymbols, sameText, type Text } from './text';

/** How the ARN of a resource is put together. */
interface ArnFormat {
  readonly service: string;
  /** What stands before the name. */
  readonly prefix: string;
  /** The attributes that are the ARN. */
  readonly arns: readonly string[];
  /** The attributes that are the name. */
  readonly names: readonly string[];
  /** The property that sets the name. */
  readonly property: string;
}

const FORMATS: { readonly [type: string]: ArnFormat | undefined } = {
  'AWS::DynamoDB::Table': { service: 'dynamodb', prefix: 'table/', arns: ['Arn'], names: ['Ref'], property: 'TableName' },
  'AWS::Events::EventBus': { service: 'events', prefix: 'event-bus/', arns: ['Arn'], names: ['Name', 'Ref'], property: 'Name' },
  'AWS::Kinesis::Stream': { service: 'kinesis', prefix: 'stream/', arns: ['Arn'], names: ['Ref'], property: 'Name' },
  'AWS::Lambda::Function': { service: 'lambda', prefix: 'function:', arns: ['Arn'], names: ['Ref'], property: 'FunctionName' },
  'AWS::SNS::Topic': { service: 'sns', prefix: '', arns: ['Ref', 'TopicArn'], names: ['TopicName'], property: 'TopicName' },
  'AWS::SQS::Queue': { service: 'sqs', prefix: '', arns: ['Arn'], names: ['QueueName'], property: 'QueueName' },
  'AWS::StepFunctions::StateMachine': { service: 'states', prefix: 'stateMachine:', arns: ['Arn', 'Ref'], names: ['Name'], property: 'StateMachineName' },
};

const pseudo = (app: Evaluator, stack: DeployedTemplate, name: string) => app.text(stack, { Ref: `AWS::${name}` });

/** An ARN in the partition, region and account of a stack, or in others that are named. */
export function formatArn(app: Evaluator, { stack }: Pick<Located, 'stack'>, service: string, rest: Text, region?: Text, account?: Text): Text {
  return `arn:${pseudo(app, stack, 'Partition')}:${service}:${region ?? pseudo(app, stack, 'Region')}:${account ?? pseudo(app, stack, 'AccountId')}:${rest}`;
}

/** The ARN of a resource, as it is referred to, if it is known how. */
export function arnOf(app: Evaluator, resource: Located): Text | undefined {
  const format = FORMATS[resource.type];
  return format && app.attribute(resource, format.arns[0]);
}

/** A text in which the ARNs and names of resources are spelled out, so that a pattern or a name that is written there can be compared with them. */
export function spelled(app: Evaluator, text: Text): Text {
  return replaceSymbols(text, (symbol) => {
    const { resource, attribute } = app.referenceOf(symbol) ?? {};
    if (!resource || !attribute) { return symbol; }
    if (attribute === 'Ref' && isQualified(resource)) {
      const { handler, qualifier } = functionName(app, resource, symbol);
      return `${spelled(app, handler)}:${qualifier}`;
    }
    const format = FORMATS[resource.type];
    const isArn = format?.arns.includes(attribute);
    if (!format || !(isArn || format.names.includes(attribute))) { return symbol; }
    const name = app.property(resource, format.property) ?? app.generatedName(resource);
    return isArn ? formatArn(app, resource, format.service, `${format.prefix}${name}`) : name;
  });
}

/** What a name of a function is about. */
export interface FunctionName {
  /** The ARN of the function; for one that is not in the app what names it. */
  readonly handler: Text;
  /** The version or alias, or nothing. */
  readonly qualifier: Text;
}

const isQualified = ({ type }: Located) => type === 'AWS::Lambda::Alias' || type === 'AWS::Lambda::Version';

/** Reads what names a function: a reference to it, to a version or to an alias, an ARN, a part of one, or the name. */
export function functionName(app: Evaluator, { stack }: Pick<Located, 'stack'>, text: Text): FunctionName {
  const resource = app.referenceOf(text)?.resource;
  if (!resource || !isQualified(resource)) { return plainName(app, stack, text); }
  const qualifier = resource.type === 'AWS::Lambda::Alias' ? app.property(resource, 'Name') : undefined;
  const { handler } = plainName(app, resource.stack, app.property(resource, 'FunctionName') ?? '');
  return { handler, qualifier: qualifier ?? app.attribute(resource, 'Version') };
}

const functionsByName = oncePerApp((app) => groupBy(app.ofType('AWS::Lambda::Function'), (handler) => app.property(handler, 'FunctionName')));

function plainName(app: Evaluator, stack: DeployedTemplate, text: Text): FunctionName {
  const parts = text.split(':');
  // ARN:function:NAME, ACCOUNT:function:NAME or NAME, each with or without a qualifier.
  const at = parts[0] === 'arn' ? 6 : parts[1] === 'function' ? 2 : 0;
  const [name = '', qualifier = ''] = parts.slice(at);
  const [region, account] = at === 6 ? parts.slice(3) : [undefined, at === 2 ? parts[0] : undefined];
  // Functions of one name may be in several places.
  const isThere = (handler: Located) => sameText(region ?? pseudo(app, stack, 'Region'), pseudo(app, handler.stack, 'Region')) !== 'no'
    && sameText(account ?? pseudo(app, stack, 'AccountId'), pseudo(app, handler.stack, 'AccountId')) !== 'no';
  const handler = app.referenceOf(name)?.resource ?? functionsByName(app).get(name)?.find(isThere);
  return { handler: handler ? app.attribute(handler, 'Arn') : parts.slice(0, at + 1).join(':'), qualifier };
}
