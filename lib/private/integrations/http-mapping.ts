import { ParameterMapping } from 'aws-cdk-lib/aws-apigatewayv2';
import type { ResponseParameterMapping } from '../../options/response-mapping';

/** Values by the keys of a mapping. */
type Mappings = { readonly [destination: string]: string };

/** The mappings of the responses, by the status code of the target. */
export type ResponseMappings = { readonly [statusCode: string]: ResponseParameterMapping };

/** Whether an entry removes something and has no value, which API Gateway ignores, so that nothing is removed. */
function isEmptyRemoval(destination: string, source: string): boolean {
  return source === '' && /^remove:/i.test(destination);
}

/** Returns the value as it is written: two single quotes where something is removed, as API Gateway documents it. */
function writtenSource(destination: string, source: string): string {
  return isEmptyRemoval(destination, source) ? '\'\'' : source;
}

/** Returns the mapping that is written for a request; the user's own is not changed. */
export function writtenMapping(mapping: ParameterMapping | undefined): ParameterMapping | undefined {
  if (!mapping || !Object.values(mapping.mappings).includes('')) { return mapping; }
  const written = new ParameterMapping();
  for (const [destination, source] of Object.entries(mapping.mappings)) {
    written.custom(destination, writtenSource(destination, source));
  }
  return written;
}

/** The mappings of the responses in the form that CloudFormation takes. */
export function responseParameters(responses: ResponseMappings): object {
  return Object.fromEntries(Object.entries(responses).map(([status, { mappings }]) => [status, {
    ResponseParameters: Object.entries(mappings).map(([destination, source]) => (
      { Destination: destination, Source: writtenSource(destination, source) })),
  }]));
}

/** A mapping of its own, for what must not be written into the user's. */
export function toParameterMapping(mappings: Mappings): ParameterMapping {
  const mapping = new ParameterMapping();
  for (const [destination, source] of Object.entries(mappings)) { mapping.custom(destination, source); }
  return mapping;
}
