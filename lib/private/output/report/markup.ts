import { openFindings, type FindingModel } from './model';

/** A text in which nothing is markup; control characters, which no document may have, are shown as such. */
export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`).replace(/[^\P{Cc}\n\t]/gu, '\ufffd');
}

/** A text that may go on in another line after what separates its words, and nowhere else. */
export function breakable(text: string): string {
  return text
    .split(/(?<=[^\s/][/.?&=,-]+|[^\s:]:)(?=[^\s/.:?&=,-])/)
    .map(escaped)
    .join('<wbr>');
}

/** The lines of a text, broken after what separates its words; a longer word is broken where it has to be. */
export function wrapped(text: string, most: number): string[] {
  const words = text.split(/(?<=[/.:?&=, ]|--)/).flatMap((word) => word.match(new RegExp(`.{1,${most}}`, 'gsu')) ?? []);
  const lines = [''];
  for (const word of words) {
    if (lines[lines.length - 1].length + word.trimEnd().length > most) { lines.push(''); }
    lines[lines.length - 1] += word;
  }
  return lines;
}

export type Worst = 'error' | 'warning' | 'fine';

/** The worst of some findings, of which those that are acknowledged do not count. */
export function worstOf(findings: readonly FindingModel[]): Worst {
  const open = openFindings(findings);
  if (open.length === 0) { return 'fine'; }
  return open.some(({ severity }) => severity === 'error') ? 'error' : 'warning';
}

/** A number of things, such as `1 route` and `2 routes`. */
export function counted(count: number, one: string): string {
  if (count === 1) { return `1 ${one}`; }
  return `${count} ${one.endsWith('y') ? `${one.slice(0, -1)}ies` : `${one}s`}`;
}

/** The ids in the page of what a finding, an API or a part of it is shown as. */
export const anchors = {
  api: (api: number) => `api-${api + 1}`,
  route: (api: number, route: number) => `api-${api + 1}-route-${route + 1}`,
  stage: (api: number, stage: number) => `api-${api + 1}-stage-${stage + 1}`,
  authorizer: (api: number, authorizer: number) => `api-${api + 1}-authorizer-${authorizer + 1}`,
  /** Of an integration or a target. */
  part: (api: number, id: string) => `api-${api + 1}-${id}`,
};
