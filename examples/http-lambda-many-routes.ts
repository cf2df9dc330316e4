import { App, Stack } from 'aws-cdk-lib';
import { HttpApi, HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { HttpLambdaIntegration, LambdaPermissionScope } from 'cdk-apigatewayv2-integrations';

// One function behind the 300 routes that an API may have, with a single permission.
const app = new App();
const stack = new Stack(app, 'HttpLambdaManyRoutes');

const shop = new lambda.Function(stack, 'Shop', {
  runtime: lambda.Runtime.NODEJS_22_X,
  handler: 'index.handler',
  code: lambda.Code.fromInline('exports.handler = async ({ routeKey }) => ({ statusCode: 200, body: routeKey });'),
});

const api = new HttpApi(stack, 'Api');
const integration = new HttpLambdaIntegration('Shop', shop, { permissionScope: LambdaPermissionScope.API });
for (let shelf = 1; shelf <= 100; shelf++) {
  api.addRoutes({
    path: `/shelves/${shelf}/books/{isbn}`,
    methods: [HttpMethod.GET, HttpMethod.PUT, HttpMethod.DELETE],
    integration,
  });
}

app.synth();
