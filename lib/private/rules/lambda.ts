import { WEBSOCKET_TYPES } from '../facts/integrations';
import { MAX_POLICY_BYTES, MAX_TIMEOUT, PERMISSIONS_THAT_FIT } from '../facts/limits';
import type { FunctionPolicy, InvokeDenied } from '../shapes/resources';
import type { Integration, IntegrationUse } from '../shapes/integration';
import { isGiven, isUnresolved, numberOf, PART, patternOf, quoted, textOf } from '../shapes/values';
import { rule, type OptionRule } from './rule';

const LAMBDA_PAGE = 'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html';
const POLICY_PAGE = 'https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html';

/** The shortest text that a value can have once it is deployed, so that nobody is warned in vain. */
function shortestText(value: unknown): string {
  if (typeof value === 'string') { return value; }
  if (typeof value !== 'object' || value === null) { return String(value); }
  const { 'Fn::Join': join, Ref: ref } = value as Record<string, unknown>;
  if (Array.isArray(join)) { return (join[1] as unknown[]).map(shortestText).join(String(join[0])); }
  const pseudo = new Map([['AWS::Partition', 'aws'], ['AWS::Region', 'eu-west-1'], ['AWS::AccountId', '111111111111']]);
  return pseudo.get(String(ref)) ?? 'a1b2c3d4e5';
}

/** The size of the resource policy that statements of API Gateway make, as AWS Lambda stores them. */
export function policyBytes(statements: FunctionPolicy['statements']): number {
  return JSON.stringify({
    Version: '2012-10-17',
    Id: 'default',
    Statement: statements.map(({ stack, logicalId, sourceArn }) => ({
      // AWS CloudFormation adds a suffix of its own to the name of the stack and the logical id.
      Sid: `${stack}-${logicalId}-XXXXXXXXXXXX`,
      Effect: 'Allow',
      Principal: { Service: 'apigateway.amazonaws.com' },
      Action: 'lambda:InvokeFunction',
      Resource: 'arn:aws:lambda:eu-west-1:111111111111:function:f',
      Condition: { ArnLike: { 'AWS:SourceArn': shortestText(sourceArn) } },
    })),
  }).length;
}

/** Whether that many permissions may be too large for a policy; to measure them takes long. */
export function mayBeTooLarge(permissions: readonly unknown[]): boolean {
  return permissions.length > PERMISSIONS_THAT_FIT;
}

/** Up to three of a list, each once. */
export function someOf(list: readonly string[]): string {
  const all = [...new Set(list)];
  return all.slice(0, 3).join(', ') + (all.length > 3 ? ', ...' : '');
}

/** What a role was found to allow. */
export const allowedBy = (statements: readonly string[]) => statements.length === 0 ? 'nothing' : someOf(statements);

export const UNTRUSTED = 'which it may not assume, expected a trust policy for apigateway.amazonaws.com. '
  + 'Pass ServicePrincipal(\'apigateway.amazonaws.com\') to the role as \'assumedBy\'.';

/** What is wrong where API Gateway may not invoke a function, and how to mend it. */
export function invokeProblem(of: string, { target, missing, role, trusted, lookedAt }: InvokeDenied): string {
  const wrong = `API Gateway may not invoke the function of ${of} (${target})`;
  if (role !== undefined) {
    const problem = trusted
      ? `which allows ${allowedBy(lookedAt)}. Expected lambda:InvokeFunction on the function. Grant it to the role.`
      : UNTRUSTED;
    return `${wrong} with the role '${role}', ${problem}`;
  }
  const found = lookedAt.length === 0 ? 'the function has no permission for it' : 'the permissions on the function '
    + `are for ${someOf(lookedAt)}`;
  return `${wrong}. It presents ${someOf(missing)}, and ${found}. Expected a permission of lambda:InvokeFunction for `
    + 'apigateway.amazonaws.com that matches.';
}

/** The timeout of an integration in milliseconds, given or not; `undefined` where it is only known at deployment. */
function timeoutOf({ properties, protocol }: Integration): number | undefined {
  return isGiven(properties.TimeoutInMillis) ? numberOf(properties.TimeoutInMillis) : MAX_TIMEOUT[protocol];
}

/** The variables of the stage that a URI reads, as far as their names are known. */
function stageVariablesIn(uri: string): string[] {
  const names = [...uri.matchAll(/\$\{stageVariables\.([^{}]*)\}/g)].map(([, name]) => name);
  return names.filter((name) => !name.includes(PART));
}

/** The variable that no stage defines, where the stages of the API and their variables are known. */
function missingStageVariable({ integration, stageVariables }: IntegrationUse): string | undefined {
  const read = stageVariablesIn(patternOf(integration.properties.IntegrationUri) ?? '');
  if (!stageVariables || stageVariables.length === 0) { return undefined; }
  return read.find((name) => !stageVariables.some((variables) => variables.includes(name)));
}

export const lambdaRules = [
  rule({
    id: 'route-permission',
    severity: 'error',
    kind: 'route',
    when: 'No permission on the function of a route, and no role of its integration, lets API Gateway invoke it.',
    why: 'API Gateway answers 500 at run time; the deployment succeeds.',
    fix: 'Use `HttpLambdaIntegration` or `WebSocketLambdaIntegration`, which add the permission, or add one with the '
      + 'source ARN of the route.',
    source: LAMBDA_PAGE,
    says: '{"message":"Internal Server Error"}',
    check: ({ properties, denied }) => {
      if (denied === undefined) { return undefined; }
      const key = textOf(properties.RouteKey) ?? '<known at deployment>';
      const problem = invokeProblem(`the route '${key}'`, denied);
      if (denied.role !== undefined) { return problem; }
      return `${problem} Add one for this source ARN, or use HttpLambdaIntegration or WebSocketLambdaIntegration, `
        + 'which do.';
    },
  }),
  rule({
    id: 'lambda-policy-size',
    severity: 'warning',
    kind: 'function-policy',
    when: 'The permissions of API Gateway on one function need more than the 20,480 bytes of its resource policy. A '
      + 'class counts those that it adds.',
    why: 'The deployment fails. The quota cannot be raised.',
    fix: 'Pass `permissionScope: LambdaPermissionScope.API` (one permission per function and API), or `role` (none).',
    source: 'https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html',
    says: 'The final policy size (20937) is bigger than the limit (20480).',
    check: ({ handler, statements }) => {
      const bytes = policyBytes(statements);
      return bytes <= MAX_POLICY_BYTES ? undefined
        : `The ${statements.length} permissions for API Gateway on the function '${handler}' need about ${bytes} `
          + `bytes, expected at most ${MAX_POLICY_BYTES}. Pass 'permissionScope' API to the integrations for one `
          + 'permission per function and API, or \'role\' for none.';
    },
  }),
  rule({
    id: 'lambda-timeout',
    severity: 'warning',
    kind: 'integration',
    when: 'The timeout of the function is longer than the timeout of the integration.',
    why: 'API Gateway answers with an error, while the function continues and is charged for.',
    fix: 'Shorten the timeout of the function, or lengthen that of the integration.',
    source: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html',
    check: (integration) => {
      const { handler } = integration.reached;
      const millis = timeoutOf(integration);
      if (handler?.seconds === undefined || millis === undefined) { return undefined; }
      if (!handler.isAwaited || handler.seconds * 1000 <= millis) { return undefined; }
      const max = MAX_TIMEOUT[integration.protocol];
      const longer = millis < max
        ? `, or lengthen '${integration.names('TimeoutInMillis')}' of the integration`
        : `; the integration can wait no longer than ${max / 1000} seconds`;
      return `The function '${handler.path()}' may run for ${handler.seconds} seconds, but the integration waits for `
        + `${millis / 1000} seconds only, expected a function that ends before. Shorten the timeout of the `
        + `function${longer}.`;
    },
  }),
  rule({
    id: 'payload-format-version',
    severity: 'error',
    kind: 'integration',
    about: ['PayloadFormatVersion'],
    when: 'The payload format version is neither 1.0 nor 2.0, or 2.0 on an integration that is not of a Lambda '
      + 'function of an HTTP API.',
    why: 'API Gateway refuses the integration at deployment.',
    fix: 'Pass `PayloadFormatVersion.VERSION_1_0`, or `VERSION_2_0` for a function of an HTTP API.',
    source: 'cdk-preflight 0.0.143; LocalStack tests that are validated against AWS',
    says: 'Unsupported PayloadFormatVersion: 3.0 / 2.0 is not supported for integration of type HTTP_PROXY / '
      + 'Operation: … is not supported.',
    check: (integration) => {
      const { properties, names, protocol } = integration;
      const version = textOf(properties.PayloadFormatVersion);
      // YAML makes the numbers 1 and 2 of 1.0 and 2.0 without quotes, and CfnInclude makes text of these again.
      if (version === undefined || ['1.0', '1', '2'].includes(version)) { return undefined; }
      const type = textOf(properties.IntegrationType) ?? 'AWS_PROXY';
      // Another type is refused on an HTTP API, whatever the version.
      if (protocol === 'HTTP' && WEBSOCKET_TYPES.includes(type)) { return undefined; }
      const isFunction = protocol === 'HTTP' && type === 'AWS_PROXY' && !isGiven(properties.IntegrationSubtype);
      if (version === '2.0' && isFunction) { return undefined; }
      const expected = isFunction ? '"1.0" or "2.0"' : '"1.0"';
      return `'${names('PayloadFormatVersion')}' is ${quoted(version)}, expected ${expected}. Pass `
        + `PayloadFormatVersion.VERSION_1_0${isFunction ? ' or VERSION_2_0' : ''}.`;
    },
  }),
  rule({
    id: 'lambda-region',
    severity: 'error',
    kind: 'integration',
    when: 'A function is in another region than the API, and is invoked by a permission.',
    why: 'AWS CloudFormation cannot create the permission in the stack of the API, and the deployment fails.',
    fix: 'Pass `role`, with which no permission is made, or put the function into the region of the API.',
    source: 'https://github.com/aws/aws-cdk/issues/11826',
    says: 'Functions from \'us-east-1\' are not reachable in this region (\'eu-west-1\')',
    check: (integration) => {
      const { handler } = integration.reached;
      if (!handler?.isPermittedHere) { return undefined; }
      const there = textOf(handler.region);
      const here = textOf(integration.environment.region);
      if (there === undefined || here === undefined || there === here) { return undefined; }
      return `The function '${handler.path()}' is in the region ${there}, but the API is in ${here}, expected both in `
        + 'one region: a permission on the function cannot be created from there. Pass \'role\', with which no '
        + 'permission is made, or put the function into the region of the API.';
    },
  }),
  rule({
    id: 'stage-variable',
    severity: 'warning',
    kind: 'integration-use',
    when: 'The target of an integration reads a variable of the stage that no stage of the API defines.',
    why: 'API Gateway answers with an error at run time.',
    fix: 'Pass `stageVariables` to a stage.',
    source: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-stages.stage-variables.html',
    check: (use) => {
      const name = missingStageVariable(use);
      return name === undefined ? undefined
        : `The integration reads the stage variable '${name}', but no stage of the API defines it, expected one that `
          + `does. Pass 'stageVariables' with '${name}' to the stage.`;
    },
  }),
];

export const lambdaAccessOptions: OptionRule<readonly string[]> = {
  id: 'lambda-access-options',
  severity: 'error',
  kind: 'option',
  when: 'More than one of `role`, `credentials`, `permissionScope` and `scopePermissionToRoute` is given.',
  why: 'API Gateway invokes the function with the permissions of one role or caller, or by a permission on the '
    + 'function; the second one would have no effect.',
  fix: 'Keep one of them.',
  source: POLICY_PAGE,
  check: (given) => given.length < 2 ? undefined
    : `The options ${given.map((name) => `'${name}'`).join(' and ')} exclude each other, expected at most one of them. `
      + 'Keep the one that says how API Gateway may invoke the function, and remove the others.',
};

export const lambdaPermissionNotAdded: OptionRule<{ readonly permitted: boolean; readonly functionArn: string }> = {
  id: 'lambda-permission-not-added',
  severity: 'warning',
  kind: 'option',
  when: 'The function is imported from another account, or it is not known whether it is, so that no permission can be '
    + 'added to it.',
  why: 'Without a permission API Gateway answers every request with a 500.',
  fix: 'Import the function with `sameEnvironment: true` if it is in the account of the stack, pass `role`, or add the '
    + 'permission in the account of the function.',
  source: POLICY_PAGE,
  check: ({ permitted, functionArn }) => {
    if (permitted) { return undefined; }
    const name = isUnresolved(functionArn) ? 'FUNCTION_ARN' : functionArn;
    return `No permission could be added to the imported function ${name}, so API Gateway may not be able to invoke `
      + 'it, expected a function of the account of the stack. Import it with \'sameEnvironment\' true '
      + '(Function.fromFunctionAttributes) if it is in the account of the stack, pass \'role\', or run where the '
      + `function is: aws lambda add-permission --function-name ${name} --statement-id apigateway --action `
      + 'lambda:InvokeFunction --principal apigateway.amazonaws.com --source-arn '
      + '"arn:aws:execute-api:REGION:ACCOUNT:API_ID/*/*". If that was done, acknowledge this warning or import the '
      + 'function with \'skipPermissions\' true.';
  },
};

export const lambdaOptionRules = [lambdaAccessOptions, lambdaPermissionNotAdded];
