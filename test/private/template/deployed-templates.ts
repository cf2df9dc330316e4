import { readFileSync } from 'fs';
import { basename, join } from 'path';
import { CloudAssembly } from 'aws-cdk-lib/cx-api';
import type { DeployedTemplate, Template } from '../../../lib/private/template/evaluator';

const read = <T>(directory: string, file: string) => JSON.parse(readFileSync(join(directory, file), 'utf8')) as T;
const known = (value: string) => value.startsWith('unknown-') ? undefined : value;

/** The templates that an app synthesized, nested stacks among them. */
export function readApp(directory: string): DeployedTemplate[] {
  const files = (name: string) => Object.entries(read<{
    files?: Record<string, { source: { path: string } }>;
  }>(directory, `${name}.assets.json`).files ?? {});
  return new CloudAssembly(directory).stacksRecursively.flatMap((stack) => {
    const { account, region } = stack.environment;
    const assets = files(basename(stack.templateFile, '.template.json'));
    const withNested = (deployed: DeployedTemplate): DeployedTemplate[] => [deployed, ...Object.entries(
      deployed.template.Resources ?? {},
    )
      .filter(([, { Type }]) => Type === 'AWS::CloudFormation::Stack')
      .flatMap(([logicalId, { Properties }]) => {
        const url = JSON.stringify(Properties?.TemplateURL);
        const [, { source }] = assets.find(([hash]) => url.includes(hash))!;
        return withNested({
          ...deployed,
          id: `${deployed.id}/${logicalId}`,
          template: read<Template>(directory, source.path),
          parent: { id: deployed.id, logicalId },
        });
      })];
    return withNested({
      id: stack.id,
      template: stack.template as Template,
      account: known(account),
      region: known(region),
    });
  });
}
