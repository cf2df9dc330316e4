// Runs in a fresh process, as `cdk synth` does: builds one app, and prints what that took as JSON.
import type * as Cdk from 'aws-cdk-lib';
import type * as Apigwv2 from 'aws-cdk-lib/aws-apigatewayv2';
import type * as Upstream from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type * as Ec2 from 'aws-cdk-lib/aws-ec2';
import type * as Elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type * as Events from 'aws-cdk-lib/aws-events';
import type * as Iam from 'aws-cdk-lib/aws-iam';
import type * as Lambda from 'aws-cdk-lib/aws-lambda';
import type * as ServiceDiscovery from 'aws-cdk-lib/aws-servicediscovery';
import type * as Sns from 'aws-cdk-lib/aws-sns';
import type * as Sqs from 'aws-cdk-lib/aws-sqs';
import type * as Sfn from 'aws-cdk-lib/aws-stepfunctions';
import type * as Ours from '../lib';

/** What to measure. */
export interface Job {
  /** The folder of the project. */
  readonly root: string;
  /** The folder that this library is installed in. */
  readonly library: string;
  /** Binding routes, an app with the checks and without, one that is compared with what is deployed, or loading. */
  readonly kind: 'bind' | 'checks' | 'deployed' | 'load';
  /** The name of a shape below, or the member that is loaded. */
  readonly shape: string;
  /** How many routes, stacks or so. */
  readonly size: number;
  /** Ours is our class, or the app with the checks or the comparison; upstream is theirs, or the app without. */
  readonly whose: 'ours' | 'upstream';
}

/** What it took. */
export interface Cost {
  /** Milliseconds of CPU, those of the garbage collector and of the compiler included. */
  readonly cpu: number;
  /** Bytes of the heap that it leaves in use. */
  readonly heap: number;
  /** The most bytes that the process had at once. */
  readonly peak: number;
  /** The modules that are loaded. */
  readonly modules: number;
}

const UPSTREAM = 'aws-cdk-lib/aws-apigatewayv2-integrations';
const job = JSON.parse(process.argv[2]) as Job;

// eslint-disable-next-line @typescript-eslint/no-require-imports -- found by newest.js, and loaded when it is needed
const load = <T>(name: string) => require(name) as T;
load(`${job.root}/bench/newest.js`);

/** An app of one stack that may have any number of resources. */
function newStack(outdir?: string): Cdk.Stack {
  const { App, Stack } = load<typeof Cdk>('aws-cdk-lib');
  return new Stack(new App({ outdir, context: { '@aws-cdk/core:stackResourceLimit': 0 } }), 'Stack');
}

function newFunction(stack: Cdk.Stack, id = 'Handler'): Lambda.Function {
  const lambda = load<typeof Lambda>('aws-cdk-lib/aws-lambda');
  const code = lambda.Code.fromInline('exports.handler = async () => ({});');
  return new lambda.Function(stack, id, { runtime: lambda.Runtime.NODEJS_22_X, handler: 'index.handler', code });
}

function newVpc(stack: Cdk.Stack): Ec2.Vpc {
  return new (load<typeof Ec2>('aws-cdk-lib/aws-ec2').Vpc)(stack, 'Vpc');
}

function mappingOfFour(): Apigwv2.ParameterMapping {
  const { MappingValue, ParameterMapping } = load<typeof Apigwv2>('aws-cdk-lib/aws-apigatewayv2');
  return new ParameterMapping()
    .overwritePath(MappingValue.custom('/books/${request.path.id}'))
    .appendHeader('x-request-id', MappingValue.contextVariable('requestId'))
    .overwriteQueryString('q', MappingValue.requestQueryString('query'))
    .removeHeader('cookie');
}

type HttpMaker = (id: string) => Apigwv2.HttpRouteIntegration;
type WebSocketMaker = (id: string) => Apigwv2.WebSocketRouteIntegration;

/** Makes the targets and loads the class; what it returns makes one integration after the other. */
const HTTP: { readonly [shape: string]: (stack: Cdk.Stack, classes: typeof Upstream) => HttpMaker } = {
  'Lambda': (stack, { HttpLambdaIntegration }) => {
    const handler = newFunction(stack);
    return (id) => new HttpLambdaIntegration(id, handler);
  },
  'Lambda with a mapping of four entries': (stack, { HttpLambdaIntegration }) => {
    const handler = newFunction(stack);
    return (id) => new HttpLambdaIntegration(id, handler, { parameterMapping: mappingOfFour() });
  },
  'Lambda with a permission for the API': (stack, { HttpLambdaIntegration }) => {
    const handler = newFunction(stack);
    return (id) => new HttpLambdaIntegration(id, handler, { scopePermissionToRoute: false });
  },
  'URL': (_, { HttpUrlIntegration }) => (id) => new HttpUrlIntegration(id, 'https://example.com/books'),
  'SQS': (stack, { HttpSqsIntegration }) => {
    const queue = new (load<typeof Sqs>('aws-cdk-lib/aws-sqs').Queue)(stack, 'Queue');
    return (id) => new HttpSqsIntegration(id, { queue });
  },
  'Step Functions': (stack, { HttpStepFunctionsIntegration }) => {
    const { DefinitionBody, Pass, StateMachine } = load<typeof Sfn>('aws-cdk-lib/aws-stepfunctions');
    const definitionBody = DefinitionBody.fromChainable(new Pass(stack, 'Pass'));
    const stateMachine = new StateMachine(stack, 'Machine', { definitionBody });
    return (id) => new HttpStepFunctionsIntegration(id, { stateMachine });
  },
  'EventBridge': (stack, { HttpEventBridgeIntegration }) => {
    const { eventBusRef } = new (load<typeof Events>('aws-cdk-lib/aws-events').EventBus)(stack, 'Bus');
    return (id) => new HttpEventBridgeIntegration(id, { eventBusRef });
  },
  'ALB': (stack, { HttpAlbIntegration }) => {
    const { ApplicationLoadBalancer, ListenerAction } = load<typeof Elbv2>('aws-cdk-lib/aws-elasticloadbalancingv2');
    const balancer = new ApplicationLoadBalancer(stack, 'Balancer', { vpc: newVpc(stack) });
    const listener = balancer.addListener('Listener', { port: 80, defaultAction: ListenerAction.fixedResponse(200) });
    return (id) => new HttpAlbIntegration(id, listener);
  },
  'NLB': (stack, { HttpNlbIntegration }) => {
    const { NetworkLoadBalancer, NetworkTargetGroup } = load<typeof Elbv2>('aws-cdk-lib/aws-elasticloadbalancingv2');
    const vpc = newVpc(stack);
    const group = new NetworkTargetGroup(stack, 'Targets', { vpc, port: 80 });
    const balancer = new NetworkLoadBalancer(stack, 'Balancer', { vpc });
    const listener = balancer.addListener('Listener', { port: 80, defaultTargetGroups: [group] });
    return (id) => new HttpNlbIntegration(id, listener);
  },
  'Cloud Map': (stack, { HttpServiceDiscoveryIntegration }) => {
    const { PrivateDnsNamespace } = load<typeof ServiceDiscovery>('aws-cdk-lib/aws-servicediscovery');
    const { VpcLink } = load<typeof Apigwv2>('aws-cdk-lib/aws-apigatewayv2');
    const vpc = newVpc(stack);
    const namespace = new PrivateDnsNamespace(stack, 'Namespace', { name: 'books.internal', vpc });
    const service = namespace.createService('Service');
    const vpcLink = new VpcLink(stack, 'Link', { vpc });
    return (id) => new HttpServiceDiscoveryIntegration(id, service, { vpcLink });
  },
};

const WEB_SOCKET: { readonly [shape: string]: (stack: Cdk.Stack, classes: typeof Upstream) => WebSocketMaker } = {
  'WebSocket Lambda': (stack, { WebSocketLambdaIntegration }) => {
    const handler = newFunction(stack);
    return (id) => new WebSocketLambdaIntegration(id, handler);
  },
  'WebSocket mock': (_, { WebSocketMockIntegration }) => (id) => new WebSocketMockIntegration(id),
  'WebSocket AWS': (stack, { WebSocketAwsIntegration }) => {
    const { Role, ServicePrincipal } = load<typeof Iam>('aws-cdk-lib/aws-iam');
    const credentialsRole = new Role(stack, 'Role', { assumedBy: new ServicePrincipal('apigateway.amazonaws.com') });
    const integrationUri = `arn:aws:apigateway:${stack.region}:dynamodb:action/PutItem`;
    return (id) => new WebSocketAwsIntegration(id, { integrationUri, integrationMethod: 'POST', credentialsRole });
  },
};

/** Returns what binds the routes, each to an integration of its own. */
function binding(): () => void {
  const classes = load<typeof Upstream>(job.whose === 'ours' ? job.library : UPSTREAM);
  const { HttpApi, WebSocketApi } = load<typeof Apigwv2>('aws-cdk-lib/aws-apigatewayv2');
  const stack = newStack();
  if (job.shape in WEB_SOCKET) {
    const make = WEB_SOCKET[job.shape](stack, classes);
    const api = new WebSocketApi(stack, 'Api');
    return () => {
      for (let i = 0; i < job.size; i++) { api.addRoute(`r${i}`, { integration: make(`I${i}`) }); }
    };
  }
  const make = HTTP[job.shape](stack, classes);
  const api = new HttpApi(stack, 'Api');
  return () => {
    for (let i = 0; i < job.size; i++) { api.addRoutes({ path: `/r${i}`, integration: make(`I${i}`) }); }
  };
}

/** Adds an API with routes, of which ten call the same function. */
function addApi(stack: Cdk.Stack, routes: number, routesOfFunction = 10): void {
  const { HttpApi, HttpMethod } = load<typeof Apigwv2>('aws-cdk-lib/aws-apigatewayv2');
  const { HttpLambdaIntegration } = load<typeof Ours>(job.library);
  const api = new HttpApi(stack, 'Api');
  const methods = [HttpMethod.GET];
  for (let i = 0; i < routes; i += routesOfFunction) {
    const integration = new HttpLambdaIntegration(`Books${i}`, newFunction(stack, `Handler${i}`));
    for (let j = i; j < Math.min(routes, i + routesOfFunction); j++) {
      api.addRoutes({ path: `/books/${j}`, methods, integration });
    }
  }
}

/** Apps that the checks judge, by what `size` counts in them. */
const APPS: { readonly [shape: string]: (stack: Cdk.Stack) => void } = {
  'stacks of 60 routes': (first) => {
    const { Stack } = load<typeof Cdk>('aws-cdk-lib');
    for (let i = 0; i < job.size; i++) { addApi(new Stack(first.node.root, `Stack${i}`), 60); }
  },
  'routes with a permission each': (stack) => { addApi(stack, job.size, job.size); },
  'nested APIs': (stack) => {
    const { NestedStack } = load<typeof Cdk>('aws-cdk-lib');
    for (let i = 0; i < job.size; i++) { addApi(new NestedStack(stack, `Nested${i}`), 10); }
  },
  'functions': (stack) => { addApi(stack, job.size, 1); },
  'unrelated resources': (first) => {
    const { Stack } = load<typeof Cdk>('aws-cdk-lib');
    const { Topic } = load<typeof Sns>('aws-cdk-lib/aws-sns');
    addApi(first, 1);
    for (let i = 0; i < job.size; i += 300) {
      const stack = new Stack(first.node.root, `Stack${i}`);
      for (let j = i; j < i + 300; j++) { new Topic(stack, `Topic${j}`); }
    }
  },
};

/** Returns what builds and synthesizes the app, ours with the checks. */
function checking(): () => void {
  // Loaded before, since only the modules of the checks are to count.
  const { HttpApi } = load<typeof Apigwv2>('aws-cdk-lib/aws-apigatewayv2');
  const { HttpLambdaIntegration } = load<typeof Ours>(job.library);
  void [HttpApi, HttpLambdaIntegration, load<typeof Lambda>('aws-cdk-lib/aws-lambda').Function];
  return () => { synthesize(job.whose === 'ours' ? {} : undefined); };
}

/** Builds and synthesizes the app, with the checks if they get options. */
function synthesize(checks: Ours.ApiGatewayV2ChecksProps | undefined, outdir?: string): void {
  const { Aspects } = load<typeof Cdk>('aws-cdk-lib');
  const stack = newStack(outdir);
  APPS[job.shape](stack);
  const app = stack.node.root as Cdk.App;
  if (checks) { Aspects.of(app).add(new (load<typeof Ours>(job.library).ApiGatewayV2Checks)(checks)); }
  app.synth();
}

/** Returns what builds and synthesizes the app with the checks, ours compared with what is deployed: the same app. */
function comparing(): () => void {
  const deployed = `${process.env.CDK_OUTDIR}/deployed`;
  synthesize({}, deployed);
  return () => { synthesize(job.whose === 'ours' ? { deployed } : {}); };
}

/** Returns what loads a member, or the index, after the modules of the CDK that any such app has loaded. */
function loading(): () => void {
  const { App, Stack } = load<typeof Cdk>('aws-cdk-lib');
  void [App, Stack, load<typeof Apigwv2>('aws-cdk-lib/aws-apigatewayv2').HttpApi];
  return () => {
    const index = load<{ readonly [member: string]: unknown }>(job.whose === 'ours' ? job.library : UPSTREAM);
    if (job.shape !== 'the index') { void index[job.shape]; }
  };
}

function measure(run: () => void): Cost {
  const modules = Object.keys(require.cache).length;
  globalThis.gc?.();
  const heap = process.memoryUsage().heapUsed;
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  globalThis.gc?.();
  return {
    cpu: (user + system) / 1000,
    heap: process.memoryUsage().heapUsed - heap,
    peak: process.resourceUsage().maxRSS * 1024,
    modules: Object.keys(require.cache).length - modules,
  };
}

const PREPARATIONS = { bind: binding, checks: checking, deployed: comparing, load: loading };
console.log(JSON.stringify(measure(PREPARATIONS[job.kind]())));
// AWS CDK would synthesize the app when the process ends, as for its CLI.
process.exit();
