import { callsService, parametersOf, type Integration } from '../shapes/integration';
import { entriesOf, isUnresolved, listOf, mapOf, textOf } from '../shapes/values';
import { Memory } from './memory';

/** One entry of a parameter mapping, taken apart once for all rules. */
export interface MappingEntry {
  readonly side: 'request' | 'response';
  /** The option or property that holds the mapping, as messages call it. */
  readonly option: string;
  /** The key, for example `append:header.name`; `undefined` when it is only known at deployment. */
  readonly destination?: string;
  /** The value, for example `$request.body.name`; `undefined` when it is only known at deployment. */
  readonly source?: string;
  /** `append`, `overwrite`, `remove`, or another word before the colon, in lower case. */
  readonly action?: string;
  /** What the action changes: `header`, `querystring`, `path` or `statuscode` where the key is well formed. */
  readonly location?: string;
  /** The name of the header or query string parameter. */
  readonly name?: string;
  readonly variables: readonly Variable[];
}

/** A variable in a value: `$request.body.name` or `${request.body.name}`. */
export interface Variable {
  /** Without the dollar sign and the braces: `request.body.name`. */
  readonly expression: string;
  /** `request`, `response`, `context`, `stageVariables`, or what stands in their place. */
  readonly root: string;
  /** `header`, `querystring`, `body` or `path` of a request or response, the name of any other variable. */
  readonly part: string;
  /** What follows the part; `undefined` when nothing does. */
  readonly name?: string;
}

/** What a variable may start with. */
export const ROOTS = ['request', 'response', 'context', 'stageVariables'];

/** Takes an entry apart. Takes any text, in time that grows with its length. */
function mappingEntry(
  side: MappingEntry['side'], option: string, destination: string | undefined, source: string | undefined,
): MappingEntry {
  const variables = source ? variablesOf(source) : [];
  if (destination === undefined) { return { side, option, source, variables }; }
  const colon = destination.indexOf(':');
  if (colon < 0) { return { side, option, destination, source, variables }; }
  const [location, name] = splitAt(destination, colon + 1, '.');
  const action = destination.slice(0, colon).toLowerCase();
  return { side, option, destination, source, variables, action, location: location.toLowerCase(), name };
}

/** `${...}`, and a variable without braces up to the next character that cannot belong to it. */
const VARIABLES = /\$(?:\{(?<braced>[^}]*)\}|(?<bare>[A-Za-z]+(?:[.[][^\s$/{}]*)?))/g;
const WITHOUT_BRACES = /\$(?<bare>[A-Za-z]+(?:[.[][^\s$/{}]*)?)/g;

/** Splits a value where its last variable in braces may end, so that no brace is looked for in vain, time and again. */
function atLastBrace(source: string): [string, string] {
  const end = source.lastIndexOf('}') + 1;
  return [source.slice(0, end), source.slice(end)];
}

/** The variables of a value, in the order in which they stand there. */
export function variablesOf(source: string): Variable[] {
  // Most values have one variable or none, and a list of matches takes longer than all rules together.
  if (!source.includes('$')) { return []; }
  const [withBraces, rest] = atLastBrace(source);
  const variables: Variable[] = [];
  addVariables(variables, VARIABLES, withBraces);
  addVariables(variables, WITHOUT_BRACES, rest);
  return variables;
}

function addVariables(variables: Variable[], pattern: RegExp, text: string): void {
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    const { braced, bare } = match.groups as { readonly braced?: string; readonly bare?: string };
    const found = variableOf(braced ?? bare!);
    // Other words after a dollar sign are text.
    if (braced !== undefined || ROOTS.includes(found.root)) { variables.push(found); }
  }
}

/** A value without its variables: the text that is sent as it stands. */
export function staticTextOf(source: string): string {
  const [withBraces, rest] = atLastBrace(source);
  const textOr = (match: string, bare: string | undefined) =>
    bare === undefined || ROOTS.includes(variableOf(bare).root) ? '' : match;
  return withBraces.replace(VARIABLES, (match, _braced, bare: string | undefined) => textOr(match, bare))
    + rest.replace(WITHOUT_BRACES, textOr);
}

function variableOf(expression: string): Variable {
  const [root, rest = ''] = splitAt(expression, 0, '.');
  if (root === 'context' || root === 'stageVariables') { return { expression, root, part: rest }; }
  const [part, name] = splitAt(rest, 0, '.', '[');
  return { expression, root, part, name };
}

/** What stands before the first of the separators, and what follows; a bracket is part of what follows. */
function splitAt(text: string, start: number, ...separators: string[]): [string, string | undefined] {
  let at = -1;
  for (const separator of separators) {
    const found = text.indexOf(separator, start);
    if (found >= 0 && (at < 0 || found < at)) { at = found; }
  }
  return at < 0 ? [text.slice(start), undefined] : [text.slice(start, at), text.slice(text[at] === '.' ? at + 1 : at)];
}

const knownKey = (key: string) => isUnresolved(key) ? undefined : key;

/** Computes something of an integration once. */
export function oncePerIntegration<T>(compute: (integration: Integration) => T): (integration: Integration) => T {
  const computed = new WeakMap<Integration, { readonly value: T }>();
  return (integration) => {
    let found = computed.get(integration);
    if (!found) {
      found = { value: compute(integration) };
      computed.set(integration, found);
    }
    return found.value;
  };
}

const entries = new Memory<MappingEntry>();

/** Returns an entry, the same one for all that are alike. */
function entryOf(
  side: MappingEntry['side'], option: string, destination: string | undefined, source: string | undefined,
): MappingEntry {
  const text = JSON.stringify([side, option, destination, source]);
  return entries.get(text) ?? entries.add(text, mappingEntry(side, option, destination, source));
}

/** Returns a parameter of a service: its key is a name, whatever it looks like. */
function parameterOf(option: string, name: string | undefined, source: string | undefined): MappingEntry {
  const text = JSON.stringify([option, name, source]);
  return entries.get(text)
    ?? entries.add(text, { side: 'request', option, destination: name, source, variables: variablesOf(source ?? '') });
}

/** The entries of the request mapping: of headers, query strings and the path, or the parameters of a service. */
export const requestEntriesOf = oncePerIntegration((integration): readonly MappingEntry[] => {
  const option = integration.names('RequestParameters');
  const isOfService = callsService(integration);
  return parametersOf(integration).map(([key, value]) => isOfService
    ? parameterOf(option, knownKey(key), textOf(value)) : entryOf('request', option, knownKey(key), textOf(value)));
});

/** The mapping of the responses with one status code. */
interface ResponseMappings { readonly status: string; readonly entries: readonly MappingEntry[] }

/** The mappings of the responses, by status code. */
export function responseMappingsOf({ properties, names }: Integration): ResponseMappings[] {
  return entriesOf(properties.ResponseParameters).map(([status, value]) => ({
    status,
    entries: listOf(mapOf(value)?.ResponseParameters).flatMap((it) => {
      const change = mapOf(it);
      if (!change) { return []; }
      const option = `${names('ResponseParameters')}.${status}`;
      return [entryOf('response', option, textOf(change.Destination), textOf(change.Source))];
    }),
  }));
}

/** The lists of entries of an integration: that of the request, and one for each status code of a response. */
export const mappingsOf = oncePerIntegration((integration): readonly (readonly MappingEntry[])[] => {
  const request = requestEntriesOf(integration);
  const responses = responseMappingsOf(integration).map(({ entries }) => entries);
  return request.length > 0 ? [request, ...responses] : responses;
});
