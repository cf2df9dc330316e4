import { ArnFormat, Reference, Stack, Token, Tokenization } from 'aws-cdk-lib';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { CfnStateMachine, IStateMachine, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { IConstruct } from 'constructs';
import type { Reached } from '../shapes/integration';
import { resourceOf } from '../output/resource';
import type { ServiceKey } from './service-role';

/** What is known of a state machine; an imported one does not tell its type. */
export function stateMachineOf(stateMachine: IStateMachine): Reached['stateMachine'] {
  const { stateMachineType: type } = stateMachine as StateMachine;
  return type === undefined ? undefined : { express: type === 'EXPRESS' };
}

/** All executions of a state machine, where the state machine is. */
export function executionsOf(stateMachine: IStateMachine, route: IConstruct): string {
  const stack = Stack.of(route);
  const { stateMachineName } = stateMachine as StateMachine;
  const here = stateMachine.env.region === stack.region && stateMachine.env.account === stack.account;
  if (stateMachineName !== undefined && here) {
    return stack.formatArn({ service: 'states', resource: `execution:${stateMachineName}:*` });
  }
  const arnFormat = ArnFormat.COLON_RESOURCE_NAME;
  const { partition, region, account, resourceName } = stack.splitArn(stateMachine.stateMachineArn, arnFormat);
  return stack.formatArn({
    partition, region, account, service: 'states', resource: 'execution', resourceName: `${resourceName}:*`, arnFormat,
  });
}

/** Returns what a call that waits for the result of an execution needs of the key of the state machine. */
export function decryptionOf(stateMachine: IStateMachine): ServiceKey {
  const resource = resourceOf(stateMachine) as CfnStateMachine | undefined;
  const encryption = resource?.encryptionConfiguration as { readonly kmsKeyId?: string } | undefined;
  const key = typeof encryption?.kmsKeyId === 'string' ? keyNamed(encryption.kmsKeyId, resource!) : undefined;
  return { key, actions: ['kms:Decrypt'] };
}

/** Returns the key that an id, an ARN, an alias or a reference names, as something that can be granted. */
function keyNamed(name: string, user: IConstruct): ServiceKey['key'] {
  const made = keyMadeHere(name);
  if (made) { return made; }
  const arn = Token.isUnresolved(name) || name.includes(':') ? name : keyArn(name, user);
  const [prefix, alias] = arn.split(':alias/');
  // In a policy an alias does not stand for its key.
  const conditions = alias && { 'ForAnyValue:StringEquals': { 'kms:ResourceAliases': `alias/${alias}` } };
  return {
    grant: (grantee: IGrantable, ...actions: string[]) => Grant.addToPrincipal({
      grantee, actions, resourceArns: [conditions ? `${prefix}:key/*` : arn], ...conditions && { conditions },
    }),
  };
}

function keyArn(name: string, user: IConstruct): string {
  const resource = name.startsWith('alias/') ? name : `key/${name}`;
  return Stack.of(user).formatArn({ service: 'kms', resource });
}

function keyMadeHere(name: string): IKey | undefined {
  const [reference] = Token.isUnresolved(name) ? Tokenization.reverseString(name).tokens : [];
  const key = Reference.isReference(reference) ? reference.target.node.scope as Partial<IKey> | undefined : undefined;
  return key?.keyArn !== undefined && typeof key.grant === 'function' ? key as IKey : undefined;
}
