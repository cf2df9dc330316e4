import { App, Stack } from 'aws-cdk-lib';
import { HttpApi, HttpMethod, MappingValue } from 'aws-cdk-lib/aws-apigatewayv2';
import * as appconfig from 'aws-cdk-lib/aws-appconfig';
import { HttpAppConfigIntegration } from 'cdk-apigatewayv2-integrations';

// Clients read their configuration.
const app = new App();
const stack = new Stack(app, 'HttpAppConfig');

const application = new appconfig.Application(stack, 'Shop');
const environment = new appconfig.Environment(stack, 'Production', { application });
const configuration = new appconfig.HostedConfiguration(stack, 'Features', {
  application,
  content: appconfig.ConfigurationContent.fromInlineJson('{"newCheckout":true}'),
});

const api = new HttpApi(stack, 'Api');
api.addRoutes({
  path: '/features',
  methods: [HttpMethod.GET],
  integration: new HttpAppConfigIntegration('Features', {
    application,
    environment,
    configuration,
    clientId: MappingValue.requestHeader('client'),
  }),
});

app.synth();
