import { Construct } from 'constructs';
import { errorsAtSynth } from '../../../lib/private/output/findings';

test('a construct on which nothing is found is not asked for its path, which an app has many of', () => {
  const construct = new Construct(undefined as never, '');
  Object.defineProperty(construct, 'node', { get: () => { throw new Error('asked'); } });
  expect(errorsAtSynth([{ construct, findings: [] }])).toEqual([]);
});
