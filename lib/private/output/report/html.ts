import { drawingsOf } from './drawing';
import { anchors, breakable, counted, escaped, worstOf } from './markup';
import {
  changesIn,
  findingIdsOf,
  findingsOf,
  openFindings,
  removedRoutesOf,
  type ApiModel,
  type Element,
  type FindingModel,
  type IntegrationModel,
  type ReportModel,
  type RouteModel,
} from './model';
import type { RemovedRoute } from '../../shapes/deployed';
import { SCRIPT } from './script';
import { STYLE } from './style';

/** With more APIs than this, those without findings are folded. */
const MOST_OPEN = 5;

const path = (text: string) => `<span class="path">${breakable(text)}</span>`;

const list = (texts: readonly string[]) => escaped(texts.join(', '));

const lines = (parts: readonly string[]) => parts.filter((part) => part !== '').join('\n');

/** The report for people: a page that loads nothing, and is complete without its script. */
export function reportPage(model: ReportModel): string {
  const title = `API Gateway v2 report: ${model.app}`;
  return `${lines([
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escaped(title)}</title>`,
    `<style>${STYLE}</style>`,
    '</head>',
    '<body>',
    `<h1>API Gateway v2 report: ${breakable(model.app)}</h1>`,
    '<main>',
    summary(model),
    filterForm(),
    contents(model),
    findingsSection(model),
    ...model.apis.map((_, index) => apiSection(model, index)),
    '</main>',
    footer(model),
    `<script>${SCRIPT}</script>`,
    '</body>',
    '</html>',
  ])}\n`;
}

function summary(model: ReportModel): string {
  const routes = model.apis.reduce((sum, api) => sum + api.routes.length, 0);
  const { stagesNotJudged, notCompared = [] } = model;
  return lines([
    model.apis.length === 0 ? '<p>There is no API here.</p>' : '<p>The APIs of this app, as they will be deployed.</p>',
    '<ul class="chips">',
    `<li class="chip">${counted(model.apis.length, 'API')}</li> <li class="chip">${counted(routes, 'route')}</li>`,
    countChips(model.findings, 'li'),
    '</ul>',
    stagesNotJudged.length === 0
      ? ''
      : `<p class="notice">Not judged, since they have no aspect of their own: ${list(stagesNotJudged)}.</p>`,
    notCompared.length === 0
      ? ''
      : `<p class="notice">Not compared with what is deployed, or in part: ${escaped(notCompared.join('. '))}.</p>`,
    changeSummary(model),
  ]);
}

/** What a deployment does to the routes, and which ones go with their API. */
function changeSummary(model: ReportModel): string {
  if (!model.deployed) { return ''; }
  const counts = [...changesIn(model)].map(([change, count]) => `${count} ${change}`).sort();
  const shown = new Set(model.apis.map((api) => api.path));
  const gone = model.deployed.removedRoutes.filter(({ api }) => !shown.has(api));
  return lines([
    `<p>Routes, compared with what is deployed (${path(model.deployed.folder)}): `
    + `${counts.length === 0 ? 'none' : escaped(counts.join(', '))}.</p>`,
    removedList('Removed with their API', gone),
  ]);
}

function removedList(title: string, routes: readonly RemovedRoute[]): string {
  return definitionList(title, routes.map(({ key, path: place, logicalId, stack }) =>
    `<dt><code>${breakable(key)}</code></dt><dd>${path(place ?? logicalId)} in ${path(stack)}</dd>`));
}

/** How many errors, warnings and acknowledged findings there are. */
function countChips(findings: readonly FindingModel[], tag: 'li' | 'span'): string {
  const open = openFindings(findings);
  const count = (severity: string) => open.filter((it) => it.severity === severity).length;
  const acknowledged = findings.length - open.length;
  const chip = (style: string, text: string) => `<${tag} class="chip ${style}">${text}</${tag}>`;
  const chips = [
    count('error') > 0 ? chip('error', counted(count('error'), 'error')) : '',
    count('warning') > 0 ? chip('warning', counted(count('warning'), 'warning')) : '',
    acknowledged > 0 ? chip('', `${acknowledged} acknowledged`) : '',
  ].filter((it) => it !== '');
  return chips.length > 0 ? chips.join(' ') : chip('fine', 'no findings');
}

/** Hidden until the script shows it. */
function filterForm(): string {
  return lines([
    '<form role="search" hidden>',
    '<label>Filter by text <input type="search" name="text" autocomplete="off"></label>',
    '<label>Filter by severity <select name="severity">',
    '<option value="">all</option><option value="error">errors</option>'
    + '<option value="warning">warnings</option><option value="acknowledged">acknowledged</option></select></label>',
    '<output class="soft" aria-live="polite"></output>',
    '</form>',
  ]);
}

function contents(model: ReportModel): string {
  if (model.apis.length === 0) { return ''; }
  const items = model.apis.map((api, index) => {
    const findings = findingsOf(model, findingIdsOf(api));
    const link = `<a href="#${anchors.api(index)}">${path(api.path)}</a>`;
    return `<li>${link} <small>${titleOf(api)}</small> ${countChips(findings, 'span')}</li>`;
  });
  return lines([
    '<nav aria-labelledby="contents">',
    '<h2 id="contents">APIs</h2>',
    '<ol>',
    ...items,
    '</ol>',
    '</nav>',
  ]);
}

function titleOf(api: ApiModel): string {
  const name = api.name === undefined ? '' : `${escaped(api.name)}, `;
  return `${name}${escaped(api.protocol)}, ${counted(api.routes.length, 'route')}`;
}

function findingsSection(model: ReportModel): string {
  if (model.findings.length === 0) { return ''; }
  const places = placesOf(model);
  return lines([
    '<section aria-labelledby="findings">',
    '<h2 id="findings">Findings</h2>',
    '<ol class="findings">',
    ...model.findings.map((finding) => findingItem(finding, places.get(finding.id))),
    '</ol>',
    '</section>',
  ]);
}

function findingItem(finding: FindingModel, place: string | undefined): string {
  const { id, rule, severity, message, url, constructPath, logicalId, template, acknowledged } = finding;
  const state = acknowledged === undefined ? severity : 'acknowledged';
  const at = place === undefined ? path(constructPath) : `<a href="#${place}">${path(constructPath)}</a>`;
  return lines([
    `<li id="${id}" class="${state}" ${filterData('finding', [state], [rule, message, constructPath])}>`,
    `<span class="chip ${state}">${state}</span> <a href="${escaped(url)}"><code>${escaped(rule)}</code></a> at ${at}`,
    `<p>${breakable(message)}</p>`,
    acknowledged === undefined ? '' : `<p class="soft">Acknowledged: ${escaped(acknowledged)}</p>`,
    `<p><small>${path(logicalId)} in ${path(template)}</small></p>`,
    '</li>',
  ]);
}

/** What the filter looks at. */
function filterData(kind: 'finding' | 'route', severities: Iterable<string>, texts: readonly string[]): string {
  const text = escaped(texts.join(' ').toLowerCase());
  return `data-kind="${kind}" data-severity="${[...severities].join(' ')}" data-text="${text}"`;
}

/** The id of the place in the page that each finding is about. The most precise one is told last. */
function placesOf(model: ReportModel): ReadonlyMap<string, string> {
  const places = new Map<string, string>();
  const tell = (findings: readonly string[], place: string) => {
    findings.forEach((id) => places.set(id, place));
  };
  model.apis.forEach((api, index) => {
    tell(api.findings, anchors.api(index));
    const firstRowOf = (isIt: (integration: IntegrationModel) => boolean) => {
      const integration = api.integrations.find(isIt)!;
      return rowOf(api, index, integration);
    };
    api.targets.forEach((target) =>
      tell(
        target.findings,
        firstRowOf((it) => it.target === target.id),
      ),
    );
    api.integrations.forEach((integration) => {
      tell(integration.vpcLink?.findings ?? [], rowOf(api, index, integration));
      tell(integration.findings, rowOf(api, index, integration));
    });
    api.stages.forEach((stage, i) => {
      tell([...stage.findings, ...stage.domains.flatMap(({ findings }) => findings)], anchors.stage(index, i));
    });
    api.authorizers.forEach((authorizer, i) => tell(authorizer.findings, anchors.authorizer(index, i)));
    api.routes.forEach((route, i) => tell(route.findings, anchors.route(index, i)));
  });
  return places;
}

/** The row that shows an integration: that of its first route, or its own. */
function rowOf(api: ApiModel, index: number, { id }: IntegrationModel): string {
  const route = api.routes.findIndex(({ integration }) => integration === id);
  return route < 0 ? anchors.part(index, id) : anchors.route(index, route);
}

function apiSection(model: ReportModel, index: number): string {
  const api = model.apis[index];
  const findings = findingsOf(model, findingIdsOf(api));
  const isOpen = model.apis.length <= MOST_OPEN || openFindings(findings).length > 0;
  return lines([
    `<details id="${anchors.api(index)}"${isOpen ? ' open' : ''}>`,
    `<summary><h2>${path(api.path)} <small>${titleOf(api)}</small></h2> ${countChips(findings, 'span')}</summary>`,
    api.findings.length === 0 ? '' : `<p>${findingLinks(model, api.findings)}</p>`,
    ...api.notes.map((note) => `<p class="soft">${escaped(note)}</p>`),
    api.integrations.length + api.routes.length === 0
      ? ''
      : `<figure class="drawing">\n${drawingsOf(model, index)}\n</figure>`,
    stageList(model, index),
    authorizerList(model, index),
    routeTable(model, index),
    removedList('Removed routes', removedRoutesOf(model, api)),
    '<p class="soft">The same as a Mermaid diagram: '
    + `<a href="${escaped(encodeURI(api.diagram))}">${breakable(api.diagram)}</a>. `
    + 'GitHub shows such a file, and so does VS Code with an extension for Mermaid.</p>',
    '</details>',
  ]);
}

function stageList(model: ReportModel, index: number): string {
  const { stages } = model.apis[index];
  const items = stages.map((stage, i) => {
    const { name, autoDeploy, domains, findings } = stage;
    const served = domains.map(({ url }) => `served at ${path(url)}`);
    const facts = [path(stage.path), autoDeploy ? 'deployed automatically' : 'not deployed automatically', ...served];
    const all = [...findings, ...domains.flatMap((domain) => domain.findings)];
    return `<dt id="${anchors.stage(index, i)}"><code>${breakable(name)}</code></dt>`
      + `<dd>${facts.join(', ')} ${findingLinks(model, all)}</dd>`;
  });
  return definitionList('Stages', items);
}

function authorizerList(model: ReportModel, index: number): string {
  const { authorizers } = model.apis[index];
  const items = authorizers.map((authorizer, i) => {
    const { name, type, decidedBy, findings } = authorizer;
    const decides = decidedBy === undefined ? '' : `, decided by ${path(decidedBy)}`;
    return (
      `<dt id="${anchors.authorizer(index, i)}">${breakable(name)}</dt>`
      + `<dd>${path(authorizer.path)}, ${escaped(type)}${decides} ${findingLinks(model, findings)}</dd>`
    );
  });
  return definitionList('Authorizers', items);
}

function definitionList(title: string, items: readonly string[]): string {
  return items.length === 0 ? '' : lines([`<h3>${title}</h3>`, '<dl class="list">', ...items, '</dl>']);
}

/** The findings of something, by links to what is said of them on top. */
function findingLinks(model: ReportModel, ids: readonly string[]): string {
  return findingsOf(model, ids)
    .map(({ id, rule, severity, acknowledged }) => {
      const state = acknowledged === undefined ? severity : 'acknowledged';
      return `<a class="chip ${state}" href="#${id}">${state}: ${escaped(rule)}</a>`;
    })
    .join(' ');
}

const COLUMNS = ['Authorizer', 'Integration', 'Target', 'How access is granted', 'Change', 'Findings'] as const;
type Column = typeof COLUMNS[number];

/** The columns of a table behind that of routes, without those that have nothing to show. */
function columnsOf(model: ReportModel, api: ApiModel): Column[] {
  const isShown = { Change: model.deployed !== undefined, Findings: findingIdsOf(api).length > 0 };
  return COLUMNS.filter((column) => !(column in isShown) || isShown[column as keyof typeof isShown]);
}

/** The roles say again what the elements are, since cards on a phone are no table to a browser. */
function routeTable(model: ReportModel, index: number): string {
  const api = model.apis[index];
  const withRoute = new Set(api.routes.map(({ integration }) => integration));
  const columns = ['Route', ...columnsOf(model, api)];
  const rows = [
    ...api.routes.map((route, i) => routeRow(model, index, route, i)),
    ...api.integrations
      .filter(({ id }) => !withRoute.has(id))
      .map((integration) => integrationRow(model, index, integration)),
  ];
  if (rows.length === 0) { return ''; }
  return lines([
    '<table role="table">',
    `<caption>Routes of ${path(api.path)}</caption>`,
    '<thead role="rowgroup"><tr role="row">',
    ...columns.map((column) => `<th scope="col" role="columnheader">${column}</th>`),
    '</tr></thead>',
    '<tbody role="rowgroup">',
    ...rows,
    '</tbody>',
    '</table>',
  ]);
}

function routeRow(model: ReportModel, index: number, route: RouteModel, i: number): string {
  const api = model.apis[index];
  const integration = api.integrations.find(({ id }) => id === route.integration);
  const access =
    route.access && `<span class="allowed-${route.access.allowed}">${breakable(route.access.words)}</span>`;
  return row(model, api, {
    id: anchors.route(index, i),
    head: `<code>${breakable(route.key)}</code>`,
    authorizer: authorizerCell(route, api.protocol),
    integration,
    access: access ?? '',
    change: route.change ?? '',
    elements: [route],
    texts: [route.key, route.authorizer ?? '', route.change ?? ''],
  });
}

function integrationRow(model: ReportModel, index: number, integration: IntegrationModel): string {
  return row(model, model.apis[index], {
    id: anchors.part(index, integration.id),
    head: '<span class="soft">no route</span>',
    authorizer: '',
    integration,
    access: '',
    change: '',
    elements: [],
    texts: [],
  });
}

/** What a row of the table shows. */
interface Row {
  readonly id: string;
  readonly head: string;
  readonly authorizer: string;
  readonly integration?: IntegrationModel;
  readonly access: string;
  readonly change: string;
  readonly elements: readonly Element[];
  readonly texts: readonly string[];
}

function row(
  model: ReportModel,
  api: ApiModel,
  { id, head, authorizer, integration, access, change, elements, texts }: Row,
): string {
  const target = api.targets.find((it) => it.id === integration?.target);
  const ids = [...elements, integration, integration?.vpcLink, target].flatMap((it) => it?.findings ?? []);
  const findings = findingsOf(model, ids);
  const severities = new Set(
    findings.map(({ severity, acknowledged }) => (acknowledged === undefined ? severity : 'acknowledged')),
  );
  const searched = [
    ...texts,
    api.path,
    integration?.path ?? '',
    target?.name ?? '',
    target?.kind ?? '',
    ...findings.map(({ rule }) => rule),
  ];
  const contents: { readonly [column in Column]: string } = {
    'Authorizer': authorizer,
    'Integration': integration ? integrationCell(integration) : 'not in this app',
    'Target': target ? targetCell(target.kind, target.name) : '',
    'How access is granted': access,
    'Change': change,
    'Findings': findingLinks(model, ids),
  };
  const cells = columnsOf(model, api)
    .map((column) => `<td role="cell" data-label="${column}">${contents[column]}</td>`);
  return (
    `<tr id="${id}" role="row" class="${worstOf(findings)}" ${filterData('route', severities, searched)}>`
    + `<th scope="row" role="rowheader">${head}</th>`
    + `${cells.join('')}</tr>`
  );
}

/** A WebSocket API authorizes the connection, and its messages with it. */
function authorizerCell({ key, authorization, authorizer }: RouteModel, protocol: string): string {
  if (protocol === 'WEBSOCKET' && key !== '$connect') { return '<span class="soft">that of $connect</span>'; }
  if (authorization === 'NONE') { return '<span class="soft">none: anyone may call it</span>'; }
  if (authorization === 'AWS_IAM') { return 'IAM: signed requests'; }
  return authorizer === undefined ? escaped(authorization) : path(authorizer);
}

function integrationCell({ path: place, type, subtype, detail }: IntegrationModel): string {
  const facts = [subtype ?? type, ...(detail === undefined ? [] : [detail])];
  return `${path(place)}<br><small>${facts.map(breakable).join(', ')}</small>`;
}

function targetCell(kind: string, name: string): string {
  return kind === name ? escaped(kind) : `<small>${escaped(kind)}</small><br>${path(name)}`;
}

function footer({ library }: ReportModel): string {
  return (
    '<footer class="soft"><p>What is in angle brackets is only known at deployment. '
    + `Made by <a href="${escaped(library.homepage)}">${escaped(library.name)}</a> ${escaped(library.version)}; `
    + 'the file with the ending .json beside it says the same for programs.</p></footer>'
  );
}
