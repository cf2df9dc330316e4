import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { messagesOf } from './messages';

/** A stack of its own app. */
export function newStack(id = 'Stack', env?: { account?: string; region?: string }): Stack {
  return new Stack(new App(), id, { env });
}

/** A small function. */
export function newFunction(
  scope: Construct, id = 'Handler', props: Partial<lambda.FunctionProps> = {},
): lambda.Function {
  return new lambda.Function(scope, id, {
    runtime: lambda.Runtime.NODEJS_22_X,
    handler: 'index.handler',
    code: lambda.Code.fromInline('exports.handler = async () => ({ statusCode: 200 });'),
    ...props,
  });
}

/** Has aws-cdk-lib validate the manifests of the assemblies that the tests of this file write and read. */
export function withManifestValidation(): void {
  process.env.VALIDATE_MANIFESTS = 'true';
}

/** The properties of the resources of a type, in the order of their logical ids. */
export function propertiesOf(stack: Stack, type: string): Record<string, unknown>[] {
  const resources = Template.fromStack(stack).findResources(type);
  return Object.keys(resources).sort().map((id) => resources[id].Properties as Record<string, unknown>);
}

/** The message of the error that an action throws. */
export function errorOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('expected an error, but nothing was thrown');
}

/** The warnings of this library on a stack, by rule id, as they are shown to the user. */
export function warningsOf(stack: Stack): { readonly rule: string; readonly message: string }[] {
  return messagesOf(stack).filter(({ level }) => level === 'warning').flatMap(({ text }) => {
    const rule = /\[ack: cdk-apigatewayv2-integrations:([a-z0-9-]+)\]/.exec(text);
    return rule ? [{ rule: rule[1], message: text }] : [];
  });
}

/** The CPU time of a task, in ms. */
function timeOf(run: () => void): number {
  const start = process.cpuUsage();
  run();
  return process.cpuUsage(start).user / 1000;
}

/**
 * How many times the CPU time of a task grows with 16 times the size, in the first of three tries that stays below a
 * limit: what else the machine does only makes it slower. Less than 2 ms are too short to tell.
 */
export function growthOf(run: (size: number) => void, size: number, limit: number): number {
  const small = Math.max(2, Math.min(...[1, 2, 3].map(() => timeOf(() => { run(size); }))));
  let growth = Infinity;
  for (let tries = 0; tries < 3 && growth >= limit; tries++) {
    growth = timeOf(() => { run(16 * size); }) / small;
  }
  return growth;
}
