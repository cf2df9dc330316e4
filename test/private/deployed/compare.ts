import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App, Aspects, Stack } from 'aws-cdk-lib';
import { ApiGatewayV2Checks, type ApiGatewayV2ChecksProps } from 'cdk-apigatewayv2-integrations';
import { findingsOf } from '../rules/builders';

export type Finding = ReturnType<typeof findingsOf>[number];

/** Makes an app, or a part of one. */
export type MakeApp = (app: App) => void;

/** Synthesizes an app to a folder, as it was deployed. */
export function deploy(make: MakeApp): string {
  const outdir = mkdtempSync(join(tmpdir(), 'deployed-'));
  const app = new App({ outdir });
  make(app);
  app.synth();
  return outdir;
}

/** What the checks say of an app beside a folder of what is deployed. */
export function compareWith(folder: string, make: MakeApp, props: ApiGatewayV2ChecksProps = {}): Finding[] {
  const outdir = mkdtempSync(join(tmpdir(), 'now-'));
  const app = new App({ outdir });
  make(app);
  Aspects.of(app).add(new ApiGatewayV2Checks({ deployed: folder, ...props }));
  const stacks = app.node.findAll().filter((it): it is Stack => Stack.isStack(it) && !it.nestedStackParent);
  const findings = stacks.flatMap(findingsOf);
  rmSync(outdir, { recursive: true });
  expect(findings.filter(({ rule }) => rule === 'checks-incomplete')).toEqual([]);
  return findings;
}

/** What the checks say of what is deployed when an app follows another one. */
export function compare(before: MakeApp, after: MakeApp, props?: ApiGatewayV2ChecksProps): Finding[] {
  const folder = deploy(before);
  try {
    return compareWith(folder, after, props).filter(({ rule }) => rule.startsWith('deployed-'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
