import { Lazy, Names, Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal, type IRole } from 'aws-cdk-lib/aws-iam';
import type { CfnPermission, IFunction, Permission } from 'aws-cdk-lib/aws-lambda';
import type { Construct, IConstruct, Node } from 'constructs';
import { LambdaPermissionScope } from '../../options/lambda-permission-scope';
import { addWarnings, isSaid, judgeAtSynth } from '../output/findings';
import { resourceOf } from '../output/resource';
import { judge } from '../rules';
import { lambdaAccessOptions, lambdaPermissionNotAdded, mayBeTooLarge } from '../rules/lambda';
import { judgeOptions, type Finding } from '../rules/rule';
import type { Handler } from '../shapes/integration';
import { jsonOf } from '../shapes/values';
import { placeOfFunction, regionsDiffer } from './places';
import { addStatements, type GrantedRole } from './service-role';
import { remembered } from './state';

/** How API Gateway may invoke a function, as the user gave it. */
export interface LambdaAccessOptions {
  readonly permissionScope?: LambdaPermissionScope;
  readonly scopePermissionToRoute?: boolean;
  readonly role?: IRole;
  /** Whether the caller's credentials, or those of a role, are passed. */
  readonly credentials?: unknown;
}

/** A route that is about to invoke a function, and the source ARNs that would let it. */
export interface InvokingRoute {
  /** The construct under which a permission is created. */
  readonly scope: IConstruct;
  /** The id of a permission for the route. */
  readonly id: string;
  readonly api: IConstruct;
  readonly apiId: string;
  /** What follows the id of the API, as upstream has it. */
  readonly route: string;
  /** Returns the same for exactly the key of the route. */
  readonly routeKey: () => string;
  readonly isDefaultRoute: boolean;
}

const API_GATEWAY = new ServicePrincipal('apigateway.amazonaws.com');

const ACCESS_OPTIONS = ['role', 'credentials', 'permissionScope', 'scopePermissionToRoute'] as const;

/** What is wrong with a combination of options. */
export function judgeAccess(options: LambdaAccessOptions): readonly Finding[] {
  const given = ACCESS_OPTIONS.filter((name) => options[name] !== undefined);
  return judgeOptions(given, lambdaAccessOptions);
}

/**
 * Lets a role invoke functions, each exactly by the ARN that is invoked, and returns the role with whether it took
 * that.
 *
 * What a function grants itself is wider: its versions and aliases as well.
 */
export function grantInvoke(role: IRole, handlers: readonly IFunction[]): GrantedRole {
  const resources = handlers.map(({ functionArn }) => functionArn);
  const statements = [new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources })];
  return { role, statements, granted: addStatements(role, statements) };
}

/**
 * Returns the permission with which a route may invoke a function, of the chosen scope; a role or credentials need
 * none, and neither does a route that another one serves.
 *
 * The caller adds it, so that it stands in stack traces where one of aws-cdk-lib does.
 */
export function newPermission(
  handler: IFunction, options: LambdaAccessOptions, route: InvokingRoute,
): { readonly id: string; readonly permission: Permission } | undefined {
  const found = isPermitted(options) ? permissionFor(handler, options, route) : undefined;
  if (!found) { return undefined; }
  const { scope } = route;
  const { id, resourceName } = found;
  const added = permissionsOf(handler);
  // AWS CloudFormation cannot create one for a function of another region.
  if (regionsDiffer(handler, scope)) { return undefined; }
  added.push({ scope, id });
  const sourceArn = `${arnOfApi(Stack.of(scope), route)}/${resourceName}`;
  return { id, permission: { scope: scope as Construct, principal: API_GATEWAY, sourceArn } };
}

/** The execute-api ARNs that a stack has written, by their API. */
const arnsOfApis = remembered('execute-api-arns', () => new Map<Node, string>());

/** The execute-api ARN of an API, as a stack writes it. */
function arnOfApi(stack: Stack, { api, apiId }: InvokingRoute): string {
  const arns = arnsOfApis(stack);
  const known = arns.get(api.node);
  if (known !== undefined) { return known; }
  const arn = stack.formatArn({ service: 'execute-api', resource: apiId });
  arns.set(api.node, arn);
  return arn;
}

/** The id of a permission, and what follows the id of the API in its source ARN. */
interface IdAndSource {
  readonly id: string;
  readonly resourceName: string;
}

/** The permission that a route needs, unless there is one that serves it. */
function permissionFor(
  handler: IFunction, options: LambdaAccessOptions, route: InvokingRoute,
): IdAndSource | undefined {
  switch (options.permissionScope ?? LambdaPermissionScope.ROUTE) {
    case LambdaPermissionScope.NONE: return undefined;
    case LambdaPermissionScope.API: return permissionForApi(handler, route);
    case LambdaPermissionScope.ROUTE_KEY: return { id: route.id, resourceName: route.routeKey() };
    case LambdaPermissionScope.ROUTE:
      if (options.scopePermissionToRoute === false) { return permissionForApiAsUpstream(handler, route); }
      return { id: route.id, resourceName: route.route };
  }
}

const handlers = new WeakMap<IFunction, Handler>();

/** What is known of a function that an integration invokes. It is read once, since a function does not change. */
export function handlerOf(handler: IFunction, options: LambdaAccessOptions): Handler {
  let known = handlers.get(handler);
  if (!known) {
    known = readHandler(handler);
    handlers.set(handler, known);
  }
  return isPermitted(options) ? known : { ...known, isPermittedHere: false };
}

function readHandler(handler: IFunction): Handler {
  // An alias and a version know their function.
  const called = (handler as { lambda?: IFunction }).lambda ?? handler;
  const { timeout } = called as { timeout?: { isUnresolved(): boolean; toSeconds(): number } };
  return {
    path: () => called.node.path,
    seconds: timeout?.isUnresolved() ? undefined : timeout?.toSeconds(),
    isAwaited: true,
    region: jsonOf(placeOfFunction(handler).region),
    isPermittedHere: canBePermitted(handler),
  };
}

/** Whether the options ask for a permission on the function. */
function isPermitted({ role, credentials, permissionScope }: LambdaAccessOptions): boolean {
  return !role && !credentials && permissionScope !== LambdaPermissionScope.NONE;
}

/** Whether aws-cdk-lib makes a permission for a function. */
function canBePermitted(handler: IFunction): boolean {
  return (handler as { canCreatePermissions?: boolean }).canCreatePermissions !== false;
}

/** Where a permission is; none is made for a function of another account. */
interface PlaceOfPermission { readonly scope: IConstruct; readonly id: string }

/** Returns the permissions that this library adds to a function; with the first one it starts to judge them. */
const permissionsOf = remembered('permissions', (handler: IFunction): PlaceOfPermission[] => {
  addWarnings(handler, judgePermitted(handler));
  judgeAtSynth(handler, () => [{ construct: handler, findings: judgeSize(handler) }]);
  return [];
});

/** Whether permissions can be added to a function, or the user takes care of them. */
function judgePermitted(handler: IFunction): readonly Finding[] {
  const { _skipPermissions: skips } = handler as unknown as { _skipPermissions?: boolean };
  const permitted = canBePermitted(handler) || skips === true;
  return judgeOptions({ permitted, functionArn: handler.functionArn }, lambdaPermissionNotAdded);
}

/** Judges the permissions of a function once, when all of them are known. */
function judgeSize(handler: IFunction): Finding[] {
  const added = permissionsOf(handler);
  // The checks run before, and measure the whole policy.
  if (!mayBeTooLarge(added) || isSaid(resourceOf(handler) ?? handler, 'lambda-policy-size')) { return []; }
  const permissions = added.flatMap(({ scope, id }) => scope.node.tryFindChild(id) ?? []);
  const statements = permissions.map((permission) => {
    const stack = Stack.of(permission);
    const { logicalId, sourceArn } = permission as CfnPermission;
    return {
      stack: stack.node.path,
      logicalId: String(stack.resolve(logicalId)),
      sourceArn: stack.resolve(sourceArn) as unknown,
    };
  });
  return judge('function-policy', { handler: handler.node.path, statements });
}

/** Returns an id that only this function and this API have together. */
function pairId(handler: IFunction, api: IConstruct): string {
  return `${Names.nodeUniqueId(handler.node)}.${Names.nodeUniqueId(api.node)}`;
}

/** The APIs that have a permission on a function. */
const permittedApis = remembered('permitted-apis', () => new Set<Node>());

/**
 * One permission for all routes of an API, with the first route: its stack depends on the function and on the API
 * anyway.
 */
function permissionForApi(handler: IFunction, route: InvokingRoute): IdAndSource | undefined {
  const permitted = permittedApis(handler);
  if (permitted.has(route.api.node)) { return undefined; }
  permitted.add(route.api.node);
  return { id: `ApiPermission.${pairId(handler, route.api)}`, resourceName: '*/*' };
}

/** One permission per stack for all routes of an API; `$default` needs a wider ARN than the others. */
class UpstreamApiPermission {
  /** `stage/METHOD/path`, or `stage/*`, which also matches the two segments of `stage/$default`. */
  public readonly resourceName = Lazy.string({ produce: () => this.servesDefaultRoute ? '*/*' : '*/*/*' });

  constructor(public servesDefaultRoute: boolean) {}
}

/**
 * One permission per stack with which an API may invoke a function from any of its routes.
 *
 * A permission that was made in a nested stack serves the stacks around it as well.
 */
function permissionForApiAsUpstream(handler: IFunction, route: InvokingRoute): IdAndSource | undefined {
  const { scope, api, isDefaultRoute } = route;
  const known = inStack(Stack.of(scope), handler).get(api.node);
  if (known) {
    known.servesDefaultRoute ||= isDefaultRoute;
    return undefined;
  }
  const permission = new UpstreamApiPermission(isDefaultRoute);
  for (const stack of scope.node.scopes.filter((s) => Stack.isStack(s))) {
    const permissions = inStack(stack, handler);
    if (!permissions.has(api.node)) { permissions.set(api.node, permission); }
  }
  return { id: `ApiPermission.ApiScoped.${pairId(handler, api)}`, resourceName: permission.resourceName };
}

/** The permissions that serve a stack, by function. */
const servingStack = remembered('api-permissions', () => new Map<Node, Map<Node, UpstreamApiPermission>>());

/** Returns the permissions on a function that serve a stack, by API. */
function inStack(stack: Stack, handler: IFunction): Map<Node, UpstreamApiPermission> {
  const ofStack = servingStack(stack);
  const ofHandler = ofStack.get(handler.node) ?? new Map<Node, UpstreamApiPermission>();
  ofStack.set(handler.node, ofHandler);
  return ofHandler;
}
