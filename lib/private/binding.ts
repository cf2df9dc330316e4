import type { CfnIntegration } from 'aws-cdk-lib/aws-apigatewayv2';
import type { Construct, IConstruct } from 'constructs';
import { report, reportAtSynth } from './report';
import { integrationNotBound, singleApi } from './rules/api';
import type { Finding } from './rules/rule';
import { judge } from './rules/rule';

/** The options that both protocols share. */
export interface BindingOptions {
  readonly description?: string;
  readonly scope?: Construct;
}

/** What an integration remembers of the API and the routes that use it. */
export class Binding<Route extends IConstruct> {
  /** The routes bound so far. */
  public readonly routes: Route[] = [];
  private api?: IConstruct;
  private resource?: CfnIntegration;
  private judged = false;

  constructor(public readonly id: string, private readonly options: BindingOptions) {}

  /** Where the integration lives: the scope that the user gave, or the first route. */
  public scopeOr(route: Construct): Construct {
    return this.options.scope ?? route;
  }

  /** Judges what is known without a route, once. */
  public judgeOnce(scope: Construct, findings: () => readonly Finding[]): void {
    if (this.judged) { return; }
    this.judged = true;
    report(scope, findings(), this.id);
  }

  /** Notes that a route of an API uses the integration; one integration serves one API. */
  public addRoute(api: IConstruct, route: Route): void {
    this.api ??= api;
    if (this.api.node.addr !== api.node.addr) {
      report(route, judge({ first: this.api.node.path, second: api.node.path }, singleApi), this.id);
    }
    this.routes.push(route);
  }

  /**
   * Finds the resource that aws-cdk-lib made for the first route, and sets on it what the bind
   * result cannot carry.
   *
   * Only what the user gave is set, and never over a value that is there already, such as one
   * of a property injector.
   */
  public complete(scope: Construct, set: (resource: CfnIntegration) => void, findingsAtSynth: () => readonly Finding[]): void {
    if (this.resource) { return; }
    const integration = scope.node.findChild(this.id);
    this.resource = integration.node.defaultChild as CfnIntegration;
    this.resource.description ??= this.options.description;
    set(this.resource);
    reportAtSynth(integration, findingsAtSynth);
  }

  /** The id of the resource, once a route is bound. */
  public integrationId(): string {
    if (!this.resource) {
      const [finding] = judge({ bound: false, attribute: 'integrationId' }, integrationNotBound);
      throw new Error(`${finding.message} (at integration '${this.id}') [rule ${finding.id}]`);
    }
    return this.resource.ref;
  }
}
