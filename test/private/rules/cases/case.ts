import type { Build } from '../builders';

/** Apps that a rule objects to, and near misses that work. */
export interface RuleCase {
  /**
   * Apps of L1 constructs, by what is wrong with them. They are judged as they are, through classes of aws-cdk-lib with
   * overrides, and included.
   */
  readonly wrong: { readonly [name: string]: Build };
  readonly right: { readonly [name: string]: Build };
  /**
   * The names of the wrong and the right app that docs/rules.md shows, if they are not the first ones; or what it says
   * where no sample can be read.
   */
  readonly sample?: readonly [wrong: string, right: string] | string;
  /** Other rules that object to the wrong apps as well. */
  readonly also?: readonly string[];
  /** What `CfnInclude` throws for the wrong apps, where it cannot include them. */
  readonly cannotInclude?: RegExp;
  /** What the message of the first wrong app says. */
  readonly says?: RegExp;
  /**
   * The mistake and its correction with classes of this library, judged without the aspect; or the reason why no class
   * can make it.
   */
  readonly classes: { readonly wrong: Build; readonly right: Build } | string;
  /** The mistake and its correction with the classes of aws-cdk-lib, judged by the aspect. */
  readonly upstream?: { readonly wrong: Build; readonly right: Build };
}

/** Cases by the id of their rule. */
export type Cases = { readonly [rule: string]: RuleCase };
