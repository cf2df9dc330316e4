import type { CfnIntegration } from 'aws-cdk-lib/aws-apigatewayv2';
import type { Construct, IConstruct } from 'constructs';
import { addWarnings, reportAtSynth, throwErrors } from '../output/findings';
import { descriptionLength, integrationNotBound, singleApi } from '../rules/api';
import type { Finding } from '../rules/rule';
import { judge } from '../rules/rule';

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
  private findings?: readonly Finding[];

  constructor(public readonly id: string, private readonly options: BindingOptions) {}

  /** Where the integration lives: the scope that the user gave, or the first route. */
  public scopeOr(route: Construct): Construct {
    return this.options.scope ?? route;
  }

  /**
   * Judges what is known without a route, once.
   *
   * Errors are thrown. Warnings wait for the resource, where the user can acknowledge them; a class of the
   * user's that calls bind() has none of ours, and gets them where it binds.
   */
  public judgeOnce(scope: Construct, judgeAll: () => readonly Finding[]): void {
    if (this.findings) { return; }
    this.findings = [...judge(this.options.description, descriptionLength), ...judgeAll()];
    throwErrors(this.findings, `${scope.node.path}/${this.id}`);
    if (this.routes.length === 0) { addWarnings(scope, this.findings); }
  }

  /** Notes that a route of an API uses the integration; one integration serves one API. */
  public addRoute(api: IConstruct, route: Route): void {
    this.api ??= api;
    const inTwoApps = this.api.node.root !== api.node.root;
    if (inTwoApps || this.api.node.addr !== api.node.addr) {
      const bound = { first: this.api.node.path, second: api.node.path, inTwoApps };
      throwErrors(judge(bound, singleApi), `${route.node.path}/${this.id}`);
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
    addWarnings(integration, this.findings ?? []);
    reportAtSynth(integration, findingsAtSynth);
  }

  /** The id of the resource, once a route is bound. */
  public integrationId(): string {
    if (!this.resource) {
      throwErrors(judge({ bound: false, attribute: 'integrationId' }, integrationNotBound), `integration '${this.id}'`);
    }
    return this.resource!.ref;
  }
}
