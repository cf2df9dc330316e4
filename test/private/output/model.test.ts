import { CfnParameter, Fn, Stack } from 'aws-cdk-lib';
import * as apigwv2 from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpIamAuthorizer, HttpJwtAuthorizer, HttpLambdaAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import * as appconfig from 'aws-cdk-lib/aws-appconfig';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kinesis from 'aws-cdk-lib/aws-kinesis';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as servicediscovery from 'aws-cdk-lib/aws-servicediscovery';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import * as ours from 'cdk-apigatewayv2-integrations';
import { newFunction } from '../../util';
import { gateway, modelOf, targetOf } from './report-of';

const { MappingValue } = apigwv2;
const ROUTE = 'GET /';

/** The one API of a model, whose one route leads to an integration. */
function httpApi(integration: (stack: Stack) => apigwv2.HttpRouteIntegration) {
  const {
    apis: [api],
  } = modelOf((stack) => {
    new apigwv2.HttpApi(stack, 'Api').addRoutes({
      path: '/',
      methods: [apigwv2.HttpMethod.GET],
      integration: integration(stack),
    });
  });
  return api;
}

function webSocketApi(integration: (stack: Stack) => apigwv2.WebSocketRouteIntegration) {
  const {
    apis: [api],
  } = modelOf((stack) => {
    const socketApi = new apigwv2.WebSocketApi(stack, 'Api');
    socketApi.addRoute(ROUTE, { integration: integration(stack) });
    new apigwv2.WebSocketStage(stack, 'Stage', { webSocketApi: socketApi, stageName: 'prod', autoDeploy: true });
  });
  return api;
}

/** An API of L1 constructs with one integration. */
function rawApi(properties: Record<string, unknown> | ((stack: Stack) => Record<string, unknown>), protocol = 'HTTP') {
  const {
    apis: [api],
  } = modelOf((stack) => {
    const ApiId = gateway(stack, 'Api', 'Api', { ProtocolType: protocol, Name: 'api' }).ref;
    const integration = gateway(stack, 'Integration', 'Integration', {
      ApiId,
      ...(typeof properties === 'function' ? properties(stack) : properties),
    });
    gateway(stack, 'Route', 'Route', { ApiId, RouteKey: ROUTE, Target: `integrations/${integration.ref}` });
    gateway(stack, 'Stage', 'Stage', { ApiId, StageName: 'prod', AutoDeploy: true });
  });
  return api;
}

const machine = (stack: Stack) =>
  new sfn.StateMachine(stack, 'Machine', {
    definitionBody: sfn.DefinitionBody.fromChainable(new sfn.Succeed(stack, 'Done')),
  });

describe('the targets of HTTP APIs', () => {
  test.each<[string, (stack: Stack) => apigwv2.HttpRouteIntegration, object]>([
    [
      'a function',
      (stack) => new ours.HttpLambdaIntegration('I', newFunction(stack)),
      { kind: 'function', name: 'Shop/Handler' },
    ],
    [
      'an alias',
      (stack) =>
        new ours.HttpLambdaIntegration(
          'I',
          new lambda.Alias(stack, 'Alias', { aliasName: 'live', version: newFunction(stack).currentVersion }),
        ),
      { kind: 'function', name: 'Shop/Handler' },
    ],
    [
      'an imported function',
      (stack) =>
        new ours.HttpLambdaIntegration(
          'I',
          lambda.Function.fromFunctionArn(stack, 'F', 'arn:aws:lambda:eu-west-1:222222222222:function:books'),
        ),
      { kind: 'function', name: 'arn:aws:lambda:eu-west-1:222222222222:function:books' },
    ],
    [
      'a queue',
      (stack) => new ours.HttpSqsIntegration('I', { queue: new sqs.Queue(stack, 'Queue') }),
      { kind: 'queue', name: 'Shop/Queue' },
    ],
    [
      'a state machine',
      (stack) => new ours.HttpStepFunctionsIntegration('I', { stateMachine: machine(stack) }),
      { kind: 'state machine', name: 'Shop/Machine' },
    ],
    [
      'an event bus',
      (stack) => new ours.HttpEventBridgeIntegration('I', { eventBus: new events.EventBus(stack, 'Bus') }),
      { kind: 'event bus', name: 'Shop/Bus' },
    ],
    [
      'a stream',
      (stack) => new ours.HttpKinesisIntegration('I', { stream: new kinesis.Stream(stack, 'Stream') }),
      { kind: 'stream', name: 'Shop/Stream' },
    ],
    [
      'a configuration',
      (stack) => {
        const application = new appconfig.Application(stack, 'App');
        return new ours.HttpAppConfigIntegration('I', {
          application,
          environment: new appconfig.Environment(stack, 'Prod', { application }),
          configuration: new appconfig.HostedConfiguration(stack, 'Flags', {
            application,
            content: appconfig.ConfigurationContent.fromInlineJson('{}'),
          }),
          clientId: MappingValue.requestHeader('client'),
        });
      },
      { kind: 'configuration', name: 'Shop/App' },
    ],
    [
      'a URL',
      () => new ours.HttpUrlIntegration('I', 'https://example.com/a'),
      { kind: 'URL', name: 'https://example.com/a' },
    ],
  ])('%s', (_, integration, expected) => {
    expect(targetOf(httpApi(integration), ROUTE)).toMatchObject(expected);
  });

  test('a load balancer and a Cloud Map service, through the VPC link that they share', () => {
    const {
      apis: [api],
    } = modelOf((stack) => {
      const vpc = new ec2.Vpc(stack, 'Vpc', { natGateways: 0 });
      const balancer = new elbv2.ApplicationLoadBalancer(stack, 'Balancer', { vpc });
      const listener = balancer.addListener('Listener', {
        port: 8080,
        defaultAction: elbv2.ListenerAction.fixedResponse(200),
      });
      const service = new servicediscovery.PrivateDnsNamespace(stack, 'Space', {
        name: 'shop.internal',
        vpc,
      }).createService('Stock', { dnsRecordType: servicediscovery.DnsRecordType.SRV });
      const it = new apigwv2.HttpApi(stack, 'Api');
      it.addRoutes({ path: '/a', integration: new ours.HttpAlbIntegration('A', listener) });
      it.addRoutes({ path: '/b', integration: new ours.HttpServiceDiscoveryIntegration('B', service, { vpc }) });
    });
    expect(api.targets).toMatchObject([
      { kind: 'load balancer', name: 'Shop/Balancer' },
      { kind: 'Cloud Map service', name: 'Shop/Space/Stock' },
    ]);
    const link = expect.stringMatching(/^Shop\/Api\/VpcLink/) as string;
    expect(api.integrations.map(({ detail, vpcLink }) => [detail, vpcLink?.path])).toEqual([
      ['port 8080', link],
      [undefined, link],
    ]);
    expect(api.routes[0].access?.words).toMatch(
      /^API Gateway reaches it inside the VPC, through the VPC link Shop\/Api\/VpcLink[^.]*\.$/,
    );
  });

  test.each([
    ['taken from the request', { QueueUrl: '$request.body.queue' }, '$request.body.queue'],
    [
      'by its URL',
      { QueueUrl: 'https://sqs.eu-west-1.amazonaws.com/222222222222/work' },
      'https://sqs.eu-west-1.amazonaws.com/222222222222/work',
    ],
    [
      'by a URL of which a part is known at deployment',
      { QueueUrl: { 'Fn::Sub': 'https://sqs.${AWS::Region}.${AWS::URLSuffix}/${Account}/work' } },
      'https://sqs.eu-west-1.amazonaws.com/<Account>/work',
    ],
    ['by a choice', { QueueUrl: Fn.conditionIf('Is', 'a', 'b') }, '<Fn::If>'],
    ['not at all', {}, 'not said: there is no QueueUrl'],
  ])('a queue that is named %s', (_, parameters, name) => {
    const api = rawApi((stack) => {
      new CfnParameter(stack, 'Account');
      return { IntegrationType: 'AWS_PROXY', IntegrationSubtype: 'SQS-SendMessage', RequestParameters: parameters };
    });
    expect(targetOf(api, ROUTE)).toEqual({ id: 'target-1', kind: 'queue', name, findings: [] });
  });

  test('a queue by a URL that is put together from its name', () => {
    const api = rawApi((stack) => ({
      IntegrationType: 'AWS_PROXY',
      IntegrationSubtype: 'SQS-SendMessage',
      RequestParameters: {
        QueueUrl: `https://sqs.eu-west-1.amazonaws.com/111111111111/${new sqs.Queue(stack, 'Queue').queueName}`,
      },
    }));
    expect(targetOf(api, ROUTE)).toMatchObject({ kind: 'queue', name: 'Shop/Queue', template: 'Shop.template.json' });
  });

  test('the default event bus, and a subtype that nobody knows', () => {
    expect(
      targetOf(rawApi({ IntegrationType: 'AWS_PROXY', IntegrationSubtype: 'EventBridge-PutEvents' }), ROUTE),
    ).toMatchObject({ kind: 'event bus', name: 'default' });
    expect(targetOf(rawApi({ IntegrationType: 'AWS_PROXY', IntegrationSubtype: 'Moon-Land' }), ROUTE)).toMatchObject({
      kind: 'AWS service',
      name: 'Moon-Land',
    });
  });

  test.each([
    [
      {
        IntegrationType: 'HTTP_PROXY',
        ConnectionType: 'VPC_LINK',
        ConnectionId: 'abc',
        IntegrationUri: 'arn:aws:elasticloadbalancing:eu-west-1:222222222222:listener/app/a/b/c',
      },
      'load balancer',
    ],
    [
      {
        IntegrationType: 'HTTP_PROXY',
        ConnectionType: 'VPC_LINK',
        ConnectionId: 'abc',
        IntegrationUri: 'arn:aws:servicediscovery:eu-west-1:222222222222:service/srv-a',
      },
      'Cloud Map service',
    ],
  ])('imported private targets', (properties, kind) => {
    const api = rawApi(properties);
    expect(targetOf(api, ROUTE)).toMatchObject({ kind, name: properties.IntegrationUri });
    expect(api.integrations[0].vpcLink).toEqual({ path: 'abc', findings: [] });
  });

  test('no path of a construct stands inside of an ARN or a URL', () => {
    const api = rawApi((stack) => ({
      IntegrationType: 'AWS_PROXY',
      IntegrationUri: `arn:aws:lambda:eu-west-1:222222222222:function:my-${new sqs.Queue(stack, 'Queue').queueName}`,
    }));
    expect(targetOf(api, ROUTE)?.name).toMatch(
      /^arn:aws:lambda:eu-west-1:222222222222:function:my-<Queue\w+\.QueueName>$/,
    );
  });
});

describe('the targets of WebSocket APIs', () => {
  test.each<[string, (stack: Stack) => apigwv2.WebSocketRouteIntegration, object, string | undefined]>([
    [
      'a function',
      (stack) => new ours.WebSocketLambdaIntegration('I', newFunction(stack)),
      { kind: 'function', name: 'Shop/Handler' },
      undefined,
    ],
    [
      'a queue',
      (stack) => new ours.WebSocketSqsIntegration('I', new sqs.Queue(stack, 'Queue')),
      { kind: 'queue', name: 'Shop/Queue' },
      'SendMessage',
    ],
    [
      'a topic',
      (stack) => new ours.WebSocketSnsIntegration('I', new sns.Topic(stack, 'Topic')),
      { kind: 'topic', name: 'Shop/Topic' },
      'Publish',
    ],
    [
      'a state machine',
      (stack) => new ours.WebSocketStepFunctionsIntegration('I', machine(stack)),
      { kind: 'state machine', name: 'Shop/Machine' },
      'StartExecution',
    ],
    [
      'an event bus',
      (stack) => new ours.WebSocketEventBridgeIntegration('I', new events.EventBus(stack, 'Bus')),
      { kind: 'event bus', name: 'Shop/Bus' },
      'PutEvents',
    ],
    [
      'a stream',
      (stack) => new ours.WebSocketKinesisIntegration('I', new kinesis.Stream(stack, 'Stream')),
      { kind: 'stream', name: 'Shop/Stream' },
      'PutRecord',
    ],
    [
      'a table',
      (stack) => {
        const table = new dynamodb.Table(stack, 'Table', {
          partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING },
        });
        return new ours.WebSocketDynamoDbIntegration('I', table, { requestTemplates: { $default: '{}' } });
      },
      { kind: 'table', name: 'Shop/Table' },
      'PutItem',
    ],
    ['API Gateway itself', () => new ours.WebSocketMockIntegration('I'), { kind: 'API Gateway itself' }, undefined],
    [
      'a URL',
      () => new ours.WebSocketHttpIntegration('I', 'https://example.com', { method: apigwv2.HttpMethod.POST }),
      { kind: 'URL', name: 'https://example.com' },
      'method POST',
    ],
  ])('%s', (_, integration, expected, detail) => {
    const api = webSocketApi(integration);
    expect(targetOf(api, ROUTE)).toMatchObject(expected);
    expect(api.integrations[0].detail).toBe(detail);
  });

  test('nothing, since there is no URI', () => {
    expect(targetOf(rawApi({ IntegrationType: 'HTTP_PROXY' }, 'WEBSOCKET'), ROUTE)).toMatchObject({
      kind: 'not known',
      name: 'not said: there is no IntegrationUri',
    });
  });

  test('a service of which nothing names the target', () => {
    const uri = 'arn:aws:apigateway:eu-west-1:s3:action/ListBuckets';
    expect(targetOf(rawApi({ IntegrationType: 'AWS', IntegrationUri: uri }, 'WEBSOCKET'), ROUTE)).toMatchObject({
      kind: 'AWS service',
      name: 's3 action/ListBuckets',
    });
  });
});

describe('how access is granted', () => {
  const CALLER = 'arn:aws:iam::*:user/*';
  const FUNCTION = 'arn:aws:lambda:eu-west-1:222222222222:function:books';
  const functionOf = (stack: Stack) => newFunction(stack).functionArn;

  test.each<[string, Parameters<typeof rawApi>[0], object]>([
    [
      'no permission',
      (stack) => ({ IntegrationType: 'AWS_PROXY', IntegrationUri: functionOf(stack) }),
      {
        by: 'permission',
        allowed: 'no',
        words: 'No permission on the function is for this route: calls fail with status 500.',
      },
    ],
    [
      'an imported function',
      { IntegrationType: 'AWS_PROXY', IntegrationUri: FUNCTION },
      { by: 'permission', allowed: 'unknown' },
    ],
    [
      'the caller',
      { IntegrationType: 'AWS_PROXY', IntegrationUri: FUNCTION, CredentialsArn: CALLER },
      {
        by: 'caller',
        words: 'API Gateway calls it with the credentials of the caller, who needs lambda:InvokeFunction.',
      },
    ],
    [
      'an imported role',
      { IntegrationType: 'AWS_PROXY', IntegrationUri: FUNCTION, CredentialsArn: 'arn:aws:iam::222222222222:role/r' },
      { by: 'role', allowed: 'unknown', role: 'arn:aws:iam::222222222222:role/r' },
    ],
    [
      'no role for a service',
      { IntegrationType: 'AWS_PROXY', IntegrationSubtype: 'SQS-SendMessage', RequestParameters: { QueueUrl: 'a' } },
      { by: 'nothing', allowed: 'no' },
    ],
    [
      'no role for a service that a URI names',
      { IntegrationType: 'AWS', IntegrationUri: 'arn:aws:apigateway:eu-west-1:s3:action/ListBuckets' },
      {
        by: 'nothing',
        allowed: 'unknown',
        words: 'The integration has no role: the target itself has to let API Gateway in.',
      },
    ],
    [
      'a public address',
      { IntegrationType: 'HTTP_PROXY', IntegrationUri: 'https://example.com' },
      { by: 'public', allowed: 'yes' },
    ],
  ])('%s', (_, properties, expected) => {
    expect(rawApi(properties).routes[0].access).toMatchObject(expected);
  });

  test.each([
    ['does not trust API Gateway', 'lambda.amazonaws.com', 'sqs:SendMessage', ', which does not trust API Gateway'],
    ['allows another action', 'apigateway.amazonaws.com', 'sqs:PurgeQueue', ', which does not allow sqs:SendMessage'],
  ])('a role that %s', (_, service, action, words) => {
    const { routes: [{ access }] } = rawApi((stack) => {
      const role = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal(service) });
      role.addToPolicy(new iam.PolicyStatement({ actions: [action], resources: ['*'] }));
      return {
        IntegrationType: 'AWS_PROXY', IntegrationSubtype: 'SQS-SendMessage', CredentialsArn: role.roleArn,
        RequestParameters: { QueueUrl: new sqs.Queue(stack, 'Queue').queueUrl, MessageBody: 'a' },
      };
    });
    expect(access).toMatchObject({ by: 'role', allowed: 'no', role: 'Shop/Role' });
    expect(access?.words).toBe(`API Gateway calls it with the role Shop/Role${words}: calls fail.`);
  });

  test('a permission, and a role that allows what is called', () => {
    expect(httpApi((stack) => new ours.HttpLambdaIntegration('I', newFunction(stack))).routes[0].access).toEqual({
      by: 'permission',
      allowed: 'yes',
      words: 'A permission on the function lets API Gateway call it.',
    });
    expect(
      httpApi((stack) => new ours.HttpSqsIntegration('I', { queue: new sqs.Queue(stack, 'Queue') })).routes[0].access,
    ).toEqual({
      by: 'role',
      allowed: 'yes',
      role: 'Shop/Api/GET--/InvokeRole',
      words: 'API Gateway calls it with the role Shop/Api/GET--/InvokeRole, which allows sqs:SendMessage.',
    });
  });
});

describe('what is around the routes', () => {
  test('stages with domains, and authorizers with what decides', () => {
    const {
      apis: [api],
    } = modelOf((stack) => {
      const domainName = new apigwv2.DomainName(stack, 'Domain', {
        domainName: 'shop.example',
        certificate: acm.Certificate.fromCertificateArn(stack, 'C', 'arn:aws:acm:eu-west-1:111111111111:certificate/c'),
      });
      const it = new apigwv2.HttpApi(stack, 'Api', {
        apiName: 'shop',
        defaultDomainMapping: { domainName, mappingKey: 'v1' },
      });
      it.addStage('Beta', { stageName: 'beta' });
      const integration = new ours.HttpUrlIntegration('I', 'https://example.com');
      const authorizers = [
        new HttpJwtAuthorizer('Jwt', 'https://login.example', { jwtAudience: ['a'] }),
        new HttpLambdaAuthorizer('Custom', newFunction(stack)),
        new HttpIamAuthorizer(),
        undefined,
      ];
      authorizers.forEach((authorizer, i) => it.addRoutes({ path: `/${i}`, integration, authorizer }));
    });
    expect(api).toMatchObject({
      path: 'Shop/Api',
      name: 'shop',
      protocol: 'HTTP',
      template: 'Shop.template.json',
      notes: [],
    });
    expect(
      api.stages.map(({ name, autoDeploy, domains }) => ({ name, autoDeploy, urls: domains.map(({ url }) => url) })),
    ).toEqual([
      { name: '$default', autoDeploy: true, urls: ['shop.example/v1'] },
      { name: 'beta', autoDeploy: false, urls: [] },
    ]);
    expect(api.authorizers.map(({ name, type, decidedBy }) => [name, type, decidedBy])).toEqual([
      ['Jwt', 'JWT', 'https://login.example'],
      ['Custom', 'REQUEST', 'Shop/Handler'],
    ]);
    expect(api.routes.map(({ authorization, authorizer }) => [authorization, authorizer])).toEqual([
      ['JWT', 'Shop/Api/Jwt'],
      ['CUSTOM', 'Shop/Api/Custom'],
      ['AWS_IAM', undefined],
      ['NONE', undefined],
    ]);
  });

  test('an API that is not in the app, and a route whose integration is not', () => {
    const { apis } = modelOf((stack) => {
      gateway(stack, 'Route', 'Route', { ApiId: 'imported', RouteKey: '$default', Target: 'integrations/other' });
      gateway(stack, 'Param', 'Route', { ApiId: new CfnParameter(stack, 'ApiId').valueAsString, RouteKey: ROUTE });
    });
    expect(apis).toMatchObject([
      {
        path: 'imported',
        protocol: 'not known',
        notes: ['The API itself is not in this app.'],
        routes: [{ key: '$default' }],
        integrations: [],
      },
      { path: '<ApiId>', routes: [{ key: ROUTE }] },
    ]);
    expect(apis[0]).not.toHaveProperty('logicalId');
    expect(apis[0].routes[0]).not.toHaveProperty('integration');
  });

  test('an OpenAPI document and a quick create are notes, and an app without APIs has none', () => {
    const { apis } = modelOf((stack) => {
      gateway(stack, 'Body', 'Api', { Body: {} });
      gateway(stack, 'Quick', 'Api', {
        ProtocolType: 'HTTP',
        Name: 'q',
        Target: 'https://example.com',
        RouteKey: 'GET /q',
      });
    });
    expect(apis.map(({ notes }) => notes)).toEqual([
      ['Its routes come from an OpenAPI document, which is not shown here.'],
      ['Its route GET /q calls https://example.com.'],
    ]);
    expect(modelOf(() => {})).toMatchObject({ app: 'App', apis: [], findings: [] });
  });
});

describe('findings', () => {
  const twoRoutes = (stack: Stack) => {
    const ApiId = gateway(stack, 'Api', 'Api', { ProtocolType: 'HTTP', Name: 'api' }).ref;
    gateway(stack, 'Unused', 'Integration', {
      ApiId,
      IntegrationType: 'HTTP_PROXY',
      IntegrationUri: 'https://a.example',
      IntegrationMethod: 'GET',
      PayloadFormatVersion: '1.0',
    });
    const integration = gateway(stack, 'Bad', 'Integration', {
      ApiId,
      IntegrationType: 'HTTP_PROXY',
      IntegrationUri: 'example',
      IntegrationMethod: 'GET',
      PayloadFormatVersion: '1.0',
    });
    for (const key of ['GET /a', 'GET /b']) {
      gateway(stack, `R${key.length}${key.at(-1)}`, 'Route', {
        ApiId,
        RouteKey: key,
        Target: `integrations/${integration.ref}`,
      });
    }
    gateway(stack, 'Stage', 'Stage', { ApiId, StageName: '$default', AutoDeploy: true });
  };

  test('are said once, errors first, with their place and the text of their rule', () => {
    const {
      findings,
      apis: [api],
    } = modelOf(twoRoutes);
    expect(findings).toMatchObject([
      {
        id: 'finding-1',
        rule: 'http-url',
        severity: 'error',
        constructPath: 'Shop/Bad',
        logicalId: 'Bad',
        template: 'Shop.template.json',
        url: 'https://github.com/cdk-apigatewayv2/cdk-apigatewayv2-integrations/blob/main/docs/rules.md#http-url',
      },
      { id: 'finding-2', rule: 'integration-unused', severity: 'warning', constructPath: 'Shop/Unused' },
    ]);
    expect(api.integrations.map(({ path, findings: ids }) => [path, ids])).toEqual([
      ['Shop/Bad', ['finding-1']],
      ['Shop/Unused', ['finding-2']],
    ]);
  });

  test('that are acknowledged say why, and come last', () => {
    const { findings } = modelOf(twoRoutes, (judged) =>
      judged.map((it) => ({
        ...it,
        findings: it.findings.map((finding) =>
          finding.severity === 'error' ? { ...finding, acknowledged: 'on purpose' } : finding,
        ),
      })),
    );
    expect(findings.map(({ rule, acknowledged }) => [rule, acknowledged])).toEqual([
      ['integration-unused', undefined],
      ['http-url', 'on purpose'],
    ]);
  });

  test('that are judged twice are said once', () => {
    expect(modelOf(twoRoutes, (judged) => [...judged, ...judged]).findings).toHaveLength(2);
  });
});
