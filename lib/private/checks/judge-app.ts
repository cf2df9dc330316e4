import type { Statement } from '../model/policies';
import { boundRoutes, invokedFunction, routeIsPermitted, type BoundRoute } from '../model/routes';
import { judgeServiceCalls } from '../model/services';
import { resourcesOf, type Evaluator, type Located } from '../model/template';
import { known, type Text } from '../model/text';
import { lambdaPolicySize } from '../rules/lambda';
import { vpcLinkQuota } from '../rules/private-targets';
import { judge, type Finding } from '../rules/rule';
import {
  apiQuota, apiWithoutStage, integrationUnused, rolePermission, routeKeyTwice, routePermission, routeResponse, vpcLinkAdmitted,
} from '../rules/whole-app';
import { admissionOf } from './admission';
import { judgeIntegration, judgeRoute } from './judge-resources';

/** What is said of a resource. */
export interface Judged {
  readonly resource: Located;
  readonly findings: readonly Finding[];
}

/** A value as it is shown: what is not known stands in angle brackets. */
export const shown = (text: Text) => text.join('');

const shownStatement = ({ actions, resources }: Statement) => `${actions.map(shown).join(' and ')} on ${resources.map(shown).join(' and ')}`;

/** Lists of resources by a value that they share, such as the id of their API. */
export function groupBy(resources: readonly Located[], valueOf: (resource: Located) => string): Map<string, Located[]> {
  const groups = new Map<string, Located[]>();
  for (const resource of resources) {
    const value = valueOf(resource);
    const group = groups.get(value);
    if (group) { group.push(resource); } else { groups.set(value, [resource]); }
  }
  return groups;
}

/** Judges the resources of an app. */
export function judgeApp(app: Evaluator, pathOf: (resource: Located) => string): Judged[] {
  const ofType = (type: string) => resourcesOf(app.app, `AWS::ApiGatewayV2::${type}`);
  const apiOf = (resource: Located) => shown(app.property(resource, 'ApiId') ?? []);
  const [routes, integrations, stages, routeResponses] = ['Route', 'Integration', 'Stage', 'RouteResponse'].map(ofType);
  const bound = boundRoutes(app);
  const same = (one: Located, other: Located) => one.stack === other.stack && one.logicalId === other.logicalId;
  const boundTo = new Map<string, BoundRoute[]>();
  const keyOf = ({ stack, logicalId }: Located) => `${stack.id}/${logicalId}`;
  for (const route of bound) {
    boundTo.set(keyOf(route.integration), [...boundTo.get(keyOf(route.integration)) ?? [], route]);
  }
  const routesByApi = groupBy(routes, apiOf);
  const integrationsByApi = groupBy(integrations, apiOf);
  const stagesByApi = groupBy(stages, apiOf);
  const responsesByRoute = groupBy(routeResponses, (response) => shown(app.property(response, 'RouteId') ?? []));
  const judged: Judged[] = [];
  const add = (resource: Located, ...findings: Finding[]) => {
    if (findings.length > 0) { judged.push({ resource, findings }); }
  };

  for (const route of bound) {
    add(route.route, ...judgeRoute(route, pathOf));
    const verdict = routeIsPermitted(app, route);
    if (verdict?.permitted === 'no') {
      const credentials = app.property(route.integration, 'CredentialsArn');
      add(route.route, ...judge({
        route: route.routeKey,
        missing: verdict.missing.map(shown),
        role: credentials && shown(credentials),
        lookedAt: credentials ? verdict.statements.map(shownStatement)
          : verdict.permissions.map((permission) => shown(app.property(permission, 'SourceArn') ?? ['any'])),
        permitted: false,
      }, routePermission));
    }
  }
  for (const route of routes) {
    const selects = route.properties.RouteResponseSelectionExpression !== undefined;
    add(route, ...judge({ responses: responsesByRoute.get(`<${keyOf(route)}.Ref>`)?.length ?? 0, selects }, routeResponse));
  }
  for (const integration of integrations) {
    const users = boundTo.get(keyOf(integration)) ?? [];
    // A target that is not understood may be this one.
    const understood = (routesByApi.get(apiOf(integration)) ?? []).every((route) => bound.some((it) => same(it.route, route)));
    add(integration, ...judgeIntegration(app, integration, users, pathOf), ...understood ? judge(users.length, integrationUnused) : []);
    const admission = admissionOf(app, integration, pathOf);
    if (admission) { add(integration, ...judge(admission, vpcLinkAdmitted)); }
  }
  for (const { call, permitted, statements } of judgeServiceCalls(app)) {
    const { CredentialsArn: credentials, IntegrationSubtype: subtype } = call.integration.properties;
    // Without a role the target itself may permit the call; first-class integrations need one.
    if (permitted !== 'no' || (credentials === undefined && subtype === undefined)) { continue; }
    add(call.integration, ...judge({
      action: call.action,
      resources: call.resources.map(shown),
      lookedAt: statements.map(shownStatement),
      permitted: false,
    }, rolePermission));
  }
  for (const api of ofType('Api')) {
    const id = `<${keyOf(api)}.Ref>`;
    const own = { routes: routesByApi.get(id) ?? [], integrations: integrationsByApi.get(id) ?? [], stages: stagesByApi.get(id) ?? [] };
    add(api,
      ...judge({ routes: own.routes.length, stages: own.stages.length }, apiWithoutStage),
      ...(['routes', 'integrations', 'stages'] as const).flatMap((kind) => judge({ kind, count: own[kind].length }, apiQuota)));
    for (const [key, twins] of groupBy(own.routes, (route) => known(app.property(route, 'RouteKey') ?? []) ?? keyOf(route))) {
      if (twins.length > 1) { add(twins[1], ...judge({ key, routes: twins.map(pathOf) }, routeKeyTwice)); }
    }
  }
  judged.push(...judgePolicies(app, bound, pathOf), ...judgeLinks(app));
  return judged;
}

/** The size of the policies of functions, whoever wrote the statements. */
function judgePolicies(app: Evaluator, bound: readonly BoundRoute[], pathOf: (resource: Located) => string): Judged[] {
  const functions = new Set(bound.map(({ integration }) => invokedFunction(app, integration)).filter((it) => it !== undefined).map(shown));
  const permissions = groupBy(resourcesOf(app.app, 'AWS::Lambda::Permission'), (permission) => shown(app.property(permission, 'FunctionName') ?? []));
  return [...permissions].flatMap(([name, all]) => {
    const handler = app.referenceOf([name])?.resource;
    if (!handler || !functions.has(name)) { return []; }
    const statements = all.map(({ stack, logicalId, properties }) => ({ sid: `${stack.id}-${logicalId}`, sourceArn: properties.SourceArn ?? '' }));
    const findings = judge({ handler: pathOf(handler), statements }, lambdaPolicySize);
    return findings.length > 0 ? [{ resource: handler, findings }] : [];
  });
}

/** How many VPC links a region has. */
function judgeLinks(app: Evaluator): Judged[] {
  const links = groupBy(resourcesOf(app.app, 'AWS::ApiGatewayV2::VpcLink'), ({ stack: { account, region, id } }) =>
    account && region ? `${region} of account ${account}` : `the region of the stack '${id}'`);
  return [...links].flatMap(([where, all]) => {
    const findings = judge({ links: all.length, where }, vpcLinkQuota);
    return findings.length > 0 ? [{ resource: all[all.length - 1], findings }] : [];
  });
}
