import { listOf, oncePerKey, type Evaluator, type Located } from './evaluator';

/** The logical ids that a value of a template refers to, by `Ref`, `Fn::GetAtt` and `Fn::Sub`. */
function referredIds(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) { return []; }
  if (Array.isArray(value)) { return value.flatMap(referredIds); }
  return Object.entries(value).flatMap(([name, argument]) => {
    const [first] = listOf(argument);
    const text = typeof first === 'string' ? first : '';
    switch (name) {
      case 'Ref': return [text];
      case 'Fn::GetAtt': return [text.split('.')[0]];
      case 'Fn::Sub': return [...idsInText(text), ...referredIds(argument)];
      default: return referredIds(argument);
    }
  });
}

/** The logical ids in the text of `Fn::Sub`. */
function idsInText(text: string): string[] {
  return [...text.matchAll(/\$\{([^!}.]+)/g)].map(([, id]) => id.trim());
}

/** A resource, and all those of its template that CloudFormation makes before it. */
const madeUpTo = oncePerKey(
  ({ stack, logicalId }: Located) => `${stack.id}/${logicalId}`,
  (app, resource): ReadonlySet<Located> => {
    const byId = new Map(app.resourcesOf(resource.stack).map((it) => [it.logicalId, it]));
    const before = new Set<Located>([resource]);
    for (const it of before) {
      for (const id of [...it.dependsOn, ...referredIds(it.properties)]) {
        const found = byId.get(id);
        if (found) { before.add(found); }
      }
    }
    return before;
  },
);

/**
 * Whether CloudFormation makes a resource after another one of its template, since `DependsOn` or a reference says so,
 * directly or over others.
 */
export function dependsOn(app: Evaluator, resource: Located, other: Located): boolean {
  return resource.stack === other.stack && resource !== other && madeUpTo(app, resource).has(other);
}
