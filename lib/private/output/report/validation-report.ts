import { Manifest } from 'aws-cdk-lib/cloud-assembly-schema';
import type { FindingModel, ReportModel } from './model';
import { openFindings } from './model';

/**
 * The findings in the form of the file `validation-report.json` that AWS CDK writes, for tools that read that.
 *
 * @see https://github.com/aws/aws-cdk-cli/tree/main/packages/%40aws-cdk/cloud-assembly-schema
 */
export function validationReport(model: ReportModel): string {
  const open = openFindings(model.findings);
  const acknowledged = model.findings.filter((finding) => !open.includes(finding));
  const report = {
    version: Manifest.version(),
    title: 'Validation Report',
    pluginReports: [
      {
        pluginName: model.library.name,
        pluginVersion: model.library.version,
        conclusion: open.some(({ severity }) => severity === 'error') ? 'failure' : 'success',
        violations: open.map(violation),
        suppressedViolations: acknowledged.map((finding) => ({
          ...violation(finding),
          acknowledgedId: `${model.library.name}::${finding.rule}`,
          reason: finding.acknowledged,
        })),
      },
    ],
  };
  return `${JSON.stringify(report, undefined, 2)}\n`;
}

function violation({ rule, message, severity, url, constructPath, template, logicalId }: FindingModel) {
  return {
    ruleName: rule,
    description: message,
    severity,
    ruleMetadata: { url },
    violatingConstructs: [{ constructPath, cloudFormationResource: { templatePath: template, logicalId } }],
  };
}
