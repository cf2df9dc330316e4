/** How messages call a property of a resource: by the option that the user gave, or as AWS CloudFormation does. */
export type Names = (property: string) => string;

/** The names of AWS CloudFormation; the path of a nested property ends with its name. */
export const CLOUDFORMATION_NAMES: Names = (property) => property.slice(property.lastIndexOf('.') + 1);

/** The options of a class, by the properties that they set. */
export type Options = { readonly [property: string]: string };

/** The names of the options of a class, and those of AWS CloudFormation for other properties. */
export function namesOfOptions(options: Options): Names {
  return (property) => Object.hasOwn(options, property) ? options[property] : CLOUDFORMATION_NAMES(property);
}

const NAMES = Symbol.for('cdk-apigatewayv2-integrations.names');

/** Notes on a resource how its properties are called, for whoever judges it later. */
export function setNames(resource: object, names: Names): void {
  Object.defineProperty(resource, NAMES, { value: names, configurable: true });
}

/** How the properties of a resource are called. */
export function namesOf(resource: object): Names {
  return (resource as { [NAMES]?: Names })[NAMES] ?? CLOUDFORMATION_NAMES;
}
