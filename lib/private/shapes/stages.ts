import type { Protocol } from './integration';
import type { Names } from './names';
import type { Properties } from './values';

/** A route, by its path in the app and its key. */
export interface KeyedRoute {
  readonly path: string;
  readonly key: string;
}

/** A stage, as it is emitted. */
export interface Stage {
  readonly protocol?: Protocol;
  readonly properties: Properties;
  readonly names: Names;
  /** The keys of all routes of the API; `undefined` where the app does not tell them. */
  readonly routeKeys?: readonly string[];
  /** Routes that the stage has settings of, and that may be made after it. */
  readonly notAwaited: readonly KeyedRoute[];
  /** The resource that the destination of the access log refers to, and its attribute. */
  readonly logDestination?: { readonly path: string; readonly type: string; readonly attribute: string };
  /** Whether the API may have a deployment. */
  readonly mayBeDeployed: boolean;
}

/** A deployment, as it is emitted. */
export interface Deployment {
  /** The routes of the API; `undefined` where the app does not tell all of them, or when they are made. */
  readonly routes?: readonly string[];
  /** Whether it is made after one of the routes. */
  readonly waitsForRoute: boolean;
}

/** A route of an API that has a configuration for CORS, and what else may answer preflight requests. */
export interface Preflight extends KeyedRoute {
  readonly authorizationType: string;
  /** What the authorizer needs of a request, as far as it is known. */
  readonly identitySources: readonly string[];
  /** The keys of the routes of the API that anybody may call. */
  readonly openRoutes: readonly string[];
}
