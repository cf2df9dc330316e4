import { App, Duration, Stack } from 'aws-cdk-lib';
import { HttpApi, HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpUrlIntegration } from 'cdk-apigatewayv2-integrations';

// A public URL that answers GET /authors/{id}.
const app = new App();
const stack = new Stack(app, 'HttpUrl');

const api = new HttpApi(stack, 'Api');
api.addRoutes({
  path: '/authors/{id}',
  methods: [HttpMethod.GET],
  integration: new HttpUrlIntegration('Authors', 'https://openlibrary.org/authors/{id}.json', {
    method: HttpMethod.GET,
    timeout: Duration.seconds(30),
  }),
});

app.synth();
