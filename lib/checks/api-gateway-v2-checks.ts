import type { CfnResource, IAspect } from 'aws-cdk-lib';
import { Stack, Stage } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { judgeApp, type Judged } from '../private/judging/judge-app';
import type { View } from '../private/judging/view';
import { setAcknowledged, withAcknowledgements } from '../private/output/acknowledgements';
import { addErrors, addWarnings, isSaid, unsaidOf } from '../private/output/findings';
import type { ReportOptions } from '../private/output/report';
import type { Comparison } from '../private/deployed';
import { judge, RULES } from '../private/rules';
import { checksIncomplete, stageNotJudged } from '../private/rules/apis';
import { deployedNotCompared } from '../private/rules/deployed';
import { nearestOf } from '../private/rules/nearest';
import { judgeOptions, type AnyRule, type Finding } from '../private/rules/rule';
import { namesOf } from '../private/shapes/names';
import { readApp, type ReadApp } from '../private/template/read-app';

/**
 * Properties of `ApiGatewayV2Checks`.
 */
export interface ApiGatewayV2ChecksProps {
  /**
   * The ids of rules that are left out, for example `integration-unused`. An id that does not exist is an error.
   *
   * To accept single findings and keep the rule, use `ApiGatewayV2Checks.acknowledge`.
   *
   * @default - all rules are checked
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

  /**
   * A folder with the templates that are deployed, to compare the app with.
   *
   * It is the `cdk.out` of the last release, or has a file `<stack name>.template.json` for each stack, in JSON, as
   * `aws cloudformation get-template` returns it, also for nested stacks. It must not be the folder that the app is
   * written to. A path that is not absolute starts at the working directory.
   *
   * CloudFormation makes what is new before it deletes what is old. So a route, a stage, an authorizer, an API mapping,
   * a domain name or a response that gets another logical id is refused while the old one is there, which is an error.
   * An API, a VPC link or a domain name that is replaced is a warning. With `report`, the report tells what happens to
   * each route.
   *
   * What is made on a condition, and what an OpenAPI document or a macro makes, is not compared. What cannot be read is
   * named in a warning.
   *
   * @default - the app is not compared with what is deployed
   * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-updating-stacks-update-behaviors.html
   */
  readonly deployed?: string;
}

const RULES_PAGE = 'https://github.com/cdk-apigatewayv2/cdk-apigatewayv2-integrations/blob/main/docs/rules.md';

/** On the constructs that the checks have come to, whichever aspect and copy of this library they are. */
const VISITED = Symbol.for('cdk-apigatewayv2-integrations.visited');

/**
 * Checks the APIs of an app as they will be deployed, whatever created them.
 *
 * An aspect: add it to an app, a stage or a stack with `Aspects.of(app).add(new ApiGatewayV2Checks())`. When the app is
 * complete, after all aspects, it reads the resources of API Gateway v2, the permissions on functions and the roles of
 * integrations, and reports what API Gateway would refuse or what fails at run time, as errors and warnings on the
 * constructs that made the resources. It changes nothing. Stages of an app need an aspect each, as AWS CDK applies
 * aspects to one assembly; a stage that has none is named in a warning.
 *
 * What is only known at deployment, and what is not in the app, is not checked.
 *
 * @see https://docs.aws.amazon.com/cdk/v2/guide/aspects.html
 */
export class ApiGatewayV2Checks implements IAspect {
  /**
   * Accepts the findings of a rule, errors and warnings, on a construct and everything below it.
   *
   * Counts for what the integrations of this library say while routes are added, and for what `ApiGatewayV2Checks` says
   * of the finished app. Call it before the routes are added that it is about. The report lists what was accepted, with
   * the reason.
   *
   * Throws for a rule that does not exist, and for one without which there is nothing to build.
   *
   * @see https://github.com/cdk-apigatewayv2/cdk-apigatewayv2-integrations/blob/main/docs/rules.md
   * @param scope The construct: an app, a stack, an API, a route or any other
   * @param rule The id of the rule, as it is at the end of its messages
   * @param reason Why it is accepted, for whoever reads it later
   */
  public static acknowledge(scope: IConstruct, rule: string, reason: string): void {
    const found = ruleOf(rule);
    if ('required' in found && found.required) {
      throw new Error(`The rule '${rule}' cannot be acknowledged, since there is nothing to build without it. `
        + `${found.fix}`);
    }
    if (reason.trim() === '') {
      throw new Error(`The rule '${rule}' was acknowledged without a reason, expected one. Say why it is accepted.`);
    }
    setAcknowledged(scope, rule, reason);
  }

  private readonly seen = new WeakSet<IConstruct>();

  /**
   * @param props Which rules are checked, and how they are reported
   */
  constructor(private readonly props: ApiGatewayV2ChecksProps = {}) {
    props.exclude?.forEach(ruleOf);
  }

  /**
   * Called by AWS CDK for each construct.
   *
   * @param node The construct
   */
  public visit(node: IConstruct): void {
    const { scope } = node.node;
    // The aspect was added to a construct whose scope it does not come to. Validations run when all aspects have.
    const isBelowSeen = scope !== undefined && this.seen.has(scope);
    if (!this.seen.has(node) && !isBelowSeen) {
      node.node.addValidation({ validate: () => this.validate(node) });
    }
    this.seen.add(node);
    Object.defineProperty(node, VISITED, { value: true, configurable: true });
  }

  private validate(root: IConstruct): string[] {
    try {
      this.judge(root);
    } catch (error) {
      this.warn(root, judgeOptions((error as Error).message, checksIncomplete));
    }
    return [];
  }

  private judge(root: IConstruct): void {
    const assembly = assemblyOf(root);
    // Resources outside of the part that is judged may permit what is in it.
    const read = readApp(assembly ?? root.node.root);
    const isBelow = (construct: IConstruct) => construct.node.scopes.includes(root);
    const compared = this.compare(read, root);
    const judged = this.judged(read, isBelow, compared);
    for (const { resource, findings } of judged) { say(read.constructOf(resource), findings); }

    const isJudged = (stage: Stage) => stage.node.findAll().some((it) => VISITED in it);
    const notJudged = read.stages.filter((stage) => isBelow(stage) && !isJudged(stage));
    const stagesNotJudged = notJudged.map((stage) => stage.node.path);
    this.warn(root, judgeOptions(stagesNotJudged, stageNotJudged));
    if (this.props.report && assembly) {
      // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded only where it is asked for
      const { writeReport } = require('../private/output/report') as typeof import('../private/output/report');
      writeReport(assembly.outdir, read.app, judged, {
        root: root === assembly ? undefined : root.node.path,
        isShown: (resource) => isBelow(read.constructOf(resource)),
        pathOf: (resource) => pathOf(read.constructOf(resource)),
        templateOf: (resource) => read.constructOf(resource).stack.templateFile,
        stagesNotJudged,
        deployed: compared && this.deployedRoutes(compared),
        notCompared: compared?.problems ?? [],
      });
    }
  }

  /** What a comparison with what is deployed tells, where one is asked for. */
  private compare(read: ReadApp, root: IConstruct): Comparison | undefined {
    const { deployed: folder } = this.props;
    if (folder === undefined || !assemblyOf(root)) { return undefined; }
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded only where it is asked for
    const { compareWithDeployed } = require('../private/deployed') as typeof import('../private/deployed');
    const compared = compareWithDeployed(folder, viewOf(read), assemblyOf(root)!);
    const { problems, changesOf } = compared;
    this.warn(root, judgeOptions({ folder, isPart: changesOf !== undefined, problems }, deployedNotCompared));
    return compared;
  }

  /** What the report tells of what is deployed, if it could be read. */
  private deployedRoutes({ changesOf }: Comparison): ReportOptions['deployed'] {
    if (!changesOf) { return undefined; }
    const { changeOf, removed } = changesOf();
    return { folder: this.props.deployed!, changeOf, removedRoutes: removed };
  }

  /** The findings of a part of an app, with what was acknowledged. */
  private judged(read: ReadApp, isBelow: (construct: IConstruct) => boolean, compared?: Comparison): Judged[] {
    const { constructOf } = read;
    const subjects = compared?.subjects ?? [];
    const ofDeployed = subjects.map(({ kind, resource, shape }) => ({ resource, findings: judge(kind, shape) }));
    const found = [...judgeApp(viewOf(read)), ...ofDeployed].filter(({ resource }) => isBelow(constructOf(resource)));
    return found.map(({ resource, findings }) => ({
      resource, findings: withAcknowledgements(this.chosen(findings), constructOf(resource)),
    }));
  }

  /** Adds the findings that are chosen to the place where what concerns all of the judged part is shown. */
  private warn(root: IConstruct, findings: readonly Finding[]): void {
    addWarnings(shownPlaceOf(root), this.chosen(findings), root.node.path || 'the app');
  }

  private chosen(findings: readonly Finding[]): Finding[] {
    return findings.filter(({ id }) => !this.props.exclude?.includes(id))
      .map((finding) => this.props.errorsAsWarnings ? { ...finding, severity: 'warning' } : finding);
  }
}

/** An app as it is judged. */
function viewOf({ app, constructOf }: ReadApp): View {
  return {
    app,
    pathOf: (resource) => pathOf(constructOf(resource)),
    namesOf: (resource) => namesOf(constructOf(resource)),
    isSaid: (resource, rule) => isSaid(constructOf(resource), rule),
  };
}

/** Says what the class that made a resource did not say already. */
function say(construct: CfnResource, findings: readonly Finding[]): void {
  const path = pathOf(construct);
  const unsaid = unsaidOf(findings, construct);
  addErrors(construct, unsaid, path);
  addWarnings(construct, unsaid, path);
}

/** The rule of an id. */
function ruleOf(id: string): AnyRule {
  const found = RULES.find((rule) => rule.id === id);
  if (found) { return found; }
  // The CDK CLI prints the name of the package in front of the id.
  const nearest = nearestOf(id.slice(id.lastIndexOf(':') + 1), RULES.map((rule) => rule.id));
  const meant = nearest === undefined ? `Expected one of ${RULES_PAGE}.` : `Did you mean '${nearest}'?`;
  throw new Error(`There is no rule '${id}'. ${meant} The id stands at the end of each message, as in [rule `
    + `${nearest ?? 'http-url'}].`);
}

/** The app or the stage of an app that a construct is, or is part of. */
function assemblyOf(construct: IConstruct): Stage | undefined {
  return Stage.isStage(construct) ? construct : Stage.of(construct);
}

/** A construct whose warnings the user is shown: one in a stack, and for an app or a stage its first stack. */
function shownPlaceOf(root: IConstruct): IConstruct {
  return root.node.scopes.some((it) => Stack.isStack(it)) ? root : firstStackIn(root) ?? root;
}

/** The first stack below a construct that is not in a stage below it. */
function firstStackIn({ node }: IConstruct): IConstruct | undefined {
  for (const child of node.children) {
    if (Stage.isStage(child)) { continue; }
    const stack = Stack.isStack(child) ? child : firstStackIn(child);
    if (stack) { return stack; }
  }
  return undefined;
}

/** The path of what a user wrote: the construct around its resource. */
function pathOf(resource: IConstruct): string {
  const { scope } = resource.node;
  return scope && scope.node.defaultChild === resource ? scope.node.path : resource.node.path;
}
