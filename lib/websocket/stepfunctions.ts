import type { WebSocketRouteIntegrationBindOptions } from 'aws-cdk-lib/aws-apigatewayv2';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { WebSocketServiceIntegrationOptions } from '../options/websocket-options';
import { assertGiven } from '../private/integrations/given';
import { WEBSOCKET_ACTION_NAMES } from '../private/integrations/names';
import { decryptionOf, executionsOf, stateMachineOf } from '../private/integrations/state-machine';
import {
  contentType, escaped, ESCAPED_BODY, jsonText, WebSocketServiceIntegrationBase, type WebSocketService,
} from '../private/integrations/websocket-service-integration';
import type { Reached } from '../private/shapes/integration';
import type { Names } from '../private/shapes/names';

/**
 * What is done with a state machine.
 */
export enum WebSocketStepFunctionsAction {
  /** Starts an execution and does not wait for it. */
  START_EXECUTION = 'StartExecution',
  /**
   * Starts an execution of an EXPRESS state machine, and waits for its result within the timeout of the integration.
   */
  START_SYNC_EXECUTION = 'StartSyncExecution',
  /** Stops an execution of a STANDARD state machine. */
  STOP_EXECUTION = 'StopExecution',
}

/**
 * Properties of `WebSocketStepFunctionsIntegration`.
 */
export interface WebSocketStepFunctionsIntegrationProps extends WebSocketServiceIntegrationOptions {
  /**
   * What is done with the state machine.
   *
   * @default WebSocketStepFunctionsAction.START_EXECUTION
   */
  readonly action?: WebSocketStepFunctionsAction;
}

/**
 * Starts or stops executions of an AWS Step Functions state machine with messages of a WebSocket API, without a
 * function in between.
 *
 * Creates an integration of type `AWS` and, unless `role` is given, a role that may do the one action on the state
 * machine, or on its executions where they are stopped. With `START_SYNC_EXECUTION` the role may also use the key of
 * the state machine, where it has one of its own. An execution is started with the body of the message as its input;
 * to stop one, the body is a JSON object with its `executionArn`.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html
 */
export class WebSocketStepFunctionsIntegration extends WebSocketServiceIntegrationBase {
  /**
   * @param id The id of the integration construct
   * @param stateMachine The state machine
   * @param props Options of the integration
   */
  constructor(
    id: string,
    private readonly stateMachine: IStateMachine,
    private readonly props: WebSocketStepFunctionsIntegrationProps = {},
  ) {
    assertGiven(new.target, id, { stateMachine, props });
    super(id, props);
  }

  /** @internal */
  protected override _service({ route }: WebSocketRouteIntegrationBindOptions): WebSocketService {
    const { stateMachineArn, env } = this.stateMachine;
    const { action = WebSocketStepFunctionsAction.START_EXECUTION } = this.props;
    const stops = action === WebSocketStepFunctionsAction.STOP_EXECUTION;
    const resource = stops ? executionsOf(this.stateMachine, route) : stateMachineArn;
    return {
      uri: ['states', 'action', action],
      region: env.region,
      statements: [new PolicyStatement({ actions: [`states:${action}`], resources: [resource] })],
      key: action === WebSocketStepFunctionsAction.START_SYNC_EXECUTION ? decryptionOf(this.stateMachine) : undefined,
      template: stops
        ? `{"executionArn":"${escaped('$input.path(\'$.executionArn\')')}"}`
        : `{"stateMachineArn":"${jsonText(stateMachineArn)}","input":"${ESCAPED_BODY}"}`,
      requestParameters: contentType('application/x-amz-json-1.0'),
    };
  }

  /** @internal */
  protected override _reached(): Reached {
    return { stateMachine: stateMachineOf(this.stateMachine) };
  }

  /** @internal */
  public override _names(): Names {
    return WEBSOCKET_ACTION_NAMES;
  }
}
