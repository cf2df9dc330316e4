import { Tokenization } from 'aws-cdk-lib';

/**
 * A value that a response mapping writes.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-parameter-mapping.html
 */
export class ResponseMappingValue {
  /**
   * The value of a header of the response.
   *
   * @param name The name of the header
   */
  public static responseHeader(name: string): ResponseMappingValue {
    return new ResponseMappingValue(`$response.header.${name}`);
  }

  /**
   * The body of the response, or a part of it.
   *
   * API Gateway reads at most 100 KB of a body.
   *
   * @param path The JSON path of the part, for example `order.id`; recursive descent and filters are not supported.
   * The whole body when left out
   */
  public static responseBody(path?: string): ResponseMappingValue {
    return new ResponseMappingValue(path === undefined ? '$response.body' : `$response.body.${path}`);
  }

  /**
   * A context variable, such as `requestId`.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging-variables.html
   * @param name The name of the variable
   */
  public static contextVariable(name: string): ResponseMappingValue {
    return new ResponseMappingValue(`$context.${name}`);
  }

  /**
   * A variable of the stage.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-stages.html
   * @param name The name of the variable
   */
  public static stageVariable(name: string): ResponseMappingValue {
    return new ResponseMappingValue(`$stageVariables.${name}`);
  }

  /**
   * Text as it is. It can contain several variables, each in braces: `${response.header.a}-${context.requestId}`.
   *
   * @param text The text
   */
  public static literal(text: string): ResponseMappingValue {
    return new ResponseMappingValue(text);
  }

  /**
   * The value as API Gateway reads it.
   */
  public readonly value: string;

  private constructor(value: string) {
    this.value = value;
  }
}

/**
 * Changes of a response, in the order in which they are written down.
 *
 * Each method adds one change and returns the mapping, so that calls can be chained. What API Gateway would refuse,
 * such as a reserved header, fails the synthesis when a route uses the integration.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-parameter-mapping.html
 */
export class ResponseParameterMapping {
  private readonly changes: { [destination: string]: string } = {};

  /**
   * What is changed: the values by their keys, such as `append:header.x-request-id`.
   */
  public get mappings(): { [destination: string]: string } {
    return { ...this.changes };
  }

  /**
   * Adds a value to a header of the response.
   *
   * @param name The name of the header; reserved headers such as `access-control-*` and `x-amzn-*` cannot be changed
   * @param value The value
   */
  public appendHeader(name: string, value: ResponseMappingValue): ResponseParameterMapping {
    return this.custom(`append:header.${name}`, value.value);
  }

  /**
   * Replaces a header of the response, or adds it.
   *
   * @param name The name of the header; reserved headers such as `access-control-*` and `x-amzn-*` cannot be changed
   * @param value The value
   */
  public overwriteHeader(name: string, value: ResponseMappingValue): ResponseParameterMapping {
    return this.custom(`overwrite:header.${name}`, value.value);
  }

  /**
   * Takes a header out of the response.
   *
   * @param name The name of the header; reserved headers such as `access-control-*` and `x-amzn-*` cannot be removed
   */
  public removeHeader(name: string): ResponseParameterMapping {
    return this.custom(`remove:header.${name}`, '\'\'');
  }

  /**
   * Replaces the status code of the response.
   *
   * @param code The status code, from 100 to 599
   */
  public overwriteStatusCode(code: number): ResponseParameterMapping {
    return this.custom('overwrite:statuscode', Tokenization.stringifyNumber(code));
  }

  /**
   * Adds a change as API Gateway reads it.
   *
   * @param destination The key, for example `append:header.x-request-id`
   * @param source The value, for example `$context.requestId`
   */
  public custom(destination: string, source: string): ResponseParameterMapping {
    this.changes[destination] = source;
    return this;
  }
}
