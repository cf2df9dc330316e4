import type { Environment } from './integration';
import type { Names } from './names';
import type { Properties } from './values';

/** A custom domain name, as it is emitted. */
export interface DomainName {
  readonly properties: Properties;
  readonly names: Names;
  readonly environment: Environment;
}

/** The kinds of APIs that a custom domain name may lead to. */
export type MappedKind = 'HTTP' | 'WebSocket' | 'REST';

/** The mapping of a stage to a custom domain name. */
export interface ApiMapping {
  readonly properties: Properties;
  readonly names: Names;
  readonly kind?: MappedKind;
  /** A mapping of the same domain name, made together with this one, whose API cannot share the domain name with it. */
  readonly other?: { readonly path: string; readonly kind: MappedKind };
  /** The stage of the template that it names and that may be made after it. */
  readonly unorderedStage?: string;
}

/** A VPC link of API Gateway v2, as it is emitted. */
export interface VpcLink {
  readonly properties: Properties;
  readonly names: Names;
}
