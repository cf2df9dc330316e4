import { Stack, Token, type IResource } from 'aws-cdk-lib';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { IConstruct } from 'constructs';

/** Where something is, as far as that is known. */
export interface Place {
  readonly region?: string;
  readonly account?: string;
}

const places = new WeakMap<object, Place>();

/** Where a function is; it does not move. */
export function placeOfFunction(handler: IFunction): Place {
  let place = places.get(handler);
  if (!place) {
    place = placeOf(handler.functionArn, handler);
    places.set(handler, place);
  }
  return place;
}

/** Returns where a target is: what its ARN says, where that is text, since an imported construct may not tell it. */
export function placeOf(arn: string, target: Pick<IResource, 'env'>): Place {
  if (Token.isUnresolved(arn)) { return target.env; }
  const [, , , region, account] = arn.split(':');
  return { region, account };
}

/** Whether two regions are known and not the same. */
export function differ(one: string | undefined, other: string | undefined): boolean {
  return one !== other && !!one && !!other && !Token.isUnresolved(one) && !Token.isUnresolved(other);
}

/**
 * Whether a function is known to be in another region than a construct, so that no permission on it can be made there.
 */
export function regionsDiffer(handler: IFunction, scope: IConstruct): boolean {
  return differ(placeOfFunction(handler).region, Stack.of(scope).region);
}
