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
  type: Type, id: string, given: Arguments, required: readonly string[] = [],
): void {
  const judge = (value: Omit<GivenValue, 'type'>) => {
    throwErrors(judgeOptions({ type: type.name, ...value }, targetMissing), `integration '${id}'`);
  };
  const options = given.props as { readonly [option: string]: unknown };
  if (isMissing(id)) { judge({ kind: 'argument', name: 'id', value: id }); }
  for (const name of Object.keys(given)) {
    if (isMissing(given[name])) { judge({ kind: 'argument', name, value: given[name] }); }
  }
  for (const name of required) {
    if (isMissing(options[name])) { judge({ kind: 'option', name, value: options[name] }); }
  }
  for (const name of Object.keys(options)) {
    if (options[name] === null) { judge({ kind: 'option', name, value: null, isOptional: true }); }
  }
}

function isMissing(value: unknown): boolean {
  return value === undefined || value === null;
}
