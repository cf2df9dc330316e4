import { Evaluator, resourcesOf, type Located } from './template';
import { arnMatches, globMatches, known, sameText, split, symbol, textOf, type Text } from './text';

/** A statement of a policy, evaluated. */
export interface Statement {
  /** The resource that holds the statement. */
  readonly of: Located;
  readonly allow: boolean;
  readonly actions: readonly Text[];
  readonly resources: readonly Text[];
  /** Whether the statement holds under conditions, or says what it is not about. */
  readonly conditional: boolean;
}

const list = (value: unknown): unknown[] => value === undefined ? [] : Array.isArray(value) ? value : [value];

/** The statements of a policy document. */
function statementsOf(app: Evaluator, of: Located, document: unknown): Statement[] {
  return list((document as { Statement?: unknown } | undefined)?.Statement).map((raw) => {
    const { Effect, Action, Resource, Condition, NotAction, NotResource } = raw as Record<string, unknown>;
    return {
      of,
      allow: Effect === 'Allow',
      actions: list(Action).map((action) => app.text(of.stack, action)),
      resources: list(Resource).map((resource) => app.text(of.stack, resource)),
      conditional: [Condition, NotAction, NotResource].some((it) => it !== undefined),
    };
  });
}

/** What a role is permitted, as far as the app says it. */
export interface RoleModel {
  /** The role, if it is in the app. */
  readonly resource?: Located;
  readonly statements: readonly Statement[];
  /** Whether there may be more policies than the app shows: of an imported role, or managed ones. */
  readonly open: boolean;
}

/** The role that an ARN names. */
export function roleOf(app: Evaluator, arn: Text): RoleModel {
  const resource = app.referenceOf(arn)?.resource;
  const role = resource?.type === 'AWS::IAM::Role' ? resource : undefined;
  const name = role ? symbol(`${role.stack.id}/${role.logicalId}.Ref`) : split(arn, '/').at(-1)!;
  const attached = ['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy'].flatMap((type) => resourcesOf(app.app, type))
    .filter((policy) => list(policy.properties.Roles).some((it) => sameText(app.text(policy.stack, it), name)));
  return {
    resource: role,
    statements: [
      ...attached.flatMap((policy) => statementsOf(app, policy, policy.properties.PolicyDocument)),
      ...list(role?.properties.Policies).flatMap((policy) => statementsOf(app, role!, (policy as { PolicyDocument?: unknown }).PolicyDocument)),
    ],
    open: role === undefined || list(role.properties.ManagedPolicyArns).length > 0,
  };
}

/** Whether API Gateway may assume a role. */
export function trustsApiGateway({ properties }: Located): boolean {
  const document = properties.AssumeRolePolicyDocument as { Statement?: unknown } | undefined;
  return list(document?.Statement).some((raw) => {
    const { Effect, Action, Principal } = raw as { Effect?: unknown; Action?: unknown; Principal?: { Service?: unknown } };
    return Effect === 'Allow' && list(Action).includes('sts:AssumeRole') && list(Principal?.Service).includes('apigateway.amazonaws.com');
  });
}

/** Names of actions are compared without case. */
export function actionMatches(pattern: Text, action: string): boolean {
  return globMatches(pattern.map((it) => it.toLowerCase()), textOf(action.toLowerCase()));
}

/** Whether a statement is about an action on a resource; of a resource that is not known, about any. */
export function covers({ actions, resources }: Statement, action: string, resource?: Text): boolean {
  return actions.some((pattern) => actionMatches(pattern, action))
    && (resource === undefined ? resources.length > 0 : resources.some((pattern) => arnMatches(pattern, resource)));
}

/** Whether the statements allow an action on a resource, and none denies it. */
export function allows(statements: readonly Statement[], action: string, resource?: Text): boolean {
  const relevant = statements.filter((statement) => covers(statement, action, resource));
  return relevant.some(({ allow, conditional }) => allow && !conditional) && !relevant.some(({ allow }) => !allow);
}

/** Whether an action may be one of a service. */
export function isActionOf(service: string, action: Text): boolean {
  const text = known(action);
  return text === undefined || text === '*' || text.toLowerCase().startsWith(`${service}:`);
}
