// Makes `aws-cdk-lib` and `constructs` mean the newest ones that are installed, for whoever requires them in this process.
const Module = require('module');
const { join } = require('path');

const beside = new Module(join(__dirname, '../node_modules/aws-cdk-lib-latest/package.json'));
beside.filename = beside.id;
beside.paths = Module._nodeModulePaths(join(__dirname, '../node_modules/aws-cdk-lib-latest'));

const resolve = Module._resolveFilename;
Module._resolveFilename = (request, parent, ...rest) =>
  resolve.call(Module, request, /^(aws-cdk-lib|constructs)($|\/)/.test(request) ? beside : parent, ...rest);
