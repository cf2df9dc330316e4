import type { IAspect } from 'aws-cdk-lib';
import { Annotations, Stack, Stage } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { judgeApp } from '../private/judging/judge-app';
import { readApp } from '../private/template/read-app';
import { writeReport } from '../private/output/report';
import { addWarnings, format } from '../private/output/findings';
import { judge, type Finding } from '../private/rules/rule';
import { checksIncomplete, stageNotJudged } from '../private/rules/whole-app';

/**
 * Properties of `ApiGatewayV2Checks`.
 */
export interface ApiGatewayV2ChecksProps {
  /**
   * The ids of rules that are left out, for example `integration-unused`.
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
   * Whether a report is written beside the templates.
   *
   * `ApiGatewayV2Checks.html` draws each API and lists what was found. `ApiGatewayV2Checks.json` says the same for
   * programs, as docs/report.schema.json describes it. `ApiGatewayV2Checks.validation-report.json` has the findings
   * in the form of the `validation-report.json` of AWS CDK. Each API also has a Mermaid diagram in a file that ends
   * with .mmd, which GitHub shows, and VS Code with an extension. The files of an aspect on a part of the app have
   * the path of the part in their names.
   *
   * @default false
   */
  readonly report?: boolean;
}

/** The constructs that the checks have come to, whichever aspect they are. */
const visited = new WeakSet<IConstruct>();

/**
 * Judges the APIs of an app as they will be deployed, whatever made them.
 *
 * An aspect: add it to an app, a stage or a stack with `Aspects.of(app).add(new ApiGatewayV2Checks())`. When the app is complete,
 * after all aspects, it reads the resources of API Gateway v2, the permissions on functions and the roles of integrations, and
 * reports what API Gateway would refuse or what fails at run time, as errors and warnings on the constructs that made the
 * resources. It changes nothing. Stages of an app need an aspect each, as AWS CDK applies aspects to one assembly; a stage
 * that has none is named in a warning.
 *
 * What is only known at deployment, and what is not in the app, is not judged.
 *
 * @see https://docs.aws.amazon.com/cdk/v2/guide/aspects.html
 */
export class ApiGatewayV2Checks implements IAspect {
  private readonly seen = new WeakSet<IConstruct>();

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
    const { scope } = node.node;
    // The aspect was added to a construct whose scope it does not come to. Validations run when all aspects have.
    if (!this.seen.has(node) && !(scope && this.seen.has(scope))) { node.node.addValidation({ validate: () => this.judge(node) }); }
    this.seen.add(node);
    visited.add(node);
  }

  private judge(root: IConstruct): string[] {
    try {
      this.report(root);
    } catch (error) {
      addWarnings(shownPlaceOf(root), this.chosen(judge((error as Error).message, checksIncomplete)), root.node.path || 'the app');
    }
    return [];
  }

  private report(root: IConstruct): void {
    const assembly = assemblyOf(root);
    // Resources outside of the part that is judged may permit what is in it.
    const { app, stages, constructOf } = readApp(assembly ?? root.node.root);
    const isBelow = (construct: IConstruct) => root.node.scope === undefined || construct.node.scopes.includes(root);
    const judged = judgeApp(app, (resource) => pathOf(constructOf(resource)))
      .filter(({ resource }) => isBelow(constructOf(resource)))
      .map(({ resource, findings }) => ({ resource, findings: this.chosen(findings) }));
    for (const { resource, findings } of judged) {
      const construct = constructOf(resource);
      const path = pathOf(construct);
      for (const error of findings.filter(({ severity }) => severity === 'error')) { Annotations.of(construct).addError(format(error, path)); }
      addWarnings(construct, findings, path);
    }

    const isJudged = (stage: Stage) => stage.node.findAll().some((it) => visited.has(it));
    const stagesNotJudged = stages.filter((stage) => isBelow(stage) && !isJudged(stage)).map((stage) => stage.node.path);
    const findings = this.chosen(judge({ stages: stagesNotJudged }, stageNotJudged));
    if (findings.length > 0) { addWarnings(shownPlaceOf(root), findings, root.node.path || 'the app'); }
    if (this.props.report && assembly) {
      writeReport(assembly.outdir, app, judged, {
        root: root === assembly ? undefined : root.node.path,
        isShown: (resource) => isBelow(constructOf(resource)),
        pathOf: (resource) => pathOf(constructOf(resource)),
        templateOf: (resource) => constructOf(resource).stack.templateFile,
        stagesNotJudged,
      });
    }
  }

  private chosen(findings: readonly Finding[]): Finding[] {
    return findings.filter(({ id }) => !this.props.exclude?.includes(id))
      .map((finding) => this.props.errorsAsWarnings ? { ...finding, severity: 'warning' } : finding);
  }
}

/** The app or the stage of an app that a construct is, or is part of. */
function assemblyOf(construct: IConstruct): Stage | undefined {
  return Stage.isStage(construct) ? construct : Stage.of(construct);
}

/** A construct whose warnings the user is shown: one in a stack, and for an app or a stage its first stack. */
function shownPlaceOf(root: IConstruct): IConstruct {
  if (root.node.scopes.some((it) => Stack.isStack(it))) { return root; }
  return root.node.findAll().find((it) => Stack.isStack(it) && assemblyOf(it) === assemblyOf(root)) ?? root;
}

/** The path of what a user wrote: the construct around its resource. */
function pathOf(resource: IConstruct): string {
  const { scope } = resource.node;
  return scope && scope.node.defaultChild === resource ? scope.node.path : resource.node.path;
}
