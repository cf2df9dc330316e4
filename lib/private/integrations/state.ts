import type { IConstruct } from 'constructs';

/**
 * Returns a function that returns what the library remembers of a construct, made on the first call.
 *
 * It hangs on the construct, so that two copies of the library in one app share it.
 */
export function remembered<C extends IConstruct, T>(what: string, make: (construct: C) => T): (construct: C) => T {
  const key = Symbol.for(`cdk-apigatewayv2-integrations.${what}`);
  return (construct) => {
    const node = construct.node as unknown as { [key: symbol]: T | undefined };
    const known = node[key];
    if (known !== undefined) { return known; }
    const made = make(construct);
    Object.defineProperty(node, key, { value: made });
    return made;
  };
}
