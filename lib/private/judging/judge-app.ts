import { judge } from '../rules';
import type { Finding } from '../rules/rule';
import type { Located } from '../template/evaluator';
import { apiCallSubjects } from './api-calls';
import { apiSubjects, functionPolicySubjects, serviceCallSubjects, vpcLinkSubjects } from './apis';
import { authorizerSubjects } from './authorizers';
import { domainSubjects } from './domains';
import { integrationSubjects } from './integrations';
import { nestedStackSubjects } from './nested-stacks';
import { preflightSubjects } from './preflights';
import { routeSubjects } from './routes';
import { deploymentSubjects, stageSubjects } from './stages';
import type { Subject, View } from './view';
import { webSocketPartSubjects } from './websocket-parts';

/** What is said of a resource. */
export interface Judged {
  readonly resource: Located;
  readonly findings: readonly Finding[];
}

/** What makes the subjects of each kind. */
const READERS: readonly ((view: View) => Subject[])[] = [
  routeSubjects, integrationSubjects, serviceCallSubjects, apiSubjects, functionPolicySubjects, vpcLinkSubjects,
  webSocketPartSubjects,
  authorizerSubjects,
  domainSubjects,
  stageSubjects, deploymentSubjects, preflightSubjects,
  apiCallSubjects,
  nestedStackSubjects,
];

/** Judges everything in an app by every rule. */
export function judgeApp(view: View): Judged[] {
  return READERS.flatMap((subjectsOf) => subjectsOf(view))
    .map(({ kind, resource, shape }) => ({ resource, findings: judge(kind, shape) }))
    .filter(({ findings }) => findings.length > 0);
}
