import type { DeployedTemplate, Evaluator } from '../template/evaluator';
import type { AppStack } from './app-stacks';
import type { Folder, FoundStack } from './read-folder';

/** The templates of a folder, under the ids of the stacks of the app. */
export interface MatchedStacks {
  readonly templates: readonly DeployedTemplate[];
  readonly foundOf: ReadonlyMap<string, FoundStack>;
  /** The ids of stacks of the app that have no template there, and of nested ones that are deployed by one there. */
  readonly missing: readonly string[];
  readonly missingNested: readonly string[];
  /** The names of stacks that have several. */
  readonly ambiguous: readonly string[];
}

/** Finds the stacks of the app that the templates of a folder are of. */
export function matchStacks(folder: Folder, stacks: readonly AppStack[], app: Evaluator): MatchedStacks {
  const templates: DeployedTemplate[] = [];
  const missingNested: string[] = [];
  const foundOf = new Map<string, FoundStack>();
  const ids = new Set(app.templates().map(({ id }) => id));
  const nestedIds = new Map(app.templates().flatMap(({ id, parent }): [string, string][] =>
    parent ? [[`${parent.id}/${parent.logicalId}`, id]] : []));
  const add = (found: FoundStack, deployed: Omit<DeployedTemplate, 'template'>) => {
    foundOf.set(deployed.id, found);
    templates.push({ ...deployed, template: found.template });
    for (const [logicalId, { Type }] of Object.entries(found.template.Resources ?? {})) {
      if (Type !== NESTED) { continue; }
      const place = `${deployed.id}/${logicalId}`;
      // The path of a nested stack of the app may be what another one is called here.
      const id = nestedIds.get(place) ?? (ids.has(place) ? `${place} deployed` : place);
      const nested = found.nestedIn(logicalId);
      if (nested) {
        add(nested, { ...deployed, id, parent: { id: deployed.id, logicalId } });
      } else {
        missingNested.push(id);
      }
    }
  };

  const missing: string[] = [];
  const ambiguous: string[] = [];
  const taken = new Set<FoundStack>();
  for (const { id, name, account, region } of stacks) {
    const ofName = folder.stacks.filter((found) => found.name === name && mayBeAt(found, { account, region }));
    const exact = ofName.filter((found) => found.account === account && found.region === region);
    const [found, ...others] = exact.length > 0 ? exact : ofName;
    const isOneOfMany = found !== undefined && !isCertain(found, { account, region })
      && stacks.filter((it) => it.name === name && mayBeAt(found, it)).length > 1;
    if (!found) {
      missing.push(id);
    } else if (others.length > 0 || isOneOfMany) {
      ambiguous.push(name);
    } else {
      add(found, { id, account, region });
    }
    ofName.forEach((it) => taken.add(it));
  }
  const others = folder.stacks.filter((found) => !taken.has(found) && (folder.isListed || !isNestedName(found.name)));
  for (const found of others) {
    add(found, { id: `deployed ${found.name}`, account: found.account, region: found.region });
  }
  return { templates, foundOf, missing, missingNested, ambiguous };
}

const NESTED = 'AWS::CloudFormation::Stack';

/** Whether what is deployed may be in a place, as far as both are known. */
function mayBeAt(found: FoundStack, { account, region }: Pick<AppStack, 'account' | 'region'>): boolean {
  const mayBe = (one?: string, other?: string) => one === undefined || other === undefined || one === other;
  return mayBe(found.account, account) && mayBe(found.region, region);
}

/** Whether what is deployed is in a place, both of which are known. */
function isCertain(found: FoundStack, { account, region }: Pick<AppStack, 'account' | 'region'>): boolean {
  const isKnown = account !== undefined && region !== undefined;
  return isKnown && found.account === account && found.region === region;
}

/** Whether CloudFormation made up a name, as it does for nested stacks: it ends with random letters. */
function isNestedName(name: string): boolean {
  return /-[0-9A-Z]{12,14}$/.test(name);
}
