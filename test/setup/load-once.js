// In the place of each module of aws-cdk-lib and constructs: what the test environment beside this file has loaded.
module.exports = { process: () => ({ code: 'module.exports = loadOnce(__filename);' }) };
