// The documents that people read, and the blocks of code in them.
import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';

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
const GENERATED = ['API.md', 'docs/rules.md'];

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
