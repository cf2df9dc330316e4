import { invocationsOfApis } from '../permissions/invocations';
import type { Invocation } from '../permissions/lambda-permissions';
import { deniedOf } from './routes';
import { subject, type Subject, type View } from './view';

/** The calls of functions that an API itself writes, in its OpenAPI document or as its target, and may not make. */
export function apiCallSubjects(view: View): Subject[] {
  return invocationsOfApis(view.app).flatMap((call) => {
    const denied = deniedOf(view, call);
    return denied ? [subject('api-call', call.caller, { of: callerOf(view, call), denied })] : [];
  });
}

/** What of an API makes a call. */
function callerOf({ app }: View, { routeKey, authorizer }: Invocation): string {
  return routeKey === undefined ? `authorizer '${app.show(authorizer ?? '')}'` : `route '${app.show(routeKey)}'`;
}
