import { isEmptyList } from '../shapes/values';
import { rule } from './rule';

export const vpcLinkRules = [
  rule({
    id: 'vpc-link-without-subnets',
    severity: 'error',
    kind: 'vpc-link',
    when: 'A VPC link has no subnets.',
    why: 'API Gateway refuses the link at deployment.',
    fix: 'Pass at least one subnet: `subnets` of `VpcLink` selects those of its VPC.',
    source: 'cdk-preflight 0.0.143',
    says: 'SubnetIds for a vpc link cannot be empty',
    check: ({ properties, names }) => !isEmptyList(properties.SubnetIds) ? undefined
      : `'${names('SubnetIds')}' of the VPC link is empty, expected at least one subnet. Pass 'subnets' to VpcLink `
        + 'that select some of its VPC.',
  }),
];
