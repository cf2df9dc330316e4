import { readdirSync, readFileSync, rmSync } from 'fs';
import { join } from 'path';
import { routesOf, tableOf, type Template } from './demo-table';

// Synthesizes the bookstore to cdk.out, and shows what each of its routes became.
const out = join(__dirname, '../cdk.out');
rmSync(out, { recursive: true, force: true });
process.env.CDK_OUTDIR = out;

// eslint-disable-next-line @typescript-eslint/no-require-imports -- an example is a program; loading it runs it
require('../examples/bookstore');

const templates = readdirSync(out).filter((file) => file.endsWith('.template.json')).sort()
  .map((file) => JSON.parse(readFileSync(join(out, file), 'utf8')) as Template);
console.log(tableOf(templates.flatMap(routesOf)));
console.log('\nThe templates are in cdk.out, with the report of the checks (ApiGatewayV2Checks.html) and a Mermaid diagram of each API.');
