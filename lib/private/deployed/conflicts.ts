import { subject, type Subject } from '../judging/view';
import type { Blocked } from '../shapes/deployed';
import { certainlyDependsOn } from '../template/dependencies';
import { groupBy, type Evaluator, type Located } from '../template/evaluator';
import { KEYED_TYPES, type Both, type Slot } from './both';

/** A resource of the app, and one that is deployed and has its key. */
interface Pair {
  readonly wanting: Located;
  readonly holding: Located;
  readonly slot: Slot;
}

/** Resources of the app whose keys are taken while they are made. */
export function conflictSubjects(both: Both): Subject[] {
  const { app, before } = both;
  const deployed = keyedResources(both, before);
  const holders = groupBy(deployed, ({ slot }) => slot.id);
  const said = new Set<Located>();
  return keyedResources(both, app).flatMap(({ resource: wanting, slot }) => {
    const own = both.predecessorOf(wanting);
    const ofSlot = holders.get(slot.id) ?? [];
    if (ofSlot.some(({ resource }) => resource === own)) { return []; }
    return ofSlot.flatMap(({ resource: holding, slot: { key } }) => {
      const blocked = blockedBy(both, { wanting, holding, slot }, said);
      if (blocked === undefined) { return []; }
      const shape = {
        of: slot.of,
        key: slot.key,
        owner: both.ownerOf(wanting),
        wanting: both.placeOf(wanting),
        holding: { ...both.placeBefore(holding), key },
      };
      return [blocked === 'no-order' ? subject('deployed-move', wanting, shape)
        : subject('deployed-twin', wanting, { ...shape, blocked })];
    });
  });
}

/** The resources that certainly have a key, with the key. */
function keyedResources(both: Both, app: Evaluator): { readonly resource: Located; readonly slot: Slot }[] {
  const slotOf = (resource: Located) => app === both.app ? both.slotOf(resource) : both.slotBefore(resource);
  return KEYED_TYPES.flatMap((of) => app.ofType(`AWS::ApiGatewayV2::${of}`)).flatMap((resource) => {
    const slot = both.isCertain(app, resource) ? slotOf(resource) : undefined;
    return slot ? [{ resource, slot }] : [];
  });
}

/** What becomes of the key that a deployed resource has. */
type Fate = 'deleted' | 'changed' | 'kept' | 'unknown';

function fateOf(both: Both, { holding, slot }: Pair): Fate {
  const now = both.successorOf(holding);
  if (!now) { return 'deleted'; }
  const replaced = both.isReplaced(now);
  if (replaced !== 'no') { return replaced === 'yes' ? 'deleted' : 'unknown'; }
  const isKnown = both.isCertain(both.app, now);
  const slotNow = isKnown ? both.slotOf(now) : undefined;
  if (!slotNow) { return 'unknown'; }
  return slotNow.id === slot.id ? 'kept' : 'changed';
}

/** Why the key is still taken, `no-order` where the order of two stacks decides, and nothing where it may be free. */
function blockedBy(both: Both, pair: Pair, said: Set<Located>): Blocked | 'no-order' | undefined {
  const { wanting, holding } = pair;
  const stack = both.stackOf(both.app, wanting.stack);
  const stackBefore = both.stackOf(both.before, holding.stack);
  if (!stackBefore) { return 'stack-gone'; }
  const fate = fateOf(both, pair);
  // What another assembly of the app does is not known, and two resources of one key are a mistake of their own.
  if (!stack || !stackBefore.isJudged || fate === 'kept' || fate === 'unknown') { return undefined; }
  const stays = fate === 'deleted' && isRetained(both, holding);
  if (stays) { return 'retained'; }
  if (stack !== stackBefore) {
    if (stackBefore.after.has(stack.id)) { return 'stack-later'; }
    return stack.after.has(stackBefore.id) ? undefined : 'no-order';
  }
  if (fate === 'deleted') { return 'deleted-last'; }
  if (certainlyDependsOn(both.app, both.successorOf(holding)!, wanting)) { return 'changed-later'; }
  return isExchange(both, pair, said) ? 'exchanged' : undefined;
}

function isRetained(both: Both, holding: Located): boolean {
  return both.isRetained(holding, both.successorOf(holding) ? 'UpdateReplacePolicy' : 'DeletionPolicy');
}

/**
 * Whether resources that are updated in place exchange their keys in a circle, so that none can be the first. It is
 * told once of each circle.
 */
function isExchange(both: Both, { wanting, holding }: Pair, said: Set<Located>): boolean {
  const own = both.predecessorOf(wanting);
  const isInPlace = (resource: Located) => both.isReplaced(resource) === 'no';
  if (!own || !isInPlace(wanting) || said.has(wanting)) { return false; }
  const holderOf = new Map(keyedResources(both, both.before).map(({ resource, slot }) => [slot.id, resource]));
  const circle = new Set<Located>([wanting]);
  let held: Located | undefined = holding;
  while (held) {
    const now = both.successorOf(held);
    if (!now || !isInPlace(now)) { return false; }
    if (now === wanting) {
      circle.forEach((it) => said.add(it));
      return true;
    }
    if (circle.has(now)) { return false; }
    circle.add(now);
    const slot = both.slotOf(now);
    held = slot && holderOf.get(slot.id);
  }
  return false;
}
