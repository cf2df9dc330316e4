import { mermaidOf } from '../../../lib/private/output/report/mermaid';
import { apiOf, findingOf, functionTarget, HOSTILE, integrationOf, manyRoutes, reportOf, routeOf } from './models';

const draw = (...[api, findings]: [Parameters<typeof mermaidOf>[0], Parameters<typeof reportOf>[1]?]) =>
  mermaidOf(api, reportOf([api], findings));

test('has one edge with the routes of an integration, and one to its target', () => {
  const api = apiOf({
    routes: [
      routeOf('GET /books'),
      routeOf('GET /books/{isbn}'),
      routeOf('PUT /books/{isbn}'),
      routeOf('POST /print', { integration: 'integration-2' }),
    ],
    integrations: [integrationOf(1), integrationOf(2, { vpcLink: { path: 'Shop/Link', findings: [] } })],
    targets: [functionTarget(1), functionTarget(2, { kind: 'load balancer', name: 'Shop/Printers' })],
  });
  expect(draw(api)).toBe(
    [
      'flowchart LR',
      '  api["Shop/Api"]',
      '  target-1["function<br/>Shop/Function1"]',
      '  target-2["load balancer<br/>Shop/Printers"]',
      '  integration-1["Shop/Api/Integration1<br/>AWS_PROXY"]',
      '  api -- "GET /books<br/>GET, PUT /books/{isbn}" --> integration-1',
      '  integration-1 --> target-1',
      '  integration-2["Shop/Api/Integration2<br/>AWS_PROXY"]',
      '  api -- "POST /print" --> integration-2',
      '  integration-2 -- "through Shop/Link" --> target-2',
      '',
    ].join('\n'),
  );
});

test('has a label of 20 lines at most', () => {
  const [, label] = /api -- "([^"]*)" -->/.exec(draw(manyRoutes))!;
  expect(label.split('<br/>')).toHaveLength(20);
  expect(label).toMatch(/<br\/>and 131 more$/);
});

test('marks what findings are about, unless they are acknowledged', () => {
  const api = apiOf({
    routes: [routeOf('GET /a', { findings: ['finding-1'] })],
    targets: [functionTarget(1, { findings: ['finding-2'] })],
  });
  expect(draw(api, [findingOf(1), findingOf(2, { severity: 'warning' })])).toMatch(
    /classDef error [^]* {2}class integration-1 error\n {2}class target-1 warning\n$/,
  );
  expect(draw(api, [findingOf(1, { acknowledged: 'a' }), findingOf(2, { acknowledged: 'b' })])).not.toContain('class');
});

test('has what cannot be followed: no routes, and no integration', () => {
  const lines = draw(apiOf({ routes: [routeOf('GET /lost', { integration: undefined })] })).split('\n');
  expect(lines).toContain('  api -- "GET /lost" --> outside');
  expect(lines.filter((line) => line.includes('--> integration-1'))).toEqual([]);
});

test('escapes what users wrote', () => {
  const text = draw(
    apiOf({ path: HOSTILE, routes: [routeOf(HOSTILE)], targets: [functionTarget(1, { name: HOSTILE })] }),
  );
  expect(text.replace(/<br\/>/g, '')).not.toMatch(/[<>`](?!\s*integration|\s*target)/);
  expect(text.split('\n').every((line) => line.split('"').length % 2 === 1)).toBe(true);
  expect(text).not.toContain('\u0000');
  expect(text).not.toContain('%%{');
});
