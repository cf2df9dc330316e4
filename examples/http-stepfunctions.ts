import { App, Stack } from 'aws-cdk-lib';
import { HttpApi, HttpMethod, MappingValue } from 'aws-cdk-lib/aws-apigatewayv2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { HttpStepFunctionsIntegration } from 'cdk-apigatewayv2-integrations';

// The body of the request becomes the input of an execution.
const app = new App();
const stack = new Stack(app, 'HttpStepFunctions');

const stateMachine = new sfn.StateMachine(stack, 'Fulfilment', {
  role: new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('states.amazonaws.com') }),
  definitionBody: sfn.DefinitionBody.fromString('{"StartAt":"Done","States":{"Done":{"Type":"Succeed"}}}'),
});

const api = new HttpApi(stack, 'Api');
api.addRoutes({
  path: '/orders',
  methods: [HttpMethod.POST],
  integration: new HttpStepFunctionsIntegration('Fulfil', {
    stateMachine,
    input: MappingValue.custom('$request.body'),
  }),
});

app.synth();
