import { readdirSync } from 'fs';
import { join } from 'path';
import { App, Aspects, Stack } from 'aws-cdk-lib';
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';
import { ApiGatewayV2Checks } from 'cdk-apigatewayv2-integrations';
import { messagesOf } from '../messages';
import { withoutValidation } from '../parity/synthesize';

withoutValidation();

const TEMPLATES = join(__dirname, '../templates');

/** The rules that fire for an included template, warnings with `warning:` before them. */
function rulesOf(file: string): string[] {
  const app = new App();
  const stack = new Stack(app, 'Stack');
  new CfnInclude(stack, 'Included', { templateFile: join(TEMPLATES, file) });
  Aspects.of(app).add(new ApiGatewayV2Checks());
  const rules = messagesOf(stack).flatMap(({ level, text }) => {
    const rule = /\[rule ([a-z0-9-]+)\]/.exec(text)?.[1];
    return rule === undefined ? [] : [level === 'error' ? rule : `${level}: ${rule}`];
  });
  return [...new Set(rules)].sort();
}

/** What is said of each template in which something is refused, or fails at run time. */
const REFUSED: { readonly [file: string]: readonly string[] } = {
  '01-http-api-integration-type-aws.json': ['http-integration-type'],
  '03-http-proxy-payload-2.json': ['payload-format-version'],
  '05-vpc-target-is-load-balancer.json': ['private-target-reference'],
  '07-vpc-target-is-dns-name.json': ['private-target-reference'],
  '09-vpc-connection-id-is-not-a-link.json': ['vpc-link-reference'],
  '11-route-target-without-prefix.json': ['route-target'],
  '13-http-route-key-bad-method.json': ['route-key-format'],
  '15-service-subtype-unknown.json': ['warning: service-subtype-unknown'],
  '17-service-subtype-payload-2.json': ['payload-format-version'],
  '19-websocket-subtype.json': ['websocket-subtype'],
  '21-websocket-deployment-without-dependson.json': ['warning: deployment-without-routes'],
  '23-authorizer-without-permission.json': ['authorizer-permission'],
  '25-openapi-body-without-permission.json': ['api-permission'],
  '29-websocket-route-response-without-default-integration-response.json': ['warning: websocket-default-response'],
  'cfninclude-same-in-long-form.yaml': ['route-permission'],
  'cfninclude-sub-getatt-no-permission.yaml': ['route-permission'],
  'private-target-arn-lb.yaml': ['private-target-reference'],
  'role-permission-sqs-other.yaml': ['role-permission'],
  'route-permission-default-star3.yaml': ['route-permission'],
  'route-permission-ws-wrong-key.yaml': ['route-permission'],
  'single-api-foreign.yaml': ['route-integration-api', 'route-permission'],
  'vpc-link-admitted-getatt.yaml': ['warning: vpc-link-admitted'],
};

/** What is said of templates that work, of which a part has no effect. */
const WARNED: { readonly [file: string]: readonly string[] } = {
  'ws-proxy-with-integration-response.yaml': ['warning: websocket-proxy-responses'],
};

const filesIn = (folder: string) => readdirSync(join(TEMPLATES, folder));

test('lists each refused template once', () => {
  expect(Object.keys(REFUSED).sort()).toEqual(filesIn('refused').sort());
});

test.each(filesIn('works'))('works/%s', (file) => {
  expect(rulesOf(`works/${file}`)).toEqual(WARNED[file] ?? []);
});

test.each(filesIn('refused'))('refused/%s', (file) => {
  expect(rulesOf(`refused/${file}`)).toEqual(REFUSED[file]);
});
