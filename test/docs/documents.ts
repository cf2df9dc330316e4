// The documents that people read, and the blocks of code in them.
import { existsSync, readdirSync, readFileSync } from 'fs';
import { dirname, join } from 'path';

export const ROOT = join(__dirname, '../..');

/** A block of code, with what stands behind the opening fence and the heading above it. */
export interface Block {
  readonly document: string;
  readonly heading: string;
  readonly line: number;
  readonly info: string;
  readonly code: string;
}

/** Written by a command of package.json from what is tested elsewhere. */
export const GENERATED = ['API.md', 'docs/rules.md'];

/** The paths of all documents that are written by hand. */
export function documents(): string[] {
  const inFolder = (folder: string) => readdirSync(join(ROOT, folder)).map((file) => join(folder, file));
  return ['.', 'docs', 'examples', '.github'].flatMap(inFolder)
    .filter((path) => path.endsWith('.md') && !GENERATED.includes(path))
    .sort();
}

export function textOf(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

export const manifest = JSON.parse(textOf('package.json'));

/** Where the files of this repository are read, and where its images are loaded from. */
export const REPOSITORY = `${manifest.homepage}/blob/main/`;
const IMAGES = REPOSITORY.replace('//github.com', '//raw.githubusercontent.com').replace('/blob/', '/');

export function withoutBlocks(text: string): string {
  return text.replace(/^```.*?^```$/gms, '');
}

export function withoutCode(text: string): string {
  return withoutBlocks(text).replace(/`[^`\n]*`/g, '');
}

/** What can stand behind `#` in a link to a page: the ids that GitHub gives its headings, and those that it names. */
export function headingsOf(document: string): Set<string> {
  const titles = [...withoutBlocks(textOf(document)).matchAll(/^#+ (.+)$/gm)].map(([, title]) => title);
  const named = [...textOf(document).matchAll(/<a name="[^"]*" id="([^"]+)">/g)].map(([, id]) => id);
  const idOf = (title: string) => title.toLowerCase().replace(/[^\p{L}\p{N} _-]/gu, '').replace(/ /g, '-');
  return new Set([...titles.map(idOf), ...named]);
}

/** Where a document links to: inline, by reference, and as an image. */
export function linksOf(document: string): string[] {
  const text = withoutCode(textOf(document));
  const links = [...text.matchAll(/\]\(([^)\s]+)\)/g), ...text.matchAll(/^\[[^\]]+\]: (\S+)$/gm)];
  return links.map(([, target]) => target);
}

/** What is wrong with the links of a document to files of this repository. */
export function problemsOfLinks(document: string): string[] {
  return linksOf(document).map((link) => problemOfLink(document, link)).filter((problem) => problem !== undefined);
}

function problemOfLink(document: string, link: string): string | undefined {
  const start = [REPOSITORY, IMAGES].find((it) => link.startsWith(it));
  if (!start && /^https?:/.test(link)) { return undefined; }
  const [path, heading] = link.slice(start?.length ?? 0).split('#');
  const target = pathOfLink(document, path, start !== undefined);
  if (!existsSync(join(ROOT, target))) { return `${link}: no such file`; }
  if (heading && !headingsOf(target).has(heading)) { return `${link}: no such heading`; }
  return undefined;
}

function pathOfLink(document: string, path: string, isAbsolute: boolean): string {
  if (path === '') { return document; }
  return isAbsolute ? path : join(dirname(document), path);
}

/** The blocks of code in a document, in its order. */
export function blocksOf(document: string): Block[] {
  const blocks: Block[] = [];
  let heading = '';
  let open: { readonly line: number; readonly info: string; readonly code: string[] } | undefined;
  for (const [index, text] of textOf(document).split('\n').entries()) {
    if (open && text === '```') {
      blocks.push({ document, heading, line: open.line, info: open.info, code: open.code.join('\n') });
      open = undefined;
    } else if (open) {
      open.code.push(text);
    } else if (text.startsWith('```')) {
      open = { line: index + 1, info: text.slice(3), code: [] };
    } else if (/^#+ /.test(text)) {
      heading = text.replace(/^#+ /, '');
    }
  }
  return blocks;
}

/** The blocks of all documents whose opening fence says this. */
export function blocksWith(info: string): Block[] {
  return documents().flatMap(blocksOf).filter((block) => block.info === info);
}
