import { listOf, oncePerKey, type Located } from '../template/evaluator';

const keyOf = ({ stack, logicalId }: Located) => `${stack.id}/${logicalId}`;

/** The resources of the same template that AWS CloudFormation makes before a resource. */
export const madeBefore = oncePerKey(keyOf, (app, resource: Located): ReadonlySet<Located> => {
  const byId = new Map(app.resourcesOf(resource.stack).map((it) => [it.logicalId, it]));
  const found = new Set<Located>();
  const add = ({ dependsOn, properties }: Located): void => {
    for (const id of [...dependsOn, ...idsIn(properties)]) {
      const it = byId.get(id);
      if (it && !found.has(it)) {
        found.add(it);
        add(it);
      }
    }
  };
  add(resource);
  return found;
});

/** The logical ids that a value of a template refers to. */
function idsIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) { return []; }
  if (Array.isArray(value)) { return value.flatMap(idsIn); }
  return Object.entries(value).flatMap(([name, it]) => {
    switch (name) {
      case 'Ref': return typeof it === 'string' ? [it] : [];
      case 'Fn::GetAtt': return String(listOf(it)[0]).split('.', 1);
      case 'Fn::Sub': return [...idsInText(listOf(it)[0]), ...idsIn(it)];
      default: return idsIn(it);
    }
  });
}

/** The logical ids in `${Api}` and `${Api.ApiId}`. */
function idsInText(text: unknown): string[] {
  if (typeof text !== 'string') { return []; }
  return [...text.matchAll(/\$\{ *([A-Za-z0-9]+)/g)].map(([, id]) => id);
}
