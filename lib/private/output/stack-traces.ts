import { join, sep } from 'path';

/** The folder of this library. */
const LIBRARY = join(__dirname, '..', '..') + sep;

/** Code of AWS CDK. */
const CDK = /[\\/]node_modules[\\/](aws-cdk-lib|constructs)[\\/]/;

/** The most frames of this library and of AWS CDK that stand between a stack trace and the line of the user. */
const BETWEEN = 30;

/** The limit that the user chose, while a longer one is in force. */
let limitOfUser: number | undefined;

/** Runs something with room for the line of the user in the stack traces that are taken meanwhile. */
export function withLongStacks<T>(run: () => T): T {
  if (limitOfUser !== undefined) { return run(); }
  limitOfUser = Error.stackTraceLimit;
  Error.stackTraceLimit = limitOfUser + BETWEEN;
  try {
    return run();
  } finally {
    Error.stackTraceLimit = limitOfUser;
    limitOfUser = undefined;
  }
}

/** Returns an error whose stack trace starts at the line of the user. */
export function errorOfUser(message: string): Error {
  const limit = limitOfUser ?? Error.stackTraceLimit;
  const error = withLongStacks(() => new Error(message));
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
