import { spelled } from '../template/arns';
import { groupBy, isIntrinsic, listOf, oncePerApp, oncePerKey, type Evaluator, type Located } from '../template/evaluator';
import { arnMatches, globMatches, hasUnknown, split, type Text } from '../template/text';
import { all, every, not, some, type Verdict } from '../template/verdict';

/** A statement of a policy, evaluated. */
export interface Statement {
  readonly allow: boolean;
  readonly actions: readonly Text[];
  /** The resources, as they are written and with their ARNs spelled out. */
  readonly resources: readonly Text[];
  readonly arns: readonly Text[];
  /** Whether the statement holds under conditions, or says what it is not about. */
  readonly conditional: boolean;
}

type Properties = { readonly [name: string]: unknown };

/** What a document says that is put together at deployment: anything. */
const ANYTHING: Properties = { Effect: 'Allow', Condition: {} };

/** The statements of a document. */
function rawStatements(document: unknown): Properties[] {
  if (typeof document === 'string' || isIntrinsic(document)) { return [ANYTHING]; }
  return listOf((document as { Statement?: unknown } | undefined | null)?.Statement)
    .map((it) => {
      const statement = typeof it === 'object' && it !== null && !isIntrinsic(it) ? it as Properties : ANYTHING;
      return isIntrinsic(statement.Effect) || isIntrinsic(statement.Principal) ? ANYTHING : statement;
    });
}

/** The statements of a policy document. */
function statementsOf(app: Evaluator, of: Located, document: unknown): Statement[] {
  return rawStatements(document).map(({ Effect, Action, Resource, Condition, NotAction, NotResource }) => {
    const resources = listOf(Resource).map((resource) => app.text(of.stack, resource));
    return {
      allow: Effect === 'Allow',
      actions: listOf(Action).map((action) => app.text(of.stack, action)),
      resources,
      arns: resources.map((resource) => spelled(app, resource)),
      conditional: [Condition, NotAction, NotResource].some((it) => it !== undefined),
    };
  });
}

/** What a role is permitted, as far as the app says it. */
interface RoleModel {
  /** The role, if it is in the app. */
  readonly resource?: Located;
  readonly statements: readonly Statement[];
  /** Whether there may be more policies than the app shows: of an imported role, or managed ones. */
  readonly open: boolean;
}

/** Policies are resources that name roles in these properties. */
const POLICIES: { readonly [type: string]: string } = { 'AWS::IAM::Policy': 'Roles', 'AWS::IAM::ManagedPolicy': 'Roles', 'AWS::IAM::RolePolicy': 'RoleName' };

const policiesByRole = oncePerApp((app) => {
  const attached = Object.entries(POLICIES).flatMap(([type, property]) => app.ofType(type)
    .flatMap((policy) => listOf(policy.properties[property]).map((role) => ({ policy, role: app.text(policy.stack, role) }))));
  return groupBy(attached, ({ role }) => role);
});

/** Whether policies may be attached to any role, because the app does not know to which. */
const hasPoliciesOfUnknownRoles = oncePerApp((app) => [...policiesByRole(app).keys()].some(hasUnknown));

/** The role that an ARN names. */
const roleOf = oncePerKey((arn: Text) => arn, (app, arn): RoleModel => {
  const resource = app.referenceOf(arn)?.resource;
  const role = resource?.type === 'AWS::IAM::Role' ? resource : undefined;
  // A role is attached to by its name, which is what `Ref` gives.
  const names = role ? [app.attribute(role, 'Ref'), app.property(role, 'RoleName')] : [split(arn, '/').at(-1)];
  const attached = names.flatMap((name) => name === undefined ? [] : policiesByRole(app).get(name) ?? []);
  const own = listOf(role?.properties.Policies).map((it) => (it as { PolicyDocument?: unknown } | null)?.PolicyDocument);
  return {
    resource: role,
    statements: [
      ...attached.flatMap(({ policy }) => statementsOf(app, policy, policy.properties.PolicyDocument)),
      ...own.flatMap((document) => statementsOf(app, role!, document)),
    ],
    open: role === undefined || hasPoliciesOfUnknownRoles(app) || listOf(role.properties.ManagedPolicyArns).length > 0
      || listOf(role.properties.Policies).some(isIntrinsic),
  };
});

/** Whether API Gateway may assume a role. */
function trustsApiGateway(app: Evaluator, { stack, properties }: Located): Verdict {
  return some(rawStatements(properties.AssumeRolePolicyDocument), (statement) => {
    const { Effect, Action, Principal, Condition } = statement;
    if (statement === ANYTHING) { return 'unknown'; }
    const { Service } = (Principal ?? {}) as { Service?: unknown };
    const services = Principal === '*' ? ['*'] : listOf(Service).map((it) => app.text(stack, it));
    const trusts = all(
      some(listOf(Action).map((it) => app.text(stack, it)), (action) => actionMatches(action, 'sts:AssumeRole')),
      some(services, (service) => globMatches(service, 'apigateway.amazonaws.com')),
    );
    return Effect === 'Allow' && trusts !== 'no' ? Condition === undefined ? trusts : 'unknown' : 'no';
  });
}

/** Names of actions are compared without case. */
export function actionMatches(pattern: Text, action: string): Verdict {
  return globMatches(pattern.toLowerCase(), action.toLowerCase());
}

/** Whether a statement is about an action on the resource of an ARN; where the ARN is not known, about any that is allowed. */
function covers({ allow, actions, arns, conditional }: Statement, action: string, arn?: Text): Verdict {
  // A statement may say what it is not about.
  const unsaid = conditional ? 'unknown' : 'no';
  const ofResource = arn === undefined ? allow || arns.includes('*') ? 'yes' : 'unknown' : some(arns, (pattern) => arnMatches(pattern, arn));
  return all(
    actions.length === 0 ? unsaid : some(actions, (pattern) => actionMatches(pattern, action)),
    arns.length === 0 ? unsaid : ofResource,
    conditional ? 'unknown' : 'yes',
  );
}

/** Whether the statements allow an action on the resource of an ARN that is spelled out, and none denies it. */
function allows(statements: readonly Statement[], action: string, arn?: Text): Verdict {
  const says = (allow: boolean) => some(statements.filter((statement) => statement.allow === allow), (statement) => covers(statement, action, arn));
  return all(says(true), not(says(false)));
}

/** What lets API Gateway make a call. */
export interface RoleVerdict {
  /** `unknown` where what decides is outside of the app: an imported function or role, or credentials of the caller. */
  readonly permitted: Verdict;
  /** Whether API Gateway may assume the role, if there is one. */
  readonly trusted: Verdict;
  /** The statements that were looked at. */
  readonly statements: readonly Statement[];
}

/** Judges whether API Gateway may use the role of an ARN for an action on resources, whose ARNs are spelled out; of what the request names on any. */
export function judgeRole(app: Evaluator, role: Text, action: string, arns: readonly Text[]): RoleVerdict {
  const { resource, statements, open } = roleOf(app, role);
  const trusted = resource ? trustsApiGateway(app, resource) : 'unknown';
  const allowed = every(arns.length === 0 ? [undefined] : arns, (arn) => allows(statements, action, arn));
  return { permitted: all(trusted, allowed === 'no' && open ? 'unknown' : allowed), trusted, statements };
}
