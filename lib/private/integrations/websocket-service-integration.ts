import { Stack, Token } from 'aws-cdk-lib';
import type { WebSocketRouteIntegrationBindOptions } from 'aws-cdk-lib/aws-apigatewayv2';
import { WebSocketIntegrationType } from 'aws-cdk-lib/aws-apigatewayv2';
import type { IRole, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { WebSocketServiceIntegrationOptions } from '../../options/websocket-options';
import { joined, type Finding } from '../rules/rule';
import { grantedRole, notGrantedFindings, type GrantedRole, type ServiceKey } from './service-role';
import type { WebSocketTarget } from './websocket-integration';
import { WebSocketIntegrationBase } from './websocket-integration';

/** Chooses the template of the key `$default`. */
const DEFAULT_TEMPLATE = '\\$default';

/** Returns what writes text of a message into a JSON string; what is escaped for JavaScript alone is undone. */
export function escaped(expression: string): string {
  return `$util.escapeJavaScript(${expression}).replaceAll("\\\\'","'")`;
}

/** The body of a message as a JSON string without its quotes. */
export const ESCAPED_BODY = escaped('$input.body');

/** What ends a JSON string, starts an escape in it, cannot stand in it, or starts a directive of a template. */
// eslint-disable-next-line no-control-regex -- these are what is escaped
const SPECIAL = /["\\#\u0000-\u001f]/g;

/** Returns text as it stands in a JSON string of a template; a variable, or what is not known yet, stays as it is. */
export function jsonText(text: string): string {
  if (Token.isUnresolved(text) || /^\$!?\{?[a-z]/i.test(text)) { return text; }
  return text.replace(SPECIAL, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** The body of a message as a value of a form. */
export const ENCODED_BODY = '$util.urlEncode($input.body)';

/** The header for the content type of a call. */
export function contentType(type: string): { readonly [destination: string]: string } {
  return { 'integration.request.header.Content-Type': `'${type}'` };
}

/** The content type of a form. */
export const FORM = 'application/x-www-form-urlencoded';

/** What a class tells of its service. */
export interface WebSocketService {
  /** What follows `apigateway:REGION:` in the URI, for example `['sns', 'action', 'Publish']`. */
  readonly uri: readonly [service: string, kind: 'action' | 'path', rest: string];
  /** Where the target is. */
  readonly region: string;
  readonly statements: readonly PolicyStatement[];
  readonly key?: ServiceKey;
  /** What makes the request of a message, unless the user gives templates. */
  readonly template?: string;
  /** What the service needs beside it. */
  readonly requestParameters: { readonly [destination: string]: string };
}

/**
 * What the integrations of a WebSocket API that call an AWS service have in common.
 *
 * @internal
 */
export abstract class WebSocketServiceIntegrationBase extends WebSocketIntegrationBase {
  /**
   * The role of the call, and whether it was granted what the call needs.
   * @internal
   */
  protected _invokeRole?: GrantedRole;

  constructor(id: string, private readonly _serviceOptions: WebSocketServiceIntegrationOptions) {
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
   * The service, and what a call of it needs.
   * @internal
   */
  protected abstract _service(options: WebSocketRouteIntegrationBindOptions): WebSocketService;

  /** @internal */
  protected override _target(options: WebSocketRouteIntegrationBindOptions): WebSocketTarget {
    const service = this._service(options);
    const { role, scope, requestTemplates, templateSelectionExpression } = this._serviceOptions;
    // A scope of the user's may hold the roles of several integrations.
    const roleId = scope ? `${this._binding.id}InvokeRole` : 'InvokeRole';
    this._invokeRole ??= grantedRole(role, this._binding.scopeOr(options.scope), roleId, {
      statements: service.statements, key: service.key,
    });
    const [name, resource, resourceName] = service.uri;
    const template = service.template === undefined ? undefined : { $default: service.template };
    return {
      type: WebSocketIntegrationType.AWS,
      uri: Stack.of(options.route).formatArn({
        service: 'apigateway', region: service.region, account: name, resource, resourceName,
      }),
      method: 'POST',
      credentialsRole: this._invokeRole.role,
      requestParameters: { ...service.requestParameters, ...this._serviceOptions.requestParameters },
      requestTemplates: requestTemplates ?? template,
      templateSelectionExpression: templateSelectionExpression ?? DEFAULT_TEMPLATE,
    };
  }

  /** @internal */
  protected override _findingsAtSynth(): readonly Finding[] {
    return joined(super._findingsAtSynth(), notGrantedFindings(this._invokeRole));
  }
}
