import * as apigwv2 from 'aws-cdk-lib/aws-apigatewayv2';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { gateway, type Build } from '../builders';
import type { Cases } from './case';

const link = (SubnetIds: unknown): Build => (stack) => {
  gateway(stack, 'Link', 'VpcLink', { Name: 'link', SubnetIds });
};

const upstreamLink = (subnets: (vpc: ec2.Vpc) => ec2.ISubnet[]): Build => (stack) => {
  const vpc = new ec2.Vpc(stack, 'Vpc');
  new apigwv2.VpcLink(stack, 'Link', { vpc, subnets: { subnets: subnets(vpc) } });
};

export const vpcLinksCases: Cases = {
  'vpc-link-without-subnets': {
    wrong: {
      'an empty list': link([]),
      'a list of nothing': link([{ Ref: 'AWS::NoValue' }]),
    },
    right: {
      'a subnet': link(['subnet-1']),
      'a subnet that is known at deployment': link([{ 'Fn::ImportValue': 'subnet' }]),
      'a list that is known at deployment': link({ 'Fn::Split': [',', { 'Fn::ImportValue': 'subnets' }] }),
    },
    says: /'SubnetIds' of the VPC link is empty, expected at least one subnet/,
    classes: 'The link that a class makes has the subnets that AWS CDK selects, of which it throws if there are none.',
    upstream: { wrong: upstreamLink(() => []), right: upstreamLink((vpc) => vpc.privateSubnets) },
  },
};
