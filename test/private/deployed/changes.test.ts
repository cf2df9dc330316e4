import { readFileSync, rmSync, writeFileSync } from 'fs';
import { join } from 'path';
import { CfnResource, type App, type Stack } from 'aws-cdk-lib';
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

/** What the report says becomes of the route, where the deployed template may be edited. */
function changeOf(before: Build, after: Build, edit?: readonly [from: string, to: string]): string | undefined {
  const folder = deploy(inStack(before));
  if (edit) {
    const file = join(folder, 'Shop.template.json');
    writeFileSync(file, readFileSync(file, 'utf8').replace(...edit));
  }
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

test('a null of what is deployed is a value like others', () => {
  const build = withTarget('integrations/one');
  expect(changeOf(build, build, ['"RouteKey":', '"OperationName":null,"RouteKey":'])).toBe('changed');
});

test.each([
  ['added', 'a manifest that does not list its stack', 'manifest.json'],
  [undefined, 'files of which its stack may be missing', undefined],
])('a route of another stack is %s beside %s', (change, _, manifest) => {
  const other = inStack((stack) => { new CfnResource(stack, 'Topic', { type: 'AWS::SNS::Topic' }); }, 'Other');
  const folder = deploy(other);
  if (!manifest) { rmSync(join(folder, 'manifest.json')); }
  const files = filesOf((stack) => {
    other(stack.node.root as App);
    withTarget('integrations/one')(stack);
  }, { deployed: folder });
  rmSync(folder, { recursive: true });
  const { apis } = JSON.parse(files['ApiGatewayV2Checks.json']) as ReportModel;
  expect(apis[0].routes.map((route) => route.change)).toEqual([change]);
});
