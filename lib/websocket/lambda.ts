import { Stack, Token } from 'aws-cdk-lib';
import type { ContentHandling, WebSocketRouteIntegrationBindOptions } from 'aws-cdk-lib/aws-apigatewayv2';
import { WebSocketIntegrationType } from 'aws-cdk-lib/aws-apigatewayv2';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { WebSocketIntegrationOptions } from './base-types';
import type { LambdaPermissionScope } from '../http/lambda-permission-scope';
import { allowInvoke, judgeAccess, judgeTimeout } from '../private/lambda-access';
import type { Finding } from '../private/rules/rule';
import { MAX_WEBSOCKET_TIMEOUT } from '../private/rules/timeouts';
import type { WebSocketTarget } from '../private/websocket-integration';
import { WebSocketIntegrationBase } from '../private/websocket-integration';

/**
 * Properties of `WebSocketLambdaIntegration`.
 */
export interface WebSocketLambdaIntegrationProps extends WebSocketIntegrationOptions {
  /**
   * How the type of the response payload is converted.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-develop-binary-media-types.html
   * @default - the payload is passed through unchanged
   */
  readonly contentHandling?: ContentHandling;

  /**
   * Which messages the permissions on the function are for.
   *
   * Choose `API` when many routes share a function, and `ROUTE_KEY` for the least privilege. Cannot be combined with `role`.
   *
   * @default LambdaPermissionScope.ROUTE
   */
  readonly permissionScope?: LambdaPermissionScope;

  /**
   * The role that API Gateway assumes to invoke the function.
   *
   * The role is granted `lambda:InvokeFunction` on the function, and the function gets no permission. The role has to
   * trust `apigateway.amazonaws.com`. Cannot be combined with `permissionScope`.
   *
   * @default - API Gateway is permitted to invoke the function by the resource policy of the function
   */
  readonly role?: IRole;
}

/**
 * Sends messages of a WebSocket API to a Lambda function.
 *
 * Creates an integration of type `AWS_PROXY`, and a permission on the function for each route:
 * `lambda:InvokeFunction` for API Gateway, limited to the key of the route, for any stage.
 * `permissionScope` makes it narrower or wider, `role` does without.
 *
 * A function that is imported from another account or region gets no permission; a warning says what to do.
 *
 * What the function returns reaches the client only on a route with `returnResponse`.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-integrations.html
 */
export class WebSocketLambdaIntegration extends WebSocketIntegrationBase {
  /**
   * @param id The id of the integration construct
   * @param handler The function, version or alias that receives the messages
   * @param props Options of the integration
   */
  constructor(id: string, private readonly handler: IFunction, private readonly props: WebSocketLambdaIntegrationProps = {}) {
    super(id, props);
  }

  /** @internal */
  protected override _target(options: WebSocketRouteIntegrationBindOptions): WebSocketTarget {
    const stack = Stack.of(options.route);
    const handlerRegion = this.handler.env.region;
    return {
      type: WebSocketIntegrationType.AWS_PROXY,
      uri: stack.formatArn({
        service: 'apigateway',
        region: Token.isUnresolved(handlerRegion) ? stack.region : handlerRegion,
        account: 'lambda',
        resource: 'path/2015-03-31/functions',
        resourceName: `${this.handler.functionArn}/invocations`,
      }),
      contentHandling: this.props.contentHandling,
      ...this.props.role && { credentialsRole: this.props.role },
    };
  }

  /** @internal */
  protected override _findings(): Finding[] {
    const { timeout } = this.props;
    return [
      ...super._findings(),
      ...judgeAccess(this.props),
      ...timeout?.isUnresolved() ? [] : judgeTimeout(this.handler, timeout?.toMilliseconds({ integral: false }) ?? MAX_WEBSOCKET_TIMEOUT),
    ];
  }

  /** @internal */
  protected override _bindRoute({ scope, route }: WebSocketRouteIntegrationBindOptions): void {
    allowInvoke(this.handler, this.props, {
      scope,
      id: `${this._binding.id}-Permission`,
      api: route.webSocketApi,
      apiId: route.webSocketApi.apiId,
      route: `*${route.routeKey}`,
      routeKey: `*/${route.routeKey}`,
      isDefaultRoute: false,
    });
  }
}
