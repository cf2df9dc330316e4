import type { AccessModel, ApiModel, ReportModel, RouteModel } from '../lib/private/output/report/model';
import { wrapped } from '../lib/private/output/report/markup';

/** The widths of the columns; with what is between them they take 100 characters. */
const COLUMNS = { route: 26, target: 38, access: 30 };

type Cells = Record<keyof typeof COLUMNS, string>;

const RULE: Cells = {
  route: '-'.repeat(COLUMNS.route),
  target: '-'.repeat(COLUMNS.target),
  access: '-'.repeat(COLUMNS.access),
};

/** What a report says of the routes of an app, as tables of plain text. */
export function tablesOf({ apis }: ReportModel): string {
  return apis
    .map((api) =>
      [
        `${api.path} (${[api.protocol, ...api.stages.map(stageOf)].join(', ')})`,
        ...[
          { route: 'route', target: 'target', access: 'access by' },
          RULE,
          ...api.routes.map((route) => cellsOf(api, route)),
        ].flatMap(linesOf),
      ].join('\n'),
    )
    .join('\n\n');
}

function stageOf({ name, domains }: ApiModel['stages'][number]): string {
  return [`stage ${name}`, ...domains.map(({ url }) => `at ${url}`)].join(' ');
}

function cellsOf(api: ApiModel, route: RouteModel): Cells {
  const integration = api.integrations.find(({ id }) => id === route.integration);
  const target = api.targets.find(({ id }) => id === integration?.target);
  const authorizer = api.authorizers.find(({ path }) => path === route.authorizer);
  return {
    route: [route.key, ...(authorizer ? [`(${authorizer.name})`] : [])].join(' '),
    target: target ? [target.kind, ...(target.kind === target.name ? [] : [target.name])].join(' ') : 'not in this app',
    access: [accessOf(route.access), integration?.vpcLink?.path ?? ''].join(' ').trim(),
  };
}

function accessOf(access: AccessModel | undefined): string {
  if (access === undefined || access.by === 'nothing') { return '-'; }
  const words = {
    'permission': 'permission',
    'role': `role ${access.role}`,
    'caller': 'the caller',
    'vpc-link': 'VPC link',
    'public': 'public address',
  };
  return access.allowed === 'no' ? `not allowed: ${words[access.by]}` : words[access.by];
}

/** A row, which takes as many lines as its longest cell. */
function linesOf(cells: Cells): string[] {
  const columns = (Object.keys(COLUMNS) as (keyof Cells)[]).map((name) => ({
    width: COLUMNS[name],
    lines: wrapped(cells[name], COLUMNS[name]),
  }));
  const height = Math.max(...columns.map(({ lines }) => lines.length));
  return Array.from({ length: height }, (_, i) =>
    `  ${columns.map(({ width, lines }) => (lines[i] ?? '').trimEnd().padEnd(width)).join('  ')}`.trimEnd(),
  );
}
