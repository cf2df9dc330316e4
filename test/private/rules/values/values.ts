import { HTTP_SERVICE_NAMES, WEBSOCKET_NAMES } from '../../../../lib/private/integrations/names';
import type { Shapes } from '../../../../lib/private/shapes';
import type { Integration, IntegrationUse, Protocol } from '../../../../lib/private/shapes/integration';
import { jsonOf, type Properties } from '../../../../lib/private/shapes/values';

/** Values that a rule refuses, each with a part of the message, and values that it accepts. */
export interface RuleValues {
  readonly rule: string;
  readonly refused: readonly (readonly [shape: unknown, message: RegExp])[];
  readonly accepted: readonly unknown[];
}

/** The values of a rule on shapes of a kind. */
export function valuesOf<K extends keyof Shapes>(
  _kind: K,
  rule: string,
  refused: readonly (readonly [Shapes[K], RegExp])[],
  accepted: readonly Shapes[K][],
): RuleValues {
  return { rule, refused, accepted };
}

/** The values of a rule on integrations, each made of something shorter. */
export function integrationValues<T>(
  rule: string,
  toIntegration: (value: T) => Integration,
  refused: readonly (readonly [T, RegExp])[],
  accepted: readonly T[],
): RuleValues {
  const shapes = refused.map(([value, message]) => [toIntegration(value), message] as const);
  return valuesOf('integration', rule, shapes, accepted.map(toIntegration));
}

/** An integration as a class emits it. */
export function integrationOf(protocol: Protocol, properties: object, more: Partial<Integration> = {}): Integration {
  return {
    protocol,
    properties: jsonOf(properties) as Properties,
    reached: {},
    names: protocol === 'HTTP' ? HTTP_SERVICE_NAMES : WEBSOCKET_NAMES,
    environment: { account: '111111111111', region: 'eu-west-1' },
    ...more,
  };
}

/** An integration that calls a URL, with other properties. */
export function httpUrl(properties: object, more?: Partial<Integration>): Integration {
  return integrationOf(
    'HTTP',
    { IntegrationType: 'HTTP_PROXY', IntegrationUri: 'https://example.com', ...properties },
    more,
  );
}

/** The use of an integration by routes. */
export function useOf(integration: Integration, more: Partial<IntegrationUse> = {}): IntegrationUse {
  return { integration, routes: [], responses: [], ...more };
}
