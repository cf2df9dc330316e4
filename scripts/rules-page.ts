import { writeFileSync } from 'fs';
import { join } from 'path';
import { RULE_TOPICS } from '../lib/private/rules';
import type { AnyRule, Kind } from '../lib/private/rules/rule';

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
  'option': 'the class that has the option, since it leaves no trace in a template',
};

const sourceOf = (source: string) => source.startsWith('https://') && !source.includes(' ') ? `<${source}>` : source;

function section(rule: AnyRule): string {
  const judges = rule.source === 'this library' ? '`ApiGatewayV2Checks`' : JUDGES[rule.kind];
  return [
    `### ${rule.id}`,
    `**${rule.severity === 'error' ? 'Error' : 'Warning'}.** ${rule.when}`,
    `*Why:* ${rule.why}`,
    ...rule.says === undefined ? [] : [`*AWS says:* \`${rule.says}\``],
    `*Fix:* ${rule.fix}`,
    `*Judged by:* ${judges}.`,
    `*Source:* ${sourceOf(rule.source)}`,
  ].join('\n\n');
}

/** The text of docs/rules.md. */
export function rulesPage(): string {
  return `${[
    '# Rules',
    'What is checked while the app is synthesized. An error stops the synthesis: AWS refuses the template, or the '
    + 'result cannot work. A warning tells of something that AWS accepts and that may surprise at run time. Values '
    + 'that are only known at deployment (tokens) are never judged.',
    'Every message names the construct path and ends with the id of its rule. To accept the findings of a rule on a '
    + 'construct and below it, acknowledge the rule there with a reason: '
    + '`ApiGatewayV2Checks.acknowledge(scope, \'rule-id\', \'reason\')`. See [acknowledging](acknowledging.md).',
    'This page is generated from the rules: `npm run docs:rules`.',
    ...RULE_TOPICS.flatMap(({ title, rules }) => [`## ${title}`, ...rules.map(section)]),
  ].join('\n\n')}\n`;
}

if (require.main === module) {
  writeFileSync(join(__dirname, '../docs/rules.md'), rulesPage());
}
