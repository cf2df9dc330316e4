import { REPLACEMENTS } from '../facts/replacements';
import { protocolOfApi } from '../permissions/routes';
import { subject, type Subject } from '../judging/view';
import type { DeployedReplacement } from '../shapes/deployed';
import type { Evaluator, Located } from '../template/evaluator';
import { known, type Text } from '../template/text';
import type { Both } from './both';
import { integrationOf } from './changes';
import { isWrittenAlike } from './written';

const TYPES = ['Api', 'VpcLink', 'DomainName'] as const;

const typeOf = (of: DeployedReplacement['of']) => `AWS::ApiGatewayV2::${of}`;

/** What takes the place of an API, a VPC link or a domain name, and integrations that another API gets. */
export function replacementSubjects(both: Both): Subject[] {
  const renamed = new Map(TYPES.flatMap((of) => renamedOf(both, of)));
  return [
    ...TYPES.flatMap((of) => both.app.ofType(typeOf(of)).flatMap((now) => {
      const properties = replacedProperties(both, now);
      const before = properties.length > 0 ? both.predecessorOf(now) : renamed.get(now);
      return before ? [subject('deployed-replacement', now, {
        of, now: both.placeOf(now), before: both.placeBefore(before), properties,
      })] : [];
    })),
    ...both.app.ofType(typeOf('Integration' as DeployedReplacement['of'])).flatMap((now) =>
      movedIntegration(both, now, renamed)),
  ];
}

/** The properties whose change certainly makes a new resource. */
function replacedProperties(both: Both, now: Located): string[] {
  const before = both.predecessorOf(now);
  if (!before) { return []; }
  return (REPLACEMENTS[now.type] ?? []).filter((property) => both.isSame(before, now, property) === 'no');
}

/** New resources with the one that each takes the place of, under another logical id of the same stack. */
function renamedOf(both: Both, of: DeployedReplacement['of']): [Located, Located][] {
  // The key of a domain name is taken, which is a conflict.
  if (of === 'DomainName') { return []; }
  const gone = both.before.ofType(typeOf(of)).filter((it) => !both.successorOf(it) && both.isCertain(both.before, it));
  return both.app.ofType(typeOf(of)).filter((it) => !both.predecessorOf(it)).flatMap((now): [Located, Located][] => {
    const stack = both.stackOf(both.app, now.stack);
    const before = gone.find((it) => {
      return both.stackOf(both.before, it.stack) === stack && isAlike(both, it, now);
    });
    return stack && before ? [[now, before]] : [];
  });
}

/** Whether one resource is meant to be what the other one was. */
function isAlike(both: Both, before: Located, now: Located): boolean {
  const name = known(both.app.property(now, 'Name') ?? '');
  const hasName = name !== undefined && name !== '' && name === both.before.property(before, 'Name');
  if (now.type === typeOf('VpcLink')) {
    return hasName || isWrittenAlike({ app: both.before, of: before }, { app: both.app, of: now }, 'SubnetIds');
  }
  const isOfProtocol = protocolOfApi(both.before, before) === protocolOfApi(both.app, now);
  return isOfProtocol && (hasName || sharesMostRoutes(both, before, now));
}

/** Whether an API has most routes that another one had; any two may have `$connect` or `GET /health`. */
function sharesMostRoutes(both: Both, before: Located, now: Located): boolean {
  const keys = routeKeys(both.app, now);
  const keysBefore = [...routeKeys(both.before, before)];
  const ownKeys = keysBefore.filter((key) => !key.startsWith('$'));
  const telling = ownKeys.length > 0 ? ownKeys : keysBefore;
  return telling.filter((key) => keys.has(key)).length > telling.length / 2;
}

function routeKeys(app: Evaluator, api: Located): Set<Text> {
  const id = app.attribute(api, 'Ref');
  const routes = app.ofType('AWS::ApiGatewayV2::Route').filter((route) => app.property(route, 'ApiId') === id);
  return new Set(routes.flatMap((route) => known(app.property(route, 'RouteKey') ?? '') ?? []));
}

/**
 * An integration whose API is another one. It is not told of one that goes with its API to another logical id, or that
 * nothing in its API uses any more.
 */
function movedIntegration(both: Both, now: Located, renamed: ReadonlyMap<Located, Located>): Subject[] {
  const before = both.predecessorOf(now);
  if (!before || both.isSame(before, now, 'ApiId') !== 'no') { return []; }
  const api = both.app.reference(now.stack, now.properties.ApiId)?.resource;
  const apiBefore = both.before.reference(before.stack, before.properties.ApiId)?.resource;
  if (api && (renamed.get(api) === apiBefore || both.predecessorOf(api) === apiBefore)) { return []; }
  if ((apiBefore && isRemoved(both, apiBefore)) || isLeftByRoutes(both, before, now)) { return []; }
  return [subject('deployed-integration', now, {
    path: both.view.pathOf(now),
    before: both.shown(both.before, before, 'ApiId'),
    now: both.shown(both.app, now, 'ApiId'),
  })];
}

/** Whether a resource that is deployed is deleted. */
function isRemoved(both: Both, before: Located): boolean {
  return both.stackOf(both.before, before.stack) !== undefined && !both.successorOf(before)
    && !both.isRetained(before, 'DeletionPolicy');
}

/** Whether an integration had routes, and each of them is deleted, is made anew, or gets another integration. */
function isLeftByRoutes(both: Both, before: Located, now: Located): boolean {
  const routes = both.before.ofType('AWS::ApiGatewayV2::Route')
    .filter((route) => integrationOf(both.before, route) === before);
  return routes.length > 0 && routes.every((route) => {
    const successor = both.successorOf(route);
    if (!successor) { return isRemoved(both, route); }
    return both.isReplaced(successor) === 'yes' || integrationOf(both.app, successor) !== now;
  });
}
