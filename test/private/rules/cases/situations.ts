import { NestedStack, type Stack } from 'aws-cdk-lib';
import * as apigwv2 from 'aws-cdk-lib/aws-apigatewayv2';
import * as upstream from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as servicediscovery from 'aws-cdk-lib/aws-servicediscovery';
import { HttpUrlIntegration } from 'cdk-apigatewayv2-integrations';
import { newFunction } from '../../../util';
import { written } from '../bound';
import {
  both, FUNCTION_PROPERTIES, functionRoute, handler, link, permission, resource, url, webSocketUrl, type Build,
  type Properties,
} from '../builders';
import type { Cases } from './case';

const LATER = { 'Fn::ImportValue': 'value' };
const to = (IntegrationUri: unknown) => url({ IntegrationUri });

/** A load balancer, and a URL with its DNS name. */
const balancer = (properties: Properties, type = 'ElasticLoadBalancingV2'): Build => (stack) => {
  resource(stack, 'Balancer', `AWS::${type}::LoadBalancer`, properties);
};
const INTERNAL = { Scheme: 'internal' };
const DNS_NAME = { 'Fn::Sub': 'http://${Balancer.DNSName}/books' };

/** A function with a URL. */
const functionUrl = (AuthType: unknown): Build => both(handler(), (stack) => {
  resource(stack, 'Url', 'AWS::Lambda::Url', { TargetFunctionArn: { Ref: 'Function' }, AuthType });
});
const FUNCTION_URL = { 'Fn::GetAtt': ['Url', 'FunctionUrl'] };

/** A Cloud Map service that an ECS service may register its tasks with. */
const cloudMap = (properties: Properties, ServiceRegistries?: unknown): Build => both(
  link({ IntegrationUri: { 'Fn::GetAtt': ['Service', 'Arn'] } }),
  (stack) => {
    const DnsConfig = { DnsRecords: [{ Type: 'SRV', TTL: 60 }] };
    resource(stack, 'Service', 'AWS::ServiceDiscovery::Service', { NamespaceId: 'ns-1', DnsConfig, ...properties });
    resource(stack, 'Tasks', 'AWS::ECS::Service', { TaskDefinition: 'tasks', ServiceRegistries });
  },
);
const REGISTERED = [{ RegistryArn: { 'Fn::GetAtt': ['Service', 'Arn'] } }];

/** A function with properties of its own, and an alias or a version of it. */
const ofFunction = (properties: Properties, ...more: Build[]) => functionRoute(both((stack) => {
  resource(stack, 'Function', 'AWS::Lambda::Function', { ...FUNCTION_PROPERTIES, ...properties });
}, permission('*/*/books'), ...more));
const SNAP_START = { SnapStart: { ApplyOn: 'PublishedVersions' } };
const PROVISIONED = { ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: 1 } };
const alias = (properties: Properties = {}): Build => (stack) => {
  resource(stack, 'Alias', 'AWS::Lambda::Alias', {
    FunctionName: { Ref: 'Function' }, FunctionVersion: '1', Name: 'live', ...properties,
  });
};
const version = (properties: Properties = {}, of: unknown = { Ref: 'Function' }): Build => (stack) => {
  resource(stack, 'Version', 'AWS::Lambda::Version', { FunctionName: of, ...properties });
};
/** A route to the alias of a function. */
const toAlias = functionRoute(both(handler(), alias(PROVISIONED), (stack) => {
  resource(stack, 'Permission', 'AWS::Lambda::Permission', {
    Action: 'lambda:InvokeFunction', FunctionName: { Ref: 'Alias' }, Principal: 'apigateway.amazonaws.com',
  });
}), { IntegrationUri: { Ref: 'Alias' } });

/** Two nested stacks whose templates are not in the app, with the parameters of each. */
const nestedTemplates = (ofApis: Properties, ofTopics: Properties, more?: Build): Build => (stack) => {
  const nest = (id: string, Parameters: Properties) =>
    resource(stack, id, 'AWS::CloudFormation::Stack', { TemplateURL: `https://example.com/${id}.json`, Parameters });
  nest('Apis', ofApis);
  nest('Topics', ofTopics);
  more?.(stack);
};
const TOPIC = { 'Fn::GetAtt': ['Topics', 'Outputs.Topic'] };
const API = { 'Fn::GetAtt': ['Apis', 'Outputs.Api'] };

/** Two nested stacks: one with an API, which gets what is given, and one with a topic, which gets something else. */
const nested = (given: (topics: NestedStack) => string, back?: (api: apigwv2.CfnApi) => string): Build => (stack) => {
  const apis = new NestedStack(stack, 'Apis');
  const topics = new NestedStack(stack, 'Topics');
  const api = new apigwv2.CfnApi(apis, 'Api', { name: 'shop', protocolType: 'HTTP', description: given(topics) });
  resource(topics as unknown as Stack, 'Topic', 'AWS::SNS::Topic', { DisplayName: back?.(api) });
};
const topicOf = (topics: NestedStack) => resource(topics as unknown as Stack, 'Other', 'AWS::SNS::Topic', {}).ref;

const httpUrl = (target: string): Build => (stack) => {
  new apigwv2.HttpApi(stack, 'Api').addRoutes({ path: '/books', integration: new HttpUrlIntegration('Url', target) });
};
const toFunction = (target: (called: lambda.Function) => lambda.IFunction): Build => (stack) => {
  const integration = new upstream.HttpLambdaIntegration('Lambda', target(newFunction(stack)));
  new apigwv2.HttpApi(stack, 'Api').addRoutes({ path: '/books', methods: [apigwv2.HttpMethod.GET], integration });
};
const toUrl = (authType: lambda.FunctionUrlAuthType) =>
  written((stack) => ({ uri: newFunction(stack).addFunctionUrl({ authType }).url }));
const liveAlias = (called: lambda.Function) =>
  new lambda.Alias(called, 'Live', {
    aliasName: 'live', version: called.currentVersion, provisionedConcurrentExecutions: 1,
  });

/** Tasks that a Cloud Map service of classes lists. */
const tasks = (customHealthCheck?: servicediscovery.HealthCheckCustomConfig): Build => (stack) => {
  const vpc = new ec2.Vpc(stack, 'Vpc');
  const namespace = new servicediscovery.PrivateDnsNamespace(stack, 'Namespace', { name: 'shop', vpc });
  const service = namespace.createService('Service', {
    dnsRecordType: servicediscovery.DnsRecordType.SRV, customHealthCheck,
  });
  const taskDefinition = new ecs.FargateTaskDefinition(stack, 'Task');
  taskDefinition.addContainer('web', {
    image: ecs.ContainerImage.fromRegistry('web'), portMappings: [{ containerPort: 80 }],
  });
  const cluster = new ecs.Cluster(stack, 'Cluster', { vpc });
  new ecs.FargateService(stack, 'Tasks', { cluster, taskDefinition }).associateCloudMapService({ service });
  const vpcLink = new apigwv2.VpcLink(stack, 'Link', { vpc });
  const integration = new upstream.HttpServiceDiscoveryIntegration('CloudMap', service, { vpcLink });
  new apigwv2.HttpApi(stack, 'Api').addRoutes({ path: '/books', methods: [apigwv2.HttpMethod.GET], integration });
};

export const situationsCases: Cases = {
  'private-host': {
    wrong: {
      'an address of a private network': to('http://10.0.1.5:8080/books'),
      'another one': to('https://172.31.0.1'),
      'a third one': to('https://192.168.0.1/'),
      'an address of the machine': to('http://127.0.0.1'),
      'an address of the link': to('http://169.254.169.254/latest'),
      'the name of the machine': to('http://localhost:3000'),
      'the name of an internal load balancer': to('http://internal-shop-123.eu-west-1.elb.amazonaws.com/books'),
      'a host beside a path of the deployment': to({ 'Fn::Sub': 'http://10.0.1.5/${AWS::StackName}' }),
      'the DNS name of an internal load balancer of the app': both(to(DNS_NAME), balancer(INTERNAL)),
      'the DNS name of an internal Classic Load Balancer': both(to(DNS_NAME), balancer({
        ...INTERNAL, Listeners: [{ InstancePort: '80', LoadBalancerPort: '80', Protocol: 'HTTP' }],
      }, 'ElasticLoadBalancing')),
      'a private address on a WebSocket API': webSocketUrl({ IntegrationUri: 'http://10.0.1.5' }),
    },
    right: {
      'a public host': url(),
      'a public address that looks like a private one': to('https://172.32.0.1'),
      'a host that starts like an address': to('https://10.example.com'),
      'a host that starts like a name': to('https://localhost.example.com'),
      'the name of a load balancer on the internet': to('http://shop-123.eu-west-1.elb.amazonaws.com'),
      'a path like a private URL': to('https://example.com/http://10.0.0.1'),
      'a host of the deployment': to({ 'Fn::Sub': 'http://10.${AWS::StackName}.0.1' }),
      'a load balancer of the app on the internet': both(to(DNS_NAME), balancer({ Scheme: 'internet-facing' })),
      'a load balancer that does not say': both(to(DNS_NAME), balancer({})),
      'a load balancer whose scheme is of the deployment': both(to(DNS_NAME), balancer({ Scheme: LATER })),
      'a private URL over a link on a WebSocket API': webSocketUrl({
        ConnectionType: 'VPC_LINK', ConnectionId: 'abc123',
        IntegrationUri: 'http://internal-a.eu-west-1.elb.amazonaws.com',
      }),
    },
    says: /The host of the URL is "10\.0\.1\.5", expected one that the internet reaches\. .* HttpAlbIntegration/,
    classes: { wrong: httpUrl('http://10.0.1.5'), right: httpUrl('http://11.0.1.5') },
    upstream: {
      wrong: written({ uri: 'http://internal-shop-123.eu-west-1.elb.amazonaws.com' }),
      right: written({ uri: 'http://shop-123.eu-west-1.elb.amazonaws.com' }),
    },
  },
  'function-url-signature': {
    wrong: {
      'the URL of a function that wants a signature': both(to(FUNCTION_URL), functionUrl('AWS_IAM')),
      'a path of it': both(to({ 'Fn::Sub': '${Url.FunctionUrl}books' }), functionUrl('AWS_IAM')),
      'the same on a WebSocket API': both(webSocketUrl({ IntegrationUri: FUNCTION_URL }), functionUrl('AWS_IAM')),
    },
    right: {
      'the URL of a function that anybody may call': both(to(FUNCTION_URL), functionUrl('NONE')),
      'a type of the deployment': both(to(FUNCTION_URL), functionUrl(LATER)),
      'another URL': both(url(), functionUrl('AWS_IAM')),
    },
    says: /'Stack\/Url', has the authorization type AWS_IAM, expected NONE: API Gateway does not sign requests\./,
    classes: 'A class takes the text of a URL, and does not know that it is one of a function.',
    upstream: { wrong: toUrl(lambda.FunctionUrlAuthType.AWS_IAM), right: toUrl(lambda.FunctionUrlAuthType.NONE) },
  },
  'cloud-map-health': {
    wrong: { 'tasks whose health nobody tells': cloudMap({}, REGISTERED) },
    right: {
      'tasks that tell their health': cloudMap({ HealthCheckCustomConfig: { FailureThreshold: 1 } }, REGISTERED),
      'a health check of Amazon Route 53': cloudMap({ HealthCheckConfig: { Type: 'TCP' } }, REGISTERED),
      'a health check of the deployment': cloudMap({ HealthCheckCustomConfig: LATER }, REGISTERED),
      'a service without tasks': cloudMap({}),
      'tasks of a service that is not in the app': cloudMap({}, [{ RegistryArn: LATER }]),
    },
    says: /Cloud Map service 'Stack\/Service', which has no HealthCheckCustomConfig, expected one/,
    classes: 'Who registers with a Cloud Map service is not seen by an integration.',
    upstream: { wrong: tasks(), right: tasks({ failureThreshold: 1 }) },
  },
  'lambda-version-bypassed': {
    wrong: {
      'an alias with provisioned concurrency': ofFunction({}, alias(PROVISIONED)),
      'a version with provisioned concurrency': ofFunction({}, version(PROVISIONED)),
      'a version that is found by the ARN of the function': ofFunction({}, version(PROVISIONED, {
        'Fn::GetAtt': ['Function', 'Arn'],
      })),
      'a version of a function with SnapStart': ofFunction(SNAP_START, version()),
      'an alias of a function with SnapStart': ofFunction(SNAP_START, alias()),
    },
    right: {
      'the alias itself': toAlias,
      'an alias without either': ofFunction({}, alias()),
      'SnapStart and no version': ofFunction(SNAP_START),
      'no SnapStart': ofFunction({ SnapStart: { ApplyOn: 'None' } }, version()),
      'SnapStart of the deployment': ofFunction({ SnapStart: { ApplyOn: LATER } }, version()),
      'a version of another function': ofFunction({}, version(PROVISIONED, 'another')),
    },
    says: /'Stack\/Function' without a version or alias, .* provisioned concurrency of 'Stack\/Alias', expected that/,
    classes: 'A function does not tell its aliases and versions to an integration.',
    upstream: {
      wrong: toFunction((called) => {
        liveAlias(called);
        return called;
      }),
      right: toFunction(liveAlias),
    },
  },
  'nested-stack-loop': {
    wrong: {
      'outputs that are parameters both ways': nestedTemplates({ Topic: TOPIC }, { Api: API }),
      'a parameter one way, and a text the other way': nestedTemplates({ Topic: TOPIC }, {
        Api: { 'Fn::Sub': 'https://${Apis.Outputs.Api}' },
      }),
      'a resource between them': nestedTemplates({ Queue: { Ref: 'Queue' } }, { Api: API }, (stack) => {
        resource(stack, 'Queue', 'AWS::SQS::Queue', { QueueName: TOPIC });
      }),
    },
    cannotInclude: /cycle/,
    right: {
      'a parameter one way': nestedTemplates({ Topic: TOPIC }, {}),
      'two that get the same': nestedTemplates({ Topic: { Ref: 'Queue' } }, { Api: { Ref: 'Queue' } }, (stack) => {
        resource(stack, 'Queue', 'AWS::SQS::Queue', {});
      }),
    },
    says: /The nested stacks 'Stack\/Apis', 'Stack\/Topics' wait for each other, expected one that can be made first\./,
    classes: 'What one nested stack needs of another is not seen by an integration.',
    upstream: {
      wrong: nested(topicOf, (api) => api.ref),
      right: nested(topicOf),
    },
  },
};
