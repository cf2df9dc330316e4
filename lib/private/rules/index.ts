import type { Protocol } from '../shapes/integration';
import { areMadeAlike, shapeOfMade, snapshotOf, textOfMade, type MadeIntegration } from '../shapes/made-integration';
import type { Shapes } from '../shapes';
import type { Properties } from '../shapes/values';
import { apiCallRules } from './api-calls';
import { apiSettingRules } from './api-settings';
import { apiRules, checksOptionRules } from './apis';
import { authorizerRules } from './authorizers';
import { deployedNotCompared, deployedRules } from './deployed';
import { domainRules } from './domains';
import { integrationShapeRules } from './integration-shape';
import { integrationOptionRules, integrationRules } from './integrations';
import { lambdaOptionRules, lambdaRules } from './lambda';
import { mappingRules } from './mapping';
import { privateTargetOptionRules, privateTargetRules } from './private-targets';
import { Memory } from './memory';
import { referenceRules } from './references';
import { situationRules } from './situations';
import { routeRules, webSocketPartRules } from './routes';
import { findingsOf, type AnyRule, type Finding, type Kind, type Rule } from './rule';
import { serviceOptionRules, serviceRules } from './services';
import { stageRules } from './stages';
import { vpcLinkRules } from './vpc-links';
import { webSocketOptionRules, webSocketRules } from './websocket';

/** Every rule, topic by topic, in the order of docs/rules.md. */
export const RULE_TOPICS: readonly { readonly title: string; readonly rules: readonly AnyRule[] }[] = [
  { title: 'APIs and routes', rules: apiRules },
  { title: 'Settings of APIs', rules: apiSettingRules },
  { title: 'Stages and deployments', rules: stageRules },
  { title: 'OpenAPI documents and quick-created APIs', rules: apiCallRules },
  { title: 'Routes, models and responses', rules: [...routeRules, ...webSocketPartRules] },
  { title: 'Authorizers', rules: authorizerRules },
  { title: 'Custom domain names', rules: domainRules },
  { title: 'Integrations', rules: [...integrationRules, ...integrationOptionRules] },
  { title: 'The shape of integrations', rules: integrationShapeRules },
  { title: 'References', rules: referenceRules },
  { title: 'Private integrations', rules: [...privateTargetRules, ...privateTargetOptionRules] },
  { title: 'Situations of reports', rules: situationRules },
  { title: 'VPC links', rules: vpcLinkRules },
  { title: 'Lambda functions', rules: [...lambdaRules, ...lambdaOptionRules] },
  { title: 'Parameter mappings', rules: mappingRules },
  { title: 'Service integrations', rules: [...serviceRules, ...serviceOptionRules] },
  { title: 'WebSocket integrations', rules: [...webSocketRules, ...webSocketOptionRules] },
  { title: 'What is deployed', rules: [...deployedRules, deployedNotCompared] },
  { title: 'The checks themselves', rules: checksOptionRules },
];

export const RULES: readonly AnyRule[] = RULE_TOPICS.flatMap(({ rules }) => rules);

const isOf = (rule: AnyRule, kind: Kind): rule is Rule => rule.kind === kind;

/** The rules of a kind that are about a protocol, or about any. */
const byKind = new Map<string, readonly Rule[]>();

function rulesOf(kind: Kind, protocol: Protocol | undefined): readonly Rule[] {
  const key = `${kind} ${protocol}`;
  let rules = byKind.get(key);
  if (!rules) {
    rules = RULES.filter((it): it is Rule => isOf(it, kind) && (it.protocol === undefined || it.protocol === protocol));
    byKind.set(key, rules);
  }
  return rules;
}

function protocolOf(shape: object): Protocol | undefined {
  const { protocol, integration } = shape as { protocol?: Protocol; integration?: { protocol: Protocol } };
  return protocol ?? integration?.protocol;
}

/** Integrations in which nothing was found, by what they are made of. */
const clean = new Memory<true>();

/** The one in which nothing was found last. It is held weakly, since it knows constructs of its app. */
let lastClean: WeakRef<MadeIntegration> | undefined;

/** Judges an integration, unless nothing was found in one that is made of the same: an app has many that are alike. */
export function judgeIntegration(made: MadeIntegration): Finding[] {
  const last = lastClean?.deref();
  if (last && areMadeAlike(made, last)) { return []; }
  const text = textOfMade(made);
  const findings = clean.get(text) ? [] : judge('integration', shapeOfMade(made));
  if (findings.length === 0) {
    clean.add(text, true);
    lastClean = new WeakRef(snapshotOf(made));
  }
  return findings;
}

/** Judges a shape by every rule of its kind. */
export function judge<K extends Kind>(kind: K, shape: Shapes[K]): Finding[] {
  const findings: Finding[] = [];
  const { properties } = shape as { properties?: Properties };
  for (const rule of rulesOf(kind, protocolOf(shape))) {
    if (rule.about?.every((property) => properties?.[property] === undefined)) { continue; }
    const said = (rule as unknown as Rule<K>).check(shape);
    if (said !== undefined && said.length > 0) { findings.push(...findingsOf(rule, said)); }
  }
  return findings;
}
