import type { Duration } from 'aws-cdk-lib';
import type { Rule } from './rule';

/** What the protocol allows, in milliseconds. */
interface TimeoutRange {
  readonly protocol: string;
  readonly max: number;
  readonly leadingSentence: string;
}

const MIN_TIMEOUT = 50;

/** The longest integration timeout of an HTTP API in milliseconds. */
export const MAX_HTTP_TIMEOUT = 30_000;

/** The longest integration timeout of a WebSocket API in milliseconds. */
export const MAX_WEBSOCKET_TIMEOUT = 29_000;

function checkRange(range: TimeoutRange, timeout: Duration | undefined): string | undefined {
  if (timeout === undefined || timeout.isUnresolved()) { return undefined; }
  const millis = timeout.toMilliseconds({ integral: false });
  if (millis >= MIN_TIMEOUT && millis <= range.max && Number.isInteger(millis)) { return undefined; }
  return `${range.leadingSentence} Got ${millis} milliseconds. `
    + `Pass a 'timeout' of whole milliseconds from ${MIN_TIMEOUT} to ${range.max}, or leave it out for the ${range.protocol} default of ${range.max / 1000} seconds.`;
}

export const httpTimeout: Rule<Duration | undefined> = {
  id: 'http-timeout-range',
  severity: 'error',
  when: 'The `timeout` of an integration on an HTTP API is below 50 milliseconds or above 30 seconds.',
  why: 'API Gateway refuses the integration at deployment. The quota of 30 seconds cannot be raised.',
  fix: 'Pass 50 milliseconds to 30 seconds. For longer work answer at once and continue asynchronously.',
  check: (timeout) => checkRange({
    protocol: 'HTTP API',
    max: MAX_HTTP_TIMEOUT,
    leadingSentence: 'Integration timeout must be between 50 milliseconds and 30 seconds.',
  }, timeout),
};

export const webSocketTimeout: Rule<Duration | undefined> = {
  id: 'websocket-timeout-range',
  severity: 'error',
  when: 'The `timeout` of an integration on a WebSocket API is below 50 milliseconds or above 29 seconds.',
  why: 'API Gateway refuses the integration at deployment. The quota of 29 seconds cannot be raised.',
  fix: 'Pass 50 milliseconds to 29 seconds. For longer work answer at once and post the result to the connection later.',
  check: (timeout) => checkRange({
    protocol: 'WebSocket API',
    max: MAX_WEBSOCKET_TIMEOUT,
    leadingSentence: 'Integration timeout must be between 50 milliseconds and 29 seconds.',
  }, timeout),
};

export const timeoutRules = [httpTimeout, webSocketTimeout];
