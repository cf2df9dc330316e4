import { drawingsOf } from '../../../lib/private/output/report/drawing';
import type { ApiModel, FindingModel } from '../../../lib/private/output/report/model';
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

/** The drawing for wide pages and the one for narrow ones. */
function draw(
  api: ApiModel,
  findings: readonly FindingModel[] = [],
): { readonly wide: string; readonly narrow: string } {
  const [wide, narrow] = drawingsOf(reportOf([api], findings), 0).split(/(?=<svg class="narrow")/);
  return { wide, narrow };
}

const count = (text: string, part: string | RegExp) => text.split(part).length - 1;

/** The rectangles of a drawing, with the texts that start in them. */
function boxesOf(svg: string) {
  const numbers = (element: string, names: readonly string[]) =>
    names.map((name) => Number(new RegExp(` ${name}="([-\\d.]+)"`).exec(element)?.[1]));
  return [...svg.matchAll(/<rect[^>]*>/g)].map(([rect]) => {
    const [x, y, width, height] = numbers(rect, ['x', 'y', 'width', 'height']);
    return { x, y, width, height };
  });
}

const overlap = (one: ReturnType<typeof boxesOf>[number], other: typeof one) =>
  one.x < other.x + other.width
  && other.x < one.x + one.width
  && one.y < other.y + other.height
  && other.y < one.y + one.height;

describe.each(['wide', 'narrow'] as const)('the %s drawing', (name) => {
  test('has one edge to an integration and one from there, however many routes lead to it', () => {
    const svg = draw(manyRoutes)[name];
    expect(count(svg, 'class="line"')).toBe(2);
    expect(count(svg, '>GET, PUT /items/')).toBe(150);
  });

  test('shows many routes in columns, so that it stays a page or two', () => {
    const { width, height } = boxesOf(draw(manyRoutes)[name])[0];
    expect(height).toBeLessThan(name === 'wide' ? 1600 : 3000);
    expect(width).toBeLessThanOrEqual(390);
  });

  test('has boxes that do not lie on each other and stay inside', () => {
    const api = apiOf({
      routes: Array.from({ length: 40 }, (_, i) =>
        routeOf(`GET /${'long-'.repeat(i)}${i}`, { integration: `integration-${(i % 5) + 1}` }),
      ),
      integrations: [1, 2, 3, 4, 5, 6].map((i) =>
        integrationOf(i, { target: `target-${(i % 3) + 1}`, detail: `port ${i}` }),
      ),
      targets: [1, 2, 3].map((i) => functionTarget(i, { name: `Shop/${'Deep/'.repeat(i * 6)}Function` })),
      stages: Array.from({ length: 9 }, (_, i) => ({
        ...place(`Stage${i}`),
        name: `stage-${i}`,
        autoDeploy: true,
        domains: [],
      })),
    });
    const svg = draw(api)[name];
    const [, width, height] = /viewBox="0 0 (\d+) ([\d.]+)"/.exec(svg)!.map(Number);
    const boxes = boxesOf(svg);
    boxes.forEach((box, i) => {
      expect(boxes.slice(i + 1).filter((other) => overlap(box, other))).toEqual([]);
      expect(box.x).toBeGreaterThanOrEqual(0);
      expect(box.x + box.width).toBeLessThanOrEqual(width);
      expect(box.y + box.height).toBeLessThanOrEqual(height);
    });
  });

  test('has no text that is wider than its box', () => {
    const api = apiOf({ routes: [routeOf(`GET /${'x'.repeat(200)}`), routeOf(`GET /${'segment/'.repeat(30)}`)] });
    const most = Math.max(
      ...[...draw(api)[name].matchAll(/<text class="key"[^>]*>([^<]*)</g)].map(([, text]) => text.length),
    );
    expect(most * 7.9).toBeLessThanOrEqual(name === 'wide' ? 366 : 316);
  });

  test('colours and names what findings are about', () => {
    const api = apiOf({
      routes: [routeOf('GET /a', { findings: ['finding-1'] }), routeOf('GET /b', { integration: 'integration-2' })],
      integrations: [
        integrationOf(1, { findings: ['finding-3', 'finding-4'] }),
        integrationOf(2, { findings: ['finding-2'] }),
      ],
      targets: [functionTarget(1), functionTarget(2)],
    });
    const warning = (number: number) => findingOf(number, { severity: 'warning', rule: 'other-rule' });
    const svg = draw(api, [findingOf(1), warning(2), findingOf(3), warning(4)])[name];
    expect(svg).toContain('<g class="box routes error">');
    expect(svg).toContain('>\u2715 GET /a</text>');
    expect(svg).toContain('<g class="box integration warning">');
    expect(svg).toMatch(/<g class="box integration error">[^\n]*>\u2715 some-rule<[^\n]*>\u25b2 other-rule</);
    expect(count(svg, /<g class="box target compute fine">/)).toBe(2);
  });

  test('does not colour what is acknowledged', () => {
    const api = apiOf({ routes: [routeOf('GET /a', { findings: ['finding-1'] })] });
    expect(draw(api, [findingOf(1, { acknowledged: 'on purpose' })])[name]).not.toContain(' error">');
  });

  test('says how the target is reached, and of how many routes it is not', () => {
    const access = { by: 'permission', allowed: 'no', words: '' } as const;
    const refused = draw(apiOf({ routes: [routeOf('GET /a'), routeOf('GET /b', { access })] }))[name];
    expect(refused.replace(/<[^>]*>/g, ' ')).toMatch(/not allowed\s+for 1 of 2/);
    const link = apiOf({
      routes: [routeOf('GET /a', { access: { by: 'vpc-link', allowed: 'yes', words: '' } })],
      integrations: [integrationOf(1, { vpcLink: { path: 'Shop/Link', findings: [] } })],
      targets: [functionTarget(1, { kind: 'load balancer' })],
    });
    expect(draw(link)[name]).toContain('>VPC link</text>');
    expect(draw(link)[name]).toContain('>through Shop/Link</text>');
  });

  test('marks routes with their authorizer', () => {
    const api = apiOf({
      authorizers: [{ ...place('Shop/Api/Staff'), name: 'Staff', type: 'JWT' }],
      routes: [
        routeOf('GET /a', { authorization: 'JWT', authorizer: 'Shop/Api/Staff' }),
        routeOf('GET /b', { authorization: 'AWS_IAM' }),
        routeOf('GET /c', { authorization: 'CUSTOM', authorizer: '<Imported>' }),
        routeOf('GET /d'),
      ],
    });
    const svg = draw(api)[name];
    expect([...svg.matchAll(/<title>((?:authorizer|signed)[^<]*)</g)].map(([, title]) => title)).toEqual([
      'authorizer A',
      'authorizer A',
      'signed with IAM',
      'authorizer ?',
    ]);
    expect(svg).toContain('>JWT authorizer</text>');
  });

  test('shows integrations without a route, without an edge to them, and routes without an integration', () => {
    const api = apiOf({ routes: [routeOf('GET /lost', { integration: undefined, access: undefined })] });
    const svg = draw(api)[name];
    expect(svg).toContain('>no route</text>');
    expect(count(svg, 'class="line"')).toBe(1);
    expect(svg).toMatch(/>GET \/lost<[^]*>Their integration is not in this app\.</);
  });

  test('is read from the routes to the target', () => {
    expect(draw(apiOf())[name]).toMatch(/>GET \/books<[^]*>Integration1<[^]*>Shop\/Function1</);
  });

  test('tells those who do not see it what it shows', () => {
    const svg = draw(apiOf())[name];
    const [, title, description] = /aria-labelledby="([\w-]+) ([\w-]+)"/.exec(svg)!;
    expect(svg).toContain(`<title id="${title}">Drawing of Shop/Api</title>`);
    expect(svg).toContain(
      `<desc id="${description}">HTTP API with 0 stages. 1 route to the function Shop/Function1. `
      + 'The table below says the same.</desc>',
    );
  });

  test('escapes what users wrote', () => {
    const api = apiOf({
      path: HOSTILE,
      protocol: HOSTILE,
      routes: [routeOf(HOSTILE)],
      integrations: [integrationOf(1, { path: HOSTILE, type: HOSTILE, detail: HOSTILE })],
      targets: [functionTarget(1, { name: HOSTILE })],
      stages: [{ ...place('s'), name: HOSTILE, autoDeploy: true, domains: [] }],
      authorizers: [{ ...place('a'), name: HOSTILE, type: HOSTILE }],
    });
    expect(draw(api)[name]).not.toMatch(/<script|<img/);
    expect(draw(api)[name]).not.toContain('\u0000');
  });
});
