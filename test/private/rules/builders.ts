import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import {
  App, Aspects, CfnCondition, CfnResource, DefaultStackSynthesizer, Fn, Stack,
  type IReusableStackSynthesizer,
} from 'aws-cdk-lib';
import * as apigwv2 from 'aws-cdk-lib/aws-apigatewayv2';
import * as upstream from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';
import { DISABLE_METADATA_STACK_TRACE } from 'aws-cdk-lib/cx-api';
import { ApiGatewayV2Checks, type ApiGatewayV2ChecksProps } from 'cdk-apigatewayv2-integrations';
import { messagesOf } from '../../messages';

/** Makes a part of an app. */
export type Build = (stack: Stack) => void;

export const HERE = { account: '111111111111', region: 'eu-west-1' };
export type Properties = Record<string, unknown>;

/**
 * Who makes the API, its stage, the route and the integration: L1 constructs, or classes of aws-cdk-lib with overrides.
 */
export type Makers = 'L1' | 'upstream';

/** What the checks say of a stack, by rule id. */
export function check(
  build: (stack: Stack) => void,
  props?: ApiGatewayV2ChecksProps,
  makers: Makers = 'L1',
): { readonly rule: string; readonly level: 'error' | 'warning'; readonly message: string; readonly at: string }[] {
  const app = plainApp({ makers });
  const stack = new Stack(app, 'Stack', { env: HERE });
  build(stack);
  Aspects.of(app).add(new ApiGatewayV2Checks(props));
  return findingsOf(stack);
}

/** Where the apps of the cases are written, one over the other. */
const OUTDIR = mkdtempSync(join(tmpdir(), 'cases-'));

/** An app without what no case is about, and takes time. */
function plainApp(context: Properties = {}, defaultStackSynthesizer?: IReusableStackSynthesizer): App {
  return new App({
    outdir: OUTDIR,
    defaultStackSynthesizer,
    treeMetadata: false,
    analyticsReporting: false,
    context: { ...context, [DISABLE_METADATA_STACK_TRACE]: true },
  });
}

/** What is found in a stack and in those that are nested in it: errors, then warnings. */
export function findingsOf(stack: Stack) {
  return messagesOf(stack).flatMap(({ level, text, at }) => {
    const rule = /\[rule ([a-z0-9-]+)\]/.exec(text)?.[1];
    return rule === undefined ? [] : [{ rule, level, message: text, at }];
  });
}

export const rulesOf = (build: (stack: Stack) => void, props?: ApiGatewayV2ChecksProps, makers?: Makers) =>
  [...new Set(check(build, props, makers).map(({ rule }) => rule))].sort();

export const resource = (stack: Stack, id: string, type: string, properties: Properties) =>
  new CfnResource(stack, id, { type, properties });
export const gateway = (stack: Stack, id: string, type: string, properties: Properties) =>
  resource(stack, id, `AWS::ApiGatewayV2::${type}`, properties);

/** An API with one route, its integration and a stage. */
export function api(
  protocol: 'HTTP' | 'WEBSOCKET',
  integration: Properties | ((stack: Stack) => Properties),
  route: Properties = {},
  more?: (stack: Stack) => void,
) {
  return (stack: Stack) => {
    const properties = typeof integration === 'function' ? integration(stack) : integration;
    const make = stack.node.tryGetContext('makers') === 'upstream' ? makeOfClasses : makeOfL1s;
    make(stack, protocol, properties, { RouteKey: protocol === 'HTTP' ? 'GET /books' : 'send', ...route });
    more?.(stack);
  };
}

/** What API Gateway demands of an API. */
export const API = {
  HTTP: { Name: 'shop' },
  WEBSOCKET: { Name: 'shop', RouteSelectionExpression: '$request.body.action' },
};

export function makeOfL1s(
  stack: Stack,
  protocol: 'HTTP' | 'WEBSOCKET',
  integration: Properties,
  route: Properties,
): void {
  const ApiId = gateway(stack, 'Api', 'Api', { ...API[protocol], ProtocolType: protocol }).ref;
  const target = gateway(stack, 'Integration', 'Integration', { ApiId, ...integration });
  gateway(stack, 'Route', 'Route', { ApiId, Target: `integrations/${target.ref}`, ...route });
  gateway(stack, 'Stage', 'Stage', { ApiId, StageName: 'prod', AutoDeploy: true });
}

/**
 * The same of the classes of aws-cdk-lib, under the same logical ids, with overrides for what the classes do not offer.
 */
export function makeOfClasses(
  stack: Stack,
  protocol: 'HTTP' | 'WEBSOCKET',
  integration: Properties,
  route: Properties,
): void {
  const makeHttp = () => {
    const httpApi = new apigwv2.HttpApi(stack, 'HttpApi', { createDefaultStage: false });
    new apigwv2.HttpStage(stack, 'Stage', { httpApi, stageName: 'prod', autoDeploy: true });
    return {
      of: httpApi,
      routes: httpApi.addRoutes({
        path: '/books',
        methods: [apigwv2.HttpMethod.GET],
        integration: new upstream.HttpUrlIntegration('Url', 'https://example.com'),
      }),
    };
  };
  const makeWebSocket = () => {
    const webSocketApi = new apigwv2.WebSocketApi(stack, 'WebSocketApi');
    new apigwv2.WebSocketStage(stack, 'Stage', { webSocketApi, stageName: 'prod', autoDeploy: true });
    return {
      of: webSocketApi,
      routes: [webSocketApi.addRoute('send', { integration: new upstream.WebSocketMockIntegration('Mock') })],
    };
  };
  const {
    of,
    routes: [made],
  } = protocol === 'HTTP' ? makeHttp() : makeWebSocket();
  const [target] = made.node.findAll().filter((it) => it instanceof apigwv2.CfnIntegration);
  const override = (l1: CfnResource, logicalId: string, properties: Properties) => {
    l1.overrideLogicalId(logicalId);
    for (const [name, value] of Object.entries(properties)) {
      l1.addPropertyOverride(name, value);
    }
  };
  override(of.node.defaultChild as CfnResource, 'Api', {});
  override(stack.node.findChild('Stage').node.defaultChild as CfnResource, 'Stage', {});
  for (const name of ['IntegrationMethod', 'IntegrationUri', 'PayloadFormatVersion', 'RequestTemplates']) {
    target.addPropertyDeletionOverride(name);
  }
  override(target, 'Integration', integration);
  override(made.node.defaultChild as CfnResource, 'Route', route);
}

/** The same, with variables of the stage. */
export const withVariables =
  (variables: unknown, build: Build): Build =>
    (stack) => {
      build(stack);
      const stages = stack.node
        .findAll()
        .filter(
          (it): it is CfnResource => CfnResource.isCfnResource(it) && it.cfnResourceType === 'AWS::ApiGatewayV2::Stage',
        );
      for (const stage of stages) {
        stage.addPropertyOverride('StageVariables', variables);
      }
    };

export const URL = {
  IntegrationType: 'HTTP_PROXY',
  IntegrationUri: 'https://example.com',
  IntegrationMethod: 'ANY',
  PayloadFormatVersion: '1.0',
};
export const url = (properties: Properties = {}, route: Properties = {}, more?: (stack: Stack) => void) =>
  api('HTTP', { ...URL, ...properties }, route, more);
export const mapped = (mapping: Properties) => url({ RequestParameters: mapping });
export const SQS = {
  IntegrationType: 'AWS_PROXY',
  IntegrationSubtype: 'SQS-SendMessage',
  PayloadFormatVersion: '1.0',
  CredentialsArn: 'arn:aws:iam::111111111111:role/r',
};
export const sqs = (parameters: Properties, properties: Properties = {}) =>
  api('HTTP', {
    ...SQS,
    RequestParameters: { QueueUrl: 'https://sqs/1/q', MessageBody: '$request.body', ...parameters },
    ...properties,
  });
export const MOCK = { IntegrationType: 'MOCK', RequestTemplates: { $default: '{"statusCode":200}' } };
export const mock = (properties: Properties = {}, route: Properties = {}, more?: (stack: Stack) => void) =>
  api('WEBSOCKET', { ...MOCK, ...properties }, route, more);
export const webSocketUrl = (properties: Properties) =>
  api('WEBSOCKET', {
    IntegrationType: 'HTTP',
    IntegrationUri: 'https://example.com',
    IntegrationMethod: 'POST',
    ...properties,
  });
export const response =
  (key: string, id = key) =>
    (stack: Stack) => {
      gateway(stack, `Response${id}`, 'IntegrationResponse', {
        ApiId: { Ref: 'Api' },
        IntegrationId: { Ref: 'Integration' },
        IntegrationResponseKey: key,
      });
    };
export const returned = (stack: Stack) => {
  gateway(stack, 'RouteResponse', 'RouteResponse', {
    ApiId: { Ref: 'Api' },
    RouteId: { Ref: 'Route' },
    RouteResponseKey: '$default',
  });
};
export const RETURNS = { RouteResponseSelectionExpression: '$default' };
export const both =
  (...builds: ((stack: Stack) => void)[]) =>
    (stack: Stack) => {
      builds.forEach((build) => build(stack));
    };

export const FUNCTION = {
  IntegrationType: 'AWS_PROXY',
  IntegrationUri: { 'Fn::GetAtt': ['Function', 'Arn'] },
  PayloadFormatVersion: '2.0',
};
/** What AWS CloudFormation requires of a function. */
export const FUNCTION_PROPERTIES = {
  Code: { ZipFile: 'exports.handler = async () => ({ statusCode: 200 });' },
  Handler: 'index.handler',
  Runtime: 'nodejs22.x',
  Role: 'arn:aws:iam::111111111111:role/f',
};
export const handler =
  (timeout = 3) =>
    (stack: Stack) => {
      resource(stack, 'Function', 'AWS::Lambda::Function', { ...FUNCTION_PROPERTIES, Timeout: timeout });
    };
export const permission =
  (path: string, id = 'Permission') =>
    (stack: Stack) => {
      resource(stack, id, 'AWS::Lambda::Permission', {
        Action: 'lambda:InvokeFunction',
        FunctionName: { 'Fn::GetAtt': ['Function', 'Arn'] },
        Principal: 'apigateway.amazonaws.com',
        SourceArn: { 'Fn::Sub': `arn:aws:execute-api:\${AWS::Region}:\${AWS::AccountId}:\${Api}/${path}` },
      });
    };
export const functionRoute = (more: (stack: Stack) => void, properties: Properties = {}, route: Properties = {}) =>
  api('HTTP', { ...FUNCTION, ...properties }, route, more);

export const ROLE = {
  AssumeRolePolicyDocument: {
    Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'apigateway.amazonaws.com' } }],
  },
};
export const queueRole = (action: string) =>
  both(sqs({ QueueUrl: { Ref: 'Queue' } }, { CredentialsArn: { 'Fn::GetAtt': ['Role', 'Arn'] } }), (stack) => {
    resource(stack, 'Queue', 'AWS::SQS::Queue', {});
    resource(stack, 'Role', 'AWS::IAM::Role', {
      ...ROLE,
      Policies: [
        {
          PolicyName: 'p',
          PolicyDocument: {
            Statement: [{ Effect: 'Allow', Action: action, Resource: { 'Fn::GetAtt': ['Queue', 'Arn'] } }],
          },
        },
      ],
    });
  });

export const LISTENER_ARN = `arn:aws:elasticloadbalancing:${HERE.region}:${HERE.account}:listener/app/lb/1/2`;
export const link = (properties: Properties = {}, more?: (stack: Stack) => void) =>
  both(
    api('HTTP', {
      ...URL,
      IntegrationUri: LISTENER_ARN,
      ConnectionType: 'VPC_LINK',
      ConnectionId: 'abc',
      ...properties,
    }),
    more ?? (() => undefined),
  );
export const listener =
  (protocol: string, balancer: unknown = 'balancer') =>
    (stack: Stack) => {
      resource(stack, 'Listener', 'AWS::ElasticLoadBalancingV2::Listener', {
        Protocol: protocol,
        Port: 80,
        LoadBalancerArn: balancer,
        DefaultActions: [{ Type: 'forward', TargetGroupArn: 'targets' }],
      });
    };
export const admission = (rule: Properties) =>
  link(
    { IntegrationUri: { Ref: 'Listener' }, ConnectionId: { Ref: 'Link' } },
    both(listener('HTTP', { Ref: 'Balancer' }), (stack) => {
      const id = (name: string) => ({ 'Fn::GetAtt': [name, 'GroupId'] });
      const closed = { CidrIp: '0.0.0.0/0', IpProtocol: 'tcp', FromPort: 443, ToPort: 443 };
      resource(stack, 'Balancer', 'AWS::ElasticLoadBalancingV2::LoadBalancer', {
        SecurityGroups: [id('BalancerGroup')],
      });
      resource(stack, 'BalancerGroup', 'AWS::EC2::SecurityGroup', {
        GroupDescription: 'balancer',
        SecurityGroupIngress: [closed],
      });
      resource(stack, 'LinkGroup', 'AWS::EC2::SecurityGroup', { GroupDescription: 'link' });
      resource(stack, 'OtherGroup', 'AWS::EC2::SecurityGroup', { GroupDescription: 'other' });
      resource(stack, 'Ingress', 'AWS::EC2::SecurityGroupIngress', {
        GroupId: id('BalancerGroup'),
        IpProtocol: 'tcp',
        FromPort: 80,
        ToPort: 80,
        ...rule,
      });
      gateway(stack, 'Link', 'VpcLink', { Name: 'link', SubnetIds: ['subnet-1'], SecurityGroupIds: [id('LinkGroup')] });
    }),
  );
export const group = (id: string) => ({ SourceSecurityGroupId: { 'Fn::GetAtt': [id, 'GroupId'] } });
export const links = (count: number) => (stack: Stack) => {
  for (let i = 0; i < count; i++) {
    gateway(stack, `Link${i}`, 'VpcLink', { Name: `link${i}`, SubnetIds: ['subnet-1'] });
  }
};

/** Changes properties of the one resource of a type that a stack has, whoever made it; `undefined` removes one. */
export const changed = (build: Build, type: string, properties: Properties) => (stack: Stack) => {
  build(stack);
  const l1 = l1Of(stack, type);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined) {
      l1.addPropertyDeletionOverride(name);
    } else {
      l1.addPropertyOverride(name, value);
    }
  }
};
/** A condition that is decided at deployment. */
export const condition = (name: string) => (stack: Stack) => {
  new CfnCondition(stack, name, { expression: Fn.conditionEquals(Fn.importValue(name), 'yes') });
};
/** The first resource of a type of API Gateway v2. */
export const l1Of = (stack: Stack, type: string): CfnResource =>
  stack.node
    .findAll()
    .filter(CfnResource.isCfnResource)
    .find(({ cfnResourceType }) => cfnResourceType === `AWS::ApiGatewayV2::${type}`)!;

/** The same app, with the template of each of its stacks included by `CfnInclude`. */
export function included(build: Build): Build {
  return (stack) => {
    // What the synthesizer would add is added again.
    const synthesizer = new DefaultStackSynthesizer({ generateBootstrapVersionRule: false });
    const original = plainApp({}, synthesizer);
    build(new Stack(original, 'Stack', { env: HERE }));
    for (const { id, environment, templateFullPath } of original.synth().stacks) {
      const { account, region } = environment;
      const isSame = id === 'Stack';
      const scope = isSame ? stack : new Stack(stack.node.scope as App, id, { env: { account, region } });
      new CfnInclude(scope, 'Included', { templateFile: templateFullPath });
      // A new file is faster than one that is replaced.
      rmSync(templateFullPath);
    }
  };
}

/** What the classes of this library say by themselves: errors that they throw, errors and warnings of the synthesis. */
export function rulesOfClasses(build: Build): string[] {
  const app = plainApp();
  const stack = new Stack(app, 'Stack', { env: HERE });
  const rulesIn = (text: string) => [...text.matchAll(/\[rule ([a-z0-9-]+)\]/g)].map(([, rule]) => rule);
  try {
    build(stack);
    return findingsOf(stack).map(({ rule }) => rule);
  } catch (error) {
    const found = rulesIn((error as Error).message);
    if (found.length === 0) {
      throw error;
    }
    return found;
  }
}
