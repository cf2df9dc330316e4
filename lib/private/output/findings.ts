import { Annotations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { Finding } from '../rules/rule';
import { PACKAGE, withAcknowledgements } from './acknowledgements';
import { resourceOf } from './resource';
import { errorOfUser } from './stack-traces';

/** `<what is wrong>. <how to fix it>. (at <construct path>) [rule <id>]` */
export function format(finding: Finding, path: string): string {
  return `${finding.message} (at ${path}) [rule ${finding.id}]`;
}

/** The messages of the errors that nobody accepted. */
function errorsOf(findings: readonly Finding[], path: string): string[] {
  return findings.filter(({ severity, acknowledged }) => severity === 'error' && acknowledged === undefined)
    .map((finding) => format(finding, path));
}

/**
 * Throws the errors, all in one message at the line of the user, but for those that are accepted on a construct or
 * above it.
 */
export function throwErrors(findings: readonly Finding[], path: string, construct?: IConstruct): void {
  const errors = errorsOf(construct ? withAcknowledgements(findings, construct) : findings, path);
  if (errors.length > 0) {
    throw errorOfUser(errors.join('\n'));
  }
}

const SAID = Symbol.for(`${PACKAGE}.said`);

/** The rules whose findings on a construct were said already. */
function saidOn(construct: IConstruct): Set<string> {
  const holder = construct as IConstruct & { [SAID]?: Set<string> };
  if (!holder[SAID]) { Object.defineProperty(construct, SAID, { value: new Set<string>(), configurable: true }); }
  return holder[SAID]!;
}

/** The findings of rules of which nothing was said on a construct yet. */
export function unsaidOf(findings: readonly Finding[], construct: IConstruct): Finding[] {
  return findings.filter(({ id }) => !isSaid(construct, id));
}

/** Whether a finding of a rule was said on a construct already. */
export function isSaid(construct: IConstruct, id: string): boolean {
  return (construct as IConstruct & { [SAID]?: Set<string> })[SAID]?.has(id) ?? false;
}

/**
 * Adds the warnings to a construct.
 *
 * They are put on the default child, because an acknowledgement that is given before the warning counts
 * for what is below the construct, but not for the construct itself.
 */
export function addWarnings(scope: IConstruct, findings: readonly Finding[], path = scope.node.path): void {
  if (findings.length === 0) { return; }
  const construct = resourceOf(scope) ?? scope;
  for (const finding of withAcknowledgements(findings, construct)) {
    if (finding.severity !== 'warning' || finding.acknowledged !== undefined) { continue; }
    Annotations.of(construct).addWarningV2(`${PACKAGE}:${finding.id}`, format(finding, path));
    saidOn(construct).add(finding.id);
  }
}

/** Adds the errors to a construct, which fail the synthesis. */
export function addErrors(construct: IConstruct, findings: readonly Finding[], path: string): void {
  const errors = errorsOf(withAcknowledgements(findings, construct), path);
  for (const error of errors) { Annotations.of(construct).addError(error); }
}

/** A construct, and what is found on it. */
export interface FoundOn {
  readonly construct: IConstruct;
  readonly findings: readonly Finding[];
}

/**
 * Judges when the app is complete: errors fail the validation, warnings are added to the construct that can change it.
 */
export function judgeAtSynth(scope: IConstruct, judge: () => readonly FoundOn[]): void {
  scope.node.addValidation({ validate: () => errorsAtSynth(judge()) });
}

/** Adds the warnings to the constructs that can change what is found, and returns the errors. */
export function errorsAtSynth(found: readonly FoundOn[]): string[] {
  return found.flatMap(({ construct, findings }) => {
    if (findings.length === 0) { return []; }
    addWarnings(construct, findings);
    return errorsOf(withAcknowledgements(findings, construct), construct.node.path);
  });
}
