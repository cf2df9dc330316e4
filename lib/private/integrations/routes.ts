import type { CfnRoute } from 'aws-cdk-lib/aws-apigatewayv2';
import type { IConstruct } from 'constructs';
import { jsonOf, type Properties } from '../shapes/values';
import { resourceOf } from '../output/resource';

/**
 * The properties of a route that decide what its integration does; its resource may have been changed since the
 * route was made. Others may be overridden where a class does not see it, and are for the checks.
 */
export function routeProperties(route: IConstruct, routeKey: string): Properties {
  const resource = resourceOf(route) as Partial<CfnRoute> | undefined;
  return {
    // A route of the user's may have no resource.
    RouteKey: jsonOf(resource?.routeKey ?? (routeKey || undefined)),
    RouteResponseSelectionExpression: jsonOf(resource?.routeResponseSelectionExpression),
  };
}
