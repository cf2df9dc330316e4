import { tablesOf } from '../../scripts/demo-table';
import { apiOf, functionTarget, integrationOf, place, reportOf, routeOf } from '../private/output/models';

test('shows each route with its target and what lets API Gateway call it, by the paths of constructs', () => {
  const api = apiOf({
    stages: [
      {
        ...place('Shop/Stage'),
        name: 'prod',
        autoDeploy: true,
        domains: [{ ...place('Shop/D'), url: 'shop.example/v1' }],
      },
    ],
    authorizers: [{ ...place('Shop/Api/Staff'), name: 'Staff', type: 'JWT' }],
    routes: [
      routeOf('GET /a', { authorization: 'JWT', authorizer: 'Shop/Api/Staff' }),
      routeOf('GET /b', { access: { by: 'role', allowed: 'no', role: 'Shop/Role', words: '' } }),
      routeOf('GET /c', { integration: 'integration-2', access: { by: 'nothing', allowed: 'yes', words: '' } }),
      routeOf('GET /d', { integration: undefined, access: undefined }),
    ],
    integrations: [integrationOf(1), integrationOf(2)],
    targets: [functionTarget(1), functionTarget(2, { kind: 'API Gateway itself', name: 'API Gateway itself' })],
  });
  const [head, , , ...rows] = tablesOf(reportOf([api])).split('\n');
  expect(head).toBe('Shop/Api (HTTP, stage prod at shop.example/v1)');
  expect(rows.map((row) => row.trim().split(/ {2,}/))).toEqual([
    ['GET /a (Staff)', 'function Shop/Function1', 'permission'],
    ['GET /b', 'function Shop/Function1', 'not allowed: role Shop/Role'],
    ['GET /c', 'API Gateway itself', '-'],
    ['GET /d', 'not in this app', '-'],
  ]);
});

test('fits 100 columns, whatever is in it', () => {
  const api = apiOf({
    routes: [
      routeOf(`GET /${'segment/'.repeat(20)}${'x'.repeat(90)}`, {
        access: { by: 'role', allowed: 'yes', role: `Shop/${'Deep/'.repeat(20)}Role`, words: '' },
      }),
    ],
    targets: [functionTarget(1, { name: `https://example.com/${'path/'.repeat(40)}` })],
  });
  const lines = tablesOf(reportOf([api])).split('\n');
  expect(Math.max(...lines.map(({ length }) => length))).toBe(100);
  expect(lines.map((line) => line.slice(0, 28).trim()).join('')).toContain(`${'segment/'.repeat(20)}${'x'.repeat(90)}`);
});
