import { runInNewContext } from 'vm';
import { Lazy } from 'aws-cdk-lib';
import {
  areMadeAlike, snapshotOf, type Emitted, type MadeIntegration,
} from '../../../lib/private/shapes/made-integration';
import type { Reached } from '../../../lib/private/shapes/integration';
import { Unknown } from '../../../lib/private/shapes/values';

const tokenOf = (name: string) => Lazy.string({ produce: () => name });

/** Every property, so that one that is added is tried as well. */
const emitted = (): Required<Emitted> => ({
  IntegrationType: 'AWS_PROXY',
  IntegrationSubtype: 'SQS-SendMessage',
  IntegrationUri: `${tokenOf('uri')}/books`,
  IntegrationMethod: 'POST',
  ConnectionType: 'VPC_LINK',
  ConnectionId: tokenOf('link'),
  CredentialsArn: tokenOf('role'),
  PayloadFormatVersion: '1.0',
  RequestParameters: { QueueUrl: tokenOf('queue'), MessageBody: '$request.body' },
  RequestTemplates: { $default: '{}' },
  ResponseParameters: { 200: { ResponseParameters: [{ Destination: 'overwrite:header.a', Source: 'b' }] } },
  TemplateSelectionExpression: '$default',
  PassthroughBehavior: 'NEVER',
  ContentHandlingStrategy: 'CONVERT_TO_TEXT',
  TlsConfig: { ServerNameToVerify: 'example.com' },
  TimeoutInMillis: 1000,
  Description: 'Books',
});

const reached = (): Required<Reached> => ({
  handler: { path: () => tokenOf('path'), seconds: 3, isAwaited: true, region: new Unknown() },
  queue: { fifo: true },
  topic: { fifo: true },
  stateMachine: { express: true },
  listener: { protocol: 'HTTP' },
  instances: () => ({ service: () => 'Shop/Books', instances: [['AWS_INSTANCE_IPV4']] }),
  environment: { account: '111111111111', region: 'eu-west-1' },
  vpcLink: { version: 2, path: () => 'Shop/Link' },
  target: { path: 'Shop/Listener', type: 'AWS::ElasticLoadBalancingV2::Listener', attribute: 'Ref' },
  connection: { path: 'Shop/Link', type: 'AWS::ApiGatewayV2::VpcLink', attribute: 'Ref' },
  internalBalancer: 'Shop/Balancer',
  signedUrl: 'Shop/Url',
  admission: { listener: 'Shop/Listener', port: '80', ofLink: true },
});

const made = (changed: Partial<MadeIntegration> = {}): MadeIntegration => ({
  protocol: 'HTTP', names: (name) => name, environment: { region: 'eu-west-1' }, reached: reached(), emitted: emitted(),
  ...changed,
});

test('integrations that differ in tokens, paths and names only are made alike', () => {
  expect(areMadeAlike(made(), made())).toBe(true);
  expect(areMadeAlike(made(), snapshotOf(made()))).toBe(true);
});

/** Values that each differ from what stands above. */
const OTHERS = [undefined, null, 'other', 2, {}, [], { $default: '{ }' }, new Unknown('other')];

test.each(Object.keys(emitted()))('another %s is told', (property) => {
  for (const other of OTHERS) {
    const changed = made({ emitted: { ...emitted(), [property]: other } });
    expect([areMadeAlike(changed, made()), areMadeAlike(made(), changed)]).toEqual([false, false]);
  }
});

test.each(Object.keys(reached()))('another %s that is reached is told', (property) => {
  for (const other of OTHERS) {
    const changed = made({ reached: { ...reached(), [property]: other } });
    expect([areMadeAlike(changed, made()), areMadeAlike(made(), changed)]).toEqual([false, false]);
  }
});

test.each<[string, Partial<MadeIntegration>]>([
  ['protocol', { protocol: 'WEBSOCKET' }],
  ['region', { environment: { region: 'eu-west-2' } }],
  ['text around a token', { emitted: { ...emitted(), IntegrationUri: `${tokenOf('uri')}/films` } }],
  ['value of a parameter', { emitted: { ...emitted(), RequestParameters: { QueueUrl: 'url', MessageBody: 'body' } } }],
  ['timeout of a function', { reached: { ...reached(), handler: { path: () => '', seconds: 4, isAwaited: true } } }],
])('another %s is told', (_, changed) => {
  expect(areMadeAlike(made(changed), made())).toBe(false);
});

test('a token that is not text is alike to itself only', () => {
  const token = (value: string) => Lazy.any({ produce: () => value }) as unknown as object;
  const withToken = (value: string) => made({ emitted: { ...emitted(), RequestTemplates: token(value) } });
  expect(areMadeAlike(withToken('one'), withToken('two'))).toBe(false);
  const same = withToken('one');
  expect(areMadeAlike(same, snapshotOf(same))).toBe(true);
});

test('what the user changes afterwards is not in the snapshot', () => {
  const parameters = { a: 'b' };
  const snapshot = snapshotOf(made({ emitted: { ...emitted(), RequestParameters: parameters } }));
  parameters.a = 'c';
  expect(snapshot.emitted.RequestParameters).toEqual({ a: 'b' });
});

describe('a map that the user changes afterwards is another', () => {
  test.each<[string, () => { [key: string]: unknown }]>([
    ['without a prototype', () => Object.create(null) as object as Record<string, unknown>],
    ['of a class', () => new (class Templates { [key: string]: unknown })()],
    ['of another realm', () => runInNewContext('({})') as Record<string, unknown>],
  ])('%s', (_, create) => {
    const templates = create();
    templates.$default = '{"statusCode": 200}';
    const withTemplates = () => made({ emitted: { ...emitted(), RequestTemplates: templates } });
    const snapshot = snapshotOf(withTemplates());
    templates.$default = '{}';
    expect(areMadeAlike(withTemplates(), snapshot)).toBe(false);
  });
});

test('a key that every object inherits is told', () => {
  const withTemplates = (templates: object) => made({ emitted: { ...emitted(), RequestTemplates: templates } });
  expect(areMadeAlike(withTemplates({}), withTemplates({ toString: '{}' }))).toBe(false);
});

test('text is no token', () => {
  const withSource = (source: string) => made({ emitted: { ...emitted(), RequestParameters: { source } } });
  expect(areMadeAlike(withSource('\0'), withSource(tokenOf('source')))).toBe(false);
});

test('a token that is a plain object is not looked into', () => {
  const newToken = () => {
    const token: { [field: string]: unknown } = { creationStack: [], resolve: () => ({}) };
    token.owner = { token };
    return token;
  };
  const withToken = () => made({ emitted: { ...emitted(), RequestTemplates: newToken() } });
  expect(areMadeAlike(withToken(), snapshotOf(withToken()))).toBe(false);
});
