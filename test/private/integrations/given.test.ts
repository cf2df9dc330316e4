import { Duration } from 'aws-cdk-lib';
import { HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import * as integrations from 'cdk-apigatewayv2-integrations';
import { errorOf, newFunction, newStack } from '../../util';

// What JavaScript without types lets through.
type Constructor = new (...args: unknown[]) => object;
const classes = integrations as unknown as Record<string, Constructor>;

const ARGUMENTS: Record<string, string> = {
  HttpAlbIntegration: 'listener',
  HttpNlbIntegration: 'listener',
  HttpVpcLinkIntegration: 'targetArn',
  HttpServiceDiscoveryIntegration: 'service',
  HttpUrlIntegration: 'url',
  HttpLambdaIntegration: 'handler',
  WebSocketDynamoDbIntegration: 'table',
  WebSocketEventBridgeIntegration: 'eventBus',
  WebSocketHttpIntegration: 'url',
  WebSocketKinesisIntegration: 'stream',
  WebSocketLambdaIntegration: 'handler',
  WebSocketSnsIntegration: 'topic',
  WebSocketSqsIntegration: 'queue',
  WebSocketStepFunctionsIntegration: 'stateMachine',
};
const OPTIONS: Record<string, [arguments: unknown[], options: string[]]> = {
  HttpVpcLinkIntegration: [['arn'], ['vpcLink']],
  HttpSqsIntegration: [[], ['queue']],
  HttpStepFunctionsIntegration: [[], ['stateMachine']],
  HttpKinesisIntegration: [[], ['stream']],
  HttpAppConfigIntegration: [[], ['application', 'environment', 'configuration']],
  HttpAwsServiceIntegration: [[], ['subtype']],
  WebSocketAwsIntegration: [[], ['integrationUri', 'integrationMethod']],
  WebSocketHttpIntegration: [['https://example.com'], ['method']],
};

const MISSING = [undefined, null];

test('every integration is judged', () => {
  const all = Object.keys(classes).filter((name) => name.endsWith('Integration'));
  const withoutTarget = ['HttpEventBridgeIntegration', 'WebSocketMockIntegration'];
  expect([...new Set([...Object.keys(ARGUMENTS), ...Object.keys(OPTIONS), ...withoutTarget])].sort()).toEqual(
    all.sort(),
  );
});

describe.each(MISSING)('%s', (missing) => {
  test.each(Object.entries(ARGUMENTS))('of %s: the argument %s', (name, argument) => {
    expect(errorOf(() => new classes[name]('Books', missing, {}))).toBe(
      `The argument '${argument}' of ${name} is ${missing}, expected a value. `
      + 'Pass one, and check that it is made before the integration. '
      + '(at integration \'Books\') [rule target-missing]',
    );
  });

  test.each(
    Object.entries(OPTIONS).flatMap(([name, [args, options]]) =>
      options.map((option) => ({ name, args, options, option })),
    ),
  )('of $name: the option $option', ({ name, args, options, option }) => {
    const props = { ...Object.fromEntries(options.map((key) => [key, 'given'])), [option]: missing };
    expect(errorOf(() => new classes[name]('Books', ...args, props))).toBe(
      `The option '${option}' of ${name} is ${missing}, expected a value. `
      + 'Pass one, and check that it is made before the integration. '
      + '(at integration \'Books\') [rule target-missing]',
    );
  });

  test.each(['stageVariable', 'aliases'])('of HttpLambdaIntegration.forStageAlias: the option %s', (option) => {
    const create = integrations.HttpLambdaIntegration.forStageAlias as (...args: unknown[]) => unknown;
    const props = { stageVariable: 'alias', aliases: [], [option]: missing };
    expect(errorOf(() => create('Books', newFunction(newStack()), props))).toContain(
      `The option '${option}' of HttpLambdaIntegration is ${missing}`,
    );
  });
});

test.each(Object.keys(classes).filter((name) => name.endsWith('Integration')))('%s: props that are null', (name) => {
  const target = name in ARGUMENTS ? ['given'] : [];
  expect(errorOf(() => new classes[name]('Books', ...target, null))).toContain(
    `The argument 'props' of ${name} is null, expected a value.`,
  );
});

test.each(['HttpSqsIntegration', 'HttpKinesisIntegration', 'WebSocketAwsIntegration'])(
  '%s: props that are left out',
  (name) => {
    expect(errorOf(() => new classes[name]('Books'))).toContain(
      `The argument 'props' of ${name} is undefined, expected a value.`,
    );
  },
);

test('an option that is null', () => {
  expect(errorOf(() => new classes.HttpUrlIntegration('Url', 'https://example.com', { timeout: null }))).toBe(
    'The option \'timeout\' of HttpUrlIntegration is null, expected a value. Pass one, or leave the option out. '
    + '(at integration \'Url\') [rule target-missing]',
  );
});

test('what options inherit is not an option that was given', () => {
  const props = Object.create({ note: null }) as object;
  expect(() => new classes.HttpUrlIntegration('Url', 'https://example.com', props)).not.toThrow();
});

test('what options inherit is not read before it is needed', () => {
  const note = jest.fn();
  const props = Object.create(Object.defineProperty({}, 'note', { get: note, enumerable: true })) as object;
  new classes.HttpUrlIntegration('Url', 'https://example.com', props);
  expect(note).not.toHaveBeenCalled();
});

test('what all objects inherit is no argument', () => {
  Object.defineProperty(Object.prototype, 'note', { value: null, enumerable: true, configurable: true });
  try {
    expect(() => new classes.HttpUrlIntegration('Url', 'https://example.com')).not.toThrow();
  } finally {
    delete (Object.prototype as { note?: unknown }).note;
  }
});

test('an id that is missing', () => {
  expect(errorOf(() => new classes.HttpUrlIntegration(undefined, 'https://example.com'))).toContain(
    'The argument \'id\' of HttpUrlIntegration is undefined',
  );
});

test('a class of the user is called by its name, and options that are undefined are left out', () => {
  class Books extends integrations.HttpUrlIntegration {}
  expect(errorOf(() => new (Books as unknown as Constructor)('Url'))).toContain('\'url\' of Books is undefined');
  const props = { timeout: undefined, description: 'x', method: HttpMethod.GET };
  expect(() => new integrations.HttpUrlIntegration('Url', 'https://example.com', props)).not.toThrow();
  expect(
    () => new integrations.HttpUrlIntegration('Url', 'https://example.com', { timeout: Duration.seconds(1) }),
  ).not.toThrow();
});
