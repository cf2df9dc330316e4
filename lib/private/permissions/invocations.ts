import { formatArn, functionName } from '../template/arns';
import { listOf, ownValue, type Evaluator, type Located } from '../template/evaluator';
import type { Text } from '../template/text';
import type { Invocation } from './lambda-permissions';
import { functionInUri, sourcesOfRoute, stageNamesOf } from './routes';

/**
 * The calls of functions that APIs write themselves: for the routes and authorizers of an OpenAPI document, and for the
 * route of an API that is made with a target. Routes and authorizers that are resources make others.
 */
export function invocationsOfApis(app: Evaluator): Invocation[] {
  return app.ofType('AWS::ApiGatewayV2::Api').flatMap((api) => [
    ...invocationOfTarget(app, api),
    ...invocationsOfBody(app, api),
  ]);
}

/** The call of a function that an authorizer makes, or undefined for one that calls none. */
export function invocationOfAuthorizer(app: Evaluator, authorizer: Located): Invocation | undefined {
  const invoked = functionInUri(app, app.property(authorizer, 'AuthorizerUri') ?? '');
  if (invoked === undefined) { return undefined; }
  const apiId = app.property(authorizer, 'ApiId') ?? '';
  return {
    caller: authorizer,
    apiId,
    authorizer: app.property(authorizer, 'Name') ?? '',
    invoked: functionName(app, authorizer, invoked),
    credentials: app.property(authorizer, 'AuthorizerCredentialsArn'),
    sources: [[sourceOfAuthorizer(app, authorizer, apiId, app.attribute(authorizer, 'Ref'))]],
  };
}

/** The source ARN that API Gateway presents for an authorizer. */
function sourceOfAuthorizer(app: Evaluator, holder: Located, apiId: Text, id: Text): Text {
  return formatArn(app, holder, 'execute-api', `${apiId}/authorizers/${id}`);
}

/** The call of the function that is the target of an API; such an API has a stage of its own. */
function invocationOfTarget(app: Evaluator, api: Located): Invocation[] {
  const target = app.property(api, 'Target') ?? '';
  const isFunction = /^arn:[^:]*:lambda:/.test(target) || isFunctionResource(app, target);
  const invoked = isFunction ? functionInUri(app, target) : undefined;
  if (invoked === undefined) { return []; }
  const routeKey = app.property(api, 'RouteKey') ?? '$default';
  return [invocationOfApi(app, api, routeKey, invoked, app.property(api, 'CredentialsArn'), ['$default'])];
}

function isFunctionResource(app: Evaluator, text: Text): boolean {
  return app.referenceOf(text)?.resource.type.startsWith('AWS::Lambda::') ?? false;
}

/** The call of a function for a route that the API itself says. */
function invocationOfApi(
  app: Evaluator, api: Located, routeKey: Text, invoked: Text, credentials?: Text, ownStages: readonly Text[] = [],
): Invocation {
  const apiId = app.attribute(api, 'Ref');
  const stageNames = [...ownStages, ...stageNamesOf(app, apiId)];
  return {
    caller: api,
    apiId,
    routeKey,
    invoked: functionName(app, api, invoked),
    credentials,
    sources: sourcesOfRoute(app, { holder: api, apiId, protocol: 'HTTP', routeKey, stageNames }),
  };
}

/** The members of an object, as far as they are written. */
function membersOf(value: unknown): [string, unknown][] {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : [];
}

/** A value of an object in objects. */
function valueAt(value: unknown, ...keys: readonly string[]): unknown {
  return keys.reduce((within, key) => ownValue(within, key), value);
}

const METHODS: readonly string[] = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch'];

/** The calls of functions for the routes and the authorizers of the OpenAPI document of an API. */
function invocationsOfBody(app: Evaluator, api: Located): Invocation[] {
  const body = api.properties.Body;
  const operations = membersOf(valueAt(body, 'paths')).flatMap(([path, methods]) => membersOf(methods)
    .map(([method, operation]) => ({ routeKey: routeKeyOf(app, api, path, method), operation })));
  const routes = operations.flatMap(({ routeKey, operation }) => {
    const integration = withReference(body, valueAt(operation, 'x-amazon-apigateway-integration'));
    return routeKey === undefined ? [] : invocationOfOperation(app, api, routeKey, integration) ?? [];
  });
  // An authorizer that no operation asks for is not called.
  const asked = operations.flatMap(({ operation }) => listOf(valueAt(operation, 'security')).flatMap(membersOf));
  const authorizers = [...new Set(asked.map(([name]) => name))].flatMap((name) => {
    const scheme = valueAt(body, 'components', 'securitySchemes', name, 'x-amazon-apigateway-authorizer');
    return invocationOfScheme(app, api, name, scheme) ?? [];
  });
  return [...routes, ...authorizers];
}

/** The key of a route that a document writes, or undefined for a member of a path that is no method. */
function routeKeyOf(app: Evaluator, api: Located, path: string, method: string): Text | undefined {
  if (path === '/$default') { return '$default'; }
  const isAny = method === 'x-amazon-apigateway-any-method';
  if (!isAny && !METHODS.includes(method.toLowerCase())) { return undefined; }
  // Where the path of the server is a part of those of the routes, that path is not read.
  const basePath = app.property(api, 'BasePath') ?? 'ignore';
  const prefix = basePath === 'ignore' ? '' : `/${app.unknown('base path')}`;
  return `${isAny ? 'ANY' : method.toUpperCase()} ${prefix}${path}`;
}

/** An integration, or the one of the components that it names. */
function withReference(body: unknown, integration: unknown): unknown {
  const reference = valueAt(integration, '$ref');
  const start = '#/components/x-amazon-apigateway-integrations/';
  if (typeof reference !== 'string' || !reference.startsWith(start)) { return integration; }
  return valueAt(body, 'components', 'x-amazon-apigateway-integrations', reference.slice(start.length));
}

function invocationOfOperation(
  app: Evaluator, api: Located, routeKey: Text, integration: unknown,
): Invocation | undefined {
  const text = (name: string) => textAt(app, api, integration, name);
  if (text('type')?.toLowerCase() !== 'aws_proxy' || valueAt(integration, 'integrationSubtype') !== undefined) {
    return undefined;
  }
  const invoked = functionInUri(app, text('uri') ?? '');
  return invoked === undefined ? undefined : invocationOfApi(app, api, routeKey, invoked, text('credentials'));
}

function invocationOfScheme(app: Evaluator, api: Located, name: string, scheme: unknown): Invocation | undefined {
  const invoked = functionInUri(app, textAt(app, api, scheme, 'authorizerUri') ?? '');
  if (invoked === undefined) { return undefined; }
  const apiId = app.attribute(api, 'Ref');
  const id = app.unknown(`${api.stack.id}/${api.logicalId} authorizer ${name}`, `id of the authorizer ${name}`);
  return {
    caller: api,
    apiId,
    authorizer: name,
    invoked: functionName(app, api, invoked),
    credentials: textAt(app, api, scheme, 'authorizerCredentials'),
    sources: [[sourceOfAuthorizer(app, api, apiId, id)]],
  };
}

function textAt(app: Evaluator, { stack }: Located, value: unknown, name: string): Text | undefined {
  const found = valueAt(value, name);
  return found === undefined ? undefined : app.text(stack, found);
}
