import { throwErrors } from '../output/findings';
import { targetMissing, type GivenValue } from '../rules/integrations';
import { judgeOptions } from '../rules/rule';

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
export function assertGiven(
  type: Type, id: string, given: Arguments, required?: readonly string[],
): void {
  const options = given.props as { readonly [option: string]: unknown };
  if (isMissing(id)) { throwMissing(type, id, { kind: 'argument', name: 'id', value: id }); }
  for (const name in given) {
    if (isMissing(given[name]) && Object.hasOwn(given, name)) {
      throwMissing(type, id, { kind: 'argument', name, value: given[name] });
    }
  }
  required?.forEach((name) => {
    if (isMissing(options[name])) { throwMissing(type, id, { kind: 'option', name, value: options[name] }); }
  });
  for (const name in options) {
    if (Object.hasOwn(options, name) && options[name] === null) {
      throwMissing(type, id, { kind: 'option', name, value: null, isOptional: true });
    }
  }
}

function throwMissing({ name: type }: Type, id: string, value: Omit<GivenValue, 'type'>): void {
  throwErrors(judgeOptions({ type, ...value }, targetMissing), `integration '${id}'`);
}

function isMissing(value: unknown): boolean {
  return value === undefined || value === null;
}
