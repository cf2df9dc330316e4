import { linesOf } from './route-lines';
import {
  findingsOf, openFindings, removedRoutesOf, type ApiModel, type IntegrationModel, type ReportModel,
} from './model';

/** The most lines of routes on one edge. */
const MAX_LINES = 20;

/** A text as a label. What could end it or mean something in it is written as an entity. */
const label = (text: string) =>
  `"${text.replace(/\p{Cc}/gu, ' ').replace(/["<>#;&`%\\]/g, (c) => `#${c.charCodeAt(0)};`)}"`;

const labelOfLines = (lines: readonly string[]) => `"${lines.map((line) => label(line).slice(1, -1)).join('<br/>')}"`;

/** A flowchart of an API: one edge with its routes to each integration, and one from there to the target. */
export function mermaidOf(api: ApiModel, model: ReportModel): string {
  const lines = [
    'flowchart LR',
    `  api[${label(api.path)}]`,
    ...api.targets.map(({ id, kind, name }) => `  ${id}[${labelOfLines([kind, ...(kind === name ? [] : [name])])}]`),
    ...api.integrations.flatMap((integration) => integrationLines(api, integration)),
    ...unboundLines(api),
    ...removedLines(api, model),
    ...classLines(api, model),
  ];
  return `${lines.join('\n')}\n`;
}

function integrationLines(api: ApiModel, integration: IntegrationModel): string[] {
  const { id, path, type, subtype, target, vpcLink } = integration;
  const routes = linesOf(api.routes.filter((route) => route.integration === id)).map(({ text }) => text);
  return [
    `  ${id}[${labelOfLines([path, subtype ?? type])}]`,
    ...(routes.length === 0 ? [] : [`  api -- ${labelOfLines(shortened(routes))} --> ${id}`]),
    vpcLink ? `  ${id} -- ${label(`through ${vpcLink.path}`)} --> ${target}` : `  ${id} --> ${target}`,
  ];
}

/** Routes whose integration is not in the app. */
function unboundLines(api: ApiModel): string[] {
  const routes = linesOf(api.routes.filter(({ integration }) => integration === undefined)).map(({ text }) => text);
  return routes.length === 0
    ? []
    : [`  outside[${label('not in this app')}]`, `  api -- ${labelOfLines(shortened(routes))} --> outside`];
}

/** Routes that are deployed and go. */
function removedLines(api: ApiModel, model: ReportModel): string[] {
  const keys = removedRoutesOf(model, api).map(({ key }) => key);
  return keys.length === 0 ? []
    : [`  removed[${label('removed')}]`, `  api -. ${labelOfLines(shortened(keys))} .-> removed`];
}

function shortened(lines: readonly string[]): readonly string[] {
  return lines.length <= MAX_LINES
    ? lines
    : [...lines.slice(0, MAX_LINES - 1), `and ${lines.length - MAX_LINES + 1} more`];
}

/** Marks an integration or a target by the worst of what was found on it and its routes. */
function classLines(api: ApiModel, model: ReportModel): string[] {
  const marked = [...api.integrations, ...api.targets].flatMap(({ id, findings }) => {
    const ofRoutes = api.routes.filter(({ integration }) => integration === id).flatMap((route) => route.findings);
    const open = openFindings(findingsOf(model, [...findings, ...ofRoutes]));
    if (open.length === 0) { return []; }
    return [`  class ${id} ${open.some(({ severity }) => severity === 'error') ? 'error' : 'warning'}`];
  });
  return marked.length === 0
    ? []
    : [
        '  classDef error stroke:#b3261e,stroke-width:3px',
        '  classDef warning stroke:#9a6700,stroke-width:3px',
        ...marked,
      ];
}
