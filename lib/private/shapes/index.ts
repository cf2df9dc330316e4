import type { Authorizer } from './authorizers';
import type { DeployedIntegration, DeployedMove, DeployedReplacement, DeployedTwin } from './deployed';
import type { ApiMapping, DomainName, VpcLink } from './domains';
import type { Integration, IntegrationResponse, IntegrationUse } from './integration';
import type { ApiCall, NestedStacks } from './resources';
import type { Api, FunctionPolicy, Links, Route, ServiceCall, SimilarRoutes, Twins, WebSocketPart } from './resources';
import type { Deployment, Preflight, Stage } from './stages';

/** The shape of what each kind of rule judges. */
export interface Shapes {
  'integration': Integration;
  'integration-response': IntegrationResponse;
  'integration-use': IntegrationUse;
  'route': Route;
  'twins': Twins;
  'api': Api;
  'service-call': ServiceCall;
  'function-policy': FunctionPolicy;
  'vpc-links': Links;
  'similar-routes': SimilarRoutes;
  'websocket-part': WebSocketPart;
  'authorizer': Authorizer;
  'domain-name': DomainName;
  'api-mapping': ApiMapping;
  'vpc-link': VpcLink;
  'stage': Stage;
  'deployment': Deployment;
  'preflight': Preflight;
  'api-call': ApiCall;
  'nested-stacks': NestedStacks;
  'deployed-twin': DeployedTwin;
  'deployed-move': DeployedMove;
  'deployed-replacement': DeployedReplacement;
  'deployed-integration': DeployedIntegration;
}
