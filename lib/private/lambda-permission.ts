import { Lazy, Names, Stack } from 'aws-cdk-lib';
import type { IHttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct, IConstruct } from 'constructs';

/** Lets API Gateway invoke a function for the requests that an execute-api ARN matches. */
export interface InvokePermission {
  /** The construct under which the permission is created. */
  readonly scope: IConstruct;
  /** The id of the permission. */
  readonly id: string;
  /** The id of the API. */
  readonly apiId: string;
  /** What follows the id of the API in the ARN: stage, method and path, or stage and route key. */
  readonly resourceName: string;
}

export function permitInvoke(handler: IFunction, permission: InvokePermission): void {
  handler.addPermission(permission.id, {
    scope: permission.scope as Construct,
    principal: new ServicePrincipal('apigateway.amazonaws.com'),
    sourceArn: Stack.of(permission.scope).formatArn({
      service: 'execute-api',
      resource: permission.apiId,
      resourceName: permission.resourceName,
    }),
  });
}

/** One permission for all routes of an API; `$default` needs a wider ARN than the others. */
class ApiPermission {
  public servesDefaultRoute = false;

  /** `stage/METHOD/path`, or `stage/*`, which also matches the two segments of `stage/$default`. */
  public readonly resourceName = Lazy.string({ produce: () => this.servesDefaultRoute ? '*/*' : '*/*/*' });
}

/** The permissions that serve a stack, per function and API. */
type StackPermissions = WeakMap<IConstruct['node'], WeakMap<IConstruct['node'], ApiPermission>>;

const permissionsOfStacks = new WeakMap<Stack, StackPermissions>();

/**
 * Lets an API invoke a function from any of its routes, with one permission per stack.
 *
 * A permission that was made in a nested stack serves the stacks around it as well.
 */
export function permitInvokeFromApi(handler: IFunction, scope: IConstruct, api: IHttpApi, isDefaultRoute: boolean): void {
  let permission = permissionsOf(Stack.of(scope), handler).get(api.node);
  if (!permission) {
    permission = new ApiPermission();
    for (const stack of scope.node.scopes.filter((s) => Stack.isStack(s))) {
      const permissions = permissionsOf(stack, handler);
      if (!permissions.has(api.node)) { permissions.set(api.node, permission); }
    }
    permitInvoke(handler, {
      scope,
      id: `ApiPermission.ApiScoped.${Names.nodeUniqueId(handler.node)}.${Names.nodeUniqueId(api.node)}`,
      apiId: api.apiId,
      resourceName: permission.resourceName,
    });
  }
  permission.servesDefaultRoute ||= isDefaultRoute;
}

function permissionsOf(stack: Stack, handler: IFunction): WeakMap<IConstruct['node'], ApiPermission> {
  const permissions: StackPermissions = permissionsOfStacks.get(stack) ?? new WeakMap();
  permissionsOfStacks.set(stack, permissions);
  const ofHandler = permissions.get(handler.node) ?? new WeakMap<IConstruct['node'], ApiPermission>();
  permissions.set(handler.node, ofHandler);
  return ofHandler;
}
