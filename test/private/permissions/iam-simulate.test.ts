import { runSimulation, type Simulation } from '@cloud-copilot/iam-simulate';
import * as fc from 'fast-check';
import { boundRoutes, routeIsPermitted, sourceArns } from '../../../lib/private/permissions/routes';
import { judgeServiceCalls } from '../../../lib/private/permissions/services';
import { Evaluator, type Resource } from '../../../lib/private/template/evaluator';
import type { Verdict } from '../../../lib/private/template/verdict';

const ACCOUNT = '111111111111';
const HERE = { account: ACCOUNT, region: 'eu-west-1' };
const QUEUE = `arn:aws:sqs:eu-west-1:${ACCOUNT}:orders`;
const ROLE = `arn:aws:iam::${ACCOUNT}:role/api`;
const SESSION = `arn:aws:sts::${ACCOUNT}:assumed-role/api/session`;
const FUNCTION = `arn:aws:lambda:eu-west-1:${ACCOUNT}:function:shop`;
const GATEWAY = 'apigateway.amazonaws.com';

type Statement = Record<string, unknown>;
const document = (statements: readonly Statement[]) => ({ Version: '2012-10-17', Statement: statements });
const oneOrMore = <T>(element: fc.Arbitrary<T>) =>
  fc.oneof(element, fc.array(element, { minLength: 1, maxLength: 2 }));

/** Most statements have nothing of this, so that they decide. */
const seldom = <T extends Statement>(arbitrary: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 6, arbitrary: fc.constant<Statement>({}) }, { weight: 1, arbitrary });

/** A value, or most of the time none. */
const seldomGiven = <T>(arbitrary: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 2, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });

const condition = seldom(
  fc.constantFrom(
    { Condition: { StringEquals: { 'aws:PrincipalTag/team': 'shop' } } },
    { Condition: { StringNotEquals: { 'aws:PrincipalTag/team': 'shop' } } },
  ),
);
const effect = fc.oneof(
  { weight: 4, arbitrary: fc.constant('Allow') },
  { weight: 1, arbitrary: fc.constant('Deny') },
);

/** Patterns of ARNs, with wildcards in all parts, and with fewer parts. */
const arnPattern = fc
  .tuple(
    fc.constantFrom('aws', '*', 'a?s'),
    fc.constantFrom('sqs', 'sqs', 's*', '*', 'sns'),
    fc.constantFrom('eu-west-1', 'eu-*', '*', 'us-*'),
    fc.constantFrom(ACCOUNT, ACCOUNT, '*', '222222222222', '${aws:PrincipalAccount}'),
    fc.constantFrom('orders', 'orders', '*', 'ord*', '?rders', 'other'),
  )
  .map((parts) => ['arn', ...parts].join(':'));
const shortPattern = fc
  .tuple(arnPattern, fc.integer({ min: 2, max: 5 }))
  .map(([arn, parts]) => arn.split(':').slice(0, parts).join(':'));
const queuePattern = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(QUEUE, '*') },
  { weight: 4, arbitrary: arnPattern },
  { weight: 1, arbitrary: shortPattern },
);
const actionPattern = fc.constantFrom(
  'sqs:SendMessage',
  'sqs:SendMessage',
  'sqs:*',
  'SQS:send*',
  'sqs:?endMessage',
  '*',
  's3:GetObject',
  'sqs:ReceiveMessage',
);

/** One of two properties, of which the second says what the statement is not about. */
const either = (name: string, not: string, value: fc.Arbitrary<unknown>): fc.Arbitrary<Statement> =>
  fc.oneof(
    { weight: 8, arbitrary: value.map((it) => ({ [name]: it })) },
    { weight: 1, arbitrary: value.map((it) => ({ [not]: it })) },
  );
const merged = (...parts: fc.Arbitrary<Statement>[]) =>
  fc
    .tuple(effect, ...parts)
    .map(([Effect, ...others]): Statement => Object.assign({ Effect }, ...others) as Statement);

const identityStatement = merged(
  either('Action', 'NotAction', oneOrMore(actionPattern)),
  either('Resource', 'NotResource', oneOrMore(queuePattern)),
  condition,
);
const principal = fc.constantFrom<unknown>(
  '*',
  { AWS: '*' },
  { AWS: ROLE },
  { AWS: [ROLE] },
  { AWS: ACCOUNT },
  { AWS: `arn:aws:iam::${ACCOUNT}:root` },
  { AWS: `arn:aws:iam::${ACCOUNT}:role/other` },
  { Service: 'sns.amazonaws.com' },
  { AWS: [`arn:aws:iam::${ACCOUNT}:role/other`], Service: [GATEWAY] },
);
const resourceStatement = merged(
  principal.map((it) => ({ Principal: it })),
  either('Action', 'NotAction', oneOrMore(actionPattern)),
  oneOrMore(queuePattern).map((it) => ({ Resource: it })),
  condition,
);
const trustStatement = merged(
  fc
    .constantFrom<unknown>(
      { Service: GATEWAY },
      { Service: GATEWAY },
      { Service: ['lambda.amazonaws.com', GATEWAY] },
      { Service: 'lambda.amazonaws.com' },
      '*',
      { AWS: '*' },
      { AWS: ROLE },
    )
    .map((it) => ({ Principal: it })),
  either(
    'Action',
    'NotAction',
    oneOrMore(fc.constantFrom('sts:AssumeRole', 'sts:AssumeRole', 'sts:*', 'STS:assumerole', 'sts:TagSession')),
  ),
  condition,
);

const policies = fc.record({
  identity: fc.array(identityStatement, { maxLength: 3 }),
  trust: fc.oneof(
    {
      weight: 3,
      arbitrary: fc.constant([{ Effect: 'Allow', Principal: { Service: GATEWAY }, Action: 'sts:AssumeRole' }]),
    },
    { weight: 1, arbitrary: fc.array(trustStatement, { minLength: 1, maxLength: 2 }) },
  ),
  boundary: seldomGiven(fc.array(identityStatement, { minLength: 1, maxLength: 2 })),
  ofQueue: seldomGiven(fc.array(resourceStatement, { minLength: 1, maxLength: 2 })),
});
type Policies = typeof policies extends fc.Arbitrary<infer T> ? T : never;

const route: Record<string, Resource> = {
  Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { ProtocolType: 'HTTP' } },
  Stage: { Type: 'AWS::ApiGatewayV2::Stage', Properties: { ApiId: { Ref: 'Api' }, StageName: 'prod' } },
  Route: {
    Type: 'AWS::ApiGatewayV2::Route',
    Properties: {
      ApiId: { Ref: 'Api' },
      RouteKey: 'GET /books',
      Target: { 'Fn::Sub': 'integrations/${Integration}' },
    },
  },
};
const appOf = (Resources: Record<string, Resource>) =>
  new Evaluator([{ id: 'Stack', template: { Resources: { ...route, ...Resources } }, ...HERE }]);

/** What the model says of a queue that a route sends to with a role. */
function judge({ identity, trust, boundary, ofQueue }: Policies): Verdict {
  return judgeServiceCalls(
    appOf({
      Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'orders' } },
      Role: {
        Type: 'AWS::IAM::Role',
        Properties: {
          RoleName: 'api',
          AssumeRolePolicyDocument: document(trust),
          Policies: [{ PolicyName: 'p', PolicyDocument: document(identity) }],
          ...(boundary && { PermissionsBoundary: { Ref: 'Boundary' } }),
        },
      },
      ...(boundary && {
        Boundary: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: document(boundary) } },
      }),
      ...(ofQueue && {
        Policy: {
          Type: 'AWS::SQS::QueuePolicy',
          Properties: { Queues: [{ Ref: 'Queue' }], PolicyDocument: document(ofQueue) },
        },
      }),
      Integration: {
        Type: 'AWS::ApiGatewayV2::Integration',
        Properties: {
          ApiId: { Ref: 'Api' },
          IntegrationType: 'AWS_PROXY',
          IntegrationSubtype: 'SQS-SendMessage',
          CredentialsArn: { 'Fn::GetAtt': ['Role', 'Arn'] },
          RequestParameters: { QueueUrl: { Ref: 'Queue' }, MessageBody: '$request.body' },
        },
      },
    }),
  )[0].permitted;
}

interface Request {
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
}

/** Whether the simulator allows a request. */
async function isAllowed(
  { principal: by, action, resource }: Request,
  given: Partial<Simulation>,
  context = {},
): Promise<boolean> {
  const results = await runSimulation(
    {
      identityPolicies: [],
      serviceControlPolicies: [],
      resourceControlPolicies: [],
      ...given,
      request: {
        principal: by,
        action,
        resource: { resource, accountId: ACCOUNT },
        contextVariables: { 'aws:PrincipalAccount': ACCOUNT, ...context },
      },
    },
    {},
  );
  if (results.resultType === 'error') {
    throw new Error(JSON.stringify(results.errors));
  }
  return results.overallResult === 'Allowed';
}

const named = (name: string, statements: readonly Statement[]) => [{ name, policy: document(statements) }];

async function simulate({ identity, trust, boundary, ofQueue }: Policies): Promise<boolean> {
  const given = { resourcePolicy: document(trust) };
  if (!(await isAllowed({ principal: GATEWAY, action: 'sts:AssumeRole', resource: ROLE }, given))) {
    return false;
  }
  return isAllowed(
    { principal: SESSION, action: 'sqs:SendMessage', resource: QUEUE },
    {
      identityPolicies: named('p', identity),
      ...(boundary && { permissionBoundaryPolicies: named('b', boundary) }),
      ...(ofQueue && { resourcePolicy: document(ofQueue) }),
    },
  );
}

const SEED = process.env.SEED === undefined ? Date.now() : Number(process.env.SEED);
const RUNS = Number(process.env.RUNS ?? (process.env.CI ? 1500 : 200));
const repeat = 'repeat with SEED=<the seed of the failure>';

/** Counts what was said, so that a model that knows nothing does not pass. */
function counts(): { readonly count: (verdict: Verdict) => void; readonly least: () => number } {
  const said: Record<Verdict, number> = { yes: 0, unknown: 0, no: 0 };
  return {
    count: (verdict) => {
      said[verdict]++;
    },
    least: () => Math.min(said.yes, said.no),
  };
}

test(`no role is said to be denied what the simulator allows, nor the reverse (${repeat})`, async () => {
  const { count, least } = counts();
  await fc.assert(
    fc.asyncProperty(policies, async (it) => {
      const said = judge(it);
      count(said);
      expect(said).not.toBe((await simulate(it)) ? 'no' : 'yes');
    }),
    { numRuns: RUNS, seed: SEED },
  );
  expect(least()).toBeGreaterThan(RUNS / 20);
});

const permission = fc.record({
  Action: fc.constantFrom('lambda:InvokeFunction', 'lambda:InvokeFunction', 'lambda:*', 'lambda:GetFunction'),
  Principal: fc.constantFrom(GATEWAY, GATEWAY, GATEWAY, 'sns.amazonaws.com', '222222222222'),
  SourceArn: fc.option(
    fc
      .tuple(
        fc.constantFrom('aws', '*'),
        fc.constantFrom('execute-api', '*', 'exec*'),
        fc.constantFrom('eu-west-1', 'eu-west-1', '*', 'eu-*', 'us-*'),
        fc.constantFrom(ACCOUNT, ACCOUNT, '*', '1*', '222222222222'),
        fc.constantFrom('abc', 'abc', '*', 'a?c', 'xyz'),
        fc.constantFrom(
          '/*',
          '/*/*',
          '/*/*/*',
          '/prod/GET/books',
          '/prod/*/books',
          '/*/GET/b*',
          '*',
          '/*/POST/books',
          '/test/*',
          '/*/*/*/*',
        ),
      )
      .map(
        ([partition, service, region, account, api, path]) =>
          `arn:${partition}:${service}:${region}:${account}:${api}${path}`,
      ),
    { nil: undefined },
  ),
  SourceAccount: seldomGiven(fc.constantFrom(ACCOUNT, ACCOUNT, '222222222222')),
  PrincipalOrgID: seldomGiven(fc.constant('o-1234567890')),
});
type Permission = typeof permission extends fc.Arbitrary<infer T> ? T : never;

const isPresent = ([, value]: [string, unknown]) => value !== undefined;

/** The statement that Lambda makes of a permission. */
function statementOf({ Action, Principal, SourceArn, SourceAccount, PrincipalOrgID }: Permission): Statement {
  return {
    Effect: 'Allow',
    Action,
    Resource: FUNCTION,
    Principal: Principal.includes('.') ? { Service: Principal } : { AWS: Principal },
    Condition: {
      ...(SourceArn && { ArnLike: { 'aws:SourceArn': SourceArn } }),
      StringEquals: {
        ...(SourceAccount && { 'aws:SourceAccount': SourceAccount }),
        ...(PrincipalOrgID && { 'aws:PrincipalOrgID': PrincipalOrgID }),
      },
    },
  };
}

test(`a route is said to be permitted where the simulator allows the call (${repeat})`, async () => {
  const { count, least } = counts();
  await fc.assert(
    fc.asyncProperty(fc.array(permission, { maxLength: 4 }), async (permissions) => {
      const app = appOf({
        Function: { Type: 'AWS::Lambda::Function', Properties: { FunctionName: 'shop' } },
        Integration: {
          Type: 'AWS::ApiGatewayV2::Integration',
          Properties: { ApiId: 'abc', IntegrationType: 'AWS_PROXY', IntegrationUri: FUNCTION },
        },
        Route: { ...route.Route, Properties: { ...route.Route.Properties, ApiId: 'abc' } },
        Stage: { ...route.Stage, Properties: { ...route.Stage.Properties, ApiId: 'abc' } },
        ...Object.fromEntries(
          permissions.map((it, i) => [
            `Permission${i}`,
            {
              Type: 'AWS::Lambda::Permission',
              Properties: {
                FunctionName: { Ref: 'Function' },
                ...Object.fromEntries(Object.entries(it).filter(isPresent)),
              },
            },
          ]),
        ),
      });
      const [bound] = boundRoutes(app);
      const said = routeIsPermitted(app, bound)!.permitted;
      count(said);
      const isInvoked = await isAllowed(
        { principal: GATEWAY, action: 'lambda:InvokeFunction', resource: FUNCTION },
        { resourcePolicy: document(permissions.map(statementOf)) },
        { 'aws:SourceArn': sourceArns(app, bound)[0][0], 'aws:SourceAccount': ACCOUNT },
      );
      // What is known of all values is decided.
      expect(said).toBe(isInvoked ? 'yes' : 'no');
    }),
    { numRuns: RUNS, seed: SEED },
  );
  expect(least()).toBeGreaterThan(RUNS / 20);
});
