import { App, Aspects, Stack } from 'aws-cdk-lib';
import {
  DomainName, HttpApi, HttpMethod, MappingValue, ParameterMapping, PayloadFormatVersion, WebSocketApi, WebSocketStage,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as servicediscovery from 'aws-cdk-lib/aws-servicediscovery';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import {
  ApiGatewayV2Checks, HttpAlbIntegration, HttpLambdaIntegration, HttpNlbIntegration, HttpServiceDiscoveryIntegration,
  HttpSqsIntegration, HttpStepFunctionsIntegration, HttpUrlIntegration, WebSocketAwsIntegration,
  WebSocketLambdaIntegration, WebSocketMockIntegration,
} from 'cdk-apigatewayv2-integrations';

// A bookstore: a shop over HTTP, its back office inside a VPC, and news of orders over WebSocket.
const app = new App();

// The function tells what it received, which stands for what a bookstore would do with it.
function shopFunction(stack: Stack, id: string): lambda.Function {
  return new lambda.Function(stack, id, {
    runtime: lambda.Runtime.NODEJS_22_X,
    handler: 'index.handler',
    code: lambda.Code.fromInline(`exports.handler = async (event) => ({
      statusCode: 200,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ function: '${id}', event }),
    });`),
  });
}

// The shop: what can be reached without a VPC.
const shop = new Stack(app, 'Shop');
const books = shopFunction(shop, 'Books');
const orders = shopFunction(shop, 'Orders');

const shopApi = new HttpApi(shop, 'ShopApi', {
  apiName: 'shop',
  defaultIntegration: new HttpLambdaIntegration('NotFound', shopFunction(shop, 'NotFound')),
});

// One integration serves both routes of the books, each with its own permission.
const booksIntegration = new HttpLambdaIntegration('Books', books);
shopApi.addRoutes({ path: '/books', methods: [HttpMethod.GET], integration: booksIntegration });
shopApi.addRoutes({ path: '/books/{isbn}', methods: [HttpMethod.GET, HttpMethod.PUT], integration: booksIntegration });
shopApi.addRoutes({ path: '/covers/{proxy+}', methods: [HttpMethod.GET], integration: booksIntegration });

// The orders take the older event, and one permission serves all their routes.
const ordersIntegration = new HttpLambdaIntegration('Orders', orders, {
  payloadFormatVersion: PayloadFormatVersion.VERSION_1_0,
  scopePermissionToRoute: false,
});
shopApi.addRoutes({ path: '/orders', methods: [HttpMethod.POST], integration: ordersIntegration });
shopApi.addRoutes({ path: '/orders/{id}', integration: ordersIntegration });

// The authors come from a public catalogue.
const catalogue = shop.node.tryGetContext('catalogue') as string | undefined ?? 'https://openlibrary.org';
shopApi.addRoutes({
  path: '/authors/{id}',
  methods: [HttpMethod.GET],
  integration: new HttpUrlIntegration('Authors', `${catalogue}/authors/{id}.json`, { method: HttpMethod.GET }),
});

// News of orders: connections, messages and the ones that nobody expected.
const news = shopFunction(shop, 'News');
const newsIntegration = new WebSocketLambdaIntegration('News', news);
const newsApi = new WebSocketApi(shop, 'NewsApi', {
  apiName: 'news',
  connectRouteOptions: { integration: newsIntegration },
  disconnectRouteOptions: { integration: newsIntegration },
  defaultRouteOptions: { integration: newsIntegration, returnResponse: true },
});
newsApi.addRoute('subscribe', { integration: newsIntegration, returnResponse: true });
new WebSocketStage(shop, 'NewsStage', { webSocketApi: newsApi, stageName: 'prod', autoDeploy: true });

// The back office: what is inside the VPC, and what needs no function.
const office = new Stack(app, 'BackOffice');
const vpc = new ec2.Vpc(office, 'Vpc', { maxAzs: 2, natGateways: 1 });

// Only the staff may call it, at a domain of the bookstore.
const officeDomain = new DomainName(office, 'Domain', {
  domainName: 'office.bookstore.example',
  certificate: acm.Certificate.fromCertificateArn(office, 'Certificate', office.formatArn({
    service: 'acm', resource: 'certificate', resourceName: '11111111-2222-3333-4444-555555555555',
  })),
});
const officeApi = new HttpApi(office, 'OfficeApi', {
  apiName: 'back-office',
  defaultAuthorizer: new HttpJwtAuthorizer('Staff', 'https://login.bookstore.example', { jwtAudience: ['back-office'] }),
  defaultDomainMapping: { domainName: officeDomain, mappingKey: 'v1' },
});

const inventory = new elbv2.ApplicationLoadBalancer(office, 'Inventory', { vpc });
const inventoryListener = inventory.addListener('Listener', {
  port: 80, open: false, defaultAction: elbv2.ListenerAction.fixedResponse(200),
});
inventory.connections.allowFrom(ec2.Peer.ipv4(vpc.vpcCidrBlock), ec2.Port.tcp(80), 'The VPC link');
officeApi.addRoutes({
  path: '/inventory/{proxy+}',
  integration: new HttpAlbIntegration('Inventory', inventoryListener, {
    parameterMapping: new ParameterMapping().overwritePath(MappingValue.requestPath()),
  }),
});

const printers = new elbv2.NetworkLoadBalancer(office, 'Printers', { vpc });
const printersListener = printers.addListener('Listener', { port: 80 });
printersListener.addTargetGroups('Printers', new elbv2.NetworkTargetGroup(office, 'PrinterTargets', {
  vpc, port: 9100, targetType: elbv2.TargetType.IP,
}));
officeApi.addRoutes({
  path: '/print',
  methods: [HttpMethod.POST],
  integration: new HttpNlbIntegration('Printers', printersListener),
});

const namespace = new servicediscovery.PrivateDnsNamespace(office, 'Namespace', { name: 'bookstore.internal', vpc });
const shipping = namespace.createService('Shipping', { dnsRecordType: servicediscovery.DnsRecordType.SRV });
officeApi.addRoutes({
  path: '/shipping/{id}',
  methods: [HttpMethod.GET],
  // All private integrations of the API share the link that is made in the VPC.
  integration: new HttpServiceDiscoveryIntegration('Shipping', shipping, { vpc }),
});

// A book that comes back waits in a queue; paying the money back takes several steps.
const returned = new sqs.Queue(office, 'Returns');
officeApi.addRoutes({
  path: '/returns',
  methods: [HttpMethod.POST],
  integration: new HttpSqsIntegration('Returns', {
    queue: returned,
    messageBody: MappingValue.custom('$request.body'),
  }),
});
const refundSteps = new sfn.Pass(office, 'CheckOrder').next(new sfn.Succeed(office, 'PaidBack'));
const refund = new sfn.StateMachine(office, 'Refund', {
  definitionBody: sfn.DefinitionBody.fromChainable(refundSteps),
});
officeApi.addRoutes({
  path: '/refunds',
  methods: [HttpMethod.POST],
  integration: new HttpStepFunctionsIntegration('Refund', {
    stateMachine: refund,
    input: MappingValue.custom('$request.body'),
  }),
});

// Audit: every message of the tills is stored, no function in between.
const audit = new dynamodb.Table(office, 'Audit', {
  partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING },
});
const auditRole = new iam.Role(office, 'AuditRole', {
  assumedBy: new iam.ServicePrincipal('apigateway.amazonaws.com'),
});
auditRole.addToPolicy(new iam.PolicyStatement({ actions: ['dynamodb:PutItem'], resources: [audit.tableArn] }));

const tills = new WebSocketApi(office, 'TillsApi', {
  apiName: 'tills',
  connectRouteOptions: {
    integration: new WebSocketMockIntegration('Accept', {
      requestTemplates: { 'application/json': '{"statusCode":200}' },
    }),
  },
});
tills.addRoute('audit', {
  integration: new WebSocketAwsIntegration('Audit', {
    integrationUri: office.formatArn({
      service: 'apigateway', account: 'dynamodb', resource: 'action', resourceName: 'PutItem',
    }),
    integrationMethod: HttpMethod.POST,
    credentialsRole: auditRole,
    requestTemplates: {
      'application/json': office.toJsonString({
        TableName: audit.tableName,
        Item: { id: { S: '$context.requestId' } },
      }),
    },
  }),
});
new WebSocketStage(office, 'TillsStage', { webSocketApi: tills, stageName: 'prod', autoDeploy: true });

// The report lies beside the templates.
Aspects.of(app).add(new ApiGatewayV2Checks({ report: true }));

app.synth();
