import type { IConstruct } from 'constructs';

/**
 * Returns what the library remembers of a construct, made on the first call.
 *
 * It hangs on the construct, so that two copies of the library in one app share it.
 */
export function stateOf<T>(construct: IConstruct, what: string, make: () => T): T {
  const key = Symbol.for(`cdk-apigatewayv2-integrations.${what}`);
  const node = construct.node as unknown as { [key: symbol]: T | undefined };
  const known = node[key];
  if (known !== undefined) { return known; }
  const made = make();
  Object.defineProperty(node, key, { value: made });
  return made;
}
