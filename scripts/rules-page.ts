import { writeFileSync } from 'fs';
import { join } from 'path';
import { RULE_TOPICS } from '../lib/private/rules';
import type { AnyRule, Kind } from '../lib/private/rules/rule';
import { sampleOf } from './rule-samples';

const DEPLOYED = '`ApiGatewayV2Checks` with `deployed`';

/** Who judges a kind of rule, as the page says it. */
const JUDGES: Record<Kind | 'option', string> = {
  'integration': 'the integrations of this library when a route is added, and `ApiGatewayV2Checks`',
  'integration-response': 'the integrations of this library when a route is added, and `ApiGatewayV2Checks`',
  'integration-use': 'the integrations of this library at synth, as far as they know, and `ApiGatewayV2Checks`',
  'route': 'the integrations of this library at synth, as far as they know, and `ApiGatewayV2Checks`',
  'function-policy': 'the integrations of this library at synth, as far as they know, and `ApiGatewayV2Checks`',
  'vpc-links': 'the integrations of this library at synth, as far as they know, and `ApiGatewayV2Checks`',
  'twins': '`ApiGatewayV2Checks`',
  'api': '`ApiGatewayV2Checks`',
  'service-call': '`ApiGatewayV2Checks`',
  'similar-routes': '`ApiGatewayV2Checks`',
  'websocket-part': '`ApiGatewayV2Checks`',
  'authorizer': '`ApiGatewayV2Checks`',
  'domain-name': '`ApiGatewayV2Checks`',
  'api-mapping': '`ApiGatewayV2Checks`',
  'vpc-link': '`ApiGatewayV2Checks`',
  'stage': '`ApiGatewayV2Checks`',
  'deployment': '`ApiGatewayV2Checks`',
  'preflight': '`ApiGatewayV2Checks`',
  'api-call': '`ApiGatewayV2Checks`',
  'nested-stacks': '`ApiGatewayV2Checks`',
  'deployed-twin': DEPLOYED,
  'deployed-move': DEPLOYED,
  'deployed-replacement': DEPLOYED,
  'deployed-integration': DEPLOYED,
  'option': 'the class that has the option, since it leaves no trace in a template',
};

const sourceOf = (source: string) => source.replaceAll(/https:\/\/[^\s;,]+/g, '<$&>');

function section(rule: AnyRule): string {
  const judges = rule.source === 'this library' ? '`ApiGatewayV2Checks`' : JUDGES[rule.kind];
  return [
    `### ${rule.id}`,
    `**${rule.severity === 'error' ? 'Error' : 'Warning'}.** ${rule.when}`,
    `*Why:* ${rule.why}`,
    ...rule.says === undefined ? [] : [`*AWS says:* \`${rule.says}\``],
    `*Fix:* ${rule.fix}`,
    '<details><summary>Wrong and right</summary>',
    sampleOf(rule.id),
    '</details>',
    `*Checked by:* ${judges}.`,
    `*Source:* ${sourceOf(rule.source)}`,
  ].join('\n\n');
}

/** What is known to fail and cannot be told from an app, with the reason. */
const NOT_JUDGED = [
  [
    'the Availability Zones of the subnets of a VPC link',
    'which zones the service supports is known to the account only',
  ],
  [
    'whether API Gateway may write logs',
    'the role for it is a setting of the account, and may be set outside of the app',
  ],
  [
    'what is deployed, without `deployed`',
    'the app does not show it; a route that gets another logical id, for example, conflicts with the one that is there',
  ],
  [
    'routes that an OpenAPI document makes',
    'only the functions that it names are checked, not its keys against settings of stages or preflight '
    + 'requests',
  ],
  [
    'an API, a function or a role that is imported',
    'what others made of it is unknown',
  ],
  [
    'the certificate of a domain name whose ARN is put together',
    'its region is known at deployment',
  ],
  [
    'a payload format version that is a number',
    'a parser of YAML makes a number of 1.0, and what AWS does with it was not recorded',
  ],
  [
    'routes whose keys differ in more than the names of their variables',
    'a conflict on a deeper level was not recorded',
  ],
] as const;

const NOT_CHECKED = 'What is not checked';

const linkTo = (heading: string) => `[${heading}](#${heading.toLowerCase().replace(/[^a-z0-9 -]/g, '').replaceAll(' ', '-')})`;

/** The text of docs/rules.md. */
export function rulesPage(): string {
  return `${[
    '# Rules',
    'What is checked while the app is synthesized. An error stops the synthesis: AWS refuses the template, or the '
    + 'result cannot work. A warning reports something that AWS accepts and that may surprise at run time. Values '
    + 'that are only known at deployment (tokens) are never checked.',
    'Every message names the construct path and ends with the id of its rule. To accept the findings of a rule on a '
    + 'construct and below it, acknowledge the rule there with a reason: '
    + '`ApiGatewayV2Checks.acknowledge(scope, \'rule-id\', \'reason\')`. See [acknowledging](acknowledging.md).',
    '"Wrong and right" shows the part of a template or of an app that matters. Lines with `-` are wrong, lines with '
    + '`+` are right, and the others are in both. A test runs the checks on every sample.',
    'This page is generated from the rules and their tests: `npm run docs:rules`.',
    `**Contents**: ${[...RULE_TOPICS.map(({ title }) => title), NOT_CHECKED].map(linkTo).join(' · ')}`,
    ...RULE_TOPICS.flatMap(({ title, rules }) => [`## ${title}`, ...rules.map(section)]),
    `## ${NOT_CHECKED}`,
    NOT_JUDGED.map(([what, why]) => `- ${what[0].toUpperCase()}${what.slice(1)}: ${why}.`).join('\n'),
  ].join('\n\n')}\n`;
}

if (require.main === module) {
  writeFileSync(join(__dirname, '../docs/rules.md'), rulesPage());
}
