import { reportPage } from '../../../lib/private/output/report/html';
import {
  apiOf,
  findingOf,
  functionTarget,
  HOSTILE,
  integrationOf,
  manyRoutes,
  place,
  reportOf,
  routeOf,
} from './models';

const count = (text: string, part: string | RegExp) => text.split(part).length - 1;

/** The page without its style and its script. */
const bodyOf = (page: string) => page.replace(/<style>[^]*<\/style>|<script>[^]*<\/script>/g, '');

const textOf = (markup: string) =>
  markup
    .replace(/<wbr>/g, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ');

/** Every finding on an element of its own. */
const everywhere = reportOf(
  [
    apiOf({
      findings: ['finding-1'],
      stages: [
        {
          ...place('Shop/Stage'),
          name: 'prod',
          autoDeploy: true,
          findings: ['finding-2'],
          domains: [{ ...place('Shop/Domain'), url: 'shop.example/v1', findings: ['finding-3'] }],
        },
      ],
      authorizers: [{ ...place('Shop/Api/Staff'), name: 'Staff', type: 'JWT', findings: ['finding-4'] }],
      routes: [routeOf('GET /a', { findings: ['finding-5'] }), routeOf('GET /b')],
      integrations: [
        integrationOf(1, { findings: ['finding-6'], vpcLink: { ...place('Shop/Link'), findings: ['finding-7'] } }),
        integrationOf(2, { findings: ['finding-8'] }),
      ],
      targets: [functionTarget(1, { findings: ['finding-9'] }), functionTarget(2)],
    }),
  ],
  Array.from({ length: 10 }, (_, i) => findingOf(i + 1, { severity: i % 2 ? 'warning' : 'error' })),
);

describe('the page', () => {
  test('says each finding once, with a link to its rule and to its place', () => {
    const page = reportPage(everywhere);
    everywhere.findings.forEach(({ message }) => {
      expect(count(page, message)).toBe(1);
    });
    const places = [...page.matchAll(/<li id="finding-\d+"[^]*? at (?:<a href="#([\w-]+)">|<span)/g)].map(
      ([, id]) => id,
    );
    expect(places).toEqual([
      'api-1',
      'api-1-stage-1',
      'api-1-stage-1',
      'api-1-authorizer-1',
      'api-1-route-1',
      'api-1-route-1',
      'api-1-route-1',
      'api-1-integration-2',
      'api-1-route-1',
      undefined,
    ]);
    expect(count(page, 'href="https://example.com/rules.md#some-rule"')).toBe(10);
  });

  test('has a place for each link in it, and each place once', () => {
    const page = reportPage(everywhere);
    const ids = [...page.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const links = [...page.matchAll(/ href="#([^"]*)"/g)].map(([, id]) => id);
    expect(links.length).toBeGreaterThan(20);
    expect(links.filter((id) => !ids.includes(id))).toEqual([]);
  });

  test('counts errors and warnings, and says why others are acknowledged', () => {
    const page = reportPage(
      reportOf(
        [apiOf({ findings: ['finding-1', 'finding-2', 'finding-3'] })],
        [
          findingOf(1),
          findingOf(2, { severity: 'warning' }),
          findingOf(3, { acknowledged: 'The queue is another team\'s.' }),
        ],
      ),
    );
    expect(textOf(page)).toContain('1 API 1 route 1 error 1 warning 1 acknowledged');
    expect(page).toContain('Acknowledged: The queue is another team&#39;s.');
  });

  test('counts only what there is', () => {
    const apis = [apiOf({ findings: ['finding-1'] })];
    const countsOf = (more: Parameters<typeof findingOf>[1]) =>
      /1 route ((?:\d \w+|no findings) )/.exec(textOf(reportPage(reportOf(apis, [findingOf(1, more)]))))?.[1];
    expect(countsOf({ severity: 'error' })).toBe('1 error ');
    expect(countsOf({ severity: 'warning' })).toBe('1 warning ');
    expect(countsOf({ acknowledged: 'on purpose' })).toBe('1 acknowledged ');
  });

  test('has a row for each route, with its cells named for cards and read as a table', () => {
    const page = reportPage(
      reportOf([
        apiOf({
          routes: [
            routeOf('GET /a', { authorization: 'JWT', authorizer: 'Shop/Api/Staff' }),
            routeOf('GET /b', { authorization: 'AWS_IAM' }),
            routeOf('GET /c'),
          ],
        }),
      ]),
    );
    expect(count(page, '<th scope="row" role="rowheader">')).toBe(3);
    expect(count(page, '<th scope="col" role="columnheader">')).toBe(5);
    expect(page).toMatch(/<table role="table">\n<caption>Routes of /);
    const [, ...rows] = page.split('<tr id="').map(textOf);
    expect(rows[0]).toContain(
      'GET /a Shop/Api/Staff Shop/Api/Integration1 AWS_PROXY function Shop/Function1 A permission.',
    );
    expect(rows[1]).toContain('IAM: signed requests');
    expect(rows[2]).toContain('none: anyone may call it');
  });

  test('says of the messages of a WebSocket API that the connection is what is authorized', () => {
    const page = reportPage(
      reportOf([apiOf({ protocol: 'WEBSOCKET', routes: [routeOf('$connect'), routeOf('send')] })]),
    );
    const [, connect, send] = page.split('<tr id="').map(textOf);
    expect(connect).toContain('none: anyone may call it');
    expect(send).toContain('that of $connect');
  });

  test('of 20 APIs has contents, and folds those without findings', () => {
    const apis = Array.from({ length: 20 }, (_, i) =>
      apiOf({ path: `Shop/Api${i}`, findings: i === 7 ? ['finding-1'] : [] }),
    );
    const page = reportPage(reportOf(apis, [findingOf(1)]));
    expect(count(page, /<li><a href="#api-\d+">/)).toBe(20);
    expect([...page.matchAll(/<details id="api-(\d+)" open>/g)].map(([, number]) => number)).toEqual(['8']);
    expect(count(page, '<details id="api-')).toBe(20);
  });

  test('of 300 routes has all of them in the table', () => {
    expect(count(reportPage(reportOf([manyRoutes])), '<tr id="api-1-route-')).toBe(300);
  });

  test('of an app without APIs says so', () => {
    const page = bodyOf(reportPage(reportOf([])));
    expect(page).toContain('There is no API here.');
    expect(page).not.toMatch(/<svg|<table|<nav|Findings</);
  });

  test('names the stages that were not judged, and what it cannot show', () => {
    const page = reportPage(reportOf([apiOf({ notes: ['A note.'] })], [], { stagesNotJudged: ['Prod', 'Test'] }));
    expect(page).toContain('Not judged, since they have no aspect of their own: Prod, Test.');
    expect(page).toContain('A note.');
  });

  test('says where the Mermaid diagram is shown', () => {
    expect(textOf(reportPage(reportOf([apiOf()])))).toContain(
      'ApiGatewayV2Checks.Shop-Api.mmd . GitHub shows such a file, and so does VS Code with an extension for Mermaid.',
    );
  });

  test('loads nothing', () => {
    const page = reportPage(everywhere);
    expect(page).not.toMatch(/ src=|@import|url\(|<link|<iframe|fetch\(|XMLHttp/);
    const links = new Set([...page.matchAll(/ href="([^#"][^"]*)"/g)].map(([, link]) => link));
    expect([...links].sort()).toEqual([
      'ApiGatewayV2Checks.Shop-Api.mmd',
      'https://example.com',
      'https://example.com/rules.md#some-rule',
    ]);
  });

  test('escapes what users wrote, wherever it stands', () => {
    const hostile = (value: unknown): unknown => {
      if (typeof value === 'string') { return HOSTILE; }
      if (Array.isArray(value)) { return value.map(hostile); }
      const isReference = (name: string) =>
        ['id', 'target', 'integration', 'findings', 'severity', 'by', 'allowed'].includes(name);
      return typeof value === 'object' && value !== null
        ? Object.fromEntries(
            Object.entries(value).map(([name, it]) => [
              name,
              isReference(name) && name !== 'findings' ? it : name === 'findings' && !isModels(it) ? it : hostile(it),
            ]),
          )
        : value;
    };
    const isModels = (findings: unknown) => Array.isArray(findings) && typeof findings[0] === 'object';
    const page = reportPage({
      ...(hostile({
        ...everywhere,
        findings: [findingOf(1, { acknowledged: 'x' }), findingOf(2)],
      }) as typeof everywhere),
      stagesNotJudged: [HOSTILE],
      notCompared: [HOSTILE],
    });
    expect(count(page, 'alert(1)')).toBeGreaterThan(10);
    expect(page).not.toContain('\u0000');
    expect(bodyOf(page)).not.toMatch(/<script|<img|<[^>]*"[^>]*onerror=[^&]/);
    expect(count(page, '<script')).toBe(1);
  });

  test('breaks lines between words and nowhere else', () => {
    const page = reportPage(
      reportOf([apiOf({ routes: [routeOf('GET /books/{isbn}')], path: 'BackOffice/OfficeApi' })]),
    );
    expect(page).toContain('<code>GET /books/<wbr>{isbn}</code>');
    expect(page).toContain('BackOffice/<wbr>OfficeApi');
    expect(page).not.toMatch(/word-break|overflow-wrap: anywhere/);
  });
});
