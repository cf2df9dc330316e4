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

/** The methods with which AWS CDK writes a resource, which somebody may replace on one. */
const METHODS = ['_toCloudFormation', 'renderProperties'];

/** Whether a resource is of the very class that AWS CDK makes for its type, and nobody overrides what it writes. */
function isPlain(resource: CfnResource): boolean {
  const overrides = overridesOf(resource);
  const isOfOwnClass = Object.hasOwn(resource.constructor, 'CFN_RESOURCE_TYPE_NAME')
    && !METHODS.some((method) => Object.hasOwn(resource, method));
  return isOfOwnClass && overrides !== undefined && Object.keys(overrides).length === 0;
}

type Resolve = (text: string) => unknown;

/**
 * Reads a plain resource value by value; undefined for another.
 *
 * AWS CDK would check and resolve each value with all that is around it, which takes as long as the synthesis itself.
 */
export function flatResource(resource: CfnResource, resolve: Resolve): FlatResource | undefined {
  return isPlain(resource) ? new FlatResource(resource, resolve) : undefined;
}

class FlatResource {
  private readonly given: Inside['cfnProperties'];

  constructor(private readonly resource: CfnResource, private readonly resolve: Resolve) {
    this.given = (resource as unknown as Inside).cfnProperties;
  }

  /** One property, if it is flat. */
  public property(name: string): { readonly value: unknown } | undefined {
    const option = optionOf(name);
    if (!Object.hasOwn(this.given, option)) { return undefined; }
    const value = this.given[option];
    if (value === undefined || value === null) { return { value: undefined }; }
    return typeof value === 'object' ? undefined : this.valueOf(value);
  }

  /** All properties, if all of them are flat. */
  public properties(): { readonly [name: string]: unknown } | undefined {
    const names = NAMES.get(this.resource.cfnResourceType);
    if (!names) { return undefined; }
    const properties: Record<string, unknown> = {};
    for (const [option, value] of Object.entries(this.given)) {
      if (value === undefined || value === null) { continue; }
      const name = names.get(option);
      const written = name === undefined ? undefined : this.valueOf(value);
      if (!written) { return undefined; }
      properties[name!] = written.value;
    }
    return properties;
  }

  /** What is written for a value, if it is flat. */
  private valueOf(value: unknown): { readonly value: unknown } | undefined {
    try {
      if (typeof value === 'string') { return { value: this.resolve(value) }; }
      if (Token.isUnresolved(value)) { return undefined; }
      return typeof value === 'object' ? this.mapOf(value!) : { value };
    } catch {
      // What cannot be resolved fails the synthesis with a message of its own.
      return undefined;
    }
  }

  private mapOf(map: object): { readonly value: object } | undefined {
    const entries = Object.entries(map) as [string, unknown][];
    const isFlat = entries.length > 0 && !Array.isArray(map)
      && entries.every(([key, value]) => typeof value === 'string' && !Token.isUnresolved(key));
    if (!isFlat) { return undefined; }
    return { value: Object.fromEntries(entries.map(([key, value]) => [key, this.resolve(value as string)])) };
  }
}
