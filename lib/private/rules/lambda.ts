import type { Rule } from './rule';
import { isUnresolved } from './unresolved';

export const lambdaAccessOptions: Rule<readonly string[]> = {
  id: 'lambda-access-options',
  severity: 'error',
  when: 'More than one of `role`, `credentials`, `permissionScope` and `scopePermissionToRoute` is given.',
  why: 'API Gateway invokes the function with the permissions of one role or caller, or by a permission on the function; the second one would have no effect.',
  fix: 'Keep one of them.',
  check: (given) => given.length < 2 ? undefined
    : `The options ${given.map((name) => `'${name}'`).join(' and ')} exclude each other, expected at most one of them. `
      + 'Keep the one that says how API Gateway may invoke the function, and remove the others.',
};

/** The most bytes that the resource policy of a function holds. */
export const MAX_POLICY_BYTES = 20_480;

export interface FunctionPermissions {
  readonly handler: string;
  readonly statements: readonly { readonly stack: string; readonly logicalId: string; readonly sourceArn: unknown }[];
}

/** The shortest text that a value can have once it is deployed, so that nobody is warned in vain. */
function shortestText(value: unknown): string {
  if (typeof value === 'string') { return value; }
  if (typeof value !== 'object' || value === null) { return String(value); }
  const { 'Fn::Join': join, Ref: ref } = value as Record<string, unknown>;
  if (Array.isArray(join)) { return (join[1] as unknown[]).map(shortestText).join(String(join[0])); }
  return { 'AWS::Partition': 'aws', 'AWS::Region': 'eu-west-1', 'AWS::AccountId': '111111111111' }[String(ref)] ?? 'a1b2c3d4e5';
}

/** The size of the resource policy that statements of API Gateway make, as AWS Lambda stores them. */
export function policyBytes(statements: FunctionPermissions['statements']): number {
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

export const lambdaPolicySize: Rule<FunctionPermissions> = {
  id: 'lambda-policy-size',
  severity: 'warning',
  when: 'The permissions that this library adds to one function, or with `ApiGatewayV2Checks` all of them, need more than the 20,480 bytes of its resource policy.',
  why: 'The deployment fails with "The final policy size is bigger than the limit". The quota cannot be raised.',
  fix: 'Pass `permissionScope: LambdaPermissionScope.API` (one permission per function and API), or `role` (none).',
  check: ({ handler, statements }) => {
    const bytes = policyBytes(statements);
    return bytes <= MAX_POLICY_BYTES ? undefined
      : `The ${statements.length} permissions for API Gateway on the function '${handler}' need about ${bytes} bytes, expected at most ${MAX_POLICY_BYTES}. `
        + 'Pass \'permissionScope\' API to the integrations for one permission per function and API, or \'role\' for none.';
  },
};

export interface FunctionTimeout {
  readonly handler: string;
  readonly seconds: number;
  readonly integrationMillis: number;
}

export const lambdaTimeout: Rule<FunctionTimeout> = {
  id: 'lambda-timeout',
  severity: 'warning',
  when: 'The timeout of the function is longer than the timeout of the integration.',
  why: 'API Gateway gives up and answers with an error while the function goes on and is paid for.',
  fix: 'Shorten the timeout of the function, or lengthen that of the integration.',
  check: ({ handler, seconds, integrationMillis }) => seconds * 1000 <= integrationMillis ? undefined
    : `The function '${handler}' may run for ${seconds} seconds, but the integration waits for ${integrationMillis / 1000} seconds only. `
      + 'Shorten the timeout of the function, or lengthen the \'timeout\' of the integration.',
};

export const payloadFormatVersion: Rule<string> = {
  id: 'payload-format-version',
  severity: 'warning',
  when: 'The payload format version of a Lambda integration is neither 1.0 nor 2.0.',
  why: 'API Gateway knows these two, and is expected to refuse others at deployment.',
  fix: 'Pass `PayloadFormatVersion.VERSION_1_0` or `PayloadFormatVersion.VERSION_2_0`.',
  check: (version) => isUnresolved(version) || version === '1.0' || version === '2.0' ? undefined
    : `The payload format version is ${JSON.stringify(version)}, expected "1.0" or "2.0". Pass PayloadFormatVersion.VERSION_1_0 or VERSION_2_0.`,
};

export const lambdaPermissionNotAdded: Rule<{ readonly permitted: boolean; readonly functionArn: string }> = {
  id: 'lambda-permission-not-added',
  severity: 'warning',
  when: 'The function is imported from another account or region, or it is not known whether it is, so that no permission can be added to it.',
  why: 'Without a permission API Gateway answers every request with a 500.',
  fix: 'Import the function with `sameEnvironment: true` if it is in the account and region of the stack, pass `role`, or add the permission on the other side.',
  check: ({ permitted, functionArn }) => {
    if (permitted) { return undefined; }
    const name = isUnresolved(functionArn) ? 'FUNCTION_ARN' : functionArn;
    return `No permission could be added to the imported function ${name}, so API Gateway may not be able to invoke it. `
      + 'Import it with \'sameEnvironment\' true (Function.fromFunctionAttributes) if it is in the account and region of the stack, pass \'role\', or run where '
      + `the function is: aws lambda add-permission --function-name ${name} --statement-id apigateway --action lambda:InvokeFunction `
      + '--principal apigateway.amazonaws.com --source-arn "arn:aws:execute-api:REGION:ACCOUNT:API_ID/*/*". '
      + 'If that was done, acknowledge this warning or import the function with \'skipPermissions\' true.';
  },
};

export const lambdaRules = [lambdaAccessOptions, lambdaPolicySize, lambdaTimeout, payloadFormatVersion, lambdaPermissionNotAdded];
