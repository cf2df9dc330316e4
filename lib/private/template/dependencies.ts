import { listOf, oncePerKey, type Evaluator, type Located } from './evaluator';

/** The logical ids that a value of a template refers to, by `Ref`, `Fn::GetAtt` and `Fn::Sub`. */
function referredIds(value: unknown, withBranches = true): string[] {
  if (typeof value !== 'object' || value === null) { return []; }
  if (Array.isArray(value)) { return value.flatMap((it) => referredIds(it, withBranches)); }
  return Object.entries(value).flatMap(([name, argument]) => {
    const [first] = listOf(argument);
    const text = typeof first === 'string' ? first : '';
    switch (name) {
      case 'Ref': return [text];
      case 'Fn::GetAtt': return [text.split('.')[0]];
      case 'Fn::Sub': return [...idsInText(text), ...referredIds(argument, withBranches)];
      case 'Fn::If': return withBranches ? referredIds(argument) : [];
      default: return referredIds(argument, withBranches);
    }
  });
}

/** The logical ids in the text of `Fn::Sub`. */
function idsInText(text: string): string[] {
  return [...text.matchAll(/\$\{([^!}.]+)/g)].map(([, id]) => id.trim());
}

/** The resources of its template that a resource waits for, directly or over others. */
function madeBefore(
  app: Evaluator, resource: Located, idsOf: (resource: Located) => readonly string[],
): ReadonlySet<Located> {
  const foundBy = (it: Located) => idsOf(it).flatMap((id) => app.resource(resource.stack, id) ?? []);
  const before = new Set(foundBy(resource));
  for (const it of before) {
    for (const found of foundBy(it)) { before.add(found); }
  }
  return before;
}

const keyOf = ({ stack, logicalId }: Located) => `${stack.id}/${logicalId}`;

const resourcesBefore = oncePerKey(keyOf, (app, resource: Located) =>
  madeBefore(app, resource, (it) => [...it.dependsOn, ...referredIds(it.properties)]));

const resourcesCertainlyBefore = oncePerKey(keyOf, (app, resource: Located) =>
  madeBefore(app, resource, (it) =>
    it.condition === undefined ? [...it.dependsOn, ...referredIds(it.properties, false)] : []));

/**
 * Whether CloudFormation makes a resource after another one of its template, since `DependsOn` or a reference says so,
 * directly or over others.
 */
export function dependsOn(app: Evaluator, resource: Located, other: Located): boolean {
  return resource.stack === other.stack && resource !== other && resourcesBefore(app, resource).has(other);
}

/** The same whatever conditions say; a resource that depends on itself is in a loop, which CloudFormation refuses. */
export function certainlyDependsOn(app: Evaluator, resource: Located, other: Located): boolean {
  return resource.stack === other.stack && resourcesCertainlyBefore(app, resource).has(other);
}
