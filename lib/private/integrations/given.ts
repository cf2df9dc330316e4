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
  { name: type }: Type, id: string, given: Arguments, required: readonly string[] = [],
): void {
  const place = `integration '${id}'`;
  const assertEach = (values: readonly Omit<GivenValue, 'type'>[]) => {
    for (const value of values) {
      if (value.value === undefined || value.value === null) {
        throwErrors(judgeOptions({ type, ...value }, targetMissing), place);
      }
    }
  };
  assertEach(Object.entries({ id, ...given }).map(([name, value]) => ({ kind: 'argument', name, value })));
  const options = given.props as { readonly [option: string]: unknown };
  assertEach(required.map((name) => ({ kind: 'option', name, value: options[name] })));
  assertEach(Object.entries(options).map(([name, value]) => ({ kind: 'option', name, value, isOptional: true })));
}
