import { protocolOf } from '../permissions/routes';
import type { ApiMapping, MappedKind } from '../shapes/domains';
import { dependsOn } from '../template/dependencies';
import { canExistTogether, groupBy, madeTogether, type Located } from '../template/evaluator';
import { hasUnknown, known, type Text } from '../template/text';
import {
  environmentOf, gatewayResources, propertiesOf, referredResource, subject, type Subject, type View,
} from './view';

/** Custom domain names, and the mappings of stages to them. */
export function domainSubjects(view: View): Subject[] {
  const mappings = gatewayResources(view, 'ApiMapping');
  const byDomain = groupBy(mappings, (mapping) => domainOf(view, mapping));
  return [
    ...gatewayResources(view, 'DomainName').map((domain) => subject('domain-name', domain, {
      properties: propertiesOf(view, domain), names: view.namesOf(domain), environment: environmentOf(domain),
    })),
    ...[...byDomain].flatMap(([domain, list]) => madeTogether(list).flatMap((together) =>
      together.map((mapping) => mappingSubject(view, mapping, hasUnknown(domain) ? [] : together)))),
  ];
}

/** The domain name of a mapping, also where it is a reference. */
function domainOf(view: View, mapping: Located): Text {
  const domain = referredResource(view, mapping, mapping.properties.DomainName);
  const name = domain && view.app.property(domain, 'DomainName');
  return name ?? view.app.property(mapping, 'DomainName') ?? '';
}

function mappingSubject(view: View, mapping: Located, ofDomain: readonly Located[]): Subject {
  const kind = kindOf(view, mapping);
  return subject('api-mapping', mapping, {
    properties: propertiesOf(view, mapping),
    names: view.namesOf(mapping),
    kind,
    other: otherOf(view, kind, ofDomain.slice(0, ofDomain.indexOf(mapping))),
    unorderedStage: unorderedStageOf(view, mapping),
  });
}

/** The kind of the API of a mapping, if it is known. */
function kindOf(view: View, mapping: Located): MappedKind | undefined {
  const api = referredResource(view, mapping, mapping.properties.ApiId);
  if (api?.type === 'AWS::ApiGateway::RestApi') { return 'REST'; }
  const protocol = api && protocolOf(view.app, mapping);
  return protocol === 'WEBSOCKET' ? 'WebSocket' : protocol;
}

/** The first of the mappings before one that leads to an API which cannot share a domain name with that of the one. */
function otherOf(view: View, kind: MappedKind | undefined, before: readonly Located[]): ApiMapping['other'] {
  const others = before.map((mapping) => ({ path: view.pathOf(mapping), kind: kindOf(view, mapping) }));
  const other = others.find((it) => it.kind !== undefined && (it.kind === 'WebSocket') !== (kind === 'WebSocket'));
  return kind === undefined || other?.kind === undefined ? undefined : { path: other.path, kind: other.kind };
}

/** The stage that a mapping names, where it is in the same template and nothing makes the mapping wait for it. */
function unorderedStageOf(view: View, mapping: Located): string | undefined {
  const { app } = view;
  const name = known(app.property(mapping, 'Stage') ?? '');
  const apiId = app.property(mapping, 'ApiId') ?? '';
  const stage = gatewayResources(view, 'Stage').find((it) => it.stack === mapping.stack && canExistTogether(it, mapping)
    && app.property(it, 'ApiId') === apiId && app.property(it, 'StageName') === name);
  return !name || !stage || dependsOn(app, mapping, stage) ? undefined : view.pathOf(stage);
}
