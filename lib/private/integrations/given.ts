import { throwErrors } from '../output/findings';

/** A class. */
interface Type {
  readonly name: string;
}

/** The arguments of a constructor by their names, with the options as `props`. */
interface Arguments {
  readonly [argument: string]: unknown;
  readonly props: object;
}

/** Throws where an argument or an option is missing, which JavaScript without types does not tell. */
export function assertGiven(type: Type, id: string, given: Arguments, required: readonly string[] = []): void {
  const { name } = type;
  const message = judgeArguments(name, { id, ...given }) ?? judgeOptions(name, given.props as Options, required);
  if (message === undefined) { return; }
  throwErrors([{ id: 'target-missing', severity: 'error', message }], `integration '${id}'`);
}

interface Options {
  readonly [option: string]: unknown;
}

function judgeArguments(type: string, given: Arguments): string | undefined {
  const missing = Object.keys(given).find((name) => isMissing(given[name]));
  return missing === undefined ? undefined
    : `The argument '${missing}' of ${type} is ${String(given[missing])}, expected a value. `
      + 'Pass one, and check that it is made before the integration.';
}

function judgeOptions(type: string, options: Options, required: readonly string[]): string | undefined {
  const missing = required.find((name) => isMissing(options[name]));
  if (missing !== undefined) {
    return `The option '${missing}' of ${type} is ${String(options[missing])}, expected a value. `
      + 'Pass one, and check that it is made before the integration.';
  }
  const empty = Object.keys(options).find((name) => options[name] === null);
  return empty === undefined ? undefined
    : `The option '${empty}' of ${type} is null, expected a value. Pass one, or leave the option out.`;
}

function isMissing(value: unknown): boolean {
  return value === undefined || value === null;
}
