import { createHash } from 'crypto';
import { writeFileSync } from 'fs';
import { join } from 'path';
import type { Judged } from '../../judging/judge-app';
import type { Evaluator } from '../../template/evaluator';
import { reportPage } from './html';
import { reportJson } from './json';
import { mermaidOf } from './mermaid';
import { readModel, type ReportOptions } from './read-model';
import { validationReport } from './validation-report';

export type { ReportOptions } from './read-model';

const REPORT = 'ApiGatewayV2Checks';

/** Writes a page, the same as JSON, the findings as AWS CDK writes them, and a diagram of each API. */
export function writeReport(
  directory: string,
  app: Evaluator,
  judged: readonly Judged[],
  options: ReportOptions,
): void {
  const nameOf = uniqueNames();
  const name = options.root === undefined ? REPORT : nameOf(options.root);
  const model = readModel(app, judged, options, (path) => `${nameOf(path)}.mmd`);
  const write = (file: string, content: string) => {
    writeFileSync(join(directory, file), content);
  };
  write(`${name}.html`, reportPage(model));
  write(`${name}.json`, reportJson(model));
  write(`${name}.validation-report.json`, validationReport(model));
  for (const api of model.apis) {
    write(api.diagram, mermaidOf(api, model));
  }
}

/** The most characters of a path in the name of a file. */
const MAX_NAME = 100;

/** Names of files by the paths of constructs, each once and of a length that file systems take. */
function uniqueNames(): (path: string) => string {
  const given = new Set<string>();
  return (path) => {
    const plain = path.replace(/[^A-Za-z0-9-]+/g, '-');
    const hash = createHash('sha256').update(path).digest('hex').slice(0, 8);
    const name = plain.length > MAX_NAME || given.has(plain) ? `${plain.slice(0, MAX_NAME)}-${hash}` : plain;
    given.add(name);
    return `${REPORT}.${name}`;
  };
}
