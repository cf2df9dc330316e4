import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { HttpServiceIntegrationOptions } from '../options/http-options';
import { assertGiven } from '../private/integrations/given';
import { HttpServiceIntegrationBase, type HttpService } from '../private/integrations/http-service-integration';
import { HTTP_NAMES } from '../private/integrations/names';
import { judgeOptions, type Finding } from '../private/rules/rule';
import { serviceRole } from '../private/rules/services';
import type { Names } from '../private/shapes/names';

/**
 * Properties of `HttpAwsServiceIntegration`.
 */
export interface HttpAwsServiceIntegrationProps extends HttpServiceIntegrationOptions {
  /**
   * The name that API Gateway gives the action, for example `SQS-SendMessage`.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-aws-services-reference.html
   */
  readonly subtype: string;

  /**
   * What the call needs. The statements are added to the role.
   *
   * @default - nothing is granted to `role`, which is then required
   */
  readonly policyStatements?: PolicyStatement[];
}

/**
 * Calls any action that API Gateway offers as a first-class integration, by the name that API Gateway gives it.
 *
 * Creates an integration of type `AWS_PROXY` and, unless `role` is given, a role with the `policyStatements`. All
 * parameters stand in `parameterMapping`; those of the known actions are checked.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-aws-services-reference.html
 */
export class HttpAwsServiceIntegration extends HttpServiceIntegrationBase {
  /**
   * @param id The id of the integration construct
   * @param props The action, and options of the integration
   */
  constructor(id: string, private readonly props: HttpAwsServiceIntegrationProps) {
    assertGiven(new.target, id, { props }, ['subtype']);
    super(id, props);
  }

  /** @internal */
  protected override _describeService(): HttpService {
    return { subtype: this.props.subtype, target: {}, parameters: {} };
  }

  /** @internal */
  protected override _statements(): PolicyStatement[] {
    return this.props.policyStatements ?? [];
  }

  /** @internal */
  protected override _optionFindings(): readonly Finding[] {
    const { role, policyStatements } = this.props;
    const given = { role: role !== undefined, statements: policyStatements?.length ?? 0 };
    return judgeOptions(given, serviceRole);
  }

  /**
   * There is no option for each parameter.
   * @internal
   */
  public override _names(): Names {
    return HTTP_NAMES;
  }
}
