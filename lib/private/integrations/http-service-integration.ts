import { Stack } from 'aws-cdk-lib';
import type {
  CfnIntegration, HttpRouteIntegrationBindOptions, MappingValue, ParameterMapping,
} from 'aws-cdk-lib/aws-apigatewayv2';
import {
  HttpConnectionType, HttpIntegrationSubtype, HttpIntegrationType, IntegrationCredentials, PayloadFormatVersion,
} from 'aws-cdk-lib/aws-apigatewayv2';
import type { IRole, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { HttpServiceIntegrationOptions } from '../../options/http-options';
import type { HttpTarget } from './http-integration';
import { HttpIntegrationBase } from './http-integration';
import { toParameterMapping } from './http-mapping';
import { HTTP_SERVICE_NAMES } from './names';
import { SUBTYPES } from '../facts/services';
import { joined, judgeOptions, NO_FINDINGS, type Finding } from '../rules/rule';
import { parameterOfOtherSubtype, parameterRepeated, subtypeOfService } from '../rules/services';
import type { Names } from '../shapes/names';
import { isGiven } from '../shapes/values';
import { differ } from './places';
import { grantedRole, notGrantedFindings, type GrantedRole, type ServiceKey } from './service-role';

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
  private _described?: HttpService;

  constructor(id: string, private readonly _serviceOptions: HttpServiceIntegrationOptions) {
    super(id, _serviceOptions);
  }

  /**
   * The role that API Gateway assumes to call the service.
   *
   * Can be read once a route uses the integration; before that it throws.
   */
  public get role(): IRole {
    return this._invokeRole?.role ?? this._binding.throwNotBound('role');
  }

  /**
   * The service, the target and the parameters.
   * @internal
   */
  protected abstract _describeService(): HttpService;

  /**
   * The service, described once.
   * @internal
   */
  protected _service(): HttpService {
    this._described ??= this._describeService();
    return this._described;
  }

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
    const roleId = scope ? `${this._binding.id}InvokeRole` : 'InvokeRole';
    this._invokeRole ??= grantedRole(role, this._binding.scopeOr(options.scope), roleId, {
      statements: this._statements(options), key: this._key(),
    });
    return {
      type: HttpIntegrationType.AWS_PROXY,
      subtype: this._isListed() ? this._service().subtype as HttpIntegrationSubtype : standIn(),
      connectionType: HttpConnectionType.INTERNET,
      credentials: IntegrationCredentials.fromRole(this._invokeRole.role),
      payloadFormatVersion: PayloadFormatVersion.VERSION_1_0,
      parameterMapping: this._parameters(Stack.of(options.route).region),
    };
  }

  /**
   * Sets a subtype that the enum of aws-cdk-lib does not list yet: other languages can only pass on what it lists.
   * @internal
   */
  public override _complete(resource: CfnIntegration): void {
    super._complete(resource);
    if (!this._isListed() && resource.integrationSubtype === standIn()) {
      resource.integrationSubtype = this._service().subtype;
    }
  }

  private _isListed(): boolean {
    return LISTED.has(this._service().subtype);
  }

  /** @internal */
  protected override _optionFindings(): readonly Finding[] {
    const { name, subtype, parameters } = this._service();
    const wrongService = name === undefined ? NO_FINDINGS : judgeOptions({ subtype, service: name }, subtypeOfService);
    if (wrongService.length > 0) { return wrongService; }
    const options = {
      subtype,
      given: Object.keys(parameters).filter((parameter) => parameters[parameter] !== undefined),
      mapped: Object.keys(this._options.parameterMapping?.mappings ?? {}),
    };
    return joined(judgeOptions(options, parameterRepeated), judgeOptions(options, parameterOfOtherSubtype));
  }

  /** @internal */
  protected override _findingsAtSynth(): readonly Finding[] {
    return joined(super._findingsAtSynth(), notGrantedFindings(this._invokeRole));
  }

  /** @internal */
  public override _names(): Names {
    return HTTP_SERVICE_NAMES;
  }

  /** @internal */
  protected override _subtype(): string {
    return this._service().subtype;
  }

  /**
   * What is sent to the service: the user's mapping, or the defaults, with the typed parameters and the target.
   */
  private _parameters(routeRegion: string): ParameterMapping {
    const { subtype, target, parameters: typed, region: targetRegion } = this._service();
    const { parameterMapping } = this._options;
    const mapping = toParameterMapping(parameterMapping?.mappings ?? {});
    const { mappings } = mapping;
    const add = (name: string, value: string | undefined) => {
      if (value !== undefined && !isGiven(mappings[name])) { mapping.custom(name, value); }
    };
    // In the order of upstream, since the hash of a nested stack's template depends on it.
    if (!parameterMapping) {
      for (const name of SUBTYPES.get(subtype)?.required ?? []) {
        add(name, typed[name]?.value ?? target[name] ?? `$request.body.${name}`);
      }
    }
    for (const name in target) { add(name, typed[name]?.value ?? target[name]); }
    for (const name in typed) { add(name, typed[name]?.value); }
    add('Region', this._serviceOptions.region ?? (differ(routeRegion, targetRegion) ? targetRegion : undefined));
    return mapping;
  }
}

/** The subtypes that the enum of aws-cdk-lib lists. */
const LISTED: ReadonlySet<string> = new Set(Object.values(HttpIntegrationSubtype));

/** The subtype that stands in for one that is not listed, until the resource is made. */
const standIn = () => HttpIntegrationSubtype.EVENTBRIDGE_PUT_EVENTS;
