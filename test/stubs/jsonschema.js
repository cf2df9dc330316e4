// In the place of the package with which aws-cdk-lib validates the manifest of each assembly that it writes and reads.
// That takes a quarter of the time of all tests, so only those do it that call `withManifestValidation` of ../util.
const { dirname } = require('path');

class Validator {
  validate(...args) {
    if (!process.env.VALIDATE_MANIFESTS) { return { errors: [] }; }
    const schemas = dirname(require.resolve('@aws-cdk/cloud-assembly-schema/package.json'));
    const real = require(`${schemas}/node_modules/jsonschema/lib/index.js`);
    return new real.Validator().validate(...args);
  }
}

module.exports = { Validator };
