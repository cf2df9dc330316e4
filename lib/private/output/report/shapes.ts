import { escaped, type Worst } from './markup';

export const PADDING = 12;
export const LINE = 19;
/** The widest a character of the monospaced font is, at the size of the drawing. */
export const CHARACTER = 7.9;
/** The same in the smaller font of kinds and notes. */
export const SMALL_CHARACTER = 7.3;
/** The room of the mark of an authorizer before its text. */
export const MARK = 24;

/** From where to where boxes stand, in units of the drawing. */
export interface Column {
  readonly x: number;
  readonly width: number;
}

/** A line of text in a box. */
export interface Line {
  readonly text: string;
  readonly style: 'key' | 'kind' | 'name' | 'note' | Worst;
  /** The mark of the authorizer that guards a route. */
  readonly mark?: string;
  readonly indent?: number;
  readonly href?: string;
}

/** A box with lines of text, which stands somewhere. */
export interface Box {
  readonly style: string;
  readonly worst: Worst;
  readonly column: Column;
  readonly lines: readonly Line[];
  readonly columns: number;
  readonly href?: string;
  readonly title: string;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** What is said of an arrow. */
export interface Edge {
  readonly label: string;
  readonly note: string;
  readonly style: string;
}

export const PLAIN: Edge = { label: '', note: '', style: '' };

const rowsOf = ({ lines, columns }: Box) => Math.ceil(lines.length / columns);

export const heightOf = (box: Box) => rowsOf(box) * LINE + 2 * PADDING - 2;

/** Draws a box with its lines. */
export function drawBox(box: Box, y: number): string {
  const { column, style, worst, lines, columns, title } = box;
  const shape = `<rect x="${column.x}" y="${y}" width="${column.width}" height="${heightOf(box)}" rx="6"/>`;
  const rows = rowsOf(box);
  const texts = lines.map((line, i) => {
    const left = column.x + PADDING + Math.floor(i / rows) * (column.width / columns);
    return drawLine(line, left, y + PADDING + (i % rows) * LINE + 13);
  });
  const content = `<title>${escaped(title)}</title>${shape}${texts.join('')}`;
  const drawn = box.href === undefined ? content : `<a href="#${box.href}">${content}</a>`;
  return `<g class="box ${style} ${worst}">${drawn}</g>`;
}

/** Draws an arrow, down or to the right. */
export function drawEdge(from: Point, to: Point, edge: Edge): string {
  const arrow = from.x === to.x ? drawFall(from, to, edge) : drawCurve(from, to, edge);
  return `<g class="edge ${edge.style}">${arrow}</g>`;
}

/** An arrow down, with its words beside it. */
function drawFall({ x, y }: Point, to: Point, { label, note }: Edge): string {
  const words = [label, note].filter((it) => it !== '').join(' ');
  return [
    `<path class="line" d="M${x} ${y}V${to.y - 7}"/>`,
    `<path class="head" d="M${x - 5} ${to.y - 8}h10l-5 8z"/>`,
    words && `<text x="${x + 12}" y="${(y + to.y) / 2 + 4}">${words}</text>`,
  ].join('');
}

/** An arrow to the right, with its words above and below it. */
function drawCurve({ x, y }: Point, to: Point, { label, note }: Edge): string {
  const middle = (x + to.x) / 2;
  const text = (content: string, at: number) =>
    content && `<text x="${middle}" y="${at}" text-anchor="middle">${content}</text>`;
  return [
    `<path class="line" d="M${x} ${y}C${middle} ${y} ${middle} ${to.y} ${to.x - 7} ${to.y}"/>`,
    `<path class="head" d="M${to.x - 8} ${to.y - 5}v10l8 -5z"/>`,
    text(label, (y + to.y) / 2 - 7),
    text(note, (y + to.y) / 2 + 15),
  ].join('');
}

function drawLine({ text, style, mark, indent = 0, href }: Line, x: number, y: number): string {
  const words = `<text class="${style}" x="${x + indent}" y="${y}">${escaped(text)}</text>`;
  const drawn = mark === undefined ? words : words + drawMark(mark, x, y);
  return href === undefined ? drawn : `<a href="#${href}">${drawn}</a>`;
}

function drawMark(mark: string, x: number, y: number): string {
  const title = mark === 'IAM' ? 'signed with IAM' : `authorizer ${mark}`;
  const place = `x="${x + 8}" y="${y - (mark.length > 1 ? 1.5 : 0.5)}" text-anchor="middle"`;
  const size = mark.length > 1 ? ' class="small"' : '';
  const circle = `<circle cx="${x + 8}" cy="${y - 4.5}" r="8.5"/>`;
  return `<g class="mark"><title>${title}</title>${circle}<text ${place}${size}>${mark}</text></g>`;
}
