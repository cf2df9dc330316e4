import { existsSync, statSync } from 'fs';
import { resolve } from 'path';
import type { Stage } from 'aws-cdk-lib';
import type { Subject, View } from '../judging/view';
import { Evaluator } from '../template/evaluator';
import { Both } from './both';
import { changesOf, type Changes } from './changes';
import { conflictSubjects } from './conflicts';
import { stacksAround, type AppStack } from './app-stacks';
import { matchStacks, type MatchedStacks } from './match-stacks';
import { readFolder, type Folder } from './read-folder';
import { replacementSubjects } from './replacements';

export type { Changes } from './changes';

/** What a comparison with what is deployed tells. */
export interface Comparison {
  readonly subjects: readonly Subject[];
  /** What was not compared, each as a sentence without its end. */
  readonly problems: readonly string[];
  /** What becomes of the routes, where something was compared. */
  readonly changesOf?: () => Changes;
}

/** Compares an assembly of an app with a folder of the templates that are deployed. */
export function compareWithDeployed(directory: string, view: View, assembly: Stage): Comparison {
  const path = resolve(directory);
  try {
    const problem = problemOf(path, assembly);
    return problem === undefined ? compare(path, view, assembly) : { subjects: [], problems: [problem] };
  } catch (error) {
    // The folder may have anything, for which all that does not need it is judged nevertheless.
    return { subjects: [], problems: [`It cannot be read: ${(error as Error).message}`] };
  }
}

function compare(path: string, view: View, assembly: Stage): Comparison {
  const stacks = stacksAround(assembly);
  const folder = readFolder(path);
  const matched = matchStacks(folder, stacks, view.app);
  const problems = problemsOf(folder, matched, view, stacks);
  if (stacks.every(({ id }) => !matched.foundOf.has(id))) { return { subjects: [], problems }; }

  const both = new Both(view, new Evaluator(matched.templates), matched, stacks);
  const isNew = (id: string) => folder.isListed && !matched.foundOf.has(id);
  return {
    subjects: [...conflictSubjects(both), ...replacementSubjects(both)],
    problems,
    changesOf: () => changesOf(both, isNew),
  };
}

/** Why a folder cannot be read at all. */
function problemOf(path: string, assembly: Stage): string | undefined {
  if (!existsSync(path) || !statSync(path).isDirectory()) { return `There is no folder ${path}`; }
  if (path === resolve(assembly.outdir)) {
    return 'It is the folder that this app is written to';
  }
  return undefined;
}

function problemsOf(folder: Folder, matched: MatchedStacks, { app }: View, stacks: readonly AppStack[]): string[] {
  const read = folder.problems.length === 0 ? [] : [`In it, ${folder.problems.join(', ')}`];
  if (folder.stacks.length === 0) { return [...read, 'It has no template of a stack']; }
  if (stacks.every(({ id }) => !matched.foundOf.has(id)) && matched.ambiguous.length === 0) {
    const names = namesOf(folder.stacks.map(({ name }) => name));
    return [...read, `Its stacks are ${names}, and none of them is in the app`];
  }
  const types = app.types().filter((type) => type.startsWith('AWS::ApiGatewayV2::'));
  const withApi = new Set(types.flatMap((type) => app.ofType(type)).map(({ stack }) => stack.id));
  // A manifest lists all stacks, so that others are new.
  const ids = [...folder.isListed ? [] : matched.missing, ...matched.missingNested].filter((id) => withApi.has(id));
  const missing = ids.map((id) => stacks.find((stack) => stack.id === id)?.name ?? id);
  const ambiguous = matched.ambiguous.filter((name) => stacks.some((it) => it.isJudged && it.name === name));
  return [
    ...read,
    ...missing.length === 0 ? [] : [`It has no template of ${namesOf(missing)}`],
    ...ambiguous.length === 0 ? []
      : [`More than one stack has the name ${namesOf(ambiguous)}, and its templates cannot be told apart`],
  ];
}

function namesOf(names: readonly string[]): string {
  return [...new Set(names)].map((name) => `'${name}'`).join(', ');
}
