import { functionName, type FunctionName } from '../template/arns';
import { isIntrinsic } from '../facts/intrinsics';
import { groupBy, oncePerApp, oncePerKey, type Evaluator, type Located } from '../template/evaluator';
import { arnMatches, hasUnknown, known, sameText, split, type Text } from '../template/text';
import { all, every, some, type Verdict } from '../template/verdict';
import { mayBeChangedOutside } from './outside';
import { actionMatches } from './policies';
import { judgeRole, type RoleVerdict } from './roles';

/** A permission on a function, read once. */
export interface Permission extends FunctionName {
  readonly resource: Located;
  readonly source?: Text;
  /** The account that the call has to come from. */
  readonly account?: Text;
  /** Whether it lets API Gateway invoke what is called, apart from where the call comes from. */
  readonly invokes: Verdict;
}

/** The permissions on each function. */
export const permissionsByFunction = oncePerApp((app) => {
  const permissions = app.ofType('AWS::Lambda::Permission').map((resource) => readPermission(app, resource));
  return groupBy(permissions, ({ handler }) => handler);
});

function readPermission(app: Evaluator, resource: Located): Permission {
  const property = (name: string) => app.property(resource, name);
  return {
    resource,
    ...functionName(app, resource, property('FunctionName') ?? ''),
    source: property('SourceArn'),
    account: property('SourceAccount'),
    invokes: all(
      isApiGateway(property('Principal') ?? ''),
      actionMatches(property('Action') ?? '', 'lambda:InvokeFunction'),
      isForServices(resource),
    ),
  };
}

/** Whether a principal of a permission is API Gateway. Whether any principal includes a service is not documented. */
function isApiGateway(principal: Text): Verdict {
  return principal === '*' ? 'unknown' : sameText(principal, 'apigateway.amazonaws.com');
}

const CONDITIONS = ['PrincipalOrgID', 'FunctionUrlAuthType', 'InvokedViaFunctionUrl', 'EventSourceToken'];

/** Whether the conditions of a permission let a service in: it is in no organization, and calls no function URL. */
function isForServices(resource: Located): Verdict {
  const conditions = CONDITIONS.map((name) => resource.value(name));
  if (conditions.every((it) => it === undefined)) { return 'yes'; }
  const [organization, authType, isOfUrl] = conditions;
  const keepsOut = [organization, authType, isOfUrl === true || isOfUrl === 'true' ? isOfUrl : undefined]
    .some((it) => it !== undefined && !isIntrinsic(it));
  return keepsOut ? 'no' : 'unknown';
}

const keyOf = ({ handler, qualifier }: FunctionName) => `${handler}:${qualifier}`;

/** The permissions on a function; one on another version or alias does not let API Gateway invoke what is invoked. */
const permissionsOn = oncePerKey(keyOf, (app, { handler, qualifier }): PermissionsOn => {
  const isOn = (other: Text): Verdict => {
    // What is only known at deployment, such as a variable of a stage, may name any version or alias.
    if (hasUnknown(qualifier)) { return other === '' ? 'no' : 'yes'; }
    return sameText(other, qualifier);
  };
  const permissions = permissionsByFunction(app).get(handler) ?? [];
  return new PermissionsOn(permissions.map((it) => {
    const on = isOn(it.qualifier);
    return on === 'yes' ? it : { ...it, invokes: all(it.invokes, on) };
  }));
});

/** The permissions on what is invoked, of which a function may have one for each of many routes. */
class PermissionsOn {
  private readonly byEnd: ReadonlyMap<Text | undefined, readonly Permission[]>;

  constructor(public readonly all: readonly Permission[]) {
    this.byEnd = groupBy(all, ({ source }) => source === undefined ? undefined : endOf(source));
  }

  /** Those whose source may be an ARN: what follows the last slash is the same, or matches more than itself. */
  public mayBeFor(arn: Text): readonly Permission[] {
    const end = endOf(arn);
    return end === undefined ? this.all : [...this.byEnd.get(end) ?? [], ...this.byEnd.get(undefined) ?? []];
  }
}

/** What follows the last slash, where that is the same in all that the text matches. */
function endOf(text: Text): Text | undefined {
  const end = text.slice(text.lastIndexOf('/') + 1);
  return /[*?]/.test(end) || known(end) === undefined ? undefined : end;
}

/** Whether there are permissions of which the app does not tell the function. */
const hasPermissionsOfUnknownFunctions = oncePerApp((app) =>
  app.ofType('AWS::Lambda::ResourcePolicy').length > 0 || [...permissionsByFunction(app).keys()].some(hasUnknown));

/** A call of a function that API Gateway makes: for a route, or for an authorizer. */
export interface Invocation {
  /** The resource that says so: the route, the authorizer, or the API. */
  readonly caller: Located;
  readonly apiId: Text;
  /** The key of the route, if a route makes the call. */
  readonly routeKey?: Text;
  /** The name of the authorizer, if an authorizer makes the call. */
  readonly authorizer?: Text;
  readonly invoked: FunctionName;
  /** The ARN of the role that API Gateway assumes for the call. */
  readonly credentials?: Text;
  /** The source ARNs that API Gateway may present, for each stage those of which one is presented. */
  readonly sources: readonly (readonly Text[])[];
}

/** Whether API Gateway may invoke a function, and what says so. */
export interface InvocationVerdict extends RoleVerdict {
  readonly invoked: FunctionName;
  /** The source ARNs that nothing permits. */
  readonly missing: readonly Text[];
  /** The permissions on the function that were looked at. */
  readonly permissions: readonly Permission[];
}

/** Judges whether API Gateway may invoke a function, by its role where it has one, and by the permissions otherwise. */
export function judgeInvocation(app: Evaluator, invocation: Invocation): InvocationVerdict {
  const { invoked, credentials } = invocation;
  if (credentials === undefined || credentials === '') { return judgePermissions(app, invocation); }
  const { handler, qualifier } = invoked;
  const arn = qualifier === '' ? handler : `${handler}:${qualifier}`;
  return { invoked, missing: [], permissions: [], ...judgeRole(app, credentials, 'lambda:InvokeFunction', [arn]) };
}

function judgePermissions(app: Evaluator, { caller, invoked, sources }: Invocation): InvocationVerdict {
  const permissions = permissionsOn(app, invoked);
  const stages = sources.map((arns) => arns.map((arn) => ({
    arn, permitted: judgeSource(permissions.mayBeFor(arn), arn),
  })));
  const permitted = every(stages, (arns) => judgeOneOf(arns.map((it) => it.permitted)));
  return {
    invoked,
    permitted: permitted === 'no' && !isClosed(app, caller, invoked) ? 'unknown' : permitted,
    missing: stages.flat().filter((it) => it.permitted === 'no').map(({ arn }) => arn),
    permissions: permissions.all,
    trusted: 'unknown',
    statements: [],
  };
}

/** Whether one of the permissions is for a source ARN. */
function judgeSource(permissions: readonly Permission[], arn: Text): Verdict {
  return some(permissions, ({ invokes, source, account }) => all(
    invokes,
    source === undefined ? 'yes' : arnMatches(source, arn),
    account === undefined ? 'yes' : sameText(account, split(arn, ':', 6)[4]),
  ));
}

/** Whether all that may be presented is permitted; a route of any method may be meant for those that are. */
function judgeOneOf(verdicts: readonly Verdict[]): Verdict {
  const [first] = verdicts;
  return verdicts.every((it) => it === first) ? first : 'unknown';
}

/** Whether the app shows all permissions on a function. */
function isClosed(app: Evaluator, caller: Located, { handler }: FunctionName): boolean {
  const resource = app.referenceOf(handler)?.resource;
  return resource?.type === 'AWS::Lambda::Function' && !hasPermissionsOfUnknownFunctions(app)
    && !mayBeChangedOutside(app, resource) && !mayBeChangedOutside(app, caller);
}
