import { APPS } from './apps';
import { OURS, UPSTREAM } from './modules';
import { templatesOf, withoutValidation } from './synthesize';

if (process.env.CDK !== 'latest') { withoutValidation(); }

test('there are enough written apps', () => {
  expect(Object.keys(APPS).length).toBeGreaterThanOrEqual(40);
});

test.each(Object.keys(APPS))('%s: swapping the import leaves the templates as they are', (name) => {
  expect(templatesOf(APPS[name](OURS))).toEqual(templatesOf(APPS[name](UPSTREAM)));
});
