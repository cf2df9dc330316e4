import { mayBeChangedOutside } from '../permissions/outside';
import { boundRoutes, invokedFunction, permissionsByFunction, protocolOfApi } from '../permissions/routes';
import { judgeServiceCalls } from '../permissions/services';
import { mayBeTooLarge } from '../rules/lambda';
import type { FunctionPolicy } from '../shapes/resources';
import { functionName } from '../template/arns';
import { groupBy, listOf, type Located } from '../template/evaluator';
import { hasUnknown, type Text } from '../template/text';
import { shownStatement } from './routes';
import { gatewayResources, hasUnclear, propertiesOf, subject, type Subject, type View } from './view';

/** APIs, and how much of each kind they have. */
export function apiSubjects(view: View): Subject[] {
  const { app } = view;
  const byApi = (type: string): ReadonlyMap<Text, readonly Located[]> =>
    groupBy(gatewayResources(view, type), (resource) => app.property(resource, 'ApiId') ?? '');
  const [routes, integrations, stages, authorizers] = ['Route', 'Integration', 'Stage', 'Authorizer'].map(byApi);
  const domainApis = apisOfDomains(view);
  return gatewayResources(view, 'Api').map((api) => {
    const id = app.attribute(api, 'Ref');
    const properties = propertiesOf(view, api);
    return subject('api', api, {
      protocol: protocolOfApi(app, api),
      properties,
      names: view.namesOf(api),
      routes: routes.get(id)?.length ?? 0,
      integrations: integrations.get(id)?.length ?? 0,
      stages: stages.get(id)?.length ?? 0,
      // An API that is made with a target has a stage as well.
      mayHaveOtherStages: hasUnclear(stages) || properties.Target !== undefined,
      authorizers: authorizers.get(id)?.length ?? 0,
      mayHaveDomain: domainApis.some((it) => it === id || hasUnknown(it)),
      mayBeChanged: mayBeChangedOutside(app, api),
    });
  });
}

/** The ids of the APIs that domains of the app lead to, by a mapping or by a routing rule. */
function apisOfDomains(view: View): Text[] {
  const { app } = view;
  const mapped = gatewayResources(view, 'ApiMapping').map((mapping) => app.property(mapping, 'ApiId') ?? '');
  const routed = gatewayResources(view, 'RoutingRule').flatMap(({ stack, properties: { Actions: actions } }) =>
    listOf(actions).map((action) => {
      const { InvokeApi: invoked } = (action ?? {}) as { readonly InvokeApi?: { readonly ApiId?: unknown } };
      return app.text(stack, invoked?.ApiId ?? action);
    }));
  return [...mapped, ...routed];
}

/** Calls of services that a role of the app does not allow. */
export function serviceCallSubjects({ app, pathOf }: View): Subject[] {
  return judgeServiceCalls(app).flatMap(({ permitted, call, credentials, trusted, statements }) => {
    // Without a role the target itself may permit the call.
    if (permitted !== 'no' || credentials === undefined) { return []; }
    return [subject('service-call', call.integration, {
      action: call.action,
      resources: call.resources.map((it) => app.show(it)),
      role: app.show(credentials, pathOf),
      trusted: trusted !== 'no',
      lookedAt: statements.map((it) => shownStatement(app, it)),
    })];
  });
}

/**
 * The resource policies of functions, whoever wrote the statements. A version and an alias have a policy of their own.
 */
export function functionPolicySubjects({ app, pathOf }: View): Subject[] {
  const withMany = [...permissionsByFunction(app)].filter(([, permissions]) => mayBeTooLarge(permissions));
  if (withMany.length === 0) { return []; }
  const handlers = new Set(boundRoutes(app).map(({ integration }) => {
    const invoked = invokedFunction(app, integration);
    return invoked && functionName(app, integration, invoked).handler;
  }));
  return withMany.flatMap(([handler, permissions]) => {
    const resource = app.referenceOf(handler)?.resource;
    if (!resource || !handlers.has(handler)) { return []; }
    const policies = [...groupBy(permissions, ({ qualifier }) => qualifier).values()];
    return policies.filter(mayBeTooLarge).map((policy) => subject('function-policy', resource, {
      handler: pathOf(resource),
      statements: policy.map((permission) => statementOf(permission.resource)),
    }));
  });
}

function statementOf({ stack, logicalId, properties }: Located): FunctionPolicy['statements'][number] {
  return { stack: stack.id, logicalId, sourceArn: properties.SourceArn ?? '' };
}

/** The link that a class spoke on for all of its region already, or the first one, on which classes speak. */
function spokenFor({ isSaid }: View, links: readonly Located[]): Located {
  return links.find((link) => isSaid?.(link, 'vpc-link-quota')) ?? links[0];
}

/** VPC links, and how many there are in each region. */
export function vpcLinkSubjects(view: View): Subject[] {
  const links = gatewayResources(view, 'VpcLink');
  const byPlace = groupBy(links, ({ stack: { account, region, id } }) =>
    account && region ? `${region} of account ${account}` : `the region of the stack '${id}'`);
  return [
    ...[...byPlace].map(([where, all]) => subject('vpc-links', spokenFor(view, all), { links: all.length, where })),
    ...links.map((link) => subject('vpc-link', link, {
      properties: propertiesOf(view, link), names: view.namesOf(link),
    })),
  ];
}
