// Names the tests that are skipped, so that .ci/run can compare them with those that may be.
module.exports = class {
  onTestResult(_test, { testResults }) {
    for (const { fullName, status } of testResults) {
      if (!['passed', 'failed'].includes(status)) { console.log(`Skipped: ${fullName}`); }
    }
  }
};
