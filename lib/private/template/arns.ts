import { ARN_FORMATS, type ServiceArn } from '../facts/services';
import { groupBy, oncePerApp, type DeployedTemplate, type Evaluator, type Located } from './evaluator';
import { replaceSymbols, sameText, split, type Text } from './text';

const ACCOUNT = { Ref: 'AWS::AccountId' };
const REGION = { Ref: 'AWS::Region' };
const PARTITION = { Ref: 'AWS::Partition' };

/** The account of a stack. */
export function accountOf(app: Evaluator, stack: DeployedTemplate): Text {
  return app.text(stack, ACCOUNT);
}

/** The region of a stack. */
export function regionOf(app: Evaluator, stack: DeployedTemplate): Text {
  return app.text(stack, REGION);
}

/** An ARN in the partition, region and account of a stack, or in others that are named. */
export function formatArn(
  app: Evaluator, { stack }: Pick<Located, 'stack'>, service: string, rest: Text, region?: Text, account?: Text,
): Text {
  const partition = app.text(stack, PARTITION);
  return `arn:${partition}:${service}:${region ?? regionOf(app, stack)}:${account ?? accountOf(app, stack)}:${rest}`;
}

/** The ARN of a resource, as it is referred to, if it is known how. */
export function arnOf(app: Evaluator, resource: Located): Text | undefined {
  const format = ARN_FORMATS.get(resource.type);
  return format && app.attribute(resource, format.arns[0]);
}

/** A text in which the ARNs and names of resources are spelled out, to be compared with what is written as text. */
export function spelled(app: Evaluator, text: Text): Text {
  return replaceSymbols(text, (symbol) => {
    const reference = app.referenceOf(symbol);
    return reference ? spelledReference(app, reference.resource, reference.attribute) ?? symbol : symbol;
  });
}

/** What an attribute of a resource is, spelled out, if it is the ARN or the name. */
function spelledReference(app: Evaluator, resource: Located, attribute: string): Text | undefined {
  if (attribute === 'Ref' && isQualified(resource)) {
    const { handler, qualifier } = functionName(app, resource, app.attribute(resource, 'Ref'));
    return `${spelled(app, handler)}:${qualifier}`;
  }
  const format = ARN_FORMATS.get(resource.type);
  const name = () => app.property(resource, format!.property) ?? app.generatedName(resource);
  if (format?.names.includes(attribute)) { return name(); }
  return format?.arns.includes(attribute) ? spelledArn(app, resource, format, name()) : undefined;
}

function spelledArn(app: Evaluator, resource: Located, format: ServiceArn, name: Text): Text {
  const path = format.path === undefined ? '' : app.property(resource, format.path) ?? '/';
  return formatArn(app, resource, format.service, `${format.prefix}${path}${name}`, format.isGlobal ? '' : undefined);
}

/** What a name of a function is about. */
export interface FunctionName {
  /** The ARN of the function; for one that is not in the app what names it. */
  readonly handler: Text;
  /** The version or alias, or nothing. */
  readonly qualifier: Text;
}

const isQualified = ({ type }: Located) => type === 'AWS::Lambda::Alias' || type === 'AWS::Lambda::Version';

/** Reads what names a function: a reference to it, to a version or to an alias, an ARN, a part of one, or the name. */
export function functionName(app: Evaluator, { stack }: Pick<Located, 'stack'>, text: Text): FunctionName {
  const { resource, attribute } = app.referenceOf(text) ?? {};
  if (resource?.type === 'AWS::Lambda::Function' && attribute === 'Arn') { return { handler: text, qualifier: '' }; }
  if (!resource || !isQualified(resource)) { return writtenName(app, stack, text); }
  const qualifier = resource.type === 'AWS::Lambda::Alias' ? app.property(resource, 'Name') : undefined;
  const { handler } = writtenName(app, resource.stack, app.property(resource, 'FunctionName') ?? '');
  return { handler, qualifier: qualifier ?? app.attribute(resource, 'Version') };
}

const functionsByName = oncePerApp((app) => {
  const functions = app.ofType('AWS::Lambda::Function');
  return groupBy(functions, (handler) => app.property(handler, 'FunctionName'));
});

/** The parts of what is written for a function. */
interface WrittenName {
  readonly region?: Text;
  readonly account?: Text;
  /** All that stands before the qualifier. */
  readonly whole: Text;
  readonly name: Text;
  readonly qualifier: Text;
}

/** Takes apart `ARN:function:NAME`, `ACCOUNT:function:NAME` or `NAME`, each with or without a qualifier. */
function partsOf(text: Text): WrittenName {
  const parts = split(text, ':', 9);
  const last = (at: number) => ({
    whole: parts.slice(0, at + 1).join(':'), name: parts[at] ?? '', qualifier: parts[at + 1] ?? '',
  });
  if (parts[0] === 'arn') { return { region: parts[3], account: parts[4], ...last(6) }; }
  return parts[1] === 'function' ? { account: parts[0], ...last(2) } : last(0);
}

function writtenName(app: Evaluator, stack: DeployedTemplate, text: Text): FunctionName {
  const { region, account, whole, name, qualifier } = partsOf(text);
  const referred = app.referenceOf(name)?.resource;
  if (referred) { return { handler: app.attribute(referred, 'Arn'), qualifier }; }
  const candidates = (functionsByName(app).get(name) ?? []).filter((handler) =>
    sameText(region ?? regionOf(app, stack), regionOf(app, handler.stack)) !== 'no'
    && sameText(account ?? accountOf(app, stack), accountOf(app, handler.stack)) !== 'no');
  if (candidates.length === 0) { return { handler: whole, qualifier }; }
  // Functions of one name may be in several places, or be made on several conditions.
  const near = candidates.filter((handler) => handler.stack === stack);
  const [found, ...others] = near.length > 0 ? near : candidates;
  const handler = others.length > 0 ? app.unknown(`one of the functions ${name}`) : app.attribute(found, 'Arn');
  return { handler, qualifier };
}
