// Which tests are run for a change in a folder of lib: those that are meant to notice it, which are far from all. They
// run in this order until one fails.
const VALUES = ['private/rules/values.test.ts', 'private/rules/option-rules.test.ts'];
const CLASSES = ['http', 'websocket', 'options', 'private/integrations'];
const RULES = [...VALUES, 'private/deployed', 'private/rules'];
const CHECKS = ['checks', 'no-false-alarms.test.ts'];

/** Files and folders of test, by folder of lib. */
const TESTS = {
  'lib': ['package.test.ts', 'bindings'],
  'lib/checks': ['checks', ...VALUES],
  'lib/http': [...CLASSES, 'parity/apps.test.ts', ...VALUES],
  'lib/options': [...CLASSES, 'parity/apps.test.ts', ...VALUES],
  'lib/websocket': [...CLASSES, 'parity/apps.test.ts', ...VALUES],
  'lib/private/deployed': ['private/deployed', 'private/output/deployed.test.ts'],
  'lib/private/facts': [...RULES, 'private/permissions', 'http/services.test.ts', 'websocket/services.test.ts'],
  'lib/private/integrations': ['private/integrations', ...CLASSES, 'parity', 'private/output', ...VALUES],
  'lib/private/judging': [...RULES, ...CHECKS],
  'lib/private/output': ['private/output', 'private/integrations', 'checks', ...VALUES],
  'lib/private/output/report': ['private/output'],
  'lib/private/permissions': ['private/permissions', 'checks', ...RULES],
  'lib/private/rules': [...RULES, ...CHECKS],
  'lib/private/shapes': [...RULES, ...CHECKS],
  'lib/private/template': ['private/template', 'private/permissions', 'checks', ...RULES],
};

/** The patterns of the tests for a folder of lib; all tests for a folder that is not known. */
export function testsOf(folder) {
  const inTest = (path) => path.endsWith('.ts') ? `<rootDir>/test/${path}` : `<rootDir>/test/${path}/**/*.test.ts`;
  return (TESTS[folder] ?? ['.']).map(inTest);
}
