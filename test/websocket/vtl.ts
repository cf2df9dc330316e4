import { render } from 'velocityjs';

/** A string as Java has it, as far as templates use it. */
class JavaString {
  constructor(private readonly text: string) {}

  public replaceAll(expression: string, replacement: string): JavaString {
    return new JavaString(this.text.replace(new RegExp(expression, 'g'), replacement));
  }

  public toString(): string {
    return this.text;
  }
}

/** What `$util.escapeJavaScript` does: that of Apache Commons. */
function escapeJavaScript(text: unknown): JavaString {
  const named: Record<string, string> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\b': '\\b', '\f': '\\f' };
  return new JavaString(String(text)
    .replace(/['"\\/]/g, '\\$&')
    // eslint-disable-next-line no-control-regex -- these are what is escaped
    .replace(/[\u0000-\u001f]|[^\u0000-\u007e]/g, (c) => named[c]
      ?? `\\u${c.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`));
}

/** What `$util.urlEncode` does: that of java.net.URLEncoder. */
function urlEncode(text: unknown): string {
  return encodeURIComponent(String(text))
    .replace(/%20/g, '+')
    .replace(/[!'()~]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** Renders a mapping template of a WebSocket API for the body of a message. */
export function renderTemplate(template: string, body: string): string {
  return render(template, {
    input: { body, path: (path: string) => path.replace(/^\$\./, '')
      .split('.')
      .reduce<unknown>((o, key) => (o as Record<string, unknown>)[key], JSON.parse(body)) },
    util: {
      escapeJavaScript,
      urlEncode,
      base64Encode: (text: unknown) => Buffer.from(String(text)).toString('base64'),
    },
    context: { connectionId: 'connection=', requestId: 'request', apiId: 'api', routeKey: '$default' },
  });
}

/** Bodies that break templates which do not escape. */
export const HOSTILE_BODIES = [
  '{"action":"send","text":"hello"}',
  'plain',
  '',
  ' ',
  '"',
  '\'',
  '\\',
  '\\\'',
  '\\"',
  '"}',
  '{"a":"it\'s \\"quoted\\" \\\\ slashed / text"}',
  'line\nbreak\r\ttab',
  '\u0000\u0008\u001f\u007f',
  'ünïcödé 漢字 🎉',
  '\u2028\u2029',
  '#set($x = 1)',
  '$util.urlEncode("x")',
  '$input.body ${context.connectionId}',
  '#if(true)#end ## comment #* block *#', '$$ ## ${', 'a=1&b=2&MessageBody=x', '%20+%2B', '</script>', '$1 $& \\1',
];
