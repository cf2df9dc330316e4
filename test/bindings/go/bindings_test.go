// The app of ../app.ts in Go, built from the packed module beside aws-cdk-go.
package shop

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/assertions"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsapigatewayv2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsapigatewayv2integrations"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsdynamodb"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsevents"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/aws-cdk-go/awscdk/v2/awskinesis"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslambda"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsservicediscovery"
	"github.com/aws/aws-cdk-go/awscdk/v2/awssns"
	"github.com/aws/aws-cdk-go/awscdk/v2/awssqs"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsstepfunctions"
	"github.com/aws/jsii-runtime-go"
	integrations "github.com/cdk-apigatewayv2/integrations-go/apigatewayv2integrations"
)

func newFunction(stack awscdk.Stack) awslambda.Function {
	return awslambda.NewFunction(stack, jsii.String("Handler"), &awslambda.FunctionProps{
		Runtime: awslambda.Runtime_NODEJS_22_X(),
		Handler: jsii.String("index.handler"),
		Code:    awslambda.Code_FromInline(jsii.String("exports.handler = async () => ({});")),
	})
}

func newRole(stack awscdk.Stack) awsiam.Role {
	return awsiam.NewRole(stack, jsii.String("Role"), &awsiam.RoleProps{
		AssumedBy: awsiam.NewServicePrincipal(jsii.String("apigateway.amazonaws.com"), nil),
	})
}

func newTable(stack awscdk.Stack) awsdynamodb.Table {
	return awsdynamodb.NewTable(stack, jsii.String("Table"), &awsdynamodb.TableProps{
		PartitionKey: &awsdynamodb.Attribute{Name: jsii.String("id"), Type: awsdynamodb.AttributeType_STRING},
	})
}

func targets() *awselasticloadbalancingv2.AddApplicationTargetsProps {
	return &awselasticloadbalancingv2.AddApplicationTargetsProps{Port: jsii.Number(80)}
}

var http = map[string]func(awscdk.Stack) awsapigatewayv2.HttpRouteIntegration{
	"HttpLambda": func(stack awscdk.Stack) awsapigatewayv2.HttpRouteIntegration {
		return integrations.NewHttpLambdaIntegration(jsii.String("Books"), newFunction(stack), &integrations.HttpLambdaIntegrationProps{
			PayloadFormatVersion: awsapigatewayv2.PayloadFormatVersion_VERSION_1_0(),
			Timeout:              awscdk.Duration_Seconds(jsii.Number(30)),
		})
	},
	"HttpLambdaApiPermission": func(stack awscdk.Stack) awsapigatewayv2.HttpRouteIntegration {
		return integrations.NewHttpLambdaIntegration(jsii.String("Books"), newFunction(stack), &integrations.HttpLambdaIntegrationProps{
			ScopePermissionToRoute: jsii.Bool(false),
		})
	},
	"HttpUrl": func(stack awscdk.Stack) awsapigatewayv2.HttpRouteIntegration {
		return integrations.NewHttpUrlIntegration(jsii.String("Books"), jsii.String("https://books.example.com/{id}"), &integrations.HttpUrlIntegrationProps{
			Method:      awsapigatewayv2.HttpMethod_GET,
			Description: jsii.String("The book shop"),
		})
	},
	"HttpAlb": func(stack awscdk.Stack) awsapigatewayv2.HttpRouteIntegration {
		balancer := awselasticloadbalancingv2.NewApplicationLoadBalancer(stack, jsii.String("Balancer"), &awselasticloadbalancingv2.ApplicationLoadBalancerProps{
			Vpc: awsec2.NewVpc(stack, jsii.String("Vpc"), nil),
		})
		listener := balancer.AddListener(jsii.String("Listener"), &awselasticloadbalancingv2.BaseApplicationListenerProps{Port: jsii.Number(80)})
		listener.AddTargets(jsii.String("Targets"), targets())
		return integrations.NewHttpAlbIntegration(jsii.String("Books"), listener, &integrations.HttpAlbIntegrationProps{
			SecureServerName: jsii.String("books.example.com"),
		})
	},
	"HttpNlb": func(stack awscdk.Stack) awsapigatewayv2.HttpRouteIntegration {
		balancer := awselasticloadbalancingv2.NewNetworkLoadBalancer(stack, jsii.String("Balancer"), &awselasticloadbalancingv2.NetworkLoadBalancerProps{
			Vpc: awsec2.NewVpc(stack, jsii.String("Vpc"), nil),
		})
		listener := balancer.AddListener(jsii.String("Listener"), &awselasticloadbalancingv2.BaseNetworkListenerProps{Port: jsii.Number(80)})
		listener.AddTargets(jsii.String("Targets"), &awselasticloadbalancingv2.AddNetworkTargetsProps{Port: jsii.Number(80)})
		return integrations.NewHttpNlbIntegration(jsii.String("Books"), listener, nil)
	},
	"HttpServiceDiscovery": func(stack awscdk.Stack) awsapigatewayv2.HttpRouteIntegration {
		vpc := awsec2.NewVpc(stack, jsii.String("Vpc"), nil)
		namespace := awsservicediscovery.NewPrivateDnsNamespace(stack, jsii.String("Namespace"), &awsservicediscovery.PrivateDnsNamespaceProps{
			Name: jsii.String("example.com"), Vpc: vpc,
		})
		service := namespace.CreateService(jsii.String("Service"), nil)
		return integrations.NewHttpServiceDiscoveryIntegration(jsii.String("Books"), service, &integrations.HttpServiceDiscoveryIntegrationProps{
			VpcLink: awsapigatewayv2.NewVpcLink(stack, jsii.String("Link"), &awsapigatewayv2.VpcLinkProps{Vpc: vpc}),
		})
	},
	"ParameterMapping": func(stack awscdk.Stack) awsapigatewayv2.HttpRouteIntegration {
		mapping := awsapigatewayv2.NewParameterMapping()
		mapping.AppendHeader(jsii.String("id"), awsapigatewayv2.MappingValue_RequestPathParam(jsii.String("id"))).
			OverwriteQueryString(jsii.String("page"), awsapigatewayv2.MappingValue_RequestQueryString(jsii.String("p"))).
			Custom(jsii.String("overwrite:header.stage"), jsii.String("$context.stage"))
		return integrations.NewHttpUrlIntegration(jsii.String("Books"), jsii.String("https://books.example.com"), &integrations.HttpUrlIntegrationProps{
			ParameterMapping: mapping,
		})
	},
	"PermissionScope": func(stack awscdk.Stack) awsapigatewayv2.HttpRouteIntegration {
		return integrations.NewHttpLambdaIntegration(jsii.String("Books"), newFunction(stack), &integrations.HttpLambdaIntegrationProps{
			PermissionScope: integrations.LambdaPermissionScope_ROUTE_KEY,
		})
	},
	"ResponseMapping": func(stack awscdk.Stack) awsapigatewayv2.HttpRouteIntegration {
		mapping := integrations.NewResponseParameterMapping().
			OverwriteStatusCode(jsii.Number(201)).
			AppendHeader(jsii.String("x-request-id"), integrations.ResponseMappingValue_ContextVariable(jsii.String("requestId"))).
			RemoveHeader(jsii.String("server"))
		return integrations.NewHttpUrlIntegration(jsii.String("Books"), jsii.String("https://books.example.com"), &integrations.HttpUrlIntegrationProps{
			ResponseParameterMapping: &map[string]integrations.ResponseParameterMapping{"200": mapping},
		})
	},
	"HttpSqs": func(stack awscdk.Stack) awsapigatewayv2.HttpRouteIntegration {
		return integrations.NewHttpSqsIntegration(jsii.String("Books"), &integrations.HttpSqsIntegrationProps{
			Queue:       awssqs.NewQueue(stack, jsii.String("Queue"), nil),
			MessageBody: awsapigatewayv2.MappingValue_RequestBody(jsii.String("book")),
		})
	},
	"PrivateOptions": func(stack awscdk.Stack) awsapigatewayv2.HttpRouteIntegration {
		vpc := awsec2.NewVpc(stack, jsii.String("Vpc"), nil)
		listener := awselasticloadbalancingv2.NewNetworkLoadBalancer(stack, jsii.String("Balancer"), &awselasticloadbalancingv2.NetworkLoadBalancerProps{Vpc: vpc}).
			AddListener(jsii.String("Listener"), &awselasticloadbalancingv2.BaseNetworkListenerProps{Port: jsii.Number(80)})
		listener.AddTargets(jsii.String("Targets"), &awselasticloadbalancingv2.AddNetworkTargetsProps{Port: jsii.Number(80)})
		return integrations.NewHttpNlbIntegration(jsii.String("Books"), listener, &integrations.HttpNlbIntegrationProps{
			Method:         awsapigatewayv2.HttpMethod_GET,
			VpcLinkName:    jsii.String("books"),
			Subnets:        &awsec2.SubnetSelection{SubnetType: awsec2.SubnetType_PUBLIC},
			SecurityGroups: &[]awsec2.ISecurityGroup{awsec2.NewSecurityGroup(stack, jsii.String("LinkGroup"), &awsec2.SecurityGroupProps{Vpc: vpc})},
		})
	},
	"ServiceOptions": func(stack awscdk.Stack) awsapigatewayv2.HttpRouteIntegration {
		return integrations.NewHttpSqsIntegration(jsii.String("Books"), &integrations.HttpSqsIntegrationProps{
			Queue:               awssqs.NewQueue(stack, jsii.String("Queue"), nil),
			Subtype:             awsapigatewayv2.HttpIntegrationSubtype_SQS_RECEIVE_MESSAGE,
			MaxNumberOfMessages: awsapigatewayv2.MappingValue_Custom(jsii.String("5")),
			Role:                newRole(stack),
			Region:              jsii.String("eu-west-1"),
			Scope:               stack,
		})
	},
}

var webSocket = map[string]func(awscdk.Stack) awsapigatewayv2.WebSocketRouteIntegration{
	"WebSocketLambda": func(stack awscdk.Stack) awsapigatewayv2.WebSocketRouteIntegration {
		return integrations.NewWebSocketLambdaIntegration(jsii.String("Send"), newFunction(stack), &integrations.WebSocketLambdaIntegrationProps{
			Timeout:         awscdk.Duration_Seconds(jsii.Number(5)),
			ContentHandling: awsapigatewayv2.ContentHandling_CONVERT_TO_BINARY,
		})
	},
	"WebSocketMock": func(stack awscdk.Stack) awsapigatewayv2.WebSocketRouteIntegration {
		return integrations.NewWebSocketMockIntegration(jsii.String("Send"), &integrations.WebSocketMockIntegrationProps{
			RequestTemplates:            &map[string]*string{"application/json": jsii.String(`{"statusCode":200}`)},
			TemplateSelectionExpression: jsii.String(`\$default`),
		})
	},
	"WebSocketAws": func(stack awscdk.Stack) awsapigatewayv2.WebSocketRouteIntegration {
		return integrations.NewWebSocketAwsIntegration(jsii.String("Send"), &integrations.WebSocketAwsIntegrationProps{
			IntegrationUri:      jsii.String(fmt.Sprintf("arn:aws:apigateway:%s:dynamodb:action/PutItem", *stack.Region())),
			IntegrationMethod:   jsii.String("POST"),
			CredentialsRole:     newRole(stack),
			PassthroughBehavior: awsapigatewayv2.PassthroughBehavior_NEVER,
		})
	},
	"WebSocketSqs": func(stack awscdk.Stack) awsapigatewayv2.WebSocketRouteIntegration {
		return integrations.NewWebSocketSqsIntegration(jsii.String("Send"), awssqs.NewQueue(stack, jsii.String("Queue"), nil), &integrations.WebSocketSqsIntegrationProps{
			IntegrationResponses: &[]*integrations.WebSocketIntegrationResponse{
				{
					IntegrationResponseKey: integrations.WebSocketIntegrationResponseKey_DEFAULT(),
					ResponseTemplates:      &map[string]*string{"$default": jsii.String(`{"queued": true}`)},
				},
				{IntegrationResponseKey: integrations.WebSocketIntegrationResponseKey_FromStatusCode(jsii.Number(404))},
			},
		})
	},
	"WebSocketLambdaResponses": func(stack awscdk.Stack) awsapigatewayv2.WebSocketRouteIntegration {
		return integrations.NewWebSocketLambdaIntegration(jsii.String("Send"), newFunction(stack), &integrations.WebSocketLambdaIntegrationProps{
			Proxy:            jsii.Bool(false),
			RequestTemplates: &map[string]*string{"$default": jsii.String(`{"body": $input.json("$")}`)},
			IntegrationResponses: &[]*integrations.WebSocketIntegrationResponse{{
				IntegrationResponseKey: integrations.WebSocketIntegrationResponseKey_SUCCESS(),
				ResponseParameters:     &map[string]*string{"route.response.header.X-Id": jsii.String("integration.response.header.X-Id")},
				ContentHandling:        awsapigatewayv2.ContentHandling_CONVERT_TO_TEXT,
			}},
		})
	},
	"WebSocketHttpResponses": func(stack awscdk.Stack) awsapigatewayv2.WebSocketRouteIntegration {
		return integrations.NewWebSocketHttpIntegration(jsii.String("Send"), jsii.String("https://books.example.com"), &integrations.WebSocketHttpIntegrationProps{
			Proxy:  jsii.Bool(false),
			Method: awsapigatewayv2.HttpMethod_POST,
			IntegrationResponses: &[]*integrations.WebSocketIntegrationResponse{
				{IntegrationResponseKey: integrations.WebSocketIntegrationResponseKey_FromStatusRegExp(jsii.String(`[23]\d\d`))},
				{
					IntegrationResponseKey: integrations.WebSocketIntegrationResponseKey_CLIENT_ERROR(),
					ResponseTemplates:      &map[string]*string{"$default": jsii.String("{}")},
				},
			},
		})
	},
	"WebSocketSns": func(stack awscdk.Stack) awsapigatewayv2.WebSocketRouteIntegration {
		return integrations.NewWebSocketSnsIntegration(jsii.String("Send"), awssns.NewTopic(stack, jsii.String("Topic"), nil), nil)
	},
	"WebSocketStepFunctions": func(stack awscdk.Stack) awsapigatewayv2.WebSocketRouteIntegration {
		machine := awsstepfunctions.NewStateMachine(stack, jsii.String("Machine"), &awsstepfunctions.StateMachineProps{
			DefinitionBody: awsstepfunctions.DefinitionBody_FromString(jsii.String("{}")),
		})
		return integrations.NewWebSocketStepFunctionsIntegration(jsii.String("Send"), machine, &integrations.WebSocketStepFunctionsIntegrationProps{
			Action: integrations.WebSocketStepFunctionsAction_STOP_EXECUTION,
		})
	},
	"WebSocketEventBridge": func(stack awscdk.Stack) awsapigatewayv2.WebSocketRouteIntegration {
		bus := awsevents.NewEventBus(stack, jsii.String("Bus"), nil)
		return integrations.NewWebSocketEventBridgeIntegration(jsii.String("Send"), bus, &integrations.WebSocketEventBridgeIntegrationProps{
			Source: jsii.String("shop"), DetailType: jsii.String("Order"),
		})
	},
	"WebSocketKinesis": func(stack awscdk.Stack) awsapigatewayv2.WebSocketRouteIntegration {
		stream := awskinesis.NewStream(stack, jsii.String("Stream"), nil)
		return integrations.NewWebSocketKinesisIntegration(jsii.String("Send"), stream, &integrations.WebSocketKinesisIntegrationProps{
			PartitionKey: jsii.String("$context.apiId"),
		})
	},
	"WebSocketDynamoDb": func(stack awscdk.Stack) awsapigatewayv2.WebSocketRouteIntegration {
		return integrations.NewWebSocketDynamoDbIntegration(jsii.String("Send"), newTable(stack), &integrations.WebSocketDynamoDbIntegrationProps{
			Action:           integrations.WebSocketDynamoDbAction_QUERY,
			IndexName:        jsii.String("by-author"),
			RequestTemplates: &map[string]*string{"$default": jsii.String(`{"TableName": "books"}`)},
		})
	},
}

func addHttpRoute(stack awscdk.Stack, integration awsapigatewayv2.HttpRouteIntegration) awsapigatewayv2.HttpRoute {
	api := awsapigatewayv2.NewHttpApi(stack, jsii.String("Api"), nil)
	return (*api.AddRoutes(&awsapigatewayv2.AddRoutesOptions{
		Path:        jsii.String("/books/{id}"),
		Methods:     &[]awsapigatewayv2.HttpMethod{awsapigatewayv2.HttpMethod_GET},
		Integration: integration,
	}))[0]
}

func templatesOf(t *testing.T, folder string) map[string]any {
	files, err := filepath.Glob(filepath.Join(folder, "*.template.json"))
	if err != nil {
		t.Fatal(err)
	}
	templates := map[string]any{}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var template any
		if err := json.Unmarshal(text, &template); err != nil {
			t.Fatal(err)
		}
		templates[filepath.Base(file)] = template
	}
	return templates
}

func TestTemplatesEqualThoseOfTypeScript(t *testing.T) {
	out := t.TempDir()
	app := awscdk.NewApp(&awscdk.AppProps{Outdir: jsii.String(out), AnalyticsReporting: jsii.Bool(false)})
	for name, integrationIn := range http {
		stack := awscdk.NewStack(app, jsii.String(name), nil)
		addHttpRoute(stack, integrationIn(stack))
	}
	for name, integrationIn := range webSocket {
		stack := awscdk.NewStack(app, jsii.String(name), nil)
		awsapigatewayv2.NewWebSocketApi(stack, jsii.String("Api"), nil).AddRoute(jsii.String("send"), &awsapigatewayv2.WebSocketRouteOptions{
			Integration: integrationIn(stack),
		})
	}
	awscdk.Aspects_Of(app).Add(integrations.NewApiGatewayV2Checks(nil), nil)
	app.Synth(nil)
	expected := templatesOf(t, os.Getenv("TYPESCRIPT_OUT"))
	actual := templatesOf(t, out)
	if len(expected) != len(http)+len(webSocket) || len(actual) != len(expected) {
		t.Fatalf("%d templates, expected %d", len(actual), len(expected))
	}
	for name, template := range expected {
		t.Run(name, func(t *testing.T) {
			if !reflect.DeepEqual(actual[name], template) {
				t.Errorf("differs: %v", actual[name])
			}
		})
	}
}

func TestErrorReachesTheCallerWithItsRule(t *testing.T) {
	defer func() {
		message := fmt.Sprint(recover())
		if !regexp.MustCompile(`Stack/.*Books.*\[rule http-url\]`).MatchString(message) {
			t.Errorf("found %s", message)
		}
	}()
	addHttpRoute(awscdk.NewStack(awscdk.NewApp(nil), jsii.String("Stack"), nil),
		integrations.NewHttpUrlIntegration(jsii.String("Books"), jsii.String("books.example.com"), nil))
	t.Error("nothing was thrown")
}

func TestDirectCallOfBindReturnsTheConfig(t *testing.T) {
	stack := awscdk.NewStack(awscdk.NewApp(nil), jsii.String("Stack"), nil)
	route := addHttpRoute(stack, integrations.NewHttpUrlIntegration(jsii.String("Books"), jsii.String("https://books.example.com"), nil))
	config := integrations.NewHttpUrlIntegration(jsii.String("Other"), jsii.String("https://other.example.com"), nil).
		Bind(&awsapigatewayv2.HttpRouteIntegrationBindOptions{Route: route, Scope: stack})
	if *config.Uri != "https://other.example.com" || config.Type != awsapigatewayv2.HttpIntegrationType_HTTP_PROXY || config.Method != awsapigatewayv2.HttpMethod_ANY {
		t.Errorf("found %v", config)
	}
}

func TestIntegrationIdCanBeReadAfterBinding(t *testing.T) {
	integration := integrations.NewHttpUrlIntegration(jsii.String("Books"), jsii.String("https://books.example.com"), nil)
	addHttpRoute(awscdk.NewStack(awscdk.NewApp(nil), jsii.String("Stack"), nil), integration)
	if id := *integration.IntegrationId(); !strings.Contains(id, "Token") {
		t.Errorf("found %s", id)
	}
}

func TestChecksJudgeClassesOfAwsCdkLib(t *testing.T) {
	app := awscdk.NewApp(nil)
	stack := awscdk.NewStack(app, jsii.String("Stack"), nil)
	addHttpRoute(stack, awsapigatewayv2integrations.NewHttpUrlIntegration(jsii.String("Books"), jsii.String("books.example.com"), nil))
	awscdk.Aspects_Of(app).Add(integrations.NewApiGatewayV2Checks(&integrations.ApiGatewayV2ChecksProps{
		Exclude:          jsii.Strings("path-variable"),
		ErrorsAsWarnings: jsii.Bool(true),
	}), nil)
	warnings := assertions.Annotations_FromStack(stack).FindWarning(jsii.String("*"), assertions.Match_StringLikeRegexp(jsii.String(`.*\[rule http-url\]`)))
	if len(*warnings) != 1 {
		t.Errorf("found %d warnings", len(*warnings))
	}
}

// shop is a class of the user's own, which embeds one of the library.
type shop struct {
	integrations.HttpUrlIntegration
	bound []string
}

func (s *shop) Bind(options *awsapigatewayv2.HttpRouteIntegrationBindOptions) *awsapigatewayv2.HttpRouteIntegrationConfig {
	s.bound = append(s.bound, *options.Route.Path())
	return s.HttpUrlIntegration.Bind(options)
}

func TestSubclassOfTheUserOverridesBind(t *testing.T) {
	mine := &shop{}
	integrations.NewHttpUrlIntegration_Override(mine, jsii.String("Books"), jsii.String("https://books.example.com"), nil)
	addHttpRoute(awscdk.NewStack(awscdk.NewApp(nil), jsii.String("Stack"), nil), mine)
	if !reflect.DeepEqual(mine.bound, []string{"/books/{id}"}) {
		t.Errorf("found %v", mine.bound)
	}
}
