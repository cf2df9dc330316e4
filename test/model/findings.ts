import { boundRoutes, routeIsPermitted, sourceArns } from '../../lib/private/model/routes';
import { judgeServiceCalls } from '../../lib/private/model/services';
import { Evaluator, resourcesOf, type DeployedTemplate, type Located } from '../../lib/private/model/template';
import { arnMatches } from '../../lib/private/model/text';

/** What does not fit together in the templates of an app, in words. */
export interface Findings {
  /** What cannot work, or allows too much. */
  readonly wrong: string[];
  /** What is decided outside of the app. */
  readonly unknown: string[];
}

const nameOf = ({ stack, logicalId }: Located) => `${stack.id}/${logicalId}`;

/** Judges every route, integration, permission and role of an app. */
export function findingsOf(templates: readonly DeployedTemplate[]): Findings {
  const app = new Evaluator(templates);
  const bound = boundRoutes(app);
  const findings: Findings = { wrong: [], unknown: [] };
  const say = (verdict: 'yes' | 'no' | 'unknown', text: string) => {
    if (verdict !== 'yes') { findings[verdict === 'no' ? 'wrong' : 'unknown'].push(text); }
  };

  for (const route of resourcesOf(templates, 'AWS::ApiGatewayV2::Route')) {
    if (!bound.some((it) => nameOf(it.route) === nameOf(route))) { say('no', `route ${String(route.properties.RouteKey)} has no integration`); }
  }
  for (const integration of resourcesOf(templates, 'AWS::ApiGatewayV2::Integration')) {
    if (!bound.some((it) => nameOf(it.integration) === nameOf(integration))) { say('no', `integration ${nameOf(integration)} serves no route`); }
  }

  const presented = bound.flatMap((route) => {
    const verdict = routeIsPermitted(app, route);
    if (!verdict) { return []; }
    say(verdict.permitted, `route ${route.routeKey} may not call its function`);
    return [{ permissions: verdict.permissions, arns: sourceArns(app, route) }];
  });
  for (const permission of resourcesOf(templates, 'AWS::Lambda::Permission')) {
    const source = app.property(permission, 'SourceArn');
    const used = source && presented.some(({ permissions, arns }) => permissions.some((it) => nameOf(it) === nameOf(permission))
      && arns.some((arn) => arnMatches(source, arn)));
    if (!used) { say('no', `permission ${nameOf(permission)} serves no route`); }
  }

  for (const { call, permitted, excess } of judgeServiceCalls(app)) {
    say(permitted, `integration ${nameOf(call.integration)} may not call ${call.action}`);
    if (excess.length > 0) { say('no', `integration ${nameOf(call.integration)} may call more than ${call.action}`); }
  }
  return findings;
}
