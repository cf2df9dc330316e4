/**
 * Which requests a permission lets API Gateway invoke a Lambda function for.
 *
 * A function's resource policy holds at most 20,480 bytes, about 50 statements.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html
 */
export enum LambdaPermissionScope {
  /**
   * A permission per route, for the path of the route with any method.
   *
   * On a WebSocket API for every route key that ends in the key of the route. On `$default` for the whole API.
   */
  ROUTE = 'ROUTE',

  /**
   * A permission per route, for exactly the key of the route.
   *
   * The source ARN ends in `GET/path`, in `*` and the path for the method `ANY`, in `$default`, or in the key of a
   * WebSocket route.
   */
  ROUTE_KEY = 'ROUTE_KEY',

  /**
   * One permission per function and API, for all routes, whatever the number of integrations and stacks.
   */
  API = 'API',

  /**
   * No permission: it is granted elsewhere.
   */
  NONE = 'NONE',
}
