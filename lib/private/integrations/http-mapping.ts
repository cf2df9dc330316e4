import { ParameterMapping } from 'aws-cdk-lib/aws-apigatewayv2';
import type { ResponseParameterMapping } from '../../options/response-mapping';

/** Values by the keys of a mapping. */
type Mappings = { readonly [destination: string]: string };

/** The mappings of the responses, by the status code of the target. */
export type ResponseMappings = { readonly [statusCode: string]: ResponseParameterMapping };

/** The mappings of the responses in the form that CloudFormation takes. */
export function responseParameters(responses: ResponseMappings): unknown {
  return Object.fromEntries(Object.entries(responses).map(([status, { mappings }]) => [status, {
    ResponseParameters: Object.entries(mappings).map(([destination, source]) => ({ Destination: destination, Source: source })),
  }]));
}

/** A mapping of its own, for what must not be written into the user's. */
export function toParameterMapping(mappings: Mappings): ParameterMapping {
  const mapping = new ParameterMapping();
  for (const [destination, source] of Object.entries(mappings)) { mapping.custom(destination, source); }
  return mapping;
}
