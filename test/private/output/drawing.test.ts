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

/** Where the arrows of a drawing start, and where the tips of their heads are. */
function arrowsOf(svg: string) {
  const paths = /class="line" d="M([\d.]+) ([\d.]+)[^>]*><path class="head" d="M([\d.]+) ([\d.]+)(v|h)/g;
  return [...svg.matchAll(paths)].map(([, x, y, headX, headY, way]) => ({
    from: { x: Number(x), y: Number(y) },
    to: { x: Number(headX) + (way === 'v' ? 8 : 5), y: Number(headY) + (way === 'v' ? 5 : 8) },
  }));
}

/** Two functions: one with two integrations of which one has many routes, and one with a route. */
const twoTargets = apiOf({
  routes: [
    ...Array.from({ length: 10 }, (_, i) => routeOf(`GET /a${i}`)),
    routeOf('GET /b', { integration: 'integration-2' }),
    routeOf('GET /c', { integration: 'integration-3' }),
    routeOf('GET /lost', { integration: undefined }),
  ],
  integrations: [integrationOf(1), integrationOf(2, { target: 'target-1' }), integrationOf(3, { target: 'target-2' })],
  targets: [functionTarget(1), functionTarget(2)],
});

describe('the wide drawing', () => {
  const svg = draw(twoTargets).wide;

  test('has integrations beside their routes, and targets beside the middle of their integrations', () => {
    const [routesA, integrationA, routesB, integrationB, target1, routesC, integrationC, target2, lost] = boxesOf(svg);
    expect([routesA, integrationA, target1].map(({ x, width }) => [x, width])).toEqual([
      [10, 390], [480, 270], [850, 320],
    ]);
    const middleOf = ({ y, height }: { y: number; height: number }) => y + height / 2;
    expect(routesA).toMatchObject({ y: 10, height: 212 });
    expect(middleOf(integrationA)).toBe(middleOf(routesA));
    expect(middleOf(routesB)).toBe(middleOf(integrationB));
    expect(integrationB.y).toBe(routesA.y + routesA.height + 18);
    expect(middleOf(target1)).toBe((middleOf(integrationA) + middleOf(integrationB)) / 2);
    expect(integrationC.y).toBe(integrationB.y + integrationB.height + 18);
    expect(middleOf(integrationC)).toBe(middleOf(routesC));
    expect(middleOf(target2)).toBe(middleOf(routesC));
    expect(lost.y).toBe(integrationC.y + integrationC.height + 18);
  });

  test('has arrows from the right of a box to the left of another, which reach a target one below the other', () => {
    const boxes = boxesOf(svg);
    const [routesA, integrationA, , integrationB, target1] = boxes;
    const middleOf = ({ y, height }: typeof routesA) => y + height / 2;
    const third = target1.height / 3;
    expect(arrowsOf(svg).slice(0, 4)).toEqual([
      { from: { x: 400, y: middleOf(routesA) }, to: { x: 480, y: middleOf(integrationA) } },
      { from: { x: 750, y: middleOf(integrationA) }, to: { x: 850, y: target1.y + third } },
      { from: { x: 400, y: middleOf(integrationB) }, to: { x: 480, y: middleOf(integrationB) } },
      { from: { x: 750, y: middleOf(integrationB) }, to: { x: 850, y: target1.y + 2 * third } },
    ]);
  });

  test('has integrations near the first of many routes', () => {
    const [routes, integration, target] = boxesOf(draw(manyRoutes).wide);
    expect(routes.height).toBeGreaterThan(1000);
    expect(integration.y + integration.height / 2).toBe(routes.y + 130);
    expect(target.y + target.height / 2).toBe(routes.y + 130);
  });

  test('moves integrations down where their target is larger', () => {
    const targets = [functionTarget(1, { name: `Shop/${'Deep/'.repeat(60)}Function` })];
    const [, integration, target] = boxesOf(draw(apiOf({ targets })).wide);
    expect(target.y).toBe(10);
    expect(integration.y + integration.height / 2).toBe(target.y + target.height / 2);
  });
});

test('the narrow drawing has targets below integrations below routes, with arrows down', () => {
  const svg = draw(twoTargets).narrow;
  const boxes = boxesOf(svg);
  expect(boxes.every(({ x, width }) => x === 5 && width === 340)).toBe(true);
  expect(boxes[0].y).toBe(10);
  const gaps = boxes.slice(1).map(({ y }, i) => y - boxes[i].y - boxes[i].height);
  expect(gaps).toEqual([34, 34, 36, 34, 34, 36, 34, 34, 36]);
  const bottomOf = (i: number) => ({ x: 175, y: boxes[i].y + boxes[i].height });
  expect(arrowsOf(svg)).toEqual([0, 1, 3, 4, 6, 7].map((i) => ({
    from: bottomOf(i), to: { x: 175, y: boxes[i + 1].y },
  })));
});

test('stages and authorizers stand side by side above the routes, and go on in the next line', () => {
  const stage = (name: string) => ({ ...place(name), name, autoDeploy: true, domains: [] });
  const { wide, narrow } = draw(apiOf({
    stages: [stage('a'), { ...stage('long-name'), domains: [{ ...place('Domain'), url: 'shop.example/v1' }] }],
    authorizers: [{ ...place('Shop/Api/Staff'), name: 'Staff', type: 'REQUEST' }],
  }));
  const placesOf = (svg: string) => boxesOf(svg).map(({ x, y }) => [Math.round(x), y]);
  const highest = (places: number[][]) => Math.min(...places.map(([, y]) => y));
  expect(boxesOf(wide).slice(0, 3).map(({ height }) => height)).toEqual([41, 60, 60]);
  expect(placesOf(wide).slice(0, 3)).toEqual([[10, 10], [99, 10], [252, 10]]);
  expect(highest(placesOf(wide).slice(3))).toBe(10 + 60 + 36);
  expect(placesOf(narrow).slice(0, 3)).toEqual([[5, 10], [94, 10], [5, 80]]);
  expect(highest(placesOf(narrow).slice(3))).toBe(80 + 60 + 36);
  expect(wide).toContain('>Lambda authorizer</text>');
});

test.each([
  ['permission', 'permission'],
  ['role', 'role'],
  ['caller', 'caller'],
  ['vpc-link', 'VPC link'],
  ['public', 'public'],
] as const)('an arrow to a target says how API Gateway may call it: %s', (by, word) => {
  const access = { by, allowed: 'yes', words: '' } as const;
  expect(draw(apiOf({ routes: [routeOf('GET /a', { access })] })).wide).toContain(`middle">${word}</text>`);
});

test('an arrow to a target says that it is not known whether API Gateway may call it', () => {
  const access = { by: 'role', allowed: 'unknown', words: '' } as const;
  const { narrow } = draw(apiOf({ routes: [routeOf('GET /a'), routeOf('GET /b', { access })] }));
  expect(narrow).toMatch(/<g class="edge unknown">.*>role not known<\/text>/);
});

test('an arrow to a target that is refused to all routes does not count them', () => {
  const access = { by: 'role', allowed: 'no', words: '' } as const;
  const { narrow } = draw(apiOf({ routes: [routeOf('GET /a', { access }), routeOf('GET /b', { access })] }));
  expect(narrow).toMatch(/<g class="edge error">.*>not allowed<\/text>/);
});

test.each([
  ['function', 'compute'],
  ['state machine', 'compute'],
  ['queue', 'messages'],
  ['topic', 'messages'],
  ['event bus', 'messages'],
  ['stream', 'messages'],
  ['table', 'data'],
  ['configuration', 'data'],
  ['load balancer', 'network'],
  ['Cloud Map service', 'network'],
  ['URL', 'network'],
  ['not known', 'other'],
] as const)('a target that is a %s has the colour of its family', (kind, family) => {
  const { wide } = draw(apiOf({ targets: [functionTarget(1, { kind })] }));
  expect(wide).toContain(`<g class="box target ${family} fine">`);
});

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
