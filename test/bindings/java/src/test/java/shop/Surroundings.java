package shop;

import java.util.List;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.apigatewayv2.HttpApi;
import software.amazon.awscdk.services.apigatewayv2.VpcLink;
import software.amazon.awscdk.services.apigatewayv2.WebSocketApi;
import software.amazon.awscdk.services.appconfig.Application;
import software.amazon.awscdk.services.appconfig.ConfigurationContent;
import software.amazon.awscdk.services.appconfig.Environment;
import software.amazon.awscdk.services.appconfig.HostedConfiguration;
import software.amazon.awscdk.services.dynamodb.Attribute;
import software.amazon.awscdk.services.dynamodb.AttributeType;
import software.amazon.awscdk.services.dynamodb.Table;
import software.amazon.awscdk.services.ec2.SecurityGroup;
import software.amazon.awscdk.services.ec2.Vpc;
import software.amazon.awscdk.services.elasticloadbalancingv2.AddApplicationTargetsProps;
import software.amazon.awscdk.services.elasticloadbalancingv2.AddNetworkTargetsProps;
import software.amazon.awscdk.services.elasticloadbalancingv2.ApplicationListener;
import software.amazon.awscdk.services.elasticloadbalancingv2.ApplicationLoadBalancer;
import software.amazon.awscdk.services.elasticloadbalancingv2.BaseApplicationListenerProps;
import software.amazon.awscdk.services.elasticloadbalancingv2.BaseNetworkListenerProps;
import software.amazon.awscdk.services.elasticloadbalancingv2.NetworkListener;
import software.amazon.awscdk.services.elasticloadbalancingv2.NetworkLoadBalancer;
import software.amazon.awscdk.services.events.EventBus;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.kinesis.Stream;
import software.amazon.awscdk.services.lambda.Alias;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.Runtime;
import software.amazon.awscdk.services.servicediscovery.PrivateDnsNamespace;
import software.amazon.awscdk.services.servicediscovery.Service;
import software.amazon.awscdk.services.sqs.Queue;
import software.amazon.awscdk.services.stepfunctions.DefinitionBody;
import software.amazon.awscdk.services.stepfunctions.Pass;
import software.amazon.awscdk.services.stepfunctions.StateMachine;

/** What the snippets of the README take for granted, as in ../readme.ts. */
class Surroundings {
  final App app;
  final Stack stack;
  final HttpApi api;
  final WebSocketApi webSocketApi;
  final Function fn;
  final Role role;
  final Alias betaAlias;
  final Alias prodAlias;
  final Vpc vpc;
  final VpcLink vpcLink;
  final SecurityGroup linkGroup;
  final String listenerArn = "arn:aws:elasticloadbalancing:eu-west-1:111111111111:listener/app/lb/1/2";
  final ApplicationListener albListener;
  final NetworkListener nlbListener;
  final software.amazon.awscdk.services.apigateway.VpcLink networkLink;
  final Table table;
  final Queue queue;
  final StateMachine stateMachine;
  final EventBus eventBus;
  final Stream stream;
  final Application application;
  final Environment environment;
  final HostedConfiguration configuration;
  final Service service;

  Surroundings(App app) {
    this.app = app;
    stack = new Stack(app, "Readme");
    api = new HttpApi(stack, "TheApi");
    webSocketApi = new WebSocketApi(stack, "TheWebSocketApi");
    fn = newFunction(stack);
    role = newRole(stack);
    betaAlias = fn.addAlias("beta");
    prodAlias = fn.addAlias("prod");
    vpc = new Vpc(stack, "Vpc");
    vpcLink = VpcLink.Builder.create(stack, "Link").vpc(vpc).build();
    linkGroup = SecurityGroup.Builder.create(stack, "LinkGroup").vpc(vpc).build();
    albListener = ApplicationLoadBalancer.Builder.create(stack, "Alb").vpc(vpc).build()
        .addListener("Listener", BaseApplicationListenerProps.builder().port(80).build());
    albListener.addTargets("Targets", AddApplicationTargetsProps.builder().port(80).build());
    var nlb = NetworkLoadBalancer.Builder.create(stack, "Nlb").vpc(vpc).build();
    nlbListener = nlb.addListener("Listener", BaseNetworkListenerProps.builder().port(80).build());
    nlbListener.addTargets("Targets", AddNetworkTargetsProps.builder().port(80).build());
    networkLink = software.amazon.awscdk.services.apigateway.VpcLink.Builder.create(stack, "NetworkLink").targets(List.of(nlb)).build();
    table = newTable(stack);
    queue = new Queue(stack, "Queue");
    stateMachine = StateMachine.Builder.create(stack, "Machine").definitionBody(DefinitionBody.fromChainable(new Pass(stack, "Pass"))).build();
    eventBus = new EventBus(stack, "Bus");
    stream = new Stream(stack, "Stream");
    application = new Application(stack, "Application");
    environment = Environment.Builder.create(stack, "Environment").application(application).build();
    configuration = HostedConfiguration.Builder.create(stack, "Configuration")
        .application(application).content(ConfigurationContent.fromInlineText("x")).build();
    service = PrivateDnsNamespace.Builder.create(stack, "Namespace").name("example.com").vpc(vpc).build().createService("Service");
  }

  static Function newFunction(Stack stack) {
    return Function.Builder.create(stack, "Handler")
        .runtime(Runtime.NODEJS_22_X).handler("index.handler").code(Code.fromInline("exports.handler = async () => ({});")).build();
  }

  static Role newRole(Stack stack) {
    return Role.Builder.create(stack, "Role").assumedBy(new ServicePrincipal("apigateway.amazonaws.com")).build();
  }

  static Table newTable(Stack stack) {
    return Table.Builder.create(stack, "Table").partitionKey(Attribute.builder().name("id").type(AttributeType.STRING).build()).build();
  }
}
