import type { Integration, IntegrationResponse, IntegrationUse } from './integration';
import type { Api, FunctionPolicy, Links, Route, ServiceCall, Twins } from './resources';
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
  'stage': Stage;
  'deployment': Deployment;
  'preflight': Preflight;
}
