// In the place of the modules with which aws-cdk-lib writes the tree of constructs and the app's feature flags beside
// the templates. No test reads those, and writing them takes a tenth of the time of all tests.
module.exports = { generateFeatureFlagReport: () => undefined, TreeMetadata: class {} };
