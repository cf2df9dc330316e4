import { invokeProblem } from './lambda';
import { rule } from './rule';

export const apiCallRules = [
  rule({
    id: 'api-permission',
    severity: 'error',
    kind: 'api-call',
    when: 'No permission on a function lets API Gateway invoke it, and no role either, where the function is in the '
      + 'OpenAPI document of an API (`Body`) or is the target of a quick-created API (`Target`).',
    why: 'API Gateway answers 500 at run time; the deployment succeeds.',
    fix: 'Add a permission with the source ARN of the route or the authorizer, for all of the API '
      + '`arn:aws:execute-api:REGION:ACCOUNT:API_ID/*`. In aws-cdk-lib that is `fn.addPermission()`.',
    source: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-open-api.html',
    says: '{"message":"Internal Server Error"}',
    check: ({ of, denied }) => invokeProblem(`the ${of} that the API writes itself`, denied)
      + (denied.role === undefined ? ' Add one for this source ARN, with addPermission() of the function.' : ''),
  }),
];
