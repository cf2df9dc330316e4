import type { CfnRoute } from 'aws-cdk-lib/aws-apigatewayv2';
import type { IConstruct } from 'constructs';
import { jsonOf, type Properties } from '../shapes/values';
import { resourceOf } from '../output/resource';

/** The properties of a route as it is deployed: its resource may have been changed since the route was made. */
export function routeProperties(route: IConstruct, routeKey: string): Properties {
  const resource = resourceOf(route) as Partial<CfnRoute> | undefined;
  return {
    RouteKey: jsonOf(resource?.routeKey ?? routeKey),
    AuthorizationType: jsonOf(resource?.authorizationType),
    AuthorizationScopes: jsonOf(resource?.authorizationScopes),
    AuthorizerId: jsonOf(resource?.authorizerId),
    ApiKeyRequired: jsonOf(resource?.apiKeyRequired),
    RouteResponseSelectionExpression: jsonOf(resource?.routeResponseSelectionExpression),
    Target: jsonOf(resource?.target),
  };
}
