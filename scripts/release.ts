// Says what a release would publish, and what is in its way: `npm run release:dry-run`. Options:
// `--tag v1.2.3` the tag that is released: the version and the changelog have to be ready for it
// `--packed <folder>` looks at packages that were built before, in place of building them into dist
import { execFileSync } from 'child_process';
import { readdirSync, readFileSync, statSync } from 'fs';
import { basename, join } from 'path';
import { parseArgs } from 'util';
import { documents, manifest, problemsOfLinks, ROOT, textOf } from '../test/docs/documents';

const { values: options } = parseArgs({ options: { tag: { type: 'string' }, packed: { type: 'string' } } });
const problems: string[] = [];
const dist = options.packed ?? join(ROOT, 'dist');
if (options.packed === undefined) {
  execFileSync(join(ROOT, 'scripts/package'), { stdio: ['ignore', 'ignore', 'inherit'] });
}

interface Package {
  readonly registry: string;
  readonly name: string;
  readonly folder: string;
  /** What is handed to the registry. */
  readonly file: RegExp;
  /** Where the version stands that the package says it has, and how. */
  readonly version: (file: string) => string | undefined;
}

const { python, java, dotnet, go } = manifest.jsii.targets;
const inText = (file: string, pattern: RegExp) => pattern.exec(readFileSync(file, 'utf8'))?.[1];
const inName = (file: string, pattern: RegExp) => pattern.exec(basename(file))?.[1];
const PACKAGES: Package[] = [
  {
    registry: 'npm', name: manifest.name, folder: 'js', file: /\.tgz$/,
    version: (file) => inName(file, /@([\d.]+)\.jsii\.tgz$/),
  },
  {
    registry: 'PyPI', name: python.distName, folder: 'python', file: /\.whl$/,
    version: (file) => inName(file, /-([\d.]+)-py3/),
  },
  {
    registry: 'Maven Central', name: `${java.maven.groupId}:${java.maven.artifactId}`, folder: 'java', file: /\.pom$/,
    version: (file) => inText(file, /<version>([^<]+)<\/version>/),
  },
  // Without a .NET SDK the project is built, not the package.
  {
    registry: 'NuGet', name: dotnet.packageId, folder: 'dotnet', file: /\.(nupkg|csproj)$/,
    version: (file) => inName(file, /Integrations\.([\d.]+)\.nupkg$/) ?? inText(file, /<PackageVersion>([^<]+)</),
  },
  {
    registry: 'Go', name: `${go.moduleName}/${go.packageName}`, folder: 'go', file: /[\\/]version$/,
    version: (file) => readFileSync(file, 'utf8').trim(),
  },
];

/** The paths of all files below a folder, or none where it is missing. */
function filesIn(folder: string): string[] {
  try {
    const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((path) => join(folder, path));
    return paths.filter((path) => statSync(path).isFile());
  } catch {
    return [];
  }
}

/** What would be published of a package, as a row that people read. */
function rowOf({ registry, name, folder, file, version }: Package): string[] {
  const files = filesIn(join(dist, folder));
  const found = files.find((it) => file.test(it));
  if (found === undefined) {
    problems.push(`${registry}: nothing was built in ${folder}`);
    return [registry, name, 'missing', ''];
  }
  const says = version(found);
  if (says !== manifest.version) {
    problems.push(`${registry}: the package has version ${says}, and package.json ${manifest.version}`);
  }
  if (options.tag !== undefined && found.endsWith('.csproj')) {
    problems.push('NuGet: only the project was built, since there is no .NET SDK');
  }
  const kilobytes = Math.ceil(files.reduce((sum, it) => sum + statSync(it).size, 0) / 1024);
  return [registry, name, says ?? '', `${kilobytes} kB${found.endsWith('.csproj') ? ' (project only)' : ''}`];
}

/** The changelog has a section of the version; of a tag it has the day. */
function judgeChangelog() {
  const heading = textOf('CHANGELOG.md').split('\n').find((line) => line.startsWith(`## [${manifest.version}] - `));
  if (heading === undefined) {
    problems.push(`CHANGELOG.md has no section "## [${manifest.version}] - <day>"`);
  } else if (!/ - \d{4}-\d{2}-\d{2}$/.test(heading)) {
    // It is known when the tag is made.
    const missing = `CHANGELOG.md has no day for ${manifest.version}`;
    if (options.tag === undefined) { console.log(`Before the tag: ${missing}.\n`); } else { problems.push(missing); }
  }
  const release = `[${manifest.version}]: ${manifest.homepage}/releases/tag/v${manifest.version}`;
  if (!textOf('CHANGELOG.md').split('\n').includes(release)) {
    problems.push(`CHANGELOG.md does not link ${manifest.version} to its release`);
  }
}

const rows = [['registry', 'package', 'version', 'size'], ...PACKAGES.map(rowOf)];
judgeChangelog();
if (options.tag !== undefined && options.tag !== `v${manifest.version}`) {
  problems.push(`the tag ${options.tag} is not that of version ${manifest.version} of package.json`);
}
if (!textOf('README.md').includes(`${java.maven.artifactId}:${manifest.version}\``)) {
  problems.push(`README.md does not install version ${manifest.version} in Java`);
}
for (const document of documents()) {
  problems.push(...problemsOfLinks(document).map((problem) => `${document}: ${problem}`));
}

const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
console.log(rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column])).join('  ').trimEnd()).join('\n'));
console.log(`\nThe Go module gets the tag ${go.packageName}/v${manifest.version} in ${go.moduleName}.`);
if (problems.length > 0) {
  console.error(`\nThis cannot be released:\n${problems.map((problem) => `- ${problem}`).join('\n')}`);
  process.exitCode = 1;
} else {
  console.log('Nothing was published. Nothing is in the way of a release.');
}
