import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';

const ROOT = join(__dirname, '..');

function json(file: string) {
  return JSON.parse(readFileSync(join(ROOT, file), 'utf8'));
}

test('names the same jsii targets in .jsiirc.json, for a submodule, and in package.json, for the package', () => {
  expect(json('.jsiirc.json')).toEqual({ targets: json('package.json').jsii.targets });
});

test('gives a reason for each rule that awslint leaves out', () => {
  const reasons = [
    ...readFileSync(join(ROOT, 'CONTRIBUTING.md'), 'utf8').matchAll(/^\| `([a-z-]+:\w+\.\w+)` \| ([^|]{20,}) \|$/gm),
  ].map(([, id]) => id);
  expect(reasons).toEqual((json('awslint.json').exclude as string[]).map((id) =>
    id.replace('cdk-apigatewayv2-integrations.', '')));
});

test('needs nothing at run time but aws-cdk-lib and constructs, as peers', () => {
  const manifest = json('package.json');
  expect(manifest.dependencies).toBeUndefined();
  expect(manifest.bundledDependencies).toBeUndefined();
  expect(manifest.optionalDependencies).toBeUndefined();
  expect(Object.keys(manifest.peerDependencies).sort()).toEqual(['aws-cdk-lib', 'constructs']);
});

test('develops against the lowest versions that the peer ranges allow', () => {
  const { devDependencies, peerDependencies } = json('package.json');
  for (const peer of Object.keys(peerDependencies)) {
    expect(`^${devDependencies[peer]}`).toBe(peerDependencies[peer]);
  }
});

test('names the integrations module of aws-cdk-lib nowhere under lib/', () => {
  const sources = readdirSync(join(ROOT, 'lib'), { recursive: true, encoding: 'utf8' }).filter((file) =>
    /\.(ts|js)$/.test(file));
  expect(sources).toContain('index.ts');
  expect(sources.filter((file) =>
    readFileSync(join(ROOT, 'lib', file), 'utf8').includes('aws-apigatewayv2-integrations'))).toEqual([]);
});
