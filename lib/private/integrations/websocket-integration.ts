import type {
  CfnIntegration, CfnRoute, IWebSocketRoute, WebSocketRouteIntegrationBindOptions, WebSocketRouteIntegrationConfig,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { CfnIntegrationResponse, WebSocketIntegration, WebSocketRouteIntegration } from 'aws-cdk-lib/aws-apigatewayv2';
import type { IConstruct } from 'constructs';
import type { WebSocketIntegrationResponse } from '../../options/websocket-integration-response';
import type { WebSocketNonProxyIntegrationOptions } from '../../options/websocket-options';
import { resourceOf } from '../output/resource';
import { routeProperties } from './routes';
import type { FoundOn } from '../output/findings';
import { lengthenStacks } from '../output/stack-traces';
import { judge, judgeIntegration } from '../rules';
import { joined, NO_FINDINGS, type Finding } from '../rules/rule';
import { NOTHING_REACHED, type IntegrationResponse, type Reached, type UsingRoute } from '../shapes/integration';
import { shapeOfMade, type Emitted, type MadeIntegration } from '../shapes/made-integration';
import { CLOUDFORMATION_NAMES, type Names } from '../shapes/names';
import type { Route } from '../shapes/resources';
import { isGiven, jsonOf, textOf } from '../shapes/values';
import { partsOf, stageVariablesOf, type AppParts } from './app-parts';
import { Binding } from './binding';
import { environmentOf, millisOf } from './http-integration';
import { WEBSOCKET_NAMES } from './names';

/** What a class tells of its target; the base adds what all integrations share. */
export type WebSocketTarget = Omit<WebSocketRouteIntegrationConfig, 'timeout'>;

/**
 * What all integrations of a WebSocket API have in common.
 *
 * A class tells its target (`_target`), what is known of it (`_reached`), what is wrong with options that leave no
 * trace (`_optionFindings`), and makes what each route needs (`_bindRoute`).
 *
 * @internal
 */
export abstract class WebSocketIntegrationBase extends WebSocketRouteIntegration {
  /** @internal */
  protected readonly _binding: Binding<IWebSocketRoute>;
  /** @internal */
  protected readonly _options: WebSocketNonProxyIntegrationOptions;
  private _firstRoute?: IWebSocketRoute;
  /** A set of its own only where there are several: most integrations have one route. */
  private _otherRoutes?: Set<IWebSocketRoute>;
  private _config?: WebSocketTarget;

  constructor(id: string, options: WebSocketNonProxyIntegrationOptions) {
    super(id);
    this._options = options;
    this._binding = new Binding(this, id, options);
  }

  /**
   * The id of the integration in API Gateway.
   *
   * Can be read once a route uses the integration; before that it throws.
   */
  public get integrationId(): string {
    return this._binding.boundConstruct.integrationId;
  }

  public override bind(options: WebSocketRouteIntegrationBindOptions): WebSocketRouteIntegrationConfig {
    this._bindOnce(options);
    const given = this._options;
    const target = this._target(options);
    // Written out, here and where the resource is made: copying all that an object has takes longer.
    const config: WebSocketRouteIntegrationConfig = {
      type: target.type,
      uri: target.uri,
      method: target.method,
      contentHandling: target.contentHandling ?? given.contentHandling,
      credentialsRole: target.credentialsRole,
      requestParameters: target.requestParameters,
      requestTemplates: target.requestTemplates ?? given.requestTemplates,
      templateSelectionExpression: target.templateSelectionExpression ?? given.templateSelectionExpression,
      timeout: given.timeout,
      passthroughBehavior: target.passthroughBehavior ?? given.passthroughBehavior,
    };
    if (!this._config) {
      this._config = config;
      const findings = judgeIntegration(this._made(config, options.route));
      this._binding.report(joined(findings, this._responseFindings()), options.scope);
    }
    return config;
  }

  /**
   * Makes the integration here, so that it stands in stack traces where one of aws-cdk-lib does.
   *
   * @internal
   */
  public override _bindToRoute(options: WebSocketRouteIntegrationBindOptions): { readonly integrationId: string } {
    const restore = lengthenStacks();
    try {
      const { route } = options;
      this._binding.addRoute(route.webSocketApi, route);
      this._bindOnce(options);
      const scope = this._binding.scopeOr(options.scope);
      const config = this.bind(scope === options.scope ? options : { route, scope });
      if (!this._binding.isComplete) {
        this._binding.complete(new WebSocketIntegration(scope, this._binding.id, {
          webSocketApi: route.webSocketApi,
          integrationType: config.type,
          integrationUri: config.uri,
          integrationMethod: config.method,
          contentHandling: config.contentHandling,
          credentialsRole: config.credentialsRole,
          requestParameters: config.requestParameters,
          requestTemplates: config.requestTemplates,
          templateSelectionExpression: config.templateSelectionExpression,
          timeout: config.timeout,
          passthroughBehavior: config.passthroughBehavior,
        }));
      }
      return { integrationId: this.integrationId };
    } finally {
      restore();
    }
  }

  /**
   * What the integration points at.
   * @internal
   */
  protected abstract _target(options: WebSocketRouteIntegrationBindOptions): WebSocketTarget;

  /**
   * The type that is emitted.
   * @internal
   */
  protected _type(config: WebSocketTarget): string {
    return config.type;
  }

  /**
   * What is known of what the integration reaches.
   * @internal
   */
  protected _reached(): Reached {
    return NOTHING_REACHED;
  }

  /**
   * What is wrong with options that leave no trace in the template.
   * @internal
   */
  protected _optionFindings(): readonly Finding[] {
    return NO_FINDINGS;
  }

  /**
   * How messages call the properties of the resource.
   * @internal
   */
  public _names(): Names {
    return WEBSOCKET_NAMES;
  }

  /**
   * What is found once the app is complete: on the integration and its routes.
   * @internal
   */
  public _foundAtSynth(integration: IConstruct): FoundOn[] {
    const parts = partsOf(integration);
    const ofRoutes = this._binding.routes.map((route) => ({
      construct: route, findings: judge('route', routeOf(route, parts)),
    }));
    return [...ofRoutes, { construct: integration, findings: this._findingsAtSynth() }];
  }

  /**
   * What is wrong with the integration once all routes are known.
   * @internal
   */
  protected _findingsAtSynth(): readonly Finding[] {
    if (!this._config) { return NO_FINDINGS; }
    const { boundResource: resource, routes } = this._binding;
    const parts = partsOf(resource);
    const responses = parts.integrationResponses.get(resource) ?? [];
    return judge('integration-use', {
      integration: shapeOfMade(this._made(this._config, routes[0])),
      routes: routes.map((route) => usingRouteOf(routeOf(route, parts))),
      responses: responses.map((response) => responseOf(response.integrationResponseKey)),
      mayHaveOtherResponses: parts.integrationResponses.has(undefined),
      stageVariables: stageVariablesOf(parts, resource.apiId),
    });
  }

  /**
   * Sets on the resource what the bind result cannot carry.
   * @internal
   */
  public _complete(resource: CfnIntegration): void {
    const { integrationResponses: responses } = this._options;
    if (responses !== undefined) { this._addResponses(resource, responses); }
  }

  /**
   * Creates what each route needs, such as a permission.
   * @internal
   */
  protected _bindRoute(_options: WebSocketRouteIntegrationBindOptions): void {}

  /** Judges the options with the first route, and creates what a route needs, although bind() comes after this. */
  private _bindOnce(options: WebSocketRouteIntegrationBindOptions): void {
    const { route, scope } = options;
    if (!this._firstRoute) {
      // Not noted where it throws, so that it is said again.
      this._binding.report(this._optionFindings(), scope);
      this._firstRoute = route;
    } else if (route === this._firstRoute || this._otherRoutes?.has(route)) {
      return;
    } else {
      this._otherRoutes ??= new Set();
      this._otherRoutes.add(route);
    }
    this._bindRoute(options);
  }

  private _responseFindings(): readonly Finding[] {
    const { integrationResponses: responses } = this._options;
    if (responses === undefined) { return NO_FINDINGS; }
    const keys = responses.map(({ integrationResponseKey }) => integrationResponseKey.key);
    const twice = keys.filter((key, i) => keys.indexOf(key) !== i);
    return [
      ...keys.flatMap((key) => judge('integration-response', responseOf(key))),
      ...twice.flatMap((key) => judge('twins', { of: 'integration response', key, paths: [] })),
    ];
  }

  private _made(config: WebSocketTarget, route: IWebSocketRoute): MadeIntegration {
    return {
      protocol: 'WEBSOCKET',
      names: this._names(),
      environment: environmentOf(route.webSocketApi),
      reached: this._reached(),
      emitted: this._emitted(config),
    };
  }

  /** The properties of the resource. */
  private _emitted(config: WebSocketTarget): Emitted {
    return {
      IntegrationType: this._type(config),
      IntegrationUri: config.uri,
      IntegrationMethod: config.method,
      CredentialsArn: config.credentialsRole?.roleArn,
      RequestParameters: config.requestParameters,
      RequestTemplates: config.requestTemplates,
      TemplateSelectionExpression: config.templateSelectionExpression,
      PassthroughBehavior: config.passthroughBehavior,
      ContentHandlingStrategy: config.contentHandling,
      TimeoutInMillis: millisOf(this._options.timeout),
      Description: this._options.description,
    };
  }

  private _addResponses(resource: CfnIntegration, responses: readonly WebSocketIntegrationResponse[]): void {
    for (const response of responses) {
      const { key } = response.integrationResponseKey;
      new CfnIntegrationResponse(resource.node.scope!, `Response ${key.replaceAll('/', '')}`, {
        apiId: resource.apiId,
        integrationId: resource.ref,
        integrationResponseKey: key,
        responseTemplates: response.responseTemplates,
        responseParameters: response.responseParameters,
        templateSelectionExpression: response.templateSelectionExpression,
        contentHandlingStrategy: response.contentHandling,
      });
    }
  }
}

function responseOf(key: string): IntegrationResponse {
  return { properties: { IntegrationResponseKey: jsonOf(key) }, names: CLOUDFORMATION_NAMES };
}

/** A route as it is deployed: its resource may have been changed since the route was made. */
function routeOf(route: IWebSocketRoute, parts: AppParts): Route {
  const resource = resourceOf(route) as CfnRoute | undefined;
  return {
    protocol: 'WEBSOCKET',
    path: route.node.path,
    names: CLOUDFORMATION_NAMES,
    properties: routeProperties(route, route.routeKey),
    responses: (resource && parts.routeResponses.get(resource)?.length) ?? 0,
    mayHaveOtherResponses: parts.routeResponses.has(undefined),
  };
}

function usingRouteOf({ path, properties, responses, mayHaveOtherResponses }: Route): UsingRoute {
  const key = textOf(properties.RouteKey);
  const selects = isGiven(properties.RouteResponseSelectionExpression);
  return { path, key, selects, responses, mayHaveOtherResponses };
}
