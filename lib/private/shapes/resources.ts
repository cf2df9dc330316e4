import type { Protocol, Referred } from './integration';
import type { Names } from './names';
import type { Properties } from './values';

/** Whether API Gateway may invoke the function of a route, where the app tells that it may not. */
export interface InvokeDenied {
  /** The function that is invoked. */
  readonly target: string;
  /** The source ARNs that API Gateway presents and nothing permits. */
  readonly missing: readonly string[];
  /** The role that is named, if one is. */
  readonly role?: string;
  /** Whether API Gateway may assume the role. */
  readonly trusted: boolean;
  /** The source ARNs of the permissions, or the statements of the role, that were looked at. */
  readonly lookedAt: readonly string[];
}

/** A route, as it is emitted. */
export interface Route {
  readonly protocol: Protocol;
  readonly properties: Properties;
  readonly names: Names;
  readonly path: string;
  /** How many route responses it has, and whether it may have others that the app does not tell. */
  readonly responses: number;
  readonly mayHaveOtherResponses?: boolean;
  readonly denied?: InvokeDenied;
  /** Whether the protocol was told by the key of the route or its integration, since the API is not in the app. */
  readonly isProtocolInferred?: boolean;
  /** The authorizer that the route names, if it is in the app. */
  readonly authorizer?: { readonly path: string; readonly type?: string };
  /** Whether the target is the id of an integration of the app, with nothing before it. */
  readonly isTargetBareId?: boolean;
  /** What the target names in place of an integration. */
  readonly wrongTarget?: Referred;
  /** The integration of another API that the target names, that API, and the one of the route. */
  readonly foreign?: { readonly integration: string; readonly otherApi: string; readonly api: string };
}

/** Routes of an API whose keys differ in nothing but the names of their variables, and which are made together. */
export interface SimilarRoutes {
  readonly routes: readonly { readonly path: string; readonly key: string }[];
}

/** A call of a function that an API writes itself, in its OpenAPI document or as its target, and that is denied. */
export interface ApiCall {
  /** The route or the authorizer that makes it. */
  readonly of: string;
  readonly denied: InvokeDenied;
}

/** Nested stacks of one template that wait for each other. */
export interface NestedStacks {
  readonly paths: readonly string[];
}

/** What only WebSocket APIs have: a model, or a response of a route or an integration. */
export interface WebSocketPart {
  readonly type: 'Model' | 'RouteResponse' | 'IntegrationResponse';
  /** The protocol of the API, if it is known. */
  readonly protocol?: Protocol;
  readonly properties: Properties;
  readonly names: Names;
}

/** Resources of one kind and one owner that have the same key and are made together. */
export interface Twins {
  readonly of: 'route' | 'integration response' | 'authorizer';
  readonly key: string;
  readonly paths: readonly string[];
}

/** An API, and how much of each kind it has. */
export interface Api {
  readonly protocol?: Protocol;
  readonly properties: Properties;
  readonly names: Names;
  readonly routes: number;
  readonly integrations: number;
  readonly stages: number;
  /** Whether it may have a stage that the app does not show. */
  readonly mayHaveOtherStages: boolean;
  readonly authorizers: number;
  /** Whether a domain may lead to it. */
  readonly mayHaveDomain: boolean;
  /** Whether something that the app does not show may change it. */
  readonly mayBeChanged: boolean;
}

/** A call of a service that the app tells to be denied. */
export interface ServiceCall {
  readonly action: string;
  readonly resources: readonly string[];
  readonly role?: string;
  /** Whether API Gateway may assume the role. */
  readonly trusted: boolean;
  readonly lookedAt: readonly string[];
}

/** The statements of API Gateway in the resource policy of a function, a version or an alias. */
export interface FunctionPolicy {
  readonly handler: string;
  readonly statements: readonly { readonly stack: string; readonly logicalId: string; readonly sourceArn: unknown }[];
}

/** The VPC links of API Gateway v2 in a region. */
export interface Links {
  readonly links: number;
  readonly where: string;
}
