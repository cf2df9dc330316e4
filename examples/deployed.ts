import { join } from 'path';
import { App, Aspects, CfnResource, Stack } from 'aws-cdk-lib';
import { HttpApi, HttpMethod, HttpRoute, HttpRouteKey } from 'aws-cdk-lib/aws-apigatewayv2';
import { ApiGatewayV2Checks, HttpUrlIntegration } from 'cdk-apigatewayv2-integrations';

// An app that is compared with what the last release deployed: deployed/Deployed.template.json, beside this file.
const app = new App();
const stack = new Stack(app, 'Deployed');
const api = new HttpApi(stack, 'Api');
const books = new HttpUrlIntegration('Books', 'https://openlibrary.org/books.json', { scope: stack });

api.addRoutes({ path: '/books', methods: [HttpMethod.GET], integration: books });

// The last release made this route by addRoutes, and its variable was {id}.
const book = new HttpRoute(stack, 'Book', {
  httpApi: api,
  routeKey: HttpRouteKey.with('/books/{isbn}', HttpMethod.GET),
  integration: new HttpUrlIntegration('Book', 'https://openlibrary.org/isbn/{isbn}.json'),
});
// Without this line the synthesis fails: the route would be made while the old one still has its path.
(book.node.defaultChild as CfnResource).overrideLogicalId('ApiGETbooksid86A46284');

Aspects.of(app).add(new ApiGatewayV2Checks({ deployed: join(__dirname, 'deployed'), report: true }));

app.synth();
