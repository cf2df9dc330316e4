import { REPLACEMENTS } from '../facts/replacements';
import { shapeOfKey } from '../judging/routes';
import type { View } from '../judging/view';
import { protocolOf } from '../permissions/routes';
import type { KeyedType, PlaceInTemplate } from '../shapes/deployed';
import { oncePerApp, type DeployedTemplate, type Evaluator, type Located } from '../template/evaluator';
import { known } from '../template/text';
import { every, not, some, type Verdict } from '../template/verdict';
import type { AppStack } from './app-stacks';
import { canTellApart, differenceOf, Identities, textIn } from './identities';
import type { MatchedStacks } from './match-stacks';
import type { DeployedResource } from './read-folder';
import { isWrittenAlike } from './written';

const GATEWAY = 'AWS::ApiGatewayV2::';

/** What has each key once, by the property that names it, and the property that is the key. */
const KEYED: { readonly [of in KeyedType]: { readonly owner?: string; readonly key: string } } = {
  Route: { owner: 'ApiId', key: 'RouteKey' },
  ApiMapping: { owner: 'DomainName', key: 'ApiMappingKey' },
  Stage: { owner: 'ApiId', key: 'StageName' },
  Authorizer: { owner: 'ApiId', key: 'Name' },
  RouteResponse: { owner: 'RouteId', key: 'RouteResponseKey' },
  IntegrationResponse: { owner: 'IntegrationId', key: 'IntegrationResponseKey' },
  DomainName: { key: 'DomainName' },
};

export const KEYED_TYPES = Object.keys(KEYED) as KeyedType[];

/** A place that one resource at a time can have, such as a route key of an API. */
export interface Slot {
  /** Equal for resources that cannot exist side by side. */
  readonly id: string;
  readonly of: KeyedType;
  readonly key: string;
}

const keyOf = ({ stack, logicalId, type }: Located) => `${stack.id}/${logicalId} ${type}`;

/** An app beside what is deployed of it. */
export class Both {
  private readonly resources: ReadonlyMap<string, Located>;
  private readonly resourcesBefore: ReadonlyMap<string, Located>;
  private readonly stacksById: ReadonlyMap<string, AppStack>;
  private readonly identities: Identities;
  private readonly identitiesBefore: Identities;
  private readonly certainStacks = new Map<DeployedTemplate, boolean>();
  private readonly replacements = new Map<Located, Verdict>();

  constructor(
    public readonly view: View,
    public readonly before: Evaluator,
    private readonly matched: MatchedStacks,
    stacks: readonly AppStack[],
  ) {
    this.identities = new Identities(view.app);
    this.identitiesBefore = new Identities(before, this.identities);
    this.resources = gatewayResources(view.app);
    this.resourcesBefore = gatewayResources(before);
    this.stacksById = new Map(stacks.map((stack) => [stack.id, stack]));
  }

  public get app(): Evaluator {
    return this.view.app;
  }

  /** What is deployed of a resource of the app. */
  public predecessorOf(resource: Located): Located | undefined {
    return this.resourcesBefore.get(keyOf(resource));
  }

  /** What becomes of a resource that is deployed. */
  public successorOf(resource: Located): Located | undefined {
    return this.resources.get(keyOf(resource));
  }

  /** Whether the template of a stack that is deployed is known. */
  public isDeployed(stackId: string): boolean {
    return this.matched.foundOf.has(stackId);
  }

  /** The stack of the app that a template is deployed with, itself or one that it is nested in. */
  public stackOf(app: Evaluator, template: DeployedTemplate): AppStack | undefined {
    const nesting = nestingOf(app, template);
    return nesting ? this.stackOf(app, nesting.stack) : this.stacksById.get(template.id);
  }

  /** Whether a resource is made whatever conditions say. */
  public isCertain(app: Evaluator, resource: Located): boolean {
    return resource.condition === undefined && this.isCertainStack(app, resource.stack);
  }

  private isCertainStack(app: Evaluator, stack: DeployedTemplate): boolean {
    const found = this.certainStacks.get(stack);
    if (found !== undefined) { return found; }
    const nesting = nestingOf(app, stack);
    const isCertain = nesting === undefined || this.isCertain(app, nesting);
    this.certainStacks.set(stack, isCertain);
    return isCertain;
  }

  /** Whether a resource that is deployed stays when it is removed from its template, or replaced. */
  public isRetained(resource: Located, by: 'DeletionPolicy' | 'UpdateReplacePolicy'): boolean {
    const isOwn = String((resource.resource as DeployedResource)[by]).startsWith('Retain');
    const nesting = nestingOf(this.before, resource.stack);
    return isOwn || (nesting !== undefined && this.isRetained(nesting, by));
  }

  /** Whether CloudFormation makes a resource of the app anew in place of what is deployed. */
  public isReplaced(resource: Located): Verdict {
    const before = this.predecessorOf(resource);
    if (!before) { return 'no'; }
    const found = this.replacements.get(resource);
    if (found) { return found; }
    // A resource that refers to itself is no question twice.
    this.replacements.set(resource, 'unknown');
    const properties = REPLACEMENTS[resource.type] ?? [];
    const verdict = some(properties, (property) => not(this.isSame(before, resource, property)));
    this.replacements.set(resource, verdict);
    return verdict;
  }

  /** Whether a property of a resource is what is deployed. */
  public isSame(before: Located, now: Located, property: string): Verdict {
    const one = this.identitiesBefore.ofProperty(before, property);
    const other = this.identities.ofProperty(now, property);
    if (!one || !other) {
      const isAlike = isWrittenAlike({ app: this.before, of: before }, { app: this.app, of: now }, property);
      return isAlike ? 'yes' : 'unknown';
    }
    const differing = differenceOf(one, other);
    if (differing.length > 0) { return canTellApart(differing) ? 'no' : 'unknown'; }
    return every(other, ({ resource }) => resource ? not(this.isReplaced(resource)) : 'yes');
  }

  /** The key of a resource of the app, and of what it is the key. Nothing, where one of them is not known. */
  public slotOf(resource: Located): Slot | undefined {
    return this.slotIn(this.app, this.identities, resource);
  }

  /** The same of a resource that is deployed. */
  public slotBefore(resource: Located): Slot | undefined {
    return this.slotIn(this.before, this.identitiesBefore, resource);
  }

  private slotIn(app: Evaluator, identities: Identities, resource: Located): Slot | undefined {
    const { stack, type } = resource;
    const of = type.slice(GATEWAY.length) as KeyedType;
    const { owner, key } = KEYED[of];
    const ownText = known(app.property(resource, key) ?? '');
    if (ownText === undefined || (ownText === '' && of !== 'ApiMapping')) { return undefined; }
    const owners = owner === undefined ? [textIn(stack, '')] : identities.ofProperty(resource, owner);
    // A macro may give the owner that the template does not have.
    const [identity] = owners ?? [];
    // What is made anew has no keys yet.
    const isOfNew = app === this.app && identity?.resource && this.isReplaced(identity.resource) !== 'no';
    if (!identity || isOfNew) { return undefined; }
    const shape = of === 'Route' ? shapeOfKey(ownText) : undefined;
    const isHttp = shape !== undefined && protocolOf(app, resource, ownText) === 'HTTP';
    return { id: JSON.stringify([of, identity.kind, identity.value, isHttp ? shape : ownText]), of, key: ownText };
  }

  /** What has a key once, as it is shown, or nothing where that is a region. */
  public ownerOf(resource: Located): string {
    const { owner } = KEYED[resource.type.slice(GATEWAY.length) as KeyedType];
    return owner === undefined ? '' : this.shown(this.app, resource, owner);
  }

  /** A property as it is shown, with the paths of what it refers to. */
  public shown(app: Evaluator, resource: Located, property: string): string {
    const nameBefore = (it: Located) => this.placeBefore(it).path ?? it.logicalId;
    return app.show(app.property(resource, property) ?? '', app === this.app ? this.view.pathOf : nameBefore);
  }

  public placeOf(resource: Located): PlaceInTemplate {
    return { ...this.placeIn(resource), path: this.view.pathOf(resource) };
  }

  public placeBefore(resource: Located): PlaceInTemplate {
    const path = this.matched.foundOf.get(resource.stack.id)?.pathOf(resource.logicalId);
    return { ...this.placeIn(resource), path };
  }

  private placeIn({ logicalId, stack }: Located): PlaceInTemplate {
    const name = stack.parent ? stack.id : this.stacksById.get(stack.id)?.name;
    return { logicalId, stack: name ?? this.matched.foundOf.get(stack.id)?.name ?? stack.id };
  }
}

const templatesById = oncePerApp((app) => new Map(app.templates().map((template) => [template.id, template])));

/** The resource that deploys a nested stack. */
function nestingOf(app: Evaluator, { parent }: DeployedTemplate): Located | undefined {
  const outer = parent && templatesById(app).get(parent.id);
  return outer && app.resource(outer, parent!.logicalId);
}

/** The resources of API Gateway v2, by what tells them apart. */
function gatewayResources(app: Evaluator): ReadonlyMap<string, Located> {
  const types = app.types().filter((type) => type.startsWith(GATEWAY));
  return new Map(types.flatMap((type) => app.ofType(type)).map((resource) => [keyOf(resource), resource]));
}
