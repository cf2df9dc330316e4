import { Tokenization } from 'aws-cdk-lib';
import { TOKEN } from '../facts/tokens';
import type { Integration } from './integration';
import { jsonOf, Unknown, type Properties } from './values';

/** The properties that an integration is made with, as constructs have them. */
export interface Emitted {
  readonly IntegrationType: string;
  readonly IntegrationSubtype?: string;
  readonly IntegrationUri?: string;
  readonly IntegrationMethod?: string;
  readonly ConnectionType?: string;
  readonly ConnectionId?: string;
  readonly CredentialsArn?: string;
  readonly PayloadFormatVersion?: string;
  readonly RequestParameters?: object;
  readonly RequestTemplates?: object;
  readonly ResponseParameters?: object;
  readonly TemplateSelectionExpression?: string;
  readonly PassthroughBehavior?: string;
  readonly ContentHandlingStrategy?: string;
  readonly TlsConfig?: object;
  readonly TimeoutInMillis?: unknown;
  readonly Description?: string;
}

/** An integration that a class makes. */
export interface MadeIntegration extends Omit<Integration, 'properties'> {
  readonly emitted: Emitted;
}

/** An integration that a class makes, as rules take it. */
export function shapeOfMade({ emitted, ...known }: MadeIntegration): Integration {
  return { ...known, properties: jsonOf(emitted) as Properties };
}

/** What an integration is made of as a text, the same for all that differ in tokens and functions only. */
export function textOfMade(made: MadeIntegration): string {
  return withoutTokens(JSON.stringify(made));
}

/**
 * Whether two integrations are made of the same, but for tokens and functions.
 *
 * The properties are written out, since a loop over them runs so often that it would be compiled, which takes longer.
 */
export function areMadeAlike(one: MadeIntegration, other: MadeIntegration): boolean {
  const a = one.emitted;
  const b = other.emitted;
  return one.protocol === other.protocol
    && a.IntegrationType === b.IntegrationType
    && a.IntegrationSubtype === b.IntegrationSubtype
    && a.IntegrationMethod === b.IntegrationMethod
    && a.ConnectionType === b.ConnectionType
    && a.PayloadFormatVersion === b.PayloadFormatVersion
    && a.TemplateSelectionExpression === b.TemplateSelectionExpression
    && a.PassthroughBehavior === b.PassthroughBehavior
    && a.ContentHandlingStrategy === b.ContentHandlingStrategy
    && a.TimeoutInMillis === b.TimeoutInMillis
    && a.Description === b.Description
    && areAlike(a.IntegrationUri, b.IntegrationUri)
    && areAlike(a.ConnectionId, b.ConnectionId)
    && areAlike(a.CredentialsArn, b.CredentialsArn)
    && areAlike(a.RequestParameters, b.RequestParameters)
    && areAlike(a.RequestTemplates, b.RequestTemplates)
    && areAlike(a.ResponseParameters, b.ResponseParameters)
    && areAlike(a.TlsConfig, b.TlsConfig)
    && areAlike(one.environment, other.environment)
    && areAlike(one.reached, other.reached);
}

/** The same with a copy of what may change later. */
export function snapshotOf(made: MadeIntegration): MadeIntegration {
  return { ...made, reached: { ...made.reached }, emitted: copyOf(made.emitted) };
}

/** Stands for each token, since no rule is told which one it is. Other text cannot be taken for it. */
const ANY_TOKEN = '${Token[]}';

const withoutTokens = (text: string) => text.replace(TOKEN, ANY_TOKEN);

/** The prototypes of what holds nothing but data. */
const DATA = new Set<unknown>([Object.prototype, Array.prototype, Unknown.prototype]);

interface Fields { readonly [field: string]: unknown }

/** Whether a value has fields that rules look into, unlike a token. */
function isOpen(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Tokenization.isResolvable(value);
}

/** A copy of what the user may change. What is not plain data becomes that, and so is like nothing that is made. */
function copyOf<T>(value: T): T {
  if (Array.isArray(value)) { return value.map(copyOf) as T; }
  if (!isOpen(value) || value instanceof Unknown) { return value; }
  return Object.fromEntries(Object.entries(value).map(([field, it]) => [field, copyOf(it)])) as T;
}

function isData(value: unknown): value is object {
  return isOpen(value) && DATA.has(Object.getPrototypeOf(value));
}

function areAlike(one: unknown, other: unknown): boolean {
  if (one === other) { return true; }
  if (typeof one === 'string') { return typeof other === 'string' && withoutTokens(one) === withoutTokens(other); }
  if (typeof one === 'function') { return typeof other === 'function'; }
  if (!isData(one) || !isData(other) || Object.getPrototypeOf(one) !== Object.getPrototypeOf(other)) { return false; }
  for (const field in one) {
    if (!areAlike((one as Fields)[field], (other as Fields)[field])) { return false; }
  }
  for (const field in other) {
    if (!Object.hasOwn(one, field)) { return false; }
  }
  return true;
}
