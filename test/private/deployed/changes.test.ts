import { rmSync } from 'fs';
import { CfnResource, type Stack } from 'aws-cdk-lib';
import type { ReportModel } from '../../../lib/private/output/report/model';
import { withoutValidation } from '../../parity/synthesize';
import { filesOf } from '../output/report-of';
import { deploy } from './compare';
import { inStack } from './pairs';

withoutValidation();

type Build = (stack: Stack) => void;
const add = (stack: Stack, id: string, properties: object) =>
  new CfnResource(stack, id, { type: `AWS::ApiGatewayV2::${id}`, properties: { ApiId: 'abc123', ...properties } });

/** A route of an imported API, whose integration may have other properties. */
const withIntegration = (properties: object): Build => (stack) => {
  const integration = add(stack, 'Integration', {
    IntegrationType: 'HTTP_PROXY', IntegrationMethod: 'GET', IntegrationUri: 'https://example.com',
    PayloadFormatVersion: '1.0', ...properties,
  });
  add(stack, 'Route', { RouteKey: 'GET /books', Target: `integrations/${integration.ref}` });
};
/** A route whose integration is imported, too. */
const withTarget = (Target: string): Build => (stack) => { add(stack, 'Route', { RouteKey: 'GET /books', Target }); };

/** What the report says becomes of the route. */
function changeOf(before: Build, after: Build): string | undefined {
  const folder = deploy(inStack(before));
  const files = filesOf(after, { deployed: folder });
  rmSync(folder, { recursive: true });
  return (JSON.parse(files['ApiGatewayV2Checks.json']) as ReportModel).apis[0].routes[0].change;
}

test.each<[string, string, Build, Build]>([
  ['kept', 'the same integration', withIntegration({}), withIntegration({})],
  ['changed', 'another number', withIntegration({ TimeoutInMillis: 500 }), withIntegration({ TimeoutInMillis: 600 })],
  ['kept', 'a number as text', withIntegration({ TimeoutInMillis: 500 }), withIntegration({ TimeoutInMillis: '500' })],
  ['changed', 'another text', withIntegration({ Description: 'one' }), withIntegration({ Description: 'other' })],
  [
    'changed', 'another text in a map',
    withIntegration({ RequestParameters: { 'append:header.a': 'one' } }),
    withIntegration({ RequestParameters: { 'append:header.a': 'other' } }),
  ],
  ['kept', 'the same imported integration', withTarget('integrations/one'), withTarget('integrations/one')],
  ['changed', 'another imported integration', withTarget('integrations/one'), withTarget('integrations/other')],
  ['changed', 'an integration of the app', withTarget('integrations/one'), withIntegration({})],
])('a route is %s with %s', (change, _, before, after) => {
  expect(changeOf(before, after)).toBe(change);
});
