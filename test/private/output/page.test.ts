import { readFileSync, writeFileSync } from 'fs';
import { join } from 'path';
import { reportPage } from '../../../lib/private/output/report/html';
import type { ReportModel } from '../../../lib/private/output/report/model';
import { apiOf, findingOf, functionTarget, integrationOf, place, reportOf, routeOf } from './models';

const FILE = join(__dirname, 'page.html');

/** The page without its style and its script. */
const bodyOf = (page: string) => page.replace(/<style>[^]*<\/style>|<script>[^]*<\/script>/g, '');

const access = (by: 'permission' | 'role' | 'vpc-link' | 'public', allowed: 'yes' | 'no' | 'unknown') =>
  ({ access: { by, allowed, words: `${by}: ${allowed}.` } }) as const;

const http = apiOf({
  findings: ['finding-1'],
  notes: ['A note.'],
  stages: [
    {
      ...place('Shop/Stage'), name: '$default', autoDeploy: true, findings: ['finding-2'],
      domains: [{ ...place('Shop/Domain'), url: 'shop.example/v1' }],
    },
    { ...place('Shop/Beta'), name: 'beta', autoDeploy: false, domains: [] },
  ],
  authorizers: [
    { ...place('Shop/Api/Staff'), name: 'Staff', type: 'JWT', decidedBy: 'https://login.example' },
    { ...place('Shop/Api/Custom'), name: 'Custom', type: 'REQUEST', findings: ['finding-3'] },
  ],
  routes: [
    routeOf('GET /books', { authorization: 'JWT', authorizer: 'Shop/Api/Staff', change: 'kept' }),
    routeOf('POST /books', { authorization: 'AWS_IAM', findings: ['finding-4'], change: 'changed' }),
    routeOf('GET /search', {
      authorization: 'CUSTOM', authorizer: '<Imported>', change: 'added', integration: 'integration-2',
      ...access('role', 'unknown'),
    }),
    routeOf('GET /stock', { integration: 'integration-3', ...access('vpc-link', 'yes') }),
    routeOf('PUT /stock', { integration: 'integration-3', ...access('vpc-link', 'no') }),
    routeOf('GET /lost', { integration: undefined, access: undefined }),
  ],
  integrations: [
    integrationOf(1, { findings: ['finding-5'] }),
    integrationOf(2, { subtype: 'SQS-SendMessage', detail: 'method GET' }),
    integrationOf(3, {
      type: 'HTTP_PROXY', detail: 'port 8080', vpcLink: { path: 'Shop/Link', findings: ['finding-6'] },
    }),
    integrationOf(4, { path: 'Elsewhere/Integration', target: 'target-1' }),
    integrationOf(5, { type: 'MOCK' }),
  ],
  targets: [
    functionTarget(1),
    functionTarget(2, { kind: 'queue', name: 'Shop/Queue', findings: ['finding-7'] }),
    functionTarget(3, { kind: 'load balancer', name: 'Shop/Balancer' }),
    functionTarget(5, { kind: 'not known', name: 'not known' }),
  ],
});
const webSocket = apiOf({
  path: 'Chat/Api', protocol: 'WEBSOCKET', diagram: 'ApiGatewayV2Checks.Chat-Api.mmd',
  routes: [routeOf('$connect', access('public', 'yes')), routeOf('send')],
});
const empty = apiOf({ path: 'Empty', routes: [], integrations: [], targets: [] });
const removed = { ...place('Shop/Api/Old'), key: 'GET /old', api: 'Shop/Api', stack: 'Shop' };
const model: ReportModel = reportOf(
  [http, webSocket, empty],
  [
    findingOf(1), findingOf(2, { severity: 'warning' }), findingOf(3, { acknowledged: 'It is meant.' }),
    findingOf(4), findingOf(5, { severity: 'warning', rule: 'other-rule' }), findingOf(6), findingOf(7),
    findingOf(8, { constructPath: 'Elsewhere' }),
  ],
  {
    stagesNotJudged: ['Prod', 'Test'],
    notCompared: ['It has no template of \'Chat\'', 'Another reason'],
    deployed: {
      folder: 'deployed', removedRoutes: [removed, { ...removed, path: undefined, key: 'GET /gone', api: 'Gone' }],
    },
  },
);

test('the page is as it was looked at (after another look, update page.html with: UPDATE=1 npx jest page)', () => {
  const body = bodyOf(reportPage(model));
  if (process.env.UPDATE) { writeFileSync(FILE, body); }
  expect(body).toBe(readFileSync(FILE, 'utf8'));
});
