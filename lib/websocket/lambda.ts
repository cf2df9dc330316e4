import { Stack, Token } from 'aws-cdk-lib';
import type { ContentHandling, WebSocketRouteIntegrationBindOptions } from 'aws-cdk-lib/aws-apigatewayv2';
import { WebSocketIntegrationType } from 'aws-cdk-lib/aws-apigatewayv2';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { WebSocketIntegrationOptions } from './base-types';
import { permitInvoke } from '../private/lambda-permission';
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
}

/**
 * Sends messages of a WebSocket API to a Lambda function.
 *
 * Creates an integration of type `AWS_PROXY`, and a permission on the function for each route:
 * `lambda:InvokeFunction` for API Gateway, limited to the key of the route, for any stage.
 * A function that is imported from another account or region gets no permission.
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
    };
  }

  /** @internal */
  protected override _bindRoute(options: WebSocketRouteIntegrationBindOptions): void {
    permitInvoke(this.handler, {
      scope: options.scope,
      id: `${this._binding.id}-Permission`,
      apiId: options.route.webSocketApi.apiId,
      resourceName: `*${options.route.routeKey}`,
    });
  }
}
