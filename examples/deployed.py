import pathlib

from aws_cdk import App, Aspects, Stack
from aws_cdk.aws_apigatewayv2 import HttpApi, HttpMethod, HttpRoute, HttpRouteKey
from cdk_apigatewayv2_integrations import ApiGatewayV2Checks, HttpUrlIntegration

# An app that is compared with what the last release deployed: deployed/Deployed.template.json, beside this file.
app = App()
stack = Stack(app, "Deployed")
api = HttpApi(stack, "Api")
books = HttpUrlIntegration("Books", "https://openlibrary.org/books.json", scope=stack)

api.add_routes(path="/books", methods=[HttpMethod.GET], integration=books)

# The last release made this route by add_routes, and its variable was {id}.
book = HttpRoute(
    stack, "Book",
    http_api=api,
    route_key=HttpRouteKey.with_("/books/{isbn}", HttpMethod.GET),
    integration=HttpUrlIntegration("Book", "https://openlibrary.org/isbn/{isbn}.json"),
)
# Without this line the synthesis fails: the route would be made while the old one still has its path.
book.node.default_child.override_logical_id("ApiGETbooksid86A46284")

folder = pathlib.Path(__file__).with_name("deployed")
Aspects.of(app).add(ApiGatewayV2Checks(deployed=str(folder), report=True))

app.synth()
