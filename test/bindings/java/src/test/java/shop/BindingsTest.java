package shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static shop.Surroundings.newFunction;
import static shop.Surroundings.newRole;
import static shop.Surroundings.newTable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.apigatewayv2.cdk.integrations.ApiGatewayV2Checks;
import io.github.apigatewayv2.cdk.integrations.ApiGatewayV2ChecksProps;
import io.github.apigatewayv2.cdk.integrations.HttpAlbIntegration;
import io.github.apigatewayv2.cdk.integrations.HttpAlbIntegrationProps;
import io.github.apigatewayv2.cdk.integrations.HttpLambdaIntegration;
import io.github.apigatewayv2.cdk.integrations.HttpLambdaIntegrationProps;
import io.github.apigatewayv2.cdk.integrations.HttpNlbIntegration;
import io.github.apigatewayv2.cdk.integrations.HttpNlbIntegrationProps;
import io.github.apigatewayv2.cdk.integrations.HttpServiceDiscoveryIntegration;
import io.github.apigatewayv2.cdk.integrations.HttpServiceDiscoveryIntegrationProps;
import io.github.apigatewayv2.cdk.integrations.HttpSqsIntegration;
import io.github.apigatewayv2.cdk.integrations.HttpSqsIntegrationProps;
import io.github.apigatewayv2.cdk.integrations.HttpUrlIntegration;
import io.github.apigatewayv2.cdk.integrations.HttpUrlIntegrationProps;
import io.github.apigatewayv2.cdk.integrations.LambdaPermissionScope;
import io.github.apigatewayv2.cdk.integrations.ResponseMappingValue;
import io.github.apigatewayv2.cdk.integrations.ResponseParameterMapping;
import io.github.apigatewayv2.cdk.integrations.WebSocketAwsIntegration;
import io.github.apigatewayv2.cdk.integrations.WebSocketAwsIntegrationProps;
import io.github.apigatewayv2.cdk.integrations.WebSocketDynamoDbAction;
import io.github.apigatewayv2.cdk.integrations.WebSocketDynamoDbIntegration;
import io.github.apigatewayv2.cdk.integrations.WebSocketDynamoDbIntegrationProps;
import io.github.apigatewayv2.cdk.integrations.WebSocketEventBridgeIntegration;
import io.github.apigatewayv2.cdk.integrations.WebSocketEventBridgeIntegrationProps;
import io.github.apigatewayv2.cdk.integrations.WebSocketHttpIntegration;
import io.github.apigatewayv2.cdk.integrations.WebSocketHttpIntegrationProps;
import io.github.apigatewayv2.cdk.integrations.WebSocketIntegrationResponse;
import io.github.apigatewayv2.cdk.integrations.WebSocketIntegrationResponseKey;
import io.github.apigatewayv2.cdk.integrations.WebSocketKinesisIntegration;
import io.github.apigatewayv2.cdk.integrations.WebSocketKinesisIntegrationProps;
import io.github.apigatewayv2.cdk.integrations.WebSocketLambdaIntegration;
import io.github.apigatewayv2.cdk.integrations.WebSocketLambdaIntegrationProps;
import io.github.apigatewayv2.cdk.integrations.WebSocketMockIntegration;
import io.github.apigatewayv2.cdk.integrations.WebSocketMockIntegrationProps;
import io.github.apigatewayv2.cdk.integrations.WebSocketSnsIntegration;
import io.github.apigatewayv2.cdk.integrations.WebSocketSqsIntegration;
import io.github.apigatewayv2.cdk.integrations.WebSocketSqsIntegrationProps;
import io.github.apigatewayv2.cdk.integrations.WebSocketStepFunctionsAction;
import io.github.apigatewayv2.cdk.integrations.WebSocketStepFunctionsIntegration;
import io.github.apigatewayv2.cdk.integrations.WebSocketStepFunctionsIntegrationProps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;
import software.amazon.awscdk.Aspects;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Annotations;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.services.apigatewayv2.AddRoutesOptions;
import software.amazon.awscdk.services.apigatewayv2.ContentHandling;
import software.amazon.awscdk.services.apigatewayv2.HttpApi;
import software.amazon.awscdk.services.apigatewayv2.HttpIntegrationSubtype;
import software.amazon.awscdk.services.apigatewayv2.HttpIntegrationType;
import software.amazon.awscdk.services.apigatewayv2.HttpMethod;
import software.amazon.awscdk.services.apigatewayv2.HttpRoute;
import software.amazon.awscdk.services.apigatewayv2.HttpRouteIntegration;
import software.amazon.awscdk.services.apigatewayv2.HttpRouteIntegrationBindOptions;
import software.amazon.awscdk.services.apigatewayv2.HttpRouteIntegrationConfig;
import software.amazon.awscdk.services.apigatewayv2.MappingValue;
import software.amazon.awscdk.services.apigatewayv2.ParameterMapping;
import software.amazon.awscdk.services.apigatewayv2.PassthroughBehavior;
import software.amazon.awscdk.services.apigatewayv2.PayloadFormatVersion;
import software.amazon.awscdk.services.apigatewayv2.VpcLink;
import software.amazon.awscdk.services.apigatewayv2.WebSocketApi;
import software.amazon.awscdk.services.apigatewayv2.WebSocketRouteIntegration;
import software.amazon.awscdk.services.apigatewayv2.WebSocketRouteOptions;
import software.amazon.awscdk.services.ec2.SecurityGroup;
import software.amazon.awscdk.services.ec2.SubnetSelection;
import software.amazon.awscdk.services.ec2.SubnetType;
import software.amazon.awscdk.services.ec2.Vpc;
import software.amazon.awscdk.services.elasticloadbalancingv2.AddApplicationTargetsProps;
import software.amazon.awscdk.services.elasticloadbalancingv2.AddNetworkTargetsProps;
import software.amazon.awscdk.services.elasticloadbalancingv2.ApplicationLoadBalancer;
import software.amazon.awscdk.services.elasticloadbalancingv2.BaseApplicationListenerProps;
import software.amazon.awscdk.services.elasticloadbalancingv2.BaseNetworkListenerProps;
import software.amazon.awscdk.services.elasticloadbalancingv2.NetworkLoadBalancer;
import software.amazon.awscdk.services.events.EventBus;
import software.amazon.awscdk.services.servicediscovery.PrivateDnsNamespace;
import software.amazon.awscdk.services.sns.Topic;
import software.amazon.awscdk.services.sqs.Queue;
import software.amazon.awscdk.services.stepfunctions.DefinitionBody;
import software.amazon.awscdk.services.stepfunctions.StateMachine;

/** The app of ../app.ts in Java, built from the packed jar beside aws-cdk-lib. */
class BindingsTest {
  private static final Map<String, Function<Stack, HttpRouteIntegration>> HTTP = new TreeMap<>();
  private static final Map<String, Function<Stack, WebSocketRouteIntegration>> WEB_SOCKET = new TreeMap<>();

  static {
    HTTP.put("HttpLambda", stack -> new HttpLambdaIntegration("Books", newFunction(stack), HttpLambdaIntegrationProps.builder()
        .payloadFormatVersion(PayloadFormatVersion.VERSION_1_0).timeout(Duration.seconds(30)).build()));
    HTTP.put("HttpLambdaApiPermission", stack -> new HttpLambdaIntegration("Books", newFunction(stack), HttpLambdaIntegrationProps.builder()
        .scopePermissionToRoute(false).build()));
    HTTP.put("HttpUrl", stack -> new HttpUrlIntegration("Books", "https://books.example.com/{id}", HttpUrlIntegrationProps.builder()
        .method(HttpMethod.GET).description("The book shop").build()));
    HTTP.put("HttpAlb", stack -> {
      var balancer = ApplicationLoadBalancer.Builder.create(stack, "Balancer").vpc(new Vpc(stack, "Vpc")).build();
      var listener = balancer.addListener("Listener", BaseApplicationListenerProps.builder().port(80).build());
      listener.addTargets("Targets", AddApplicationTargetsProps.builder().port(80).build());
      return new HttpAlbIntegration("Books", listener, HttpAlbIntegrationProps.builder().secureServerName("books.example.com").build());
    });
    HTTP.put("HttpNlb", stack -> {
      var balancer = NetworkLoadBalancer.Builder.create(stack, "Balancer").vpc(new Vpc(stack, "Vpc")).build();
      var listener = balancer.addListener("Listener", BaseNetworkListenerProps.builder().port(80).build());
      listener.addTargets("Targets", AddNetworkTargetsProps.builder().port(80).build());
      return new HttpNlbIntegration("Books", listener);
    });
    HTTP.put("HttpServiceDiscovery", stack -> {
      var vpc = new Vpc(stack, "Vpc");
      var namespace = PrivateDnsNamespace.Builder.create(stack, "Namespace").name("example.com").vpc(vpc).build();
      return new HttpServiceDiscoveryIntegration("Books", namespace.createService("Service"), HttpServiceDiscoveryIntegrationProps.builder()
          .vpcLink(VpcLink.Builder.create(stack, "Link").vpc(vpc).build()).build());
    });
    HTTP.put("ParameterMapping", stack -> new HttpUrlIntegration("Books", "https://books.example.com", HttpUrlIntegrationProps.builder()
        .parameterMapping(new ParameterMapping()
            .appendHeader("id", MappingValue.requestPathParam("id"))
            .overwriteQueryString("page", MappingValue.requestQueryString("p"))
            .custom("overwrite:header.stage", "$context.stage"))
        .build()));
    HTTP.put("PermissionScope", stack -> new HttpLambdaIntegration("Books", newFunction(stack), HttpLambdaIntegrationProps.builder()
        .permissionScope(LambdaPermissionScope.ROUTE_KEY).build()));
    HTTP.put("ResponseMapping", stack -> new HttpUrlIntegration("Books", "https://books.example.com", HttpUrlIntegrationProps.builder()
        .responseParameterMapping(Map.of("200", new ResponseParameterMapping()
            .overwriteStatusCode(201)
            .appendHeader("x-request-id", ResponseMappingValue.contextVariable("requestId"))
            .removeHeader("server")))
        .build()));
    HTTP.put("HttpSqs", stack -> new HttpSqsIntegration("Books", HttpSqsIntegrationProps.builder()
        .queue(new Queue(stack, "Queue")).messageBody(MappingValue.requestBody("book")).build()));
    HTTP.put("PrivateOptions", stack -> {
      var vpc = new Vpc(stack, "Vpc");
      var listener = NetworkLoadBalancer.Builder.create(stack, "Balancer").vpc(vpc).build()
          .addListener("Listener", BaseNetworkListenerProps.builder().port(80).build());
      listener.addTargets("Targets", AddNetworkTargetsProps.builder().port(80).build());
      return new HttpNlbIntegration("Books", listener, HttpNlbIntegrationProps.builder()
          .method(HttpMethod.GET)
          .vpcLinkName("books")
          .subnets(SubnetSelection.builder().subnetType(SubnetType.PUBLIC).build())
          .securityGroups(List.of(SecurityGroup.Builder.create(stack, "LinkGroup").vpc(vpc).build()))
          .build());
    });
    HTTP.put("ServiceOptions", stack -> new HttpSqsIntegration("Books", HttpSqsIntegrationProps.builder()
        .queue(new Queue(stack, "Queue"))
        .subtype(HttpIntegrationSubtype.SQS_RECEIVE_MESSAGE)
        .maxNumberOfMessages(MappingValue.custom("5"))
        .role(newRole(stack))
        .region("eu-west-1")
        .scope(stack)
        .build()));

    WEB_SOCKET.put("WebSocketLambda", stack -> new WebSocketLambdaIntegration("Send", newFunction(stack), WebSocketLambdaIntegrationProps.builder()
        .timeout(Duration.seconds(5)).contentHandling(ContentHandling.CONVERT_TO_BINARY).build()));
    WEB_SOCKET.put("WebSocketMock", stack -> new WebSocketMockIntegration("Send", WebSocketMockIntegrationProps.builder()
        .requestTemplates(Map.of("application/json", "{\"statusCode\":200}")).templateSelectionExpression("\\$default").build()));
    WEB_SOCKET.put("WebSocketAws", stack -> new WebSocketAwsIntegration("Send", WebSocketAwsIntegrationProps.builder()
        .integrationUri("arn:aws:apigateway:" + stack.getRegion() + ":dynamodb:action/PutItem")
        .integrationMethod("POST")
        .credentialsRole(newRole(stack))
        .passthroughBehavior(PassthroughBehavior.NEVER)
        .build()));
    WEB_SOCKET.put("WebSocketSqs", stack -> new WebSocketSqsIntegration("Send", new Queue(stack, "Queue"), WebSocketSqsIntegrationProps.builder()
        .integrationResponses(List.of(
            WebSocketIntegrationResponse.builder()
                .integrationResponseKey(WebSocketIntegrationResponseKey.DEFAULT)
                .responseTemplates(Map.of("$default", "{\"queued\": true}"))
                .build(),
            WebSocketIntegrationResponse.builder().integrationResponseKey(WebSocketIntegrationResponseKey.fromStatusCode(404)).build()))
        .build()));
    WEB_SOCKET.put("WebSocketLambdaResponses", stack -> new WebSocketLambdaIntegration("Send", newFunction(stack), WebSocketLambdaIntegrationProps.builder()
        .proxy(false)
        .requestTemplates(Map.of("$default", "{\"body\": $input.json(\"$\")}"))
        .integrationResponses(List.of(WebSocketIntegrationResponse.builder()
            .integrationResponseKey(WebSocketIntegrationResponseKey.SUCCESS)
            .responseParameters(Map.of("route.response.header.X-Id", "integration.response.header.X-Id"))
            .contentHandling(ContentHandling.CONVERT_TO_TEXT)
            .build()))
        .build()));
    WEB_SOCKET.put("WebSocketHttpResponses", stack -> new WebSocketHttpIntegration("Send", "https://books.example.com", WebSocketHttpIntegrationProps.builder()
        .proxy(false)
        .method(HttpMethod.POST)
        .integrationResponses(List.of(
            WebSocketIntegrationResponse.builder().integrationResponseKey(WebSocketIntegrationResponseKey.fromStatusRegExp("[23]\\d\\d")).build(),
            WebSocketIntegrationResponse.builder()
                .integrationResponseKey(WebSocketIntegrationResponseKey.CLIENT_ERROR).responseTemplates(Map.of("$default", "{}")).build()))
        .build()));
    WEB_SOCKET.put("WebSocketSns", stack -> new WebSocketSnsIntegration("Send", new Topic(stack, "Topic")));
    WEB_SOCKET.put("WebSocketStepFunctions", stack -> new WebSocketStepFunctionsIntegration("Send",
        StateMachine.Builder.create(stack, "Machine").definitionBody(DefinitionBody.fromString("{}")).build(),
        WebSocketStepFunctionsIntegrationProps.builder().action(WebSocketStepFunctionsAction.STOP_EXECUTION).build()));
    WEB_SOCKET.put("WebSocketEventBridge", stack -> new WebSocketEventBridgeIntegration("Send", new EventBus(stack, "Bus"),
        WebSocketEventBridgeIntegrationProps.builder().source("shop").detailType("Order").build()));
    WEB_SOCKET.put("WebSocketKinesis", stack -> new WebSocketKinesisIntegration("Send", new software.amazon.awscdk.services.kinesis.Stream(stack, "Stream"),
        WebSocketKinesisIntegrationProps.builder().partitionKey("$context.apiId").build()));
    WEB_SOCKET.put("WebSocketDynamoDb", stack -> new WebSocketDynamoDbIntegration("Send", newTable(stack), WebSocketDynamoDbIntegrationProps.builder()
        .action(WebSocketDynamoDbAction.QUERY)
        .indexName("by-author")
        .requestTemplates(Map.of("$default", "{\"TableName\": \"books\"}"))
        .build()));
  }

  private static HttpRoute addHttpRoute(Stack stack, HttpRouteIntegration integration) {
    return new HttpApi(stack, "Api").addRoutes(AddRoutesOptions.builder()
        .path("/books/{id}").methods(List.of(HttpMethod.GET)).integration(integration).build()).get(0);
  }

  private static Map<String, JsonNode> templatesOf(Path folder) throws IOException {
    Map<String, JsonNode> templates = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(it -> it.toString().endsWith(".template.json")).toList()) {
        templates.put(file.getFileName().toString(), new ObjectMapper().readTree(file.toFile()));
      }
    }
    return templates;
  }

  @TestFactory
  Stream<DynamicTest> templatesEqualThoseOfTypeScript(@TempDir Path out) throws IOException {
    var app = new App(AppProps.builder().outdir(out.toString()).analyticsReporting(false).build());
    HTTP.forEach((name, integrationIn) -> {
      var stack = new Stack(app, name);
      addHttpRoute(stack, integrationIn.apply(stack));
    });
    WEB_SOCKET.forEach((name, integrationIn) -> {
      var stack = new Stack(app, name);
      new WebSocketApi(stack, "Api").addRoute("send", WebSocketRouteOptions.builder().integration(integrationIn.apply(stack)).build());
    });
    Aspects.of(app).add(new ApiGatewayV2Checks());
    app.synth();
    var expected = templatesOf(Path.of(System.getenv("TYPESCRIPT_OUT")));
    var actual = templatesOf(out);
    assertEquals(HTTP.size() + WEB_SOCKET.size(), expected.size());
    assertEquals(expected.keySet(), actual.keySet());
    return expected.keySet().stream().map(name -> DynamicTest.dynamicTest(name, () -> assertEquals(expected.get(name), actual.get(name))));
  }

  @TestFactory
  Stream<DynamicTest> theReadmeHasTheTemplatesOfTypeScript(@TempDir Path out) throws IOException {
    var sections = new ObjectMapper().readTree(Path.of(System.getenv("TYPESCRIPT_OUT"), "readme.json").toFile());
    assertTrue(sections.size() > 0);
    return sections.properties().stream().map(section -> DynamicTest.dynamicTest(section.getKey(), () -> {
      var app = new App(AppProps.builder().outdir(out.toString()).analyticsReporting(false).build());
      new Readme(app).build(section.getKey());
      app.synth();
      assertEquals(section.getValue().get("template"), templatesOf(out).get("Readme.template.json"));
    }));
  }

  @Test
  void anErrorReachesTheCallerWithItsRule() {
    var error = assertThrows(RuntimeException.class, () -> addHttpRoute(new Stack(new App(), "Stack"), new HttpUrlIntegration("Books", "books.example.com")));
    assertTrue(error.getMessage().matches("(?s).*Stack/.*Books.*\\[rule http-url\\].*"), error.getMessage());
  }

  @Test
  void aDirectCallOfBindReturnsTheConfig() {
    var stack = new Stack(new App(), "Stack");
    var route = addHttpRoute(stack, new HttpUrlIntegration("Books", "https://books.example.com"));
    var config = new HttpUrlIntegration("Other", "https://other.example.com")
        .bind(HttpRouteIntegrationBindOptions.builder().route(route).scope(stack).build());
    assertEquals("https://other.example.com", config.getUri());
    assertEquals(HttpIntegrationType.HTTP_PROXY, config.getType());
    assertEquals(HttpMethod.ANY, config.getMethod());
  }

  @Test
  void theIntegrationIdCanBeReadAfterBinding() {
    var integration = new HttpUrlIntegration("Books", "https://books.example.com");
    assertThrows(RuntimeException.class, integration::getIntegrationId);
    addHttpRoute(new Stack(new App(), "Stack"), integration);
    assertTrue(integration.getIntegrationId().contains("Token"), integration.getIntegrationId());
  }

  @Test
  void theChecksJudgeClassesOfAwsCdkLib() {
    var app = new App();
    var stack = new Stack(app, "Stack");
    addHttpRoute(stack, new software.amazon.awscdk.aws_apigatewayv2_integrations.HttpUrlIntegration("Books", "books.example.com"));
    Aspects.of(app).add(new ApiGatewayV2Checks(ApiGatewayV2ChecksProps.builder().exclude(List.of("path-variable")).errorsAsWarnings(true).build()));
    var warnings = Annotations.fromStack(stack).findWarning("*", Match.stringLikeRegexp(".*\\[rule http-url\\]"));
    assertEquals(1, warnings.size());
  }

  /** The class is in the package without a name, as the README has it. */
  @Test
  void theAppOfTheReadmeHasTheTemplateOfTypeScript() throws Exception {
    Class.forName("Shop").getMethod("main", String[].class).invoke(null, (Object) new String[0]);
    var json = new ObjectMapper();
    var template = "Shop.template.json";
    assertEquals(
        json.readTree(Path.of(System.getenv("TYPESCRIPT_OUT"), "app", template).toFile()),
        json.readTree(Path.of(System.getenv("CDK_OUTDIR"), template).toFile()));
  }

  /** A class of the user's own. */
  private static final class Shop extends HttpUrlIntegration {
    private final List<String> bound = new ArrayList<>();

    private Shop(String id) {
      super(id, "https://books.example.com");
    }

    @Override
    public HttpRouteIntegrationConfig bind(HttpRouteIntegrationBindOptions options) {
      bound.add(options.getRoute().getPath());
      return super.bind(options);
    }
  }

  @Test
  void aSubclassOfTheUserOverridesBind() {
    var shop = new Shop("Books");
    addHttpRoute(new Stack(new App(), "Stack"), shop);
    assertEquals(List.of("/books/{id}"), shop.bound);
  }
}
