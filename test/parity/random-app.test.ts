import * as fc from 'fast-check';
import { OURS, UPSTREAM } from './modules';
import { buildRandomApp, randomApp, RUNS, SEED } from './random-app';
import { templatesOf, withoutValidation } from './synthesize';

withoutValidation();

test(`random apps: swapping the import leaves the templates as they are (${RUNS} runs, repeat with SEED=<the seed of `
  + 'the failure>)', () => {
  fc.assert(fc.property(randomApp, (description) => {
    expect(templatesOf(buildRandomApp(description)(OURS))).toEqual(templatesOf(buildRandomApp(description)(UPSTREAM)));
  }), { numRuns: RUNS, seed: SEED });
}, 600_000);
