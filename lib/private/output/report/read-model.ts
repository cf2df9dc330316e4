import { readFileSync } from 'fs';
import { join } from 'path';
import type { Judged } from '../../judging/judge-app';
import { boundRoutes, type BoundRoute } from '../../permissions/routes';
import { judgeServiceCalls, type ServiceVerdict } from '../../permissions/services';
import { functionName } from '../../template/arns';
import { groupBy, type Evaluator, type Located } from '../../template/evaluator';
import type { Change } from '../../shapes/deployed';
import type { Text } from '../../template/text';
import { accessOf } from './access';
import type {
  ApiModel,
  AuthorizerModel,
  DeployedModel,
  DomainModel,
  Element,
  FindingModel,
  IntegrationModel,
  Library,
  LinkModel,
  Place,
  ReportModel,
  RouteModel,
  StageModel,
  TargetModel,
} from './model';
import { readable } from './names';
import { targetOf, type Target } from './targets';

/** What a report is about. */
export interface ReportOptions {
  /** The path of the part of the app that is judged, unless it is the whole. */
  readonly root?: string;
  readonly isShown: (resource: Located) => boolean;
  readonly pathOf: (resource: Located) => string;
  /** The name of the file of the template that a resource is in. */
  readonly templateOf: (resource: Located) => string;
  readonly stagesNotJudged: readonly string[];
  /** What becomes of the routes that are deployed, where the app was compared with them. */
  readonly deployed?: DeployedModel & { readonly changeOf: (route: Located) => Change | undefined };
  /** What was not compared with what is deployed, each as a sentence without its end. */
  readonly notCompared: readonly string[];
}

/** Reads what a report says of an app. The diagram of an API is written to the file that `diagramOf` names. */
export function readModel(
  app: Evaluator,
  judged: readonly Judged[],
  options: ReportOptions,
  diagramOf: (path: string) => string,
): ReportModel {
  return new ModelReader(app, judged, options, diagramOf).model();
}

/** Reads the name of this library, its version and its home. */
export function readLibrary(): Library {
  const file = join(__dirname, '../../../../package.json');
  const { name, version, homepage } = JSON.parse(readFileSync(file, 'utf8')) as Library;
  return { name, version, homepage };
}

type Found = Pick<FindingModel, 'rule' | 'severity' | 'message' | 'acknowledged'>;

/** Findings by urgency: errors, warnings, and what somebody acknowledged. */
function urgencyOf({ severity, acknowledged }: Found): number {
  if (acknowledged !== undefined) { return 2; }
  return severity === 'error' ? 0 : 1;
}

class ModelReader {
  private readonly library = readLibrary();
  private readonly findings: readonly FindingModel[];
  private readonly idsOf = new Map<Located, string[]>();
  private readonly bound: ReadonlyMap<Located, BoundRoute>;
  private readonly calls: ReadonlyMap<Located, ServiceVerdict>;
  private readonly byApi = new Map<string, ReadonlyMap<Text, readonly Located[]>>();

  constructor(
    private readonly app: Evaluator,
    judged: readonly Judged[],
    private readonly options: ReportOptions,
    private readonly diagramOf: (path: string) => string,
  ) {
    this.findings = this.readFindings(judged);
    this.bound = new Map(boundRoutes(app).map((bound) => [bound.route, bound]));
    this.calls = new Map(judgeServiceCalls(app).map((verdict) => [verdict.call.integration, verdict]));
  }

  public model(): ReportModel {
    const own = this.shown('Api');
    const ids = new Map(own.map((api) => [this.app.attribute(api, 'Ref'), api]));
    const named = new Set([...this.groupedByApi('Route').keys(), ...this.groupedByApi('Integration').keys()]);
    const foreign = [...named].filter((id) => !ids.has(id));
    return {
      version: '1.0',
      library: this.library,
      app: this.options.root ?? 'App',
      apis: [...[...ids].map(([id, api]) => this.api(id, api)), ...foreign.map((id) => this.api(id))],
      findings: this.findings,
      stagesNotJudged: this.options.stagesNotJudged,
      ...this.deployed(),
    };
  }

  private deployed(): Pick<ReportModel, 'deployed' | 'notCompared'> {
    const { deployed, notCompared } = this.options;
    return {
      ...deployed && { deployed: { folder: deployed.folder, removedRoutes: deployed.removedRoutes } },
      ...notCompared.length > 0 && { notCompared },
    };
  }

  private readFindings(judged: readonly Judged[]): FindingModel[] {
    const all = judged.flatMap(({ resource, findings }) =>
      findings.map((finding) => ({ resource, found: foundOf(finding) })),
    );
    const once = new Map(all.map((it) => [JSON.stringify([this.place(it.resource), it.found]), it]));
    const sorted = [...once.values()].sort((one, other) => urgencyOf(one.found) - urgencyOf(other.found));
    return sorted.map(({ resource, found }, index): FindingModel => {
      const id = `finding-${index + 1}`;
      this.idsOf.set(resource, [...(this.idsOf.get(resource) ?? []), id]);
      const { path, logicalId, template } = this.place(resource);
      const url = `${this.library.homepage}/blob/main/docs/rules.md#${encodeURIComponent(found.rule)}`;
      return { id, ...found, constructPath: path, logicalId, template, url };
    });
  }

  private api(id: Text, api?: Located): ApiModel {
    const ofApi = (type: string) => this.groupedByApi(type).get(id) ?? [];
    const routes = ofApi('Route');
    const path = api ? this.options.pathOf(api) : this.readable(id);
    const name = api && this.property(api, 'Name');
    return {
      ...(api ? this.element(api) : { path, findings: [] }),
      ...(name !== undefined && { name }),
      protocol: this.protocolOf(routes, api),
      notes: api ? this.notesOf(api) : ['The API itself is not in this app.'],
      stages: ofApi('Stage').map((stage) => this.stage(id, stage)),
      authorizers: ofApi('Authorizer').map((authorizer) => this.authorizer(authorizer)),
      ...this.routesOf(routes, ofApi('Integration')),
      diagram: this.diagramOf(path),
    };
  }

  private protocolOf(routes: readonly Located[], api?: Located): string {
    if (!api) {
      return routes.map((route) => this.bound.get(route)?.protocol).find((it) => it !== undefined) ?? 'not known';
    }
    return this.property(api, 'ProtocolType') ?? 'HTTP';
  }

  private notesOf(api: Located): string[] {
    const { Body, BodyS3Location } = api.properties;
    const target = this.property(api, 'Target');
    return [
      ...((Body ?? BodyS3Location) ? ['Its routes come from an OpenAPI document, which is not shown here.'] : []),
      ...(target === undefined ? [] : [`Its route ${this.property(api, 'RouteKey') ?? '$default'} calls ${target}.`]),
    ];
  }

  private stage(apiId: Text, stage: Located): StageModel {
    const { app } = this;
    const name = app.property(stage, 'StageName');
    const mappings = (this.groupedByApi('ApiMapping').get(apiId) ?? []).filter(
      (it) => app.property(it, 'Stage') === name,
    );
    return {
      ...this.element(stage),
      name: this.property(stage, 'StageName') ?? '',
      autoDeploy: String(stage.properties.AutoDeploy) === 'true',
      domains: mappings.map((mapping) => this.domain(mapping)),
    };
  }

  private domain(mapping: Located): DomainModel {
    const { app } = this;
    const text = app.property(mapping, 'DomainName') ?? '';
    const resource = app.referenceOf(text)?.resource;
    const name = (resource && this.property(resource, 'DomainName')) ?? this.readable(text);
    const key = this.property(mapping, 'ApiMappingKey');
    return { ...this.element(mapping, resource), url: key ? `${name}/${key}` : name };
  }

  private authorizer(authorizer: Located): AuthorizerModel {
    const decidedBy = this.decidedBy(authorizer);
    return {
      ...this.element(authorizer),
      name: this.property(authorizer, 'Name') ?? '',
      type: this.property(authorizer, 'AuthorizerType') ?? '',
      ...(decidedBy !== undefined && { decidedBy }),
    };
  }

  private decidedBy(authorizer: Located): string | undefined {
    const { app } = this;
    const jwt = authorizer.properties.JwtConfiguration as { Issuer?: unknown } | undefined;
    if (jwt?.Issuer !== undefined) { return this.readable(app.text(authorizer.stack, jwt.Issuer)); }
    const uri = app.property(authorizer, 'AuthorizerUri');
    if (uri === undefined) { return undefined; }
    const [, invoked = uri] = /\/functions\/(.*)\/invocations$/.exec(uri) ?? [];
    return this.readable(functionName(app, authorizer, invoked).handler);
  }

  /** The routes of an API, with the integrations and the targets that they lead to. */
  private routesOf(
    routes: readonly Located[],
    own: readonly Located[],
  ): Pick<ApiModel, 'routes' | 'integrations' | 'targets'> {
    const bound = routes.flatMap((route) => this.bound.get(route) ?? []);
    const integrations = [...new Set([...bound.map(({ integration }) => integration), ...own])];
    const idOf = new Map(integrations.map((integration, index) => [integration, `integration-${index + 1}`]));
    const targets = new TargetList((resource) => this.element(resource));
    const models = integrations.map((integration) => this.integration(integration, idOf.get(integration)!, targets));
    return { routes: routes.map((route) => this.route(route, idOf)), integrations: models, targets: targets.models };
  }

  private route(route: Located, idOf: ReadonlyMap<Located, string>): RouteModel {
    const { app } = this;
    const bound = this.bound.get(route);
    const authorizer = this.property(route, 'AuthorizerId');
    const change = this.options.deployed?.changeOf(route);
    return {
      ...this.element(route),
      key: this.property(route, 'RouteKey') ?? '',
      authorization: this.property(route, 'AuthorizationType') ?? 'NONE',
      ...(authorizer !== undefined && { authorizer }),
      ...(bound && {
        integration: idOf.get(bound.integration),
        access: accessOf(app, bound, this.calls.get(bound.integration), this.options.pathOf),
      }),
      ...(change !== undefined && { change }),
    };
  }

  private integration(integration: Located, id: string, targets: TargetList): IntegrationModel {
    const target = targetOf(this.app, integration, this.calls.get(integration), this.options.pathOf);
    const subtype = this.property(integration, 'IntegrationSubtype');
    const vpcLink = this.linkOf(integration);
    return {
      id,
      ...this.element(integration),
      type: this.property(integration, 'IntegrationType') ?? '',
      ...(subtype !== undefined && { subtype }),
      ...(target.detail !== undefined && { detail: target.detail }),
      ...(vpcLink && { vpcLink }),
      target: targets.idOf(target),
    };
  }

  private linkOf(integration: Located): LinkModel | undefined {
    const link = this.app.property(integration, 'ConnectionId');
    if (link === undefined) { return undefined; }
    const resource = this.app.referenceOf(link)?.resource;
    return resource ? this.element(resource) : { path: this.readable(link), findings: [] };
  }

  private shown(type: string): Located[] {
    return this.app.ofType(`AWS::ApiGatewayV2::${type}`).filter(this.options.isShown);
  }

  private groupedByApi(type: string): ReadonlyMap<Text, readonly Located[]> {
    const groups = this.byApi.get(type) ?? groupBy(this.shown(type), (it) => this.app.property(it, 'ApiId') ?? '');
    this.byApi.set(type, groups);
    return groups;
  }

  private readable(text: Text): string {
    return readable(this.app, text, this.options.pathOf);
  }

  private property(resource: Located, name: string): string | undefined {
    const text = this.app.property(resource, name);
    return text === undefined ? undefined : this.readable(text);
  }

  private place(resource: Located): Place {
    const { pathOf, templateOf } = this.options;
    return { path: pathOf(resource), logicalId: resource.logicalId, template: templateOf(resource) };
  }

  /** The place of a resource, and what was found on it and on another one that belongs to it. */
  private element(resource: Located, other?: Located): Element {
    const findings = [resource, ...(other ? [other] : [])].flatMap((it) => this.idsOf.get(it) ?? []);
    return { ...this.place(resource), findings };
  }
}

function foundOf({ id, severity, message, ...rest }: Judged['findings'][number]): Found {
  const { acknowledged } = rest;
  return { rule: id, severity, message, ...(acknowledged !== undefined && { acknowledged }) };
}

/** The targets of an API, each once. */
class TargetList {
  public readonly models: TargetModel[] = [];
  private readonly ids = new Map<string, string>();

  constructor(private readonly elementOf: (resource: Located) => Element) {}

  public idOf({ kind, name, resource }: Target): string {
    const place = resource && this.elementOf(resource);
    const key = JSON.stringify([kind, place?.template, place?.logicalId ?? name]);
    const found = this.ids.get(key);
    if (found) { return found; }
    const id = `target-${this.models.length + 1}`;
    this.ids.set(key, id);
    this.models.push({ id, kind, name, ...(place ?? { findings: [] }) });
    return id;
  }
}
