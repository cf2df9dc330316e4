// Loads aws-cdk-lib once for all the test files that a process runs: loading it took half of the time of most of them.
const { TestEnvironment } = require('jest-environment-node');
const Module = require('module');
const { join } = require('path');

const STUBS = [
  [/^jsonschema$/, 'jsonschema.js'],
  [/^\.\/(tree-metadata|feature-flag-report)$/, 'assembly-reports.js'],
  [/\/\.warnings\.jsii\.js$/, 'warnings.js'],
].map(([request, file]) => ({ request, file: join(__dirname, '../stubs', file) }));

const resolve = Module._resolveFilename;
Module._resolveFilename = (name, ...rest) =>
  STUBS.find(({ request }) => request.test(name))?.file ?? resolve.call(Module, name, ...rest);

/**
 * aws-cdk-lib resolves every value of an app to find references between stacks, in vain where there is but one stack.
 * The newest ones, on which the tests run as well, still do.
 */
function betweenStacks(refs) {
  const isStack = (construct) => 'stackName' in construct && 'templateFile' in construct;
  const resolveReferences = (app) => {
    if (app.node.findAll().filter(isStack).length > 1) { refs.resolveReferences(app); }
  };
  return { ...refs, resolveReferences };
}

const load = Module._load;
Module._load = (request, parent, ...rest) => {
  const loaded = load(request, parent, ...rest);
  const isOfApp = request === './refs' && parent?.filename.endsWith('prepare-app.js');
  return isOfApp && !loaded.resolveReferencesInElements ? betweenStacks(loaded) : loaded;
};

/** Jest looks up the source of each frame, which the trace of a resource can do without. */
const capture = Error.captureStackTrace;
function captureUnmapped(target, ...below) {
  if (target instanceof Error) { return capture(target, ...below); }
  const { prepareStackTrace } = Error;
  Error.prepareStackTrace = undefined;
  try {
    capture(target, ...below);
    void target.stack;
  } finally {
    Error.prepareStackTrace = prepareStackTrace;
  }
}

module.exports = class extends TestEnvironment {
  envBefore = { ...process.env };
  listenersBefore = process.listeners('beforeExit');

  constructor(config, context) {
    super(config, context);
    this.global.loadOnce = require;
    // A test file gets copies, which aws-cdk-lib would not see.
    this.global.process.env = process.env;
    this.global.Error = Error;
  }

  async setup() {
    await super.setup();
    // Jest has set it to 100 before, and aws-cdk-lib takes the stack trace of each resource.
    Error.stackTraceLimit = 10;
    Error.captureStackTrace = captureUnmapped;
  }

  async teardown() {
    for (const name of Object.keys(process.env)) { if (!(name in this.envBefore)) { delete process.env[name]; } }
    Object.assign(process.env, this.envBefore);
    // An app that was made as by the CLI would be synthesized when the process ends.
    for (const listener of process.listeners('beforeExit')) {
      if (!this.listenersBefore.includes(listener)) { process.off('beforeExit', listener); }
    }
    await super.teardown();
  }
};
