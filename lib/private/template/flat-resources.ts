import { Token, type CfnResource } from 'aws-cdk-lib';

/** Properties that are text, numbers, flags, or maps of texts, of types of which an app has many. */
const FLAT: { readonly [type: string]: readonly string[] } = {
  'AWS::ApiGatewayV2::Integration': [
    'ApiId', 'ConnectionId', 'ConnectionType', 'ContentHandlingStrategy', 'CredentialsArn', 'Description',
    'IntegrationMethod', 'IntegrationSubtype', 'IntegrationType', 'IntegrationUri', 'PassthroughBehavior',
    'PayloadFormatVersion', 'RequestParameters', 'RequestTemplates', 'TemplateSelectionExpression', 'TimeoutInMillis',
  ],
  'AWS::ApiGatewayV2::Route': [
    'ApiId', 'ApiKeyRequired', 'AuthorizationType', 'AuthorizerId', 'ModelSelectionExpression', 'OperationName',
    'RouteKey', 'RouteResponseSelectionExpression', 'Target',
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

/** Whether a resource is of the very class that AWS CDK makes for its type, and nobody overrides what it writes. */
function isPlain(resource: CfnResource): boolean {
  const overrides = overridesOf(resource);
  const isOfOwnClass = Object.hasOwn(resource.constructor, 'CFN_RESOURCE_TYPE_NAME');
  return isOfOwnClass && overrides !== undefined && Object.keys(overrides).length === 0;
}

/**
 * The properties that a plain resource writes, where all of them are flat.
 *
 * AWS CDK would check and resolve each with all that is around it, which takes as long as the synthesis itself.
 */
export function flatProperties(
  resource: CfnResource, resolve: (text: string) => unknown,
): { readonly [name: string]: unknown } | undefined {
  const names = NAMES.get(resource.cfnResourceType);
  if (!names || !isPlain(resource)) { return undefined; }
  const { cfnProperties } = resource as unknown as Inside;
  const properties: Record<string, unknown> = {};
  for (const option of Object.keys(cfnProperties)) {
    const given = cfnProperties[option];
    if (given === undefined || given === null) { continue; }
    const name = names.get(option);
    const value = name === undefined ? undefined : flatValue(given, resolve);
    if (value === undefined) { return undefined; }
    properties[name!] = value;
  }
  return properties;
}

/** What is written for a value, or undefined where it is not flat. */
function flatValue(value: unknown, resolve: (text: string) => unknown): unknown {
  if (typeof value === 'string') { return resolve(value); }
  if (typeof value === 'object') { return flatMap(value!, resolve); }
  return Token.isUnresolved(value) ? undefined : value;
}

function flatMap(map: object, resolve: (text: string) => unknown): object | undefined {
  const entries = Object.entries(map) as [string, unknown][];
  const isFlat = entries.length > 0 && !Array.isArray(map) && !Token.isUnresolved(map)
    && entries.every(([key, value]) => typeof value === 'string' && !Token.isUnresolved(key));
  return isFlat ? Object.fromEntries(entries.map(([key, value]) => [key, resolve(value as string)])) : undefined;
}
