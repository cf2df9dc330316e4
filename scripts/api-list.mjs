// Puts a list of the classes and enums, with what each does, on top of API.md.
import { readFileSync, writeFileSync } from 'fs';
import { gunzipSync } from 'zlib';

const file = new URL('../API.md', import.meta.url);
const { types } = JSON.parse(gunzipSync(readFileSync(new URL('../.jsii.gz', import.meta.url))).toString());
const GROUPS = {
  'HTTP APIs': (name) => /^Http\w+Integration$/.test(name),
  'WebSocket APIs': (name) => /^WebSocket\w+Integration$/.test(name),
  'The checks': (name) => name === 'ApiGatewayV2Checks',
  'What they share': () => true,
};

const isListed = ({ kind, abstract }) => (kind === 'class' || kind === 'enum') && !abstract;
const linkTo = ({ name, fqn }) => `[\`${name}\`](#${fqn})`;

/** The struct that a class takes last, if any. */
function optionsOf({ initializer }) {
  const struct = types[initializer?.parameters?.at(-1)?.type.fqn];
  return struct?.datatype ? linkTo(struct) : '';
}

const listed = new Set();
const sections = Object.entries(GROUPS).map(([title, belongs]) => {
  const members = Object.values(types).filter((type) => isListed(type) && !listed.has(type) && belongs(type.name))
    .sort((a, b) => a.name.localeCompare(b.name));
  members.forEach((type) => listed.add(type));
  const rows = members.map((type) => `| ${linkTo(type)} | ${type.docs.summary} | ${optionsOf(type)} |`);
  return [`**${title}**`, '', '| class | what it does | options |', '| --- | --- | --- |', ...rows, ''].join('\n');
});

const [title, , ...reference] = readFileSync(file, 'utf8').split('\n');
const note = 'In TypeScript. The other languages have the same classes and options, in their own spelling.';
writeFileSync(file, [title, '', note, '', ...sections, ...reference].join('\n'));
