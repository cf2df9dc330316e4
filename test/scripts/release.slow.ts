// What `npm run release:dry-run` says of packages that were built before.
import { spawnSync } from 'child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { dirname, join } from 'path';

const ROOT = join(__dirname, '../..');
const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));

let dist: string;
beforeEach(() => { dist = mkdtempSync(join(tmpdir(), 'release-')); });
afterEach(() => rmSync(dist, { recursive: true }));

/** Files with the names and versions that jsii-pacmak gives them. */
function pack(versions: { readonly java?: string } = {}, leftOut = '') {
  const files = {
    [`js/cdk-apigatewayv2-integrations@${version}.jsii.tgz`]: '',
    [`python/cdk_apigatewayv2_integrations-${version}-py3-none-any.whl`]: '',
    [`java/io/github/${version}/it-${version}.pom`]: `<version>${versions.java ?? version}</version>`,
    [`dotnet/Cdk.ApiGatewayV2.Integrations.${version}.nupkg`]: '',
    'go/apigatewayv2integrations/version': `${version}\n`,
  };
  for (const [file, text] of Object.entries(files).filter(([name]) => leftOut === '' || !name.startsWith(leftOut))) {
    mkdirSync(dirname(join(dist, file)), { recursive: true });
    writeFileSync(join(dist, file), text);
  }
}

function dryRun(...options: string[]) {
  const args = ['--tsconfig', 'tsconfig.dev.json', 'scripts/release.ts', '--packed', dist, ...options];
  return spawnSync(join(ROOT, 'node_modules/.bin/tsx'), args, { cwd: ROOT, encoding: 'utf8' });
}

test('says what would be published where', () => {
  pack();
  const { status, stdout, stderr } = dryRun();
  expect(stderr).toBe('');
  expect(status).toBe(0);
  for (const registry of ['npm', 'PyPI', 'Maven Central', 'NuGet', 'Go']) {
    expect(stdout).toMatch(new RegExp(`^${registry} .* ${version.replaceAll('.', '\\.')} `, 'm'));
  }
});

test('fails when a package is missing or has another version', () => {
  pack({ java: '9.9.9' }, 'python');
  const { status, stderr } = dryRun();
  expect(status).toBe(1);
  expect(stderr).toContain('- PyPI: nothing was built in python');
  expect(stderr).toContain(`- Maven Central: the package has version 9.9.9, and package.json ${version}`);
});

test('fails for a tag of another version', () => {
  pack();
  const { status, stderr } = dryRun('--tag', 'v9.9.9');
  expect(status).toBe(1);
  expect(stderr).toContain(`- the tag v9.9.9 is not that of version ${version} of package.json`);
});

test('a tag needs a day in the changelog', () => {
  pack();
  const changelog = readFileSync(join(ROOT, 'CHANGELOG.md'), 'utf8');
  const [, day] = changelog.split(`## [${version}] - `);
  const hasDay = /^\d{4}-\d{2}-\d{2}\n/.test(day);
  const { stderr } = dryRun('--tag', `v${version}`);
  expect(stderr.includes(`CHANGELOG.md has no day for ${version}`)).toBe(!hasDay);
});
