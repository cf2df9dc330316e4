/** Functions of AWS CloudFormation that have a short form. */
const SHORT_FORM = /^(Ref|Condition|Fn::[A-Za-z]+)$/;

/** Text that YAML would read as something else. */
const NEEDS_QUOTES = /^$|^[\s!&*?|>%@`'"#{}[\],:-]|: |:$| #|\s$|^(true|false|yes|no|on|off|null|~)$|^[\d.+-]+$/i;

/** Text in the quotes that leave it as it is, where there are such. */
const quote = (text: string) => text.includes('\'') && !/["\\]/.test(text) ? `"${text}"`
  : `'${text.replaceAll('\'', '\'\'')}'`;

function writeScalar(value: unknown): string {
  if (typeof value !== 'string') { return JSON.stringify(value); }
  return NEEDS_QUOTES.test(value) ? quote(value) : value;
}

/** What a join of text and references says as one text, if it says nothing else. */
function substituted(joined: unknown): string | undefined {
  if (!Array.isArray(joined) || typeof joined[0] !== 'string' || !Array.isArray(joined[1])) { return undefined; }
  const parts = joined[1].map((part: string | Record<string, unknown>) => {
    if (typeof part === 'string') { return part.replaceAll('${', '${!'); }
    const [[key, argument]] = Object.entries(part);
    const name = Array.isArray(argument) ? argument.join('.') : argument;
    return key === 'Ref' || key === 'Fn::GetAtt' ? `\${${name}}` : undefined;
  });
  return parts.includes(undefined) ? undefined : parts.join(joined[0]);
}

/** A value that fits behind its key. */
function inline(value: unknown): string | undefined {
  if (Array.isArray(value)) {
    const items = value.map(inline);
    const text = `[${items.join(', ')}]`;
    return items.includes(undefined) || text.length > 60 || items.some((it) => /[,{}[\]]/.test(it!)) ? undefined : text;
  }
  if (typeof value !== 'object' || value === null) { return writeScalar(value); }
  const [[key, argument] = [], ...others] = Object.entries(value);
  if (key === undefined) { return '{}'; }
  if (others.length > 0 || !SHORT_FORM.test(key)) { return undefined; }
  const text = key === 'Fn::Join' ? substituted(argument) : undefined;
  if (text !== undefined) { return `!Sub ${writeScalar(text)}`; }
  const name = `!${key.replace('Fn::', '')}`;
  const isPath = key === 'Fn::GetAtt' && Array.isArray(argument);
  const written = isPath ? argument.join('.') : inline(argument);
  return written === undefined || written.startsWith('!') ? undefined : `${name} ${written}`;
}

/** The lines of a value below its key. */
function block(value: object): string[] {
  if (Array.isArray(value)) {
    return value.flatMap((item) => {
      const text = inline(item);
      const [first, ...rest] = text === undefined ? block(item) : [text];
      return [`- ${first}`, ...rest.map((line) => `  ${line}`)];
    });
  }
  return writeYaml(value);
}

/** The lines of a part of a template in YAML, as people write it. */
export function writeYaml(value: object): string[] {
  return Object.entries(value).filter(([, it]) => it !== undefined).flatMap(([key, it]) => {
    const text = inline(it);
    const name = writeScalar(key);
    return text === undefined ? [`${name}:`, ...block(it as object).map((line) => `  ${line}`)] : [`${name}: ${text}`];
  });
}
