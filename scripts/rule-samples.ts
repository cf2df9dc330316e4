import { App, Stack } from 'aws-cdk-lib';
import { PAIRS } from '../test/private/deployed/pairs';
import { HERE, mock, url, type Build } from '../test/private/rules/builders';
import { CASES } from '../test/private/rules/cases';
import { OPTION_SAMPLES } from '../test/private/rules/cases/option-samples';
import { writeYaml } from './yaml';

interface Resource { readonly Type: string; readonly Properties?: Record<string, unknown> }
type Resources = Record<string, Resource>;

/** What an integration or an API is: shown even where both apps have it. */
const SHOWN = ['ProtocolType', 'IntegrationType', 'IntegrationSubtype'];

/** What AWS CloudFormation requires and no rule is about: shown only where the apps differ in it. */
const HIDDEN = ['ApiId', 'Code', 'Handler', 'Runtime', 'Role', 'Timeout'];

/** The resources of an app. */
function resourcesIn(make: (app: App) => void): Resources {
  const app = new App();
  make(app);
  return Object.assign({}, ...app.synth().stacks.map(({ template }) => template.Resources ?? {}));
}

const resourcesOf = (build: Build) => resourcesIn((app) => { build(new Stack(app, 'Stack', { env: HERE })); });

const isEqual = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

/** Apps without anything particular. What they have is not shown. */
const PLAIN = { HTTP: resourcesOf(url()), WEBSOCKET: resourcesOf(mock()) };

const plainLike = ({ Api }: Resources) => PLAIN[Api?.Properties?.ProtocolType === 'WEBSOCKET' ? 'WEBSOCKET' : 'HTTP'];

/** The ids among some that a resource refers to. */
function referencesOf(resource: Resource, ids: readonly string[]): string[] {
  const text = JSON.stringify(resource);
  return ids.filter((id) => [`"${id}"`, `\${${id}}`, `\${${id}.`].some((reference) => text.includes(reference)));
}

/** The ids of the resources in which an app differs from another, and of those that say what it is about. */
function idsShownOf(resources: Resources, others: Resources): string[] {
  const ids = Object.keys(resources);
  const plain = plainLike(resources);
  const isParticular = (id: string) => !isEqual(resources[id], plain[id]);
  const shown = new Set(ids.filter((id) => !isEqual(resources[id], others[id])));
  // A set that grows while it is walked through.
  for (const id of shown) { referencesOf(resources[id], ids).forEach((it) => shown.add(it)); }
  const targets = [...shown].filter(isParticular);
  const leadsToThem = (id: string) => /^AWS::ApiGatewayV2::(?!Stage)/.test(resources[id].Type)
    && referencesOf(resources[id], targets).length > 0;
  return [...shown, ...ids.filter((id) => isParticular(id) && (id in plain || leadsToThem(id)))];
}

/** A resource without the properties that neither differ from the other one nor are particular to the app. */
function tellingPart(resource: Resource, other: Resource | undefined, plain: Resource | undefined): Resource {
  const { Properties = {}, ...rest } = resource;
  const isTelling = (name: string) => {
    if (SHOWN.includes(name) || !isEqual(Properties[name], other?.Properties?.[name])) { return true; }
    return !HIDDEN.includes(name) && !isEqual(Properties[name], plain?.Properties?.[name]);
  };
  const shown = Object.entries(Properties).filter(([name]) => isTelling(name));
  return shown.length > 0 ? { ...rest, Properties: Object.fromEntries(shown) } : rest;
}

/** The lines of some resources of an app, beside those of another. */
function linesOf(resources: Resources, others: Resources, ids: readonly string[]): string[] {
  const plain = plainLike(resources);
  return Object.entries(resources)
    .filter(([id, it]) => ids.includes(id) && !(isEqual(it, others[id]) && isEqual(it, plain[id])))
    .flatMap(([id, it]) => writeYaml({ [id]: tellingPart(it, others[id], plain[id]) }));
}

/** How many lines two texts have in common, from each line of both on. */
function commonLines(wrong: readonly string[], right: readonly string[]): number[][] {
  const common = [...Array(wrong.length + 1)].map(() => Array<number>(right.length + 1).fill(0));
  for (let i = wrong.length - 1; i >= 0; i--) {
    for (let j = right.length - 1; j >= 0; j--) {
      const without = Math.max(common[i + 1][j], common[i][j + 1]);
      common[i][j] = wrong[i] === right[j] ? common[i + 1][j + 1] + 1 : without;
    }
  }
  return common;
}

/** Two texts in one, with a sign before the lines that only one of them has. */
function difference(wrong: readonly string[], right: readonly string[]): string[] {
  const common = commonLines(wrong, right);
  const lines: string[] = [];
  let i = 0;
  let j = 0;
  while (i < wrong.length || j < right.length) {
    if (i < wrong.length && wrong[i] === right[j]) {
      lines.push(`  ${wrong[i]}`);
      i++;
      j++;
    } else if (j === right.length || (i < wrong.length && common[i + 1][j] >= common[i][j + 1])) {
      lines.push(`- ${wrong[i]}`);
      i++;
    } else {
      lines.push(`+ ${right[j]}`);
      j++;
    }
  }
  return lines;
}

/** Two apps as one text of YAML that shows where they differ. */
function differenceOfApps(wrong: Build, right: Build): string[] {
  const [one, other] = [resourcesOf(wrong), resourcesOf(right)];
  const ids = [...idsShownOf(one, other), ...idsShownOf(other, one)];
  return difference(linesOf(one, other, ids), linesOf(other, one, ids));
}

const blockOf = (lines: readonly string[], language = 'diff') => [`\`\`\`${language}`, ...lines, '```'].join('\n');

/** What is deployed, and below it what is wrong and what is right to deploy next. */
function sampleOfDeployed(id: string): string {
  const { before, after, right } = Object.values(PAIRS).find((it) => it.rules.includes(id) && it.right)!;
  const [deployed, wrong, next] = [before, after, right!].map(resourcesIn);
  const changed = (resources: Resources, others: Resources) => Object.entries(resources)
    .filter(([name, it]) => !isEqual(it, others[name])).flatMap(([name, it]) => writeYaml({ [name]: it }));
  return [
    'Deployed:', blockOf(changed(deployed, wrong), 'yaml'),
    'Next:', blockOf(difference(changed(wrong, next), changed(next, wrong))),
  ].join('\n\n');
}

/** The order of stacks stands in no template. */
const STACK_ORDER = [
  '  // A route moves from the stack \'books\' to the stack \'authors\'.',
  '+ authors.addDependency(books);',
];

/** What is wrong and what is right by a rule, in Markdown. The apps are those of the tests of the rule. */
export function sampleOf(id: string): string {
  const ofOption = OPTION_SAMPLES[id];
  if (ofOption !== undefined) {
    return typeof ofOption === 'string' ? ofOption : blockOf(difference(ofOption.wrong, ofOption.right));
  }
  if (id === 'deployed-stack-order') { return blockOf(STACK_ORDER); }
  if (id.startsWith('deployed-')) { return sampleOfDeployed(id); }
  const { wrong, right, sample = [Object.keys(wrong)[0], Object.keys(right)[0]] } = CASES[id];
  return typeof sample === 'string' ? sample : blockOf(differenceOfApps(wrong[sample[0]], right[sample[1]]));
}
