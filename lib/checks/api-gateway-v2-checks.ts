import type { IAspect } from 'aws-cdk-lib';
import { Annotations, Stage } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { judgeApp } from '../private/checks/judge-app';
import { readApp } from '../private/checks/read-app';
import { writeReport } from '../private/checks/report';
import { addWarnings, format } from '../private/report';

/**
 * Properties of `ApiGatewayV2Checks`.
 */
export interface ApiGatewayV2ChecksProps {
  /**
   * The ids of rules that are left out, for example `['integration-unused']`.
   *
   * @default - all rules are judged
   */
  readonly exclude?: string[];

  /**
   * Whether errors are reported as warnings, which do not stop a deployment and can be acknowledged.
   *
   * @default false
   */
  readonly errorsAsWarnings?: boolean;

  /**
   * Whether a report is written beside the templates: `ApiGatewayV2Checks.html`, and a Mermaid diagram of each API.
   *
   * @default false
   */
  readonly report?: boolean;
}

/**
 * Judges the APIs of an app as they will be deployed, whatever made them.
 *
 * An aspect: add it to an app, a stage or a stack with `Aspects.of(app).add(new ApiGatewayV2Checks())`. When the app is complete,
 * after all aspects, it reads the resources of API Gateway v2, the permissions on functions and the roles of integrations, and
 * reports what API Gateway would refuse or what fails at run time, as errors and warnings on the constructs that made the
 * resources. It changes nothing. Stages of an app need an aspect each, as AWS CDK applies aspects to one assembly.
 *
 * What is only known at deployment, and what is not in the app, is not judged.
 *
 * @see https://docs.aws.amazon.com/cdk/v2/guide/aspects.html
 */
export class ApiGatewayV2Checks implements IAspect {
  private readonly judged = new WeakSet<IConstruct>();

  /**
   * @param props Which rules are judged, and how they are reported
   */
  constructor(private readonly props: ApiGatewayV2ChecksProps = {}) {}

  /**
   * Called by AWS CDK for each construct.
   *
   * @param node The construct
   */
  public visit(node: IConstruct): void {
    const assembly = assemblyOf(node) ?? node.node.root;
    if (this.judged.has(assembly)) { return; }
    this.judged.add(assembly);
    // The first construct is the one that the aspect was added to. Validations run when all aspects have.
    node.node.addValidation({ validate: () => this.judge(node) });
  }

  private judge(root: IConstruct): string[] {
    const { app, constructOf } = readApp(root);
    const excluded = new Set(this.props.exclude);
    const judged = judgeApp(app, (resource) => pathOf(constructOf(resource)))
      .map(({ resource, findings }) => ({ resource, findings: findings.filter(({ id }) => !excluded.has(id)) }));
    for (const { resource, findings } of judged) {
      const construct = constructOf(resource);
      const path = pathOf(construct);
      const errors = this.props.errorsAsWarnings ? [] : findings.filter(({ severity }) => severity === 'error');
      for (const error of errors) { Annotations.of(construct).addError(format(error, path)); }
      addWarnings(construct, findings.filter((finding) => !errors.includes(finding)).map((finding) => ({ ...finding, severity: 'warning' })), path);
    }
    const assembly = assemblyOf(root);
    if (this.props.report && assembly) { writeReport(assembly.outdir, app, judged, (resource) => pathOf(constructOf(resource))); }
    return [];
  }
}

/** The app or the stage of an app that a construct is, or is part of. */
function assemblyOf(construct: IConstruct): Stage | undefined {
  return Stage.isStage(construct) ? construct : Stage.of(construct);
}

/** The path of what a user wrote: the construct around its resource. */
function pathOf(resource: IConstruct): string {
  const { scope } = resource.node;
  return scope && scope.node.defaultChild === resource ? scope.node.path : resource.node.path;
}
