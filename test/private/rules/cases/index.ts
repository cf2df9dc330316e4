import { apiCallsCases } from './api-calls';
import { apisCases } from './apis';
import type { Cases } from './case';
import { integrationShapeCases } from './integration-shape';
import { integrationsCases } from './integrations';
import { lambdaCases } from './lambda';
import { mappingsCases } from './mappings';
import { privateTargetsCases } from './private-targets';
import { referencesCases } from './references';
import { servicesCases } from './services';
import { situationsCases } from './situations';
import { websocketCases } from './websocket';

/** The cases of every rule that a template shows. */
export const CASES: Cases = {
  ...integrationShapeCases,
  ...referencesCases,
  ...apiCallsCases,
  ...situationsCases,
  ...apisCases, ...integrationsCases, ...privateTargetsCases, ...lambdaCases, ...mappingsCases, ...servicesCases, ...websocketCases,
};
