import { App, Stack } from 'aws-cdk-lib';
import { HttpApi, HttpMethod, MappingValue } from 'aws-cdk-lib/aws-apigatewayv2';
import * as kinesis from 'aws-cdk-lib/aws-kinesis';
import { HttpKinesisIntegration } from 'cdk-apigatewayv2-integrations';

// Clicks go into a data stream.
const app = new App();
const stack = new Stack(app, 'HttpKinesis');

const stream = new kinesis.Stream(stack, 'Clicks');

const api = new HttpApi(stack, 'Api');
api.addRoutes({
  path: '/clicks',
  methods: [HttpMethod.POST],
  integration: new HttpKinesisIntegration('Click', {
    stream,
    partitionKey: MappingValue.contextVariable('requestId'),
  }),
});

app.synth();
