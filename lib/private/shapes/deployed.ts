/** Where a resource is, in the app or in a template that is deployed. */
export interface PlaceInTemplate {
  readonly logicalId: string;
  /** The name of the stack, or the path of the nested stack. */
  readonly stack: string;
  /** The path of the construct, where it is known. */
  readonly path?: string;
}

/** The types of which API Gateway takes one for each key: a route of an API by its route key, and so on. */
export type KeyedType =
  'Route' | 'ApiMapping' | 'Stage' | 'Authorizer' | 'RouteResponse' | 'IntegrationResponse' | 'DomainName';

/** Why what is deployed still has its key when it is wanted by another resource. */
export type Blocked =
  /** It is deleted in the same deployment, after everything is made. */
  | 'deleted-last'
  /** It stays when it is removed from the template. */
  | 'retained'
  /** It gets another key in the same deployment, but waits for the resource that wants its key. */
  | 'changed-later'
  /** Two resources or more exchange their keys. */
  | 'exchanged'
  /** Its stack is deployed after the other one. */
  | 'stack-later'
  /** Its stack is not in the app any more. */
  | 'stack-gone';

/** A resource that wants the key which another one has where it is deployed. */
export interface DeployedTwin {
  readonly of: KeyedType;
  readonly key: string;
  /** What has each key once: an API, a domain name, a route or an integration. */
  readonly owner: string;
  readonly wanting: PlaceInTemplate;
  readonly holding: PlaceInTemplate & { readonly key: string };
  readonly blocked: Blocked;
}

/** A resource that moves to another stack, where the app does not tell which of the stacks is deployed first. */
export type DeployedMove = Omit<DeployedTwin, 'blocked'>;

/** An API, a VPC link or a domain name that another one takes the place of. */
export interface DeployedReplacement {
  readonly of: 'Api' | 'VpcLink' | 'DomainName';
  readonly now: PlaceInTemplate;
  readonly before: PlaceInTemplate;
  /** The properties whose change makes the new one; none where only the logical id changed. */
  readonly properties: readonly string[];
}

/** An integration that another API has where it is deployed. */
export interface DeployedIntegration {
  readonly path: string;
  readonly before: string;
  readonly now: string;
}

/** What a deployment does to a route. One that has another logical id is replaced, too. */
export type Change = 'added' | 'kept' | 'changed' | 'replaced';

/** A route that is deployed and not in the app any more. */
export interface RemovedRoute extends PlaceInTemplate {
  readonly key: string;
  /** The API that it is of, as far as it is known. */
  readonly api: string;
}
