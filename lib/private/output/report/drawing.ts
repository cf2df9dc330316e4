import { anchors, counted, escaped, worstOf, wrapped, type Worst } from './markup';
import {
  findingsOf,
  openFindings,
  type ApiModel,
  type IntegrationModel,
  type ReportModel,
  type RouteModel,
  type TargetKind,
  type TargetModel,
} from './model';
import { linesOf, type RouteLine } from './route-lines';
import {
  CHARACTER, drawBox, drawEdge, heightOf, LINE, MARK, PADDING, PLAIN, SMALL_CHARACTER, type Box, type Column, type Edge,
  type Line,
} from './shapes';

/** Where boxes stand, in units of the drawing. */
interface Layout {
  readonly name: 'wide' | 'narrow';
  readonly width: number;
  readonly routes: Column;
  readonly integrations: Column;
  readonly targets: Column;
}

/** A stage or an authorizer, above the routes. */
interface Chip {
  readonly head: string;
  readonly notes: readonly string[];
  readonly mark?: string;
  readonly worst: Worst;
  readonly href: string;
}

/** Columns side by side, for a page of usual width. */
const WIDE: Layout = {
  name: 'wide',
  width: 1180,
  routes: { x: 10, width: 390 },
  integrations: { x: 480, width: 270 },
  targets: { x: 850, width: 320 },
};

/** All in one column, for a phone. */
const NARROW: Layout = {
  name: 'narrow',
  width: 350,
  routes: { x: 5, width: 340 },
  integrations: { x: 5, width: 340 },
  targets: { x: 5, width: 340 },
};

/** The style of a box without routes. */
const NO_ROUTES = 'routes empty';

const GAP = 18;
/** The gap that an arrow down crosses. */
const FALL = 34;
/** How far below the first of many routes their integration stands at most. */
const MAX_MIDDLE = 130;

/** An integration and its routes, side by side. */
interface Row {
  readonly integration: IntegrationModel;
  readonly routes: Box;
  readonly box: Box;
  readonly height: number;
  /** Where the arrow between them is. */
  readonly middle: number;
}

/** Draws an API, once for wide pages and once for narrow ones, of which the page shows one. */
export function drawingsOf(model: ReportModel, index: number): string {
  return [WIDE, NARROW].map((layout) => new Drawing(model, index, layout).svg()).join('\n');
}

class Drawing {
  private readonly api: ApiModel;
  private readonly shapes: string[] = [];
  private y = 10;

  constructor(
    private readonly model: ReportModel,
    private readonly index: number,
    private readonly layout: Layout,
  ) {
    this.api = model.apis[index];
  }

  public svg(): string {
    const { api } = this;
    const { name, width } = this.layout;
    this.drawHeader();
    for (const target of api.targets) { this.drawTarget(target); }
    this.drawUnbound();
    const id = `${anchors.api(this.index)}-${name}`;
    const size = `viewBox="0 0 ${width} ${this.y}" width="${width}"`;
    return [
      `<svg class="${name}" ${size} role="group" aria-labelledby="${id}-title ${id}-desc">`,
      `<title id="${id}-title">Drawing of ${escaped(api.path)}</title>`,
      `<desc id="${id}-desc">${escaped(describe(api))}</desc>`,
      ...this.shapes,
      '</svg>',
    ].join('\n');
  }

  /** Stages with their domains, and authorizers with the marks that routes carry. */
  private drawHeader(): void {
    const { api, index } = this;
    const stages = api.stages.map((stage, i) => {
      const domains = stage.domains.map(({ url }) => url);
      const worst = this.worst([stage.findings, ...stage.domains.map(({ findings }) => findings)]);
      return { head: `stage ${stage.name}`, notes: domains, worst, href: anchors.stage(index, i) };
    });
    const authorizers = api.authorizers.map((authorizer, i) => ({
      head: authorizer.name,
      notes: [`${wordOf(authorizer.type)} authorizer`],
      mark: markOf(i),
      worst: this.worst([authorizer.findings]),
      href: anchors.authorizer(index, i),
    }));
    this.drawChips([...stages, ...authorizers]);
  }

  private drawChips(chips: readonly Chip[]): void {
    let x = this.layout.routes.x;
    let rowHeight = 0;
    for (const { head, notes, mark, worst, href } of chips) {
      const markWidth = mark === undefined ? 0 : MARK;
      const most = Math.floor((this.layout.width - 2 * this.layout.routes.x - 2 * PADDING - markWidth) / CHARACTER);
      const lines = [
        ...wrapped(head, most).map(
          (text, i): Line => ({ text, style: 'name', indent: markWidth, mark: i === 0 ? mark : undefined }),
        ),
        ...notes.flatMap((note) => wrapped(note, most)).map((text): Line => ({ text, style: 'note' })),
        ...(worst === 'fine' ? [] : [{ text: signOf(worst), style: worst }]),
      ];
      const width = Math.max(...lines.map(({ text, indent = 0 }) => text.length * CHARACTER + indent)) + 2 * PADDING;
      if (x > this.layout.routes.x && x + width > this.layout.width - 5) {
        x = this.layout.routes.x;
        this.y += rowHeight + 10;
        rowHeight = 0;
      }
      const title = [head, ...notes].join(', ');
      const box: Box = { style: 'chip', worst, column: { x, width }, lines, columns: 1, href, title };
      this.shapes.push(drawBox(box, this.y));
      rowHeight = Math.max(rowHeight, heightOf(box));
      x += width + 10;
    }
    if (chips.length > 0) { this.y += rowHeight + 2 * GAP; }
  }

  /** A target with the integrations that call it, and their routes. */
  private drawTarget(target: TargetModel): void {
    const integrations = this.api.integrations.filter((it) => it.target === target.id);
    if (this.layout === NARROW) {
      for (const integration of integrations) {
        this.drawDown(integration, target);
      }
      return;
    }
    const rows = integrations.map((integration) => this.rowOf(integration));
    const box = this.targetBox(target, undefined);
    const tops = rows.map((_, i) => rows.slice(0, i).reduce((sum, { height }) => sum + height + GAP, 0));
    const middle = rows.reduce((sum, row, i) => sum + tops[i] + row.middle, 0) / rows.length;
    // The target stands beside the middle of its integrations, which give way if it is the larger one.
    const start = this.y + Math.max(0, heightOf(box) / 2 - middle);
    const y = start + middle - heightOf(box) / 2;
    rows.forEach((row, i) => {
      this.drawAcross(row, start + tops[i]);
      const from = { x: row.box.column.x + row.box.column.width, y: start + tops[i] + row.middle };
      const to = { x: box.column.x, y: y + (heightOf(box) * (i + 1)) / (rows.length + 1) };
      this.shapes.push(drawEdge(from, to, this.accessOf(row.integration)));
    });
    this.shapes.push(drawBox(box, y));
    this.y = Math.max(start + tops[rows.length - 1] + rows[rows.length - 1].height, y + heightOf(box)) + GAP;
  }

  private rowOf(integration: IntegrationModel): Row {
    const routes = this.routesBox(this.routesTo(integration.id));
    const box = this.integrationBox(integration);
    const height = Math.max(heightOf(routes), heightOf(box));
    return { integration, routes, box, height, middle: Math.min(height / 2, Math.max(MAX_MIDDLE, heightOf(box) / 2)) };
  }

  /** An integration beside its routes. */
  private drawAcross({ routes, box, height, middle }: Row, top: number): void {
    this.shapes.push(drawBox(routes, top + (height - heightOf(routes)) / 2));
    this.shapes.push(drawBox(box, top + middle - heightOf(box) / 2));
    const y = top + middle;
    if (isEmpty(routes)) { return; }
    this.shapes.push(drawEdge({ x: routes.column.x + routes.column.width, y }, { x: box.column.x, y }, PLAIN));
  }

  /** An integration below its routes, and its target below both. */
  private drawDown(integration: IntegrationModel, target: TargetModel): void {
    const boxes = [
      this.routesBox(this.routesTo(integration.id)),
      this.integrationBox(integration),
      this.targetBox(target, integration),
    ];
    const x = this.layout.routes.x + this.layout.routes.width / 2;
    boxes.forEach((box, i) => {
      if (i > 0 && !isEmpty(boxes[i - 1])) {
        const edge = i === 2 ? this.accessOf(integration) : PLAIN;
        this.shapes.push(drawEdge({ x, y: this.y }, { x, y: this.y + FALL }, edge));
      }
      this.y += i > 0 ? FALL : 0;
      this.shapes.push(drawBox(box, this.y));
      this.y += heightOf(box);
    });
    this.y += 2 * GAP;
  }

  /** Routes whose integration is not in the app. */
  private drawUnbound(): void {
    const routes = this.api.routes.filter(({ integration }) => integration === undefined);
    if (routes.length === 0) { return; }
    const box = this.routesBox(routes);
    this.shapes.push(drawBox(box, this.y));
    this.y += heightOf(box) + 6;
    const text = 'Their integration is not in this app.';
    this.shapes.push(`<text class="note" x="${box.column.x + PADDING}" y="${this.y + 12}">${text}</text>`);
    this.y += LINE + GAP;
  }

  private routesBox(routes: readonly RouteModel[]): Box {
    const column = this.layout.routes;
    const lines = linesOf(routes).map((line) => ({ line, mark: this.markOf(line.routes[0]) }));
    const markWidth = lines.some(({ mark }) => mark !== undefined) ? MARK : 0;
    const longest = Math.max(0, ...lines.map(({ line }) => line.text.length)) * CHARACTER;
    const columns = columnsFor(lines.length, longest + markWidth, column.width);
    const most = Math.floor((column.width / columns - 2 * PADDING - markWidth) / CHARACTER);
    return {
      style: routes.length === 0 ? NO_ROUTES : 'routes',
      worst: this.worst(routes.map(({ findings }) => findings)),
      column,
      lines:
        routes.length === 0
          ? [{ text: 'no route', style: 'note' }]
          : lines.flatMap(({ line, mark }) => this.routeLines(line, mark, markWidth, most)),
      columns,
      title: counted(routes.length, 'route'),
    };
  }

  private routeLines(line: RouteLine, mark: string | undefined, markWidth: number, most: number): Line[] {
    const worst = this.worst(line.routes.map(({ findings }) => findings));
    const sign = worst === 'fine' ? '' : `${SIGNS[worst]} `;
    const href = anchors.route(this.index, this.api.routes.indexOf(line.routes[0]));
    return wrapped(`${sign}${line.text}`, most).map(
      (text, i): Line => ({
        text,
        style: worst === 'fine' ? 'key' : worst,
        href,
        indent: markWidth + (i === 0 ? 0 : 2 * CHARACTER),
        mark: i === 0 ? mark : undefined,
      }),
    );
  }

  /** The mark of what guards a route. */
  private markOf({ authorization, authorizer }: RouteModel): string | undefined {
    if (authorization === 'AWS_IAM') { return 'IAM'; }
    if (authorization === 'NONE') { return undefined; }
    const index = this.api.authorizers.findIndex(({ path }) => path === authorizer);
    return index < 0 ? '?' : markOf(index);
  }

  private integrationBox(integration: IntegrationModel): Box {
    const { id, path, type, subtype, detail, findings } = integration;
    const worst = this.worst([findings]);
    const start = `${this.api.path}/`;
    const name = path.startsWith(start) ? path.slice(start.length) : path;
    const column = this.layout.integrations;
    return {
      style: 'integration',
      worst,
      column,
      columns: 1,
      title: `integration ${path}`,
      href: this.hrefOf(id),
      lines: [
        ...this.boxLines(column, 'kind', subtype ?? type),
        ...this.boxLines(column, 'name', name),
        ...this.boxLines(column, 'note', detail),
        ...this.signLines(findings),
      ],
    };
  }

  private targetBox(target: TargetModel, integration: IntegrationModel | undefined): Box {
    const { id, kind, name, findings } = target;
    const callers = integration ? [integration] : this.api.integrations.filter((it) => it.target === id);
    const links = [...new Set(callers.flatMap(({ vpcLink }) => vpcLink?.path ?? []))];
    const linkFindings = callers.flatMap(({ vpcLink }) => vpcLink?.findings ?? []);
    const worst = this.worst([findings, linkFindings]);
    const column = this.layout.targets;
    return {
      style: `target ${familyOf(kind)}`,
      worst,
      column,
      columns: 1,
      title: `${kind} ${name}`,
      href: callers.length > 0 ? this.hrefOf(callers[0].id) : undefined,
      lines: [
        ...this.boxLines(column, 'kind', kind),
        ...(kind === name ? [] : this.boxLines(column, 'name', name)),
        ...links.flatMap((link) => this.boxLines(column, 'note', `through ${link}`)),
        ...this.signLines([...findings, ...linkFindings]),
      ],
    };
  }

  private boxLines({ width }: Column, style: 'kind' | 'name' | 'note', text: string | undefined): Line[] {
    if (text === undefined) { return []; }
    const character = style === 'name' ? CHARACTER : SMALL_CHARACTER;
    return wrapped(text, Math.floor((width - 2 * PADDING) / character)).map((line) => ({ text: line, style }));
  }

  /** The rules of what was found, each once. */
  private signLines(ids: readonly string[]): Line[] {
    const open = openFindings(findingsOf(this.model, ids));
    const lines = open.map(({ rule, severity }): [string, Line] => [
      rule,
      { text: `${SIGNS[severity]} ${rule}`, style: severity },
    ]);
    return [...new Map(lines).values()];
  }

  private hrefOf(integration: string): string {
    const route = this.api.routes.findIndex((it) => it.integration === integration);
    return route < 0 ? anchors.part(this.index, integration) : anchors.route(this.index, route);
  }

  private routesTo(integration: string): RouteModel[] {
    return this.api.routes.filter((route) => route.integration === integration);
  }

  private worst(ids: readonly (readonly string[])[]): Worst {
    return worstOf(findingsOf(this.model, ids.flat()));
  }

  /** How the routes of an integration may call its target: as the worst of them. */
  private accessOf(integration: IntegrationModel): Edge {
    const accesses = this.routesTo(integration.id).flatMap(({ access }) => access ?? []);
    const refused = accesses.filter(({ allowed }) => allowed === 'no').length;
    if (refused > 0) {
      return {
        label: 'not allowed',
        note: refused < accesses.length ? `for ${refused} of ${accesses.length}` : '',
        style: 'error',
      };
    }
    if (accesses.length === 0) { return PLAIN; }
    const unknown = accesses.find(({ allowed }) => allowed === 'unknown');
    return {
      label: WORD_OF_ACCESS[(unknown ?? accesses[0]).by],
      note: unknown ? 'not known' : '',
      style: unknown ? 'unknown' : '',
    };
  }
}

const SIGNS = { error: '\u2715', warning: '\u25b2' };

const signOf = (worst: 'error' | 'warning') => `${SIGNS[worst]} ${worst}`;

const WORD_OF_ACCESS = {
  'permission': 'permission',
  'role': 'role',
  'caller': 'caller',
  'vpc-link': 'VPC link',
  'public': 'public',
  'nothing': '',
};

const FAMILIES: { readonly [kind in TargetKind]?: string } = {
  'function': 'compute',
  'state machine': 'compute',
  'queue': 'messages',
  'topic': 'messages',
  'event bus': 'messages',
  'stream': 'messages',
  'table': 'data',
  'configuration': 'data',
  'load balancer': 'network',
  'Cloud Map service': 'network',
  'URL': 'network',
};

const familyOf = (kind: TargetKind) => FAMILIES[kind] ?? 'other';

/** What an authorizer is called by those who do not know its type. */
const wordOf = (type: string) => (type === 'REQUEST' ? 'Lambda' : type);

/** The mark of an authorizer: A to Z, then numbers. */
const markOf = (index: number) => (index < 26 ? String.fromCharCode(65 + index) : String(index + 1));

const isEmpty = ({ style }: Box) => style === NO_ROUTES;

/** Many short routes stand in several columns. */
function columnsFor(lines: number, longest: number, width: number): number {
  if (lines <= 12) { return 1; }
  return Math.max(1, Math.min(3, Math.floor(width / (longest + 2 * PADDING))));
}

/** The same in words, for those who do not see it. */
function describe(api: ApiModel): string {
  const sentences = api.integrations.map((integration) => {
    const routes = api.routes.filter((route) => route.integration === integration.id);
    const target = api.targets.find(({ id }) => id === integration.target)!;
    const name = target.kind === target.name ? target.kind : `${target.kind} ${target.name}`;
    return `${counted(routes.length, 'route')} to the ${name}`;
  });
  const start = `${api.protocol} API with ${counted(api.stages.length, 'stage')}`;
  return `${[start, ...sentences, 'The table below says the same'].join('. ')}.`;
}
