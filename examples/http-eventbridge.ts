import { App, Stack } from 'aws-cdk-lib';
import { HttpApi, HttpMethod, MappingValue } from 'aws-cdk-lib/aws-apigatewayv2';
import * as events from 'aws-cdk-lib/aws-events';
import { HttpEventBridgeIntegration } from 'cdk-apigatewayv2-integrations';

// The body of the request becomes an event.
const app = new App();
const stack = new Stack(app, 'HttpEventBridge');

const eventBus = new events.EventBus(stack, 'Shop');

const api = new HttpApi(stack, 'Api');
api.addRoutes({
  path: '/orders',
  methods: [HttpMethod.POST],
  integration: new HttpEventBridgeIntegration('Ordered', {
    eventBus,
    detail: MappingValue.custom('$request.body'),
    detailType: MappingValue.custom('OrderPlaced'),
    source: MappingValue.custom('shop'),
  }),
});

app.synth();
