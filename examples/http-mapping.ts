import { App, Stack } from 'aws-cdk-lib';
import { HttpApi, HttpMethod, MappingValue, ParameterMapping } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpUrlIntegration, ResponseMappingValue, ResponseParameterMapping } from 'cdk-apigatewayv2-integrations';

// GET /authors/{id}: what is sent to another site, and what comes back from it, is changed on the way.
const app = new App();
const stack = new Stack(app, 'HttpMapping');

const api = new HttpApi(stack, 'Api');
api.addRoutes({
  path: '/authors/{id}',
  methods: [HttpMethod.GET],
  integration: new HttpUrlIntegration('Authors', 'https://openlibrary.org', {
    method: HttpMethod.GET,
    parameterMapping: new ParameterMapping()
      .overwritePath(MappingValue.custom('/authors/${request.path.id}.json'))
      .appendHeader('x-request-id', MappingValue.contextVariable('requestId'))
      .removeHeader('cookie'),
    responseParameterMapping: {
      200: new ResponseParameterMapping()
        .removeHeader('server')
        .overwriteHeader('cache-control', ResponseMappingValue.literal('max-age=3600')),
      302: new ResponseParameterMapping().overwriteStatusCode(404),
    },
  }),
});

app.synth();
