// Which tests are run for a change in a folder of lib: those that are meant to notice it, which are far from all. They
// run in this order until one fails.
const OPTIONS = ['private/rules/values.test.ts', 'private/rules/option-rules.test.ts'];
const CLASSES = [
  'private/integrations', 'http', 'websocket', 'options', ...OPTIONS, 'parity', 'private/output/stack-traces.test.ts',
];
const JUDGING = [
  ...OPTIONS, 'private/facts/tokens.test.ts', 'private/shapes', 'private/template', 'private/permissions',
  'private/rules', 'private/deployed', 'checks', 'no-false-alarms.test.ts', 'http/services.test.ts',
  'websocket/services.test.ts',
];
const TEMPLATES = [
  'private/template', 'private/permissions', 'checks/permissions.test.ts', 'private/rules/rules.test.ts',
];
const OUTPUT = ['private/output', 'private/integrations', 'checks', ...OPTIONS];

/** Files and folders of test, by folder of lib. */
const TESTS = {
  'lib': ['package.test.ts', 'bindings'],
  'lib/checks': JUDGING,
  'lib/http': CLASSES,
  'lib/options': CLASSES,
  'lib/websocket': CLASSES,
  'lib/private/deployed': ['private/deployed', 'private/output/deployed.test.ts'],
  'lib/private/facts': JUDGING,
  'lib/private/integrations': CLASSES,
  'lib/private/judging': JUDGING,
  'lib/private/output': OUTPUT,
  'lib/private/output/report': OUTPUT,
  'lib/private/permissions': TEMPLATES,
  'lib/private/rules': JUDGING,
  'lib/private/shapes': JUDGING,
  'lib/private/template': TEMPLATES,
};

/** The patterns of the tests for a folder of lib; all tests for a folder that is not known. */
export function testsOf(folder) {
  const inTest = (path) => path.endsWith('.ts') ? `<rootDir>/test/${path}` : `<rootDir>/test/${path}/**/*.test.ts`;
  return (TESTS[folder] ?? ['.']).map(inTest);
}
