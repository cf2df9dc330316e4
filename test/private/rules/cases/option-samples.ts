/** What is wrong and what is right, as lines of code. */
export interface OptionSample {
  readonly wrong: readonly string[];
  readonly right: readonly string[];
}

const ROUTE = 'api.addRoutes({ path: \'/books\', integration });';
const WEBSOCKET_ROUTE = 'webSocketApi.addRoute(\'send\', { integration });';

/** The same code with one line that is wrong or right, and a route to the integration that it makes. */
const integration = (wrong: string, right: string, ...before: string[]): OptionSample => ({
  wrong: [...before, `const integration = ${wrong};`, ROUTE],
  right: [...before, `const integration = ${right};`, ROUTE],
});

/** An integration of a class with other properties. */
const withProps = (start: string, wrong: readonly string[], right: readonly string[]): OptionSample => {
  const linesOf = (props: readonly string[]) =>
    [`const integration = new ${start}, {`, ...props.map((it) => `  ${it},`), '});', ROUTE];
  return { wrong: linesOf(wrong), right: linesOf(right) };
};

const LISTENER = [
  'const listener = elbv2.ApplicationListener.fromApplicationListenerAttributes(stack, \'Listener\', {',
  '  listenerArn, securityGroup,',
  '});',
];
const OWN_PATH = 'parameterMapping: new ParameterMapping().overwritePath(MappingValue.custom(\'/x\'))';
const IMPORTED_ROLE = 'const role = iam.Role.fromRoleArn(stack, \'Role\', roleArn';
const ROLE_WITH_LINK = 'new HttpSqsIntegration(\'Send\', { queue, role })';

/**
 * Samples of docs/rules.md for the rules on options, which leave no trace in a template, in code that a test runs; or
 * what the page says where there is none.
 */
export const OPTION_SAMPLES: { readonly [rule: string]: OptionSample | string } = {
  'single-api': {
    wrong: [
      'const integration = new HttpUrlIntegration(\'Url\', \'https://example.com\');',
      'new HttpApi(stack, \'One\', { defaultIntegration: integration });',
      'new HttpApi(stack, \'Two\', { defaultIntegration: integration });',
    ],
    right: [
      'const integration = new HttpUrlIntegration(\'Url\', \'https://example.com\');',
      'new HttpApi(stack, \'One\', { defaultIntegration: integration });',
      'const second = new HttpUrlIntegration(\'Url\', \'https://example.com\');',
      'new HttpApi(stack, \'Two\', { defaultIntegration: second });',
    ],
  },
  'integration-not-bound': {
    wrong: [
      'const integration = new HttpUrlIntegration(\'Url\', \'https://example.com\');',
      'new CfnOutput(stack, \'IntegrationId\', { value: integration.integrationId });',
      ROUTE,
    ],
    right: [
      'const integration = new HttpUrlIntegration(\'Url\', \'https://example.com\');',
      ROUTE,
      'new CfnOutput(stack, \'IntegrationId\', { value: integration.integrationId });',
    ],
  },
  'integration-id': integration(
    'new HttpUrlIntegration(\'Default\', \'https://example.com\')',
    'new HttpUrlIntegration(\'Books\', \'https://example.com\')',
  ),
  'target-missing': {
    wrong: [
      'const url = stack.node.tryGetContext(\'url\');',
      'const integration = new HttpUrlIntegration(\'Url\', url);',
      ROUTE,
    ],
    right: [
      'const url = stack.node.tryGetContext(\'url\') ?? \'https://example.com\';',
      'const integration = new HttpUrlIntegration(\'Url\', url);',
      ROUTE,
    ],
  },
  'vpc-link-for-listener': integration(
    'new HttpAlbIntegration(\'Alb\', listener)', 'new HttpAlbIntegration(\'Alb\', listener, { vpcLink })', ...LISTENER,
  ),
  'vpc-link-for-service': integration(
    'new HttpServiceDiscoveryIntegration(\'Service\', service)',
    'new HttpServiceDiscoveryIntegration(\'Service\', service, { vpcLink })',
  ),
  'vpc-link-options': withProps(
    'HttpServiceDiscoveryIntegration(\'Service\', service', ['vpcLink', 'vpcLinkName: \'books\''], ['vpcLink'],
  ),
  'vpc-link-subnets': {
    wrong: [
      'const subnetType = ec2.SubnetType.PUBLIC;',
      'const vpc = new ec2.Vpc(stack, \'Vpc\', { subnetConfiguration: [{ name: \'all\', subnetType }] });',
      'const integration = new HttpAlbIntegration(\'Alb\', listener, { vpc });',
      ROUTE,
    ],
    right: [
      'const subnetType = ec2.SubnetType.PRIVATE_ISOLATED;',
      'const vpc = new ec2.Vpc(stack, \'Vpc\', { subnetConfiguration: [{ name: \'all\', subnetType }] });',
      'const integration = new HttpAlbIntegration(\'Alb\', listener, { vpc });',
      ROUTE,
    ],
  },
  'vpc-link-security-groups': {
    wrong: [
      ...LISTENER,
      'const integration = new HttpAlbIntegration(\'Alb\', listener, { vpc, securityGroups: [linkGroup] });',
      ROUTE,
    ],
    right: [
      ...LISTENER.map((line) => line.replace('securityGroup,', 'securityGroup, defaultPort: 80,')),
      'const integration = new HttpAlbIntegration(\'Alb\', listener, { vpc, securityGroups: [linkGroup] });',
      ROUTE,
    ],
  },
  'strip-stage': withProps(
    'HttpAlbIntegration(\'Alb\', listener', ['vpcLink', 'stripStage: true', OWN_PATH], ['vpcLink', OWN_PATH],
  ),
  'lambda-access-options': withProps(
    'HttpLambdaIntegration(\'Books\', handler',
    ['role', 'permissionScope: LambdaPermissionScope.API'], ['permissionScope: LambdaPermissionScope.API'],
  ),
  'lambda-permission-not-added': {
    wrong: [
      'const handler = lambda.Function.fromFunctionAttributes(stack, \'Books\', {',
      '  functionArn: \'arn:aws:lambda:eu-west-1:222222222222:function:books\',',
      '});',
      'const integration = new HttpLambdaIntegration(\'Books\', handler);',
      ROUTE,
    ],
    right: [
      'const handler = lambda.Function.fromFunctionAttributes(stack, \'Books\', {',
      '  functionArn: \'arn:aws:lambda:eu-west-1:222222222222:function:books\',',
      '  skipPermissions: true, // its account grants it',
      '});',
      'const integration = new HttpLambdaIntegration(\'Books\', handler);',
      ROUTE,
    ],
  },
  'service-parameter-repeated': withProps(
    'HttpSqsIntegration(\'Send\'', [
      'queue', 'messageBody: MappingValue.requestBody()',
      'parameterMapping: new ParameterMapping().custom(\'MessageBody\', \'$request.body.order\')',
    ], [
      'queue', 'parameterMapping: new ParameterMapping().custom(\'MessageBody\', \'$request.body.order\')',
    ],
  ),
  'service-parameter-subtype': withProps(
    'HttpSqsIntegration(\'Send\'',
    ['queue', 'receiptHandle: MappingValue.requestBody(\'handle\')'],
    [
      'queue', 'subtype: HttpIntegrationSubtype.SQS_DELETE_MESSAGE',
      'receiptHandle: MappingValue.requestBody(\'handle\')',
    ],
  ),
  'service-subtype': withProps(
    'HttpSqsIntegration(\'Send\'', ['queue', 'subtype: HttpIntegrationSubtype.KINESIS_PUT_RECORD'],
    ['queue', 'subtype: HttpIntegrationSubtype.SQS_SEND_MESSAGE'],
  ),
  'event-bus': integration(
    'new HttpEventBridgeIntegration(\'Put\', {})', 'new HttpEventBridgeIntegration(\'Put\', { eventBus })',
  ),
  'service-role': withProps(
    'HttpAwsServiceIntegration(\'Purge\'', [
      'subtype: \'SQS-PurgeQueue\'', 'parameterMapping: new ParameterMapping().custom(\'QueueUrl\', queue.queueUrl)',
    ], [
      'subtype: \'SQS-PurgeQueue\'', 'parameterMapping: new ParameterMapping().custom(\'QueueUrl\', queue.queueUrl)',
      'policyStatements: [new iam.PolicyStatement({ actions: [\'sqs:PurgeQueue\'], resources: [queue.queueArn] })]',
    ],
  ),
  'role-not-granted': {
    wrong: [`${IMPORTED_ROLE}, { mutable: false });`, `const integration = ${ROLE_WITH_LINK};`, ROUTE],
    right: [`${IMPORTED_ROLE});`, `const integration = ${ROLE_WITH_LINK};`, ROUTE],
  },
  'websocket-dynamodb-template': {
    wrong: ['const integration = new WebSocketDynamoDbIntegration(\'Put\', table);', WEBSOCKET_ROUTE],
    right: [
      'const integration = new WebSocketDynamoDbIntegration(\'Put\', table, {',
      '  requestTemplates: {',
      '    $default: JSON.stringify({',
      '      TableName: table.tableName, Item: { id: { S: \'$context.connectionId\' } },',
      '    }),',
      '  },',
      '});',
      WEBSOCKET_ROUTE,
    ],
  },
  'stage-not-judged': {
    wrong: [
      'const stage = new Stage(app, \'Prod\', { env });',
      'new ShopStack(stage, \'Shop\');',
      'Aspects.of(app).add(new ApiGatewayV2Checks());',
    ],
    right: [
      'const stage = new Stage(app, \'Prod\', { env });',
      'new ShopStack(stage, \'Shop\');',
      'Aspects.of(app).add(new ApiGatewayV2Checks());',
      'Aspects.of(stage).add(new ApiGatewayV2Checks());',
    ],
  },
  'deployed-not-compared': 'Wrong: a folder without the templates of the app. Right: the last `cdk.out`.',
  'checks-incomplete': 'No app can be corrected: this reports a mistake of the checks.',
};
