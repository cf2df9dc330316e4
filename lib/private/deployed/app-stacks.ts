import { Stack, Stage } from 'aws-cdk-lib';
import { literal } from '../template/read-app';

/** A stack of the app that is deployed by itself. */
export interface AppStack {
  /** The id of its template in the app. */
  readonly id: string;
  readonly name: string;
  readonly account?: string;
  readonly region?: string;
  /** Whether it is in the assembly that is judged; stages of an app are assemblies of their own. */
  readonly isJudged: boolean;
  /** The ids of the stacks that are deployed before it. */
  readonly after: ReadonlySet<string>;
}

/** The stacks of the whole app of an assembly. */
export function stacksAround(assembly: Stage): AppStack[] {
  const all = assembly.node.root.node.findAll();
  const stacks = all.filter((it): it is Stack => Stack.isStack(it) && it.nestedStackParent === undefined);
  return stacks.map((stack) => ({
    id: stack.node.path,
    name: stack.stackName,
    account: literal(stack.account),
    region: literal(stack.region),
    isJudged: Stage.of(stack) === assembly,
    after: new Set(stacksBefore(stack).map(({ node }) => node.path)),
  }));
}

/** The stacks that are deployed before a stack, since it depends on them. */
function stacksBefore(stack: Stack): Stack[] {
  const before = new Set<Stack>(stack.dependencies);
  for (const it of before) { it.dependencies.forEach((other) => before.add(other)); }
  return [...before];
}
