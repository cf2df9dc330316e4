// Writes the whole app that the README shows in a language: `tsx test/bindings/readme-app.ts <language> <file>`.
import { mkdirSync, writeFileSync } from 'fs';
import { dirname } from 'path';
import { readmeApp } from './readme';

const [language, file] = process.argv.slice(2);
mkdirSync(dirname(file), { recursive: true });
writeFileSync(file, readmeApp(language));
