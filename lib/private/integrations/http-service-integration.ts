import type { CfnIntegration, HttpRouteIntegrationBindOptions, MappingValue } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpConnectionType, HttpIntegrationSubtype, HttpIntegrationType, IntegrationCredentials, PayloadFormatVersion } from 'aws-cdk-lib/aws-apigatewayv2';
import type { IRole, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { HttpServiceIntegrationOptions } from '../../options/http-options';
import type { HttpTarget } from './http-integration';
import { HttpIntegrationBase } from './http-integration';
import { judgeValues, toParameterMapping } from './http-mapping';
import { throwErrors } from '../output/findings';
import { integrationNotBound } from '../rules/api';
import type { Finding } from '../rules/rule';
import { judge } from '../rules/rule';
import { parameterOfOtherSubtype, parameterRepeated, serviceCallRules, subtypeOfService, SUBTYPES, type ServiceCall } from '../rules/service-parameters';
import { differ } from './places';
import { grantedRole, type GrantedRole, type ServiceKey } from './service-role';

/** What a class tells of its service: the action, its target and its parameters. */
export interface HttpService {
  /** What the subtypes of the service start with. */
  readonly name?: string;
  readonly subtype: string;
  /** The parameters that name the target. */
  readonly target: { readonly [parameter: string]: string };
  /** The parameters that the user gave as options of their own. */
  readonly parameters: { readonly [parameter: string]: MappingValue | undefined };
  /** The region of the target, where it is known. */
  readonly region?: string;
}

/**
 * What the integrations that call an AWS service have in common.
 *
 * @internal
 */
export abstract class HttpServiceIntegrationBase extends HttpIntegrationBase {
  /**
   * The role of the call, and whether it was granted what the call needs.
   * @internal
   */
  protected _invokeRole?: GrantedRole;

  constructor(id: string, private readonly _serviceOptions: HttpServiceIntegrationOptions) {
    super(id, _serviceOptions);
  }

  /**
   * The role that API Gateway assumes to call the service.
   *
   * Can be read once a route uses the integration; before that it throws.
   */
  public get role(): IRole {
    throwErrors(judge({ bound: this._invokeRole !== undefined, attribute: 'role' }, integrationNotBound), `integration '${this._binding.id}'`);
    return this._invokeRole!.role;
  }

  /**
   * The service, the target and the parameters.
   * @internal
   */
  protected abstract _service(): HttpService;

  /**
   * Exactly what the call needs.
   * @internal
   */
  protected abstract _statements(options: HttpRouteIntegrationBindOptions): PolicyStatement[];

  /**
   * The key of the target.
   * @internal
   */
  protected _key(): ServiceKey | undefined {
    return undefined;
  }

  /** @internal */
  protected override _target(options: HttpRouteIntegrationBindOptions): HttpTarget {
    const { role, scope } = this._serviceOptions;
    // A scope of the user's may hold the roles of several integrations.
    this._invokeRole ??= grantedRole(role, this._binding.scopeOr(options.scope), scope ? `${this._binding.id}InvokeRole` : 'InvokeRole', {
      statements: this._statements(options), key: this._key(),
    });
    return {
      type: HttpIntegrationType.AWS_PROXY,
      subtype: this._isListed() ? this._service().subtype as HttpIntegrationSubtype : standIn(),
      connectionType: HttpConnectionType.INTERNET,
      credentials: IntegrationCredentials.fromRole(this._invokeRole.role),
      payloadFormatVersion: PayloadFormatVersion.VERSION_1_0,
      parameterMapping: toParameterMapping(this._call(options.route.env.region).parameters),
    };
  }

  /**
   * Sets a subtype that the enum of aws-cdk-lib does not list yet: other languages can only pass on what it lists.
   * @internal
   */
  protected override _complete(resource: CfnIntegration): void {
    if (!this._isListed() && resource.integrationSubtype === standIn()) { resource.integrationSubtype = this._service().subtype; }
  }

  private _isListed(): boolean {
    return (Object.values(HttpIntegrationSubtype) as string[]).includes(this._service().subtype);
  }

  /** @internal */
  protected override _findings(): Finding[] {
    const { name, subtype, parameters } = this._service();
    const wrongService = name === undefined ? [] : judge({ subtype, service: name }, subtypeOfService);
    if (wrongService.length > 0) { return wrongService; }
    const typed = {
      subtype,
      given: Object.keys(parameters).filter((parameter) => parameters[parameter] !== undefined),
      mapped: Object.keys(this._options.parameterMapping?.mappings ?? {}),
    };
    return [
      ...super._findings(),
      ...judge(typed, parameterRepeated, parameterOfOtherSubtype),
      ...judge(this._call(), ...serviceCallRules),
    ];
  }

  /**
   * The keys are those of the service, with rules of their own.
   * @internal
   */
  protected override _mappingFindings(): Finding[] {
    return judgeValues(this._requestMappings());
  }

  /** @internal */
  protected override _requestMappings(): { readonly [parameter: string]: string } {
    return this._call().parameters;
  }

  /**
   * What is sent to the service: the user's mapping, or the defaults, with the typed parameters and the target.
   * @internal
   */
  protected _call(routeRegion?: string): ServiceCall {
    const { subtype, target, parameters: typed, region: targetRegion } = this._service();
    const given: Record<string, string> = { ...target };
    for (const [name, value] of Object.entries(typed)) {
      if (value) { given[name] = value.value; }
    }
    // In the order of upstream, since the hash of a nested stack's template depends on it.
    const parameters: Record<string, string> = { ...this._options.parameterMapping?.mappings };
    if (!this._options.parameterMapping) {
      for (const name of requiredParameters(subtype)) { parameters[name] = given[name] ?? `$request.body.${name}`; }
    }
    for (const name of Object.keys(given)) { parameters[name] ??= given[name]; }
    const region = this._serviceOptions.region ?? (differ(routeRegion, targetRegion) ? targetRegion : undefined);
    if (region !== undefined) { parameters.Region ??= region; }
    return { subtype, parameters };
  }
}

/** The subtype that stands in for one that is not listed, until the resource is made. */
const standIn = () => HttpIntegrationSubtype.EVENTBRIDGE_PUT_EVENTS;

/** Returns the parameters that an action requires; a name may be any text, such as one of a member of Object. */
function requiredParameters(subtype: string): readonly string[] {
  return Object.hasOwn(SUBTYPES, subtype) ? SUBTYPES[subtype]!.required : [];
}
