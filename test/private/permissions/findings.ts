import { spelled } from '../../../lib/private/template/arns';
import { actionMatches, type Statement } from '../../../lib/private/permissions/policies';
import { boundRoutes, routeIsPermitted, sourceArns } from '../../../lib/private/permissions/routes';
import { judgeServiceCalls, type ServiceCall } from '../../../lib/private/permissions/services';
import { Evaluator, type DeployedTemplate, type Located } from '../../../lib/private/template/evaluator';
import { arnMatches, globMatches, known, replaceSymbols } from '../../../lib/private/template/text';

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

  for (const route of app.ofType('AWS::ApiGatewayV2::Route')) {
    if (!bound.some((it) => it.route === route)) {
      say('no', `route ${String(route.properties.RouteKey)} has no integration`);
    }
  }
  for (const integration of app.ofType('AWS::ApiGatewayV2::Integration')) {
    if (!bound.some((it) => it.integration === integration)) {
      say('no', `integration ${nameOf(integration)} serves no route`);
    }
  }

  const presented = bound.flatMap((route) => {
    const verdict = routeIsPermitted(app, route);
    if (!verdict) { return []; }
    say(verdict.permitted, `route ${route.routeKey} may not call its function`);
    return [{ permissions: verdict.permissions.map(({ resource }) => resource), arns: sourceArns(app, route).flat() }];
  });
  for (const permission of app.ofType('AWS::Lambda::Permission')) {
    const source = app.property(permission, 'SourceArn');
    const used = source && presented.some(({ permissions, arns }) => permissions.includes(permission)
      && arns.some((arn) => arnMatches(source, arn) === 'yes'));
    if (!used) { say('no', `permission ${nameOf(permission)} serves no route`); }
  }

  const verdicts = judgeServiceCalls(app);
  for (const { call, permitted, credentials, statements } of verdicts) {
    say(permitted, `integration ${nameOf(call.integration)} may not call ${call.action}`);
    const calls = verdicts.filter((it) => it.credentials === credentials).map((it) => it.call);
    if (statements.some((statement) => statement.allow && exceeds(app, statement, call.service, calls))) {
      say('no', `integration ${nameOf(call.integration)} may call more than ${call.action}`);
    }
  }
  return findings;
}

/** Whether a statement allows anything of a service that none of the calls needs. */
function exceeds(
  app: Evaluator, { actions, arns }: Statement, service: string, calls: readonly ServiceCall[],
): boolean {
  return actions.filter((action) => known(action) === undefined
    || action === '*' || action.toLowerCase().startsWith(`${service}:`)).some((action) => {
    const needed = /[*?]/.test(action) ? [] : calls.filter((call) => actionMatches(action, call.action) === 'yes');
    // A call may need any resource that the request can name.
    const isNeeded = (arn: string, { resources }: ServiceCall) => resources.length === 0 ? globMatches(
      arn, '*',
    ) !== 'yes'
      : resources.some((resource) => arnMatches(withWildcards(app, resource), arn) === 'yes');
    return needed.length === 0 || !arns.every((arn) => needed.some((call) => isNeeded(arn, call)));
  });
}

/** The ARN of a call with `*` for what the request says. */
function withWildcards(app: Evaluator, resource: string): string {
  return replaceSymbols(spelled(app, resource), (symbol) => app.show(symbol)
    .endsWith(' of the request>') ? '*' : symbol);
}
