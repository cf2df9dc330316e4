// What a synthesis says. Nothing is written, which takes longer than all else: whatever says something runs before.
import { DefaultStackSynthesizer, Stack, type App } from 'aws-cdk-lib';
import { CloudAssemblyBuilder } from 'aws-cdk-lib/cx-api';
import type { IConstruct } from 'constructs';

export interface Message {
  readonly level: 'error' | 'warning';
  readonly text: string;
  /** The path of the construct. */
  readonly at: string;
}

/** What is said of an app: errors, then warnings. */
export function messagesIn(app: App): Message[] {
  synthesizeUnwritten(app);
  return messagesOn(app.node.findAll());
}

/** What is said of a stack and of those that are nested in it: errors, then warnings. */
export function messagesOf(stack: Stack): Message[] {
  synthesizeUnwritten(stack.node.root as App);
  return messagesOn(stack.node.findAll().filter((construct) => deployedWith(construct) === stack));
}

function deployedWith(construct: IConstruct): Stack {
  let stack = Stack.of(construct);
  while (stack.nestedStackParent) { stack = stack.nestedStackParent; }
  return stack;
}

function messagesOn(constructs: IConstruct[]): Message[] {
  const entries = constructs.flatMap(({ node }) => node.metadata.map((entry) => ({ ...entry, at: `/${node.path}` })));
  return (['error', 'warning'] as const).flatMap((level) => entries
    .filter(({ type }) => type === `aws:cdk:${level}`)
    .map(({ data, at }) => ({ level, text: String(data), at })));
}

const SAID = new Error('all is said');

/** Ends a synthesis where it would read what it wrote, so that the app does not remember that as its assembly. */
function synthesizeUnwritten(app: App): void {
  const { buildAssembly } = CloudAssemblyBuilder.prototype;
  const stopAtApp = function (this: CloudAssemblyBuilder) {
    if (this.outdir === app.outdir) { throw SAID; }
    return buildAssembly.call(this);
  };
  const mocks = [
    jest.spyOn(DefaultStackSynthesizer.prototype, 'synthesize').mockReturnValue(),
    jest.spyOn(CloudAssemblyBuilder.prototype, 'buildAssembly').mockImplementation(stopAtApp),
  ];
  try {
    app.synth({ force: true });
  } catch (error) {
    if (error !== SAID) { throw error; }
  } finally {
    mocks.forEach((mock) => { mock.mockRestore(); });
  }
}
