import { readFileSync } from 'fs';
import { join } from 'path';
import Ajv from 'ajv';
import { Manifest } from 'aws-cdk-lib/cloud-assembly-schema';
import * as apigwv2 from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { HttpAlbIntegration, HttpLambdaIntegration } from 'cdk-apigatewayv2-integrations';
import type { Stack } from 'aws-cdk-lib';
import { reportJson } from '../../../lib/private/output/report/json';
import type { ReportModel } from '../../../lib/private/output/report/model';
import { validationReport } from '../../../lib/private/output/report/validation-report';
import { newFunction } from '../../util';
import { apiOf, findingOf, reportOf } from './models';
import { filesOf, gateway } from './report-of';

const ROOT = join(__dirname, '../../..');
const read = (file: string) => JSON.parse(readFileSync(join(ROOT, file), 'utf8')) as Record<string, unknown>;
const SCHEMA = read('docs/report.schema.json');

/** A schema that takes nothing but what it names. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) { return schema.map(closed); }
  if (typeof schema !== 'object' || schema === null) { return schema; }
  const members = Object.fromEntries(Object.entries(schema).map(([name, value]) => [name, closed(value)]));
  return 'properties' in schema && typeof (schema as { type?: unknown }).type === 'string'
    ? { ...members, additionalProperties: false }
    : members;
}

/** What a report says that the schema does not. */
function errorsOf(report: unknown): unknown[] {
  const ajv = new Ajv({ allErrors: true });
  ajv.validate(closed(SCHEMA) as object, report);
  return ajv.errors ?? [];
}

/** An app with something of everything. */
function shop(stack: Stack): void {
  const vpc = new ec2.Vpc(stack, 'Vpc', { natGateways: 0 });
  const listener = new elbv2.ApplicationLoadBalancer(stack, 'Balancer', { vpc }).addListener('Listener', {
    port: 80,
    defaultAction: elbv2.ListenerAction.fixedResponse(200),
  });
  const api = new apigwv2.HttpApi(stack, 'Api', {
    apiName: 'shop',
    defaultAuthorizer: new HttpJwtAuthorizer('Jwt', 'https://login.example', { jwtAudience: ['a'] }),
  });
  api.addRoutes({ path: '/a', integration: new HttpAlbIntegration('A', listener) });
  api.addRoutes({ path: '/b', integration: new HttpLambdaIntegration('B', newFunction(stack)) });
  gateway(stack, 'Unused', 'Integration', {
    ApiId: 'imported',
    IntegrationType: 'HTTP_PROXY',
    IntegrationUri: 'x',
    IntegrationMethod: 'GET',
    PayloadFormatVersion: '1.0',
  });
  gateway(stack, 'Lost', 'Route', { ApiId: 'imported', RouteKey: 'GET /lost', Target: 'integrations/other' });
}

describe('the report for programs', () => {
  test('is what its schema says, and nothing else', () => {
    const report = JSON.parse(filesOf(shop)['ApiGatewayV2Checks.json']) as ReportModel;
    expect(errorsOf(report)).toEqual([]);
    expect(report.findings.length).toBeGreaterThan(0);
    expect(report.apis).toHaveLength(2);
    expect(report).toMatchObject({
      $schema: SCHEMA.$id,
      version: '1.0',
      library: { name: read('package.json').name, version: read('package.json').version },
    });
  });

  test('says why a finding was acknowledged', () => {
    expect(
      errorsOf(JSON.parse(reportJson(reportOf([apiOf()], [findingOf(1, { acknowledged: 'on purpose' })])))),
    ).toEqual([]);
  });

  test.each<[string, (report: Record<string, unknown>) => void]>([
    [
      'a member that is not described',
      (report) => {
        report.more = 1;
      },
    ],
    [
      'a member that is missing',
      (report) => {
        delete report.apis;
      },
    ],
    [
      'another version',
      (report) => {
        report.version = '2.0';
      },
    ],
    [
      'a severity that there is not',
      (report) => {
        (report.findings as { severity: string }[])[0].severity = 'bad';
      },
    ],
  ])('is not what the schema says with %s', (_, change) => {
    const report = JSON.parse(reportJson(reportOf([apiOf()], [findingOf(1)]))) as Record<string, unknown>;
    change(report);
    expect(errorsOf(report)).not.toEqual([]);
  });

  test('belongs to the package', () => {
    expect(read('package.json').files).toContain('docs/report.schema.json');
  });
});

describe('the findings as AWS CDK writes them', () => {
  /** The schema that AWS CDK publishes for the file. */
  const CDK_SCHEMA = read(
    'test/latest/node_modules/@aws-cdk/cloud-assembly-schema/schema/validation-report.schema.json',
  );
  const reportOfModel = (model: ReportModel) => JSON.parse(validationReport(model)) as Record<string, unknown>;

  test('are what its schema says', () => {
    const ajv = new Ajv({ allErrors: true, strict: false });
    ajv.validate(CDK_SCHEMA, JSON.parse(filesOf(shop)['ApiGatewayV2Checks.validation-report.json']));
    expect(ajv.errors).toBeNull();
    expect(ajv.validate(CDK_SCHEMA, { version: '1', pluginReports: [{}] })).toBe(false);
  });

  test('fail with an open error, and tell what was acknowledged and why', () => {
    const model = reportOf(
      [apiOf()],
      [findingOf(1), findingOf(2, { severity: 'warning' }), findingOf(3, { acknowledged: 'on purpose' })],
    );
    const violation = (number: number, severity: string) => ({
      ruleName: 'some-rule',
      description: `Message ${number}.`,
      severity,
      ruleMetadata: { url: 'https://example.com/rules.md#some-rule' },
      violatingConstructs: [
        { constructPath: 'Shop/Api', cloudFormationResource: { templatePath: 'Shop.template.json', logicalId: 'Api' } },
      ],
    });
    expect(reportOfModel(model)).toEqual({
      version: Manifest.version(),
      title: 'Validation Report',
      pluginReports: [
        {
          pluginName: 'library',
          pluginVersion: '1.2.3',
          conclusion: 'failure',
          violations: [violation(1, 'error'), violation(2, 'warning')],
          suppressedViolations: [
            { ...violation(3, 'error'), acknowledgedId: 'library::some-rule', reason: 'on purpose' },
          ],
        },
      ],
    });
  });

  test.each([
    ['warnings', [findingOf(1, { severity: 'warning' })]],
    ['an error that is acknowledged', [findingOf(1, { acknowledged: 'a' })]],
    ['nothing', []],
  ])('succeed with %s', (_, findings) => {
    expect(reportOfModel(reportOf([], findings))).toMatchObject({ pluginReports: [{ conclusion: 'success' }] });
  });
});
