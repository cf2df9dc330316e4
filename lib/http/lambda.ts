import type { HttpRouteIntegrationBindOptions } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpIntegrationType, PayloadFormatVersion } from 'aws-cdk-lib/aws-apigatewayv2';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { HttpIntegrationOptions } from './base-types';
import type { HttpTarget } from '../private/http-integration';
import { HttpIntegrationBase } from '../private/http-integration';
import { permitInvoke, permitInvokeFromApi } from '../private/lambda-permission';

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
   * With `false` one permission serves all routes of the API that use the function. Choose it
   * when many routes share a function: its resource policy holds at most 20,480 bytes.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html
   * @default true
   */
  readonly scopePermissionToRoute?: boolean;
}

/**
 * Sends requests of an HTTP API to a Lambda function and returns what the function answers.
 *
 * Creates an integration of type `AWS_PROXY`, and a permission on the function for each route:
 * `lambda:InvokeFunction` for API Gateway, limited to the path of the route, for any stage and method.
 * A function that is imported from another account or region gets no permission.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export class HttpLambdaIntegration extends HttpIntegrationBase {
  /**
   * @param id The id of the integration construct
   * @param handler The function, version or alias that serves the requests
   * @param props Options of the integration
   */
  constructor(id: string, private readonly handler: IFunction, private readonly props: HttpLambdaIntegrationProps = {}) {
    super(id, props);
  }

  /** @internal */
  protected override _target(): HttpTarget {
    return {
      type: HttpIntegrationType.AWS_PROXY,
      uri: this.handler.functionArn,
      payloadFormatVersion: this.props.payloadFormatVersion ?? PayloadFormatVersion.VERSION_2_0,
    };
  }

  protected override completeBind(options: HttpRouteIntegrationBindOptions): void {
    const route = options.route;
    if (this.props.scopePermissionToRoute ?? true) {
      permitInvoke(this.handler, {
        scope: route,
        id: `${this._binding.id}-Permission`,
        apiId: route.httpApi.apiId,
        resourceName: `*/*${route.path ?? ''}`,
      });
    } else {
      permitInvokeFromApi(this.handler, route, route.httpApi, route.path === undefined);
    }
  }
}
