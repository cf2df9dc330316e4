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
  const circles = new Circles(both, new Map(deployed.map(({ resource, slot }) => [slot.id, resource])));
  return keyedResources(both, app).flatMap(({ resource: wanting, slot }) => {
    const own = both.predecessorOf(wanting);
    const ofSlot = holders.get(slot.id) ?? [];
    if (ofSlot.some(({ resource }) => resource === own)) { return []; }
    return ofSlot.flatMap(({ resource: holding, slot: { key } }) => {
      const blocked = blockedBy(both, { wanting, holding, slot }, circles);
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
function blockedBy(both: Both, pair: Pair, circles: Circles): Blocked | 'no-order' | undefined {
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
  return circles.isNew(pair) ? 'exchanged' : undefined;
}

function isRetained(both: Both, holding: Located): boolean {
  return both.isRetained(holding, both.successorOf(holding) ? 'UpdateReplacePolicy' : 'DeletionPolicy');
}

/** Resources that are updated in place and exchange their keys in a circle, so that none can be the first. */
class Circles {
  /** Those that are looked at no more: a circle is told of once, and thousands may be in none. */
  private readonly known = new Set<Located>();

  /** @param holderOf What is deployed with each key */
  constructor(private readonly both: Both, private readonly holderOf: ReadonlyMap<string, Located>) {}

  /** Whether a resource is in a circle that was not found before. */
  public isNew({ wanting, holding }: Pair): boolean {
    const { both, known } = this;
    if (!both.predecessorOf(wanting) || !this.isInPlace(wanting)) { return false; }
    const chain: Located[] = [];
    const inChain = new Set<Located>();
    let now: Located | undefined = wanting;
    let held: Located | undefined = holding;
    while (now && this.isInPlace(now) && !known.has(now) && !inChain.has(now)) {
      chain.push(now);
      inChain.add(now);
      now = held && both.successorOf(held);
      const slot: Slot | undefined = now && both.slotOf(now);
      held = slot && this.holderOf.get(slot.id);
    }
    const isFound = now === wanting && inChain.has(wanting);
    // The chain may end in a circle of others.
    const end = !isFound && now && inChain.has(now) ? chain.indexOf(now) : chain.length;
    chain.slice(0, end).forEach((it) => known.add(it));
    return isFound;
  }

  private isInPlace(resource: Located): boolean {
    return this.both.isReplaced(resource) === 'no';
  }
}
