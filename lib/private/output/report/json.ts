import type { ReportModel } from './model';

/** The report for machines. docs/report.schema.json describes it. */
export function reportJson(model: ReportModel): string {
  const schema = `${model.library.homepage}/raw/main/docs/report.schema.json`;
  return `${JSON.stringify({ $schema: schema, ...model }, undefined, 2)}\n`;
}
