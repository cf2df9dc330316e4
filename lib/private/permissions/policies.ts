import { spelled } from '../template/arns';
import { isIntrinsic } from '../facts/intrinsics';
import { listOf, type Evaluator, type Located } from '../template/evaluator';
import { arnMatches, globMatches, replaceBetween, split, type Text } from '../template/text';
import { all, not, some, type Verdict } from '../template/verdict';

/** A statement of a policy, evaluated. */
export interface Statement {
  readonly allow: boolean;
  readonly actions: readonly Text[];
  /** The resources, as they are written and with their ARNs spelled out. */
  readonly resources: readonly Text[];
  readonly arns: readonly Text[];
  /** Whether the statement holds under conditions, or says what it is not about. */
  readonly conditional: boolean;
  /** The stack of the policy, and whom the statement is about, if that is said. */
  readonly of: Pick<Located, 'stack'>;
  readonly principal?: unknown;
}

type Properties = { readonly [name: string]: unknown };

/** What a document says that is put together at deployment: anything. */
const ANYTHING: readonly Properties[] = [{ Effect: 'Allow', Condition: {} }, { Effect: 'Deny', Condition: {} }];

/** The statements of a document, as they are written. */
function writtenStatements(document: unknown): readonly Properties[] {
  if (document === undefined || document === null) { return []; }
  if (typeof document !== 'object' || isIntrinsic(document) || 'Fn::Transform' in document) { return ANYTHING; }
  return listOf((document as Properties).Statement).flatMap((statement) => {
    const isRead = typeof statement === 'object' && statement !== null && !isIntrinsic(statement);
    return isRead && !isIntrinsic((statement as Properties).Effect) ? [statement as Properties] : ANYTHING;
  });
}

/** The statements of a policy document. */
export function statementsOf(app: Evaluator, of: Pick<Located, 'stack'>, document: unknown): Statement[] {
  return writtenStatements(document).map((written) => {
    const resources = app.texts(of.stack, written.Resource).map((resource) => withoutVariables(app, resource));
    const conditions = [written.Condition, written.NotAction, written.NotResource, written.NotPrincipal];
    return {
      allow: written.Effect === 'Allow',
      actions: app.texts(of.stack, written.Action),
      resources,
      arns: resources.map((resource) => spelled(app, resource)),
      conditional: conditions.some((it) => it !== undefined),
      of,
      principal: written.Principal,
    };
  });
}

/** A text in which variables of policies, such as `${aws:PrincipalAccount}`, may have any value. */
function withoutVariables(app: Evaluator, text: Text): Text {
  return replaceBetween(text, '${', '}', (_, variable) => app.unknown(variable));
}

/** Names of actions are compared without case. */
export function actionMatches(pattern: Text, action: string): Verdict {
  return globMatches(pattern.toLowerCase(), action.toLowerCase());
}

/**
 * Matches the ARN of a resource with a pattern of a policy, which is completed with `*` where it has too few parts.
 *
 * A `*` that ends a part may also reach over the colons that follow.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 */
export function resourceMatches(pattern: Text, arn: Text): Verdict {
  const parts = split(pattern, ':', 6);
  const isShort = parts[0] === 'arn' && parts.length < 6;
  const complete = isShort ? [...parts, '*', '*', '*', '*'].slice(0, 6).join(':') : pattern;
  const byParts = arnMatches(complete, arn);
  if (byParts !== 'no') { return byParts; }
  return some([pattern, complete], (it) => globMatches(it, arn)) === 'no' ? 'no' : 'unknown';
}

/** What a statement is asked: an action on the resource of an ARN that is spelled out, or on any that is allowed. */
export interface Question {
  readonly action: string;
  readonly arn?: Text;
}

/** Whether a statement is about an action on a resource. */
function isAbout(statement: Statement, { action, arn }: Question): Verdict {
  return all(
    namesAction(statement, action),
    namesResource(statement, arn),
    statement.conditional ? 'unknown' : 'yes',
  );
}

/** Whether a statement is about an action. */
export function namesAction({ actions, conditional }: Statement, action: string): Verdict {
  // A statement may say what it is not about.
  if (actions.length === 0) { return conditional ? 'unknown' : 'no'; }
  return some(actions, (pattern) => actionMatches(pattern, action));
}

function namesResource({ allow, arns, conditional }: Statement, arn?: Text): Verdict {
  if (arns.length === 0) { return conditional ? 'unknown' : 'no'; }
  if (arn !== undefined) { return some(arns, (pattern) => resourceMatches(pattern, arn)); }
  return allow || arns.includes('*') ? 'yes' : 'unknown';
}

/** Whether one of the statements of an effect is about what is asked. */
export function judgeStatements(
  statements: readonly Statement[], effect: 'Allow' | 'Deny', question: Question,
): Verdict {
  const allow = effect === 'Allow';
  return some(statements, (statement) => statement.allow === allow ? isAbout(statement, question) : 'no');
}

/** Whether statements allow what is asked, and none denies it. */
export function allows(statements: readonly Statement[], question: Question): Verdict {
  return all(judgeStatements(statements, 'Allow', question), not(judgeStatements(statements, 'Deny', question)));
}

/** Whether the principal of a statement includes one; `ofKind` judges those of a kind, such as `Service` or `AWS`. */
export function includesPrincipal(
  app: Evaluator, { principal, conditional, of }: Statement, ofKind: (kind: string, name: Text) => Verdict,
): Verdict {
  // A statement may say whom it is not about.
  if (principal === undefined) { return conditional ? 'unknown' : 'no'; }
  if (typeof principal === 'string') { return principal === '*' ? 'yes' : 'unknown'; }
  if (typeof principal !== 'object' || principal === null || isIntrinsic(principal)) { return 'unknown'; }
  return some(Object.entries(principal), ([kind, names]) => some(app.texts(of.stack, names), (name) => {
    return kind === 'AWS' && name === '*' ? 'yes' : ofKind(kind, name);
  }));
}
