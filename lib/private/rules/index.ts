import { apiRules } from './api';
import { lambdaRules } from './lambda';
import { mappingRules } from './mapping';
import { privateRules } from './private-targets';
import type { Rule } from './rule';
import { serviceRules } from './service-parameters';
import { targetRules } from './targets';
import { timeoutRules } from './timeouts';
import { webSocketRules } from './websocket';
import { wholeAppRules } from './whole-app';

/** Every rule, topic by topic, in the order of docs/rules.md. */
export const RULE_TOPICS: { readonly title: string; readonly rules: readonly Rule<never>[] }[] = [
  { title: 'APIs and routes', rules: apiRules },
  { title: 'Timeouts', rules: timeoutRules },
  { title: 'Targets', rules: targetRules },
  { title: 'Private targets', rules: privateRules },
  { title: 'Lambda functions', rules: lambdaRules },
  { title: 'Parameter mappings', rules: mappingRules },
  { title: 'Service integrations', rules: serviceRules },
  { title: 'WebSocket integrations', rules: webSocketRules },
  { title: 'The whole app', rules: wholeAppRules },
];
