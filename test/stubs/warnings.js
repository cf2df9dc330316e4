// In the place of the module with which aws-cdk-lib warns of deprecated options: loading it takes 0.2 s in each test file.
module.exports = new Proxy({}, { get: () => () => undefined });
