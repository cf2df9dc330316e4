import {
  HttpIntegrationSubtype, type HttpRouteIntegrationBindOptions, type MappingValue,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { HttpServiceIntegrationOptions } from '../options/http-options';
import { assertGiven } from '../private/integrations/given';
import { HttpServiceIntegrationBase, type HttpService } from '../private/integrations/http-service-integration';
import type { ServiceKey } from '../private/integrations/service-role';
import { decryptionOf, executionsOf, stateMachineOf } from '../private/integrations/state-machine';
import type { Reached } from '../private/shapes/integration';

/**
 * Properties of `HttpStepFunctionsIntegration`.
 */
export interface HttpStepFunctionsIntegrationProps extends HttpServiceIntegrationOptions {
  /**
   * The state machine.
   */
  readonly stateMachine: IStateMachine;

  /**
   * What is done with the state machine.
   *
   * @default HttpIntegrationSubtype.STEPFUNCTIONS_START_EXECUTION
   */
  readonly subtype?: HttpIntegrationSubtype;

  /**
   * The name of the execution, 1 to 80 characters.
   *
   * @default - the parameter is not sent
   */
  readonly executionName?: MappingValue;

  /**
   * The JSON input of the execution, at most 262,144 bytes.
   *
   * @default - the parameter is not sent
   * @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html
   */
  readonly input?: MappingValue;

  /**
   * The AWS X-Ray trace header.
   *
   * @default - the parameter is not sent
   * @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartSyncExecution.html
   */
  readonly traceHeader?: MappingValue;

  /**
   * The execution to stop.
   *
   * @default - `$request.body.ExecutionArn`, unless `parameterMapping` is given
   * @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_StopExecution.html
   */
  readonly executionArn?: MappingValue;

  /**
   * Why the execution is stopped, at most 32,768 characters.
   *
   * @default - the parameter is not sent
   * @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_StopExecution.html
   */
  readonly cause?: MappingValue;

  /**
   * The error code of the stopped execution (`Error`), at most 256 characters.
   *
   * @default - the parameter is not sent
   * @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_StopExecution.html
   */
  readonly errorCode?: MappingValue;
}

/**
 * Starts or stops executions of an AWS Step Functions state machine without a function in between.
 *
 * Creates an integration of type `AWS_PROXY` and, unless `role` is given, a role. The role is granted the one action on
 * the state machine, or on its executions where they are stopped. To start an execution synchronously it is also
 * granted `kms:Decrypt` on the key of the state machine, where it has one of its own; an imported one does not tell its
 * key.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-aws-services-reference.html#StepFunctions-StartExecution
 */
export class HttpStepFunctionsIntegration extends HttpServiceIntegrationBase {
  /**
   * @param id The id of the integration construct
   * @param props The state machine, and options of the integration
   */
  constructor(id: string, private readonly props: HttpStepFunctionsIntegrationProps) {
    assertGiven(new.target, id, { props }, ['stateMachine']);
    super(id, props);
  }

  /** @internal */
  protected override _describeService(): HttpService {
    const { stateMachine } = this.props;
    const subtype = this.props.subtype ?? HttpIntegrationSubtype.STEPFUNCTIONS_START_EXECUTION;
    const stops = subtype === HttpIntegrationSubtype.STEPFUNCTIONS_STOP_EXECUTION;
    return {
      name: 'StepFunctions',
      subtype,
      target: stops ? {} : { StateMachineArn: stateMachine.stateMachineArn },
      parameters: {
        Name: this.props.executionName,
        Input: this.props.input,
        TraceHeader: this.props.traceHeader,
        ExecutionArn: this.props.executionArn,
        Cause: this.props.cause,
        Error: this.props.errorCode,
      },
      region: stateMachine.env.region,
    };
  }

  /** @internal */
  protected override _statements(options: HttpRouteIntegrationBindOptions): PolicyStatement[] {
    const { subtype } = this._service();
    const resource = subtype === HttpIntegrationSubtype.STEPFUNCTIONS_STOP_EXECUTION
      ? executionsOf(this.props.stateMachine, options.route) : this.props.stateMachine.stateMachineArn;
    return [new PolicyStatement({
      sid: 'AllowStepFunctionsExecution',
      actions: [`states:${subtype.slice('StepFunctions-'.length)}`],
      resources: [resource],
    })];
  }

  /** @internal */
  protected override _key(): ServiceKey | undefined {
    const waits = this._service().subtype === HttpIntegrationSubtype.STEPFUNCTIONS_START_SYNC_EXECUTION;
    return waits ? decryptionOf(this.props.stateMachine) : undefined;
  }

  /** @internal */
  protected override _reached(): Reached {
    return { stateMachine: stateMachineOf(this.props.stateMachine) };
  }
}
