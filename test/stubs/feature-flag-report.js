// In the place of the module with which aws-cdk-lib writes what the app's feature flags are into each assembly. No test
// reads that, and it takes a tenth of the time of all tests.
module.exports = { generateFeatureFlagReport: () => undefined };
