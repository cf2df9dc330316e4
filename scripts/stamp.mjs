// Remembers that something was made from the sources as they are, so that it is not made again for each suite:
// `node scripts/stamp.mjs set|clear|check <name> [files...]`. `check` fails unless it is set for these sources and the
// files that were made are there.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the built library, its translations and its packages depend on. */
const SOURCES = [
  'lib', 'rosetta', 'scripts', '.jsiirc.json', 'LICENSE', 'README.md',
  'package.json', 'package-lock.json', 'tsconfig.json',
];

function filesIn(path) {
  if (!statSync(path).isDirectory()) { return [path]; }
  const paths = readdirSync(path, { recursive: true }).map((file) => join(path, file));
  return paths.filter((file) => statSync(file).isFile());
}

function sourcesHash() {
  const hash = createHash('sha256');
  const isSource = (file) => !file.startsWith('lib') || (file.endsWith('.ts') && !file.endsWith('.d.ts'));
  for (const file of SOURCES.flatMap(filesIn).filter(isSource).sort()) {
    hash.update(file).update('\0').update(readFileSync(file)).update('\0');
  }
  return hash.digest('hex');
}

const [action, name, ...made] = process.argv.slice(2);
const stamp = join('.cache/stamps', name);
if (action === 'set') {
  mkdirSync('.cache/stamps', { recursive: true });
  writeFileSync(stamp, sourcesHash());
} else if (action === 'clear') {
  rmSync(stamp, { force: true });
} else {
  const isSet = existsSync(stamp) && readFileSync(stamp, 'utf8') === sourcesHash();
  process.exitCode = isSet && made.every((file) => existsSync(file)) ? 0 : 1;
}
