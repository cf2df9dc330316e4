import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { addStatements, grantedRole } from '../../../lib/private/integrations/service-role';
import { newStack, propertiesOf } from '../../util';

const API_GATEWAY = new iam.ServicePrincipal('apigateway.amazonaws.com');
const statement = () => new iam.PolicyStatement({ actions: ['sqs:SendMessage'], resources: ['*'] });
const imported = (account: string, options?: iam.FromRoleArnOptions) => (stack: Stack) =>
  iam.Role.fromRoleArn(stack, 'Role', `arn:aws:iam::${account}:role/mine`, options);

test.each<[string, (stack: Stack) => iam.IRole, boolean]>([
  ['a role of the app', (stack) => new iam.Role(stack, 'Role', { assumedBy: API_GATEWAY }), true],
  [
    'a role that is made when it is needed',
    (stack) => new iam.LazyRole(stack, 'Role', { assumedBy: API_GATEWAY }),
    true,
  ],
  ['an imported role', imported('111111111111'), true],
  ['an imported role that is not to be changed', imported('111111111111', { mutable: false }), false],
  ['an imported role of another account', imported('222222222222'), false],
  [
    'a role without policy updates',
    (stack) => new iam.Role(stack, 'Role', { assumedBy: API_GATEWAY }).withoutPolicyUpdates(),
    false,
  ],
])('%s: whether the statements were added', (_, create, added) => {
  const stack = newStack('Stack', { account: '111111111111', region: 'eu-west-1' });
  new sqs.Queue(stack, 'Queue');
  const role = create(stack);
  expect(addStatements(role, [statement()])).toBe(added);
  const { role: given, granted } = grantedRole(role, stack, 'Unused', { statements: [statement()] });
  expect(given).toBe(role);
  expect(granted).toBe(added);
  // Makes the role that waits for a policy.
  expect(role.roleArn).toBeDefined();
  expect(propertiesOf(stack, 'AWS::IAM::Policy')).toHaveLength(added ? 1 : 0);
});

test('a role that is made here is granted what it needs', () => {
  const stack = newStack();
  expect(grantedRole(undefined, stack, 'Made', { statements: [statement()] }).granted).toBe(true);
  expect(propertiesOf(stack, 'AWS::IAM::Policy')).toHaveLength(1);
});
