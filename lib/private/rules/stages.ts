import {
  KEYS_WITHOUT_ROUTE, LOGGING_LEVELS, MAX_STAGE_NAME_LENGTH, REQUEST_ID, ROUTE_SETTINGS, STAGE_NAME,
  STAGE_VARIABLE_VALUE,
} from '../facts/stages';
import type { Stage } from '../shapes/stages';
import { entriesOf, flagOf, isGiven, mapOf, quoted, textOf, type Json } from '../shapes/values';
import { nearestOf } from './nearest';
import { rule } from './rule';

const API_REFERENCE = 'https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-stages-stagename.html';
const CLOUDFORMATION = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference';
const STAGES = 'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-stages.html';

/** Settings of a stage, and how messages call them. */
interface Settings {
  readonly name: string;
  readonly settings: Json;
}

/** Whether a stage has settings of a key only where the API has the route. */
const needsRoute = (key: string) => !KEYS_WITHOUT_ROUTE.includes(key);

/** The settings of a stage for all of its routes and for single ones. */
function settingsOf({ properties: { DefaultRouteSettings, RouteSettings } }: Stage): Settings[] {
  const ofRoutes = entriesOf(RouteSettings).map(([key, settings]) => ({ name: `RouteSettings of '${key}'`, settings }));
  if (!isGiven(DefaultRouteSettings)) { return ofRoutes; }
  return [{ name: 'DefaultRouteSettings', settings: DefaultRouteSettings! }, ...ofRoutes];
}

/** The name that a setting in another case is meant for. */
function settingMeantBy(name: string): string | undefined {
  return ROUTE_SETTINGS.find((setting) => setting !== name && setting.toLowerCase() === name.toLowerCase());
}

/** Settings for execution logs, as they are written. */
function executionLogsOf(settings: Json): string[] {
  const { LoggingLevel, DataTraceEnabled } = mapOf(settings) ?? {};
  const level = textOf(LoggingLevel) ?? '';
  return [
    ...LOGGING_LEVELS.includes(level) ? [`LoggingLevel '${level}'`] : [],
    ...flagOf(DataTraceEnabled) ? ['DataTraceEnabled'] : [],
  ];
}

/** Types whose ARNs are destinations of access logs. Whether a delivery stream is one is unclear. */
const LOG_DESTINATIONS: readonly string[] = ['AWS::Logs::LogGroup', 'AWS::KinesisFirehose::DeliveryStream'];

/** What is wrong with the resource that is named as the destination of an access log. */
function wrongDestinationOf({ logDestination }: Stage): string | undefined {
  if (!logDestination) { return undefined; }
  const { path, type, attribute } = logDestination;
  const isName = type === 'AWS::Logs::LogGroup' && attribute === 'Ref';
  if (isName) { return `the name of the log group '${path}'`; }
  const isOther = attribute === 'Arn' && !LOG_DESTINATIONS.includes(type);
  return isOther ? `the ARN of '${path}' (${type})` : undefined;
}

/** What is wrong with a destination of an access log that is written as text. */
function wrongDestinationIn(arn: string | undefined): string | undefined {
  const [prefix, , service] = arn?.split(':') ?? [];
  return prefix === 'arn' && service !== 'logs' && service !== 'firehose' ? quoted(arn!) : undefined;
}

export const stageRules = [
  rule({
    id: 'stage-route-settings',
    severity: 'error',
    kind: 'stage',
    when: '`RouteSettings` of a stage have a key that no route of the API has. Checked where all routes of the API are '
      + 'in the app.',
    why: 'API Gateway refuses the stage.',
    fix: 'Use the key of a route, such as `GET /books`. `$default`, `$connect` and `$disconnect` are accepted without '
      + 'a route.',
    source: 'cdk-preflight 0.0.143; https://github.com/aws/serverless-application-model/issues/2479',
    says: 'Unable to find Route by key GET /books within the provided RouteSettings',
    check: ({ properties, routeKeys = [] }) => {
      if (routeKeys.length === 0) { return undefined; }
      const keys = entriesOf(properties.RouteSettings).map(([key]) => key);
      return keys.filter((key) => !routeKeys.includes(key) && needsRoute(key)).map((key) => {
        const nearest = nearestOf(key, routeKeys);
        const meant = nearest ? `Did you mean '${nearest}'?` : 'Use the key of a route, or remove the settings.';
        return `RouteSettings have the key ${quoted(key)}, expected the key of a route of the API. ${meant}`;
      });
    },
  }),
  rule({
    id: 'stage-route-settings-order',
    severity: 'warning',
    kind: 'stage',
    when: 'A stage has `RouteSettings` of a route in its template, and does not depend on the route.',
    why: 'AWS CloudFormation may make the stage before the route. API Gateway then refuses the stage, '
      + 'and often its rollback as well.',
    fix: 'Make the stage depend on the route: `stage.node.addDependency(...api.addRoutes(...))`, or `DependsOn` in a '
      + 'template.',
    source: 'https://github.com/aws/serverless-application-model/issues/2479',
    says: 'Unable to find Route by key GET /books within the provided RouteSettings',
    check: ({ notAwaited }) => notAwaited.filter(({ key }) => needsRoute(key)).map(({ key, path }) =>
      `RouteSettings of '${key}' are given, and the stage does not depend on the route '${path}', expected it to be `
      + 'made after the route. Add the dependency: stage.node.addDependency(route), or DependsOn in a template.'),
  }),
  rule({
    id: 'stage-settings-case',
    severity: 'error',
    kind: 'stage',
    when: 'A name in `RouteSettings` or `DefaultRouteSettings` is not written as AWS CloudFormation writes it, for '
      + 'example `throttlingBurstLimit`.',
    why: 'API Gateway refuses the stage. AWS CDK passes `routeSettings` to the template as they are.',
    fix: 'Begin the names with a capital: `ThrottlingBurstLimit`.',
    source: `${CLOUDFORMATION}/aws-properties-apigatewayv2-stage-routesettings.html`,
    says: 'Unrecognized field "throttlingBurstLimit"',
    check: (stage) => settingsOf(stage).flatMap(({ name, settings }) => entriesOf(settings).flatMap(([setting]) => {
      const meant = settingMeantBy(setting);
      return meant === undefined ? [] : [
        `${name} have '${setting}', did you mean '${meant}'? Write the name as AWS CloudFormation does: `
        + 'AWS CDK passes it to the template as it is.',
      ];
    })),
  }),
  rule({
    id: 'stage-execution-logs',
    severity: 'error',
    kind: 'stage',
    protocol: 'HTTP',
    when: 'A stage of an HTTP API has a `LoggingLevel` other than `OFF`, or `DataTraceEnabled`.',
    why: 'Only WebSocket APIs have execution logs. API Gateway refuses the stage.',
    fix: 'Remove the setting. HTTP APIs have access logs: `accessLogSettings` of `HttpStage`, `AccessLogSettings` in a '
      + 'template.',
    source: API_REFERENCE,
    says: 'Execution logs are not supported on protocolType HTTP',
    check: (stage) => settingsOf(stage).flatMap(({ name, settings }) => executionLogsOf(settings).map((setting) =>
      `${name} have ${setting} on an HTTP API, expected neither LoggingLevel nor DataTraceEnabled. `
      + 'Remove it; HTTP APIs have access logs: \'accessLogSettings\' of HttpStage, AccessLogSettings in a template.')),
  }),
  rule({
    id: 'stage-name',
    severity: 'error',
    kind: 'stage',
    when: 'The name of a stage is not `$default`, and has other characters than letters, digits, `-` and `_`, '
      + 'or more than 128.',
    why: 'API Gateway refuses the stage.',
    fix: 'Choose another `stageName`, for example `v1-0`.',
    source: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html; cdk-preflight 0.0.143',
    says: 'Stage name only allows a-zA-Z0-9_',
    check: ({ properties }) => {
      const name = textOf(properties.StageName) ?? '';
      if (STAGE_NAME.test(name) && name.length <= MAX_STAGE_NAME_LENGTH) { return undefined; }
      return `The name of the stage is ${quoted(name)}, expected '$default' or at most ${MAX_STAGE_NAME_LENGTH} `
        + 'letters, digits, hyphens and underscores. Choose another \'stageName\'.';
    },
  }),
  rule({
    id: 'stage-access-log-format',
    severity: 'error',
    kind: 'stage',
    when: 'The format of an access log has neither `$context.requestId` nor `$context.extendedRequestId`.',
    why: 'API Gateway refuses the stage.',
    fix: 'Add `$context.requestId`, in AWS CDK `AccessLogField.contextRequestId()`.',
    source: 'cdk-preflight 0.0.143',
    says: 'Access Log format must include either $context.requestId or $context.extendedRequestId',
    check: ({ properties }) => {
      const format = textOf(mapOf(properties.AccessLogSettings)?.Format);
      if (format === undefined || REQUEST_ID.test(format)) { return undefined; }
      return `The format of the access log is ${quoted(format)}, expected $context.requestId or `
        + '$context.extendedRequestId in it. Add AccessLogField.contextRequestId().';
    },
  }),
  rule({
    id: 'stage-access-log-destination',
    severity: 'error',
    kind: 'stage',
    when: 'The destination of an access log is the name of a log group, or the ARN of another resource.',
    why: 'API Gateway refuses the stage: access logs go to a log group of Amazon CloudWatch Logs, which is named by '
      + 'its ARN.',
    fix: 'Pass the ARN of a log group: `new LogGroupLogDestination(logGroup)`, in a template `!GetAtt LogGroup.Arn`.',
    source: `cdk-preflight 0.0.143; ${CLOUDFORMATION}/aws-properties-apigatewayv2-stage-accesslogsettings.html`,
    says: 'Access log destination must only contain characters a-z, A-Z, 0-9, \'_\', \'-\', \'/\', \'.\'',
    check: (stage) => {
      const { DestinationArn: arn } = mapOf(stage.properties.AccessLogSettings) ?? {};
      const wrong = wrongDestinationOf(stage) ?? wrongDestinationIn(textOf(arn));
      return wrong === undefined ? undefined
        : `The destination of the access log is ${wrong}, expected the ARN of a log group. Use new `
          + 'LogGroupLogDestination(logGroup), in a template !GetAtt LogGroup.Arn.';
    },
  }),
  rule({
    id: 'stage-variable-value',
    severity: 'warning',
    kind: 'stage',
    when: 'The value of a stage variable has characters other than letters, digits and `-._~:/?#&=,`, for example '
      + '`$LATEST`.',
    why: 'These are the documented ones; REST APIs refuse others.',
    fix: 'Choose another value, or put it into the environment of the function.',
    source: API_REFERENCE,
    check: ({ properties }) => entriesOf(properties.StageVariables).flatMap(([name, value]) => {
      const text = textOf(value) ?? '';
      return STAGE_VARIABLE_VALUE.test(text) ? [] : [
        `The stage variable '${name}' is ${quoted(text)}, expected letters, digits and -._~:/?#&=, alone. `
        + 'Choose another value, or put it into the environment of the function.',
      ];
    }),
  }),
  rule({
    id: 'stage-not-deployed',
    severity: 'warning',
    kind: 'stage',
    when: 'A stage has neither `AutoDeploy` nor a `DeploymentId`, and the app has no deployment of its API.',
    why: 'Requests are answered with 403 or 404 until somebody deploys the API to the stage.',
    fix: 'Set `autoDeploy: true` on the `HttpStage` or `WebSocketStage`, or give it a `DeploymentId`.',
    source: STAGES,
    check: ({ properties: { AutoDeploy, DeploymentId }, mayBeDeployed }) => {
      const isAutomatic = isGiven(AutoDeploy) && flagOf(AutoDeploy) !== false;
      if (isAutomatic || isGiven(DeploymentId) || mayBeDeployed) { return undefined; }
      return 'Nothing deploys the API to the stage, expected AutoDeploy or a DeploymentId. Set \'autoDeploy: true\' on '
        + 'the HttpStage or WebSocketStage.';
    },
  }),
  rule({
    id: 'deployment-without-routes',
    severity: 'warning',
    kind: 'deployment',
    when: 'A deployment does not depend on any route of its API. Checked where all routes of the API are in its '
      + 'template.',
    why: 'AWS CloudFormation may make it before the routes. API Gateway refuses a deployment without routes, '
      + 'and what is deployed lacks the routes that are made later.',
    fix: 'Make it depend on the routes: `deployment.node.addDependency(route)`, or set `autoDeploy` on the stage '
      + 'instead.',
    source: `${CLOUDFORMATION}/aws-resource-apigatewayv2-deployment.html`,
    says: 'At least one route is required before deploying the Api.',
    check: ({ routes = [], waitsForRoute }) => {
      if (routes.length === 0 || waitsForRoute) { return undefined; }
      return `The deployment does not depend on any route of its API, as '${routes[0]}', expected it to be made after `
        + 'the routes. Add the dependencies: deployment.node.addDependency(route), or set \'autoDeploy\' on the stage '
        + 'instead.';
    },
  }),
];
