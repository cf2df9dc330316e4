import * as apigwv2 from 'aws-cdk-lib/aws-apigatewayv2';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { newFunction } from '../../../util';
import { both, gateway, handler, permission, resource, ROLE, type Build, type Properties } from '../builders';
import type { Cases } from './case';

const FUNCTION = { 'Fn::GetAtt': ['Function', 'Arn'] };
const uriOf = (arn: string) =>
  ({ 'Fn::Sub': `arn:aws:apigateway:\${AWS::Region}:lambda:path/2015-03-31/functions/${arn}/invocations` });
const URI = uriOf('${Function.Arn}');
const TO_URL = { type: 'http_proxy', uri: 'https://example.com' };
const AUTHORIZER = { type: 'request', authorizerUri: URI, authorizerPayloadFormatVersion: '2.0' };

/** An API of an OpenAPI document with what is said in it, and a stage. */
const document = (paths: Properties, components: Properties = {}): Build => (stack) => {
  const Body = { openapi: '3.0.1', info: { title: 'shop', version: '1' }, paths, components };
  const ApiId = gateway(stack, 'Api', 'Api', { Body }).ref;
  gateway(stack, 'Stage', 'Stage', { ApiId, StageName: 'prod', AutoDeploy: true });
};

/** A path of a document that calls the function by GET. */
const books = (integration: Properties = {}, operation: Properties = {}): Properties => ({
  '/books': {
    get: {
      ...operation,
      'x-amazon-apigateway-integration': {
        type: 'aws_proxy', httpMethod: 'POST', payloadFormatVersion: '2.0', uri: URI, ...integration,
      },
    },
  },
});

/** A path whose caller is asked for by an authorizer, which calls the function. */
const guarded = both(document(
  books(TO_URL, { security: [{ key: [] }] }),
  {
    securitySchemes: {
      key: {
        'type': 'apiKey', 'name': 'Authorization', 'in': 'header',
        'x-amazon-apigateway-authorizer': AUTHORIZER,
      },
    },
  },
), handler());

/** An API that is made with a target. */
const quick = (properties: Properties = {}): Build => both(handler(), (stack) => {
  gateway(stack, 'Api', 'Api', { Name: 'shop', ProtocolType: 'HTTP', Target: FUNCTION, ...properties });
});

const role = (Action: string): Build => (stack) => {
  const PolicyDocument = { Statement: [{ Effect: 'Allow', Action, Resource: FUNCTION }] };
  resource(stack, 'Role', 'AWS::IAM::Role', { ...ROLE, Policies: [{ PolicyName: 'p', PolicyDocument }] });
};
const AS_ROLE = { 'Fn::GetAtt': ['Role', 'Arn'] };

/** An API of a document, made of the L1 class of aws-cdk-lib, and a function of its L2 class. */
const ofClasses = (path: string): Build => (stack) => {
  const called = newFunction(stack);
  const api = new apigwv2.CfnApi(stack, 'Api', {
    body: { openapi: '3.0.1', info: { title: 'shop', version: '1' }, paths: books({ uri: called.functionArn }) },
  });
  new apigwv2.CfnStage(stack, 'Stage', { apiId: api.ref, stageName: 'prod', autoDeploy: true });
  called.addPermission('Permission', {
    principal: new ServicePrincipal('apigateway.amazonaws.com'),
    sourceArn: stack.formatArn({ service: 'execute-api', resource: api.ref, resourceName: path }),
  });
};

export const apiCallsCases: Cases = {
  'api-permission': {
    wrong: {
      'a function of a document without a permission': both(document(books()), handler()),
      'a permission for another route': both(document(books()), handler(), permission('*/POST/books')),
      'any method of a document': both(document({
        '/books': { 'x-amazon-apigateway-any-method': (books()['/books'] as { get: Properties }).get },
      }), handler(), permission('*/*/other')),
      'a role that may not invoke it': both(
        document(books({ credentials: AS_ROLE })), handler(), role('sqs:SendMessage'),
      ),
      'an authorizer of a document without a permission': guarded,
      'a target without a permission': quick(),
      'a target with a permission for routes with a path': both(quick(), permission('*/*/books')),
    },
    right: {
      'a permission for the route of a document': both(document(books()), handler(), permission('*/GET/books')),
      'a permission for all of the API': both(document(books()), handler(), permission('*')),
      'a role that may invoke it': both(
        document(books({ credentials: AS_ROLE })), handler(), role('lambda:InvokeFunction'),
      ),
      'a permission for the authorizer': both(guarded, permission('authorizers/*')),
      'an authorizer that no operation asks for': both(document(books(TO_URL), {
        securitySchemes: { key: { 'x-amazon-apigateway-authorizer': AUTHORIZER } },
      }), handler()),
      'a URL': both(document(books(TO_URL)), handler()),
      'a first-class action': both(document(books({ integrationSubtype: 'SQS-SendMessage' })), handler()),
      'a function that is not in the app': document(books({
        uri: uriOf('arn:aws:lambda:eu-west-1:111111111111:function:other'),
      })),
      'a target with a permission for the default route': both(quick(), permission('*/$default')),
      'a target with a permission for any route': both(quick(), permission('*/*')),
      'a target with a key, and a permission for its route': both(
        quick({ RouteKey: 'GET /books' }), permission('*/GET/books'),
      ),
      'a target that is a URL': quick({ Target: 'https://example.com' }),
      'a document that is not in the template': both((stack) => {
        const BodyS3Location = { Bucket: 'bucket', Key: 'key' };
        const ApiId = gateway(stack, 'Api', 'Api', { BodyS3Location }).ref;
        gateway(stack, 'Stage', 'Stage', { ApiId, StageName: 'prod', AutoDeploy: true });
      }, handler()),
    },
    says: /the function of the route 'GET \/books' that the API writes itself .* the function has no permission/,
    classes: 'An integration of a document is no construct.',
    upstream: { wrong: ofClasses('*/POST/books'), right: ofClasses('*/GET/books') },
  },
};
