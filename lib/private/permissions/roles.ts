import { spelled } from '../template/arns';
import { isIntrinsic } from '../facts/intrinsics';
import { groupBy, listOf, oncePerApp, oncePerKey, type Evaluator, type Located } from '../template/evaluator';
import { hasUnknown, sameText, split, type Text } from '../template/text';
import { all, every, not, some, type Verdict } from '../template/verdict';
import { mayBeChangedOutside } from './outside';
import {
  allows, includesPrincipal, judgeStatements, namesAction, statementsOf, type Question, type Statement,
} from './policies';
import { judgeResourcePolicies } from './resource-policies';

/** What a role is permitted, as far as the app says it. */
interface RoleModel {
  /** The role, if it is in the app. */
  readonly resource?: Located;
  readonly statements: readonly Statement[];
  /** Whether there may be more policies than the app shows: of an imported role, or managed ones. */
  readonly isOpen: boolean;
  /** The permissions boundary, if there is one; without statements if it is not in the app. */
  readonly boundary?: { readonly statements?: readonly Statement[] };
}

/** Policies are resources that name roles in these properties. */
const POLICIES: { readonly [type: string]: string } = {
  'AWS::IAM::Policy': 'Roles', 'AWS::IAM::ManagedPolicy': 'Roles', 'AWS::IAM::RolePolicy': 'RoleName',
};

const policiesByRole = oncePerApp((app) => {
  const attached = Object.entries(POLICIES).flatMap(([type, property]) => app.ofType(type)
    .flatMap((policy) => app.texts(policy.stack, policy.properties[property]).map((role) => ({ policy, role }))));
  return groupBy(attached, ({ role }) => role);
});

/** Whether policies may be attached to any role, because the app does not know to which. */
const hasPoliciesOfUnknownRoles = oncePerApp((app) => [...policiesByRole(app).keys()].some(hasUnknown));

/** The role that an ARN names. */
const roleOf = oncePerKey((arn: Text) => arn, (app, arn): RoleModel => {
  const resource = app.referenceOf(arn)?.resource;
  if (resource?.type !== 'AWS::IAM::Role') {
    return { statements: attachedStatements(app, [split(arn, '/').at(-1)]), isOpen: true };
  }
  const managed = app.texts(resource.stack, resource.properties.ManagedPolicyArns)
    .map((policy) => managedStatements(app, policy));
  // A role is attached to by its name, which is what `Ref` gives.
  const names = [app.attribute(resource, 'Ref'), app.property(resource, 'RoleName')];
  return {
    resource,
    statements: [
      ...attachedStatements(app, names, resource),
      ...inlineStatements(app, resource),
      ...managed.flatMap((statements) => statements ?? []),
    ],
    isOpen: managed.includes(undefined) || hasPoliciesOfUnknownRoles(app) || mayBeChangedOutside(app, resource)
      || listOf(resource.properties.Policies).some(isIntrinsic),
    boundary: boundaryOf(app, resource),
  };
});

/** The statements of policies that are resources and name the role. */
function attachedStatements(app: Evaluator, names: readonly (Text | undefined)[], role?: Located): Statement[] {
  const attached = names.flatMap((name) => name === undefined ? [] : policiesByRole(app).get(name) ?? []);
  return attached.flatMap(({ policy }) => {
    const isCertain = policy.condition === undefined || policy.condition === role?.condition;
    return statementsOf(app, policy, policy.properties.PolicyDocument)
      .map((statement) => isCertain ? statement : { ...statement, conditional: true });
  });
}

function inlineStatements(app: Evaluator, role: Located): Statement[] {
  return listOf(role.properties.Policies).flatMap((policy) => {
    return statementsOf(app, role, (policy as { PolicyDocument?: unknown } | null)?.PolicyDocument);
  });
}

/** The statements of a managed policy of the app. */
function managedStatements(app: Evaluator, arn: Text): Statement[] | undefined {
  const policy = app.referenceOf(arn)?.resource;
  if (policy?.type !== 'AWS::IAM::ManagedPolicy') { return undefined; }
  return statementsOf(app, policy, policy.properties.PolicyDocument);
}

function boundaryOf(app: Evaluator, role: Located): RoleModel['boundary'] {
  const arn = app.property(role, 'PermissionsBoundary');
  return arn === undefined ? undefined : { statements: managedStatements(app, arn) };
}

/** Whether a name of a service in a policy is that of API Gateway; it may have a region or a domain of its own. */
function isApiGateway(kind: string, name: Text): Verdict {
  if (kind !== 'Service') { return 'no'; }
  const verdict = sameText(name, 'apigateway.amazonaws.com');
  return verdict === 'no' && (name.startsWith('apigateway.') || /[*?]/.test(name)) ? 'unknown' : verdict;
}

/** Whether API Gateway may assume a role. */
function judgeTrust(app: Evaluator, role: Located): Verdict {
  const statements = statementsOf(app, role, role.properties.AssumeRolePolicyDocument);
  const says = (allow: boolean) => some(statements.filter((it) => it.allow === allow), (statement) => all(
    namesAction(statement, 'sts:AssumeRole'),
    includesPrincipal(app, statement, isApiGateway),
    statement.conditional ? 'unknown' : 'yes',
  ));
  const trusted = all(says(true), not(says(false)));
  return trusted === 'no' && mayBeChangedOutside(app, role) ? 'unknown' : trusted;
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

/** Judges whether API Gateway may use a role for an action on resources; without any, the request names one. */
export function judgeRole(app: Evaluator, role: Text, action: string, arns: readonly Text[]): RoleVerdict {
  const model = roleOf(app, role);
  const trusted = model.resource ? judgeTrust(app, model.resource) : 'unknown';
  const allowed = every(arns.length === 0 ? [undefined] : arns, (arn) => judgeCall(app, role, model, action, arn));
  return { permitted: all(trusted, allowed), trusted, statements: model.statements };
}

/** Whether a role may make a call, if API Gateway may assume the role. */
function judgeCall(app: Evaluator, role: Text, model: RoleModel, action: string, arn?: Text): Verdict {
  const { statements, boundary, isOpen } = model;
  const question = { action, arn: arn === undefined ? undefined : spelled(app, arn) };
  const ofTarget = judgeResourcePolicies(app, role, action, arn);
  const ofRole = judgeStatements(statements, 'Allow', question);
  const granted = all(
    ofRole === 'no' && isOpen ? 'unknown' : ofRole,
    boundary ? judgeBoundary(boundary, question) : 'yes',
  );
  return all(
    granted === 'no' && ofTarget.allowed !== 'no' ? 'unknown' : granted,
    not(judgeStatements(statements, 'Deny', question)),
    not(ofTarget.denied),
  );
}

/** Whether a permissions boundary lets a role do what is asked. */
function judgeBoundary({ statements }: NonNullable<RoleModel['boundary']>, question: Question): Verdict {
  return statements ? allows(statements, question) : 'unknown';
}
