import { CfnCondition, CfnDeletionPolicy, CfnResource, Fn, NestedStack, Stack } from 'aws-cdk-lib';
import * as apigwv2 from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';
import {
  HttpUrlIntegration, WebSocketIntegrationResponseKey, WebSocketMockIntegration,
} from 'cdk-apigatewayv2-integrations';
import { Construct } from 'constructs';
import { HERE, type Properties } from '../rules/builders';
import type { MakeApp } from './compare';

/** Two versions of an app, and the rules that object to the second one, each as often as it does. */
export interface Pair {
  readonly before: MakeApp;
  readonly after: MakeApp;
  readonly rules: readonly string[];
  /** What the first message says. */
  readonly says?: RegExp;
  /** What is right in place of `after`. The first pair of a rule that has it is the sample in docs/rules.md. */
  readonly right?: MakeApp;
}

export const inStack = (build: (stack: Stack) => void, name = 'Shop'): MakeApp => (app) => {
  build(new Stack(app, name, { env: HERE }));
};
const together = (...parts: MakeApp[]): MakeApp => (app) => { parts.forEach((part) => part(app)); };

export const GET = [apigwv2.HttpMethod.GET];
export const url = (id = 'Url', scope?: Construct) => new HttpUrlIntegration(id, 'https://example.com', { scope });
const key = (path: string) => apigwv2.HttpRouteKey.with(path, apigwv2.HttpMethod.GET);

/** An API with routes that `addRoutes` makes. */
export const withRoutes = (...paths: string[]) => inStack((stack) => {
  const api = new apigwv2.HttpApi(stack, 'Api');
  paths.forEach((path) => api.addRoutes({ path, methods: GET, integration: url(`Url${path.length}`) }));
});

/** An app whose resources keep logical ids. */
const keeping = (make: MakeApp, type: string, logicalId: string): MakeApp => (app) => {
  make(app);
  const resources = app.node.findAll().filter(CfnResource.isCfnResource);
  resources.find(({ cfnResourceType }) => cfnResourceType === `AWS::ApiGatewayV2::${type}`)!
    .overrideLogicalId(logicalId);
};

/** An API with a route of its own id. */
type Change = (route: CfnResource) => void;
export const withRoute = (id: string, path = '/books', change: Change = () => {}) => inStack((stack) => {
  const httpApi = new apigwv2.HttpApi(stack, 'Api');
  const route = new apigwv2.HttpRoute(stack, id, { httpApi, routeKey: key(path), integration: url('Url', httpApi) });
  change(route.node.defaultChild as CfnResource);
});
export const retained = (route: CfnResource) => { route.cfnOptions.deletionPolicy = CfnDeletionPolicy.RETAIN; };

/** Resources of API Gateway v2 as they stand in a template. */
const l1s = (resources: { readonly [id: string]: readonly [type: string, properties: Properties] }, name = 'Shop') =>
  inStack((stack) => {
    for (const [id, [type, properties]] of Object.entries(resources)) {
      new CfnResource(stack, id, { type: `AWS::ApiGatewayV2::${type}`, properties });
    }
  }, name);
const ref = (id: string) => ({ Ref: id });
const ApiId = ref('Api');
const HTTP = ['Api', { Name: 'shop', ProtocolType: 'HTTP' }] as const;
const WEB_SOCKET = ['Api', {
  Name: 'shop', ProtocolType: 'WEBSOCKET', RouteSelectionExpression: '$request.body.action',
}] as const;
const route = (RouteKey: string, more: Properties = {}) => ['Route', { ApiId, RouteKey, ...more }] as const;
const stage = (StageName: string) => ['Stage', { ApiId, StageName, AutoDeploy: true }] as const;
const mapping = (more: Properties) =>
  ['ApiMapping', { ApiId, DomainName: 'api.example.com', Stage: ref('Stage'), ...more }] as const;

/** An API of another id, with its routes. */
const apiOf = (api: typeof HTTP | typeof WEB_SOCKET) => (id: string, ...routeKeys: string[]) => l1s({
  [id]: ['Api', { ...api[1], Name: id }],
  ...Object.fromEntries(routeKeys.map((RouteKey, i) =>
    [`${id}${i}`, ['Route', { ApiId: ref(id), RouteKey }] as const])),
});
const httpOf = apiOf(HTTP);
const webSocketOf = apiOf(WEB_SOCKET);

/** The API in a stack, and routes in others; each stack depends on that of the API. */
type Paths = readonly string[];
export const split = (routes: { readonly [stack: string]: Paths }, order?: readonly [string, string]): MakeApp =>
  (app) => {
    const httpApi = new apigwv2.HttpApi(new Stack(app, 'Shop', { env: HERE }), 'Api');
    const names = Object.keys(routes).filter((name) => name !== 'Shop');
    const stacks = new Map(names.map((name) => [name, new Stack(app, name, { env: HERE })]));
    stacks.set('Shop', httpApi.stack);
    for (const [name, paths] of Object.entries(routes)) {
      for (const path of paths) {
        const scope = stacks.get(name)!;
        new apigwv2.HttpRoute(scope, path, { httpApi, routeKey: key(path), integration: url(`Url${path}`, scope) });
      }
    }
    if (order) { stacks.get(order[1])!.addDependency(stacks.get(order[0])!); }
  };

/** An API that is not in the app, with routes in a stack. */
const imported = (name: string, id: string, apiId: unknown = 'abc123'): MakeApp => l1s({
  [id]: ['Route', { ApiId: apiId, RouteKey: 'GET /books', Target: 'integrations/xyz' }],
}, name);

/** A route in a nested stack that is made on a condition. */
const nestedOnCondition = (id: string) => inStack((stack) => {
  const httpApi = new apigwv2.HttpApi(stack, 'Api');
  const scope = new NestedStack(stack, 'Nested');
  const expression = Fn.conditionEquals(Fn.ref('AWS::Region'), 'eu-west-1');
  (scope.nestedStackResource as CfnResource).cfnOptions.condition = new CfnCondition(stack, 'IsOn', { expression });
  new apigwv2.HttpRoute(scope, id, { httpApi, routeKey: key('/books'), integration: url('Url', scope) });
});

export const nested = (...ids: string[]) => inStack((stack) => {
  const httpApi = new apigwv2.HttpApi(stack, 'Api');
  ids.forEach((id) => {
    const scope = new NestedStack(stack, id);
    new apigwv2.HttpRoute(scope, 'Books', { httpApi, routeKey: key(`/${ids.length}`), integration: url('Url', scope) });
  });
});

const webSocket = (...responses: string[]) => inStack((stack) => {
  const webSocketApi = new apigwv2.WebSocketApi(stack, 'Api');
  const integration = new WebSocketMockIntegration('Mock', {
    requestTemplates: { $default: '{"statusCode":200}' },
    integrationResponses: [{ integrationResponseKey: WebSocketIntegrationResponseKey.DEFAULT }],
  });
  webSocketApi.addRoute('ping', { integration, returnResponse: true });
  const all = stack.node.findAll().filter(CfnResource.isCfnResource);
  ['RouteResponse', 'IntegrationResponse'].forEach((type, i) => {
    const [found] = all.filter(({ cfnResourceType }) => cfnResourceType === `AWS::ApiGatewayV2::${type}`);
    if (responses[i]) { found.overrideLogicalId(responses[i]); }
  });
});

const link = (id: string, ...SubnetIds: unknown[]) =>
  l1s({ Api: HTTP, [id]: ['VpcLink', { Name: 'link', SubnetIds }] });
const linkOfSubnet = (id: unknown) => inStack((stack) => {
  new CfnResource(stack, 'Subnet', { type: 'AWS::EC2::Subnet', properties: { VpcId: 'vpc-1' } });
  new CfnResource(stack, 'Link', {
    type: 'AWS::ApiGatewayV2::VpcLink', properties: { Name: 'link', SubnetIds: [id] },
  });
});
const domain = (id: string, DomainName: unknown, more: Properties = {}) => l1s({
  [id]: ['DomainName', { DomainName, DomainNameConfigurations: [{ EndpointType: 'REGIONAL', ...more }] }],
});
const ofApi = (api: string) => ['Integration', {
  ApiId: ref(api), IntegrationType: 'HTTP_PROXY', IntegrationUri: 'https://example.com',
}] as const;
const TWO_APIS = { Api: HTTP, Api2: ['Api', { Name: 'second', ProtocolType: 'HTTP' }] } as const;
const integration = (api: string, id = 'Integration') => l1s({ ...TWO_APIS, [id]: ofApi(api) });
const usedIntegration = (api: string, apiOfRoute = api) => l1s({
  ...TWO_APIS,
  Integration: ofApi(api),
  Books: ['Route', {
    ApiId: ref(apiOfRoute), RouteKey: 'GET /books', Target: { 'Fn::Sub': 'integrations/${Integration}' },
  }],
});

const conditional = (id: string, on: boolean) => inStack((stack) => {
  const api = new CfnResource(stack, 'Api', { type: 'AWS::ApiGatewayV2::Api', properties: HTTP[1] });
  const made = new CfnResource(stack, id, {
    type: 'AWS::ApiGatewayV2::Route', properties: { ApiId: api.ref, RouteKey: 'GET /books' },
  });
  const expression = Fn.conditionEquals(Fn.ref('AWS::Region'), 'eu-west-1');
  if (on) { made.cfnOptions.condition = new CfnCondition(stack, 'IsOn', { expression }); }
});

const TWO = ['GET /a', 'GET /b'];
export const keys = (one: string, two: string, order: Properties = {}) => inStack((stack) => {
  const api = new CfnResource(stack, 'Api', { type: 'AWS::ApiGatewayV2::Api', properties: HTTP[1] });
  const make = (id: string, RouteKey: string) => new CfnResource(stack, id, {
    type: 'AWS::ApiGatewayV2::Route', properties: { ApiId: api.ref, RouteKey },
  });
  const made: { [id: string]: CfnResource } = { One: make('One', one), Two: make('Two', two) };
  for (const [id, on] of Object.entries(order)) { made[id].addDependency(made[on as string]); }
});

/** Pairs by what happens between the two. */
export const PAIRS: { readonly [name: string]: Pair } = {
  'nothing changes': { before: withRoutes('/books'), after: withRoutes('/books'), rules: [] },
  'a route is added': { before: withRoutes('/books'), after: withRoutes('/books', '/authors'), rules: [] },
  'a route is removed': { before: withRoutes('/books', '/authors'), after: withRoutes('/books'), rules: [] },
  'a route gets another integration': {
    before: l1s({ Api: HTTP, Route: route('GET /books', { Target: 'integrations/a' }) }),
    after: l1s({ Api: HTTP, Route: route('GET /books', { Target: 'integrations/b' }) }),
    rules: [],
  },
  'a route gets another key under its id': { before: withRoute('Book'), after: withRoute('Book', '/all'), rules: [] },

  'a route moves from addRoutes to a construct of its own': {
    before: withRoutes('/books'), after: withRoute('Books'), rules: ['deployed-route'],
    says: new RegExp('^The route "GET /books" of \'Shop/Api\' is made as \'Shop/Books\' '
      + '\\(the logical id \'Books\\w+\' in \'Shop\'\\) while what is deployed as '
      + '\'Shop/Api/GET--books\' \\(the logical id \'ApiGETbooks\\w+\' in \'Shop\'\\) still has its key, since '
      + 'CloudFormation deletes it after everything is made. Expected one at a time. Keep the logical id: call '
      + 'overrideLogicalId\\(\'ApiGETbooks\\w+\'\\) on the CfnRoute. Or deploy twice, first without it. '
      + '\\(at Shop/Books\\)'),
  },
  'the id of a route is renamed': {
    before: withRoute('Books'),
    after: withRoute('AllBooks'),
    rules: ['deployed-route'],
    right: keeping(withRoute('AllBooks'), 'Route', 'Books8C439C90'),
  },
  'the id of a route is renamed in an included template': {
    before: inStack((stack) => { new CfnInclude(stack, 'I', { templateFile: `${__dirname}/templates/before.json` }); }),
    after: inStack((stack) => { new CfnInclude(stack, 'I', { templateFile: `${__dirname}/templates/renamed.json` }); }),
    rules: ['deployed-route', 'deployed-stage'],
  },
  'a WebSocket route is renamed': {
    before: l1s({ Api: WEB_SOCKET, Ping: route('ping') }),
    after: l1s({ Api: WEB_SOCKET, Pong: route('ping') }),
    rules: ['deployed-route'],
    says: /deployed as the logical id 'Ping' in 'Shop'|deployed as 'Shop\/Ping'/,
  },
  'a WebSocket key that looks like a path is renamed': {
    before: l1s({ Api: WEB_SOCKET, One: route('GET /{a}') }),
    after: l1s({ Api: WEB_SOCKET, Two: route('GET /{b}') }),
    rules: [],
  },
  'a route takes the key of one that is removed': {
    before: l1s({ Api: HTTP, One: route('GET /a'), Two: route('GET /b') }),
    after: l1s({ Api: HTTP, Two: route('GET /a') }),
    rules: ['deployed-route'],
  },
  'a route that retains is renamed': {
    before: withRoute('Books', '/books', retained), after: withRoute('AllBooks'), rules: ['deployed-route'],
    says: /since its policy keeps it when it is removed.*Or delete what is deployed by hand/,
  },

  'a path variable is renamed by addRoutes': {
    before: withRoutes('/books/{id}'), after: withRoutes('/books/{isbn}'), rules: ['deployed-route-variable'],
    says: /"GET \/books\/\{isbn\}" .* still has the key "GET \/books\/\{id\}"/,
    right: keeping(withRoutes('/books/{isbn}'), 'Route', 'ApiGETbooksid86A46284'),
  },
  'a path variable is renamed on a route of its own': {
    before: withRoute('Book', '/books/{id}'), after: withRoute('Book', '/books/{isbn}'), rules: [],
  },
  'a greedy variable becomes a plain one': {
    before: withRoutes('/books/{id+}'), after: withRoutes('/books/{id}'), rules: [],
  },

  'two routes exchange their keys': {
    before: keys(TWO[0], TWO[1]), after: keys(TWO[1], TWO[0]), rules: ['deployed-route'],
    says: /since they exchange their keys in one deployment/,
  },
  'two routes exchange their keys, and another one wants one of them': {
    before: l1s({ Api: HTTP, First: route('GET /c'), One: route('GET /a'), Two: route('GET /b') }),
    after: l1s({ Api: HTTP, First: route('GET /a'), One: route('GET /b'), Two: route('GET /a') }),
    rules: ['deployed-route'],
    says: /since they exchange their keys in one deployment/,
  },
  'two pairs of routes exchange their keys': {
    before: l1s({ Api: HTTP, A: route('GET /a'), B: route('GET /b'), C: route('GET /c'), D: route('GET /d') }),
    after: l1s({ Api: HTTP, A: route('GET /b'), B: route('GET /a'), C: route('GET /d'), D: route('GET /c') }),
    rules: ['deployed-route', 'deployed-route'],
  },
  'each route takes the key of the next one': {
    before: l1s({ Api: HTTP, A: route('GET /a'), B: route('GET /b'), C: route('GET /c') }),
    after: l1s({ Api: HTTP, A: route('GET /b'), B: route('GET /c'), C: route('GET /d') }),
    rules: [],
  },
  'a route takes the key that another one gives up, in no certain order': {
    before: keys(TWO[0], TWO[1]), after: keys(TWO[1], 'GET /c'), rules: [],
  },
  'a route takes the key after another one gave it up': {
    before: keys(TWO[0], TWO[1]), after: keys(TWO[1], 'GET /c', { One: 'Two' }), rules: [],
  },
  'a route takes the key before another one gives it up': {
    before: keys(TWO[0], TWO[1]), after: keys(TWO[1], 'GET /c', { Two: 'One' }), rules: ['deployed-route'],
    says: /since it gets another key after the new one is made/,
  },

  'an API mapping is renamed': {
    before: l1s({ Api: HTTP, Stage: stage('prod'), One: mapping({ ApiMappingKey: 'v1' }) }),
    after: l1s({ Api: HTTP, Stage: stage('prod'), Two: mapping({ ApiMappingKey: 'v1' }) }),
    rules: ['deployed-api-mapping'],
    says: /API mapping "v1" of 'api.example.com'/,
    right: l1s({ Api: HTTP, Stage: stage('prod'), One: mapping({ ApiMappingKey: 'v1' }) }),
  },
  'an API mapping without a path is renamed': {
    before: l1s({ Api: HTTP, Stage: stage('prod'), One: mapping({}) }),
    after: l1s({ Api: HTTP, Stage: stage('prod'), Two: mapping({ ApiMappingKey: '' }) }),
    rules: ['deployed-api-mapping'],
  },
  'an API mapping of another path is added': {
    before: l1s({ Api: HTTP, Stage: stage('prod'), One: mapping({ ApiMappingKey: 'v1' }) }),
    after: l1s({ Api: HTTP, Stage: stage('prod'), Two: mapping({ ApiMappingKey: 'v2' }) }),
    rules: [],
  },
  'a stage is renamed': {
    before: l1s({ Api: HTTP, Stage: stage('prod') }), after: l1s({ Api: HTTP, Live: stage('prod') }),
    rules: ['deployed-stage'],
    right: l1s({ Api: HTTP, Stage: stage('prod') }),
  },
  'two stages exchange their names, which replaces both': {
    before: l1s({ Api: HTTP, One: stage('a'), Two: stage('b') }),
    after: l1s({ Api: HTTP, One: stage('b'), Two: stage('a') }),
    rules: ['deployed-stage', 'deployed-stage'],
  },
  'an authorizer moves with its id': {
    before: inStack((stack) => { jwtRoutes(stack, 'Jwt'); }),
    after: inStack((stack) => { jwtRoutes(stack, 'Token'); }),
    rules: ['deployed-authorizer'],
    says: /The authorizer "login" of 'Shop\/Api'/,
    right: keeping(inStack((stack) => { jwtRoutes(stack, 'Token'); }), 'Authorizer', 'ApiJwt046D4791'),
  },
  'a route response and an integration response are renamed': {
    before: webSocket('R1', 'I1'), after: webSocket('R2', 'I2'),
    rules: ['deployed-integration-response', 'deployed-route-response'],
  },
  'a route response is renamed': {
    before: webSocket('One'), after: webSocket('Two'), rules: ['deployed-route-response'], right: webSocket('One'),
  },
  'an integration response is renamed': {
    before: webSocket('', 'One'),
    after: webSocket('', 'Two'),
    rules: ['deployed-integration-response'],
    right: webSocket('', 'One'),
  },
  'responses stay': { before: webSocket(), after: webSocket(), rules: [] },
  'a domain name is renamed': {
    before: domain('One', 'api.example.com'), after: domain('Two', 'api.example.com'), rules: ['deployed-domain-name'],
    right: domain('One', 'api.example.com'),
  },
  'a domain name gets another configuration': {
    before: domain('One', 'api.example.com'), after: domain('One', 'api.example.com', { SecurityPolicy: 'TLS_1_2' }),
    rules: [],
  },

  'a route moves to a stack that is deployed before': {
    before: split({ Books: ['/books', '/a'] }), after: split({ Shop: ['/books'], Books: ['/a'] }),
    rules: ['deployed-route'],
    says: /since the stack 'Books' is deployed after 'Shop'.*Deploy twice, first without it, or move it with 'cdk refactor'/,
  },
  'a route moves to a stack that is deployed after': {
    before: split({ Shop: ['/books'] }), after: split({ Books: ['/books'] }), rules: [],
  },
  'a route has the key of one that stays in a stack that is deployed after, which is a mistake of its own': {
    before: split({ Books: ['/books'] }),
    after: split({ Shop: ['/books'], Books: ['/books'] }),
    rules: [],
  },
  'a route that retains moves to a stack that is deployed after': {
    before: together(split({ Shop: ['/books'] }), (app) => {
      retained(app.node.findChild('Shop').node.findChild('/books').node.defaultChild as CfnResource);
    }),
    after: split({ Books: ['/books'] }),
    rules: ['deployed-route'],
    says: /Remove the policy, or delete what is deployed by hand/,
  },
  'a route moves between stacks of no order': {
    before: split({ Books: ['/books'] }), after: split({ Books: [], Authors: ['/books'] }),
    rules: ['deployed-stack-order'],
    says: /Let the stack 'Authors' depend on 'Books' \(addDependency\)/,
    right: split({ Books: [], Authors: ['/books'] }, ['Books', 'Authors']),
  },
  'a route moves between stacks whose order frees it': {
    before: split({ Books: ['/books'] }),
    after: split({ Books: [], Authors: ['/books'] }, ['Books', 'Authors']),
    rules: [],
  },
  'an API is split over stacks': {
    before: split({ Shop: ['/a', '/b'], Rest: ['/c'] }),
    after: split({ Books: ['/a', '/c'], Authors: ['/b'], Rest: [] }),
    rules: ['deployed-stack-order'],
  },
  'stacks are merged': {
    before: split({ Books: ['/a'], Authors: ['/b'] }), after: split({ Shop: ['/a', '/b'] }),
    rules: ['deployed-route', 'deployed-route'],
    says: /since the stack 'Books' is not in the app, and stays as it is/,
  },
  'a stack that is not in the app any more has the route': {
    before: together(withRoutes('/all'), imported('Old', 'Books')),
    after: together(withRoutes('/all'), imported('New', 'Books')),
    rules: ['deployed-route'],
    says: /since the stack 'Old' is not in the app, and stays as it is.*Delete the stack 'Old' before/,
  },
  'routes of APIs that only the deployment knows': {
    before: together(withRoutes('/all'), imported('Other', 'Books', { 'Fn::ImportValue': 'one' })),
    after: together(withRoutes('/all'), imported('Other', 'AllBooks', { 'Fn::ImportValue': 'two' })),
    rules: [],
  },
  'a route of an API that is imported by its export is renamed': {
    before: imported('Other', 'Books', { 'Fn::ImportValue': 'one' }),
    after: imported('Other', 'AllBooks', { 'Fn::ImportValue': 'one' }),
    rules: ['deployed-route'],
  },
  'a route of an API that is a parameter is renamed': {
    before: imported('Other', 'Books', ref('AWS::StackName')),
    after: imported('Other', 'AllBooks', ref('AWS::StackName')),
    rules: [],
  },

  'a nested stack is renamed': {
    before: nested('Books'), after: nested('AllBooks'), rules: ['deployed-route'],
    says: /in 'Shop\/\w+'.*Deploy twice, first without it, or move it with 'cdk refactor'/,
  },
  'nested stacks stay': { before: nested('Books'), after: nested('Books'), rules: [] },
  'a route moves from a nested stack to the one around it': {
    before: nested('Books'), after: withRoute('Books', '/1'), rules: ['deployed-route'],
  },

  'an API gets another protocol, with its routes': {
    before: l1s({ Api: HTTP, One: route('$default') }), after: l1s({ Api: WEB_SOCKET, Two: route('$default') }),
    rules: ['deployed-replacement'],
    says: /The API 'Shop\/Api' .* since 'ProtocolType' changed/,
  },
  'an API is renamed': {
    before: withRoutes('/books'),
    after: inStack((stack) => {
      new apigwv2.HttpApi(stack, 'Books').addRoutes({ path: '/books', methods: GET, integration: url() });
    }),
    rules: ['deployed-replacement'],
    says: /since its logical id was 'Api\w+' in 'Shop'.*Its id and its URL change.*Keep the logical id/,
  },
  'another API follows one that is removed': {
    before: withRoutes('/books'),
    after: inStack((stack) => {
      new apigwv2.HttpApi(stack, 'News').addRoutes({ path: '/news', methods: GET, integration: url() });
    }),
    rules: [],
  },
  'another WebSocket API follows one that is removed': {
    before: webSocketOf('Chat', '$connect', '$default', 'send'),
    after: webSocketOf('Ticker', '$connect', '$default', 'subscribe'),
    rules: [],
  },
  'another API with the health check of all follows one that is removed': {
    before: httpOf('Books', 'GET /health', 'GET /books', 'GET /authors'),
    after: httpOf('News', 'GET /health', 'GET /news'),
    rules: [],
  },
  'a WebSocket API is renamed': {
    before: webSocketOf('Chat', '$connect', 'send'), after: webSocketOf('Talk', '$connect', 'send', 'leave'),
    rules: ['deployed-replacement'],
  },
  'a WebSocket API of the routes that all have is renamed': {
    before: webSocketOf('Chat', '$connect', '$default'), after: webSocketOf('Talk', '$connect', '$default'),
    rules: ['deployed-replacement'],
  },
  'a VPC link gets other subnets': {
    before: link('Link', 'subnet-1'), after: link('Link', 'subnet-1', 'subnet-2'), rules: ['deployed-replacement'],
    says: /The VPC link 'Shop\/Link' .* since 'SubnetIds' changed/,
  },
  'a VPC link gets its subnets in another order': {
    before: link('Link', 'subnet-1', 'subnet-2'), after: link('Link', 'subnet-2', 'subnet-1'), rules: [],
  },
  'a VPC link gets subnets that only the deployment knows': {
    before: link('Link', 'subnet-1'), after: link('Link', { 'Fn::ImportValue': 'subnet' }), rules: [],
  },
  'a VPC link gets its subnet by another attribute': {
    before: linkOfSubnet(ref('Subnet')), after: linkOfSubnet({ 'Fn::GetAtt': ['Subnet', 'SubnetId'] }), rules: [],
  },
  'a VPC link is renamed': {
    before: link('Link', 'subnet-1'), after: link('NewLink', 'subnet-1'), rules: ['deployed-replacement'],
    right: link('Link', 'subnet-1'),
  },
  'a VPC link of classes stays': {
    before: inStack(vpcLink), after: inStack(vpcLink), rules: [],
  },
  'a domain name gets another name, with its mappings': {
    before: withDomain('a.example.com'), after: withDomain('b.example.com'), rules: ['deployed-replacement'],
    says: /since 'DomainName' changed/,
  },
  'an integration changes its API': {
    before: integration('Api'), after: integration('Api2'), rules: ['deployed-integration-api'],
    says: /The integration 'Shop\/Integration' moves from the API '[^']*Api' to 'Shop\/Api2'/,
    right: integration('Api2', 'Integration2'),
  },
  'an integration goes with its route to another API': {
    before: usedIntegration('Api'), after: usedIntegration('Api2'), rules: [],
  },
  'an integration goes to another API while its route stays': {
    before: usedIntegration('Api'), after: usedIntegration('Api2', 'Api'), rules: ['deployed-integration-api'],
  },
  'an integration goes to another API, and its own is removed': {
    before: l1s({ Api: HTTP, Integration: ofApi('Api') }),
    after: l1s({ Api2: TWO_APIS.Api2, Integration: ofApi('Api2') }),
    rules: [],
  },
  'an integration of another API is added': {
    before: integration('Api'), after: integration('Api2', 'Integration2'), rules: [],
  },

  'a route of a condition is renamed': {
    before: conditional('Books', true), after: conditional('AllBooks', true), rules: [],
  },
  'a route gets a condition with another id': {
    before: conditional('Books', false), after: conditional('AllBooks', true), rules: [],
  },
  'a route in a nested stack of a condition is renamed': {
    before: nestedOnCondition('Books'), after: nestedOnCondition('AllBooks'), rules: [],
  },
  'a route of an OpenAPI document becomes one of its own': {
    before: l1s({ Api: ['Api', { Body: { openapi: '3.0.1', paths: { '/books': { get: {} } } } }] }),
    after: l1s({ Api: ['Api', { Body: { openapi: '3.0.1', paths: {} } }], Books: route('GET /books') }),
    rules: [],
  },
  'routes to which a macro gives an API': {
    before: l1s({ One: route('GET /a', { ApiId: undefined }) }),
    after: l1s({ Two: route('GET /a', { ApiId: undefined }) }),
    rules: [],
  },
  'a template of AWS SAM': {
    before: inStack(sam('Books')), after: inStack(sam('AllBooks')), rules: [],
  },
};

function jwtRoutes(stack: Stack, id: string): void {
  const authorizer = new HttpJwtAuthorizer(id, 'https://login.example', {
    authorizerName: 'login', jwtAudience: ['shop'],
  });
  new apigwv2.HttpApi(stack, 'Api').addRoutes({ path: '/books', methods: GET, integration: url(), authorizer });
}

function vpcLink(stack: Stack): void {
  new apigwv2.VpcLink(stack, 'Link', { vpc: new ec2.Vpc(stack, 'Vpc') });
}

function withDomain(domainName: string): MakeApp {
  return inStack((stack) => {
    const arn = 'arn:aws:acm:eu-west-1:111111111111:certificate/a';
    const certificate = acm.Certificate.fromCertificateArn(stack, 'Certificate', arn);
    const name = new apigwv2.DomainName(stack, 'Domain', { domainName, certificate });
    new apigwv2.HttpApi(stack, 'Api', { defaultDomainMapping: { domainName: name } });
  });
}

function sam(id: string) {
  return (stack: Stack): void => {
    stack.templateOptions.transforms = ['AWS::Serverless-2016-10-31'];
    new CfnResource(stack, id, {
      type: 'AWS::Serverless::Function',
      properties: { Events: { Get: { Type: 'HttpApi', Properties: { Path: '/books', Method: 'get' } } } },
    });
  };
}
