import type { Protocol } from './integration';
import type { Names } from './names';
import type { InvokeDenied } from './resources';
import type { Properties } from './values';

/** An authorizer, as it is emitted. */
export interface Authorizer {
  /** The protocol of the API, if it is known. */
  readonly protocol?: Protocol;
  readonly properties: Properties;
  readonly names: Names;
  readonly path: string;
  /** Whether the issuer of the tokens is the endpoint of the API that the authorizer is for. */
  readonly isIssuedByApi: boolean;
  /** What keeps API Gateway from invoking the function, where a route of the app uses the authorizer. */
  readonly denied?: InvokeDenied;
}
