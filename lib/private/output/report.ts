import { createHash } from 'crypto';
import { writeFileSync } from 'fs';
import { join } from 'path';
import { boundRoutes, invokedFunction, routeIsPermitted, type BoundRoute } from '../permissions/routes';
import { groupBy, type Evaluator, type Located } from '../template/evaluator';
import type { Judged } from '../judging/judge-app';

/** One route of an API as the report shows it. */
interface Row {
  readonly key: string;
  readonly integration: string;
  readonly type: string;
  readonly target: string;
  readonly access: string;
  readonly findings: readonly string[];
}

interface ApiReport {
  readonly path: string;
  readonly protocol: string;
  readonly rows: readonly Row[];
  readonly findings: readonly string[];
}

const ACCESS = { yes: 'permitted', no: 'not permitted', unknown: 'not known here' };

/** What a report is about. */
export interface ReportOptions {
  /** The path of the part of the app that is judged, unless it is the whole. */
  readonly root?: string;
  readonly isShown: (resource: Located) => boolean;
  readonly pathOf: (resource: Located) => string;
  readonly stagesNotJudged: readonly string[];
}

/** Writes a page and a diagram of each API beside the templates. */
export function writeReport(directory: string, app: Evaluator, judged: readonly Judged[], options: ReportOptions): void {
  const report = new Report(app, judged, options.pathOf);
  const routes = groupBy(boundRoutes(app).filter(({ route }) => options.isShown(route)), ({ apiId }) => apiId);
  const own = app.ofType('AWS::ApiGatewayV2::Api').filter(options.isShown);
  const apis = own.map((api) => report.api(routes.get(app.attribute(api, 'Ref')) ?? [], api));
  for (const [apiId, bound] of routes) {
    if (!own.some((api) => app.attribute(api, 'Ref') === apiId)) { apis.push(report.api(bound)); }
  }
  const fileOf = uniqueNames();
  writeFileSync(join(directory, `${fileOf(options.root)}.html`), page(apis, report.others(), options.stagesNotJudged, judged));
  for (const api of apis) { writeFileSync(join(directory, `${fileOf(api.path)}.mmd`), diagram(api)); }
}

/** The most characters of a path in the name of a file. */
const MAX_NAME = 100;

/** Names of files by the paths of constructs, each once and of a length that file systems take. */
function uniqueNames(): (path?: string) => string {
  const given = new Set<string>();
  return (path) => {
    if (path === undefined) { return REPORT; }
    const plain = path.replace(/[^A-Za-z0-9-]+/g, '-');
    const hash = createHash('sha256').update(path).digest('hex').slice(0, 8);
    const name = plain.length > MAX_NAME || given.has(plain) ? `${plain.slice(0, MAX_NAME)}-${hash}` : plain;
    given.add(name);
    return `${REPORT}.${name}`;
  };
}

const REPORT = 'ApiGatewayV2Checks';

/** Collects what is said of the APIs of an app, and of everything else. */
class Report {
  private readonly said: ReadonlyMap<Located, readonly Judged[]>;
  private readonly told = new Set<Located>();

  constructor(private readonly app: Evaluator, judged: readonly Judged[], private readonly pathOf: (resource: Located) => string) {
    this.said = groupBy(judged, ({ resource }) => resource);
  }

  /** An API, or the routes of one that is not in the app. */
  public api(routes: readonly BoundRoute[], api?: Located): ApiReport {
    const { app, pathOf } = this;
    return {
      path: api ? pathOf(api) : app.show(routes[0].apiId),
      protocol: (api ? app.property(api, 'ProtocolType') : routes[0].protocol) ?? '',
      findings: api ? this.findings(api) : [],
      rows: routes.map((bound) => ({
        key: app.show(bound.routeKey),
        integration: pathOf(bound.integration),
        type: [bound.integration.properties.IntegrationType, bound.integration.properties.IntegrationSubtype].filter((it) => it !== undefined).map(String).join(' '),
        target: app.show(invokedFunction(app, bound.integration) ?? app.property(bound.integration, 'IntegrationUri') ?? '', pathOf),
        access: accessOf(app, bound, pathOf),
        findings: [...this.findings(bound.route), ...this.findings(bound.integration)],
      })),
    };
  }

  /** What is said of resources that are no part of an API that was told. */
  public others(): string[] {
    return [...this.said.keys()].filter((resource) => !this.told.has(resource))
      .flatMap((resource) => this.findings(resource).map((it) => it.replace(' [rule ', ` (at ${this.pathOf(resource)}) [rule `)));
  }

  private findings(resource: Located): string[] {
    this.told.add(resource);
    return (this.said.get(resource) ?? []).flatMap(({ findings }) => findings.map(({ severity, message, id }) => `${severity}: ${message} [rule ${id}]`));
  }
}

/** How the target lets API Gateway in. */
function accessOf(app: Evaluator, bound: BoundRoute, pathOf: (resource: Located) => string): string {
  const verdict = routeIsPermitted(app, bound);
  const credentials = app.property(bound.integration, 'CredentialsArn');
  if (credentials) { return `role ${app.show(credentials, pathOf)}${verdict ? `, ${ACCESS[verdict.permitted]}` : ''}`; }
  const link = app.property(bound.integration, 'ConnectionId');
  return verdict ? `${verdict.permissions.length} ${verdict.permissions.length === 1 ? 'permission' : 'permissions'}, ${ACCESS[verdict.permitted]}`
    : link ? `VPC link ${app.show(link, pathOf)}` : '';
}

const escaped = (text: string) => text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);

const list = (findings: readonly string[]) => findings.length === 0 ? ''
  : `<ul>${findings.map((it) => `<li class="${it.startsWith('error') ? 'error' : 'warning'}">${escaped(it)}</li>`).join('')}</ul>`;

function page(apis: readonly ApiReport[], others: readonly string[], stagesNotJudged: readonly string[], judged: readonly Judged[]): string {
  const count = (severity: string) => {
    const { length } = judged.flatMap(({ findings }) => findings).filter((it) => it.severity === severity);
    return `${length} ${severity}${length === 1 ? '' : 's'}`;
  };
  const sections = apis.map(({ path, protocol, rows, findings }) => `<section>
<h2>${escaped(path)} <small>${escaped(protocol)}</small></h2>
${list(findings)}
<table>
<thead><tr><th>Route</th><th>Integration</th><th>Type</th><th>Target</th><th>Access</th></tr></thead>
<tbody>
${rows.map((row) => `<tr><td><code>${escaped(row.key)}</code></td><td>${escaped(row.integration)}</td><td>${escaped(row.type)}</td>`
  + `<td>${escaped(row.target)}</td><td>${escaped(row.access)}</td></tr>`
  + (row.findings.length === 0 ? '' : `\n<tr class="findings"><td colspan="5">${list(row.findings)}</td></tr>`)).join('\n')}
</tbody>
</table>
</section>`);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>ApiGatewayV2Checks</title>
<style>
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 75rem; padding: 0 1rem; color: #1b1f24; background: #fff; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; margin-top: 2rem; } small { color: #57606a; font-weight: normal; }
table { border-collapse: collapse; width: 100%; } th, td { text-align: left; vertical-align: top; padding: .35rem .6rem; border-bottom: 1px solid #d0d7de; overflow-wrap: anywhere; }
tr:has(+ .findings) td { border-bottom: 0; } .findings td { padding-top: 0; }
th { color: #57606a; font-weight: 600; } ul { margin: .3rem 0; padding-left: 1.1rem; } .error { color: #b3261e; } .warning { color: #8a5a00; }
@media (prefers-color-scheme: dark) { body { color: #e6edf3; background: #0d1117; } th, small { color: #9198a1; } th, td { border-color: #30363d; } .error { color: #ff8a80; } .warning { color: #e3b341; } }
</style>
</head>
<body>
<h1>API Gateway v2: ${count('error')}, ${count('warning')}</h1>
${stagesNotJudged.length === 0 ? '' : `<p class="warning">Not judged, since they have no aspect of their own: ${escaped(stagesNotJudged.join(', '))}.</p>\n`}<p>${apis.length === 0 ? 'There is no API here.' : 'The routes of the app as they will be deployed.'} What is only known at deployment stands in angle brackets.</p>
${sections.join('\n')}
${others.length === 0 ? '' : `<section>\n<h2>Elsewhere</h2>\n${list(others)}\n</section>\n`}</body>
</html>
`;
}

/** The routes of an API, their integrations and targets. */
function diagram({ path, rows }: ApiReport): string {
  const label = (text: string) => `"${text.replace(/["<>#;]/g, (c) => `#${c.charCodeAt(0)};`)}"`;
  const ids = new Map<string, string>();
  const lines: string[] = [];
  const node = (text: string) => {
    const found = ids.get(text);
    if (found) { return found; }
    const id = `n${ids.size}`;
    ids.set(text, id);
    lines.push(`  ${id}[${label(text)}]`);
    return id;
  };
  const api = node(path);
  const drawn = new Set<string>();
  for (const row of rows) {
    const integration = node(`${row.integration} (${row.type})`);
    lines.push(`  ${api} -- ${label(row.key)} --> ${integration}`);
    const edge = row.target && `  ${integration} --> ${node(row.target)}`;
    if (edge && !drawn.has(edge)) { lines.push(edge); }
    drawn.add(edge);
  }
  return `flowchart LR\n${lines.join('\n')}\n`;
}
