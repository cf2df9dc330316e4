import { App, Aspects, Stack } from 'aws-cdk-lib';
import { HttpApi, HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration, HttpUrlIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { ApiGatewayV2Checks } from 'cdk-apigatewayv2-integrations';

// An app that does not use our classes, judged as it will be deployed; the report lies beside its templates.
const app = new App();
const stack = new Stack(app, 'Checks');

const books = new lambda.Function(stack, 'Books', {
  runtime: lambda.Runtime.NODEJS_22_X,
  handler: 'index.handler',
  code: lambda.Code.fromInline('exports.handler = async () => ({ statusCode: 200 });'),
});
const api = new HttpApi(stack, 'Api');
api.addRoutes({
  path: '/books/{isbn}',
  methods: [HttpMethod.GET],
  integration: new HttpLambdaIntegration('Books', books),
});
api.addRoutes({
  path: '/authors/{id}',
  integration: new HttpUrlIntegration('Authors', 'https://openlibrary.org/authors/{id}.json'),
});

Aspects.of(app).add(new ApiGatewayV2Checks({ report: true }));

app.synth();
