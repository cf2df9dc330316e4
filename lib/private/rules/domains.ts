import type { DomainName } from '../shapes/domains';
import { listOf, mapOf, quoted, textOf, type JsonMap } from '../shapes/values';
import { rule } from './rule';

const MAPPINGS_PAGE = 'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-mappings.html';
const SHARING_PAGE = 'https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-mappings.html';
const MAPPING_REPORT = 'https://github.com/aws/aws-cdk/issues/8983';

/** The endpoints of a domain name that are known. */
function endpointsOf({ properties }: DomainName): JsonMap[] {
  return listOf(properties.DomainNameConfigurations).map(mapOf).filter((it) => it !== undefined);
}

const CERTIFICATE = /^arn:[^:]+:acm:([^:]+):[^:]*:certificate\//;

interface Certificate { readonly arn: string; readonly region: string }

/** The certificates of a domain name of which the region is known. */
function certificatesOf(domain: DomainName): Certificate[] {
  const arns = endpointsOf(domain).flatMap(({ CertificateArn: arn }) => textOf(arn) ?? []);
  return arns.flatMap((arn) => {
    const region = CERTIFICATE.exec(arn)?.[1];
    return region === undefined ? [] : [{ arn, region }];
  });
}

const API_TEXTS = { HTTP: 'an HTTP API', WebSocket: 'a WebSocket API', REST: 'a REST API' };

export const domainRules = [
  rule({
    id: 'domain-name-endpoint',
    severity: 'error',
    kind: 'domain-name',
    when: 'A custom domain name of API Gateway v2 has an endpoint of the type `EDGE`.',
    why: 'API Gateway refuses the domain name at deployment.',
    fix: 'Pass `EndpointType.REGIONAL`, the default, with a certificate of the region of the stack.',
    source: 'cdk-preflight 0.0.143',
    says: 'EDGE endpoint type is not supported for APIGatewayV2 domainName',
    check: (domain) => !endpointsOf(domain).some(({ EndpointType: type }) => textOf(type) === 'EDGE') ? undefined
      : `'${domain.names('DomainNameConfigurations.EndpointType')}' is "EDGE", expected "REGIONAL". `
        + 'Pass EndpointType.REGIONAL as \'endpointType\', with a certificate of the region of the stack.',
  }),
  rule({
    id: 'domain-name-underscore',
    severity: 'error',
    kind: 'domain-name',
    when: 'A custom domain name has an underscore.',
    why: 'API Gateway refuses the domain name at deployment.',
    fix: 'Use letters, digits, hyphens and dots.',
    source: 'cdk-preflight 0.0.143; logs of deployments',
    says: 'Domain name cannot contain an underscore character',
    check: ({ properties, names }) => {
      const name = textOf(properties.DomainName);
      return !name?.includes('_') ? undefined
        : `'${names('DomainName')}' is ${quoted(name)}, expected a name without an underscore. Write for example `
          + `${quoted(name.replaceAll('_', '-'))}.`;
    },
  }),
  rule({
    id: 'domain-name-certificate-region',
    severity: 'error',
    kind: 'domain-name',
    when: 'The certificate of a custom domain name is in another region than the domain name. Checked where both '
      + 'are known.',
    why: 'API Gateway refuses the domain name at deployment.',
    fix: 'Request or import the certificate in the region of the stack.',
    source: 'cdk-preflight 0.0.143',
    says: 'Invalid certificate ARN: … Certificate must be in \'eu-west-1\'.',
    check: (domain) => {
      const region = textOf(domain.environment.region);
      if (region === undefined) { return undefined; }
      return certificatesOf(domain).filter((certificate) => certificate.region !== region).map((certificate) =>
        `The certificate ${quoted(certificate.arn)} is in ${certificate.region}, expected one in ${region}, where the `
        + `domain name is. Request or import a certificate in ${region} and pass it as 'certificate'.`);
    },
  }),
  rule({
    id: 'api-mapping-protocols',
    severity: 'warning',
    kind: 'api-mapping',
    when: 'A custom domain name leads to a WebSocket API and to an HTTP or REST API.',
    why: 'AWS documents that a WebSocket API cannot share a custom domain name with other APIs.',
    fix: 'Give the WebSocket API a domain name of its own.',
    source: SHARING_PAGE,
    check: ({ kind, other }) => kind === undefined || other === undefined ? undefined
      : `The mapping leads to ${API_TEXTS[kind]}, but '${other.path}' leads from the same domain name to `
        + `${API_TEXTS[other.kind]}, expected a domain name of its own for a WebSocket API. Make a second `
        + `DomainName for it.`,
  }),
  rule({
    id: 'api-mapping-key',
    severity: 'error',
    kind: 'api-mapping',
    when: 'The key of an API mapping has characters other than letters, digits, `$-_.+!*\'()` and slashes.',
    why: 'API Gateway refuses the mapping at deployment.',
    fix: 'Use the characters above. `apiMappingKey` is a path without variables.',
    source: MAPPING_REPORT,
    says: 'An ApiMapping key may contain only letters, numbers and one of $-_.+!*\'(),',
    check: ({ properties, names }) => {
      const key = textOf(properties.ApiMappingKey);
      return key === undefined || /^[a-zA-Z0-9$\-_.+!*'(),/]*$/.test(key) ? undefined
        : `'${names('ApiMappingKey')}' is ${quoted(key)}, expected letters, digits, slashes and $-_.+!*'() only. `
          + `See ${MAPPINGS_PAGE} and pass another 'apiMappingKey'.`;
    },
  }),
  rule({
    id: 'api-mapping-stage-order',
    severity: 'warning',
    kind: 'api-mapping',
    when: 'An API mapping names a stage of its template by text, and does not depend on it.',
    why: 'AWS CloudFormation may make the mapping first. API Gateway then refuses it.',
    fix: 'Use `ApiMapping`, which depends on the stage; refer to the stage, or add it to `DependsOn`.',
    source: MAPPING_REPORT,
    says: 'Invalid stage identifier specified',
    check: ({ unorderedStage, names }) => unorderedStage === undefined ? undefined
      : `'${names('Stage')}' names the stage '${unorderedStage}' by text, which may be made after the mapping, `
        + 'expected a dependency on it. Refer to the stage ({ "Ref": ... }), add it to DependsOn, or use ApiMapping '
        + 'with \'stage\', which does.',
  }),
];
