import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as apigwv2 from 'aws-cdk-lib/aws-apigatewayv2';
import type { CfnResource, Stack } from 'aws-cdk-lib';
import { both, gateway, HERE, resource, url, type Build, type Properties } from '../builders';
import type { Cases } from './case';

const certificateIn = (region: string) => `arn:aws:acm:${region}:${HERE.account}:certificate/1234`;
const HERE_CERTIFICATE = certificateIn(HERE.region);

const domain = (endpoint: Properties, properties: Properties = {}): Build => (stack) => {
  gateway(stack, 'Domain', 'DomainName', {
    DomainName: 'api.example.com',
    DomainNameConfigurations: [{ EndpointType: 'REGIONAL', CertificateArn: HERE_CERTIFICATE, ...endpoint }],
    ...properties,
  });
};
const named = (name: unknown) => domain({}, { DomainName: name });

/** A mapping of the API, which waits for its stage if it is not said otherwise. */
const MAPPING = { ApiId: { Ref: 'Api' }, DomainName: 'api.example.com', Stage: 'prod' };
const mapping = (properties: Properties = {}, id = 'Mapping', dependsOn: string[] = ['Stage']): Build => (stack) => {
  const made = gateway(stack, id, 'ApiMapping', { ...MAPPING, ...properties });
  made.addOverride('DependsOn', dependsOn.length === 0 ? undefined : dependsOn);
};
const mapped = (properties: Properties, ...dependsOn: string[]) =>
  both(url(), mapping(properties, 'Mapping', dependsOn));

/** A second API, with its own mapping of a domain name. */
const other = (protocol: 'HTTP' | 'WEBSOCKET', domainName: unknown = 'api.example.com'): Build => (stack) => {
  const api = gateway(stack, 'Other', 'Api', {
    Name: 'other',
    ProtocolType: protocol,
    ...protocol === 'WEBSOCKET' && { RouteSelectionExpression: '$request.body.action' },
  });
  gateway(stack, 'OtherStage', 'Stage', { ApiId: api.ref, StageName: 'other', AutoDeploy: true });
  const properties = { ApiId: api.ref, Stage: 'other', DomainName: domainName, ApiMappingKey: 'v2' };
  mapping(properties, 'OtherMapping', ['OtherStage'])(stack);
};
const REST = (stack: Stack): CfnResource => resource(stack, 'Rest', 'AWS::ApiGateway::RestApi', { Name: 'rest' });

const upstreamDomain = (props: Partial<apigwv2.DomainNameProps>): Build => (stack) => {
  const certificate = acm.Certificate.fromCertificateArn(stack, 'Certificate', HERE_CERTIFICATE);
  new apigwv2.DomainName(stack, 'Domain', { domainName: 'api.example.com', certificate, ...props });
};
const upstreamCertificate = (region: string): Build => (stack) => {
  upstreamDomain({ certificate: acm.Certificate.fromCertificateArn(stack, 'There', certificateIn(region)) })(stack);
};
const upstreamMapping = (apiMappingKey: string): Build => (stack) => {
  upstreamDomain({})(stack);
  const domainName = stack.node.findChild('Domain') as apigwv2.DomainName;
  new apigwv2.ApiMapping(stack, 'Mapping', { api: new apigwv2.HttpApi(stack, 'Api'), domainName, apiMappingKey });
};
const upstreamSharing = (isShared: boolean): Build => (stack) => {
  const certificate = acm.Certificate.fromCertificateArn(stack, 'Certificate', HERE_CERTIFICATE);
  const domainName = new apigwv2.DomainName(stack, 'Domain', { domainName: 'api.example.com', certificate });
  const second = new apigwv2.DomainName(stack, 'Second', { domainName: 'ws.example.com', certificate });
  new apigwv2.HttpApi(stack, 'Api', { defaultDomainMapping: { domainName } });
  const webSocketApi = new apigwv2.WebSocketApi(stack, 'WebSocketApi');
  new apigwv2.WebSocketStage(stack, 'WebSocketStage', {
    webSocketApi,
    stageName: 'prod',
    autoDeploy: true,
    domainMapping: { domainName: isShared ? domainName : second, mappingKey: 'news' },
  });
};

const OF_NONE = 'The classes are integrations. None makes a domain name or a mapping.';

export const domainsCases: Cases = {
  'domain-name-endpoint': {
    wrong: { 'an edge-optimized endpoint': domain({ EndpointType: 'EDGE' }) },
    right: {
      'a regional endpoint': domain({}),
      'no type': domain({ EndpointType: undefined }),
      'a type that is known at deployment': domain({ EndpointType: { 'Fn::ImportValue': 'type' } }),
    },
    says: /'EndpointType' is "EDGE", expected "REGIONAL"/,
    classes: OF_NONE,
    upstream: {
      wrong: upstreamDomain({ endpointType: apigwv2.EndpointType.EDGE }),
      right: upstreamDomain({ endpointType: apigwv2.EndpointType.REGIONAL }),
    },
  },
  'domain-name-underscore': {
    wrong: { 'an underscore': named('my_api.example.com') },
    right: {
      'a hyphen': named('my-api.example.com'),
      'a wildcard': named('*.example.com'),
      'a name that is known at deployment': named({ 'Fn::Sub': 'my_${AWS::StackName}.example.com' }),
    },
    says: /^'DomainName' is "my_api\.example\.com", expected a name without an underscore\. Write for example "my-api\.example\.com"/,
    classes: OF_NONE,
    upstream: { wrong: upstreamDomain({ domainName: 'my_api.example.com' }), right: upstreamDomain({}) },
  },
  'domain-name-certificate-region': {
    wrong: { 'a certificate of another region': domain({ CertificateArn: certificateIn('us-east-1') }) },
    right: {
      'a certificate of the region of the stack': domain({}),
      'a certificate that is known at deployment': domain({ CertificateArn: { 'Fn::ImportValue': 'certificate' } }),
      'a certificate whose region is known at deployment': domain({
        CertificateArn: { 'Fn::Sub': 'arn:aws:acm:${AWS::Region}:${AWS::AccountId}:certificate/1234' },
      }),
      'a certificate of the app': both(domain({ CertificateArn: { Ref: 'Certificate' } }), (stack) => {
        resource(stack, 'Certificate', 'AWS::CertificateManager::Certificate', { DomainName: 'api.example.com' });
      }),
    },
    says: /is in us-east-1, expected one in eu-west-1, where the domain name is/,
    classes: OF_NONE,
    upstream: { wrong: upstreamCertificate('us-east-1'), right: upstreamCertificate(HERE.region) },
  },
  'api-mapping-protocols': {
    wrong: {
      'an HTTP API and a WebSocket API': both(mapped({}, 'Stage'), other('WEBSOCKET')),
      'a domain name of the app, by its name and by reference':
        both(domain({}), mapped({}, 'Stage'), other('WEBSOCKET', { Ref: 'Domain' })),
      'a REST API and a WebSocket API': both((stack) => {
        mapping({ ApiId: REST(stack).ref }, 'Mapping', [])(stack);
      }, other('WEBSOCKET')),
    },
    right: {
      'two HTTP APIs': both(mapped({}, 'Stage'), other('HTTP')),
      'two domain names': both(mapped({}, 'Stage'), other('WEBSOCKET', 'ws.example.com')),
      'domain names that are known at deployment':
        both(mapped({ DomainName: { 'Fn::ImportValue': 'domain' } }, 'Stage'),
          other('WEBSOCKET', { 'Fn::ImportValue': 'domain' })),
      'an API that is not in the app': both(mapping({ ApiId: 'api' }, 'Mapping', []), other('WEBSOCKET')),
      'an HTTP API and a REST API': both(mapped({}, 'Stage'), (stack) => {
        mapping({ ApiId: REST(stack).ref, ApiMappingKey: 'v1' }, 'RestMapping', [])(stack);
      }),
    },
    says: /leads to a WebSocket API, but '.*' leads from the same domain name to an HTTP API, expected a domain/,
    classes: OF_NONE,
    upstream: { wrong: upstreamSharing(true), right: upstreamSharing(false) },
  },
  'api-mapping-key': {
    wrong: {
      'a variable': mapped({ ApiMappingKey: 'books/{id}' }, 'Stage'),
      'a space': mapped({ ApiMappingKey: 'my books' }, 'Stage'),
      'a tilde': mapped({ ApiMappingKey: '~books' }, 'Stage'),
    },
    right: {
      'several levels': mapped({ ApiMappingKey: 'shop/books' }, 'Stage'),
      'all characters that are documented': mapped({ ApiMappingKey: 'a1$-_.+!*\'()/Z' }, 'Stage'),
      'no key': mapped({}, 'Stage'),
      'a key that is known at deployment': mapped({ ApiMappingKey: { 'Fn::Sub': '{${AWS::StackName}}' } }, 'Stage'),
    },
    says: /'ApiMappingKey' is "books\/\{id\}", expected letters, digits, slashes and/,
    classes: OF_NONE,
    upstream: { wrong: upstreamMapping('my books'), right: upstreamMapping('books') },
  },
  'api-mapping-stage-order': {
    wrong: {
      'a stage that is named by text': mapped({}),
      'a dependency on the API only': mapped({}, 'Api'),
    },
    right: {
      'DependsOn': mapped({}, 'Stage'),
      'a reference': mapped({ Stage: { Ref: 'Stage' } }),
      'a reference in a text': mapped({ Stage: { 'Fn::Sub': '${Stage}' } }),
      'a dependency over another resource': both(mapped({}, 'Topic'), (stack) => {
        resource(stack, 'Topic', 'AWS::SNS::Topic', { DisplayName: { 'Fn::GetAtt': ['Stage', 'Id'] } });
      }),
      'a stage that is not in the app': mapped({ Stage: 'test' }),
      'an API that is not in the app': both(url(), mapping({ ApiId: 'api' }, 'Mapping', [])),
      'a stage that is known at deployment': mapped({ Stage: { 'Fn::ImportValue': 'stage' } }),
    },
    says: /'Stage' names the stage 'Stack\/Stage' by text, .* after the mapping, expected a dependency on it/,
    classes: OF_NONE,
  },
};
