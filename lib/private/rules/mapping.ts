import type { Rule } from './rule';
import { isUnresolved } from './unresolved';

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** One entry of a parameter mapping, taken apart once for all rules. */
export interface MappingEntry {
  readonly side: 'request' | 'response';
  /** The option that holds the mapping, as messages call it. */
  readonly option: string;
  /** The key, for example `append:header.name`; `undefined` when it is only known at deployment. */
  readonly destination?: string;
  /** The value, for example `$request.body.name`; `undefined` when it is only known at deployment. */
  readonly source?: string;
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

const ROOTS = ['request', 'response', 'context', 'stageVariables'];

/** Keys are taken in any case. */
const ACTIONS = ['append', 'overwrite', 'remove'];

/** Takes an entry apart. Takes any text, in time that grows with its length. */
export function mappingEntry(side: 'request' | 'response', option: string, destination: string, source: string): MappingEntry {
  const literalSource = isUnresolved(source) ? undefined : source;
  const entry: Writable<MappingEntry> = { side, option, source: literalSource, variables: literalSource ? variablesOf(literalSource) : [] };
  if (isUnresolved(destination)) { return entry; }
  entry.destination = destination;
  const colon = destination.indexOf(':');
  const action = destination.slice(0, Math.max(colon, 0)).toLowerCase();
  if (ACTIONS.includes(action)) {
    const [location, name] = split(destination, colon + 1, '.');
    entry.action = action;
    entry.location = location.toLowerCase();
    entry.name = name;
  }
  return entry;
}

/** `${...}`, and a variable without braces up to the next character that cannot belong to it. */
const VARIABLES = /\$(?:\{([^{}]*)\}|([A-Za-z]+(?:[.[][^\s$/{}]*)?))/g;

/** The variables of a value, in the order in which they stand there. */
export function variablesOf(source: string): Variable[] {
  const variables: Variable[] = [];
  VARIABLES.lastIndex = source.indexOf('$');
  // Most values have one variable or none, and a list of matches takes longer than all rules together.
  for (let match = VARIABLES.lastIndex < 0 ? null : VARIABLES.exec(source); match; match = VARIABLES.exec(source)) {
    const [, braced, bare] = match;
    const found = variable(braced ?? bare);
    // Other words after a dollar sign are text.
    if (braced !== undefined || ROOTS.includes(found.root)) { variables.push(found); }
  }
  return variables;
}

function variable(expression: string): Variable {
  const [root, rest = ''] = split(expression, 0, '.');
  if (root === 'context' || root === 'stageVariables') { return { expression, root, part: rest }; }
  const [part, name] = split(rest, 0, '.', '[');
  return { expression, root, part, name };
}

/** What stands before the first of the separators, and what follows; a bracket is part of what follows. */
function split(text: string, start: number, ...separators: string[]): [string, string | undefined] {
  let at = -1;
  for (const separator of separators) {
    const found = text.indexOf(separator, start);
    if (found >= 0 && (at < 0 || found < at)) { at = found; }
  }
  return at < 0 ? [text.slice(start), undefined] : [text.slice(start, at), text.slice(text[at] === '.' ? at + 1 : at)];
}

const quoted = (text: string) => JSON.stringify(text.length > 100 ? `${text.slice(0, 100)}...` : text);

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-parameter-mapping.html#http-api-mapping-reserved-headers */
const RESERVED_HEADERS = new Set([
  'authorization', 'connection', 'content-encoding', 'content-length', 'content-location', 'forwarded', 'keep-alive', 'origin',
  'proxy-authenticate', 'proxy-authorization', 'te', 'trailers', 'transfer-encoding', 'upgrade', 'via',
  'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto',
]);
const RESERVED_PREFIXES = ['access-control-', 'apigw-', 'x-amz-', 'x-amzn-'];

const isReserved = (header: string) => RESERVED_HEADERS.has(header) || RESERVED_PREFIXES.some((prefix) => header.startsWith(prefix));

const HEADER_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

const DESTINATIONS = {
  request: '\'append:\', \'overwrite:\' or \'remove:\' with \'header.<name>\' or \'querystring.<name>\', or \'overwrite:path\'',
  response: '\'append:\', \'overwrite:\' or \'remove:\' with \'header.<name>\', or \'overwrite:statuscode\'',
};

/** What is wrong with a key that starts with an action. */
function destinationProblem({ side, action, location, name }: MappingEntry): string | undefined {
  const whole = side === 'request' ? 'path' : 'statuscode';
  const named = side === 'request' ? ['header', 'querystring'] : ['header'];
  if (location === whole) {
    if (action !== 'overwrite') { return `'${whole}' can only be overwritten`; }
    return name === undefined || side === 'request' ? undefined : `'${whole}' takes no name`;
  }
  if (!named.includes(location!)) { return `a ${side} has no ${quoted(location!)} that can be mapped`; }
  if (!name) { return `the name of the ${location} is missing`; }
  return location === 'header' && !HEADER_NAME.test(name) ? `${quoted(name)} cannot be the name of a header` : undefined;
}

const mappingKey: Rule<MappingEntry> = {
  id: 'mapping-key',
  severity: 'error',
  when: 'The key of a parameter mapping starts with an action (`append:`, `overwrite:` or `remove:`), but what follows cannot be mapped on that side.',
  why: 'API Gateway refuses the integration at deployment with "Invalid mapping expression specified".',
  fix: 'Use a method of the mapping, such as `appendHeader`, which writes the key.',
  check: (entry) => {
    const problem = entry.action === undefined ? undefined : destinationProblem(entry);
    return problem === undefined ? undefined
      : `The key ${quoted(entry.destination!)} of '${entry.option}' cannot be mapped: ${problem}, expected ${DESTINATIONS[entry.side]}. `
        + 'Use a method of the mapping, for example appendHeader(), which writes the key.';
  },
};

const mappingKeyUnknown: Rule<MappingEntry> = {
  id: 'mapping-key-unknown',
  severity: 'warning',
  when: 'The key of a parameter mapping does not start with `append:`, `overwrite:` or `remove:`, or names a part of the path.',
  why: 'API Gateway documents no such key, and refuses keys that it does not know.',
  fix: 'Use a method of the mapping, such as `appendHeader`, which writes the key.',
  check: ({ side, option, destination, action, location, name }) => {
    const partOfPath = side === 'request' && action === 'overwrite' && location === 'path' && name !== undefined;
    return destination === undefined || (action !== undefined && !partOfPath) ? undefined
      : `The key ${quoted(destination)} of '${option}' has a form that is not documented, expected ${DESTINATIONS[side]}. `
        + 'Use a method of the mapping, for example appendHeader(), which writes the key.';
  },
};

const reservedHeader: Rule<MappingEntry> = {
  id: 'mapping-reserved-header',
  severity: 'error',
  when: 'A parameter mapping appends, overwrites or removes a header that API Gateway keeps for itself, such as `Authorization`, `X-Forwarded-For` or `x-amzn-*`.',
  why: 'API Gateway refuses the integration at deployment; requests and responses have the same reserved headers.',
  fix: 'Map another header, for example `x-original-authorization`.',
  check: ({ option, destination, location, name, action }) => {
    const header = location === 'header' && action !== undefined ? name?.toLowerCase() : undefined;
    if (header === undefined || !isReserved(header)) { return undefined; }
    return `The key ${quoted(destination!)} of '${option}' changes a reserved header, expected a header that API Gateway does not keep for itself. `
      + `Map a header of another name, for example 'x-original-${header}'.`;
  },
};

const responseInRequest: Rule<MappingEntry> = {
  id: 'mapping-response-in-request',
  severity: 'error',
  when: 'A value of a request mapping reads `$response`.',
  why: 'There is no response yet when the request is mapped.',
  fix: 'Read from `$request`, `$context` or `$stageVariables`, or move the entry to `responseParameterMapping`.',
  check: ({ side, option, destination, variables }) => {
    const wrong = side === 'request' ? variables.find(({ root }) => root === 'response') : undefined;
    return wrong === undefined ? undefined
      : `The value of ${quoted(destination ?? 'a key')} of '${option}' reads '${wrong.expression}', expected a variable of the request, the context or the stage. `
        + 'Move the entry to \'responseParameterMapping\' if the response is to be changed.';
  },
};

const jsonPath: Rule<MappingEntry> = {
  id: 'mapping-json-path',
  severity: 'error',
  when: 'The JSON path of a body in a value uses recursive descent (`..`) or a filter (`?()`).',
  why: 'API Gateway does not support these, and refuses the integration or finds nothing.',
  fix: 'Name the property by its full path, for example `$request.body.order.id`.',
  check: ({ option, destination, variables }) => {
    const wrong = variables.find(({ part, name }) => part === 'body' && name !== undefined && (name.startsWith('.') || name.includes('..') || name.includes('?(')));
    return wrong === undefined ? undefined
      : `The value of ${quoted(destination ?? 'a key')} of '${option}' has the JSON path ${quoted(wrong.expression)}, expected one without recursive descent ('..') and filters ('?()'). `
        + 'Name the property by its full path, for example \'$request.body.order.id\'.';
  },
};

/** What a value can read. */
const READABLE = {
  request: 'header.<name>, querystring.<name>, body, body.<path>, path or path.<name> of $request; $context.<name>; $stageVariables.<name>',
  response: 'header.<name>, body or body.<path> of $response; $context.<name>; $stageVariables.<name>',
};

const VALUES = { request: 'MappingValue', response: 'ResponseMappingValue' };

/** The parts of a request and of a response that can be read. */
const PARTS: { readonly [root: string]: readonly string[] | undefined } = {
  request: ['header', 'querystring', 'body', 'path'],
  response: ['header', 'body'],
};

const mappingValue: Rule<MappingEntry> = {
  id: 'mapping-value',
  severity: 'error',
  when: 'A value starts with a dollar sign and a word that is no variable, such as `$stageVariable.x`, or reads a part of the request or the response '
    + 'that does not exist, such as `$request.headers.x`.',
  why: 'API Gateway refuses the integration at deployment.',
  fix: 'Use a method of `MappingValue` or `ResponseMappingValue`, which writes the value.',
  check: ({ side, option, destination, source, variables }) => {
    const [, word] = /^\$([A-Za-z]{2,})/.exec(source ?? '') ?? [];
    const wrong = word !== undefined && !ROOTS.includes(word) ? `$${word}`
      : variables.find(({ root, part }) => part !== '' && PARTS[root] && !PARTS[root].includes(part))?.expression;
    return wrong === undefined ? undefined
      : `The value of ${quoted(destination ?? 'a key')} of '${option}' reads ${quoted(wrong)}, which does not exist, expected ${READABLE[side]}. `
        + `Use a method of ${VALUES[side]}, which writes the value.`;
  },
};

/** Whether a variable has a form that the documentation lists. */
function isDocumented(side: 'request' | 'response', { root, part, name }: Variable): boolean {
  if (root === 'context' || root === 'stageVariables') { return part !== ''; }
  if (!ROOTS.includes(root) || (root === 'request' && side === 'response')) { return false; }
  return part === 'header' || part === 'querystring' ? !!name : part !== '' && name !== '';
}

const mappingValueUnknown: Rule<MappingEntry> = {
  id: 'mapping-value-unknown',
  severity: 'warning',
  when: 'A value has a variable of a form that is not documented, such as `$request.querystring` without a name, `${foo}`, or `$request` in a response.',
  why: 'API Gateway refuses the mapping, or leaves the value empty.',
  fix: 'Use a method of `MappingValue` or `ResponseMappingValue`, which writes the value.',
  check: ({ side, option, destination, variables }) => {
    const wrong = variables.find((v) => !isDocumented(side, v) && !(side === 'request' && v.root === 'response'));
    return wrong === undefined ? undefined
      : `The value of ${quoted(destination ?? 'a key')} of '${option}' reads ${quoted(wrong.expression)}, which is not documented for a ${side}, expected ${READABLE[side]}. `
        + `Use a method of ${VALUES[side]}, which writes the value.`;
  },
};

const staticBraces: Rule<MappingEntry> = {
  id: 'mapping-static-braces',
  severity: 'error',
  when: 'A value without a variable contains `{` or `}`.',
  why: 'API Gateway refuses the integration at deployment.',
  fix: 'Write a variable as `${request.path.id}`; other text cannot contain braces.',
  check: ({ option, destination, action, source = '', variables }) => action === undefined || variables.length > 0 || !/[{}]/.test(source) ? undefined
    : `The value of ${quoted(destination!)} of '${option}' is ${quoted(source)}, expected text without '{' and '}'. `
      + 'If a variable is meant, write it with a dollar sign and its origin, for example \'${request.path.id}\'.',
};

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging-variables.html */
const CONTEXT_VARIABLES = new Set([
  'accountId', 'apiId', 'authorizer.error', 'authorizer.principalId', 'awsEndpointRequestId', 'awsEndpointRequestId2', 'customDomain.basePathMatched',
  'dataProcessed', 'domainName', 'domainPrefix', 'error.message', 'error.messageString', 'error.responseType', 'extendedRequestId', 'httpMethod',
  'identity.accountId', 'identity.caller', 'identity.principalOrgId', 'identity.sourceIp', 'identity.user', 'identity.userAgent', 'identity.userArn',
  'integration.error', 'integration.integrationStatus', 'integration.latency', 'integration.requestId', 'integration.status', 'integrationErrorMessage',
  'integrationLatency', 'integrationStatus', 'path', 'protocol', 'requestId', 'requestTime', 'requestTimeEpoch', 'responseLatency', 'responseLength',
  'routeKey', 'stage', 'status',
]);
/** What an authorizer, a user pool or a client certificate puts there has names of its own. */
const OPEN_CONTEXT = /^(authorizer\.|identity\.(cognito|clientCert\.))/;

const contextVariable: Rule<MappingEntry> = {
  id: 'mapping-context-variable',
  severity: 'warning',
  when: 'A value reads a `$context` variable that the documentation does not list.',
  why: 'API Gateway refuses the mapping or leaves the value empty.',
  fix: 'Check the name; names are case-sensitive. Acknowledge the warning if AWS has added the variable.',
  check: ({ option, destination, variables }) => {
    const wrong = variables.find(({ root, part }) => root === 'context' && part !== '' && !CONTEXT_VARIABLES.has(part) && !OPEN_CONTEXT.test(part));
    if (wrong === undefined) { return undefined; }
    const meant = [...CONTEXT_VARIABLES].find((name) => name.toLowerCase() === wrong.part.toLowerCase());
    return `The value of ${quoted(destination ?? 'a key')} of '${option}' reads the unknown variable ${quoted(`$context.${wrong.part}`)}${meant ? `, did you mean '$context.${meant}'?` : ', expected one that the documentation lists.'} `
      + 'Check the name; if AWS has added the variable, acknowledge this warning.';
  },
};

const emptyValue: Rule<MappingEntry> = {
  id: 'mapping-value-empty',
  severity: 'warning',
  when: 'A parameter mapping appends or overwrites with an empty value.',
  why: 'API Gateway ignores the entry.',
  fix: 'Pass a value, or remove the header or query string parameter instead.',
  check: ({ option, destination, action, source }) => action === undefined || action === 'remove' || source !== '' ? undefined
    : `The value of ${quoted(destination!)} of '${option}' is empty, expected a value. Pass one, or remove the header or query string parameter instead.`,
};

/** The most characters that the API reference gives a value. */
const MAX_VALUE_LENGTH = 512;

const valueLength: Rule<MappingEntry> = {
  id: 'mapping-value-length',
  severity: 'warning',
  when: 'A value of a parameter mapping has more than 512 characters.',
  why: 'The API reference allows 512 characters.',
  fix: 'Shorten the value, or send it from the target.',
  check: ({ option, destination, source }) => source === undefined || source.length <= MAX_VALUE_LENGTH ? undefined
    : `The value of ${quoted(destination ?? 'a key')} of '${option}' has ${source.length} characters, expected at most ${MAX_VALUE_LENGTH}. Shorten the value.`,
};

const statusCode: Rule<MappingEntry> = {
  id: 'mapping-status-code',
  severity: 'error',
  when: 'A response mapping overwrites the status code with text that is not a whole number from 100 to 599.',
  why: 'No response can be sent with such a status code.',
  fix: 'Pass a status code such as 200 or 404.',
  check: ({ option, action, location, name, source, variables }) => action !== 'overwrite' || location !== 'statuscode' || name !== undefined
    || source === undefined || variables.length > 0 || /^[1-5]\d\d$/.test(source) ? undefined
    : `The status code of '${option}' is overwritten with ${quoted(source)}, expected a whole number from 100 to 599. Pass a status code such as 200 or 404.`,
};

/** Judged on the values of every mapping, those of service parameters included. */
export const valueRules = [responseInRequest, jsonPath, mappingValue, mappingValueUnknown, staticBraces, contextVariable, emptyValue, valueLength];

/** Judged on the entries that change a request or a response. */
export const entryRules = [mappingKey, mappingKeyUnknown, reservedHeader, statusCode, ...valueRules];

export const headerTwice: Rule<{ readonly option: string; readonly entries: readonly MappingEntry[] }> = {
  id: 'mapping-header-twice',
  severity: 'error',
  when: 'A parameter mapping has two actions for one header; upper and lower case do not count.',
  why: 'API Gateway takes one action for a header, and refuses the integration at deployment.',
  fix: 'Keep one of the two.',
  check: ({ option, entries }) => {
    const actions = new Map<string, MappingEntry>();
    for (const entry of entries) {
      if (entry.action === undefined || entry.location !== 'header' || !entry.name) { continue; }
      const first = actions.get(entry.name.toLowerCase());
      if (first && first.action !== entry.action) {
        return `The keys ${quoted(first.destination!)} and ${quoted(entry.destination!)} of '${option}' are two actions on one header, expected one. Keep one of the two.`;
      }
      actions.set(entry.name.toLowerCase(), entry);
    }
    return undefined;
  },
};

export const responseStatusKey: Rule<string> = {
  id: 'mapping-response-status',
  severity: 'error',
  when: 'A key of `responseParameterMapping` is not a status code from 200 to 599.',
  why: 'API Gateway refuses the integration at deployment.',
  fix: 'Write one key for each status code of the target, such as `200`.',
  check: (key) => isUnresolved(key) || /^[2-5]\d\d$/.test(key) ? undefined
    : `The key ${quoted(key)} of 'responseParameterMapping' is not a status code, expected 200 to 599. Write one key for each status code of the target, for example '200'.`,
};

/** A variable of the path that an integration reads, and the paths of the routes that use the integration. */
export interface PathVariable {
  readonly variable: string;
  /** Where it is read, as messages call it. */
  readonly where: string;
  /** `undefined` is the path of the default route. */
  readonly paths: readonly (string | undefined)[];
}

export const pathVariable: Rule<PathVariable> = {
  id: 'path-variable',
  severity: 'warning',
  when: 'A mapping or a URL reads a path variable that the path of no route with the integration has.',
  why: 'The value is empty, and a URL is called with the name in braces.',
  fix: 'Write the name as the path of the route does. The variable of `{proxy+}` is `proxy`.',
  check: ({ variable: name, where, paths }) => {
    const known = [...new Set(paths.flatMap((path) => pathVariablesOf(path ?? '')).map((found) => found.replace(/\+$/, '')))];
    if (known.includes(name) || paths.some((path) => isUnresolved(path))) { return undefined; }
    return `${where} reads the path variable '${name}', but no route that uses the integration has it. `
      + `Expected ${known.length > 0 ? `one of ${known.map((k) => `'${k}'`).join(', ')}` : 'a route with variables in its path'}. `
      + `Write the name as the path of the route does${name.endsWith('+') ? `, without the plus sign: {${name.slice(0, -1)}}` : ''}.`;
  },
};

/** The names of the variables of a path or a URL; what `${...}` holds is something else. */
export function pathVariablesOf(path: string): string[] {
  return [...path.matchAll(/(?<!\$)\{([^{}]+)\}/g)].map(([, name]) => name);
}

export const mappingRules: Rule<never>[] = [...entryRules, headerTwice, responseStatusKey, pathVariable];
