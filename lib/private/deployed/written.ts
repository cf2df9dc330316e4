import { isDeepStrictEqual } from 'util';
import { isIntrinsic } from '../facts/intrinsics';
import type { DeployedTemplate, Evaluator, Located } from '../template/evaluator';

/** A value in one way of writing it, in which values of two apps can be compared. */
function written(app: Evaluator, stack: DeployedTemplate, value: unknown): unknown {
  if (isIntrinsic(value)) {
    const list = app.list(stack, value);
    return list ? list.map((text) => app.show(text)) : app.show(app.text(stack, value));
  }
  if (Array.isArray(value)) { return value.map((it) => written(app, stack, it)); }
  // CloudFormation takes numbers and booleans for text.
  if (value === null || typeof value !== 'object') { return app.show(app.text(stack, value)); }
  const given = Object.entries(value).filter(([, it]) => it !== undefined);
  return Object.fromEntries(given.map(([key, it]) => [key, written(app, stack, it)]));
}

/** Whether a property of two resources, or all of them, is the same as it is written. */
export function isWrittenAlike(
  one: { readonly app: Evaluator; readonly of?: Located },
  other: { readonly app: Evaluator; readonly of?: Located },
  property?: string,
): boolean {
  const [a, b] = [one, other].map(({ app, of }) => {
    const value = property === undefined ? of?.properties : of?.properties[property];
    return of && value !== undefined ? written(app, of.stack, value) : undefined;
  });
  return isDeepStrictEqual(a, b);
}
