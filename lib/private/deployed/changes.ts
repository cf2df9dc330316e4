import type { Change, RemovedRoute } from '../shapes/deployed';
import type { Evaluator, Located } from '../template/evaluator';
import { known } from '../template/text';
import type { Both } from './both';
import { isWrittenAlike } from './written';

/** What a deployment does to the routes of an app. */
export interface Changes {
  readonly changeOf: (route: Located) => Change | undefined;
  readonly removed: readonly RemovedRoute[];
}

const ROUTE = 'AWS::ApiGatewayV2::Route';

/** Tells what becomes of each route. `isNew` tells whether a stack is not deployed yet. */
export function changesOf(both: Both, isNew: (stackId: string) => boolean): Changes {
  const slotsNow = new Set(both.app.ofType(ROUTE).flatMap((route) => both.slotOf(route)?.id ?? []));
  const before = both.before.ofType(ROUTE).filter(({ stack }) => both.stackOf(both.before, stack)?.isJudged);
  const slotsBefore = new Set(before.flatMap((route) => both.slotBefore(route)?.id ?? []));
  const isGone = (route: Located) => {
    const slot = both.slotBefore(route);
    return !both.successorOf(route) && !(slot && slotsNow.has(slot.id));
  };
  return {
    changeOf: (route) => {
      const predecessor = both.predecessorOf(route);
      if (predecessor) { return changeInPlace(both, predecessor, route); }
      const stack = both.stackOf(both.app, route.stack);
      const isCompared = both.isDeployed(route.stack.id) || (stack && (both.isDeployed(stack.id) || isNew(stack.id)));
      if (!isCompared) { return undefined; }
      const slot = both.slotOf(route);
      return slot && slotsBefore.has(slot.id) ? 'replaced' : 'added';
    },
    removed: before.filter(isGone).map((route) => removedRoute(both, route)),
  };
}

function changeInPlace(both: Both, before: Located, now: Located): Change {
  if (both.isReplaced(now) === 'yes') { return 'replaced'; }
  const one = integrationOf(both.before, before);
  const other = integrationOf(both.app, now);
  return isAlike(both, before, now) && isAlike(both, one, other) ? 'kept' : 'changed';
}

function isAlike(both: Both, before: Located | undefined, now: Located | undefined): boolean {
  return isWrittenAlike({ app: both.before, of: before }, { app: both.app, of: now });
}

/** The integration that a route calls. */
export function integrationOf(app: Evaluator, route: Located): Located | undefined {
  const [, id] = /^integrations\/(.+)$/s.exec(app.property(route, 'Target') ?? '') ?? [];
  return id === undefined ? undefined : app.referenceOf(id)?.resource;
}

function removedRoute(both: Both, route: Located): RemovedRoute {
  const { before } = both;
  const api = before.reference(route.stack, route.properties.ApiId)?.resource;
  const now = api && both.successorOf(api);
  return {
    ...both.placeBefore(route),
    key: known(before.property(route, 'RouteKey') ?? '') ?? '',
    api: now ? both.view.pathOf(now) : both.shown(before, route, 'ApiId'),
  };
}
