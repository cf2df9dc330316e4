import { Lazy, Names } from 'aws-cdk-lib';
import type { HttpRouteIntegrationBindOptions } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpIntegrationType, IntegrationCredentials, PayloadFormatVersion } from 'aws-cdk-lib/aws-apigatewayv2';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import type { IAlias, IFunction } from 'aws-cdk-lib/aws-lambda';
import type { HttpIntegrationOptions } from '../options/http-options';
import type { LambdaPermissionScope } from '../options/lambda-permission-scope';
import { assertGiven } from '../private/integrations/given';
import type { HttpTarget } from '../private/integrations/http-integration';
import { HttpIntegrationBase, keyOf } from '../private/integrations/http-integration';
import { grantInvoke, handlerOf, judgeAccess, newPermission } from '../private/integrations/lambda-access';
import { notGrantedFindings, type GrantedRole } from '../private/integrations/service-role';
import { joined, type Finding } from '../private/rules/rule';
import type { Reached } from '../private/shapes/integration';

/**
 * Properties of `HttpLambdaIntegration`.
 */
export interface HttpLambdaIntegrationProps extends HttpIntegrationOptions {
  /**
   * The version of the event that the function receives and of the response that it returns.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
   * @default PayloadFormatVersion.VERSION_2_0
   */
  readonly payloadFormatVersion?: PayloadFormatVersion;

  /**
   * Whether each route gets a permission of its own to invoke the function.
   *
   * With `false` one permission per stack serves all routes of the API that use the function. `permissionScope` says
   * more and cannot be combined with it.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html
   * @default true
   */
  readonly scopePermissionToRoute?: boolean;

  /**
   * Which requests the permissions on the function are for.
   *
   * Choose `API` when many routes share a function, and `ROUTE_KEY` for the least privilege. Cannot be combined with
   * `scopePermissionToRoute`, `role` or `credentials`.
   *
   * @default LambdaPermissionScope.ROUTE
   */
  readonly permissionScope?: LambdaPermissionScope;

  /**
   * The role that API Gateway assumes to invoke the function.
   *
   * The role is granted `lambda:InvokeFunction` on exactly what is invoked, and the function gets no permission. The
   * role has to trust `apigateway.amazonaws.com`. Cannot be combined with `credentials` or with the permission options.
   *
   * @default - API Gateway is permitted to invoke the function by the resource policy of the function
   */
  readonly role?: IRole;

  /**
   * The credentials that API Gateway invokes the function with: those of a role, or those of the caller.
   *
   * Nothing is granted and the function gets no permission. Cannot be combined with `role` or with the permission
   * options.
   *
   * @default - API Gateway is permitted to invoke the function by the resource policy of the function
   */
  readonly credentials?: IntegrationCredentials;
}

/**
 * Properties of `HttpLambdaIntegration.forStageAlias`.
 */
export interface HttpLambdaStageAliasIntegrationProps extends HttpLambdaIntegrationProps {
  /**
   * The stage variable whose value is the name of the alias that a stage invokes.
   */
  readonly stageVariable: string;

  /**
   * The aliases that a stage may name. Each gets the permissions.
   */
  readonly aliases: IAlias[];
}

/**
 * Sends requests of an HTTP API to a Lambda function and returns what the function answers.
 *
 * Creates an integration of type `AWS_PROXY`, and a permission on the function for each route:
 * `lambda:InvokeFunction` for API Gateway, limited to the path of the route, for any stage and method.
 * `permissionScope` makes it narrower or wider, `role` and `credentials` do without.
 *
 * A function that is imported from another account gets no permission; a warning says what to do. AWS CloudFormation
 * cannot create a permission on a function of another region: pass `role`.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export class HttpLambdaIntegration extends HttpIntegrationBase {
  /**
   * Invokes the alias of a function that a variable of the stage names.
   *
   * Each alias gets the permissions, and the function none. The stages have to define the variable; API Gateway cannot
   * know whether its value is the name of an alias.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-stages.html
   * @param id The id of the integration construct
   * @param handler The function whose aliases are invoked
   * @param props The stage variable, the aliases, and options of the integration
   */
  public static forStageAlias(
    id: string, handler: IFunction, props: HttpLambdaStageAliasIntegrationProps,
  ): HttpLambdaIntegration {
    assertGiven(HttpLambdaIntegration, id, { handler, props }, ['stageVariable', 'aliases']);
    const integration = new HttpLambdaIntegration(id, handler, props);
    integration._stageAlias = props;
    return integration;
  }

  /**
   * The role of the user, and whether it was granted the invocation.
   * @internal
   */
  private _granted?: GrantedRole;

  /** @internal */
  private _stageAlias?: HttpLambdaStageAliasIntegrationProps;

  /**
   * @param id The id of the integration construct
   * @param handler The function, version or alias that serves the requests
   * @param props Options of the integration
   */
  constructor(
    id: string, private readonly handler: IFunction, private readonly props: HttpLambdaIntegrationProps = {},
  ) {
    assertGiven(new.target, id, { handler, props });
    super(id, props);
  }

  /** @internal */
  protected override _target(): HttpTarget {
    const { role, credentials } = this.props;
    const qualifier = this._stageAlias ? `:\${stageVariables.${this._stageAlias.stageVariable}}` : '';
    return {
      type: HttpIntegrationType.AWS_PROXY,
      uri: `${this.handler.functionArn}${qualifier}`,
      payloadFormatVersion: this.props.payloadFormatVersion ?? PayloadFormatVersion.VERSION_2_0,
      ...(role || credentials) && { credentials: role ? IntegrationCredentials.fromRole(role) : credentials },
    };
  }

  /** @internal */
  protected override _reached(): Reached {
    return { handler: handlerOf(this.handler, this.props) };
  }

  /** @internal */
  protected override _optionFindings(): readonly Finding[] {
    return judgeAccess(this.props);
  }

  /** @internal */
  protected override _findingsAtSynth(): readonly Finding[] {
    return joined(super._findingsAtSynth(), notGrantedFindings(this._granted));
  }

  protected override completeBind(options: HttpRouteIntegrationBindOptions): void {
    const { route } = options;
    const { httpApi: api } = route;
    const { role } = this.props;
    const id = `${this._binding.id}-Permission`;
    const aliases = this._stageAlias?.aliases.map((alias: IFunction) => ({
      handler: alias, id: `${id}-${Names.nodeUniqueId(alias.node)}`,
    }));
    const invocations = aliases ?? [{ handler: this.handler, id }];
    if (role) { this._granted ??= grantInvoke(role, invocations.map(({ handler }) => handler)); }
    for (const invoked of invocations) {
      const added = newPermission(invoked.handler, this.props, {
        scope: route,
        id: invoked.id,
        api,
        apiId: api.apiId,
        route: `*/*${route.path ?? ''}`,
        // The resource of the route is made after it is bound.
        routeKey: () => Lazy.string({ produce: () => `*/${sourceOf(keyOf(route))}` }),
        isDefaultRoute: route.path === undefined,
      });
      if (added) { invoked.handler.addPermission(added.id, added.permission); }
    }
  }
}

/** A route key as it stands in an execute-api ARN: `GET /path` is `GET/path`, and any method is `*`. */
function sourceOf(routeKey: string): string {
  const [, method, path] = /^(?:(\S+) )?(\/.*)$/.exec(routeKey) ?? [];
  return path === undefined ? routeKey : `${method === undefined || method === 'ANY' ? '*' : method}${path}`;
}
