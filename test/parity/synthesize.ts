import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import type { App } from 'aws-cdk-lib';

/** The templates of an app, nested stacks among them, by file name. */
export type Templates = Record<string, unknown>;

export function templatesOf(app: App): Templates {
  const { directory } = app.synth();
  return Object.fromEntries(readdirSync(directory).filter((file) => file.endsWith('.template.json')).sort()
    .map((file) => [file, JSON.parse(readFileSync(join(directory, file), 'utf8'))]));
}

/**
 * The newest aws-cdk-lib validates every template that it synthesizes, which takes longer than everything else here.
 */
export function withoutValidation(): void {
  process.env.CDK_VALIDATION = 'false';
}
