import { Role, ServicePrincipal, type IRole, type PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';

/** A key that encrypts the target, and the actions that the call needs on it. */
export interface ServiceKey {
  readonly key?: IKey;
  readonly actions: readonly string[];
}

/** What a call of a service needs. */
export interface ServiceGrants {
  readonly statements: readonly PolicyStatement[];
  readonly key: ServiceKey;
}

/** The role of the user, or one that is made, with exactly what a call needs. */
export function grantedRole(role: IRole | undefined, scope: Construct, id: string, { statements, key: { key, actions } }: ServiceGrants): IRole {
  const granted = role ?? new Role(scope, id, { assumedBy: new ServicePrincipal('apigateway.amazonaws.com') });
  for (const statement of statements) { granted.addToPrincipalPolicy(statement); }
  if (key && actions.length > 0) { key.grant(granted, ...actions); }
  return granted;
}
