import { Aspects, CfnOutput, Stack, Stage, type App } from 'aws-cdk-lib';
import * as apigwv2 from 'aws-cdk-lib/aws-apigatewayv2';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as servicediscovery from 'aws-cdk-lib/aws-servicediscovery';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import * as integrations from 'cdk-apigatewayv2-integrations';
import {
  ApiGatewayV2Checks,
  HttpAlbIntegration,
  HttpAwsServiceIntegration,
  HttpEventBridgeIntegration,
  HttpLambdaIntegration,
  HttpNlbIntegration,
  HttpServiceDiscoveryIntegration,
  HttpSqsIntegration,
  HttpUrlIntegration,
  LambdaPermissionScope,
  WebSocketDynamoDbIntegration,
  WebSocketLambdaIntegration,
  WebSocketMockIntegration,
  WebSocketSnsIntegration,
  type HttpAlbIntegrationProps,
  type HttpSqsIntegrationProps,
} from 'cdk-apigatewayv2-integrations';
import { Construct } from 'constructs';
import { RULES } from '../../../lib/private/rules';
import { Evaluator } from '../../../lib/private/template/evaluator';
import { withoutValidation } from '../../parity/synthesize';
import { newFunction } from '../../util';
import { HERE, LISTENER_ARN, rulesOfClasses, type Build } from './builders';
import { OPTION_SAMPLES, type OptionSample } from './cases/option-samples';
import { albListener, http, webSocket } from './class-apps';

withoutValidation();

afterEach(() => {
  jest.restoreAllMocks();
});

/** Mistakes and near misses in the options of a rule. */
interface OptionCase {
  readonly wrong: { readonly [name: string]: Build };
  readonly right: { readonly [name: string]: Build };
}

const url = (id = 'Url') => new HttpUrlIntegration(id, 'https://example.com');
const value = (text: string) => apigwv2.MappingValue.custom(text);
const { SQS_SEND_MESSAGE, SQS_RECEIVE_MESSAGE, KINESIS_PUT_RECORD } = apigwv2.HttpIntegrationSubtype;

/** Two APIs that share an integration, or have one each. */
const twoApis =
  (isShared: boolean): Build =>
    (stack) => {
      const shared = url();
      for (const id of ['One', 'Two']) {
        new apigwv2.HttpApi(stack, id, { defaultIntegration: isShared ? shared : url() });
      }
    };
const twoWebSocketApis: Build = (stack) => {
  const integration = new WebSocketMockIntegration('Mock');
  for (const id of ['One', 'Two']) {
    new apigwv2.WebSocketApi(stack, id).addRoute('send', { integration });
  }
};

const importedFunction = (stack: Stack, account: string, options: object = {}) =>
  lambda.Function.fromFunctionAttributes(stack, 'Handler', {
    functionArn: `arn:aws:lambda:${HERE.region}:${account}:function:f`,
    ...options,
  });
const importedRole = (stack: Stack, options?: iam.FromRoleArnOptions) =>
  iam.Role.fromRoleArn(stack, 'Role', `arn:aws:iam::${HERE.account}:role/mine`, options);
const role = (stack: Construct) =>
  new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('apigateway.amazonaws.com') });

const vpcLink = (stack: Stack) => new apigwv2.VpcLink(stack, 'Link', { vpc: new ec2.Vpc(stack, 'LinkVpc') });
const importedListener = (stack: Construct, attributes: object = {}) =>
  elbv2.ApplicationListener.fromApplicationListenerAttributes(stack, 'Listener', {
    listenerArn: LISTENER_ARN,
    securityGroup: ec2.SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-1'),
    ...attributes,
  });
const networkListener = (stack: Stack) => elbv2.NetworkListener.fromNetworkListenerArn(stack, 'Listener', LISTENER_ARN);
const alb = (propsIn: (stack: Stack) => HttpAlbIntegrationProps) =>
  http((stack) => new HttpAlbIntegration('Alb', albListener(stack), propsIn(stack)));
const ofImportedListener = (attributes: object) =>
  http((stack) => {
    const vpc = new ec2.Vpc(stack, 'Vpc');
    const securityGroups = [new ec2.SecurityGroup(stack, 'LinkGroup', { vpc })];
    return new HttpAlbIntegration('Alb', importedListener(stack, attributes), { vpc, securityGroups });
  });
const inSubnets = (subnetType: ec2.SubnetType, subnets?: ec2.SubnetSelection) =>
  http((stack) => {
    const vpc = new ec2.Vpc(stack, 'Vpc', { subnetConfiguration: [{ name: 'all', subnetType }] });
    return new HttpAlbIntegration('Alb', importedListener(stack), { vpc, subnets });
  });
const cloudMap = (propsIn: (stack: Stack) => object) =>
  http((stack) => {
    const service = new servicediscovery.HttpNamespace(stack, 'Namespace', { name: 'shop' }).createService('Service');
    return new HttpServiceDiscoveryIntegration('Service', service, propsIn(stack));
  });
const path = (key: string) => new apigwv2.ParameterMapping().custom(key, '/x');

const send = (props: (stack: Stack) => Partial<HttpSqsIntegrationProps>) =>
  http((stack) => new HttpSqsIntegration('Send', { queue: new sqs.Queue(stack, 'Queue'), ...props(stack) }));
const invoke = (props: (stack: Stack) => object) =>
  http((stack) => new HttpLambdaIntegration('Fn', newFunction(stack), props(stack)));
const invokeImported = (account: string, options?: object, props?: object) =>
  http((stack) => new HttpLambdaIntegration('Fn', importedFunction(stack, account, options), props));
const aws = (props: (stack: Stack) => object) =>
  http(
    (stack) =>
      new HttpAwsServiceIntegration('Service', {
        subtype: 'SQS-PurgeQueue',
        parameterMapping: new apigwv2.ParameterMapping().custom('QueueUrl', 'url'),
        ...props(stack),
      }),
  );
const table = (stack: Stack) =>
  new dynamodb.Table(stack, 'Table', { partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING } });
const bus = (stack: Stack) => new events.EventBus(stack, 'Bus');

/** An app with a stage of its own, and the checks on the app and perhaps on the stage. */
const withStage =
  (isJudged: boolean): Build =>
    (stack) => {
      http(() => url())(stack);
      const app = stack.node.scope as App;
      const stage = new Stage(app, 'Prod', { env: HERE });
      http(() => url())(new Stack(stage, 'Shop'));
      for (const scope of isJudged ? [app, stage] : [app]) {
        Aspects.of(scope).add(new ApiGatewayV2Checks());
      }
    };
const withChecks =
  (isBroken: boolean): Build =>
    (stack) => {
      if (isBroken) {
        jest.spyOn(Evaluator.prototype, 'ofType').mockImplementation(() => {
          throw new Error('out of order');
        });
      }
      http(() => url())(stack);
      Aspects.of(stack).add(new ApiGatewayV2Checks());
    };
const withDeployed =
  (deployed: string | undefined): Build =>
    (stack) => {
      http(() => url())(stack);
      Aspects.of(stack.node.root).add(new ApiGatewayV2Checks({ deployed }));
    };

const CASES: { readonly [rule: string]: OptionCase } = {
  'single-api': {
    wrong: {
      'one integration of two HTTP APIs': twoApis(true),
      'one integration of two WebSocket APIs': twoWebSocketApis,
    },
    right: { 'an integration for each API': twoApis(false) },
  },
  'integration-not-bound': {
    wrong: {
      'the id of an HTTP integration': () => url().integrationId,
      'the id of a WebSocket integration': () => new WebSocketMockIntegration('Mock').integrationId,
      'a role': (stack) => new HttpSqsIntegration('Send', { queue: new sqs.Queue(stack, 'Queue') }).role,
      'a link': (stack) => new HttpAlbIntegration('Alb', albListener(stack)).vpcLink,
    },
    right: {
      'the id once a route uses the integration': (stack) => {
        const integration = url();
        http(() => integration)(stack);
        expect(integration.integrationId).toBeDefined();
      },
    },
  },
  'integration-id': {
    wrong: {
      'Default of HTTP': http(() => url('Default')),
      'Default of WebSocket': webSocket(() => new WebSocketMockIntegration('Default')),
    },
    right: { 'another id': http(() => url('DefaultRoute')) },
  },
  'target-missing': {
    wrong: { 'no URL': http(() => new HttpUrlIntegration('Url', undefined as never)) },
    right: { 'a URL': http(() => url()) },
  },
  'vpc-link-for-listener': {
    wrong: {
      'an imported listener of an Application Load Balancer': http(
        (stack) => new HttpAlbIntegration('Alb', importedListener(stack)),
      ),
      'an imported listener of a Network Load Balancer': http(
        (stack) => new HttpNlbIntegration('Nlb', networkListener(stack)),
      ),
    },
    right: {
      'an imported listener with a link': http(
        (stack) => new HttpAlbIntegration('Alb', importedListener(stack), { vpcLink: vpcLink(stack) }),
      ),
      'an imported listener with a VPC': http(
        (stack) => new HttpNlbIntegration('Nlb', networkListener(stack), { vpc: new ec2.Vpc(stack, 'Vpc') }),
      ),
      'a listener of the app': alb(() => ({})),
    },
  },
  'vpc-link-for-service': {
    wrong: { 'neither a link nor a VPC': cloudMap(() => ({})) },
    right: {
      'a link': cloudMap((stack) => ({ vpcLink: vpcLink(stack) })),
      'a VPC': cloudMap((stack) => ({ vpc: new ec2.Vpc(stack, 'LinkVpc') })),
    },
  },
  'vpc-link-options': {
    wrong: {
      'a link and its name': alb((stack) => ({ vpcLink: vpcLink(stack), vpcLinkName: 'link' })),
      'a link and a VPC': alb((stack) => ({ vpcLink: vpcLink(stack), vpc: new ec2.Vpc(stack, 'OtherVpc') })),
      'a link and subnets': alb((stack) => ({ vpcLink: vpcLink(stack), subnets: {} })),
      'a link and security groups': alb((stack) => ({ vpcLink: vpcLink(stack), securityGroups: [] })),
    },
    right: { 'a link': alb((stack) => ({ vpcLink: vpcLink(stack) })), 'a name': alb(() => ({ vpcLinkName: 'link' })) },
  },
  'vpc-link-subnets': {
    wrong: { 'public subnets only': inSubnets(ec2.SubnetType.PUBLIC) },
    right: {
      'isolated subnets': inSubnets(ec2.SubnetType.PRIVATE_ISOLATED),
      'public subnets that are chosen': inSubnets(ec2.SubnetType.PUBLIC, { subnetType: ec2.SubnetType.PUBLIC }),
    },
  },
  'vpc-link-security-groups': {
    wrong: { 'an imported listener without a port': ofImportedListener({}) },
    right: { 'an imported listener with a port': ofImportedListener({ defaultPort: 80 }) },
  },
  'strip-stage': {
    wrong: { 'a path of one\'s own': alb(() => ({ stripStage: true, parameterMapping: path('overwrite:path') })) },
    right: {
      'another mapping': alb(() => ({ stripStage: true, parameterMapping: path('append:header.a') })),
      'a path of one\'s own alone': alb(() => ({ parameterMapping: path('overwrite:path') })),
    },
  },
  'lambda-access-options': {
    wrong: {
      'a role and a scope': invoke((stack) => ({ role: role(stack), permissionScope: LambdaPermissionScope.API })),
      'a role and a scope on a WebSocket API': webSocket(
        (stack) =>
          new WebSocketLambdaIntegration('Fn', newFunction(stack), {
            role: role(stack),
            permissionScope: LambdaPermissionScope.API,
          }),
      ),
      'both scopes': invoke(() => ({ scopePermissionToRoute: false, permissionScope: LambdaPermissionScope.API })),
    },
    right: {
      'a role': invoke((stack) => ({ role: role(stack) })),
      'a scope': invoke(() => ({ permissionScope: LambdaPermissionScope.API })),
    },
  },
  'lambda-permission-not-added': {
    wrong: {
      'a function of another account': invokeImported('222222222222'),
      'a function of another account on a WebSocket API': webSocket(
        (stack) => new WebSocketLambdaIntegration('Fn', importedFunction(stack, '222222222222')),
      ),
    },
    right: {
      'a function of the account': invokeImported(HERE.account),
      'a function that is said to be of the account': invokeImported('222222222222', { sameEnvironment: true }),
      'a function that gets no permissions': invokeImported('222222222222', { skipPermissions: true }),
      'no permission': invokeImported('222222222222', {}, { permissionScope: LambdaPermissionScope.NONE }),
    },
  },
  'service-parameter-repeated': {
    wrong: {
      'an option that is mapped': send(() => ({ messageBody: value('a'), parameterMapping: path('MessageBody') })),
    },
    right: {
      'an option that is not mapped': send(() => ({
        messageGroupId: value('a'),
        parameterMapping: path('MessageBody'),
      })),
    },
  },
  'service-parameter-subtype': {
    wrong: { 'a parameter of another action': send(() => ({ receiptHandle: value('a') })) },
    right: { 'a parameter of the action': send(() => ({ waitTimeSeconds: value('1'), subtype: SQS_RECEIVE_MESSAGE })) },
  },
  'service-subtype': {
    wrong: { 'an action of another service': send(() => ({ subtype: KINESIS_PUT_RECORD })) },
    right: { 'an action of the service': send(() => ({ subtype: SQS_SEND_MESSAGE })) },
  },
  'event-bus': {
    wrong: {
      'no bus': http(() => new HttpEventBridgeIntegration('Put', {})),
      'two buses': http((stack) => {
        const eventBus = bus(stack);
        return new HttpEventBridgeIntegration('Put', { eventBus, eventBusRef: eventBus.eventBusRef });
      }),
    },
    right: {
      'a bus': http((stack) => new HttpEventBridgeIntegration('Put', { eventBus: bus(stack) })),
      'a reference': http((stack) => new HttpEventBridgeIntegration('Put', { eventBusRef: bus(stack).eventBusRef })),
    },
  },
  'service-role': {
    wrong: { 'neither a role nor statements': aws(() => ({})), 'no statements': aws(() => ({ policyStatements: [] })) },
    right: {
      'a role': aws((stack) => ({ role: role(stack) })),
      'statements': aws(() => ({
        policyStatements: [new iam.PolicyStatement({ actions: ['sqs:PurgeQueue'], resources: ['*'] })],
      })),
    },
  },
  'role-not-granted': {
    wrong: {
      'a role that cannot be changed': send((stack) => ({ role: importedRole(stack, { mutable: false }) })),
      'a role that cannot be changed on a WebSocket API': webSocket(
        (stack) =>
          new WebSocketSnsIntegration('Publish', new sns.Topic(stack, 'Topic'), {
            role: importedRole(stack, { mutable: false }),
          }),
      ),
      'a role that invokes a function': invoke((stack) => ({ role: importedRole(stack, { mutable: false }) })),
      'a role that invokes a function of a WebSocket API': webSocket(
        (stack) =>
          new WebSocketLambdaIntegration('Fn', newFunction(stack), { role: importedRole(stack, { mutable: false }) }),
      ),
    },
    right: {
      'an imported role': send((stack) => ({ role: importedRole(stack) })),
      'a role of the app': send((stack) => ({ role: role(stack) })),
      'an imported role that invokes a function': invoke((stack) => ({ role: importedRole(stack) })),
    },
  },
  'websocket-dynamodb-template': {
    wrong: { 'no template': webSocket((stack) => new WebSocketDynamoDbIntegration('Put', table(stack))) },
    right: {
      'a template': webSocket(
        (stack) => new WebSocketDynamoDbIntegration('Put', table(stack), { requestTemplates: { $default: '{}' } }),
      ),
    },
  },
  'stage-not-judged': {
    wrong: { 'a stage without an aspect': withStage(false) },
    right: { 'a stage with an aspect': withStage(true) },
  },
  'deployed-not-compared': {
    wrong: { 'a folder that is missing': withDeployed('/nowhere') },
    right: { 'no folder': withDeployed(undefined) },
  },
  'checks-incomplete': {
    wrong: { 'an app that cannot be read': withChecks(true) },
    right: { 'an app that can': withChecks(false) },
  },
};

test('every rule on options has cases, and every case a rule', () => {
  expect(Object.keys(CASES).sort()).toEqual(
    RULES.filter(({ kind }) => kind === 'option')
      .map(({ id }) => id)
      .sort(),
  );
});

describe.each(Object.entries(CASES))('%s', (id, { wrong, right }) => {
  test.each(Object.entries(wrong))('objects to %s', (_, build) => {
    expect(rulesOfClasses(build)).toEqual([id]);
  });

  test.each(Object.entries(right))('accepts %s', (_, build) => {
    expect(rulesOfClasses(build)).toEqual([]);
  });
});

test('every rule on options has a sample, and every sample a rule', () => {
  expect(Object.keys(OPTION_SAMPLES).sort()).toEqual(Object.keys(CASES).sort());
});

/** What the samples of docs/rules.md take for granted. */
function namesIn(stack: Stack): Record<string, unknown> {
  const app = stack.node.scope as App;
  const vpc = new ec2.Vpc(stack, 'SampleVpc');
  const webSocketApi = new apigwv2.WebSocketApi(stack, 'WebSocketApi');
  new apigwv2.WebSocketStage(stack, 'WebSocketStage', { webSocketApi, stageName: 'prod', autoDeploy: true });
  class ShopStack extends Stack {
    constructor(scope: Construct, id: string) {
      super(scope, id);
      http(() => url())(this);
    }
  }
  return {
    ...apigwv2, ...integrations, Aspects, CfnOutput, Stage, ShopStack, ec2, elbv2, iam, lambda, app, stack, vpc,
    webSocketApi, env: HERE, listenerArn: LISTENER_ARN, roleArn: `arn:aws:iam::${HERE.account}:role/mine`,
    api: new apigwv2.HttpApi(stack, 'Api'),
    eventBus: bus(stack),
    handler: newFunction(stack),
    linkGroup: new ec2.SecurityGroup(stack, 'LinkGroup', { vpc }),
    listener: importedListener(new Construct(stack, 'Listeners')),
    queue: new sqs.Queue(stack, 'SampleQueue'),
    role: role(new Construct(stack, 'Roles')),
    securityGroup: ec2.SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-1'),
    service: new servicediscovery.HttpNamespace(stack, 'Namespace', { name: 'shop' }).createService('Service'),
    table: table(stack),
    vpcLink: vpcLink(stack),
  };
}

/** An app of the code of a sample. A name that the sample defines is its own. */
const ofCode = (lines: readonly string[]): Build => (stack) => {
  const names = namesIn(stack);
  new Function(...Object.keys(names), `{ ${lines.join('\n')} }`)(...Object.values(names));
};

const CODE_SAMPLES = Object.entries(OPTION_SAMPLES)
  .flatMap(([id, sample]): [string, OptionSample][] => typeof sample === 'string' ? [] : [[id, sample]]);

test.each(CODE_SAMPLES)('the sample of %s in docs/rules.md is wrong, and right when it is corrected', (id, sample) => {
  expect([...new Set(rulesOfClasses(ofCode(sample.wrong)))]).toEqual([id]);
  expect(rulesOfClasses(ofCode(sample.right))).toEqual([]);
});
