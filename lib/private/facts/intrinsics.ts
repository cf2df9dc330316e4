/** The function of CloudFormation that a value is, and its argument. */
export function intrinsicOf(value: unknown): { readonly name: string; readonly argument: unknown } | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) { return undefined; }
  const names = Object.keys(value);
  const [name] = names;
  if (names.length !== 1 || !(name === 'Ref' || name.startsWith('Fn::'))) { return undefined; }
  return { name, argument: (value as { readonly [name: string]: unknown })[name] };
}

/** Whether a value is decided at deployment, such as `{ "Fn::If": ... }`. */
export function isIntrinsic(value: unknown): boolean {
  return intrinsicOf(value) !== undefined;
}
