import type { Handler } from '../shapes/integration';
import { mapOf, textOf } from '../shapes/values';
import { functionName, type FunctionName } from '../template/arns';
import { groupBy, oncePerApp } from '../template/evaluator';
import { propertiesOf, type View } from './view';

/** The aliases and versions of each function, apart from those that are made on a condition. */
const versionsByFunction = oncePerApp((app) => {
  const all = [...app.ofType('AWS::Lambda::Alias'), ...app.ofType('AWS::Lambda::Version')];
  const made = all.filter(({ condition }) => condition === undefined);
  return groupBy(made, (version) => functionName(app, version, app.property(version, 'FunctionName') ?? '').handler);
});

/** The alias or version of a function that starts faster than what is invoked, if one does. */
export function fasterVersionOf(view: View, { handler, qualifier }: FunctionName): Handler['faster'] {
  const { app, pathOf } = view;
  const made = app.referenceOf(handler)?.resource;
  if (made?.type !== 'AWS::Lambda::Function' || !['', '$LATEST'].includes(qualifier)) { return undefined; }
  const versions = versionsByFunction(app).get(handler);
  // Most functions have none, and reading all that a function has takes long.
  if (!versions) { return undefined; }
  const provisioned = versions.find((version) => mapOf(propertiesOf(view, version).ProvisionedConcurrencyConfig));
  if (provisioned) { return { path: () => pathOf(provisioned), by: 'provisioned concurrency' }; }
  const [first] = versions;
  const appliesSnapStart = textOf(mapOf(propertiesOf(view, made).SnapStart)?.ApplyOn) === 'PublishedVersions';
  return appliesSnapStart ? { path: () => pathOf(first), by: 'SnapStart' } : undefined;
}
