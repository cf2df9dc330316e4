import { drawBox, drawEdge, type Box } from '../../../lib/private/output/report/shapes';

const box: Box = {
  style: 'routes',
  worst: 'fine',
  column: { x: 10, width: 300 },
  lines: ['a', 'b', 'c', 'd', 'e'].map((text) => ({ text, style: 'key' })),
  columns: 2,
  title: '5 routes',
};

const linesOf = (svg: string) => [...svg.matchAll(/<text[^>]*>[^<]*<\/text>/g)].map(([text]) => text);

test('a box has the lines of its columns one below the other', () => {
  const svg = drawBox(box, 100);
  expect(svg).toContain('<rect x="10" y="100" width="300" height="79" rx="6"/>');
  expect(linesOf(svg)).toEqual([
    '<text class="key" x="22" y="125">a</text>',
    '<text class="key" x="22" y="144">b</text>',
    '<text class="key" x="22" y="163">c</text>',
    '<text class="key" x="172" y="125">d</text>',
    '<text class="key" x="172" y="144">e</text>',
  ]);
});

test('a box and its lines are links where they lead somewhere', () => {
  expect(drawBox(box, 0)).not.toContain('<a ');
  expect(drawBox({ ...box, href: 'box' }, 0)).toMatch(/^<g class="box routes fine"><a href="#box">.*<\/a><\/g>$/);
  const lines = [{ text: 'a', style: 'key', href: 'line' }, { text: 'b', style: 'key' }] as const;
  expect(drawBox({ ...box, lines }, 0)).toMatch(/<a href="#line"><text [^>]*>a<\/text><\/a><text [^>]*>b<\/text><\/g>$/);
});

test('a line stands right of its mark, which is smaller where it has many characters', () => {
  const lines = [
    { text: 'a', style: 'key', mark: 'A', indent: 24 },
    { text: 'b', style: 'key', mark: 'IAM', indent: 24 },
  ] as const;
  const svg = drawBox({ ...box, lines, columns: 1 }, 0);
  expect(linesOf(svg)).toEqual([
    '<text class="key" x="46" y="25">a</text>',
    '<text x="30" y="24.5" text-anchor="middle">A</text>',
    '<text class="key" x="46" y="44">b</text>',
    '<text x="30" y="42.5" text-anchor="middle" class="small">IAM</text>',
  ]);
  expect([...svg.matchAll(/<title>([^<]*)<\/title>(<circle[^>]*>)/g)].map(([, title, circle]) => [title, circle]))
    .toEqual([
      ['authorizer A', '<circle cx="30" cy="20.5" r="8.5"/>'],
      ['signed with IAM', '<circle cx="30" cy="39.5" r="8.5"/>'],
    ]);
});

test('an arrow to the right has its words above and below its middle', () => {
  expect(drawEdge({ x: 0, y: 10 }, { x: 100, y: 50 }, { label: 'role', note: 'not known', style: 'unknown' })).toBe(
    '<g class="edge unknown"><path class="line" d="M0 10C50 10 50 50 93 50"/><path class="head" d="M92 45v10l8 -5z"/>'
    + '<text x="50" y="23" text-anchor="middle">role</text>'
    + '<text x="50" y="45" text-anchor="middle">not known</text></g>',
  );
});

test('an arrow down has its words beside it', () => {
  expect(drawEdge({ x: 40, y: 10 }, { x: 40, y: 50 }, { label: 'role', note: 'not known', style: 'unknown' })).toBe(
    '<g class="edge unknown"><path class="line" d="M40 10V43"/><path class="head" d="M35 42h10l-5 8z"/>'
    + '<text x="52" y="34">role not known</text></g>',
  );
});

test.each([[100, 10], [0, 50]])('an arrow without words has none (to %d, %d)', (x, y) => {
  expect(drawEdge({ x: 0, y: 10 }, { x, y }, { label: '', note: '', style: '' })).not.toContain('<text');
  expect(drawEdge({ x: 0, y: 10 }, { x, y }, { label: 'role', note: '', style: '' }).split('<text')).toHaveLength(2);
});
