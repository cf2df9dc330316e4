import { Annotations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { Finding } from '../rules/rule';

/** Warnings are acknowledged under this prefix and the id of the rule. */
export const PACKAGE = 'cdk-apigatewayv2-integrations';

const ACKNOWLEDGED = Symbol.for(`${PACKAGE}.acknowledged`);

/** What somebody accepted on a construct: reasons by the id of the rule. */
type Acknowledged = Map<string, string>;

/** Notes that findings of a rule are accepted on a construct and below it. */
export function setAcknowledged(scope: IConstruct, id: string, reason: string): void {
  const acknowledged = acknowledgedOn(scope) ?? new Map<string, string>();
  acknowledged.set(id, reason);
  Object.defineProperty(scope, ACKNOWLEDGED, { value: acknowledged, configurable: true });
  // Warnings that were added before go away.
  Annotations.of(scope).acknowledgeWarning(`${PACKAGE}:${id}`, reason);
}

function acknowledgedOn(scope: IConstruct): Acknowledged | undefined {
  return (scope as IConstruct & { [ACKNOWLEDGED]?: Acknowledged })[ACKNOWLEDGED];
}

/** The findings on a construct, with the reasons for which they are accepted there or above. */
export function withAcknowledgements(findings: readonly Finding[], construct: IConstruct): Finding[] {
  return findings.map((finding) => {
    const reason = reasonFor(finding.id, construct);
    return reason === undefined ? finding : { ...finding, acknowledged: reason };
  });
}

function reasonFor(id: string, construct: IConstruct): string | undefined {
  for (let scope: IConstruct | undefined = construct; scope; scope = scope.node.scope) {
    const reason = acknowledgedOn(scope)?.get(id);
    if (reason !== undefined) { return reason; }
  }
  return undefined;
}
