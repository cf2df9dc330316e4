import { functionName } from '../template/arns';
import { isIntrinsic } from '../facts/intrinsics';
import { listOf, oncePerApp, type DeployedTemplate, type Evaluator, type Located } from '../template/evaluator';
import { symbolsOf, type Text } from '../template/text';

/** Macros of AWS that permit nothing. */
const HARMLESS_MACROS = /^AWS::(LanguageExtensions|SecretsManager|CodeDeployBlueGreen)/;

/** Custom resources of AWS CDK that get a function and permit nobody to invoke it from an API. */
const HARMLESS_TYPES: readonly string[] = ['Custom::LogRetention', 'Custom::S3BucketNotifications', 'Custom::Trigger'];

/** Types of AWS that make what the app does not show. */
const MAKERS: readonly string[] = ['AWS::CloudFormation::CustomResource', 'AWS::CloudFormation::StackSet'];

/** The properties by which a resource may be named as text. */
const NAMES: { readonly [type: string]: string } = {
  'AWS::Lambda::Function': 'FunctionName', 'AWS::IAM::Role': 'RoleName',
};

/** What the app does not show all of. */
interface Outside {
  /** Stacks in which something that the app does not show may make resources. */
  readonly stacks: ReadonlySet<DeployedTemplate>;
  /** Resources that something gets which the app does not show. */
  readonly resources: ReadonlySet<Located>;
}

const outsideOf = oncePerApp((app): Outside => {
  const makers = app.types().filter(mayMake).flatMap((type) => app.ofType(type)).filter((it) => !app.nestedIn(it));
  const stacks = makers.filter(({ type }) => isOwnTemplate(type)).map(({ stack }) => stack);
  return {
    stacks: new Set([...stacks, ...app.templates().filter(hasMacro)]),
    resources: new Set(makers.flatMap((maker) => receivedBy(app, maker))),
  };
});

/** Whether resources of a type may make others, or change them. */
function mayMake(type: string): boolean {
  const isOfAws = type.startsWith('AWS::');
  return isOwnTemplate(type) || (isOfAws ? MAKERS.includes(type) : !HARMLESS_TYPES.includes(type));
}

/** Whether resources of a type are templates of their own, or become resources of this one. */
function isOwnTemplate(type: string): boolean {
  return type === 'AWS::CloudFormation::Stack' || type.startsWith('AWS::Serverless::');
}

function hasMacro({ template }: DeployedTemplate): boolean {
  return listOf(template.Transform).some((macro) => typeof macro !== 'string' || !HARMLESS_MACROS.test(macro));
}

/** The resources that a resource gets in its properties, by reference or by name. */
function receivedBy(app: Evaluator, maker: Located): Located[] {
  // The function that a custom resource calls is not one that it is about.
  const values = Object.entries(maker.properties).filter(([name]) => name !== 'ServiceToken').map(([, value]) => value);
  const texts = values.flatMap((value) => textsIn(app, maker.stack, value));
  const referred = texts.flatMap(symbolsOf).flatMap((symbol) => resourcesNamed(app, maker, symbol));
  const named = namedResources(app).filter(({ name }) => texts.some((text) => text.includes(name)));
  return [...referred, ...named.map(({ resource }) => resource)];
}

/** All texts in a value. */
function textsIn(app: Evaluator, stack: DeployedTemplate, value: unknown): Text[] {
  if (typeof value === 'string' || isIntrinsic(value)) {
    return [app.text(stack, value), ...typeof value === 'string' ? [] : textsInside(app, stack, value)];
  }
  return textsInside(app, stack, value);
}

function textsInside(app: Evaluator, stack: DeployedTemplate, value: unknown): Text[] {
  if (typeof value !== 'object' || value === null) { return []; }
  return Object.values(value).flatMap((it) => textsIn(app, stack, it));
}

/** The resource that a symbol refers to, and the function of a version or an alias. */
function resourcesNamed(app: Evaluator, by: Located, symbol: Text): Located[] {
  const { handler } = functionName(app, by, symbol);
  return [symbol, handler].flatMap((text) => app.referenceOf(text)?.resource ?? []);
}

/** Functions and roles that have a name of their own. */
const namedResources = oncePerApp((app) => Object.entries(NAMES).flatMap(([type, property]) => app.ofType(type)
  .flatMap((resource) => {
    const name = app.property(resource, property);
    return name === undefined ? [] : [{ name, resource }];
  })));

/** Whether a value is changed by a macro before it is deployed. */
function usesMacro(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) { return false; }
  return Object.entries(value).some(([name, it]) => name === 'Fn::Transform' || usesMacro(it));
}

/**
 * Whether something that the app does not show may add policies or permissions to a resource, or change it: a macro, a
 * nested template that is not in the app, a resource of AWS SAM in its stack, or a custom resource that gets it.
 */
export function mayBeChangedOutside(app: Evaluator, resource: Located): boolean {
  const { stacks, resources } = outsideOf(app);
  return stacks.has(resource.stack) || resources.has(resource) || usesMacro(resource.properties);
}
