// The snippets of the README in Go, by the heading of their section.
package shop

import (
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsapigateway"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsapigatewayv2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsappconfig"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsdynamodb"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsevents"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/aws-cdk-go/awscdk/v2/awskinesis"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslambda"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsservicediscovery"
	"github.com/aws/aws-cdk-go/awscdk/v2/awssqs"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsstepfunctions"
	"github.com/aws/jsii-runtime-go"
	integrations "github.com/cdk-apigatewayv2/integrations-go/apigatewayv2integrations"
)

// surroundings is what the snippets take for granted, as in ../readme.ts.
type surroundings struct {
	app                  awscdk.App
	stack                awscdk.Stack
	api                  awsapigatewayv2.HttpApi
	webSocketApi         awsapigatewayv2.WebSocketApi
	fn                   awslambda.Function
	role                 awsiam.Role
	betaAlias, prodAlias awslambda.Alias
	vpc                  awsec2.Vpc
	vpcLink              awsapigatewayv2.VpcLink
	linkGroup            awsec2.SecurityGroup
	listenerArn          *string
	albListener          awselasticloadbalancingv2.ApplicationListener
	nlbListener          awselasticloadbalancingv2.NetworkListener
	networkLink          awsapigateway.VpcLink
	table                awsdynamodb.Table
	queue                awssqs.Queue
	stateMachine         awsstepfunctions.StateMachine
	eventBus             awsevents.EventBus
	stream               awskinesis.Stream
	application          awsappconfig.Application
	environment          awsappconfig.Environment
	configuration        awsappconfig.HostedConfiguration
	service              awsservicediscovery.Service
}

func surroundingsIn(app awscdk.App) surroundings {
	stack := awscdk.NewStack(app, jsii.String("Readme"), nil)
	vpc := awsec2.NewVpc(stack, jsii.String("Vpc"), nil)
	albListener := awselasticloadbalancingv2.NewApplicationLoadBalancer(stack, jsii.String("Alb"), &awselasticloadbalancingv2.ApplicationLoadBalancerProps{Vpc: vpc}).
		AddListener(jsii.String("Listener"), &awselasticloadbalancingv2.BaseApplicationListenerProps{Port: jsii.Number(80)})
	albListener.AddTargets(jsii.String("Targets"), targets())
	nlb := awselasticloadbalancingv2.NewNetworkLoadBalancer(stack, jsii.String("Nlb"), &awselasticloadbalancingv2.NetworkLoadBalancerProps{Vpc: vpc})
	nlbListener := nlb.AddListener(jsii.String("Listener"), &awselasticloadbalancingv2.BaseNetworkListenerProps{Port: jsii.Number(80)})
	nlbListener.AddTargets(jsii.String("Targets"), &awselasticloadbalancingv2.AddNetworkTargetsProps{Port: jsii.Number(80)})
	fn := newFunction(stack)
	application := awsappconfig.NewApplication(stack, jsii.String("Application"), nil)
	return surroundings{
		app:          app,
		stack:        stack,
		api:          awsapigatewayv2.NewHttpApi(stack, jsii.String("TheApi"), nil),
		webSocketApi: awsapigatewayv2.NewWebSocketApi(stack, jsii.String("TheWebSocketApi"), nil),
		fn:           fn,
		role:         newRole(stack),
		betaAlias:    fn.AddAlias(jsii.String("beta"), nil),
		prodAlias:    fn.AddAlias(jsii.String("prod"), nil),
		vpc:          vpc,
		vpcLink:      awsapigatewayv2.NewVpcLink(stack, jsii.String("Link"), &awsapigatewayv2.VpcLinkProps{Vpc: vpc}),
		linkGroup:    awsec2.NewSecurityGroup(stack, jsii.String("LinkGroup"), &awsec2.SecurityGroupProps{Vpc: vpc}),
		listenerArn:  jsii.String("arn:aws:elasticloadbalancing:eu-west-1:111111111111:listener/app/lb/1/2"),
		albListener:  albListener,
		nlbListener:  nlbListener,
		networkLink: awsapigateway.NewVpcLink(stack, jsii.String("NetworkLink"), &awsapigateway.VpcLinkProps{
			Targets: &[]awselasticloadbalancingv2.INetworkLoadBalancer{nlb},
		}),
		table: newTable(stack),
		queue: awssqs.NewQueue(stack, jsii.String("Queue"), nil),
		stateMachine: awsstepfunctions.NewStateMachine(stack, jsii.String("Machine"), &awsstepfunctions.StateMachineProps{
			DefinitionBody: awsstepfunctions.DefinitionBody_FromChainable(awsstepfunctions.NewPass(stack, jsii.String("Pass"), nil)),
		}),
		eventBus:    awsevents.NewEventBus(stack, jsii.String("Bus"), nil),
		stream:      awskinesis.NewStream(stack, jsii.String("Stream"), nil),
		application: application,
		environment: awsappconfig.NewEnvironment(stack, jsii.String("Environment"), &awsappconfig.EnvironmentProps{Application: application}),
		configuration: awsappconfig.NewHostedConfiguration(stack, jsii.String("Configuration"), &awsappconfig.HostedConfigurationProps{
			Application: application,
			Content:     awsappconfig.ConfigurationContent_FromInlineText(jsii.String("x")),
		}),
		service: awsservicediscovery.NewPrivateDnsNamespace(stack, jsii.String("Namespace"), &awsservicediscovery.PrivateDnsNamespaceProps{
			Name: jsii.String("example.com"), Vpc: vpc,
		}).CreateService(jsii.String("Service"), nil),
	}
}

var readme = map[string]func(surroundings){
	"Lambda": func(s surroundings) {
		s.api.AddRoutes(&awsapigatewayv2.AddRoutesOptions{
			Path:    jsii.String("/books/{id}"),
			Methods: &[]awsapigatewayv2.HttpMethod{awsapigatewayv2.HttpMethod_GET},
			Integration: integrations.NewHttpLambdaIntegration(jsii.String("Book"), s.fn, &integrations.HttpLambdaIntegrationProps{
				Timeout: awscdk.Duration_Seconds(jsii.Number(10)),
			}),
		})
		s.api.AddRoutes(&awsapigatewayv2.AddRoutesOptions{
			Path: jsii.String("/orders"),
			Integration: integrations.NewHttpLambdaIntegration(jsii.String("Orders"), s.fn, &integrations.HttpLambdaIntegrationProps{
				Role: s.role,
			}),
		})
		s.api.AddRoutes(&awsapigatewayv2.AddRoutesOptions{
			Path: jsii.String("/reports"),
			Integration: integrations.NewHttpLambdaIntegration(jsii.String("Reports"), s.fn, &integrations.HttpLambdaIntegrationProps{
				Credentials: awsapigatewayv2.IntegrationCredentials_UseCallerIdentity(),
			}),
		})
		s.api.AddRoutes(&awsapigatewayv2.AddRoutesOptions{
			Path: jsii.String("/books"),
			Integration: integrations.HttpLambdaIntegration_ForStageAlias(jsii.String("Books"), s.fn, &integrations.HttpLambdaStageAliasIntegrationProps{
				StageVariable: jsii.String("alias"),
				Aliases:       &[]awslambda.IAlias{s.betaAlias, s.prodAlias},
			}),
		})
	},
	"Many routes, one function": func(s surroundings) {
		shop := integrations.NewHttpLambdaIntegration(jsii.String("Shop"), s.fn, &integrations.HttpLambdaIntegrationProps{
			PermissionScope: integrations.LambdaPermissionScope_API,
		})
		s.api.AddRoutes(&awsapigatewayv2.AddRoutesOptions{Path: jsii.String("/books"), Integration: shop})
		s.api.AddRoutes(&awsapigatewayv2.AddRoutesOptions{Path: jsii.String("/orders"), Integration: shop})
	},
	"URL": func(s surroundings) {
		s.api.AddRoutes(&awsapigatewayv2.AddRoutesOptions{
			Path: jsii.String("/authors/{id}"),
			Integration: integrations.NewHttpUrlIntegration(jsii.String("Authors"), jsii.String("https://openlibrary.org/authors/{id}.json"), &integrations.HttpUrlIntegrationProps{
				Method: awsapigatewayv2.HttpMethod_GET,
			}),
		})
	},
	"Changing requests and responses": func(s surroundings) {
		s.api.AddRoutes(&awsapigatewayv2.AddRoutesOptions{
			Path: jsii.String("/authors/{id}"),
			Integration: integrations.NewHttpUrlIntegration(jsii.String("Authors"), jsii.String("https://openlibrary.org"), &integrations.HttpUrlIntegrationProps{
				ParameterMapping: awsapigatewayv2.NewParameterMapping().
					OverwritePath(awsapigatewayv2.MappingValue_Custom(jsii.String("/authors/${request.path.id}.json"))).
					AppendHeader(jsii.String("x-request-id"), awsapigatewayv2.MappingValue_ContextVariable(jsii.String("requestId"))).
					RemoveHeader(jsii.String("cookie")),
				ResponseParameterMapping: &map[string]integrations.ResponseParameterMapping{
					"200": integrations.NewResponseParameterMapping().
						RemoveHeader(jsii.String("server")).
						OverwriteHeader(jsii.String("cache-control"), integrations.ResponseMappingValue_Literal(jsii.String("max-age=3600"))),
					"302": integrations.NewResponseParameterMapping().OverwriteStatusCode(jsii.Number(404)),
				},
			}),
		})
	},
	"Load balancers": func(s surroundings) {
		s.api.AddRoutes(&awsapigatewayv2.AddRoutesOptions{
			Path: jsii.String("/inventory"),
			Integration: integrations.NewHttpAlbIntegration(jsii.String("Inventory"), s.albListener, &integrations.HttpAlbIntegrationProps{
				SecureServerName: jsii.String("inventory.example.com"),
				SecurityGroups:   &[]awsec2.ISecurityGroup{s.linkGroup},
				StripStage:       jsii.Bool(true),
			}),
		})
		s.api.AddRoutes(&awsapigatewayv2.AddRoutesOptions{
			Path:    jsii.String("/print"),
			Methods: &[]awsapigatewayv2.HttpMethod{awsapigatewayv2.HttpMethod_POST},
			Integration: integrations.NewHttpNlbIntegration(jsii.String("Printers"), s.nlbListener, &integrations.HttpNlbIntegrationProps{
				Timeout: awscdk.Duration_Seconds(jsii.Number(5)),
			}),
		})
		s.api.AddRoutes(&awsapigatewayv2.AddRoutesOptions{
			Path:        jsii.String("/legacy"),
			Integration: integrations.NewHttpVpcLinkIntegration(jsii.String("Legacy"), s.listenerArn, &integrations.HttpVpcLinkIntegrationProps{VpcLink: s.vpcLink}),
		})
	},
	"Cloud Map": func(s surroundings) {
		s.api.AddRoutes(&awsapigatewayv2.AddRoutesOptions{
			Path: jsii.String("/shipping"),
			Integration: integrations.NewHttpServiceDiscoveryIntegration(jsii.String("Shipping"), s.service, &integrations.HttpServiceDiscoveryIntegrationProps{
				Vpc:             s.vpc,
				InstanceFilters: &map[string]*string{"deployment": jsii.String("green")},
			}),
		})
	},
	"Amazon SQS": func(s surroundings) {
		s.api.AddRoutes(&awsapigatewayv2.AddRoutesOptions{
			Path:    jsii.String("/orders"),
			Methods: &[]awsapigatewayv2.HttpMethod{awsapigatewayv2.HttpMethod_POST},
			Integration: integrations.NewHttpSqsIntegration(jsii.String("Orders"), &integrations.HttpSqsIntegrationProps{
				Queue:       s.queue,
				MessageBody: awsapigatewayv2.MappingValue_Custom(jsii.String("$request.body")),
			}),
		})
	},
	"AWS Step Functions": func(s surroundings) {
		s.api.AddRoutes(&awsapigatewayv2.AddRoutesOptions{
			Path:    jsii.String("/orders"),
			Methods: &[]awsapigatewayv2.HttpMethod{awsapigatewayv2.HttpMethod_POST},
			Integration: integrations.NewHttpStepFunctionsIntegration(jsii.String("Fulfil"), &integrations.HttpStepFunctionsIntegrationProps{
				StateMachine: s.stateMachine,
				Input:        awsapigatewayv2.MappingValue_Custom(jsii.String("$request.body")),
			}),
		})
	},
	"Amazon EventBridge": func(s surroundings) {
		s.api.AddRoutes(&awsapigatewayv2.AddRoutesOptions{
			Path:    jsii.String("/orders"),
			Methods: &[]awsapigatewayv2.HttpMethod{awsapigatewayv2.HttpMethod_POST},
			Integration: integrations.NewHttpEventBridgeIntegration(jsii.String("Ordered"), &integrations.HttpEventBridgeIntegrationProps{
				EventBus:   s.eventBus,
				Detail:     awsapigatewayv2.MappingValue_Custom(jsii.String("$request.body")),
				DetailType: awsapigatewayv2.MappingValue_Custom(jsii.String("OrderPlaced")),
				Source:     awsapigatewayv2.MappingValue_Custom(jsii.String("shop")),
			}),
		})
	},
	"Amazon Kinesis": func(s surroundings) {
		s.api.AddRoutes(&awsapigatewayv2.AddRoutesOptions{
			Path:    jsii.String("/clicks"),
			Methods: &[]awsapigatewayv2.HttpMethod{awsapigatewayv2.HttpMethod_POST},
			Integration: integrations.NewHttpKinesisIntegration(jsii.String("Click"), &integrations.HttpKinesisIntegrationProps{
				Stream:       s.stream,
				PartitionKey: awsapigatewayv2.MappingValue_ContextVariable(jsii.String("requestId")),
			}),
		})
	},
	"AWS AppConfig": func(s surroundings) {
		s.api.AddRoutes(&awsapigatewayv2.AddRoutesOptions{
			Path:    jsii.String("/features"),
			Methods: &[]awsapigatewayv2.HttpMethod{awsapigatewayv2.HttpMethod_GET},
			Integration: integrations.NewHttpAppConfigIntegration(jsii.String("Features"), &integrations.HttpAppConfigIntegrationProps{
				Application:   s.application,
				Environment:   s.environment,
				Configuration: s.configuration,
				ClientId:      awsapigatewayv2.MappingValue_RequestHeader(jsii.String("client")),
			}),
		})
	},
	"Any other service": func(s surroundings) {
		s.api.AddRoutes(&awsapigatewayv2.AddRoutesOptions{
			Path:    jsii.String("/orders"),
			Methods: &[]awsapigatewayv2.HttpMethod{awsapigatewayv2.HttpMethod_DELETE},
			Integration: integrations.NewHttpAwsServiceIntegration(jsii.String("Purge"), &integrations.HttpAwsServiceIntegrationProps{
				Subtype:          jsii.String("SQS-PurgeQueue"),
				ParameterMapping: awsapigatewayv2.NewParameterMapping().Custom(jsii.String("QueueUrl"), s.queue.QueueUrl()),
				PolicyStatements: &[]awsiam.PolicyStatement{awsiam.NewPolicyStatement(&awsiam.PolicyStatementProps{
					Actions:   jsii.Strings("sqs:PurgeQueue"),
					Resources: &[]*string{s.queue.QueueArn()},
				})},
			}),
		})
	},
	"WebSocket mock": func(s surroundings) {
		s.webSocketApi.AddRoute(jsii.String("ping"), &awsapigatewayv2.WebSocketRouteOptions{
			ReturnResponse: jsii.Bool(true),
			Integration: integrations.NewWebSocketMockIntegration(jsii.String("Ping"), &integrations.WebSocketMockIntegrationProps{
				RequestTemplates:            &map[string]*string{"$default": jsii.String(`{"statusCode": 200}`)},
				TemplateSelectionExpression: jsii.String(`\$default`),
				IntegrationResponses: &[]*integrations.WebSocketIntegrationResponse{{
					IntegrationResponseKey:      integrations.WebSocketIntegrationResponseKey_DEFAULT(),
					ResponseTemplates:           &map[string]*string{"$default": jsii.String(`{"pong": "$context.connectionId"}`)},
					TemplateSelectionExpression: jsii.String(`\$default`),
				}},
			}),
		})
	},
	"WebSocket Lambda": func(s surroundings) {
		s.webSocketApi.AddRoute(jsii.String("subscribe"), &awsapigatewayv2.WebSocketRouteOptions{
			Integration:    integrations.NewWebSocketLambdaIntegration(jsii.String("Subscribe"), s.fn, nil),
			ReturnResponse: jsii.Bool(true),
		})
	},
	"WebSocket HTTP": func(s surroundings) {
		s.webSocketApi.AddRoute(jsii.String("publish"), &awsapigatewayv2.WebSocketRouteOptions{
			Integration: integrations.NewWebSocketHttpIntegration(jsii.String("Publish"), jsii.String("http://internal.example.com/messages"), &integrations.WebSocketHttpIntegrationProps{
				Method:            awsapigatewayv2.HttpMethod_POST,
				VpcLink:           s.networkLink,
				RequestParameters: &map[string]*string{"integration.request.header.X-Connection": jsii.String("context.connectionId")},
			}),
		})
	},
	"WebSocket services": func(s surroundings) {
		s.webSocketApi.AddRoute(jsii.String("work"), &awsapigatewayv2.WebSocketRouteOptions{
			Integration: integrations.NewWebSocketSqsIntegration(jsii.String("Work"), s.queue, nil),
		})
		s.webSocketApi.AddRoute(jsii.String("say"), &awsapigatewayv2.WebSocketRouteOptions{
			Integration: integrations.NewWebSocketDynamoDbIntegration(jsii.String("Say"), s.table, &integrations.WebSocketDynamoDbIntegrationProps{
				RequestTemplates: &map[string]*string{
					"$default": jsii.String(`{"TableName": "messages", "Item": {"id": {"S": "$context.requestId"}, "text": {"S": "$util.escapeJavaScript($input.body).replaceAll("\\'","'")"}}}`),
				},
			}),
		})
	},
	"WebSocket AWS": func(s surroundings) {
		s.webSocketApi.AddRoute(jsii.String("store"), &awsapigatewayv2.WebSocketRouteOptions{
			Integration: integrations.NewWebSocketAwsIntegration(jsii.String("Store"), &integrations.WebSocketAwsIntegrationProps{
				IntegrationUri: s.stack.FormatArn(&awscdk.ArnComponents{
					Service: jsii.String("apigateway"), Account: jsii.String("dynamodb"), Resource: jsii.String("action"), ResourceName: jsii.String("PutItem"),
				}),
				IntegrationMethod: jsii.String("POST"),
				CredentialsRole:   s.role,
				RequestTemplates: &map[string]*string{
					"application/json": jsii.String(`{"TableName": "messages", "Item": {"id": {"S": "$context.requestId"}}}`),
				},
			}),
		})
	},
	"Acknowledge a finding": func(s surroundings) {
		integrations.ApiGatewayV2Checks_Acknowledge(
			s.api, jsii.String("lambda-timeout"), jsii.String("The client does not wait for the report"),
		)
	},
	"Use the checks without changing a line of your stacks": func(s surroundings) {
		awscdk.Aspects_Of(s.app).Add(integrations.NewApiGatewayV2Checks(nil), nil)
	},
	"Compare with what is deployed": func(s surroundings) {
		awscdk.Aspects_Of(s.app).Add(integrations.NewApiGatewayV2Checks(&integrations.ApiGatewayV2ChecksProps{
			Deployed: jsii.String("deployed"),
		}), nil)
	},
}

func TestAppOfTheReadmeHasTheTemplateOfTypeScript(t *testing.T) {
	expected := templatesOf(t, filepath.Join(os.Getenv("TYPESCRIPT_OUT"), "app"))
	if actual := templatesOf(t, os.Getenv("README_APP")); len(expected) != 1 || !reflect.DeepEqual(actual, expected) {
		t.Errorf("found %v, expected %v", actual, expected)
	}
}

func TestReadmeHasTheTemplatesOfTypeScript(t *testing.T) {
	var sections map[string]struct{ Template any }
	text, err := os.ReadFile(filepath.Join(os.Getenv("TYPESCRIPT_OUT"), "readme.json"))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, &sections); err != nil {
		t.Fatal(err)
	}
	for heading := range readme {
		if _, ok := sections[heading]; !ok {
			t.Errorf("the README has no section %q", heading)
		}
	}
	for heading, section := range sections {
		t.Run(heading, func(t *testing.T) {
			build, ok := readme[heading]
			if !ok {
				t.Fatal("the section is missing here")
			}
			out := t.TempDir()
			app := awscdk.NewApp(&awscdk.AppProps{Outdir: jsii.String(out), AnalyticsReporting: jsii.Bool(false)})
			build(surroundingsIn(app))
			app.Synth(nil)
			if template := templatesOf(t, out)["Readme.template.json"]; !reflect.DeepEqual(template, section.Template) {
				t.Errorf("differs: %v", template)
			}
		})
	}
}
