import { CLOUDFORMATION_NAMES } from '../../../../lib/private/shapes/names';
import { UNKNOWN, type Json } from '../../../../lib/private/shapes/values';
import { valuesOf, type RuleValues } from './values';

/** A domain name in a region, with a certificate of Ireland. */
const domainIn = (region?: Json) => ({
  properties: {
    DomainName: 'api.example.com',
    DomainNameConfigurations: [{ CertificateArn: 'arn:aws:acm:eu-west-1:111111111111:certificate/1234' }],
  },
  names: CLOUDFORMATION_NAMES,
  environment: { region },
});

export const domainValues: RuleValues[] = [
  valuesOf(
    'domain-name',
    'domain-name-certificate-region',
    [[domainIn('us-east-1'), /is in eu-west-1, expected one in us-east-1/]],
    [domainIn('eu-west-1'), domainIn(), domainIn(UNKNOWN)],
  ),
];
