import { readFileSync } from 'fs';
import { join } from 'path';
import { REPLACEMENTS } from '../../../lib/private/facts/replacements';
import { replacementsSource } from '../../../scripts/replacements';

const FILE = join(__dirname, '../../../lib/private/facts/replacements.ts');

test('the properties that replace are those of the specification (update it with: npm run facts:replacements)', () => {
  expect(readFileSync(FILE, 'utf8')).toBe(replacementsSource());
});

test('the specification is the one that is meant', () => {
  expect(REPLACEMENTS['AWS::ApiGatewayV2::Route']).toEqual(['ApiId']);
  expect(REPLACEMENTS['AWS::ApiGatewayV2::VpcLink']).toEqual(['SecurityGroupIds', 'SubnetIds']);
});
