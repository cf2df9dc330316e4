import { apiSettingsCases } from './api-settings';
import { apisCases } from './apis';
import type { Cases } from './case';
import { integrationsCases } from './integrations';
import { lambdaCases } from './lambda';
import { mappingsCases } from './mappings';
import { privateTargetsCases } from './private-targets';
import { servicesCases } from './services';
import { stagesCases } from './stages';
import { websocketCases } from './websocket';

/** The cases of every rule that a template shows. */
export const CASES: Cases = {
  ...apisCases, ...integrationsCases, ...privateTargetsCases, ...lambdaCases, ...mappingsCases, ...servicesCases, ...websocketCases,
  ...apiSettingsCases, ...stagesCases,
};
