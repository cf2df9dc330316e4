import { join, sep } from 'path';

/** The folder of this library. */
const LIBRARY = join(__dirname, '..', '..') + sep;

/** Code of AWS CDK. */
const CDK = /[\\/]node_modules[\\/](aws-cdk-lib|constructs)[\\/]/;

/** The most frames of this library and of AWS CDK that stand between an error and the line of the user. */
const BETWEEN = 30;

/** The limit that the user chose, while a longer one is in force. */
let limitOfUser: number | undefined;

const nothing = () => {};

/**
 * Makes room in the stack traces that are taken until what is returned is called, where somebody debugs.
 *
 * AWS CDK takes one for each resource, which costs more the longer it is.
 */
export function lengthenStacks(): () => void {
  return isDebugging() ? makeRoom(BETWEEN) : nothing;
}

/** Whether AWS CDK was asked to show where things were made. */
function isDebugging(): boolean {
  const asked = process.env.CDK_DEBUG;
  return asked !== undefined && /^(1|on|true)$/i.test(asked);
}

function makeRoom(frames: number): () => void {
  const [limit, before] = [Error.stackTraceLimit, limitOfUser];
  limitOfUser ??= limit;
  Error.stackTraceLimit = Math.max(limit, limitOfUser + frames);
  return () => {
    Error.stackTraceLimit = limit;
    limitOfUser = before;
  };
}

/** Returns an error whose stack trace starts at the line of the user. */
export function errorOfUser(message: string): Error {
  const limit = limitOfUser ?? Error.stackTraceLimit;
  const restore = makeRoom(BETWEEN);
  const error = new Error(message);
  restore();
  const frames = String(error.stack).split('\n').filter((line) => line.startsWith('    at '));
  const first = frames.findIndex((frame) => !isBetween(frame));
  if (first >= 0) {
    error.stack = [`${error.name}: ${message}`, ...frames.slice(first, first + limit)].join('\n');
  }
  return error;
}

function isBetween(frame: string): boolean {
  return frame.includes(LIBRARY) || CDK.test(frame) || frame.endsWith('(<anonymous>)');
}
