interface Resource {
  readonly Type: string;
  readonly Properties?: Record<string, unknown>;
}

/** A synthesized template. */
export interface Template {
  readonly Resources: Record<string, Resource>;
}

/** One route, what it points at, and what was created for it. */
export interface Row {
  readonly api: string;
  readonly route: string;
  readonly type: string;
  readonly target: string;
  readonly created: string;
}

/** The logical ids that a value refers to. */
function references(value: unknown): string[] {
  if (Array.isArray(value)) { return value.flatMap(references); }
  if (value === null || typeof value !== 'object') { return []; }
  const { Ref: ref, 'Fn::GetAtt': attribute } = value as Record<string, unknown>;
  if (typeof ref === 'string') { return [ref]; }
  if (Array.isArray(attribute)) { return [String(attribute[0])]; }
  return Object.values(value).flatMap(references);
}

/** A value as text, with references as `<logical id>`. */
function text(value: unknown): string {
  if (Array.isArray(value)) { return value.map(text).join(''); }
  if (value === null || typeof value !== 'object') { return String(value); }
  const { 'Fn::Join': join } = value as Record<string, unknown>;
  if (Array.isArray(join)) { return (join[1] as unknown[]).map(text).join(String(join[0])); }
  return references(value).map((id) => `<${id}>`).join('');
}

/** The routes of a template, in its order. */
export function routesOf({ Resources }: Template): Row[] {
  const ofType = (type: string) => Object.entries(Resources).filter(([, { Type }]) => Type === type);
  return ofType('AWS::ApiGatewayV2::Route').map(([, { Properties: route = {} }]) => {
    const [apiId] = references(route.ApiId);
    const integration = Resources[references(route.Target)[0]].Properties ?? {};
    const created = [
      ...references(integration.ConnectionId).map((id) => `VPC link ${id}`),
      ...references(integration.CredentialsArn).map((id) => `role ${id}`),
      ...permissions(ofType('AWS::Lambda::Permission').map(([, { Properties }]) => Properties ?? {}), apiId, String(route.RouteKey), integration.IntegrationUri),
    ];
    return {
      api: String(Resources[apiId].Properties?.Name),
      route: String(route.RouteKey),
      type: String(integration.IntegrationType),
      target: text(integration.IntegrationUri) || '(API Gateway itself)',
      created: created.join(', ') || '-',
    };
  });
}

/** The permissions on the function that the integration calls which are for this route, or for the whole API. */
function permissions(all: readonly Record<string, unknown>[], apiId: string, routeKey: string, uri: unknown): string[] {
  const path = routeKey.includes(' ') ? routeKey.slice(routeKey.indexOf(' ') + 1) : routeKey;
  const [functionId] = references(uri).filter((id) => !id.startsWith('AWS::'));
  return all
    .filter(({ FunctionName, SourceArn }) => references(FunctionName)[0] === functionId && references(SourceArn).includes(apiId))
    .map(({ SourceArn }) => text(SourceArn).split(`<${apiId}>`)[1])
    .filter((source) => source === '/*/*' || source === '/*/*/*' || source === `/*/*${path}` || source === `/*${path}`)
    .map((source) => `permission ${source}`)
    .filter((permission, i, found) => found.indexOf(permission) === i);
}

/** Rows as a table of plain text. */
export function tableOf(rows: readonly Row[]): string {
  const header: Row = { api: 'api', route: 'route', type: 'integration', target: 'target', created: 'created for it' };
  const columns = ['api', 'route', 'type', 'target', 'created'] as const;
  const widths = columns.map((column) => Math.max(...[header, ...rows].map((row) => row[column].length)));
  const line = (row: Row) => columns.map((column, i) => row[column].padEnd(widths[i])).join('  ').trimEnd();
  return [line(header), widths.map((width) => '-'.repeat(width)).join('  '), ...rows.map(line)].join('\n');
}
