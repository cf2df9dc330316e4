import { Token } from 'aws-cdk-lib';

/**
 * Whether a value is only known at deployment: a token of AWS CDK, or text with a dynamic reference of CloudFormation, such
 * as `{{resolve:ssm:/shop/url}}`.
 */
export function isUnresolved(value: unknown): boolean {
  return Token.isUnresolved(value) || (typeof value === 'string' && value.includes('{{resolve:'));
}
