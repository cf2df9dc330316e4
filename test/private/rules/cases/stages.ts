import type { Stack } from 'aws-cdk-lib';
import * as apigwv2 from 'aws-cdk-lib/aws-apigatewayv2';
import * as upstream from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { both, changed, condition, gateway, l1Of, mock, resource, url, type Build, type Properties } from '../builders';
import type { Cases } from './case';

const NO_CLASS = 'The classes of this library make integrations; a stage or a deployment is made by aws-cdk-lib.';

const nothing: Build = () => undefined;
const httpStage = (properties: Properties, more = nothing) => both(changed(url(), 'Stage', properties), more);
const webSocketStage = (properties: Properties, more = nothing) => both(changed(mock(), 'Stage', properties), more);

/** Lists what the one stage or deployment waits for. */
const dependsOn = (type: string, ...ids: string[]) => (stack: Stack) => {
  l1Of(stack, type).addOverride('DependsOn', ids);
};

/** Makes the one resource of a type on a condition of its own. */
const conditional = (type: string) => (stack: Stack) => {
  condition(`Has${type}`)(stack);
  l1Of(stack, type).addOverride('Condition', `Has${type}`);
};

const OPEN_API = { openapi: '3.0.1' };

const secondRoute = (key: unknown, api: unknown = { Ref: 'Api' }) => (stack: Stack) => {
  gateway(stack, 'Second', 'Route', {
    ApiId: api, RouteKey: key, Target: { 'Fn::Sub': 'integrations/${Integration}' },
  });
};

const THROTTLED = { ThrottlingBurstLimit: 10 };
const ONE_ROUTE = { RouteSettings: { 'GET /books': THROTTLED } };
const UNKNOWN_ROUTE = { RouteSettings: { 'GET /x': THROTTLED } };
const deployed = (properties: Properties = {}) => (stack: Stack) => {
  gateway(stack, 'Deployment', 'Deployment', { ApiId: { Ref: 'Api' }, ...properties });
};
const LOG_GROUP_ARN = 'arn:aws:logs:eu-west-1:111111111111:log-group:/shop/access';
const logged = (properties: Properties) => ({
  AccessLogSettings: { DestinationArn: LOG_GROUP_ARN, Format: '$context.requestId', ...properties },
});
const bucket = (stack: Stack) => { resource(stack, 'Bucket', 'AWS::S3::Bucket', {}); };
const logGroup = (stack: Stack) => { resource(stack, 'LogGroup', 'AWS::Logs::LogGroup', {}); };

/** A WebSocket API of aws-cdk-lib with settings of a route, which its stage class does not offer. */
const webSocketApp = (key: string, wait: boolean) => (stack: Stack) => {
  const webSocketApi = new apigwv2.WebSocketApi(stack, 'Chat');
  const route = webSocketApi.addRoute('send', { integration: new upstream.WebSocketMockIntegration('Mock') });
  const stage = new apigwv2.WebSocketStage(stack, 'Prod', { webSocketApi, stageName: 'prod', autoDeploy: true });
  (stage.node.defaultChild as apigwv2.CfnStage).routeSettings = { [key]: THROTTLED };
  if (wait) { stage.node.addDependency(route); }
};
const httpApp = (props: Omit<apigwv2.HttpStageProps, 'httpApi'>) => (stack: Stack) => {
  const httpApi = new apigwv2.HttpApi(stack, 'Shop', { createDefaultStage: false });
  new apigwv2.HttpStage(stack, 'Prod', { httpApi, autoDeploy: true, ...props });
};
const loggedApp = (destinationArn: (group: LogGroup) => string) => (stack: Stack) => {
  const group = new LogGroup(stack, 'Group');
  httpApp({ accessLogSettings: { destination: { bind: () => ({ destinationArn: destinationArn(group) }) } } })(stack);
};

export const stagesCases: Cases = {
  'stage-route-settings': {
    wrong: {
      'a key that no route has': httpStage({ RouteSettings: { 'GET /book': THROTTLED } }),
      'a key that no route of a WebSocket API has': webSocketStage({ RouteSettings: { sent: THROTTLED } }),
      'a key in another case': httpStage({ RouteSettings: { 'get /books': THROTTLED } }),
      'the key of a route of another API': httpStage({ RouteSettings: { 'GET /pens': THROTTLED } }, (stack) => {
        gateway(stack, 'Other', 'Api', { Name: 'other', ProtocolType: 'HTTP' });
        gateway(stack, 'OtherStage', 'Stage', { ApiId: { Ref: 'Other' }, StageName: 'prod', AutoDeploy: true });
        gateway(stack, 'OtherRoute', 'Route', { ApiId: { Ref: 'Other' }, RouteKey: 'GET /pens' });
      }),
    },
    right: {
      'the key of a route that the stage waits for': httpStage(ONE_ROUTE, dependsOn('Stage', 'Route')),
      'keys that need no route': httpStage({ RouteSettings: { $default: THROTTLED } }),
      'keys that need no route of a WebSocket API': webSocketStage({
        RouteSettings: { $connect: THROTTLED, $disconnect: THROTTLED },
      }),
      'an API that is not in the app': (stack) => {
        gateway(stack, 'Stage', 'Stage', {
          ApiId: 'a1b2c3', StageName: 'prod', AutoDeploy: true, RouteSettings: { 'GET /x': THROTTLED },
        });
      },
      'an API whose routes are elsewhere': (stack) => {
        gateway(stack, 'Api', 'Api', { Name: 'shop', ProtocolType: 'HTTP' });
        gateway(stack, 'Stage', 'Stage', {
          ApiId: { Ref: 'Api' }, StageName: 'prod', AutoDeploy: true, RouteSettings: { 'GET /x': THROTTLED },
        });
      },
      'an API with routes in its body': changed(httpStage(UNKNOWN_ROUTE), 'Api', { Body: OPEN_API }),
      'a route whose key is known at deployment': httpStage(
        UNKNOWN_ROUTE, secondRoute({ 'Fn::Join': ['', ['GET /', { 'Fn::ImportValue': 'path' }]] }),
      ),
      'a route of an API that is known at deployment': httpStage(
        UNKNOWN_ROUTE, secondRoute('GET /x', { 'Fn::ImportValue': 'shop-api' }),
      ),
      'routes of a nested template that is not in the app': httpStage(UNKNOWN_ROUTE, (stack) => {
        resource(stack, 'Nested', 'AWS::CloudFormation::Stack', {
          TemplateURL: 'https://example.com', Parameters: { Api: { Ref: 'Api' } },
        });
      }),
      'settings that are known at deployment': httpStage({
        RouteSettings: { 'Fn::GetAtt': ['Settings', 'Json'] },
      }, (stack) => {
        resource(stack, 'Settings', 'Custom::Settings', {
          ServiceToken: 'arn:aws:lambda:eu-west-1:111111111111:function:settings',
        });
      }),
    },
    says: /'?"GET \/book"'?, expected the key of a route of the API\. Did you mean 'GET \/books'\?/,
    classes: NO_CLASS,
    upstream: { wrong: webSocketApp('sent', true), right: webSocketApp('send', true) },
  },
  'stage-route-settings-order': {
    wrong: {
      'no dependency': httpStage(ONE_ROUTE),
      'no dependency in a WebSocket API': webSocketStage({ RouteSettings: { send: THROTTLED } }),
      'a dependency on the integration': httpStage(ONE_ROUTE, dependsOn('Stage', 'Integration')),
      'a deployment that waits for another route': webSocketStage({
        RouteSettings: { send: THROTTLED }, AutoDeploy: undefined, DeploymentId: { Ref: 'Deployment' },
      }, both(secondRoute('other'), deployed(), dependsOn('Deployment', 'Second'))),
    },
    right: {
      'a dependency on the route': httpStage(ONE_ROUTE, dependsOn('Stage', 'Route')),
      'a dependency on what depends on the route': httpStage(ONE_ROUTE, both((stack) => {
        resource(stack, 'Last', 'AWS::CloudFormation::WaitConditionHandle', {}).addOverride('DependsOn', 'Route');
      }, dependsOn('Stage', 'Last'))),
      'a reference to the route': httpStage({
        RouteSettings: { 'GET /books': THROTTLED }, Description: { 'Fn::Sub': 'The stage of ${Route}' },
      }),
      'a deployment that waits for the route': webSocketStage({
        RouteSettings: { send: THROTTLED }, AutoDeploy: undefined, DeploymentId: { Ref: 'Deployment' },
      }, both(deployed(), dependsOn('Deployment', 'Route'))),
      'settings of a default route, which are accepted without it': changed(
        url({}, { RouteKey: '$default' }), 'Stage', { RouteSettings: { $default: THROTTLED } },
      ),
      'settings of a connection, which are accepted without its route': changed(
        mock({}, { RouteKey: '$connect' }), 'Stage', { RouteSettings: { $connect: THROTTLED } },
      ),
      'settings of no route alone': httpStage({ DefaultRouteSettings: THROTTLED }),
      'a route that is not always made': httpStage(ONE_ROUTE, both(
        conditional('Route'), conditional('Stage'),
      )),
    },
    says: /does not depend on the route 'Stack\/Route', expected it to be made after the route/,
    classes: NO_CLASS,
    upstream: { wrong: webSocketApp('send', false), right: webSocketApp('send', true) },
  },
  'stage-settings-case': {
    wrong: {
      'settings of a route in camel case': httpStage({ RouteSettings: { $default: { throttlingBurstLimit: 10 } } }),
      'settings of all routes in camel case': webSocketStage({
        DefaultRouteSettings: { detailedMetricsEnabled: true },
      }),
    },
    right: {
      'the names of AWS CloudFormation': httpStage({
        RouteSettings: { $default: { ThrottlingBurstLimit: 10, ThrottlingRateLimit: 5, DetailedMetricsEnabled: true } },
      }),
      'a setting that is not known yet': webSocketStage({ RouteSettings: { $default: { CachingEnabled: true } } }),
    },
    says: /'throttlingBurstLimit', did you mean 'ThrottlingBurstLimit'\? .* AWS CDK passes it to the template as it is/,
    classes: NO_CLASS,
  },
  'stage-execution-logs': {
    sample: ['a logging level', 'metrics and throttling'],
    wrong: {
      'a logging level': httpStage({ DefaultRouteSettings: { LoggingLevel: 'INFO' } }),
      'data traces': httpStage({ DefaultRouteSettings: { DataTraceEnabled: true } }),
      'a logging level of one route': httpStage({ RouteSettings: { $default: { LoggingLevel: 'ERROR' } } }),
      'an API that is described by a body': changed(
        httpStage({ DefaultRouteSettings: { LoggingLevel: 'INFO' } }),
        'Api', { ProtocolType: undefined, Body: OPEN_API },
      ),
    },
    right: {
      'all of it on a WebSocket API': webSocketStage({
        DefaultRouteSettings: { LoggingLevel: 'INFO', DataTraceEnabled: true },
      }),
      'metrics and throttling': httpStage({ DefaultRouteSettings: { DetailedMetricsEnabled: true, ...THROTTLED } }),
      'logs that are off': httpStage({ DefaultRouteSettings: { LoggingLevel: 'OFF', DataTraceEnabled: false } }),
      'a level that is known at deployment': httpStage({
        DefaultRouteSettings: { LoggingLevel: { 'Fn::ImportValue': 'level' } },
      }),
      'an API that is not in the app': (stack) => {
        gateway(stack, 'Stage', 'Stage', {
          ApiId: 'a1b2c3', StageName: 'prod', AutoDeploy: true, DefaultRouteSettings: { LoggingLevel: 'INFO' },
        });
      },
    },
    says: /DefaultRouteSettings have LoggingLevel 'INFO' on an HTTP API, expected neither/,
    classes: NO_CLASS,
  },
  'stage-name': {
    wrong: {
      'a dot': httpStage({ StageName: 'v1.0' }),
      'a slash': webSocketStage({ StageName: 'prod/v1' }),
      'another name with a dollar sign': httpStage({ StageName: '$prod' }),
      'too many characters': httpStage({ StageName: 'a'.repeat(129) }),
    },
    right: {
      'the default stage': httpStage({ StageName: '$default' }),
      'hyphens and underscores': httpStage({ StageName: 'prod-v1_0' }),
      'as many characters as are allowed': httpStage({ StageName: 'a'.repeat(128) }),
      'a name that is known at deployment': httpStage({ StageName: { 'Fn::ImportValue': 'stage.name' } }),
    },
    says: /The name of the stage is "v1\.0", expected '\$default' or/,
    classes: NO_CLASS,
    upstream: { wrong: httpApp({ stageName: 'v1.0' }), right: httpApp({ stageName: 'v1-0' }) },
  },
  'stage-access-log-format': {
    wrong: {
      'no id of the request': httpStage(logged({ Format: '$context.identity.sourceIp $context.status' })),
      'ids of other requests': webSocketStage(logged({
        Format: '$context.integration.requestId $context.requestIdentity',
      })),
    },
    right: {
      'the id of the request': httpStage(logged({ Format: '{"id":"$context.requestId"}' })),
      'the extended id of the request': webSocketStage(logged({ Format: '$context.extendedRequestId' })),
      'a format that is known at deployment': httpStage(logged({
        Format: { 'Fn::Join': [' ', ['$context.status', { 'Fn::ImportValue': 'format' }]] },
      })),
    },
    says: /expected \$context\.requestId or \$context\.extendedRequestId in it/,
    classes: NO_CLASS,
  },
  'stage-access-log-destination': {
    wrong: {
      'an S3 bucket': httpStage(logged({ DestinationArn: 'arn:aws:s3:::logs' })),
      'the name of a log group': webSocketStage(logged({ DestinationArn: { Ref: 'LogGroup' } }), logGroup),
      'the ARN of a bucket of the app': httpStage(logged({
        DestinationArn: { 'Fn::GetAtt': ['Bucket', 'Arn'] },
      }), bucket),
    },
    right: {
      'a log group': httpStage(logged({})),
      'a log group and all of its streams': httpStage(logged({ DestinationArn: `${LOG_GROUP_ARN}:*` })),
      'a log group of the app': httpStage(logged({ DestinationArn: { 'Fn::GetAtt': ['LogGroup', 'Arn'] } }), logGroup),
      'a log group by its name': httpStage(logged({
        DestinationArn: { 'Fn::Sub': 'arn:aws:logs:${AWS::Region}:${AWS::AccountId}:log-group:${LogGroup}' },
      }), logGroup),
      'a delivery stream': webSocketStage(logged({
        DestinationArn: 'arn:aws:firehose:eu-west-1:111111111111:deliverystream/amazon-apigateway-shop',
      })),
      'a destination that is known at deployment': httpStage(logged({ DestinationArn: { 'Fn::ImportValue': 'logs' } })),
    },
    says: /The destination of the access log is "arn:aws:s3:::logs", expected the ARN of a log group/,
    classes: NO_CLASS,
    upstream: {
      wrong: loggedApp(({ logGroupName }) => logGroupName),
      right: loggedApp(({ logGroupArn }) => logGroupArn),
    },
  },
  'stage-variable-value': {
    wrong: {
      'a dollar sign': httpStage({ StageVariables: { alias: '$LATEST' } }),
      'a space': webSocketStage({ StageVariables: { title: 'my shop' } }),
    },
    right: {
      'a URL': httpStage({ StageVariables: { url: 'https://example.com:8443/a-b/~c?d=e&f=g,h#i_j' } }),
      'an empty value': httpStage({ StageVariables: { url: '' } }),
      'a value that is known at deployment': httpStage({ StageVariables: { key: { 'Fn::ImportValue': 'a key' } } }),
    },
    says: /The stage variable 'alias' is "\$LATEST", expected letters, digits/,
    classes: NO_CLASS,
    upstream: {
      wrong: httpApp({ stageVariables: { alias: '$LATEST' } }),
      right: httpApp({ stageVariables: { alias: 'live' } }),
    },
  },
  'stage-not-deployed': {
    wrong: {
      'no deployment': httpStage({ AutoDeploy: undefined }),
      'a stage that says so': webSocketStage({ AutoDeploy: false }),
      'a stage of an API that is not in the app': (stack) => {
        gateway(stack, 'Stage', 'Stage', { ApiId: 'a1b2c3', StageName: 'prod' });
      },
      'a deployment of another API': httpStage({ AutoDeploy: undefined }, deployed({ ApiId: 'a1b2c3' })),
    },
    right: {
      'an automatic deployment': httpStage({}),
      'a deployment of the app': webSocketStage({ AutoDeploy: undefined, DeploymentId: { Ref: 'Deployment' } }, both(
        deployed(), dependsOn('Deployment', 'Route'))),
      'a deployment that is made elsewhere': webSocketStage({ AutoDeploy: undefined, DeploymentId: 'd1e2f3' }),
      'a deployment that names the stage': webSocketStage({ AutoDeploy: undefined }, both(
        deployed({ StageName: 'prod' }), dependsOn('Deployment', 'Route', 'Stage'))),
      'a stage that decides at deployment': httpStage(
        { AutoDeploy: { 'Fn::If': ['IsTest', true, false] } }, condition('IsTest'),
      ),
      'a custom resource that gets the API': httpStage({ AutoDeploy: undefined }, (stack) => {
        resource(stack, 'Deployer', 'Custom::Deployer', {
          ServiceToken: 'arn:aws:lambda:eu-west-1:111111111111:function:deployer', Api: { Ref: 'Api' },
        });
      }),
    },
    says: /Nothing deploys the API to the stage, expected AutoDeploy or a DeploymentId/,
    classes: NO_CLASS,
    upstream: { wrong: httpApp({ autoDeploy: false }), right: httpApp({}) },
  },
  'deployment-without-routes': {
    wrong: {
      'no dependency': webSocketStage({ AutoDeploy: undefined, DeploymentId: { Ref: 'Deployment' } }, deployed()),
      'a dependency on the integration': both(url(), deployed(), dependsOn('Deployment', 'Integration')),
    },
    right: {
      'a dependency on the route': both(mock(), deployed(), dependsOn('Deployment', 'Route')),
      'a dependency on one of two routes': both(
        mock(), secondRoute('other'), deployed(), dependsOn('Deployment', 'Second'),
      ),
      'a reference to the route': both(mock(), deployed({
        Description: { 'Fn::Join': ['', ['With ', { Ref: 'Route' }]] },
      })),
      'an API that is not in the app': both(mock(), deployed({ ApiId: 'a1b2c3' })),
      'routes in the body of the API': changed(both(url(), deployed()), 'Api', { Body: OPEN_API }),
    },
    says: /does not depend on any route of its API, as 'Stack\/Route', expected it to be made after the routes/,
    classes: NO_CLASS,
    upstream: {
      wrong: (stack) => {
        webSocketApp('send', true)(stack);
        const api = stack.node.findChild('Chat') as apigwv2.WebSocketApi;
        new apigwv2.CfnDeployment(stack, 'Deployment', { apiId: api.apiId });
      },
      right: (stack) => {
        webSocketApp('send', true)(stack);
        const api = stack.node.findChild('Chat') as apigwv2.WebSocketApi;
        new apigwv2.CfnDeployment(stack, 'Deployment', { apiId: api.apiId }).node.addDependency(api);
      },
    },
  },
};
