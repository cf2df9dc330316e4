import { apiCallsCases } from './api-calls';
import { apiSettingsCases } from './api-settings';
import { apisCases } from './apis';
import { authorizersCases } from './authorizers';
import type { Cases } from './case';
import { domainsCases } from './domains';
import { integrationShapeCases } from './integration-shape';
import { integrationsCases } from './integrations';
import { lambdaCases } from './lambda';
import { mappingsCases } from './mappings';
import { privateTargetsCases } from './private-targets';
import { referencesCases } from './references';
import { routesCases } from './routes';
import { servicesCases } from './services';
import { situationsCases } from './situations';
import { stagesCases } from './stages';
import { vpcLinksCases } from './vpc-links';
import { websocketCases } from './websocket';

/** The cases of every rule that a template shows. */
export const CASES: Cases = {
  ...routesCases,
  ...authorizersCases,
  ...domainsCases,
  ...vpcLinksCases,
  ...integrationShapeCases,
  ...referencesCases,
  ...apiCallsCases,
  ...situationsCases,
  ...apisCases,
  ...integrationsCases,
  ...privateTargetsCases,
  ...lambdaCases,
  ...mappingsCases,
  ...servicesCases,
  ...websocketCases,
  ...apiSettingsCases,
  ...stagesCases,
};
