import { readFileSync, rmSync } from 'fs';
import { join } from 'path';
import Ajv from 'ajv';
import { App, Stack } from 'aws-cdk-lib';
import * as apigwv2 from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpUrlIntegration } from 'cdk-apigatewayv2-integrations';
import { mermaidOf } from '../../../lib/private/output/report/mermaid';
import { reportPage } from '../../../lib/private/output/report/html';
import type { ReportModel } from '../../../lib/private/output/report/model';
import { withoutValidation } from '../../parity/synthesize';
import { HERE } from '../rules/builders';
import { deploy } from '../deployed/compare';
import { apiOf, HOSTILE, place, reportOf, routeOf } from './models';
import { filesOf } from './report-of';

withoutValidation();

const SCHEMA = JSON.parse(readFileSync(join(__dirname, '../../../docs/report.schema.json'), 'utf8')) as object;

/** An API whose routes lead to URLs, by the ids of their constructs. */
const shop = (routes: { readonly [id: string]: readonly [key: string, url?: string] }) => (stack: Stack) => {
  const httpApi = new apigwv2.HttpApi(stack, 'Api');
  for (const [id, [key, to = 'https://example.com']] of Object.entries(routes)) {
    const [method, path] = key.split(' ');
    new apigwv2.HttpRoute(stack, id, {
      httpApi,
      routeKey: apigwv2.HttpRouteKey.with(path, method as apigwv2.HttpMethod),
      integration: new HttpUrlIntegration(`Url${id}`, to),
    });
  }
};

const before = shop({
  Kept: ['GET /kept'],
  Target: ['GET /target'],
  Key: ['GET /key'],
  Old: ['GET /renamed'],
  Gone: ['GET /gone'],
});
const after = shop({
  Kept: ['GET /kept'],
  Target: ['GET /target', 'https://example.org'],
  Key: ['GET /other'],
  New: ['GET /renamed'],
  Added: ['POST /kept'],
});
const CHANGES = {
  'GET /kept': 'kept',
  'GET /target': 'changed',
  'GET /other': 'changed',
  'GET /renamed': 'replaced',
  'POST /kept': 'added',
};

describe('the report of an app that was compared', () => {
  let folder: string;
  let files: Readonly<Record<string, string>>;
  let report: ReportModel;
  beforeAll(() => {
    folder = deploy((app) => { before(new Stack(app, 'Shop', { env: HERE })); });
    files = filesOf(after, { deployed: folder, errorsAsWarnings: true });
    report = JSON.parse(files['ApiGatewayV2Checks.json']) as ReportModel;
  });
  afterAll(() => { rmSync(folder, { recursive: true }); });

  test('tells programs what becomes of each route, as its schema says', () => {
    const ajv = new Ajv({ allErrors: true });
    ajv.validate(SCHEMA, report);
    expect(ajv.errors).toBeNull();
    expect(Object.fromEntries(report.apis[0].routes.map(({ key, change }) => [key, change]))).toEqual(CHANGES);
    expect(report.deployed).toEqual({
      folder,
      removedRoutes: [{
        key: 'GET /gone', api: 'Shop/Api', logicalId: expect.stringMatching(/^Gone/), stack: 'Shop', path: 'Shop/Gone',
      }],
    });
  });

  test('tells readers the same, route by route', () => {
    const page = files['ApiGatewayV2Checks.html'];
    for (const [key, change] of Object.entries(CHANGES)) {
      const row = page.split('<tr ').find((it) => it.includes(`<code>${key}</code>`));
      expect(row).toContain(`data-label="Change">${change}</td>`);
    }
    expect(page).toMatch(/compared with what is deployed .*: 1 added, 1 kept, 1 removed, 1 replaced, 2 changed\./);
    expect(page).toMatch(/Removed routes<\/h3>[^]*GET \/gone[^]*Shop\/.*Gone/);
  });

  test('draws what is not kept', () => {
    const [name] = Object.keys(files).filter((it) => it.endsWith('.mmd'));
    expect(files[name]).toContain('GET /target (changed)');
    expect(files[name]).toContain('POST /kept (added)');
    expect(files[name]).not.toContain('(kept)');
    expect(files[name]).toContain('  api -. "GET /gone" .-> removed');
  });

  test('has the findings in the form of AWS CDK', () => {
    expect(files['ApiGatewayV2Checks.validation-report.json']).toContain('"ruleName": "deployed-route"');
  });
});

describe('the report of other apps', () => {
  const shownOf = (folder?: string) => {
    const files = filesOf(before, { deployed: folder });
    return [JSON.parse(files['ApiGatewayV2Checks.json']) as ReportModel, files['ApiGatewayV2Checks.html']] as const;
  };

  const NOTHING = [['is not compared', undefined], ['cannot be compared', '/nowhere']] as const;
  test.each(NOTHING)('says nothing of the routes if it %s', (_, folder) => {
    const [report, page] = shownOf(folder);
    expect(report.deployed).toBeUndefined();
    expect(report.apis[0].routes.filter(({ change }) => change !== undefined)).toEqual([]);
    expect(page).not.toMatch(/Change|Removed|[^t] compared with/);
  });

  test('says why nothing was compared, where that was asked for', () => {
    const [report, page] = shownOf('/nowhere');
    const ajv = new Ajv({ allErrors: true });
    ajv.validate(SCHEMA, report);
    expect(ajv.errors).toBeNull();
    expect(report.notCompared).toEqual(['There is no folder /nowhere']);
    expect(page).toContain('Not compared with what is deployed, or in part: There is no folder /nowhere.');
    expect(shownOf()[0]).not.toHaveProperty('notCompared');
  });

  test('lists the routes of an API that goes', () => {
    const folder = deploy((app: App) => { before(new Stack(app, 'Shop', { env: HERE })); });
    const report = JSON.parse(filesOf(() => {}, { deployed: folder })['ApiGatewayV2Checks.json']) as ReportModel;
    expect(report.apis).toEqual([]);
    expect(report.deployed?.removedRoutes.map(({ key, api }) => `${key} of ${api}`)).toContain('GET /kept of Shop/Api');
    expect(reportPage(report)).toMatch(/Removed with their API<\/h3>/);
    rmSync(folder, { recursive: true });
  });

  test('writes nothing of a removed route that is not escaped', () => {
    const removed = { ...place(HOSTILE), stack: HOSTILE, key: HOSTILE };
    const model = reportOf([apiOf({ routes: [routeOf('GET /a', { change: 'added' })] })], [], {
      deployed: { folder: HOSTILE, removedRoutes: [{ ...removed, api: 'Shop/Api' }, { ...removed, api: HOSTILE }] },
    });
    expect(reportPage(model)).not.toMatch(/<script>alert|<img/);
    expect(mermaidOf(model.apis[0], model)).not.toMatch(/<script|<img|%%/);
  });
});
