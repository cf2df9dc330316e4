import { ArnFormat, Stack } from 'aws-cdk-lib';
import type { IStateMachine, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { IConstruct } from 'constructs';

/** Whether a state machine is of type EXPRESS, where that is known. */
export function isExpress(stateMachine: IStateMachine): boolean | undefined {
  const { stateMachineType: type } = stateMachine as StateMachine;
  return type === undefined ? undefined : type === 'EXPRESS';
}

/** All executions of a state machine, where the state machine is. */
export function executionsOf(stateMachine: IStateMachine, route: IConstruct): string {
  const stack = Stack.of(route);
  const { stateMachineName } = stateMachine as StateMachine;
  const here = stateMachine.env.region === stack.region && stateMachine.env.account === stack.account;
  if (stateMachineName !== undefined && here) {
    return stack.formatArn({ service: 'states', resource: `execution:${stateMachineName}:*` });
  }
  const { partition, region, account, resourceName } = stack.splitArn(stateMachine.stateMachineArn, ArnFormat.COLON_RESOURCE_NAME);
  return stack.formatArn({
    partition, region, account, service: 'states', resource: 'execution', resourceName: `${resourceName}:*`,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
}
