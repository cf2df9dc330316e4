import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App, Stack } from 'aws-cdk-lib';
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';
import { writeYaml } from '../../scripts/yaml';
import { withoutValidation } from '../parity/synthesize';
import { HERE } from '../private/rules/builders';
import { CASES } from '../private/rules/cases';

withoutValidation();

const directory = mkdtempSync(join(tmpdir(), 'yaml-'));
afterAll(() => rmSync(directory, { recursive: true }));

type Template = Record<string, object>;

/** The resources that AWS CDK reads in the text of a template, with the path of an attribute as one text. */
function resourcesIn(text: string): object {
  const templateFile = join(directory, 'template.yaml');
  writeFileSync(templateFile, text);
  const app = new App();
  new CfnInclude(new Stack(app, 'Stack', { env: HERE }), 'Included', { templateFile });
  return JSON.parse(JSON.stringify(app.synth().getStackByName('Stack').template.Resources, (key, value) =>
    key === 'Fn::GetAtt' && Array.isArray(value) ? value.join('.') : value));
}

/** A right app of each rule, without the targets of routes, which are written in another way than they are given. */
const TEMPLATES = Object.entries(CASES).flatMap(([name, { right }]) => {
  const [build] = Object.values(right);
  const app = new App();
  build(new Stack(app, 'Stack', { env: HERE }));
  const { Conditions, Resources } = app.synth().getStackByName('Stack').template as Template;
  const text = JSON.stringify(Resources ?? {}, (key, value) => key === 'Target' ? undefined : value);
  const isRewritten = /"Fn::Join"|AWS::CloudFormation::Stack/.test(text);
  return isRewritten ? [] : [{ name, Conditions, Resources: JSON.parse(text) as object }];
});

test('writes templates that AWS CloudFormation reads as they were', () => {
  expect(TEMPLATES.length).toBeGreaterThan(100);
  for (const { name, ...template } of TEMPLATES) {
    const written = resourcesIn(writeYaml(template).join('\n'));
    expect({ name, resources: written }).toEqual({ name, resources: resourcesIn(JSON.stringify(template)) });
  }
});

test.each([
  [
    'references in their short form',
    { a: { Ref: 'B' }, c: { 'Fn::GetAtt': ['D', 'E'] } }, ['a: !Ref B', 'c: !GetAtt D.E'],
  ],
  [
    'a join of text and references as a substitution, in which text stays text',
    { a: { 'Fn::Join': ['', ['b/', { Ref: 'C' }, '/${d}']] } }, ['a: !Sub b/${C}/${!d}'],
  ],
  ['short lists in a line', { a: ['b', { Ref: 'C' }], d: [] }, ['a: [b, !Ref C]', 'd: []']],
  ['lists of maps as blocks', { a: [{ b: 'c', d: 1 }] }, ['a:', '  - b: c', '    d: 1']],
  [
    'in quotes what would be read as something else',
    { a: '200', b: 'true', c: '', d: '\'\'', e: '{x}', f: 'a: b', g: '*' },
    ['a: \'200\'', 'b: \'true\'', 'c: \'\'', 'd: "\'\'"', 'e: \'{x}\'', 'f: \'a: b\'', 'g: \'*\''],
  ],
  ['nothing for what is not there', { a: undefined, b: true }, ['b: true']],
])('writes %s', (_, value, lines) => {
  expect(writeYaml(value)).toEqual(lines);
});
