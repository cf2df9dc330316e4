import {
  CONTEXT_VARIABLES, MAPPING_PAGE, OPEN_CONTEXT, RESERVED_HEADERS, RESERVED_HEADER_PREFIXES,
} from '../facts/mappings';
import { MAX_MAPPING_VALUE_LENGTH } from '../facts/limits';
import { callsService, type Integration } from '../shapes/integration';
import { entriesOf, listOf, mapOf, quoted } from '../shapes/values';
import { urlOf } from './integrations';
import {
  mappingsOf, oncePerIntegration, requestEntriesOf, responseMappingsOf, ROOTS, staticTextOf, type MappingEntry,
  type Variable,
} from './mapping-entries';
import { rule, type Rule, type RuleText } from './rule';

/** Recorded against AWS, in the tests of LocalStack. */
const RECORDED = 'https://github.com/localstack/localstack, TestApigatewayV2HttpIntegrationCrud, validated against AWS';

/** The properties that hold the mappings of an HTTP integration. */
const MAPPINGS = ['RequestParameters', 'ResponseParameters'];

type EntryCheck = (entry: MappingEntry) => string | undefined;

const entryChecks: EntryCheck[] = [];

/** A rule on each entry of the mappings of an HTTP integration. */
function entryRule(text: RuleText & { readonly check: EntryCheck }): Rule {
  const { check, ...rest } = text;
  entryChecks.push(check);
  return rule({
    ...rest, kind: 'integration', protocol: 'HTTP', about: MAPPINGS,
    check: (integration) => wrongEntriesOf(integration).flatMap((entry) => check(entry) ?? []),
  });
}

const cleanEntries = new WeakSet<MappingEntry>();

/** Whether no rule finds anything in an entry; those that are alike are judged once. */
function isClean(entry: MappingEntry): boolean {
  if (cleanEntries.has(entry)) { return true; }
  if (entryChecks.some((check) => check(entry) !== undefined)) { return false; }
  cleanEntries.add(entry);
  return true;
}

/** The entries in which a rule finds something. */
const wrongEntriesOf = oncePerIntegration((integration) =>
  mappingsOf(integration).flat().filter((entry) => !isClean(entry)));

const valueOf = ({ destination, option }: MappingEntry) => `The value of ${quoted(destination ?? 'a key')} of `
  + `'${option}'`;

const ACTIONS = ['append', 'overwrite', 'remove'];

const isReserved = (header: string) =>
  RESERVED_HEADERS.has(header) || RESERVED_HEADER_PREFIXES.some((prefix) => header.startsWith(prefix));

/** API Gateway refuses a percent sign, which HTTP allows. */
const HEADER_NAME = /^[!#$&'*+.^_`|~0-9A-Za-z-]+$/;

const DESTINATIONS = {
  request: '\'append:\', \'overwrite:\' or \'remove:\' with \'header.<name>\' or \'querystring.<name>\', or '
    + '\'overwrite:path\'',
  response: '\'append:\', \'overwrite:\' or \'remove:\' with \'header.<name>\', or \'overwrite:statuscode\'',
};

/** What is wrong with a key that has an action. */
function destinationProblem({ side, action, location, name }: MappingEntry): string | undefined {
  if (!ACTIONS.includes(action!)) { return `there is no action ${quoted(action!)}`; }
  const whole = side === 'request' ? 'path' : 'statuscode';
  const named = side === 'request' ? ['header', 'querystring'] : ['header'];
  if (location === whole) {
    if (action !== 'overwrite') { return `'${whole}' can only be overwritten`; }
    return name === undefined || side === 'request' ? undefined : `'${whole}' takes no name`;
  }
  if (!named.includes(location!)) { return `a ${side} has no ${quoted(location!)} that can be mapped`; }
  if (!name) { return `the name of the ${location} is missing`; }
  const isWrong = location === 'header' && !HEADER_NAME.test(name);
  return isWrong ? `${quoted(name)} cannot be the name of a header` : undefined;
}

/** What a value can read. */
const READABLE = {
  request: 'header.<name>, querystring.<name>, body, body.<path>, path or path.<name> of $request; $context.<name>; '
    + '$stageVariables.<name>',
  response: 'header.<name>, body or body.<path> of $response; $context.<name>; $stageVariables.<name>',
};

const VALUES = { request: 'MappingValue', response: 'ResponseMappingValue' };

/** The parts of a request and of a response that can be read. */
const PARTS = new Map([['request', ['header', 'querystring', 'body', 'path']], ['response', ['header', 'body']]]);

/** Whether a variable reads a part that exists, as far as the parts of its root are known. */
function isPart({ root, part }: Variable): boolean {
  const parts = PARTS.get(root);
  return part === '' || parts === undefined || parts.includes(part);
}

/** Whether a variable has a form that the documentation lists. */
function isDocumented(side: MappingEntry['side'], { root, part, name }: Variable): boolean {
  if (root === 'context' || root === 'stageVariables') { return part !== ''; }
  if (!ROOTS.includes(root) || (root === 'request' && side === 'response')) { return false; }
  return part === 'header' || part === 'querystring' ? !!name : part !== '' && name !== '';
}

/** The first of two actions on one header, and the second. */
function headerWithTwoActions(entries: readonly MappingEntry[]): [MappingEntry, MappingEntry] | undefined {
  const actions = new Map<string, MappingEntry>();
  for (const entry of entries) {
    if (entry.action === undefined || entry.location !== 'header' || !entry.name) { continue; }
    const first = actions.get(entry.name.toLowerCase());
    if (first && first.action !== entry.action) { return [first, entry]; }
    actions.set(entry.name.toLowerCase(), entry);
  }
  return undefined;
}

/** The names of the variables of a path or a URL; what `${...}` holds is something else. */
export function pathVariablesOf(path: string): string[] {
  return [...path.matchAll(/(?<!\$)\{([^{}]+)\}/g)].map(([, name]) => name);
}

/** The path variables that an integration reads, and where. */
function readVariables(integration: Integration): { readonly variable: string; readonly where: string }[] {
  const mapped = requestEntriesOf(integration).flatMap(({ option, destination, variables }) => variables
    .filter(({ root, part, name }) => root === 'request' && part === 'path' && !!name)
    .map(({ name }) => ({ variable: name!, where: `The value of '${destination ?? 'a key'}' in '${option}'` })));
  const url = integration.protocol === 'HTTP' ? urlOf(integration) : undefined;
  const ofUrl = pathVariablesOf(url ?? '').map((variable) => ({ variable, where: `The URL '${url}'` }));
  return [...mapped, ...ofUrl];
}

function pathVariableProblem(variable: string, where: string, known: readonly string[]): string {
  const expected = known.length > 0 ? `one of ${known.map((name) => `'${name}'`).join(', ')}` : 'a route with '
    + 'variables in its path';
  const withoutPlus = variable.endsWith('+') ? `, without the plus sign: {${variable.slice(0, -1)}}` : '';
  return `${where} reads the path variable '${variable}', but no route that uses the integration has it. `
    + `Expected ${expected}. Write the name as the path of the route does${withoutPlus}.`;
}

/** Judged on the entries that change a request or a response. */
const entryRules = [
  entryRule({
    id: 'mapping-key',
    severity: 'error',
    when: 'The key of a parameter mapping has an action before a colon that is not `append`, `overwrite` or `remove`, '
      + 'or what follows cannot be mapped on that side.',
    why: 'API Gateway refuses the integration at deployment.',
    fix: 'Use a method of the mapping, such as `appendHeader`, which writes the key.',
    source: RECORDED,
    says: 'Invalid mapping expression specified',
    check: (entry) => {
      const problem = entry.action === undefined ? undefined : destinationProblem(entry);
      return problem === undefined ? undefined
        : `The key ${quoted(entry.destination!)} of '${entry.option}' cannot be mapped: ${problem}, expected `
          + `${DESTINATIONS[entry.side]}. Use a method of the mapping, for example appendHeader(), which writes the `
          + 'key.';
    },
  }),
  entryRule({
    id: 'mapping-reserved-header',
    severity: 'error',
    when: 'A parameter mapping appends, overwrites or removes a header that API Gateway reserves, such as '
      + '`Authorization`, `X-Forwarded-For` or `x-amzn-*`.',
    why: 'API Gateway refuses the integration at deployment; requests and responses have the same reserved headers.',
    fix: 'Map another header, for example `x-original-authorization`.',
    source: `${MAPPING_PAGE}#http-api-mapping-reserved-headers`,
    check: ({ option, destination, location, name, action }) => {
      const header = location === 'header' && action !== undefined ? name?.toLowerCase() : undefined;
      return header === undefined || !isReserved(header) ? undefined
        : `The key ${quoted(destination!)} of '${option}' changes a reserved header, expected a header that API `
          + `Gateway does not keep for itself. Map a header of another name, for example 'x-original-${header}'.`;
    },
  }),
  entryRule({
    id: 'mapping-status-code',
    severity: 'error',
    when: 'A response mapping overwrites the status code with text that is not a whole number from 100 to 599.',
    why: 'No response can be sent with such a status code.',
    fix: 'Pass a status code such as 200 or 404.',
    source: MAPPING_PAGE,
    check: ({ option, action, location, name, source, variables }) => {
      const overwrites = action === 'overwrite' && location === 'statuscode' && name === undefined;
      if (!overwrites || source === undefined) { return undefined; }
      if (variables.length > 0 || /^[1-5]\d\d$/.test(source)) { return undefined; }
      return `The status code of '${option}' is overwritten with ${quoted(source)}, expected a whole number from 100 `
        + 'to 599. Pass a status code such as 200 or 404.';
    },
  }),
  entryRule({
    id: 'mapping-static-braces',
    severity: 'error',
    when: 'A value has `{` or `}` outside of a variable.',
    why: 'API Gateway refuses the integration at deployment.',
    fix: 'Write a variable as `${request.path.id}`; other text cannot contain braces.',
    source: RECORDED,
    check: (entry) => {
      const { action, source } = entry;
      if (action === undefined || source === undefined || !/[{}]/.test(staticTextOf(source))) { return undefined; }
      return `${valueOf(entry)} is ${quoted(source)}, expected no '{' and '}' outside of variables. `
        + 'If a variable is meant, write it with a dollar sign and its origin, for example \'${request.path.id}\'.';
    },
  }),
  entryRule({
    id: 'mapping-value-empty',
    severity: 'warning',
    when: 'A parameter mapping appends or overwrites with an empty value.',
    why: 'API Gateway ignores the entry.',
    fix: 'Pass a value, or remove the header or query string parameter instead.',
    source: RECORDED,
    check: (entry) => {
      const { action, location, source } = entry;
      const writes = action !== undefined && action !== 'remove';
      // An empty status code is no status code.
      if (!writes || location === 'statuscode' || source !== '') { return undefined; }
      return `${valueOf(entry)} is empty, expected a value. Pass one, or remove the header or query string parameter `
        + 'instead.';
    },
  }),
  entryRule({
    id: 'mapping-remove-empty',
    severity: 'warning',
    when: 'A parameter mapping removes a header or a query string parameter with an empty value, as `removeHeader` of '
      + 'aws-cdk-lib writes it.',
    why: 'API Gateway ignores an entry with an empty value, so what was meant to be removed still reaches the backend.',
    fix: 'Write two single quotes, `\'\'`, as the documentation does. The integrations of this library do it for you.',
    source: MAPPING_PAGE,
    check: (entry) => entry.action !== 'remove' || entry.source !== '' ? undefined
      : `${valueOf(entry)} is empty, so API Gateway ignores the entry and removes nothing, expected two single quotes `
        + '(\'\'). Write them with custom(), or use the integration of this library, which writes them.',
  }),
];

/** Judged on the values of every mapping, those of service parameters included. */
const valueRules = [
  entryRule({
    id: 'mapping-response-in-request',
    severity: 'error',
    when: 'A value of a request mapping reads `$response`.',
    why: 'There is no response yet when the request is mapped.',
    fix: 'Read from `$request`, `$context` or `$stageVariables`, or move the entry to `responseParameterMapping`.',
    source: MAPPING_PAGE,
    check: (entry) => {
      const wrong = entry.side === 'request' ? entry.variables.find(({ root }) => root === 'response') : undefined;
      return wrong === undefined ? undefined
        : `${valueOf(entry)} reads '${wrong.expression}', expected a variable of the request, the context or the `
          + 'stage. Move the entry to \'responseParameterMapping\' if the response is to be changed.';
    },
  }),
  entryRule({
    id: 'mapping-json-path',
    severity: 'error',
    when: 'The JSON path of a body in a value uses recursive descent (`..`) or a filter (`?()`).',
    why: 'API Gateway does not support these, and refuses the integration or finds nothing.',
    fix: 'Name the property by its full path, for example `$request.body.order.id`.',
    source: MAPPING_PAGE,
    check: (entry) => {
      const wrong = entry.variables.find(({ part, name }) =>
        part === 'body' && name !== undefined && (name.startsWith('.') || name.includes('..') || name.includes('?(')));
      return wrong === undefined ? undefined
        : `${valueOf(entry)} has the JSON path ${quoted(wrong.expression)}, expected one without recursive descent `
          + '(\'..\') and filters (\'?()\'). Name the property by its full path, for example '
          + '\'$request.body.order.id\'.';
    },
  }),
  entryRule({
    id: 'mapping-value',
    severity: 'error',
    when: 'A value starts with a dollar sign and a word that is no variable, such as `$stageVariable.x`, or reads a '
      + 'part of the request or the response that does not exist, such as `$request.headers.x`.',
    why: 'API Gateway refuses the integration at deployment.',
    fix: 'Use a method of `MappingValue` or `ResponseMappingValue`, which writes the value.',
    source: RECORDED,
    check: (entry) => {
      const { side, source, variables } = entry;
      const [, word] = /^\$([A-Za-z]{2,})/.exec(source ?? '') ?? [];
      const part = variables.find((variable) => !isPart(variable))?.expression;
      const wrong = word !== undefined && !ROOTS.includes(word) ? `$${word}` : part;
      return wrong === undefined ? undefined
        : `${valueOf(entry)} reads ${quoted(wrong)}, which does not exist, expected ${READABLE[side]}. `
          + `Use a method of ${VALUES[side]}, which writes the value.`;
    },
  }),
  entryRule({
    id: 'mapping-value-unknown',
    severity: 'warning',
    when: 'A value has a variable of a form that is not documented, such as `$request.querystring` without a name, '
      + '`${foo}`, or `$request` in a response.',
    why: 'API Gateway refuses the mapping, or leaves the value empty.',
    fix: 'Use a method of `MappingValue` or `ResponseMappingValue`, which writes the value.',
    source: MAPPING_PAGE,
    check: (entry) => {
      const { side, variables } = entry;
      const wrong = variables.find((it) => !isDocumented(side, it) && !(side === 'request' && it.root === 'response'));
      return wrong === undefined ? undefined
        : `${valueOf(entry)} reads ${quoted(wrong.expression)}, which is not documented for a ${side}, expected `
          + `${READABLE[side]}. Use a method of ${VALUES[side]}, which writes the value.`;
    },
  }),
  entryRule({
    id: 'mapping-context-variable',
    severity: 'warning',
    when: 'A value reads a `$context` variable that the documentation does not list.',
    why: 'API Gateway refuses the mapping or leaves the value empty.',
    fix: 'Check the name; names are case-sensitive. Acknowledge the warning if AWS has added the variable.',
    source: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging-variables.html',
    check: (entry) => {
      const wrong = entry.variables.find(({ root, part }) =>
        root === 'context' && part !== '' && !CONTEXT_VARIABLES.has(part) && !OPEN_CONTEXT.test(part));
      if (wrong === undefined) { return undefined; }
      const meant = [...CONTEXT_VARIABLES].find((name) => name.toLowerCase() === wrong.part.toLowerCase());
      const expected = meant ? `did you mean '$context.${meant}'?` : 'expected one that the documentation lists.';
      return `${valueOf(entry)} reads the unknown variable ${quoted(`$context.${wrong.part}`)}, ${expected} `
        + 'Check the name; if AWS has added the variable, acknowledge this warning.';
    },
  }),
  entryRule({
    id: 'mapping-value-length',
    severity: 'warning',
    when: 'A value of a parameter mapping has more than 512 characters.',
    why: 'The API reference allows 512 characters.',
    fix: 'Shorten the value, or send it from the target.',
    source: 'https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-integrations.html',
    check: (entry) => entry.source === undefined || entry.source.length <= MAX_MAPPING_VALUE_LENGTH ? undefined
      : `${valueOf(entry)} has ${entry.source.length} characters, expected at most ${MAX_MAPPING_VALUE_LENGTH}. `
        + 'Shorten the value.',
  }),
];

export const mappingRules = [
  ...entryRules,
  rule({
    id: 'mapping-key-unknown',
    severity: 'warning',
    kind: 'integration',
    protocol: 'HTTP',
    about: MAPPINGS,
    when: 'The key of a parameter mapping has no action before a colon, or names a part of the path.',
    why: 'API Gateway documents no such key, and refuses keys that it does not know.',
    fix: 'Use a method of the mapping, such as `appendHeader`, which writes the key.',
    source: MAPPING_PAGE,
    check: (integration) => mappingsOf(integration).flatMap((entries) => entries.flatMap((entry) => {
      const { side, option, destination, action, location, name } = entry;
      const isParameter = side === 'request' && callsService(integration);
      const isPartOfPath = side === 'request' && action === 'overwrite' && location === 'path' && name !== undefined;
      if (isParameter || destination === undefined || (action !== undefined && !isPartOfPath)) { return []; }
      return `The key ${quoted(destination)} of '${option}' has a form that is not documented, expected `
        + `${DESTINATIONS[side]}. Use a method of the mapping, for example appendHeader(), which writes the key.`;
    })),
  }),
  rule({
    id: 'mapping-header-twice',
    severity: 'error',
    kind: 'integration',
    protocol: 'HTTP',
    about: MAPPINGS,
    when: 'A parameter mapping has two actions for one header; names of headers are not case-sensitive.',
    why: 'API Gateway takes one action for a header, and refuses the integration at deployment.',
    fix: 'Keep one of the two.',
    source: RECORDED,
    check: (integration) => mappingsOf(integration).flatMap((entries) => {
      const [first, second] = headerWithTwoActions(entries) ?? [];
      return first === undefined ? []
        : `The keys ${quoted(first.destination!)} and ${quoted(second!.destination!)} of '${first.option}' are two `
          + 'actions on one header, expected one. Keep one of the two.';
    }),
  }),
  ...valueRules,
  rule({
    id: 'mapping-response-status',
    severity: 'error',
    kind: 'integration',
    protocol: 'HTTP',
    about: ['ResponseParameters'],
    when: 'A key of the response mappings is not a status code from 200 to 599.',
    why: 'API Gateway refuses the integration at deployment.',
    fix: 'Write one key for each status code of the target, such as `200`.',
    source: RECORDED,
    check: (integration) => {
      const option = integration.names('ResponseParameters');
      const wrong = responseMappingsOf(integration).filter(({ status }) => !/^[2-5]\d\d$/.test(status));
      return wrong.map(({ status }) => `The key ${quoted(status)} of '${option}' is not a status code, expected 200 `
        + 'to 599. Write one key for each status code of the target, for example \'200\'.');
    },
  }),
  rule({
    id: 'mapping-response-shape',
    severity: 'error',
    kind: 'integration',
    protocol: 'HTTP',
    about: ['ResponseParameters'],
    when: 'The response mappings have the shape of the AWS SDKs, a map of keys and values for each status code.',
    why: 'AWS CloudFormation takes a list of `Destination` and `Source` in `ResponseParameters` for each status code, '
      + 'and refuses the template.',
    fix: 'Write `{ "200": { "ResponseParameters": [{ "Destination": "overwrite:statuscode", "Source": "201" }] } }`, '
      + 'or pass `responseParameterMapping`.',
    source: 'https://github.com/aws/aws-cdk/issues/20993',
    says: 'Encountered unsupported properties in {/ResponseParameters/403}: [overwrite:statuscode]',
    check: ({ properties, names }) => entriesOf(properties.ResponseParameters).flatMap(([status, value]) => {
      const wrong = Object.keys(mapOf(value) ?? {}).find((key) => key !== 'ResponseParameters');
      return wrong === undefined || listOf(mapOf(value)?.ResponseParameters).length > 0 ? []
        : `The status code ${quoted(status)} of '${names('ResponseParameters')}' has the key ${quoted(wrong)}, `
          + 'expected a list of Destination and Source in \'ResponseParameters\'. Write { "ResponseParameters": [{ '
          + `"Destination": ${quoted(wrong)}, "Source": "..." }] }, or use the option 'responseParameterMapping' of `
          + 'the integrations of this library.';
    }),
  }),
  rule({
    id: 'path-variable',
    severity: 'warning',
    kind: 'integration-use',
    protocol: 'HTTP',
    when: 'A mapping or a URL reads a path variable that the path of no route with the integration has.',
    why: 'The value is empty, and a URL is called with the name in braces.',
    fix: 'Write the name as the path of the route does. The variable of `{proxy+}` is `proxy`.',
    source: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html',
    check: ({ integration, routes, mayHaveOtherRoutes }) => {
      const read = readVariables(integration);
      if (mayHaveOtherRoutes || read.length === 0 || routes.length === 0) { return undefined; }
      if (routes.some(({ key }) => key === undefined)) { return undefined; }
      const names = routes.flatMap(({ key }) => pathVariablesOf(key!)).map((name) => name.replace(/\+$/, ''));
      const known = [...new Set(names)];
      return read.filter(({ variable }) => !known.includes(variable))
        .map(({ variable, where }) => pathVariableProblem(variable, where, known));
    },
  }),
];
