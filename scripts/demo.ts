import { readFileSync } from 'fs';
import { join, relative } from 'path';
import { SynthesisMessageLevel } from 'aws-cdk-lib/cx-api';
import type { ReportModel } from '../lib/private/output/report/model';
import { synthesizeBookstore } from './bookstore';
import { tablesOf } from './demo-table';

// Synthesizes the bookstore to cdk.out, and shows what each of its routes became.
const out = join(__dirname, '../cdk.out');
const assembly = synthesizeBookstore(out);
const report = join(out, 'ApiGatewayV2Checks.html');

console.log(tablesOf(JSON.parse(readFileSync(join(out, 'ApiGatewayV2Checks.json'), 'utf8')) as ReportModel));
console.log(`
The report is ${relative(process.cwd(), report)}: open it in a browser.
The same for programs and a Mermaid diagram of each API are beside it, and the templates too.`);

const messages = assembly.stacksRecursively.flatMap((stack) => stack.messages).filter(({ level }) => level !== SynthesisMessageLevel.INFO);
for (const { level, id, entry } of messages) { console.error(`${level} at ${id}: ${String(entry.data)}`); }
if (messages.some(({ level }) => level === SynthesisMessageLevel.ERROR)) { process.exitCode = 1; }
