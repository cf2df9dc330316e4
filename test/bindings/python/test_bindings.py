"""The app of ../app.ts in Python, built from the packed wheel beside aws-cdk-lib from PyPI.

Run by `npm run test:python`, which gives the folder of TypeScript's templates as TYPESCRIPT_OUT.
"""
import importlib.metadata
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

import aws_cdk
from aws_cdk import App, Aspects, Duration, Stack
from aws_cdk import aws_apigateway as apigateway
from aws_cdk import aws_apigatewayv2 as apigwv2
from aws_cdk import aws_apigatewayv2_integrations as apigwv2_integrations
from aws_cdk import aws_appconfig as appconfig
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_elasticloadbalancingv2 as elbv2
from aws_cdk import aws_events as events
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kinesis as kinesis
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_servicediscovery as servicediscovery
from aws_cdk import aws_sns as sns
from aws_cdk import aws_sqs as sqs
from aws_cdk import aws_stepfunctions as sfn
from aws_cdk.assertions import Annotations, Match
import cdk_apigatewayv2_integrations as integrations


def new_function(stack):
    return lambda_.Function(
        stack, "Handler",
        runtime=lambda_.Runtime.NODEJS_22_X,
        handler="index.handler",
        code=lambda_.Code.from_inline("exports.handler = async () => ({});"),
    )


def http_lambda(stack):
    return integrations.HttpLambdaIntegration(
        "Books", new_function(stack),
        payload_format_version=apigwv2.PayloadFormatVersion.VERSION_1_0, timeout=Duration.seconds(30),
    )


def http_lambda_api_permission(stack):
    return integrations.HttpLambdaIntegration("Books", new_function(stack), scope_permission_to_route=False)


def http_url(stack):
    return integrations.HttpUrlIntegration(
        "Books", "https://books.example.com/{id}", method=apigwv2.HttpMethod.GET, description="The book shop",
    )


def http_alb(stack):
    balancer = elbv2.ApplicationLoadBalancer(stack, "Balancer", vpc=ec2.Vpc(stack, "Vpc"))
    listener = balancer.add_listener("Listener", port=80)
    listener.add_targets("Targets", port=80)
    return integrations.HttpAlbIntegration("Books", listener, secure_server_name="books.example.com")


def http_nlb(stack):
    balancer = elbv2.NetworkLoadBalancer(stack, "Balancer", vpc=ec2.Vpc(stack, "Vpc"))
    listener = balancer.add_listener("Listener", port=80)
    listener.add_targets("Targets", port=80)
    return integrations.HttpNlbIntegration("Books", listener)


def http_service_discovery(stack):
    vpc = ec2.Vpc(stack, "Vpc")
    namespace = servicediscovery.PrivateDnsNamespace(stack, "Namespace", name="example.com", vpc=vpc)
    return integrations.HttpServiceDiscoveryIntegration(
        "Books", namespace.create_service("Service"), vpc_link=apigwv2.VpcLink(stack, "Link", vpc=vpc),
    )


def parameter_mapping(stack):
    return integrations.HttpUrlIntegration(
        "Books", "https://books.example.com",
        parameter_mapping=apigwv2.ParameterMapping()
        .append_header("id", apigwv2.MappingValue.request_path_param("id"))
        .overwrite_query_string("page", apigwv2.MappingValue.request_query_string("p"))
        .custom("overwrite:header.stage", "$context.stage"),
    )


def web_socket_lambda(stack):
    return integrations.WebSocketLambdaIntegration(
        "Send", new_function(stack),
        timeout=Duration.seconds(5), content_handling=apigwv2.ContentHandling.CONVERT_TO_BINARY,
    )


def web_socket_mock(stack):
    return integrations.WebSocketMockIntegration(
        "Send", request_templates={"application/json": '{"statusCode":200}'}, template_selection_expression="\\$default",
    )


def web_socket_aws(stack):
    return integrations.WebSocketAwsIntegration(
        "Send",
        integration_uri=f"arn:aws:apigateway:{stack.region}:dynamodb:action/PutItem",
        integration_method="POST",
        credentials_role=iam.Role(stack, "Role", assumed_by=iam.ServicePrincipal("apigateway.amazonaws.com")),
        passthrough_behavior=apigwv2.PassthroughBehavior.NEVER,
    )


def permission_scope(stack):
    return integrations.HttpLambdaIntegration(
        "Books", new_function(stack), permission_scope=integrations.LambdaPermissionScope.ROUTE_KEY,
    )


def response_mapping(stack):
    return integrations.HttpUrlIntegration(
        "Books", "https://books.example.com",
        response_parameter_mapping={
            "200": integrations.ResponseParameterMapping()
            .overwrite_status_code(201)
            .append_header("x-request-id", integrations.ResponseMappingValue.context_variable("requestId"))
            .remove_header("server"),
        },
    )


def http_sqs(stack):
    return integrations.HttpSqsIntegration(
        "Books", queue=sqs.Queue(stack, "Queue"), message_body=apigwv2.MappingValue.request_body("book"),
    )


def web_socket_sqs(stack):
    # Structs in a list. A plain dictionary there goes to the library as it is, with the names of TypeScript.
    return integrations.WebSocketSqsIntegration(
        "Send", sqs.Queue(stack, "Queue"),
        integration_responses=[
            {
                "integrationResponseKey": integrations.WebSocketIntegrationResponseKey.DEFAULT,
                "responseTemplates": {"$default": '{"queued": true}'},
            },
            integrations.WebSocketIntegrationResponse(
                integration_response_key=integrations.WebSocketIntegrationResponseKey.from_status_code(404),
            ),
        ],
    )


def private_options(stack):
    vpc = ec2.Vpc(stack, "Vpc")
    listener = elbv2.NetworkLoadBalancer(stack, "Balancer", vpc=vpc).add_listener("Listener", port=80)
    listener.add_targets("Targets", port=80)
    return integrations.HttpNlbIntegration(
        "Books", listener,
        method=apigwv2.HttpMethod.GET,
        vpc_link_name="books",
        subnets={"subnet_type": ec2.SubnetType.PUBLIC},
        security_groups=[ec2.SecurityGroup(stack, "LinkGroup", vpc=vpc)],
    )


def service_options(stack):
    return integrations.HttpSqsIntegration(
        "Books",
        queue=sqs.Queue(stack, "Queue"),
        subtype=apigwv2.HttpIntegrationSubtype.SQS_RECEIVE_MESSAGE,
        max_number_of_messages=apigwv2.MappingValue.custom("5"),
        role=iam.Role(stack, "Role", assumed_by=iam.ServicePrincipal("apigateway.amazonaws.com")),
        region="eu-west-1",
        scope=stack,
    )


def web_socket_lambda_responses(stack):
    return integrations.WebSocketLambdaIntegration(
        "Send", new_function(stack),
        proxy=False,
        request_templates={"$default": '{"body": $input.json("$")}'},
        integration_responses=[integrations.WebSocketIntegrationResponse(
            integration_response_key=integrations.WebSocketIntegrationResponseKey.SUCCESS,
            response_parameters={"route.response.header.X-Id": "integration.response.header.X-Id"},
            content_handling=apigwv2.ContentHandling.CONVERT_TO_TEXT,
        )],
    )


def web_socket_http_responses(stack):
    return integrations.WebSocketHttpIntegration(
        "Send", "https://books.example.com",
        proxy=False,
        method=apigwv2.HttpMethod.POST,
        integration_responses=[
            integrations.WebSocketIntegrationResponse(
                integration_response_key=integrations.WebSocketIntegrationResponseKey.from_status_reg_exp("[23]\\d\\d"),
            ),
            integrations.WebSocketIntegrationResponse(
                integration_response_key=integrations.WebSocketIntegrationResponseKey.CLIENT_ERROR,
                response_templates={"$default": "{}"},
            ),
        ],
    )


def web_socket_sns(stack):
    return integrations.WebSocketSnsIntegration("Send", sns.Topic(stack, "Topic"))


def web_socket_step_functions(stack):
    return integrations.WebSocketStepFunctionsIntegration(
        "Send", sfn.StateMachine(stack, "Machine", definition_body=sfn.DefinitionBody.from_string("{}")),
        action=integrations.WebSocketStepFunctionsAction.STOP_EXECUTION,
    )


def web_socket_event_bridge(stack):
    return integrations.WebSocketEventBridgeIntegration(
        "Send", events.EventBus(stack, "Bus"), source="shop", detail_type="Order",
    )


def web_socket_kinesis(stack):
    return integrations.WebSocketKinesisIntegration(
        "Send", kinesis.Stream(stack, "Stream"), partition_key="$context.apiId",
    )


def web_socket_dynamo_db(stack):
    table = dynamodb.Table(
        stack, "Table", partition_key=dynamodb.Attribute(name="id", type=dynamodb.AttributeType.STRING),
    )
    return integrations.WebSocketDynamoDbIntegration(
        "Send", table,
        action=integrations.WebSocketDynamoDbAction.QUERY,
        index_name="by-author",
        request_templates={"$default": '{"TableName": "books"}'},
    )


HTTP = {
    "HttpLambda": http_lambda,
    "HttpLambdaApiPermission": http_lambda_api_permission,
    "HttpUrl": http_url,
    "HttpAlb": http_alb,
    "HttpNlb": http_nlb,
    "HttpServiceDiscovery": http_service_discovery,
    "ParameterMapping": parameter_mapping,
    "PermissionScope": permission_scope,
    "ResponseMapping": response_mapping,
    "HttpSqs": http_sqs,
    "PrivateOptions": private_options,
    "ServiceOptions": service_options,
}
WEB_SOCKET = {
    "WebSocketLambda": web_socket_lambda,
    "WebSocketMock": web_socket_mock,
    "WebSocketAws": web_socket_aws,
    "WebSocketSqs": web_socket_sqs,
    "WebSocketLambdaResponses": web_socket_lambda_responses,
    "WebSocketHttpResponses": web_socket_http_responses,
    "WebSocketSns": web_socket_sns,
    "WebSocketStepFunctions": web_socket_step_functions,
    "WebSocketEventBridge": web_socket_event_bridge,
    "WebSocketKinesis": web_socket_kinesis,
    "WebSocketDynamoDb": web_socket_dynamo_db,
}


def add_http_route(stack, integration):
    return apigwv2.HttpApi(stack, "Api").add_routes(
        path="/books/{id}", methods=[apigwv2.HttpMethod.GET], integration=integration,
    )


def templates_of(folder):
    return {path.name: json.loads(path.read_text()) for path in pathlib.Path(folder).glob("*.template.json")}


class Templates(unittest.TestCase):
    def test_equal_those_of_typescript(self):
        with tempfile.TemporaryDirectory() as out:
            app = App(outdir=out, analytics_reporting=False)
            for name, integration_in in HTTP.items():
                stack = Stack(app, name)
                add_http_route(stack, integration_in(stack))
            for name, integration_in in WEB_SOCKET.items():
                stack = Stack(app, name)
                apigwv2.WebSocketApi(stack, "Api").add_route("send", integration=integration_in(stack))
            Aspects.of(app).add(integrations.ApiGatewayV2Checks())
            app.synth()
            expected = templates_of(os.environ["TYPESCRIPT_OUT"])
            actual = templates_of(out)
        self.assertEqual(len(expected), len(HTTP) + len(WEB_SOCKET))
        self.assertEqual(sorted(actual), sorted(expected))
        for name, template in expected.items():
            with self.subTest(name):
                self.assertEqual(actual[name], template)


class ReadmeApp(unittest.TestCase):
    def test_has_the_template_of_typescript(self):
        expected = templates_of(pathlib.Path(os.environ["TYPESCRIPT_OUT"], "app"))
        self.assertEqual(list(expected), ["Shop.template.json"])
        self.assertEqual(templates_of(os.environ["README_APP"]), expected)


class Example(unittest.TestCase):
    def test_has_the_template_of_typescript(self):
        expected = templates_of(pathlib.Path(os.environ["TYPESCRIPT_OUT"], "deployed"))
        self.assertEqual(list(expected), ["Deployed.template.json"])
        example = pathlib.Path(__file__).parents[3].joinpath("examples", "deployed.py")
        with tempfile.TemporaryDirectory() as out:
            # A process of its own: the one of jsii in this process has read its environment.
            subprocess.run([sys.executable, str(example)], check=True, env={**os.environ, "CDK_OUTDIR": out})
            self.assertEqual(templates_of(out), expected)
            report = json.loads(pathlib.Path(out, "ApiGatewayV2Checks.json").read_text())
        self.assertEqual([route["change"] for route in report["apis"][0]["routes"]], ["kept", "changed"])
        self.assertEqual(report["findings"], [])


class Package(unittest.TestCase):
    def test_documents_itself_in_python(self):
        readme = importlib.metadata.metadata("cdk-apigatewayv2-integrations").get_payload()
        blocks = re.findall(r"^```python\n(.*?)\n```$", readme, re.DOTALL | re.MULTILINE)
        self.assertGreater(len(blocks), 20)
        for block in blocks:
            with self.subTest(block):
                compile(block, "README.md", "exec")


class Language(unittest.TestCase):
    def test_an_error_reaches_the_caller_with_its_rule(self):
        integration = integrations.HttpUrlIntegration("Books", "books.example.com")
        with self.assertRaisesRegex(RuntimeError, r"Stack/.*Books.*\[rule [a-z0-9-]+\]"):
            add_http_route(Stack(App(), "Stack"), integration)

    def test_a_direct_call_of_bind_returns_the_config(self):
        stack = Stack(App(), "Stack")
        route = add_http_route(stack, integrations.HttpUrlIntegration("Books", "https://books.example.com"))[0]
        config = integrations.HttpUrlIntegration("Other", "https://other.example.com").bind(route=route, scope=stack)
        self.assertEqual(config.uri, "https://other.example.com")
        self.assertEqual(config.type, apigwv2.HttpIntegrationType.HTTP_PROXY)
        self.assertEqual(config.method, apigwv2.HttpMethod.ANY)

    def test_bind_returns_what_python_can_take(self):
        stack = Stack(App(), "Stack")
        route = add_http_route(stack, integrations.HttpUrlIntegration("Books", "https://books.example.com"))[0]
        publish = integrations.HttpAwsServiceIntegration(
            "Publish", subtype="SNS-Publish", parameter_mapping=apigwv2.ParameterMapping().custom("Message", "$request.body"),
            role=iam.Role(stack, "Role", assumed_by=iam.ServicePrincipal("apigateway.amazonaws.com")),
        )
        self.assertIsInstance(publish.bind(route=route, scope=stack).subtype, apigwv2.HttpIntegrationSubtype)
        send = apigwv2.WebSocketApi(stack, "WebSocketApi").add_route(
            "send", integration=integrations.WebSocketMockIntegration("Send"),
        )
        http = integrations.WebSocketHttpIntegration("Http", "https://books.example.com", method=apigwv2.HttpMethod.POST)
        self.assertEqual(http.bind(route=send, scope=stack).uri, "https://books.example.com")

    def test_a_dictionary_in_a_list_has_the_names_of_typescript(self):
        key = integrations.WebSocketIntegrationResponseKey.DEFAULT
        respond = lambda response: apigwv2.WebSocketApi(Stack(App(), "Stack"), "Api").add_route(
            "send", integration=integrations.WebSocketMockIntegration("Send", integration_responses=[response]),
        )
        respond({"integrationResponseKey": key, "responseTemplates": {"$default": "{}"}})
        with self.assertRaisesRegex(Exception, "integrationResponseKey"):
            respond({"integration_response_key": key})

    def test_the_integration_id_can_be_read_after_binding(self):
        integration = integrations.HttpUrlIntegration("Books", "https://books.example.com")
        with self.assertRaisesRegex(RuntimeError, r"\[rule "):
            integration.integration_id
        add_http_route(Stack(App(), "Stack"), integration)
        self.assertIn("Token", integration.integration_id)

    def test_the_checks_judge_classes_of_aws_cdk_lib(self):
        app = App()
        stack = Stack(app, "Stack")
        add_http_route(stack, apigwv2_integrations.HttpUrlIntegration("Books", "books.example.com"))
        Aspects.of(app).add(integrations.ApiGatewayV2Checks(exclude=["path-variable"]))
        errors = Annotations.from_stack(stack).find_error("*", Match.string_like_regexp(r".*\[rule http-url\]"))
        self.assertEqual(len(errors), 1)

    def test_a_subclass_of_the_user_overrides_bind(self):
        bound = []

        class Shop(integrations.HttpUrlIntegration):
            def __init__(self, id):
                super().__init__(id, "https://books.example.com")

            def bind(self, *, route, scope):
                bound.append(route.path)
                return super().bind(route=route, scope=scope)

        stack = Stack(App(), "Stack")
        add_http_route(stack, Shop("Books"))
        self.assertEqual(bound, ["/books/{id}"])


def surroundings(stack):
    """What the snippets of the documentation take for granted, as in ../readme.ts."""
    vpc = ec2.Vpc(stack, "Vpc")
    alb = elbv2.ApplicationLoadBalancer(stack, "Alb", vpc=vpc).add_listener("Listener", port=80)
    alb.add_targets("Targets", port=80)
    nlb = elbv2.NetworkLoadBalancer(stack, "Nlb", vpc=vpc)
    nlb_listener = nlb.add_listener("Listener", port=80)
    nlb_listener.add_targets("Targets", port=80)
    fn = new_function(stack)
    namespace = servicediscovery.PrivateDnsNamespace(stack, "Namespace", name="example.com", vpc=vpc)
    application = appconfig.Application(stack, "Application")
    modules = [aws_cdk, apigwv2, integrations]
    return {
        **{name: getattr(module, name) for module in modules for name in module.__all__},
        "iam": iam,
        "app": stack.node.root,
        "stack": stack,
        "api": apigwv2.HttpApi(stack, "TheApi"),
        "web_socket_api": apigwv2.WebSocketApi(stack, "TheWebSocketApi"),
        "fn": fn,
        "role": iam.Role(stack, "Role", assumed_by=iam.ServicePrincipal("apigateway.amazonaws.com")),
        "beta_alias": fn.add_alias("beta"),
        "prod_alias": fn.add_alias("prod"),
        "vpc": vpc,
        "vpc_link": apigwv2.VpcLink(stack, "Link", vpc=vpc),
        "link_group": ec2.SecurityGroup(stack, "LinkGroup", vpc=vpc),
        "listener_arn": "arn:aws:elasticloadbalancing:eu-west-1:111111111111:listener/app/lb/1/2",
        "alb_listener": alb,
        "nlb_listener": nlb_listener,
        "network_link": apigateway.VpcLink(stack, "NetworkLink", targets=[nlb]),
        "table": dynamodb.Table(
            stack, "Table", partition_key=dynamodb.Attribute(name="id", type=dynamodb.AttributeType.STRING),
        ),
        "queue": sqs.Queue(stack, "Queue"),
        "state_machine": sfn.StateMachine(
            stack, "Machine", definition_body=sfn.DefinitionBody.from_chainable(sfn.Pass(stack, "Pass")),
        ),
        "event_bus": events.EventBus(stack, "Bus"),
        "stream": kinesis.Stream(stack, "Stream"),
        "application": application,
        "environment": appconfig.Environment(stack, "Environment", application=application),
        "configuration": appconfig.HostedConfiguration(
            stack, "Configuration", application=application, content=appconfig.ConfigurationContent.from_inline_text("x"),
        ),
        "service": namespace.create_service("Service"),
    }


class Snippets(unittest.TestCase):
    SNIPPETS = list(json.loads(pathlib.Path(os.environ["TABLET"]).read_text())["snippets"].values())

    def test_are_translated_to_every_language(self):
        self.assertGreater(len(self.SNIPPETS), 20)
        for snippet in self.SNIPPETS:
            self.assertTrue(snippet["didCompile"])
            for language in ("python", "java", "csharp", "go"):
                source = snippet["translations"][language]["source"]
                with self.subTest(language=language, source=source):
                    self.assertTrue(source.strip())
                    self.assertNotRegex(source, r"(?<!\(\) )=>|\bconst \b|JSON\.|(?i:unsupported|untranslatable)")

    def run_in_python(self, sources):
        with tempfile.TemporaryDirectory() as out:
            app = App(outdir=out, analytics_reporting=False)
            names = surroundings(Stack(app, "Readme"))
            for source in sources:
                exec(source, names)  # the documentation is the test
            app.synth()
            return templates_of(out)["Readme.template.json"]

    def test_run_in_python_as_they_stand(self):
        sections = json.loads(pathlib.Path(os.environ["TYPESCRIPT_OUT"], "readme.json").read_text())
        python = {snippet["translations"]["$"]["source"]: snippet["translations"]["python"]["source"] for snippet in self.SNIPPETS}
        for heading, section in sections.items():
            with self.subTest(heading):
                self.assertEqual(self.run_in_python([python[source] for source in section["snippets"]]), section["template"])
        readme = pathlib.Path(__file__).parents[3].joinpath("README.md").read_text()
        for block in re.findall(r"^```python\n(.*?)\n```$", readme, re.DOTALL | re.MULTILINE):
            if "app = App()" not in block:
                with self.subTest(block=block):
                    self.run_in_python([block])
        of_readme = {source for section in sections.values() for source in section["snippets"]}
        for source in python.keys() - of_readme:
            with self.subTest(source=source):
                self.run_in_python([python[source]])


class Documents(unittest.TestCase):
    BLOCKS = [
        (path.name, block)
        for path in sorted(pathlib.Path(__file__).parents[3].joinpath("docs").glob("*.md"))
        for block in re.findall(r"^```python\n(.*?)\n```$", path.read_text(), re.DOTALL | re.MULTILINE)
    ]

    def test_have_python_that_runs(self):
        """A block is a program or, as pytest has it, functions whose names start with `test_`."""
        tests = 0
        for name, block in self.BLOCKS:
            names = {"__name__": name}
            exec(block, names)  # the documentation is the test
            for test in [it for key, it in names.items() if key.startswith("test_")]:
                tests += 1
                with self.subTest(document=name, test=test.__name__):
                    test()
        self.assertGreater(tests, 1)


if __name__ == "__main__":
    result = unittest.main(exit=False).result
    # A test may fail in several of its parts.
    failed = len({id(getattr(test, "test_case", test)) for test, _ in result.failures + result.errors})
    skipped = {test.id() for test, _ in result.skipped}
    for name in sorted(skipped):
        print(f"Skipped: {name}")
    print(f"{result.testsRun - failed - len(skipped)} passed, {failed} failed, {len(skipped)} skipped")
    raise SystemExit(0 if result.wasSuccessful() and result.testsRun > 0 else 1)
