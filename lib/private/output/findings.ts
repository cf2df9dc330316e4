import { Annotations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { Finding } from '../rules/rule';
import { errorOfUser } from './stack-traces';

/** Warnings are acknowledged under this prefix and the id of the rule. */
const PACKAGE = 'cdk-apigatewayv2-integrations';

/** `<what is wrong>. <how to fix it>. (at <construct path>) [rule <id>]` */
export function format(finding: Finding, path: string): string {
  return `${finding.message} (at ${path}) [rule ${finding.id}]`;
}

function errorsOf(findings: readonly Finding[], path: string): string[] {
  return findings.filter((finding) => finding.severity === 'error').map((finding) => format(finding, path));
}

/** Throws the errors, all in one message, at the line of the user. */
export function throwErrors(findings: readonly Finding[], path: string): void {
  const errors = errorsOf(findings, path);
  if (errors.length > 0) {
    throw errorOfUser(errors.join('\n'));
  }
}

/**
 * Adds the warnings to a construct.
 *
 * They are put on the default child, because an acknowledgement that is given before the warning counts
 * for what is below the construct, but not for the construct itself.
 */
export function addWarnings(scope: IConstruct, findings: readonly Finding[], path = scope.node.path): void {
  for (const finding of findings.filter((f) => f.severity === 'warning')) {
    Annotations.of(scope.node.defaultChild ?? scope).addWarningV2(`${PACKAGE}:${finding.id}`, format(finding, path));
  }
}

/** Reports what is known only when the app is complete: errors fail the validation of the construct. */
export function reportAtSynth(scope: IConstruct, findings: () => readonly Finding[]): void {
  scope.node.addValidation({
    validate: () => {
      const found = findings();
      addWarnings(scope, found);
      return errorsOf(found, scope.node.path);
    },
  });
}
