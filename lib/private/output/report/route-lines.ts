import { HTTP_KEY } from '../../permissions/routes';
import { groupBy } from '../../template/evaluator';
import type { RouteModel } from './model';

/** Routes that a picture shows on one line. */
export interface RouteLine {
  readonly text: string;
  readonly routes: readonly RouteModel[];
}

/**
 * The lines of routes in a picture.
 *
 * The methods of one path share a line, if they share their authorizer and what becomes of them, and have no findings.
 */
export function linesOf(routes: readonly RouteModel[]): RouteLine[] {
  const groups = groupBy(routes, (route) => {
    const path = HTTP_KEY.exec(route.key)?.[2];
    const isAlone = path === undefined || route.findings.length > 0;
    return JSON.stringify(
      isAlone
        ? [route.logicalId, route.template]
        : [path, route.authorization, route.authorizer ?? '', route.access?.allowed ?? '', route.change ?? ''],
    );
  });
  return [...groups.values()].map((ofLine) => ({ text: textOf(ofLine), routes: ofLine }));
}

function textOf(routes: readonly RouteModel[]): string {
  return keysText(routes) + changeText(routes[0]);
}

function keysText(routes: readonly RouteModel[]): string {
  if (routes.length === 1) { return routes[0].key; }
  const keys = routes.map(({ key }) => HTTP_KEY.exec(key));
  return `${keys.map((key) => key?.[1]).join(', ')} ${keys[0]?.[2]}`;
}

/** What becomes of a route, unless it is kept. */
function changeText({ change }: RouteModel): string {
  return change === undefined || change === 'kept' ? '' : ` (${change})`;
}
