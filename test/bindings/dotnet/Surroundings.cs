using System.Collections.Generic;
using Amazon.CDK;
using Amazon.CDK.AWS.Apigatewayv2;
using Amazon.CDK.AWS.AppConfig;
using Amazon.CDK.AWS.DynamoDB;
using Amazon.CDK.AWS.EC2;
using Amazon.CDK.AWS.ElasticLoadBalancingV2;
using Amazon.CDK.AWS.Events;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.Kinesis;
using Amazon.CDK.AWS.Lambda;
using Amazon.CDK.AWS.ServiceDiscovery;
using Amazon.CDK.AWS.SQS;
using Amazon.CDK.AWS.StepFunctions;
using Function = Amazon.CDK.AWS.Lambda.Function;
using FunctionProps = Amazon.CDK.AWS.Lambda.FunctionProps;
using VpcLink = Amazon.CDK.AWS.Apigatewayv2.VpcLink;
using VpcLinkProps = Amazon.CDK.AWS.Apigatewayv2.VpcLinkProps;
using Service = Amazon.CDK.AWS.ServiceDiscovery.Service;
using Environment = Amazon.CDK.AWS.AppConfig.Environment;
using EnvironmentProps = Amazon.CDK.AWS.AppConfig.EnvironmentProps;
using Attribute = Amazon.CDK.AWS.DynamoDB.Attribute;

namespace Shop;

/// <summary>What the snippets of the README take for granted.</summary>
abstract class Surroundings
{
    protected readonly App app;
    protected readonly Stack stack;
    protected readonly HttpApi api;
    protected readonly WebSocketApi webSocketApi;
    protected readonly Function fn;
    protected readonly Role role;
    protected readonly Alias betaAlias, prodAlias;
    protected readonly Vpc vpc;
    protected readonly VpcLink vpcLink;
    protected readonly SecurityGroup linkGroup;
    protected readonly string listenerArn = "arn:aws:elasticloadbalancing:eu-west-1:111111111111:listener/app/lb/1/2";
    protected readonly ApplicationListener albListener;
    protected readonly NetworkListener nlbListener;
    protected readonly Amazon.CDK.AWS.APIGateway.VpcLink networkLink;
    protected readonly Table table;
    protected readonly Queue queue;
    protected readonly StateMachine stateMachine;
    protected readonly EventBus eventBus;
    protected readonly Stream stream;
    protected readonly Application application;
    protected readonly Environment environment;
    protected readonly HostedConfiguration configuration;
    protected readonly Service service;

    protected Surroundings(App app)
    {
        this.app = app;
        stack = new Stack(app, "Readme");
        vpc = new Vpc(stack, "Vpc");
        var alb = new ApplicationLoadBalancer(stack, "Alb", new ApplicationLoadBalancerProps { Vpc = vpc });
        albListener = alb.AddListener("Listener", new BaseApplicationListenerProps { Port = 80 });
        albListener.AddTargets("Targets", new AddApplicationTargetsProps { Port = 80 });
        var nlb = new NetworkLoadBalancer(stack, "Nlb", new NetworkLoadBalancerProps { Vpc = vpc });
        nlbListener = nlb.AddListener("Listener", new BaseNetworkListenerProps { Port = 80 });
        nlbListener.AddTargets("Targets", new AddNetworkTargetsProps { Port = 80 });
        fn = NewFunction(stack);
        application = new Application(stack, "Application");
        api = new HttpApi(stack, "TheApi");
        webSocketApi = new WebSocketApi(stack, "TheWebSocketApi");
        role = new Role(stack, "Role", new RoleProps { AssumedBy = new ServicePrincipal("apigateway.amazonaws.com") });
        betaAlias = fn.AddAlias("beta");
        prodAlias = fn.AddAlias("prod");
        vpcLink = new VpcLink(stack, "Link", new VpcLinkProps { Vpc = vpc });
        linkGroup = new SecurityGroup(stack, "LinkGroup", new SecurityGroupProps { Vpc = vpc });
        networkLink = new Amazon.CDK.AWS.APIGateway.VpcLink(stack, "NetworkLink", new Amazon.CDK.AWS.APIGateway.VpcLinkProps { Targets = new[] { nlb } });
        table = new Table(stack, "Table", new TableProps { PartitionKey = new Attribute { Name = "id", Type = AttributeType.STRING } });
        queue = new Queue(stack, "Queue");
        stateMachine = new StateMachine(stack, "Machine", new StateMachineProps { DefinitionBody = DefinitionBody.FromChainable(new Pass(stack, "Pass")) });
        eventBus = new EventBus(stack, "Bus");
        stream = new Stream(stack, "Stream");
        environment = new Environment(stack, "Environment", new EnvironmentProps { Application = application });
        configuration = new HostedConfiguration(stack, "Configuration", new HostedConfigurationProps {
            Application = application, Content = ConfigurationContent.FromInlineText("x"),
        });
        service = new PrivateDnsNamespace(stack, "Namespace", new PrivateDnsNamespaceProps { Name = "example.com", Vpc = vpc }).CreateService("Service");
    }

    internal static Function NewFunction(Stack stack) => new(stack, "Handler", new FunctionProps {
        Runtime = Runtime.NODEJS_22_X, Handler = "index.handler", Code = Code.FromInline("exports.handler = async () => ({});"),
    });
}
