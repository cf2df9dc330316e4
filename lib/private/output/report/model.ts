import type { Severity } from '../../rules/rule';
import type { Change, RemovedRoute } from '../../shapes/deployed';
import type { Verdict } from '../../template/verdict';

/**
 * What a report says, as plain data: `ApiGatewayV2Checks.json` is this model, and every other output is made of it.
 *
 * docs/report.schema.json describes it for those who read the file.
 */
export interface ReportModel {
  /** The version of the format, which changes when something is removed or gets another meaning. */
  readonly version: '1.0';
  readonly library: Library;
  /** The path of the part of the app that was judged, or `App`. */
  readonly app: string;
  readonly apis: readonly ApiModel[];
  readonly findings: readonly FindingModel[];
  /** The stages of the app that have no aspect of their own, and were not judged. */
  readonly stagesNotJudged: readonly string[];
  /** What the app was compared with, if it was. */
  readonly deployed?: DeployedModel;
  /** Why what is deployed was not compared, or not all of it. */
  readonly notCompared?: readonly string[];
}

/** What is deployed, as far as the routes of the app do not tell it. */
export interface DeployedModel {
  /** The folder of the templates, as it was given. */
  readonly folder: string;
  readonly removedRoutes: readonly RemovedRoute[];
}

/** What made the report. */
export interface Library {
  readonly name: string;
  readonly version: string;
  readonly homepage: string;
}

/** Where a resource is in the app, and in its templates. */
export interface Place {
  readonly path: string;
  readonly logicalId: string;
  readonly template: string;
}

/** A resource, and the ids of what was found on it. */
export interface Element extends Place {
  readonly findings: readonly string[];
}

/** An API; one that is not in the app has no place in it. */
export interface ApiModel extends Partial<Place> {
  readonly path: string;
  readonly name?: string;
  readonly protocol: string;
  readonly findings: readonly string[];
  /** What the report cannot show, such as the routes of an OpenAPI document. */
  readonly notes: readonly string[];
  readonly stages: readonly StageModel[];
  readonly authorizers: readonly AuthorizerModel[];
  readonly routes: readonly RouteModel[];
  readonly integrations: readonly IntegrationModel[];
  readonly targets: readonly TargetModel[];
  /** The file of the Mermaid diagram beside the report. */
  readonly diagram: string;
}

export interface StageModel extends Element {
  readonly name: string;
  readonly autoDeploy: boolean;
  readonly domains: readonly DomainModel[];
}

/** Where a stage is served on a domain of the user's. */
export interface DomainModel extends Element {
  /** The domain, and the path on it. */
  readonly url: string;
}

export interface AuthorizerModel extends Element {
  readonly name: string;
  /** `JWT` or `REQUEST`. */
  readonly type: string;
  /** The function that decides, or the issuer of the tokens. */
  readonly decidedBy?: string;
}

export interface RouteModel extends Element {
  readonly key: string;
  /** `NONE`, `AWS_IAM`, `CUSTOM` or `JWT`. */
  readonly authorization: string;
  /** The path of the authorizer. */
  readonly authorizer?: string;
  /** The id of the integration, unless it is not in the app. */
  readonly integration?: string;
  readonly access?: AccessModel;
  /** What a deployment does to it, where the app was compared with what is deployed. */
  readonly change?: Change;
}

export interface IntegrationModel extends Element {
  /** Unique in the API: `integration-1` and so on. */
  readonly id: string;
  readonly type: string;
  readonly subtype?: string;
  /** What is called there: a method, an action, a version or a port. */
  readonly detail?: string;
  readonly vpcLink?: LinkModel;
  /** The id of the target. */
  readonly target: string;
}

/** A VPC link; one that is not in the app has no place in it. */
export interface LinkModel extends Partial<Place> {
  readonly path: string;
  readonly findings: readonly string[];
}

export type TargetKind =
  | 'function'
  | 'queue'
  | 'state machine'
  | 'event bus'
  | 'stream'
  | 'table'
  | 'topic'
  | 'configuration'
  | 'load balancer'
  | 'Cloud Map service'
  | 'URL'
  | 'AWS service'
  | 'API Gateway itself'
  | 'not known';

export interface TargetModel extends Partial<Place> {
  /** Unique in the API: `target-1` and so on. */
  readonly id: string;
  readonly kind: TargetKind;
  /** The path of what is in the app, or the URL, the ARN or the name of what is not. */
  readonly name: string;
  readonly findings: readonly string[];
}

/** What lets API Gateway call the target of a route. */
export interface AccessModel {
  readonly by: 'permission' | 'role' | 'caller' | 'vpc-link' | 'public' | 'nothing';
  readonly allowed: Verdict;
  /** The path or the ARN of the role. */
  readonly role?: string;
  /** The same in a sentence. */
  readonly words: string;
}

export interface FindingModel {
  /** Unique in the report: `finding-1` and so on. */
  readonly id: string;
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly constructPath: string;
  readonly logicalId: string;
  readonly template: string;
  /** Why the finding was acknowledged. */
  readonly acknowledged?: string;
  /** The text of the rule. */
  readonly url: string;
}

/** The findings that are not acknowledged. */
export function openFindings(findings: readonly FindingModel[]): FindingModel[] {
  return findings.filter(({ acknowledged }) => acknowledged === undefined);
}

/** How many routes there are of each change, by the words for it. */
export function changesIn(model: ReportModel): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  const count = (change: string) => counts.set(change, (counts.get(change) ?? 0) + 1);
  model.apis.flatMap(({ routes }) => routes).forEach(({ change }) => change && count(change));
  model.deployed?.removedRoutes.forEach(() => count('removed'));
  return counts;
}

/** The removed routes of an API. */
export function removedRoutesOf(model: ReportModel, { path }: ApiModel): RemovedRoute[] {
  return (model.deployed?.removedRoutes ?? []).filter(({ api }) => api === path);
}

/** The findings of some ids, by their order in the report. */
export function findingsOf(model: ReportModel, ids: readonly string[]): FindingModel[] {
  return model.findings.filter(({ id }) => ids.includes(id));
}

/** The ids of everything that was found on an API and its parts, each once. */
export function findingIdsOf(api: ApiModel): string[] {
  const elements = [
    api,
    ...api.stages,
    ...api.stages.flatMap(({ domains }) => domains),
    ...api.authorizers,
    ...api.routes,
    ...api.integrations,
    ...api.integrations.flatMap(({ vpcLink }) => vpcLink ?? []),
    ...api.targets,
  ];
  return [...new Set(elements.flatMap(({ findings }) => findings))];
}
