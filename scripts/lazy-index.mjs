// Rewrites the compiled lib/index.js so that a class is loaded when it is first used.
// Loading a class loads the CDK modules that it extends; an app that uses one integration
// should not pay for all of them.
import { readdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const root = new URL('../lib/', import.meta.url);

const names = new Map();
for (const folder of ['checks', 'http', 'options', 'websocket']) {
  const files = readdirSync(new URL(`${folder}/`, root)).filter((file) => file.endsWith('.js') && file !== 'index.js');
  for (const file of files.sort()) {
    const path = `./${folder}/${file.slice(0, -'.js'.length)}`;
    for (const name of Object.keys(require(new URL(path, root).pathname))) {
      names.set(name, path);
    }
  }
}

const lines = [
  '"use strict";',
  'Object.defineProperty(exports, "__esModule", { value: true });',
  // Node.js finds the names of a CommonJS module for an ES import by reading assignments like these.
  `${[...names.keys()].map((name) => `exports.${name} = `).join('')}void 0;`,
  'function lazy(name, load) {',
  '  Object.defineProperty(exports, name, { enumerable: true, configurable: true, get: () => {',
  '    const value = load()[name];',
  '    Object.defineProperty(exports, name, { enumerable: true, configurable: true, value });',
  '    return value;',
  '  } });',
  '}',
  ...[...names].map(([name, path]) => `lazy("${name}", () => require("${path}"));`),
  '',
];
writeFileSync(new URL('index.js', root), lines.join('\n'));
