import type { Rule } from './rule';
import { isUnresolved } from './unresolved';

/** The most characters that `IntegrationUri` holds. */
const MAX_URI_LENGTH = 2048;

/** A scheme and a host; a stage variable may stand for either or both. */
const HTTP_URL = /^(https?:\/\/[^\s/?#]|\$\{stageVariables\.)/i;

export const httpUrl: Rule<string> = {
  id: 'http-url',
  severity: 'error',
  when: 'The URL of an HTTP proxy integration does not start with `http://` or `https://` and a host, contains white space, or is longer than 2,048 characters.',
  why: 'API Gateway refuses the integration at deployment.',
  fix: 'Pass the full URL, for example `https://example.com/books/{id}`.',
  check: (url) => {
    if (isUnresolved(url)) { return undefined; }
    if (url.length > MAX_URI_LENGTH) {
      return `The URL of the integration has ${url.length} characters, expected at most ${MAX_URI_LENGTH}. Shorten the URL.`;
    }
    if (!HTTP_URL.test(url) || /\s/.test(url)) {
      return `The URL of the integration is ${JSON.stringify(url)}, expected a full http:// or https:// URL without white space. `
        + 'Pass the scheme and the host as well, for example \'https://example.com/books\'.';
    }
    return undefined;
  },
};

export const targetRules: Rule<never>[] = [httpUrl];
