import type { CfnIntegration } from 'aws-cdk-lib/aws-apigatewayv2';
import type { Construct, IConstruct, IValidation } from 'constructs';
import { addWarnings, errorsAtSynth, throwErrors, type FoundOn } from '../output/findings';
import { integrationId, integrationNotBound, singleApi } from '../rules/integrations';
import { joined, judgeOptions, type Finding } from '../rules/rule';
import { setNames, type Names } from '../shapes/names';
import { resourceOf } from '../output/resource';

/** The options that both protocols share. */
export interface BindingOptions {
  readonly description?: string;
  readonly scope?: Construct;
}

/** The construct of an integration. */
interface BoundConstruct extends IConstruct {
  readonly integrationId: string;
}

/** An integration of this library, in what both protocols share. */
export interface BoundIntegration {
  /** How messages call the properties of the resource. */
  _names(): Names;
  /** Sets on the resource what the bind result cannot carry. */
  _complete(resource: CfnIntegration): void;
  /** What is found once the app is complete. */
  _foundAtSynth(integration: IConstruct): readonly FoundOn[];
}

/** What an integration remembers of the API and the routes that use it. */
export class Binding<Route extends IConstruct> implements IValidation {
  /** The routes bound so far. */
  public routes: Route[] = [];
  private api?: IConstruct;
  private resource?: CfnIntegration;
  private findings?: readonly Finding[];

  constructor(
    private readonly integration: BoundIntegration,
    public readonly id: string,
    private readonly options: BindingOptions,
  ) {}

  /** Whether the user said where the integration lives. */
  public get hasScope(): boolean {
    return this.options.scope !== undefined;
  }

  /** Where the integration lives: the scope that the user gave, or the first route. */
  public scopeOr(route: Construct): Construct {
    return this.options.scope ?? route;
  }

  /**
   * Tells what is found.
   *
   * Errors are thrown. Warnings wait for the resource, where the user can acknowledge them; a class of the
   * user's that calls bind() has no resource of ours, and gets them where it binds.
   */
  public report(findings: readonly Finding[], route: Construct): void {
    if (findings.length === 0) { return; }
    const scope = this.scopeOr(route);
    throwErrors(findings, `${scope.node.path}/${this.id}`, scope);
    this.findings = this.findings ? joined(this.findings, findings) : findings;
    if (this.routes.length === 0) { addWarnings(scope, findings); }
  }

  /** Notes that a route of an API uses the integration; one integration serves one API. */
  public addRoute(api: IConstruct, route: Route): void {
    const findings = judgeOptions(this, integrationId);
    if (findings.length > 0) { throwErrors(findings, route.node.path); }
    this.api ??= api;
    if (this.api.node !== api.node) {
      const inTwoApps = this.api.node.root !== api.node.root;
      const bound = { first: this.api.node.path, second: api.node.path, inTwoApps };
      throwErrors(judgeOptions(bound, singleApi), `${route.node.path}/${this.id}`);
    }
    // A list that grows has room for many, and most integrations have one.
    if (this.routes.length === 0) { this.routes = [route]; } else { this.routes.push(route); }
  }

  /**
   * Notes the integration of the first route, and sets on its resource what the bind result cannot carry.
   *
   * Only what the user gave is set, and never over a value that is there already, such as one of a property injector.
   */
  public complete(integration: IConstruct): void {
    this.resource = resourceOf(integration) as CfnIntegration;
    const { description } = this.options;
    if (description !== undefined) { this.resource.description ??= description; }
    setNames(this.resource, this.integration._names());
    this.integration._complete(this.resource);
    if (this.findings) { addWarnings(integration, this.findings); }
    integration.node.addValidation(this);
  }

  /** The errors that are found once the app is complete. */
  public validate(): string[] {
    return errorsAtSynth(this.integration._foundAtSynth(this.boundConstruct));
  }

  /** Whether the integration was made. */
  public get isComplete(): boolean {
    return this.resource !== undefined;
  }

  /** The resource, once a route is bound. */
  public get boundResource(): CfnIntegration {
    return this.resource ?? this.throwNotBound('integrationId');
  }

  /** The construct of the resource, which remembers the id: the resource makes it anew for each that asks. */
  public get boundConstruct(): BoundConstruct {
    return this.boundResource.node.scope as BoundConstruct;
  }

  /** Throws that an attribute does not exist yet. */
  public throwNotBound(attribute: string): never {
    throwErrors(judgeOptions({ attribute }, integrationNotBound), `integration '${this.id}'`);
    throw new Error(attribute);
  }
}
