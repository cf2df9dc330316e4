import { CfnResource, Token } from 'aws-cdk-lib';
import { hasToken } from '../facts/tokens';

/** Properties that are text, numbers, flags, or maps of texts, of types of which an app has many. */
const FLAT: { readonly [type: string]: readonly string[] } = {
  'AWS::ApiGatewayV2::Api': [
    'ApiKeySelectionExpression', 'BasePath', 'CredentialsArn', 'Description', 'DisableExecuteApiEndpoint',
    'DisableSchemaValidation', 'FailOnWarnings', 'IpAddressType', 'Name', 'ProtocolType', 'RouteKey',
    'RouteSelectionExpression', 'Target', 'Version',
  ],
  'AWS::ApiGatewayV2::Integration': [
    'ApiId', 'ConnectionId', 'ConnectionType', 'ContentHandlingStrategy', 'CredentialsArn', 'Description',
    'IntegrationMethod', 'IntegrationSubtype', 'IntegrationType', 'IntegrationUri', 'PassthroughBehavior',
    'PayloadFormatVersion', 'RequestParameters', 'RequestTemplates', 'TemplateSelectionExpression', 'TimeoutInMillis',
  ],
  'AWS::ApiGatewayV2::Route': [
    'ApiId', 'ApiKeyRequired', 'AuthorizationType', 'AuthorizerId', 'ModelSelectionExpression', 'OperationName',
    'RouteKey', 'RouteResponseSelectionExpression', 'Target',
  ],
  'AWS::ApiGatewayV2::Stage': [
    'ApiId', 'AutoDeploy', 'ClientCertificateId', 'DeploymentId', 'Description', 'StageName', 'StageVariables',
  ],
  'AWS::Lambda::Permission': [
    'Action', 'EventSourceToken', 'FunctionName', 'FunctionUrlAuthType', 'Principal', 'PrincipalOrgID', 'SourceAccount',
    'SourceArn',
  ],
};

/** How the classes of AWS CDK call the properties. */
const optionOf = (name: string) => name === 'PrincipalOrgID' ? 'principalOrgId' : name[0].toLowerCase() + name.slice(1);

const NAMES = new Map(Object.entries(FLAT).map(([type, properties]) => [
  type, new Map(properties.map((property) => [optionOf(property), property])),
]));

/** A resource as AWS CDK has it inside. */
interface Inside {
  readonly cfnProperties: { readonly [option: string]: unknown };
  readonly rawOverrides?: { readonly [section: string]: unknown };
}

/** What somebody overrides of what a resource writes; undefined where AWS CDK does not tell. */
export function overridesOf(resource: CfnResource): { readonly [section: string]: unknown } | undefined {
  return (resource as unknown as Inside).rawOverrides;
}

/** The methods with which AWS CDK writes a resource, which somebody may replace. */
const METHODS = ['_toCloudFormation', 'shouldSynthesize'];

const ofAwsCdk = new WeakMap<object, boolean>();

/** Whether a class is the very one that AWS CDK has for a type, as far as it tells. */
function isOfAwsCdk(ofResource: object): boolean {
  let known = ofAwsCdk.get(ofResource);
  if (known === undefined) {
    const { prototype } = ofResource as { readonly prototype: object };
    known = Object.hasOwn(ofResource, 'CFN_RESOURCE_TYPE_NAME') && Object.getPrototypeOf(ofResource) === CfnResource
      && !METHODS.some((method) => Object.hasOwn(prototype, method));
    ofAwsCdk.set(ofResource, known);
  }
  return known;
}

/** Whether a resource is of the very class that AWS CDK makes for its type, and nobody overrides what it writes. */
export function isPlain(resource: CfnResource): boolean {
  const overrides = overridesOf(resource);
  return isOfAwsCdk(resource.constructor) && overrides !== undefined && Object.keys(overrides).length === 0
    && !METHODS.some((method) => Object.hasOwn(resource, method)) && !Object.hasOwn(resource, 'renderProperties');
}

/** Resolves a text, or another value that is a token. */
type Resolve = (value: unknown) => unknown;

/**
 * Reads one property of a plain resource, if it is flat and the others may not be.
 *
 * AWS CDK would check and resolve each value with all that is around it, which takes as long as the synthesis itself.
 */
export function flatProperty(
  resource: CfnResource, name: string, resolve: Resolve,
): { readonly value: unknown } | undefined {
  // Where all of them are read, one alone would only take longer.
  if (NAMES.has(resource.cfnResourceType)) { return undefined; }
  const { cfnProperties } = resource as unknown as Inside;
  const option = optionOf(name);
  if (!Object.hasOwn(cfnProperties, option)) { return undefined; }
  const value = cfnProperties[option];
  if (value === undefined || value === null) { return { value: undefined }; }
  const written = typeof value === 'object' ? undefined : valueOf(value, resolve);
  return written === undefined || written === null ? undefined : { value: written };
}

/** Reads all properties of a plain resource, if all of them are flat. */
export function flatProperties(
  resource: CfnResource, resolve: Resolve,
): { readonly [name: string]: unknown } | undefined {
  const names = NAMES.get(resource.cfnResourceType);
  return names && flatValues((resource as unknown as Inside).cfnProperties, names, resolve);
}

function flatValues(
  given: Inside['cfnProperties'], names: ReadonlyMap<string, string>, resolve: Resolve,
): { readonly [name: string]: unknown } | undefined {
  const properties: Record<string, unknown> = {};
  for (const option of Object.keys(given)) {
    const value = given[option];
    if (value === undefined || value === null) { continue; }
    const name = names.get(option);
    const written = name === undefined ? undefined : valueOf(value, resolve);
    if (written === undefined || written === null) {
      if (isNothing(value, resolve)) { continue; }
      return undefined;
    }
    properties[name!] = written;
  }
  return properties;
}

/** Whether a value stands for none, as the variables of a stage that has none do. */
function isNothing(value: unknown, resolve: Resolve): boolean {
  try {
    return typeof value === 'object' && Token.isUnresolved(value) && resolve(value) === undefined;
  } catch {
    return false;
  }
}

/** What is written for a value, or undefined if it is not flat. */
function valueOf(value: unknown, resolve: Resolve): unknown {
  try {
    if (typeof value === 'string') { return resolve(value); }
    if (Token.isUnresolved(value)) { return undefined; }
    return typeof value === 'object' ? mapOf(value!, resolve) : value;
  } catch {
    // What cannot be resolved fails the synthesis with a message of its own.
    return undefined;
  }
}

function mapOf(map: object, resolve: Resolve): object | undefined {
  const entries = Object.entries(map) as [string, unknown][];
  const isFlat = entries.length > 0 && !Array.isArray(map)
    && entries.every(([key, value]) => typeof value === 'string' && !hasToken(key));
  if (!isFlat) { return undefined; }
  const written = entries.map(([key, value]) => [key, resolve(value)] as const);
  return written.every(([, value]) => value !== undefined && value !== null) ? Object.fromEntries(written) : undefined;
}
