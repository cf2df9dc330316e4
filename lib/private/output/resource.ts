import type { IConstruct } from 'constructs';

/** Returns the resource that a construct stands for; `defaultChild` throws where a child has the id `Default`, too. */
export function resourceOf({ node }: IConstruct): IConstruct | undefined {
  return node.tryFindChild('Resource') ?? node.defaultChild;
}
