// The program of the fresh processes (`measure.ts`), for those who measure.
import { execFile } from 'child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { promisify } from 'util';
import * as ts from 'typescript';
import type { Job } from './measure';

const ROOT = join(__dirname, '..');
const PROGRAM = join(ROOT, '.cache/bench/measure.js');

/** Where users have it: AWS CDK writes less of what stands in node_modules into the stack trace of each resource. */
const LIBRARY = join(ROOT, '.cache/bench/node_modules/cdk-apigatewayv2-integrations');

/** What a process measures. */
export type Shape = Pick<Job, 'kind' | 'shape' | 'size'>;

/** The integrations whose binding is measured. */
export const BOUND = [
  'Lambda', 'Lambda with a mapping of four entries', 'URL', 'SQS', 'Step Functions', 'EventBridge', 'ALB', 'NLB',
  'Cloud Map', 'WebSocket Lambda', 'WebSocket mock', 'WebSocket AWS',
];

/** The apps that the checks judge, with how many of what they have. */
export const CHECKED: ReadonlyMap<string, number> = new Map([
  ['stacks of 60 routes', 20], ['routes with a permission each', 300], ['nested APIs', 50], ['functions', 320],
  ['unrelated resources', 3000],
]);

/** Compiles the program, which is not to load a compiler, and installs the compiled library. */
export function prepareProgram(): void {
  const compilerOptions = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 };
  const { outputText } = ts.transpileModule(readFileSync(join(__dirname, 'measure.ts'), 'utf8'), { compilerOptions });
  mkdirSync(join(ROOT, '.cache/bench'), { recursive: true });
  writeFileSync(PROGRAM, outputText);
  rmSync(LIBRARY, { recursive: true, force: true });
  for (const path of ['lib', 'package.json']) { cpSync(join(ROOT, path), join(LIBRARY, path), { recursive: true }); }
}

/** Runs the program in a fresh process: `node`, or another command that ends with it. */
export async function runProgram(
  [command, ...args]: readonly string[], job: Shape & Pick<Job, 'whose'>,
): Promise<{ readonly stdout: string; readonly stderr: string }> {
  const outdir = mkdtempSync(join(tmpdir(), 'bench-'));
  // The validation that newer releases have built in takes longer than everything else.
  const env = { ...process.env, CDK_OUTDIR: outdir, CDK_VALIDATION: 'false' };
  const program = ['--expose-gc', PROGRAM, JSON.stringify({ ...job, root: ROOT, library: LIBRARY } satisfies Job)];
  try {
    return await promisify(execFile)(command, [...args, ...program], { env });
  } finally {
    rmSync(outdir, { recursive: true });
  }
}
