import { readFileSync } from 'fs';
import { join, relative } from 'path';
import type { App } from 'aws-cdk-lib';
import { SynthesisMessageLevel } from 'aws-cdk-lib/cx-api';
import type { ReportModel } from '../lib/private/output/report/model';
import { synthesizeBookstore } from './bookstore';
import { tablesOf } from './demo-table';

/** What the demo says, and what the command line of AWS CDK would say of the app. */
export interface Demo {
  readonly text: string;
  readonly messages: readonly string[];
  readonly failed: boolean;
}

/** Synthesizes the bookstore, and says what each of its routes became. */
export function runDemo(out: string, change?: (app: App) => void): Demo {
  const assembly = synthesizeBookstore(out, change);
  const report = join(out, 'ApiGatewayV2Checks');
  const model = JSON.parse(readFileSync(`${report}.json`, 'utf8')) as ReportModel;
  const messages = assembly.stacksRecursively
    .flatMap((stack) => stack.messages)
    .filter(({ level }) => level !== SynthesisMessageLevel.INFO);
  return {
    text: [
      tablesOf(model),
      '',
      `The report is ${relative(process.cwd(), `${report}.html`)}: open it in a browser.`,
      'The same for programs, a Mermaid diagram of each API and the templates are beside it.',
    ].join('\n'),
    messages: messages.map(({ level, id, entry }) => `${level} at ${id}: ${String(entry.data)}`),
    failed: messages.some(({ level }) => level === SynthesisMessageLevel.ERROR),
  };
}

if (require.main === module) {
  const { text, messages, failed } = runDemo(join(__dirname, '../cdk.out'));
  console.log(text);
  messages.forEach((message) => {
    console.error(message);
  });
  process.exitCode = failed ? 1 : 0;
}
