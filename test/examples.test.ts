import { mkdtempSync, readdirSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { CloudAssembly, SynthesisMessageLevel } from 'aws-cdk-lib/cx-api';
import { withManifestValidation } from './util';

withManifestValidation();

const EXAMPLES = join(__dirname, '../examples');
const examples = readdirSync(EXAMPLES)
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.slice(0, -'.ts'.length));

/** Too large for a snapshot; what they make is asserted elsewhere. */
const WITHOUT_SNAPSHOT = ['bookstore', 'http-lambda-many-routes'];

/** Warnings that an example is meant to show, by example. */
const EXPECTED_WARNINGS: Record<string, string[]> = {};

let out: string;
beforeAll(() => { out = mkdtempSync(join(tmpdir(), 'examples-')); });
afterAll(() => { rmSync(out, { recursive: true }); });

/** Runs an example as it stands, and reads what it synthesized. */
function run(example: string): CloudAssembly {
  process.env.CDK_OUTDIR = join(out, example);
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- an example is a program; loading it runs it
  require(join(EXAMPLES, example));
  return new CloudAssembly(process.env.CDK_OUTDIR);
}

describe.each(examples)('%s', (example) => {
  let assembly: CloudAssembly;
  beforeAll(() => { assembly = run(example); });

  test('synthesizes without an error, and without a warning that is not listed', () => {
    const messages = assembly.stacksRecursively.flatMap((stack) => stack.messages);
    expect(messages.filter(({ level }) => level === SynthesisMessageLevel.ERROR)).toEqual([]);
    expect(messages.filter(({ level }) => level === SynthesisMessageLevel.WARNING)
      .map(({ entry }) => String(entry.data)))
      .toEqual((EXPECTED_WARNINGS[example] ?? []).map((rule) => expect.stringContaining(`[rule ${rule}]`)));
  });

  if (!WITHOUT_SNAPSHOT.includes(example)) {
    test('has the template of its snapshot', () => {
      const templates = Object.fromEntries(assembly.stacksRecursively.map((stack) => [
        stack.id,
        whatAnIntegrationIs(stack.template),
      ]));
      expect(templates).toMatchSnapshot();
    });
  }
});

/** The resources that integrations are made of; a VPC would fill pages. */
function whatAnIntegrationIs({ Resources }: { Resources: Record<string, { Type: string }> }): Record<string, unknown> {
  const types = /^AWS::(ApiGatewayV2::(?!Api$|Stage$)|IAM::|Lambda::Permission)/;
  return Object.fromEntries(Object.entries(Resources).filter(([, { Type }]) => types.test(Type)));
}

test('http-lambda-many-routes has 300 routes, one integration and one permission', () => {
  const [{ template }] = new CloudAssembly(join(out, 'http-lambda-many-routes')).stacks as {
    template: { Resources: Record<string, { Type: string }> };
  }[];
  const count = (type: string) => Object.values(template.Resources).filter(({ Type }) => Type === type).length;
  expect(['Route', 'Integration'].map((type) => count(`AWS::ApiGatewayV2::${type}`))).toEqual([300, 1]);
  expect(count('AWS::Lambda::Permission')).toBe(1);
});
