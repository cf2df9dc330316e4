import { routeIsPermitted, type BoundRoute } from '../../permissions/routes';
import type { RoleVerdict } from '../../permissions/roles';
import type { ServiceVerdict } from '../../permissions/services';
import type { Evaluator, Located } from '../../template/evaluator';
import type { Text } from '../../template/text';
import type { AccessModel } from './model';
import { readable } from './names';

/** What API Gateway takes for "with the credentials of the caller". */
const CALLER = /^arn:[^:]*:iam::\*:user\/\*$/;

const PERMISSION = {
  yes: 'A permission on the function lets API Gateway call it.',
  no: 'No permission on the function is for this route: calls fail with status 500.',
  unknown: 'The permissions on the function are not all in this app: they may let API Gateway call it.',
};

/** Says what lets API Gateway call the target of a route. */
export function accessOf(
  app: Evaluator,
  bound: BoundRoute,
  call: ServiceVerdict | undefined,
  pathOf: (resource: Located) => string,
): AccessModel {
  const { integration } = bound;
  const { IntegrationType: type, IntegrationSubtype: subtype } = integration.properties;
  const credentials = app.property(integration, 'CredentialsArn');
  const verdict = routeIsPermitted(app, bound);
  if (credentials !== undefined) {
    return roleAccess(app, credentials, verdict ?? call, actionOf(call, verdict !== undefined), pathOf);
  }
  if (verdict) { return { by: 'permission', allowed: verdict.permitted, words: PERMISSION[verdict.permitted] }; }
  if (type === 'MOCK') {
    return { by: 'nothing', allowed: 'yes', words: 'API Gateway answers by itself and calls nothing.' };
  }
  if (subtype !== undefined) {
    return {
      by: 'nothing',
      allowed: 'no',
      words: 'The integration has no role, which API Gateway needs to call a service.',
    };
  }
  const link = app.property(integration, 'ConnectionId');
  if (link !== undefined) {
    const path = readable(app, link, pathOf);
    return {
      by: 'vpc-link',
      allowed: 'yes',
      words: `API Gateway reaches it inside the VPC, through the VPC link ${path}.`,
    };
  }
  if (type === 'AWS' || type === 'AWS_PROXY') {
    return {
      by: 'nothing',
      allowed: 'unknown',
      words: 'The integration has no role: the target itself has to let API Gateway in.',
    };
  }
  return { by: 'public', allowed: 'yes', words: 'API Gateway calls a public address, and needs no permission for it.' };
}

function actionOf(call: ServiceVerdict | undefined, invokes: boolean): string {
  return invokes ? 'lambda:InvokeFunction' : (call?.call.action ?? 'the call');
}

function roleAccess(
  app: Evaluator,
  credentials: Text,
  verdict: RoleVerdict | undefined,
  action: string,
  pathOf: (resource: Located) => string,
): AccessModel {
  if (CALLER.test(credentials)) {
    return {
      by: 'caller',
      allowed: 'unknown',
      words: `API Gateway calls it with the credentials of the caller, who needs ${action}.`,
    };
  }
  const role = readable(app, credentials, pathOf);
  const allowed = verdict?.permitted ?? 'unknown';
  return {
    by: 'role',
    allowed,
    role,
    words: `API Gateway calls it with the role ${role}${roleWords(verdict, allowed, action)}`,
  };
}

function roleWords(verdict: RoleVerdict | undefined, allowed: AccessModel['allowed'], action: string): string {
  if (verdict?.trusted === 'no') { return ', which does not trust API Gateway: calls fail.'; }
  if (allowed === 'yes') { return `, which allows ${action}.`; }
  if (allowed === 'no') { return `, which does not allow ${action}: calls fail.`; }
  return `. The checks cannot tell whether it allows ${action}.`;
}
