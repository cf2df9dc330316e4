import type { Names } from './names';
import { entriesOf, isGiven, textOf, type Json, type Properties } from './values';

export type Protocol = 'HTTP' | 'WEBSOCKET';

/** An account and a region, or what stands for one that is only known at deployment. */
export interface Environment {
  readonly account?: Json;
  readonly region?: Json;
}

/**
 * The path of a construct in a message. It is computed where something is wrong, and what is the same but for its path
 * is judged once.
 */
export type PathOf = () => string;

/** What is known of the function that an integration invokes. */
export interface Handler {
  readonly path: PathOf;
  /** The timeout in seconds. */
  readonly seconds?: number;
  /** Whether the integration waits for the function. */
  readonly isAwaited: boolean;
  readonly region?: Json;
  /** Whether a permission on the function is made in the stack of the API. */
  readonly isPermittedHere?: boolean;
  /** An alias or a version of the function that starts faster than what is invoked, and by what. */
  readonly faster?: { readonly path: PathOf; readonly by: 'provisioned concurrency' | 'SnapStart' };
}

/** What is known of the instances that are registered with a Cloud Map service. */
export interface CloudMapInstances {
  readonly service: PathOf;
  /** The type of the DNS records, where the instances are tasks of Amazon ECS. */
  readonly ecsRecordType?: string;
  /** Whether the tasks of Amazon ECS cannot tell their health. */
  readonly lacksEcsHealth?: boolean;
  /** The attributes of each registered instance, as far as they are known. */
  readonly instances: readonly (readonly string[])[];
}

/** A listener that the security groups of its load balancer keep a VPC link out of. */
export interface Admission {
  readonly listener: string;
  readonly port: string;
  /** Whether it is the groups of the link that are kept out, rather than everybody. */
  readonly ofLink: boolean;
}

/** A resource of the app that a property refers to, and the attribute of it: `Ref`, or a name. */
export interface Referred {
  readonly path: string;
  readonly type: string;
  readonly attribute: string;
}

/** What is known of what an integration reaches, where it is in the app. */
export interface Reached {
  readonly handler?: Handler;
  readonly queue?: { readonly fifo: boolean; readonly deduplicates?: boolean };
  readonly topic?: { readonly fifo: boolean };
  readonly stateMachine?: { readonly express: boolean };
  readonly listener?: { readonly protocol?: string };
  /** Reads the instances. */
  readonly instances?: () => CloudMapInstances;
  /** Where the target of a private integration is. */
  readonly environment?: Environment;
  readonly vpcLink?: { readonly version?: 1 | 2; readonly path: PathOf };
  /** What the URI and the id of the connection refer to, if they are nothing but a reference. */
  readonly target?: Referred;
  readonly connection?: Referred;
  /** The load balancer whose DNS name is the host of the URL, where it is not on the internet. */
  readonly internalBalancer?: string;
  /** The URL of a function that is called and only answers requests which are signed. */
  readonly signedUrl?: string;
  readonly admission?: Admission;
}

/** What is known where an integration reaches nothing of the app. */
export const NOTHING_REACHED: Reached = Object.freeze({});

/** An integration, as it is emitted. */
export interface Integration {
  readonly protocol: Protocol;
  /** Whether the protocol was told by its properties or the key of a route, since the API is not in the app. */
  readonly isProtocolInferred?: boolean;
  readonly properties: Properties;
  readonly names: Names;
  /** Where the API is. */
  readonly environment: Environment;
  readonly reached: Reached;
}

/** A response of an integration of a WebSocket API. */
export interface IntegrationResponse {
  readonly properties: Properties;
  readonly names: Names;
}

/** A route that uses an integration. */
export interface UsingRoute {
  readonly path: string;
  /** `undefined` where it is only known at deployment. */
  readonly key?: string;
  /** Whether the route has a RouteResponseSelectionExpression. */
  readonly selects: boolean;
  /** How many route responses it has, and whether it may have others that the app does not tell. */
  readonly responses: number;
  readonly mayHaveOtherResponses?: boolean;
}

/** An integration, the routes that use it, and its responses. */
export interface IntegrationUse {
  readonly integration: Integration;
  readonly routes: readonly UsingRoute[];
  /** Whether other routes may use it: the target of one is only known at deployment. */
  readonly mayHaveOtherRoutes?: boolean;
  readonly responses: readonly IntegrationResponse[];
  /** Whether it may have other responses: the integration of one is only known at deployment. */
  readonly mayHaveOtherResponses?: boolean;
  /** The variables of each stage of the API; `undefined` where they are not all known. */
  readonly stageVariables?: readonly (readonly string[])[];
}

/** Whether messages or requests pass through an integration unchanged, as far as that is known. */
export function isProxy({ properties }: Integration): boolean {
  return textOf(properties.IntegrationType)?.endsWith('_PROXY') ?? false;
}

export function isPrivate({ properties }: Integration): boolean {
  return properties.ConnectionType === 'VPC_LINK';
}

/** The first-class action that an integration of an HTTP API calls, such as `SQS-SendMessage`. */
export function subtypeOf({ properties }: Integration): string | undefined {
  return textOf(properties.IntegrationSubtype);
}

/** Whether an integration of an HTTP API calls a first-class action, known or not. */
export function callsService({ properties }: Integration): boolean {
  return isGiven(properties.IntegrationSubtype);
}

/** The request parameters of an integration whose names are known. */
export function parametersOf({ properties }: Integration): [name: string, value: Json][] {
  return entriesOf(properties.RequestParameters);
}
