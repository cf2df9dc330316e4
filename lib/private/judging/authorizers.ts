import { invocationOfAuthorizer } from '../permissions/invocations';
import { protocolOf } from '../permissions/routes';
import { oncePerApp, type Located } from '../template/evaluator';
import { symbolsOf } from '../template/text';
import { deniedOf, listsByApi, twinsOf } from './routes';
import { gatewayResources, propertiesOf, subject, type Subject, type View } from './view';

/** The authorizers that routes of the app name. One that no route uses is never called. */
const usedAuthorizers = oncePerApp((app) => new Set(app.ofType('AWS::ApiGatewayV2::Route').flatMap((route) =>
  app.referenceOf(app.property(route, 'AuthorizerId') ?? '')?.resource ?? [])));

/** Authorizers, and those of one API that have the same name. */
export function authorizerSubjects(view: View): Subject[] {
  const authorizers = gatewayResources(view, 'Authorizer');
  return [
    ...authorizers.map((authorizer) => authorizerSubject(view, authorizer)),
    ...listsByApi(view, authorizers).flatMap((list) => twinsOf(view, 'authorizer', 'Name', list)),
  ];
}

function authorizerSubject(view: View, authorizer: Located): Subject {
  const { app } = view;
  const isUsed = usedAuthorizers(app).has(authorizer);
  return subject('authorizer', authorizer, {
    protocol: protocolOf(app, authorizer),
    properties: propertiesOf(view, authorizer),
    names: view.namesOf(authorizer),
    path: view.pathOf(authorizer),
    isIssuedByApi: isIssuedByApi(view, authorizer),
    denied: isUsed ? deniedOf(view, invocationOfAuthorizer(app, authorizer)) : undefined,
  });
}

/** Whether the host of the issuer is that of the API: its endpoint, or the id of the API before `.execute-api.`. */
function isIssuedByApi({ app }: View, { stack, properties }: Located): boolean {
  const { Issuer: issuer } = (properties.JwtConfiguration ?? {}) as { readonly Issuer?: unknown };
  if (issuer === undefined) { return false; }
  const text = app.text(stack, issuer);
  const api = app.reference(stack, properties.ApiId)?.resource;
  const [first] = symbolsOf(text);
  const named = first === undefined ? undefined : app.referenceOf(first);
  if (!api || named?.resource !== api) { return false; }
  return named.attribute === 'ApiEndpoint' ? text.startsWith(first) : text.startsWith(`https://${first}.execute-api.`);
}
