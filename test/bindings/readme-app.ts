// Writes the whole app that the README shows in a language, and beside it the tests that docs/testing.md shows in it:
// `tsx test/bindings/readme-app.ts <language> <file>`.
import { mkdirSync, writeFileSync } from 'fs';
import { dirname, join } from 'path';
import { blocksOf } from '../docs/documents';
import { readmeApp } from './readme';

/** The names that files of tests have to have. Python runs its blocks from the documents. */
const TEST_FILES: Record<string, (code: string) => string> = {
  java: (code) => `${/^class (\w+)/m.exec(code)![1]}.java`,
  go: () => 'main_test.go',
};

const [language, file] = process.argv.slice(2);
mkdirSync(dirname(file), { recursive: true });
writeFileSync(file, readmeApp(language));
if (language in TEST_FILES) {
  const tests = blocksOf('docs/testing.md').filter(({ info }) => info === language);
  for (const { code } of tests) { writeFileSync(join(dirname(file), TEST_FILES[language](code)), code); }
}
