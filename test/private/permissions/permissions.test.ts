import { mkdtempSync, readdirSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import * as fc from 'fast-check';
import { boundRoutes } from '../../../lib/private/permissions/routes';
import { Evaluator, type DeployedTemplate, type Resource } from '../../../lib/private/template/evaluator';
import { APPS } from '../../parity/apps';
import { OURS } from '../../parity/modules';
import { buildRandomApp, randomApp, RUNS, SEED } from '../../parity/random-app';
import { withoutValidation } from '../../parity/synthesize';
import { findingsOf } from './findings';
import { readApp } from '../template/deployed-templates';

withoutValidation();

const EXAMPLES = join(__dirname, '../../../examples');
const examples = readdirSync(EXAMPLES)
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.slice(0, -'.ts'.length));
const NOTHING = { wrong: [], unknown: [] };

let out: string;
beforeAll(() => { out = mkdtempSync(join(tmpdir(), 'model-')); });
afterAll(() => { rmSync(out, { recursive: true }); });

const synthesized = new Map<string, DeployedTemplate[]>();

function example(name: string): DeployedTemplate[] {
  if (!synthesized.has(name)) {
    process.env.CDK_OUTDIR = join(out, name);
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- an example is a program; loading it runs it
    require(join(EXAMPLES, name));
    synthesized.set(name, readApp(process.env.CDK_OUTDIR));
    delete process.env.CDK_OUTDIR;
  }
  return synthesized.get(name)!;
}

test.each(examples)('example %s: every route may call its function, and every role allows its call and nothing else of '
  + 'the service', (name) => {
  expect(findingsOf(example(name))).toEqual(NOTHING);
});

/** Where the written apps leave permissions to others. */
const EXPECTED: Record<string, Partial<ReturnType<typeof findingsOf>>> = {
  'Lambda: a function of another account': { unknown: [
    'ANY /books', 'GET /books/{id}', 'PUT /books/{id}', 'ANY /files/{proxy+}',
  ].map((key) => `route ${key} may not call its function`) },
  'WebSocket Lambda: a function of another account': {
    unknown: ['$connect', '$disconnect', '$default'].map((key) => `route ${key} may not call its function`),
  },
  // The user brings the role, and nothing is granted to it.
  'WebSocket AWS: only what is required': {
    wrong: [expect.stringMatching(/^integration .* may not call dynamodb:PutItem$/)],
  },
  'WebSocket AWS: every prop': { wrong: [expect.stringMatching(/^integration .* may not call dynamodb:PutItem$/)] },
};

test.each(Object.keys(APPS))('%s: every route may call its target', (name) => {
  expect(findingsOf(readApp(APPS[name](OURS).synth().directory))).toEqual({ ...NOTHING, ...EXPECTED[name] });
});

test(`random apps: every route may call its target (${RUNS} runs, repeat with SEED=<the seed of the failure>)`, () => {
  fc.assert(fc.property(randomApp, (description) => {
    const { wrong, unknown } = findingsOf(readApp(buildRandomApp(description)(OURS).synth().directory));
    // The roles of WebSocket AWS integrations are the user's, and nothing is granted to them.
    expect(wrong.filter((it) => !it.endsWith('may not call dynamodb:PutItem'))).toEqual([]);
    if (description.handlersIn !== 'other account') { expect(unknown).toEqual([]); }
  }), { numRuns: RUNS, seed: SEED });
}, 600_000);

type Resources = [string, Resource][];

/** The app of an example with other resources. */
function withResources(
  name: string, change: (resources: Resources, stack: DeployedTemplate) => Resources,
): DeployedTemplate[] {
  return example(name).map((stack) => ({
    ...stack, template: {
      ...stack.template,
      Resources: Object.fromEntries(change(Object.entries(stack.template.Resources!), stack)),
    },
  }));
}

describe('the model finds', () => {
  /** The app of an example without one of its resources. */
  const without = (
    name: string, stackId: string, logicalId: string,
  ) => withResources(name, (resources, stack) => stack.id === stackId
    ? resources.filter(([id]) => id !== logicalId) : resources);

  /** The app of an example in which the properties of all resources of a type are changed. */
  const changed = (
    name: string, type: string, change: (properties: Record<string, unknown>) => Record<string, unknown>,
  ) => withResources(name,
    (resources) => resources.map(([id, it]) => [
      id,
      it.Type === type ? { ...it, Properties: change({ ...it.Properties }) } : it,
    ]));

  const resourcesOfType = (name: string, type: string) => example(name)
    .flatMap((stack) => Object.entries(stack.template.Resources!)
      .filter(([, it]) => it.Type === type).map(([logicalId, it]) => ({
        stackId: stack.id,
        logicalId,
        properties: it.Properties!,
      })));

  /** The routes of the bookstore. */
  const ROUTES = [
    '$default',
    'GET /books',
    'GET /books/{isbn}',
    'PUT /books/{isbn}',
    'GET /covers/{proxy+}',
    'POST /orders',
    'ANY /orders/{id}',
    'GET /authors/{id}',
    '$connect',
    '$disconnect',
    '$default',
    'subscribe',
    'ANY /inventory/{proxy+}',
    'POST /print',
    'GET /shipping/{id}',
    'POST /returns',
    'POST /refunds',
    '$connect', 'audit',
  ];
  const routeKeys = (app: readonly DeployedTemplate[]) => boundRoutes(new Evaluator(app))
    .map(({ routeKey }) => routeKey)
    .sort();

  test('all routes of the bookstore', () => {
    expect(routeKeys(example('bookstore'))).toEqual([...ROUTES].sort());
  });

  test('every permission that is missing, by the route that it served', () => {
    const found = resourcesOfType('bookstore', 'AWS::Lambda::Permission')
      .map(({ stackId, logicalId }) => [logicalId, findingsOf(without('bookstore', stackId, logicalId)).wrong]);
    const route = (...keys: string[]) => keys.map((key) => `route ${key} may not call its function`);
    expect(found).toEqual([
      [expect.stringMatching(/^ShopApiDefaultRoute/), route('$default')],
      [expect.stringMatching(/^ShopApiGETbooksBooks/), route('GET /books')],
      // GET and PUT of one path have two equal permissions, as with aws-cdk-lib: one is enough.
      [expect.stringMatching(/^ShopApiGETbooksisbn/), []],
      [expect.stringMatching(/^ShopApiPUTbooksisbn/), []],
      [expect.stringMatching(/^ShopApiGETcovers/), route('GET /covers/{proxy+}')],
      [expect.stringMatching(/^ShopApiPOSTorders/), route('POST /orders', 'ANY /orders/{id}')],
      [expect.stringMatching(/^NewsApiconnectRoute/), route('$connect')],
      [expect.stringMatching(/^NewsApidisconnectRoute/), route('$disconnect')],
      [expect.stringMatching(/^NewsApidefaultRoute/), route('$default')],
      [expect.stringMatching(/^NewsApisubscribeRoute/), route('subscribe')],
    ]);
  });

  test('every integration that is missing, by its routes', () => {
    for (const { stackId, logicalId } of resourcesOfType('bookstore', 'AWS::ApiGatewayV2::Integration')) {
      expect({ logicalId, wrong: findingsOf(without('bookstore', stackId, logicalId)).wrong })
        .toEqual({
          logicalId,
          wrong: expect.arrayContaining([expect.stringMatching(/^route .* has no integration$/)]),
        });
    }
  });

  test('every route that is missing', () => {
    for (const { stackId, logicalId } of resourcesOfType('bookstore', 'AWS::ApiGatewayV2::Route')) {
      expect(routeKeys(without('bookstore', stackId, logicalId))).not.toEqual([...ROUTES].sort());
    }
  });

  test.each<[string, string, (properties: Record<string, unknown>) => Record<string, unknown>]>([
    ['of another service', 'AWS::Lambda::Permission', (it) => ({ ...it, Principal: 'events.amazonaws.com' })],
    ['of another action', 'AWS::Lambda::Permission', (it) => ({ ...it, Action: 'lambda:GetFunction' })],
    ['on another function', 'AWS::Lambda::Permission', (it) => ({ ...it, FunctionName: 'another' })],
    ['of another API', 'AWS::Lambda::Permission', (it) => ({
      ...it, SourceArn: 'arn:aws:execute-api:eu-west-1:111111111111:abc/*/*',
    })],
  ])('a permission %s', (_, type, change) => {
    expect(findingsOf(changed('http-lambda', type, change)).wrong)
      .toContainEqual(expect.stringMatching(/^route .* may not call its function$/));
  });

  type Change = (it: Record<string, unknown>) => Record<string, unknown>;
  const statement = (change: Change): Change => (it) => ({
    ...it, PolicyDocument: {
      Statement: (it.PolicyDocument as { Statement: Record<string, unknown>[] }).Statement.map(change),
    },
  });

  describe.each([
    'http-sqs', 'http-kinesis', 'http-eventbridge', 'http-stepfunctions', 'http-appconfig', 'http-aws-service',
    'websocket-aws', 'websocket-sqs', 'websocket-services',
  ])('in %s', (name) => {
    test.each<[string, (statement: Record<string, unknown>) => Record<string, unknown>, string]>([
      ['a role that is not allowed the call', (it) => ({ ...it, Action: 's3:GetObject' }), 'may not call'],
      ['a role that is denied the call', (it) => ({ ...it, Effect: 'Deny' }), 'may not call'],
      [
        'a role that is allowed every action of the service',
        (it) => ({ ...it, Action: `${String(it.Action).split(':')[0]}:*` }),
        'may call more than',
      ],
      [
        'a role that is allowed another action of the service',
        (it) => ({ ...it, Action: [it.Action, `${String(it.Action).split(':')[0]}:ListTagsForResource`] }),
        'may call more than',
      ],
      ['a role that is allowed the call on anything', (it) => ({ ...it, Resource: '*' }), 'may call more than'],
    ])('%s', (_, change, expected) => {
      expect(findingsOf(changed(name, 'AWS::IAM::Policy', statement(change))).wrong)
        .toContainEqual(expect.stringContaining(expected));
    });

    test('a role that API Gateway may not assume', () => {
      const found = findingsOf(changed(name, 'AWS::IAM::Role', (it) => ({
        ...it,
        AssumeRolePolicyDocument: { Statement: [] },
      }))).wrong;
      expect(found).toContainEqual(expect.stringContaining('may not call'));
    });
  });

  test('a resource that another one took the place of', () => {
    const found = findingsOf(changed('http-sqs', 'AWS::IAM::Policy', statement((it) => ({
      ...it,
      Resource: 'arn:aws:sqs:eu-west-1:111111111111:another',
    })))).wrong;
    expect(found).toEqual([
      expect.stringContaining('may not call sqs:'),
      expect.stringContaining('may call more than sqs:'),
    ]);
  });
});
