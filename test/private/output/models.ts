import type {
  ApiModel,
  FindingModel,
  IntegrationModel,
  ReportModel,
  RouteModel,
  TargetModel,
} from '../../../lib/private/output/report/model';

/** Models of reports, as plain as they can be. */
export const place = (path: string) => ({
  path,
  logicalId: path.replace(/\W/g, ''),
  template: 'Shop.template.json',
  findings: [] as string[],
});

export function routeOf(key: string, more: Partial<RouteModel> = {}): RouteModel {
  return {
    ...place(`Shop/Api/${key}`),
    key,
    authorization: 'NONE',
    integration: 'integration-1',
    access: { by: 'permission', allowed: 'yes', words: 'A permission.' },
    ...more,
  };
}

export function integrationOf(number = 1, more: Partial<IntegrationModel> = {}): IntegrationModel {
  return {
    id: `integration-${number}`,
    ...place(`Shop/Api/Integration${number}`),
    type: 'AWS_PROXY',
    target: `target-${number}`,
    ...more,
  };
}

export function functionTarget(number = 1, more: Partial<TargetModel> = {}): TargetModel {
  return {
    id: `target-${number}`,
    ...place(`Shop/Function${number}`),
    kind: 'function',
    name: `Shop/Function${number}`,
    ...more,
  };
}

export function apiOf(more: Partial<ApiModel> = {}): ApiModel {
  return {
    ...place('Shop/Api'),
    protocol: 'HTTP',
    notes: [],
    stages: [],
    authorizers: [],
    routes: [routeOf('GET /books')],
    integrations: [integrationOf()],
    targets: [functionTarget()],
    diagram: 'ApiGatewayV2Checks.Shop-Api.mmd',
    ...more,
  };
}

export function findingOf(number: number, more: Partial<FindingModel> = {}): FindingModel {
  return {
    id: `finding-${number}`,
    rule: 'some-rule',
    severity: 'error',
    message: `Message ${number}.`,
    constructPath: 'Shop/Api',
    logicalId: 'Api',
    template: 'Shop.template.json',
    url: 'https://example.com/rules.md#some-rule',
    ...more,
  };
}

export function reportOf(
  apis: readonly ApiModel[],
  findings: readonly FindingModel[] = [],
  more: Partial<ReportModel> = {},
): ReportModel {
  return {
    version: '1.0',
    library: { name: 'library', version: '1.2.3', homepage: 'https://example.com' },
    app: 'App',
    apis,
    findings,
    stagesNotJudged: [],
    ...more,
  };
}

/** Text that would be markup wherever it is not escaped. */
export const HOSTILE = '"><script>alert(1)</script><img src=x onerror=\'a\'>&lt;{{x}}`;%%{init: {}}%%\u0000';

/** 300 routes to one function, of which pairs are of one path. */
export const manyRoutes = apiOf({
  routes: Array.from({ length: 300 }, (_, i) => routeOf(`${i % 2 ? 'PUT' : 'GET'} /items/${Math.floor(i / 2)}`)),
});
