import { compileFunction } from 'vm';
import { App, Aspects, Duration, Stack } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as apigwv2 from 'aws-cdk-lib/aws-apigatewayv2';
import * as appconfig from 'aws-cdk-lib/aws-appconfig';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kinesis from 'aws-cdk-lib/aws-kinesis';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as servicediscovery from 'aws-cdk-lib/aws-servicediscovery';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import * as integrations from 'cdk-apigatewayv2-integrations';
import { blocksOf } from '../docs/documents';

/** The TypeScript of the README, by the heading of its section. */
export function readmeSnippets(): { [heading: string]: string[] } {
  const sections: { [heading: string]: string[] } = {};
  for (const { heading, info, code } of blocksOf('README.md')) {
    if (info === 'ts') { (sections[heading] ??= []).push(code); }
  }
  return sections;
}

/** The smallest example as a whole app, in a language. */
export function readmeApp(language: string): string {
  const info = language === 'ts' ? 'ts nofixture' : language;
  return [...blocksOf('README.md'), ...blocksOf('docs/languages.md')].find((block) => block.info === info)!.code;
}

/** The snippets of each section, and the template that they make in one stack. */
export function readmeSections(): { [heading: string]: { readonly snippets: string[]; readonly template: unknown } } {
  return Object.fromEntries(Object.entries(readmeSnippets()).map(([heading, snippets]) => [
    heading,
    { snippets, template: templateOf(snippets) },
  ]));
}

/** The template that snippets make in one stack, among what they take for granted. */
export function templateOf(snippets: string[]): unknown {
  const app = new App({ analyticsReporting: false });
  const stack = new Stack(app, 'Readme');
  const names = { App, Aspects, Duration, Stack, iam, ...apigwv2, ...integrations, app, stack, ...surroundings(stack) };
  for (const snippet of snippets) {
    compileFunction(snippet, Object.keys(names))(...Object.values(names)); // the documentation is the test
  }
  return app.synth().getStackByName(stack.stackName).template;
}

export function newFunction(stack: Stack) {
  return new lambda.Function(stack, 'Handler', {
    runtime: lambda.Runtime.NODEJS_22_X,
    handler: 'index.handler',
    code: lambda.Code.fromInline('exports.handler = async () => ({});'),
  });
}

/** What the snippets take for granted: ../../rosetta/default.ts-fixture. */
function surroundings(stack: Stack) {
  const vpc = new ec2.Vpc(stack, 'Vpc');
  const albListener = new elbv2.ApplicationLoadBalancer(stack, 'Alb', { vpc }).addListener('Listener', { port: 80 });
  albListener.addTargets('Targets', { port: 80 });
  const nlb = new elbv2.NetworkLoadBalancer(stack, 'Nlb', { vpc });
  const nlbListener = nlb.addListener('Listener', { port: 80 });
  nlbListener.addTargets('Targets', { port: 80 });
  const fn = newFunction(stack);
  const application = new appconfig.Application(stack, 'Application');
  return {
    api: new apigwv2.HttpApi(stack, 'TheApi'),
    webSocketApi: new apigwv2.WebSocketApi(stack, 'TheWebSocketApi'),
    fn,
    role: new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('apigateway.amazonaws.com') }),
    betaAlias: fn.addAlias('beta'),
    prodAlias: fn.addAlias('prod'),
    vpc,
    vpcLink: new apigwv2.VpcLink(stack, 'Link', { vpc }),
    linkGroup: new ec2.SecurityGroup(stack, 'LinkGroup', { vpc }),
    listenerArn: 'arn:aws:elasticloadbalancing:eu-west-1:111111111111:listener/app/lb/1/2',
    albListener,
    nlbListener,
    networkLink: new apigateway.VpcLink(stack, 'NetworkLink', { targets: [nlb] }),
    table: new dynamodb.Table(stack, 'Table', { partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING } }),
    queue: new sqs.Queue(stack, 'Queue'),
    stateMachine: new sfn.StateMachine(stack, 'Machine', {
      definitionBody: sfn.DefinitionBody.fromChainable(new sfn.Pass(stack, 'Pass')),
    }),
    eventBus: new events.EventBus(stack, 'Bus'),
    stream: new kinesis.Stream(stack, 'Stream'),
    application,
    environment: new appconfig.Environment(stack, 'Environment', { application }),
    configuration: new appconfig.HostedConfiguration(stack, 'Configuration', {
      application, content: appconfig.ConfigurationContent.fromInlineText('x'),
    }),
    service: new servicediscovery.PrivateDnsNamespace(stack, 'Namespace', {
      name: 'example.com',
      vpc,
    }).createService('Service'),
  };
}
