import type {
  CfnIntegration, CfnRoute, IWebSocketRoute, WebSocketRouteIntegrationBindOptions, WebSocketRouteIntegrationConfig,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { CfnIntegrationResponse, WebSocketRouteIntegration } from 'aws-cdk-lib/aws-apigatewayv2';
import type { WebSocketNonProxyIntegrationOptions } from '../../options/websocket-options';
import { resourceOf } from './places';
import { Binding } from './binding';
import type { Finding } from '../rules/rule';
import { judge } from '../rules/rule';
import { withLongStacks } from '../output/stack-traces';
import { webSocketTimeout } from '../rules/timeouts';
import {
  defaultResponse, proxyResponses, proxyTemplates, requestParameter, responseKey, responseKeyTwice, responseNotReturned, routeKey, templateSize,
} from '../rules/websocket';

/** What a class tells of its target; the base adds what all integrations share. */
export type WebSocketTarget = Omit<WebSocketRouteIntegrationConfig, 'timeout'>;

/** The options that do nothing on a proxy integration. */
const TEMPLATE_OPTIONS = ['requestTemplates', 'templateSelectionExpression', 'passthroughBehavior'] as const;

/**
 * What all integrations of a WebSocket API have in common.
 *
 * A class tells its target (`_target`), adds what it wants judged (`_findings`) and what each
 * route needs (`_bindRoute`).
 *
 * @internal
 */
export abstract class WebSocketIntegrationBase extends WebSocketRouteIntegration {
  /** @internal */
  protected readonly _binding: Binding<IWebSocketRoute>;
  /** @internal */
  protected readonly _options: WebSocketNonProxyIntegrationOptions;
  private readonly _boundRoutes = new WeakSet<IWebSocketRoute>();

  constructor(id: string, options: WebSocketNonProxyIntegrationOptions) {
    super(id);
    this._options = options;
    this._binding = new Binding(id, options);
  }

  /**
   * The id of the integration in API Gateway.
   *
   * Can be read once a route uses the integration; before that it throws.
   */
  public get integrationId(): string {
    return this._binding.integrationId();
  }

  public override bind(options: WebSocketRouteIntegrationBindOptions): WebSocketRouteIntegrationConfig {
    this._binding.judgeOnce(options.scope, () => this._findings());
    this._bindRouteOnce(options);
    const { timeout, contentHandling, requestTemplates, templateSelectionExpression, passthroughBehavior } = this._options;
    return { timeout, contentHandling, requestTemplates, templateSelectionExpression, passthroughBehavior, ...this._target(options) };
  }

  /** @internal */
  public override _bindToRoute(options: WebSocketRouteIntegrationBindOptions): { readonly integrationId: string } {
    return withLongStacks(() => this._addRoute(options));
  }

  private _addRoute(options: WebSocketRouteIntegrationBindOptions): { readonly integrationId: string } {
    this._binding.addRoute(options.route.webSocketApi, options.route);
    this._binding.judgeOnce(options.scope, () => this._findings());
    // Newer releases of aws-cdk-lib bind once per route, older ones once per integration.
    this._bindRouteOnce(options);
    const scope = this._binding.scopeOr(options.scope);
    const bound = super._bindToRoute({ route: options.route, scope });
    this._binding.complete(scope, (resource) => {
      this._addResponses(resource);
      this._complete(resource);
    }, () => this._findingsAtSynth());
    return bound;
  }

  /**
   * What the integration points at.
   * @internal
   */
  protected abstract _target(options: WebSocketRouteIntegrationBindOptions): WebSocketTarget;

  /**
   * Whether messages and answers pass through unchanged.
   * @internal
   */
  protected _isProxy(): boolean {
    return false;
  }

  /**
   * What is wrong with the options, as far as that is known without a route.
   * @internal
   */
  protected _findings(): Finding[] {
    const { timeout, requestTemplates = {} } = this._options;
    const keys = this._responseKeys();
    return [
      ...judge(timeout, webSocketTimeout),
      ...Object.entries(requestTemplates).flatMap(([key, template]) => judge({ key, template }, templateSize)),
      ...keys.flatMap((key) => judge(key, responseKey)),
      ...judge(keys, responseKeyTwice),
      ...this._isProxy() ? judge(keys, proxyResponses) : [],
      ...this._isProxy() ? judge(TEMPLATE_OPTIONS.filter((name) => this._options[name] !== undefined), proxyTemplates) : [],
      ...Object.entries(this._requestParameters()).flatMap(([destination, source]) => judge({ destination, source }, requestParameter)),
    ];
  }

  /**
   * What is added to the call, by destination.
   * @internal
   */
  protected _requestParameters(): { readonly [destination: string]: string } {
    return {};
  }

  /**
   * What is wrong once all routes are known.
   * @internal
   */
  protected _findingsAtSynth(): Finding[] {
    const routes = this._binding.routes.map((route) => ({ route: route.node.path, ...keyAndReturn(route) }));
    return [
      ...routes.flatMap((route) => judge(route, routeKey)),
      ...this._isProxy() ? [] : judge({ routes, keys: this._responseKeys() }, responseNotReturned, defaultResponse),
    ];
  }

  /**
   * Sets on the resource what the bind result cannot carry.
   * @internal
   */
  protected _complete(_resource: CfnIntegration): void {}

  /**
   * Creates what each route needs, such as a permission.
   * @internal
   */
  protected _bindRoute(_options: WebSocketRouteIntegrationBindOptions): void {}

  private _bindRouteOnce(options: WebSocketRouteIntegrationBindOptions): void {
    if (this._boundRoutes.has(options.route)) { return; }
    this._boundRoutes.add(options.route);
    this._bindRoute(options);
  }

  private _responseKeys(): string[] {
    return (this._options.integrationResponses ?? []).map(({ integrationResponseKey }) => integrationResponseKey.key);
  }

  private _addResponses(resource: CfnIntegration): void {
    for (const response of this._options.integrationResponses ?? []) {
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

/** The key of a route and whether it returns responses, as they are deployed. */
function keyAndReturn(route: IWebSocketRoute): { readonly key: string; readonly returns: boolean } {
  const resource = resourceOf(route) as CfnRoute | undefined;
  return { key: resource?.routeKey ?? route.routeKey, returns: resource?.routeResponseSelectionExpression !== undefined };
}
