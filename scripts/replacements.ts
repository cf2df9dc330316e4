import { writeFileSync } from 'fs';
import { join } from 'path';
import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';

const PAGE = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-updating-stacks-update-behaviors.html';
const TYPES = 'AWS::ApiGatewayV2::';

/** The text of lib/private/facts/replacements.ts: the properties whose change makes AWS CloudFormation replace. */
export function replacementsSource(): string {
  const rows = [...loadAwsServiceSpecSync().all('resource')]
    .filter(({ cloudFormationType }) => cloudFormationType.startsWith(TYPES))
    .map(({ cloudFormationType, properties }) => {
      const replacing = Object.keys(properties).filter((name) => properties[name].causesReplacement === 'yes').sort();
      return { type: cloudFormationType, replacing };
    })
    .filter(({ replacing }) => replacing.length > 0)
    .sort((one, other) => one.type < other.type ? -1 : 1);
  return `${[
    '/**',
    ' * The properties whose change makes AWS CloudFormation replace a resource: a new one is created, then the old',
    ' * one is deleted. Made from the resource specification by `npm run facts:replacements`.',
    ' *',
    ` * @see ${PAGE}`,
    ' */',
    'export const REPLACEMENTS: { readonly [type: string]: readonly string[] | undefined } = {',
    ...rows.map(({ type, replacing }) => `  '${type}': [${replacing.map((name) => `'${name}'`).join(', ')}],`),
    '};',
  ].join('\n')}\n`;
}

if (require.main === module) {
  writeFileSync(join(__dirname, '../lib/private/facts/replacements.ts'), replacementsSource());
}
