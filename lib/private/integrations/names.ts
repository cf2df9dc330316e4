import { SUBTYPES } from '../facts/services';
import { namesOfOptions, type Options } from '../shapes/names';

const HTTP_OPTIONS: Options = {
  'Description': 'description', 'TimeoutInMillis': 'timeout', 'RequestParameters': 'parameterMapping',
  'ResponseParameters': 'responseParameterMapping', 'IntegrationUri': 'url', 'IntegrationMethod': 'method',
  'PayloadFormatVersion': 'payloadFormatVersion', 'IntegrationSubtype': 'subtype',
  'TlsConfig.ServerNameToVerify': 'secureServerName', 'ConnectionId': 'vpcLink',
};

const WEBSOCKET_OPTIONS: Options = {
  Description: 'description', TimeoutInMillis: 'timeout', RequestParameters: 'requestParameters',
  RequestTemplates: 'requestTemplates', TemplateSelectionExpression: 'templateSelectionExpression',
  PassthroughBehavior: 'passthroughBehavior', ContentHandlingStrategy: 'contentHandling', ConnectionId: 'vpcLink',
};

/** Parameters whose option has another name, since their own is reserved in a language or says too little. */
const RENAMED = new Map([['Name', 'executionName'], ['Error', 'errorCode']]);

const optionOf = (parameter: string) => RENAMED.get(parameter) ?? parameter[0].toLowerCase() + parameter.slice(1);

const PARAMETERS = new Set([...SUBTYPES.values()].flatMap(({ required, optional }) => [...required, ...optional]));

/**
 * How messages call the properties of integrations of HTTP APIs, and of those with an option for each parameter of a
 * service.
 */
export const HTTP_NAMES = namesOfOptions(HTTP_OPTIONS);
export const HTTP_SERVICE_NAMES = namesOfOptions({
  ...HTTP_OPTIONS, ...Object.fromEntries([...PARAMETERS].map((name) => [`RequestParameters.${name}`, optionOf(name)])),
});

/**
 * How messages call the properties of integrations of WebSocket APIs: of any, of the one for any URI, and of those with
 * an action.
 */
export const WEBSOCKET_NAMES = namesOfOptions(WEBSOCKET_OPTIONS);
export const WEBSOCKET_AWS_NAMES = namesOfOptions({
  ...WEBSOCKET_OPTIONS, IntegrationUri: 'integrationUri', IntegrationMethod: 'integrationMethod',
});
export const WEBSOCKET_ACTION_NAMES = namesOfOptions({ ...WEBSOCKET_OPTIONS, IntegrationUri: 'action' });
