import { Stack, Token } from 'aws-cdk-lib';
import type { WebSocketRouteIntegrationBindOptions } from 'aws-cdk-lib/aws-apigatewayv2';
import { WebSocketIntegrationType } from 'aws-cdk-lib/aws-apigatewayv2';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { WebSocketNonProxyIntegrationOptions } from '../options/websocket-options';
import type { LambdaPermissionScope } from '../options/lambda-permission-scope';
import { assertGiven } from '../private/integrations/given';
import { grantInvoke, handlerOf, judgeAccess, newPermission } from '../private/integrations/lambda-access';
import { notGrantedFindings, type GrantedRole } from '../private/integrations/service-role';
import { joined, type Finding } from '../private/rules/rule';
import type { Reached } from '../private/shapes/integration';
import type { WebSocketTarget } from '../private/integrations/websocket-integration';
import { WebSocketIntegrationBase } from '../private/integrations/websocket-integration';

/**
 * Properties of `WebSocketLambdaIntegration`.
 */
export interface WebSocketLambdaIntegrationProps extends WebSocketNonProxyIntegrationOptions {
  /**
   * Whether the function gets the event of API Gateway and its answer is returned as it is.
   *
   * With `false` the type is `AWS`: request templates make what the function receives, and integration responses what
   * is returned. An integration response is chosen by the error message of the function.
   *
   * @default true
   */
  readonly proxy?: boolean;

  /**
   * Which messages the permissions on the function are for.
   *
   * Choose `API` when many routes share a function, and `ROUTE_KEY` for the least privilege. Cannot be combined with
   * `role`.
   *
   * @default LambdaPermissionScope.ROUTE
   */
  readonly permissionScope?: LambdaPermissionScope;

  /**
   * The role that API Gateway assumes to invoke the function.
   *
   * The role is granted `lambda:InvokeFunction` on exactly what is invoked, and the function gets no permission. The
   * role has to trust `apigateway.amazonaws.com`. Cannot be combined with `permissionScope`.
   *
   * @default - API Gateway is permitted to invoke the function by the resource policy of the function
   */
  readonly role?: IRole;
}

/**
 * Sends messages of a WebSocket API to a Lambda function.
 *
 * Creates an integration of type `AWS_PROXY`, or `AWS` without `proxy`, and a permission on the function for each
 * route: `lambda:InvokeFunction` for API Gateway, limited to the key of the route, for any stage. `permissionScope`
 * makes it narrower or wider. With `role`, no permission is created.
 *
 * A function that is imported from another account gets no permission; a warning says what to do. AWS CloudFormation
 * cannot create a permission on a function of another region: pass `role`.
 *
 * What the function returns reaches the client only on a route with `returnResponse`.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-integrations.html
 */
export class WebSocketLambdaIntegration extends WebSocketIntegrationBase {
  /**
   * The role of the user, and whether it was granted the invocation.
   * @internal
   */
  private _granted?: GrantedRole;

  /**
   * @param id The id of the integration construct
   * @param handler The function, version or alias that receives the messages
   * @param props Options of the integration
   */
  constructor(
    id: string, private readonly handler: IFunction, private readonly props: WebSocketLambdaIntegrationProps = {},
  ) {
    assertGiven(new.target, id, { handler, props });
    super(id, props);
  }

  /** @internal */
  protected override _target(options: WebSocketRouteIntegrationBindOptions): WebSocketTarget {
    const stack = Stack.of(options.route);
    const handlerRegion = this.handler.env.region;
    const isProxy = this.props.proxy ?? true;
    return {
      type: isProxy ? WebSocketIntegrationType.AWS_PROXY : WebSocketIntegrationType.AWS,
      method: isProxy ? undefined : 'POST',
      uri: stack.formatArn({
        service: 'apigateway',
        region: Token.isUnresolved(handlerRegion) ? stack.region : handlerRegion,
        account: 'lambda',
        resource: 'path/2015-03-31/functions',
        resourceName: `${this.handler.functionArn}/invocations`,
      }),
      credentialsRole: this.props.role,
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

  /** @internal */
  protected override _bindRoute({ scope, route }: WebSocketRouteIntegrationBindOptions): void {
    const { role } = this.props;
    if (role) { this._granted ??= grantInvoke(role, [this.handler]); }
    const added = newPermission(this.handler, this.props, {
      scope,
      id: `${this._binding.id}-Permission`,
      api: route.webSocketApi,
      apiId: route.webSocketApi.apiId,
      route: `*${route.routeKey}`,
      routeKey: () => `*/${route.routeKey}`,
      isDefaultRoute: false,
    });
    if (added) { this.handler.addPermission(added.id, added.permission); }
  }
}
