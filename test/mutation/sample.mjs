// The checker of Stryker that leaves out each mutant that is not in the sample: those do not count.
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { declareClassPlugin, PluginKind } from '@stryker-mutator/api/plugin';

/** What is the same for a mutant in each run. */
export function keyOf({ fileName, location, mutatorName, replacement }) {
  const { start, end } = location;
  const where = `${start.line}:${start.column}-${end.line}:${end.column}`;
  return `${relative(process.cwd(), fileName)} ${where} ${mutatorName} ${replacement}`;
}

class SampleChecker {
  async init() {
    this.sample = new Set(JSON.parse(readFileSync(process.env.SAMPLE, 'utf8')));
  }

  async check(mutants) {
    const leftOut = { status: 'compileError', reason: 'not in the sample' };
    const verdict = (mutant) => this.sample.has(keyOf(mutant)) ? { status: 'passed' } : leftOut;
    return Object.fromEntries(mutants.map((mutant) => [mutant.id, verdict(mutant)]));
  }
}

export const strykerPlugins = [declareClassPlugin(PluginKind.Checker, 'sample', SampleChecker)];
