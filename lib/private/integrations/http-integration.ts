import { Duration, Lazy } from 'aws-cdk-lib';
import type { CfnIntegration, CfnRoute, HttpRouteIntegrationBindOptions, HttpRouteIntegrationConfig, IHttpRoute } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpRouteIntegration } from 'aws-cdk-lib/aws-apigatewayv2';
import type { HttpIntegrationOptions } from '../../options/http-options';
import { Binding } from './binding';
import { resourceOf } from './places';
import { judgeMapping, judgeResponses, mappedPathVariables, responseParameters, writtenMapping } from './http-mapping';
import { routeKeyMethod } from '../rules/api';
import { withLongStacks } from '../output/stack-traces';
import { pathVariable } from '../rules/mapping';
import type { Finding } from '../rules/rule';
import { judge } from '../rules/rule';
import { httpTimeout } from '../rules/timeouts';

/** The longest timeout that the `HttpIntegration` of aws-cdk-lib lets through, in milliseconds. */
const CDK_MAX_TIMEOUT = 29_000;

/** What a class tells of its target; the base adds what all integrations share. */
export type HttpTarget = Omit<HttpRouteIntegrationConfig, 'timeout'>;

/**
 * What all integrations of an HTTP API have in common.
 *
 * A class tells its target (`_target`) and adds what it wants judged (`_findings`).
 *
 * @internal
 */
export abstract class HttpIntegrationBase extends HttpRouteIntegration {
  /** @internal */
  protected readonly _binding: Binding<IHttpRoute>;
  /** @internal */
  protected readonly _options: HttpIntegrationOptions;

  constructor(id: string, options: HttpIntegrationOptions) {
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

  public override bind(options: HttpRouteIntegrationBindOptions): HttpRouteIntegrationConfig {
    this._binding.judgeOnce(options.scope, () => this._findings());
    const target = this._target(options);
    return {
      ...target,
      timeout: pastCdkLimit(this._options.timeout),
      parameterMapping: writtenMapping(target.parameterMapping ?? this._options.parameterMapping),
    };
  }

  /** @internal */
  public override _bindToRoute(options: HttpRouteIntegrationBindOptions): { readonly integrationId: string } {
    return withLongStacks(() => this._addRoute(options));
  }

  private _addRoute(options: HttpRouteIntegrationBindOptions): { readonly integrationId: string } {
    this._binding.addRoute(options.route.httpApi, options.route);
    const scope = this._binding.scopeOr(options.scope);
    const bound = super._bindToRoute({ route: options.route, scope });
    this._binding.complete(scope, (resource) => {
      const { responseParameterMapping } = this._options;
      if (responseParameterMapping) { resource.responseParameters ??= responseParameters(responseParameterMapping); }
      this._complete(resource);
    }, () => this._findingsAtSynth());
    return bound;
  }

  /**
   * What the integration points at.
   * @internal
   */
  protected abstract _target(options: HttpRouteIntegrationBindOptions): HttpTarget;

  /**
   * What is wrong with the options, as far as that is known without a route.
   * @internal
   */
  protected _findings(): Finding[] {
    const { timeout, responseParameterMapping } = this._options;
    return [
      ...judge(timeout, httpTimeout),
      ...this._mappingFindings(),
      ...responseParameterMapping ? judgeResponses(responseParameterMapping) : [],
    ];
  }

  /**
   * What is wrong with the mapping of the request.
   * @internal
   */
  protected _mappingFindings(): Finding[] {
    return judgeMapping('request', this._requestMappings());
  }

  /**
   * The values that are sent to the target, by their keys.
   * @internal
   */
  protected _requestMappings(): { readonly [destination: string]: string } {
    return this._options.parameterMapping?.mappings ?? {};
  }

  /**
   * The path variables that are read beside those of the mapping, and where.
   * @internal
   */
  protected _pathVariables(): { readonly variable: string; readonly where: string }[] {
    return [];
  }

  /**
   * What is wrong once all routes are known.
   * @internal
   */
  protected _findingsAtSynth(): Finding[] {
    const { routes } = this._binding;
    const paths = routes.map(({ path }) => path);
    return [
      ...routes.flatMap((route) => judge({ route: route.node.path, key: keyOf(route) }, routeKeyMethod)),
      ...[...mappedPathVariables(this._requestMappings()), ...this._pathVariables()].flatMap((read) => judge({ ...read, paths }, pathVariable)),
    ];
  }

  /**
   * Sets on the resource what the bind result cannot carry.
   * @internal
   */
  protected _complete(_resource: CfnIntegration): void {}
}

/** The key of a route; its resource may have been given another one than the route was made with. */
export function keyOf(route: IHttpRoute): string {
  return (resourceOf(route) as CfnRoute | undefined)?.routeKey ?? '';
}

/**
 * Carries a timeout that API Gateway takes past a check of aws-cdk-lib that stops at 29 seconds,
 * as a value that is resolved at synthesis.
 */
function pastCdkLimit(timeout: Duration | undefined): Duration | undefined {
  if (timeout === undefined || timeout.isUnresolved() || timeout.toMilliseconds() <= CDK_MAX_TIMEOUT) { return timeout; }
  return Duration.millis(Lazy.number({ produce: () => timeout.toMilliseconds() }));
}
