import { writeFileSync } from 'fs';
import { join } from 'path';
import { RULE_TOPICS } from '../lib/private/rules';
import type { Rule } from '../lib/private/rules/rule';

const PACKAGE = 'cdk-apigatewayv2-integrations';

function section(rule: Rule<never>): string {
  const lines = [
    `### ${rule.id}`,
    '',
    `**${rule.severity === 'error' ? 'Error' : 'Warning'}.** ${rule.when}`,
    '',
    `*Why:* ${rule.why}`,
    '',
    `*Fix:* ${rule.fix}`,
  ];
  if (rule.severity === 'warning') {
    lines.push('', `*Acknowledge:* \`Annotations.of(scope).acknowledgeWarning('${PACKAGE}:${rule.id}', 'reason')\``);
  }
  return lines.join('\n');
}

/** The text of docs/rules.md. */
export function rulesPage(): string {
  return `${[
    '# Rules',
    'What is checked while the app is synthesized. An error stops the synthesis: AWS refuses the template, or the result '
    + 'cannot work. A warning tells of something that AWS accepts and that may surprise at run time; it can be acknowledged '
    + 'on the construct that it names, or on one above it, up to its stack. Values that are only known at deployment (tokens) are '
    + 'never judged.',
    'Every message names the construct path and ends with the id of its rule. '
    + 'This page is generated from the rules: `npm run docs:rules`.',
    ...RULE_TOPICS.flatMap((topic) => [`## ${topic.title}`, ...topic.rules.map(section)]),
  ].join('\n\n')}\n`;
}

if (require.main === module) {
  writeFileSync(join(__dirname, '../docs/rules.md'), rulesPage());
}
