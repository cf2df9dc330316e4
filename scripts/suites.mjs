// Prints the names of the suites of .ci/run, as JSON: each is a job of the CI workflow.
import { readFileSync } from 'fs';

const run = readFileSync(new URL('../.ci/run', import.meta.url), 'utf8');
const names = [...run.matchAll(/^(?:suite|step) ([\w-]+) /gm)].map(([, name]) => name);
// Every job installs.
console.log(JSON.stringify(names.filter((name) => name !== 'install')));
