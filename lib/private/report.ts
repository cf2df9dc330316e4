import { Annotations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { Finding } from './rules/rule';

/** Warnings are acknowledged under this prefix and the id of the rule. */
const PACKAGE = 'cdk-apigatewayv2-integrations';

/** `<what is wrong>. <how to fix it>. (at <construct path>) [rule <id>]` */
function format(finding: Finding, path: string): string {
  return `${finding.message} (at ${path}) [rule ${finding.id}]`;
}

/** Adds the warnings to the construct and returns the errors. */
function warn(scope: IConstruct, findings: readonly Finding[], path: string): string[] {
  for (const finding of findings.filter((f) => f.severity === 'warning')) {
    Annotations.of(scope).addWarningV2(`${PACKAGE}:${finding.id}`, format(finding, path));
  }
  return findings.filter((f) => f.severity === 'error').map((finding) => format(finding, path));
}

/** Throws the errors, all in one message, and adds the warnings to the construct. */
export function report(scope: IConstruct, findings: readonly Finding[], id?: string): void {
  if (findings.length === 0) { return; }
  const errors = warn(scope, findings, id === undefined ? scope.node.path : `${scope.node.path}/${id}`);
  if (errors.length > 0) {
    throw new Error(errors.join('\n'));
  }
}

/** Reports what is known only when the app is complete: errors fail the validation of the construct. */
export function reportAtSynth(scope: IConstruct, findings: () => readonly Finding[]): void {
  scope.node.addValidation({ validate: () => warn(scope, findings(), scope.node.path) });
}
