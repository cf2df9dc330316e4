import type { AddToPrincipalPolicyResult, IRole, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Dependable, type Construct } from 'constructs';
import { judgeOptions, NO_FINDINGS, type Finding } from '../rules/rule';
import { roleNotGranted } from '../rules/services';

/** A key that encrypts the target, and the actions that the call needs on it. */
export interface ServiceKey {
  readonly key?: Pick<IKey, 'grant'>;
  readonly actions: readonly string[];
}

/** What a call of a service needs. */
export interface ServiceGrants {
  readonly statements: readonly PolicyStatement[];
  readonly key?: ServiceKey;
}

/** A role, and whether it really got what was granted: an imported role may be one that this app cannot change. */
export interface GrantedRole {
  readonly role: IRole;
  readonly granted: boolean;
  /** What was to be granted. */
  readonly statements: readonly PolicyStatement[];
}

/** Returns the role of the user, or one that is made, with exactly what a call needs. */
export function grantedRole(
  given: IRole | undefined, scope: Construct, id: string, grants: ServiceGrants,
): GrantedRole {
  const { statements, key } = grants;
  const role = given ?? new Role(scope, id, { assumedBy: new ServicePrincipal('apigateway.amazonaws.com') });
  const added = addStatements(role, statements);
  if (key?.key && key.actions.length > 0) { key.key.grant(role, ...key.actions); }
  return { role, granted: given === undefined || added, statements };
}

/** What to say where a role did not take what was granted. */
export function notGrantedFindings(granted: GrantedRole | undefined): readonly Finding[] {
  if (!granted) { return NO_FINDINGS; }
  const role = granted.role.node.path;
  const actions = granted.statements.flatMap((statement) => statement.actions).join(' and ');
  return judgeOptions({ granted: granted.granted, role, actions }, roleNotGranted);
}

/** Adds statements to a role, and returns whether the role took them. */
export function addStatements(role: IRole, statements: readonly PolicyStatement[]): boolean {
  let kept = true;
  for (const statement of statements) { kept = isKept(role, role.addToPrincipalPolicy(statement)) && kept; }
  return kept;
}

/** A role that cannot be changed claims to have added a statement, but there is no policy that it depends on. */
function isKept(role: IRole, { statementAdded, policyDependable }: AddToPrincipalPolicyResult): boolean {
  // A role of this app tells only at the end on which policy a statement depends.
  const known = policyDependable !== undefined && !Role.isRole(role);
  return statementAdded && (!known || Dependable.of(policyDependable).dependencyRoots.length > 0);
}
