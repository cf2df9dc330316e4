/**
 * The properties whose change makes AWS CloudFormation replace a resource: a new one is created, then the old
 * one is deleted. Made from the resource specification by `npm run facts:replacements`.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-updating-stacks-update-behaviors.html
 */
export const REPLACEMENTS: { readonly [type: string]: readonly string[] | undefined } = {
  'AWS::ApiGatewayV2::Api': ['ProtocolType'],
  'AWS::ApiGatewayV2::ApiGatewayManagedOverrides': ['ApiId'],
  'AWS::ApiGatewayV2::ApiMapping': ['DomainName'],
  'AWS::ApiGatewayV2::Authorizer': ['ApiId'],
  'AWS::ApiGatewayV2::Deployment': ['ApiId'],
  'AWS::ApiGatewayV2::DomainName': ['DomainName'],
  'AWS::ApiGatewayV2::Integration': ['ApiId'],
  'AWS::ApiGatewayV2::IntegrationResponse': ['ApiId', 'IntegrationId'],
  'AWS::ApiGatewayV2::Model': ['ApiId'],
  'AWS::ApiGatewayV2::Route': ['ApiId'],
  'AWS::ApiGatewayV2::RouteResponse': ['ApiId', 'RouteId'],
  'AWS::ApiGatewayV2::RoutingRule': ['DomainNameArn'],
  'AWS::ApiGatewayV2::Stage': ['ApiId', 'StageName'],
  'AWS::ApiGatewayV2::VpcLink': ['SecurityGroupIds', 'SubnetIds'],
};
