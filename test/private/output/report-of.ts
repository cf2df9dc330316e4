import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App, Aspects, CfnResource, Stack } from 'aws-cdk-lib';
import { ApiGatewayV2Checks, type ApiGatewayV2ChecksProps } from 'cdk-apigatewayv2-integrations';
import type { Construct } from 'constructs';
import { judgeApp, type Judged } from '../../../lib/private/judging/judge-app';
import type { ApiModel, ReportModel } from '../../../lib/private/output/report/model';
import { readModel, type ReportOptions } from '../../../lib/private/output/report/read-model';
import { CLOUDFORMATION_NAMES } from '../../../lib/private/shapes/names';
import { readApp } from '../../../lib/private/template/read-app';

export const HERE = { account: '111111111111', region: 'eu-west-1' };

/** The files of the report of a stack, as the aspect writes them. */
export function filesOf(
  build: (stack: Stack) => void,
  props: ApiGatewayV2ChecksProps = {},
): Readonly<Record<string, string>> {
  const outdir = mkdtempSync(join(tmpdir(), 'report-'));
  const app = new App({ outdir });
  build(new Stack(app, 'Shop', { env: HERE }));
  Aspects.of(app).add(new ApiGatewayV2Checks({ ...props, report: true }));
  app.synth();
  const names = readdirSync(outdir).filter((name) => name.startsWith('ApiGatewayV2Checks'));
  const files = Object.fromEntries(names.map((name) => [name, readFileSync(join(outdir, name), 'utf8')]));
  rmSync(outdir, { recursive: true });
  return files;
}

/** What the report says of a stack that is named Shop. What was found can be changed before. */
export function modelOf(
  build: (stack: Stack) => void,
  change: (judged: Judged[]) => readonly Judged[] = (it) => it,
): ReportModel {
  const stack = new Stack(new App(), 'Shop', { env: HERE });
  build(stack);
  const { app, constructOf } = readApp(stack.node.root);
  const options: ReportOptions = {
    isShown: () => true,
    pathOf: (resource) => {
      const construct = constructOf(resource);
      return construct.node.id === 'Resource' ? construct.node.scope!.node.path : construct.node.path;
    },
    templateOf: (resource) => constructOf(resource).stack.templateFile,
    stagesNotJudged: [],
    notCompared: [],
  };
  return readModel(app, change(judgeApp({ app, pathOf: options.pathOf, namesOf: () =>
    CLOUDFORMATION_NAMES })), options, (path) => `${path.replace(/\W/g, '-')}.mmd`);
}

/** A resource of API Gateway v2. */
export function gateway(scope: Construct, id: string, type: string, properties: Record<string, unknown>): CfnResource {
  return new CfnResource(scope, id, { type: `AWS::ApiGatewayV2::${type}`, properties });
}

/** The target of a route. */
export function targetOf(api: ApiModel, routeKey: string) {
  const route = api.routes.find(({ key }) => key === routeKey);
  const integration = api.integrations.find(({ id }) => id === route?.integration);
  return api.targets.find(({ id }) => id === integration?.target);
}
