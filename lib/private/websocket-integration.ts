import type {
  CfnIntegration, IWebSocketRoute, WebSocketRouteIntegrationBindOptions, WebSocketRouteIntegrationConfig,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { WebSocketRouteIntegration } from 'aws-cdk-lib/aws-apigatewayv2';
import type { WebSocketIntegrationOptions } from '../websocket/base-types';
import { Binding } from './binding';
import type { Finding } from './rules/rule';
import { judge } from './rules/rule';
import { webSocketTimeout } from './rules/timeouts';

/** What a class tells of its target; the base adds what all integrations share. */
export type WebSocketTarget = Omit<WebSocketRouteIntegrationConfig, 'timeout'>;

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
  protected readonly _options: WebSocketIntegrationOptions;
  private readonly _boundRoutes = new WeakSet<IWebSocketRoute>();

  constructor(id: string, options: WebSocketIntegrationOptions) {
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
    return { timeout: this._options.timeout, ...this._target(options) };
  }

  /** @internal */
  public override _bindToRoute(options: WebSocketRouteIntegrationBindOptions): { readonly integrationId: string } {
    this._binding.addRoute(options.route.webSocketApi, options.route);
    this._binding.judgeOnce(options.scope, () => this._findings());
    // Newer releases of aws-cdk-lib bind once per route, older ones once per integration.
    this._bindRouteOnce(options);
    const scope = this._binding.scopeOr(options.scope);
    const bound = super._bindToRoute({ route: options.route, scope });
    this._binding.complete(scope, (resource) => this._complete(resource), () => this._findingsAtSynth());
    return bound;
  }

  /**
   * What the integration points at.
   * @internal
   */
  protected abstract _target(options: WebSocketRouteIntegrationBindOptions): WebSocketTarget;

  /**
   * What is wrong with the options, as far as that is known without a route.
   * @internal
   */
  protected _findings(): Finding[] {
    return judge(this._options.timeout, webSocketTimeout);
  }

  /**
   * What is wrong once all routes are known.
   * @internal
   */
  protected _findingsAtSynth(): Finding[] {
    return [];
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
}
