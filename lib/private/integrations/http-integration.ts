import { Duration, Lazy } from 'aws-cdk-lib';
import type {
  CfnIntegration, CfnRoute, HttpRouteIntegrationBindOptions, HttpRouteIntegrationConfig, IHttpRoute,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpIntegration, HttpRouteIntegration } from 'aws-cdk-lib/aws-apigatewayv2';
import type { IConstruct } from 'constructs';
import type { HttpIntegrationOptions } from '../../options/http-options';
import { MAX_TIMEOUT } from '../facts/limits';
import type { FoundOn } from '../output/findings';
import { lengthenStacks } from '../output/stack-traces';
import { judge, judgeIntegration } from '../rules';
import { NO_FINDINGS, type Finding } from '../rules/rule';
import { NOTHING_REACHED, type Environment, type Integration, type Reached } from '../shapes/integration';
import { shapeOfMade, type Emitted, type MadeIntegration } from '../shapes/made-integration';
import { CLOUDFORMATION_NAMES, type Names } from '../shapes/names';
import { jsonOf, patternOf, textOf, UNKNOWN, type Json } from '../shapes/values';
import { partsOf, stageVariablesOf } from './app-parts';
import { Binding } from './binding';
import { responseParameters, writtenMapping } from './http-mapping';
import { HTTP_NAMES } from './names';
import { resourceOf } from '../output/resource';
import { routeProperties } from './routes';

/** The longest timeout that the `HttpIntegration` of aws-cdk-lib lets through, in milliseconds. */
const CDK_MAX_TIMEOUT = 29_000;

/** What a class tells of its target; the base adds what all integrations share. */
export type HttpTarget = Omit<HttpRouteIntegrationConfig, 'timeout'>;

/**
 * What all integrations of an HTTP API have in common.
 *
 * A class tells its target (`_target`), what is known of it (`_reached`) and what is wrong with options that leave no
 * trace (`_optionFindings`).
 *
 * @internal
 */
export abstract class HttpIntegrationBase extends HttpRouteIntegration {
  /** @internal */
  protected readonly _binding: Binding<IHttpRoute>;
  /** @internal */
  protected readonly _options: HttpIntegrationOptions;
  private _config?: HttpTarget;

  constructor(id: string, options: HttpIntegrationOptions) {
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

  public override bind(options: HttpRouteIntegrationBindOptions): HttpRouteIntegrationConfig {
    const isFirst = !this._config;
    if (isFirst) { this._binding.report(this._optionFindings(), options.scope); }
    const target = this._target(options);
    const { timeout } = this._options;
    // Written out, here and where the resource is made: copying all that an object has takes longer.
    const config: HttpRouteIntegrationConfig = {
      type: target.type,
      subtype: target.subtype,
      uri: target.uri,
      method: target.method,
      connectionType: target.connectionType,
      connectionId: target.connectionId,
      credentials: target.credentials,
      payloadFormatVersion: target.payloadFormatVersion,
      secureServerName: target.secureServerName,
      timeout: timeout === undefined ? undefined : pastCdkLimit(timeout),
      parameterMapping: writtenMapping(target.parameterMapping ?? this._options.parameterMapping),
    };
    if (isFirst) {
      this._config = config;
      this._binding.report(judgeIntegration(this._made(config, options.route)), options.scope);
    }
    return config;
  }

  /**
   * Makes the integration here, so that it stands in stack traces where one of aws-cdk-lib does.
   *
   * @internal
   */
  public override _bindToRoute(options: HttpRouteIntegrationBindOptions): { readonly integrationId: string } {
    const restore = lengthenStacks();
    try {
      const { route } = options;
      // The API is looked up each time that it is asked for.
      const { httpApi } = route;
      this._binding.addRoute(httpApi, route);
      const scope = this._binding.scopeOr(options.scope);
      const placed = scope === options.scope ? options : { route, scope };
      if (!this._binding.isComplete) {
        const config = this.bind(placed);
        this._binding.complete(new HttpIntegration(scope, this._binding.id, {
          httpApi,
          integrationType: config.type,
          integrationSubtype: config.subtype,
          integrationUri: config.uri,
          method: config.method,
          connectionType: config.connectionType,
          connectionId: config.connectionId,
          credentials: config.credentials,
          payloadFormatVersion: config.payloadFormatVersion,
          secureServerName: config.secureServerName,
          timeout: config.timeout,
          parameterMapping: config.parameterMapping,
        }));
      }
      this.completeBind(placed);
      return { integrationId: this.integrationId };
    } finally {
      restore();
    }
  }

  /**
   * What the integration points at.
   * @internal
   */
  protected abstract _target(options: HttpRouteIntegrationBindOptions): HttpTarget;

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
    return HTTP_NAMES;
  }

  /**
   * The subtype that is emitted.
   * @internal
   */
  protected _subtype(config: HttpTarget): string | undefined {
    return config.subtype;
  }

  /**
   * What is found once the app is complete: on the integration, its routes and what it uses.
   * @internal
   */
  public _foundAtSynth(integration: IConstruct): FoundOn[] {
    const ofRoutes = this._binding.routes.map((route) => ({
      construct: route,
      findings: judge('route', {
        protocol: 'HTTP',
        path: route.node.path,
        properties: routeProperties(route, keyOf(route)),
        names: CLOUDFORMATION_NAMES,
        responses: 0,
      }),
    }));
    return [...ofRoutes, { construct: integration, findings: this._findingsAtSynth() }];
  }

  /**
   * What is wrong with the integration once all routes are known.
   * @internal
   */
  protected _findingsAtSynth(): readonly Finding[] {
    const { routes } = this._binding;
    if (!this._config) { return NO_FINDINGS; }
    const integration = shapeOfMade(this._made(this._config, routes[0]));
    return judge('integration-use', {
      integration,
      routes: routes.map((route) => ({
        path: route.node.path, key: textOf(jsonOf(keyOf(route))), selects: false, responses: 0,
      })),
      responses: [],
      stageVariables: this._stageVariables(integration),
    });
  }

  /**
   * Sets on the resource what the bind result cannot carry.
   * @internal
   */
  public _complete(resource: CfnIntegration): void {
    const { responseParameterMapping } = this._options;
    if (responseParameterMapping) { resource.responseParameters ??= responseParameters(responseParameterMapping); }
  }

  /** The variables of the stages, where the integration reads any. */
  private _stageVariables({ properties }: Integration): string[][] | undefined {
    const reads = patternOf(properties.IntegrationUri)?.includes('${stageVariables.');
    const { boundResource: resource } = this._binding;
    return reads ? stageVariablesOf(partsOf(resource), resource.apiId) : undefined;
  }

  private _made(config: HttpTarget, route: IHttpRoute): MadeIntegration {
    return {
      protocol: 'HTTP',
      names: this._names(),
      environment: environmentOf(route.httpApi),
      reached: this._reached(),
      emitted: this._emitted(config),
    };
  }

  /** The properties of the resource. */
  private _emitted(config: HttpTarget): Emitted {
    const { description, timeout, responseParameterMapping } = this._options;
    const { secureServerName } = config;
    return {
      IntegrationType: config.type,
      IntegrationSubtype: this._subtype(config),
      IntegrationUri: config.uri,
      IntegrationMethod: config.method,
      ConnectionType: config.connectionType,
      ConnectionId: config.connectionId,
      CredentialsArn: config.credentials?.credentialsArn,
      PayloadFormatVersion: config.payloadFormatVersion.version,
      RequestParameters: config.parameterMapping?.mappings,
      ResponseParameters: responseParameterMapping && responseParameters(responseParameterMapping),
      TlsConfig: secureServerName === undefined ? undefined : { ServerNameToVerify: secureServerName },
      TimeoutInMillis: millisOf(timeout),
      Description: description,
    };
  }
}

/** A construct that knows its account and region. */
interface Placed { readonly env: { readonly account: string; readonly region: string } }

const environments = new WeakMap<Placed, Required<Environment>>();

/** Where an API or a listener is. */
export function environmentOf(placed: Placed): Required<Environment> {
  let environment = environments.get(placed);
  if (!environment) {
    const { account, region } = placed.env;
    environment = { account: jsonOf(account), region: jsonOf(region) };
    environments.set(placed, environment);
  }
  return environment;
}

/** A timeout as it is emitted. */
export function millisOf(timeout: Duration | undefined): Json | undefined {
  if (timeout === undefined) { return undefined; }
  return timeout.isUnresolved() ? UNKNOWN : timeout.toMilliseconds({ integral: false });
}

/** The key of a route; its resource may have been given another one than the route was made with. */
export function keyOf(route: IHttpRoute): string {
  return (resourceOf(route) as CfnRoute | undefined)?.routeKey ?? '';
}

/**
 * Carries a timeout that API Gateway takes past a check of aws-cdk-lib that stops at 29 seconds,
 * as a value that is resolved at synthesis.
 */
function pastCdkLimit(timeout: Duration): Duration {
  if (timeout.isUnresolved()) { return timeout; }
  const millis = timeout.toMilliseconds({ integral: false });
  if (millis <= CDK_MAX_TIMEOUT || millis > MAX_TIMEOUT.HTTP) { return timeout; }
  return Duration.millis(Lazy.number({ produce: () => timeout.toMilliseconds() }));
}
