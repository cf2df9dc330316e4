/** Whether a value is decided at deployment, such as `{ "Fn::If": ... }`. */
export function isIntrinsic(value: unknown): boolean {
  return intrinsicOf(value) !== undefined;
}
