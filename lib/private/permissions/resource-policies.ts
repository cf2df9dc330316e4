import { functionName, spelled } from '../template/arns';
import { groupBy, oncePerApp, ownValue, type Evaluator, type Located } from '../template/evaluator';
import { sameText, split, type Text } from '../template/text';
import { all, some, type Verdict } from '../template/verdict';
import { includesPrincipal, judgeStatements, statementsOf, type Statement } from './policies';

type Properties = { readonly [name: string]: unknown };

/** How a type of resource says the policy of a target. */
interface PolicyKind {
  readonly service: string;
  readonly type: string;
  /** The property that names the targets; a policy that is a property of the target has none. */
  readonly targets?: string;
  readonly documentOf: (properties: Properties) => unknown;
}

const KINDS: readonly PolicyKind[] = [
  { service: 'sqs', type: 'AWS::SQS::QueuePolicy', targets: 'Queues', documentOf: (it) => it.PolicyDocument },
  { service: 'sqs', type: 'AWS::SQS::QueueInlinePolicy', targets: 'Queue', documentOf: (it) => it.PolicyDocument },
  { service: 'sns', type: 'AWS::SNS::TopicPolicy', targets: 'Topics', documentOf: (it) => it.PolicyDocument },
  { service: 'sns', type: 'AWS::SNS::TopicInlinePolicy', targets: 'TopicArn', documentOf: (it) => it.PolicyDocument },
  { service: 'kinesis', type: 'AWS::Kinesis::ResourcePolicy', targets: 'ResourceArn', documentOf: streamDocument },
  { service: 'dynamodb', type: 'AWS::DynamoDB::Table', documentOf: tableDocument },
  { service: 'events', type: 'AWS::Events::EventBus', documentOf: (it) => it.Policy },
  { service: 'events', type: 'AWS::Events::EventBusPolicy', targets: 'EventBusName', documentOf: busDocument },
  { service: 'lambda', type: 'AWS::Lambda::Permission', targets: 'FunctionName', documentOf: permissionDocument },
];

function streamDocument({ ResourcePolicy }: Properties): unknown {
  return ResourcePolicy;
}

function tableDocument({ ResourcePolicy }: Properties): unknown {
  return ownValue(ResourcePolicy, 'PolicyDocument');
}

/** The policy of a bus, which has one statement, in one of two forms. */
function busDocument({ Statement, Action, Principal, Condition }: Properties): unknown {
  const written = { Effect: 'Allow', Action, Principal, Resource: '*', ...Condition !== undefined && { Condition } };
  return { Statement: Statement ?? written };
}

/** The statement that a permission on a function adds to the policy of the function. */
function permissionDocument({ Action, Principal, FunctionName: _, ...conditions }: Properties): unknown {
  const isService = typeof Principal === 'string' && Principal.includes('.');
  const principal = isService ? { Service: Principal } : { AWS: Principal };
  const statement = { Effect: 'Allow', Action, Principal: principal };
  return { Statement: Object.keys(conditions).length === 0 ? statement : { ...statement, Condition: conditions } };
}

/** A policy of a target. */
interface ResourcePolicy {
  readonly policy: Located;
  /** What names the target. */
  readonly target: Text;
  readonly statements: readonly Statement[];
}

/** The policies of targets, by the prefix of the actions of the service, and by the target if that is in the app. */
const policiesByTarget = oncePerApp((app) => {
  const byService = groupBy(KINDS, ({ service }) => service);
  return new Map([...byService].map(([service, kinds]) => {
    const policies = kinds.flatMap((kind) => app.ofType(kind.type)
      .flatMap((policy) => readPolicies(app, policy, kind)));
    return [service, groupBy(policies, ({ policy, target }) => referredTarget(app, policy, target))];
  }));
});

function readPolicies(app: Evaluator, policy: Located, { targets, documentOf }: PolicyKind): ResourcePolicy[] {
  const document = documentOf(policy.properties);
  if (document === undefined) { return []; }
  const statements = statementsOf(app, policy, document).map((statement) => ({
    ...statement,
    // A policy may leave out what it is about, and an ARN of too few parts matches nothing there.
    arns: statement.arns.length === 0 ? ['*'] : statement.arns,
    conditional: statement.conditional || policy.condition !== undefined || statement.arns.some(isShort),
  }));
  const ownTarget = app.attribute(policy, 'Ref');
  const named = targets === undefined ? [ownTarget] : app.texts(policy.stack, policy.properties[targets]);
  return named.map((target) => ({ policy, target, statements }));
}

function isShort(arn: Text): boolean {
  return arn.startsWith('arn:') && split(arn, ':', 6).length < 6;
}

/** The resource that a text refers to; for a version or an alias the function. */
function referredTarget(app: Evaluator, by: Located, text: Text): Located | undefined {
  return app.referenceOf(functionName(app, by, text).handler)?.resource ?? app.referenceOf(text)?.resource;
}

/** The policies that may be those of the resource of an ARN, and whether they are. */
function policiesOf(app: Evaluator, service: string, arn?: Text) {
  const policies = policiesByTarget(app).get(service) ?? new Map<Located | undefined, ResourcePolicy[]>();
  // A function may have a qualifier.
  const target = arn === undefined ? undefined : app.referenceOf(split(arn, ':', 2)[0])?.resource;
  const certain = target ? policies.get(target) ?? [] : [];
  // A name or an address may be that of the resource.
  const unclear = target ? policies.get(undefined) ?? [] : [...policies.values()].flat();
  const judgeName = (name: Text): Verdict => {
    return arn !== undefined && spelled(app, name) === spelled(app, arn) ? 'yes' : 'unknown';
  };
  return [
    ...certain.map(({ statements }) => ({ statements, isOfTarget: 'yes' as const })),
    ...unclear.map(({ statements, target: name }) => ({ statements, isOfTarget: judgeName(name) })),
  ];
}

/** Whether a name in a policy is that of a role, or of an account that may be the one of the role. */
function isRole(app: Evaluator, role: Text, kind: string, name: Text): Verdict {
  if (kind !== 'AWS') { return 'no'; }
  const isOther = /^arn:[^:]*:iam::[^:]*:(role|user)\//.test(spelled(app, name)) && !role.includes('*');
  return isOther ? sameText(spelled(app, name), spelled(app, role)) : 'unknown';
}

/** What the policies of a resource say of a call of a role. */
export interface ResourcePolicyVerdict {
  /** At most `unknown`, since which accounts are one account is not always known. */
  readonly allowed: Verdict;
  readonly denied: Verdict;
}

/** Judges what the policies of the resource of an ARN say of a call of a role; without an ARN the request names it. */
export function judgeResourcePolicies(app: Evaluator, role: Text, action: string, arn?: Text): ResourcePolicyVerdict {
  const policies = policiesOf(app, action.split(':')[0], arn);
  const question = { action, arn: arn === undefined ? undefined : spelled(app, arn) };
  const says = (effect: 'Allow' | 'Deny') => some(policies, ({ isOfTarget, statements }) => all(
    isOfTarget,
    some(statements, (statement) => all(
      judgeStatements([statement], effect, question),
      includesPrincipal(app, statement, (kind, name) => isRole(app, role, kind, name)),
    )),
  ));
  return { allowed: says('Allow') === 'no' ? 'no' : 'unknown', denied: says('Deny') };
}
