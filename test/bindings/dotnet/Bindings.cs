// What the snippets of the README leave out, in C#. It is compiled, not run.
using System;
using System.Collections.Generic;
using Amazon.CDK;
using Amazon.CDK.AWS.Apigatewayv2;
using Amazon.CDK.AWS.DynamoDB;
using Amazon.CDK.AWS.Events;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.Kinesis;
using Amazon.CDK.AWS.SNS;
using Amazon.CDK.AWS.SQS;
using Amazon.CDK.AWS.StepFunctions;
using Cdk.ApiGatewayV2.Integrations;

namespace Shop;

/// <summary>A class of the user's own, which extends one of the library.</summary>
sealed class NamedUrl : HttpUrlIntegration
{
    internal readonly List<string?> Bound = new();

    internal NamedUrl(string url) : base("Named", url) { }

    public override IHttpRouteIntegrationConfig Bind(IHttpRouteIntegrationBindOptions options)
    {
        Bound.Add(options.Route.Path);
        return base.Bind(options);
    }
}

static class Bindings
{
    /// <summary>The integrations, the enum-like classes and the lists of structs.</summary>
    internal static IEnumerable<WebSocketRouteIntegration> WebSocket(Stack stack)
    {
        yield return new WebSocketSqsIntegration("Sqs", new Queue(stack, "Queue"), new WebSocketSqsIntegrationProps
        {
            IntegrationResponses = new[]
            {
                new WebSocketIntegrationResponse
                {
                    IntegrationResponseKey = WebSocketIntegrationResponseKey.DEFAULT,
                    ResponseTemplates = new Dictionary<string, string> { ["$default"] = "{\"queued\": true}" },
                },
                new WebSocketIntegrationResponse { IntegrationResponseKey = WebSocketIntegrationResponseKey.FromStatusCode(404) },
            },
        });
        yield return new WebSocketSnsIntegration("Sns", new Topic(stack, "Topic"));
        yield return new WebSocketKinesisIntegration("Kinesis", new Stream(stack, "Stream"), new WebSocketKinesisIntegrationProps { PartitionKey = "$context.apiId" });
        yield return new WebSocketEventBridgeIntegration("Events", new EventBus(stack, "Bus"), new WebSocketEventBridgeIntegrationProps { Source = "shop", DetailType = "Order" });
        yield return new WebSocketStepFunctionsIntegration(
            "States", StateMachine.FromStateMachineName(stack, "Machine", "books"),
            new WebSocketStepFunctionsIntegrationProps { Action = WebSocketStepFunctionsAction.STOP_EXECUTION });
        yield return new WebSocketDynamoDbIntegration("Table", Table.FromTableName(stack, "Table", "books"), new WebSocketDynamoDbIntegrationProps
        {
            Action = WebSocketDynamoDbAction.QUERY,
            RequestTemplates = new Dictionary<string, string> { ["$default"] = "{\"TableName\": \"books\"}" },
        });
    }

    /// <summary>Mappings that are put together, and what a direct call of Bind returns.</summary>
    internal static string? Uri(Stack stack, IHttpRoute route)
    {
        var integration = new HttpUrlIntegration("Books", "https://books.example.com", new HttpUrlIntegrationProps
        {
            Timeout = Duration.Seconds(30),
            ParameterMapping = new ParameterMapping()
                .AppendHeader("id", MappingValue.RequestPathParam("id"))
                .Custom("overwrite:header.stage", "$context.stage"),
            ResponseParameterMapping = new Dictionary<string, ResponseParameterMapping>
            {
                ["200"] = new ResponseParameterMapping()
                    .OverwriteStatusCode(201)
                    .AppendHeader("x-request-id", ResponseMappingValue.ContextVariable("requestId"))
                    .RemoveHeader("server"),
            },
        });
        Aspects.Of(stack).Add(new ApiGatewayV2Checks(new ApiGatewayV2ChecksProps { Exclude = new[] { "path-variable" }, ErrorsAsWarnings = true }));
        try
        {
            return integration.Bind(new HttpRouteIntegrationBindOptions { Route = route, Scope = stack }).Uri;
        }
        catch (Exception error) when (error.Message.Contains("[rule "))
        {
            return integration.IntegrationId;
        }
    }

    internal static HttpAwsServiceIntegration Publish(IRole role) => new("Publish", new HttpAwsServiceIntegrationProps
    {
        Subtype = "SNS-Publish", Role = role, ParameterMapping = new ParameterMapping().Custom("Message", "$request.body"),
    });
}
