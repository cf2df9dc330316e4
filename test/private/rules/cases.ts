import { Duration, Lazy, Token } from 'aws-cdk-lib';
import { descriptionLength, integrationNotBound, routeKeyMethod, singleApi } from '../../../lib/private/rules/api';
import {
  lambdaAccessOptions, lambdaPermissionNotAdded, lambdaPolicySize, lambdaTimeout, payloadFormatVersion,
} from '../../../lib/private/rules/lambda';
import { entryRules, headerTwice, mappingEntry, pathVariable, responseStatusKey, type MappingEntry } from '../../../lib/private/rules/mapping';
import {
  cloudMapPort, privateTargetArn, privateTargetEnvironment, stripStagePath, tlsServerName, vpcLinkForListener, vpcLinkForService, vpcLinkOptions,
  vpcLinkQuota, vpcLinkSecurityGroups, vpcLinkSubnets,
} from '../../../lib/private/rules/private-targets';
import type { Rule } from '../../../lib/private/rules/rule';
import { httpUrl } from '../../../lib/private/rules/targets';
import {
  exactlyOneBus, fifoGroup, parameterOfOtherSubtype, parameterRepeated, serviceCallRules, serviceRole, stateMachineType, subtypeOfService,
  type ServiceCall,
} from '../../../lib/private/rules/service-parameters';
import { httpTimeout, webSocketTimeout } from '../../../lib/private/rules/timeouts';
import {
  awsUri, defaultResponse, fifoTemplate, mockStatus, proxyResponses, proxyTemplates, requestParameter, responseKey, responseKeyTwice,
  responseNotReturned, routeKey, templateRequired, templateSize, vpcLinkVersion,
} from '../../../lib/private/rules/websocket';
import {
  apiQuota, apiWithoutStage, checksIncomplete, integrationUnused, rolePermission, routeKeyTwice, routePermission, routeResponse,
  stageNotJudged, vpcLinkAdmitted,
} from '../../../lib/private/rules/whole-app';

/** Facts that a rule objects to, with a part of what it says, and facts that it accepts. */
export interface RuleCase {
  readonly rule: Rule<never>;
  readonly fails: readonly (readonly [facts: unknown, message: RegExp])[];
  readonly passes: readonly unknown[];
}

function ruleCase<Facts>(rule: Rule<Facts>, fails: readonly (readonly [Facts, RegExp])[], passes: readonly Facts[]): RuleCase {
  return { rule: rule as Rule<never>, fails, passes };
}

const ELB = 'arn:aws:elasticloadbalancing:eu-west-1:111111111111';

/** A row for every rule; the test fails when one is missing. */
export const RULE_CASES: RuleCase[] = [
  ruleCase(singleApi,
    [[{ first: 'Stack/One', second: 'Stack/Two' }, /'Stack\/One'.*'Stack\/Two'/]],
    [{ first: 'Stack/One', second: 'Stack/One' }]),
  ruleCase(integrationNotBound,
    [[{ bound: false, attribute: 'integrationId' }, /'integrationId' was read before/]],
    [{ bound: true, attribute: 'integrationId' }]),
  ruleCase(routeKeyMethod,
    [
      [{ route: 'Stack/Route', key: '/books' }, /'Stack\/Route' is '\/books', expected a method and a path/],
      [{ route: 'Stack/Route', key: 'undefined /books' }, /HttpRouteKey\.with\('\/books', HttpMethod\.ANY\)/],
    ],
    [{ route: 'r', key: 'GET /books' }, { route: 'r', key: '$default' }, { route: 'r', key: '' }, { route: 'r', key: Token.asString({ Ref: 'Key' }) }]),
  ruleCase(descriptionLength, [['x'.repeat(1025), /has 1025 characters, expected at most 1024/]], [undefined, '', 'x'.repeat(1024), Token.asString({ Ref: 'Text' })]),
  ruleCase(httpTimeout,
    [
      [Duration.millis(49), /between 50 milliseconds and 30 seconds\. Got 49 milliseconds/],
      [Duration.millis(30_001), /Got 30001 milliseconds/],
      [Duration.minutes(1), /Got 60000 milliseconds/],
    ],
    [undefined, Duration.millis(50), Duration.seconds(30), Duration.millis(Lazy.number({ produce: () => 1 }))]),
  ruleCase(webSocketTimeout,
    [
      [Duration.millis(49), /between 50 milliseconds and 29 seconds\. Got 49 milliseconds/],
      [Duration.millis(29_001), /Got 29001 milliseconds/],
    ],
    [undefined, Duration.millis(50), Duration.seconds(29), Duration.millis(Lazy.number({ produce: () => 1 }))]),
  ruleCase(httpUrl,
    [
      ['some-target-url', /"some-target-url", expected a full http:\/\/ or https:\/\/ URL/],
      ['ftp://example.com', /"ftp:/],
      ['https://', /"https:\/\/"/],
      ['https://example.com/a b', /without white space/],
      ['', /""/],
      [`https://example.com/${'x'.repeat(2048)}`, /has 2068 characters, expected at most 2048/],
    ],
    ['https://example.com', 'HTTP://example.com/{proxy}', 'https://${stageVariables.host}/x', '${stageVariables.url}/x',
      `https://${Token.asString({ Ref: 'Host' })}`, Token.asString({ Ref: 'Url' })]),
  ruleCase(vpcLinkForListener,
    [
      [{ kind: 'Application', reachable: false }, /^The vpcLink property must be specified when using an imported Application Listener\./],
      [{ kind: 'Network', reachable: false, loadBalancer: 'Stack/Lb' }, /^The VPC of the load balancer 'Stack\/Lb' is not known/],
    ],
    [{ kind: 'Application', reachable: true }]),
  ruleCase(vpcLinkForService, [[false, /^The vpcLink property is mandatory/]], [true]),
  ruleCase(vpcLinkOptions, [[['vpcLink', 'vpc', 'subnets'], /'vpcLink' is given beside 'vpc', 'subnets'/]], [[], ['vpcLink'], ['vpc', 'subnets', 'securityGroups', 'vpcLinkName']]),
  ruleCase(vpcLinkSubnets,
    [[{ vpc: 'Stack/Vpc', private: 0, isolated: 0 }, /'Stack\/Vpc' has neither private nor isolated subnets/]],
    [{ vpc: 'Stack/Vpc', private: 1, isolated: 0 }, { vpc: 'Stack/Vpc', private: 0, isolated: 1 }]),
  ruleCase(vpcLinkSecurityGroups, [[{ opened: false, option: 'its port' }, /were not opened to the imported listener, expected its port/]], [{ opened: true, option: 'its port' }]),
  ruleCase(vpcLinkQuota, [[{ links: 11, where: 'eu-west-1' }, /use 11 VPC links in eu-west-1, expected at most 10/]], [{ links: 10, where: 'eu-west-1' }]),
  ruleCase(privateTargetArn,
    [
      [`${ELB}:loadbalancer/app/lb/1`, /it is the ARN of a load balancer; pass the ARN of one of its listeners/],
      [`${ELB}:targetgroup/t/1`, /it is the ARN of a target group/],
      [`${ELB}:listener-rule/app/lb/1/2/3`, /it is the ARN of a listener rule/],
      ['arn:aws:servicediscovery:eu-west-1:111111111111:namespace/ns-1', /it is the ARN of a namespace/],
      ['arn:aws:lambda:eu-west-1:111111111111:function:f', /expected the ARN of a listener/],
      ['https://example.com', /"https:\/\/example\.com"/],
      ['', /The target is ""/],
    ],
    [
      `${ELB}:listener/app/lb/1/2`, `${ELB}:listener/net/lb/1/2`, 'arn:aws-cn:servicediscovery:cn-north-1:111111111111:service/srv-1?stage=prod',
      `arn:aws:elasticloadbalancing:eu-west-1:${Token.asString({ Ref: 'Account' })}:x`,
    ]),
  ruleCase(privateTargetEnvironment,
    [
      [{ arn: `${ELB}:listener/app/lb/1/2`, api: { account: '111111111111', region: 'us-east-1' } }, /in region eu-west-1, but the API is in region us-east-1/],
      [
        { arn: Token.asString({ Ref: 'Arn' }), target: { account: '222222222222', region: 'eu-west-1' }, api: { account: '111111111111', region: 'us-east-1' } },
        /in account 222222222222 and region eu-west-1, but the API is in account 111111111111 and region us-east-1/,
      ],
    ],
    [
      { arn: `${ELB}:listener/app/lb/1/2`, api: { account: '111111111111', region: 'eu-west-1' } },
      { arn: `${ELB}:listener/app/lb/1/2`, target: { account: '222222222222', region: 'us-east-1' }, api: { account: '111111111111', region: 'eu-west-1' } },
      { arn: `${ELB}:listener/app/lb/1/2`, api: { account: Token.asString({ Ref: 'Account' }), region: Token.asString({ Ref: 'Region' }) } },
      { arn: Token.asString({ Ref: 'Arn' }), api: { account: '111111111111', region: 'eu-west-1' } },
    ]),
  ruleCase(tlsServerName,
    [[{ protocol: 'HTTPS' }, /takes HTTPS, but without 'secureServerName'/], [{ protocol: 'TLS' }, /takes TLS/], [{ protocol: 'HTTP', secureServerName: 'a' }, /takes HTTP, but with/]],
    [{ protocol: 'HTTPS', secureServerName: 'a' }, { protocol: 'HTTP' }, { protocol: 'TCP' }, { protocol: 'TCP', secureServerName: 'a' }, {}, { secureServerName: 'a' }]),
  ruleCase(cloudMapPort,
    [
      [{ service: 'Stack/Service', ecsRecordType: 'A', instances: [] }, /'Stack\/Service' of an ECS service has A records.*expected SRV/],
      [{ service: 'Stack/Service', instances: [['AWS_INSTANCE_IPV4', 'AWS_INSTANCE_PORT'], ['AWS_INSTANCE_IPV4']] }, /has the attributes AWS_INSTANCE_IPV4, expected/],
      [{ service: 'Stack/Service', instances: [[]] }, /has the attributes none/],
    ],
    [
      { service: 'Stack/Service', ecsRecordType: 'SRV', instances: [] }, { service: 'Stack/Service', instances: [] },
      { service: 'Stack/Service', instances: [['AWS_INSTANCE_IPV6', 'AWS_INSTANCE_PORT', 'color']] },
    ]),
  ruleCase(stripStagePath,
    [[{ stripStage: true, mapped: ['append:header.a', 'overwrite:path'] }, /'stripStage' is given beside/]],
    [{ stripStage: false, mapped: ['overwrite:path'] }, { stripStage: true, mapped: ['append:header.a'] }]),
  ruleCase(lambdaAccessOptions,
    [
      [['role', 'credentials'], /'role' and 'credentials' exclude each other/],
      [['permissionScope', 'scopePermissionToRoute'], /'permissionScope' and 'scopePermissionToRoute'/],
    ],
    [[], ['role'], ['permissionScope']]),
  ruleCase(lambdaPolicySize,
    [[{ handler: 'Stack/Fn', statements: statements(100) }, /^The 100 permissions for API Gateway on the function 'Stack\/Fn' need about \d{5} bytes, expected at most 20480/]],
    [{ handler: 'Stack/Fn', statements: statements(40) }, { handler: 'Stack/Fn', statements: [] }]),
  ruleCase(lambdaTimeout,
    [[{ handler: 'Stack/Fn', seconds: 31, integrationMillis: 30_000 }, /'Stack\/Fn' may run for 31 seconds, but the integration waits for 30 seconds/]],
    [{ handler: 'Stack/Fn', seconds: 30, integrationMillis: 30_000 }]),
  ruleCase(payloadFormatVersion, [['3.0', /"3\.0", expected "1\.0" or "2\.0"/]], ['1.0', '2.0', Token.asString({ Ref: 'Version' })]),
  ruleCase(lambdaPermissionNotAdded,
    [
      [{ permitted: false, functionArn: 'arn:aws:lambda:eu-west-1:222222222222:function:f' }, /add-permission --function-name arn:aws:lambda:eu-west-1:222222222222:function:f /],
      [{ permitted: false, functionArn: Token.asString({ Ref: 'Arn' }) }, /--function-name FUNCTION_ARN /],
    ],
    [{ permitted: true, functionArn: 'arn:aws:lambda:eu-west-1:222222222222:function:f' }]),
  entryCase('mapping-key',
    [
      [request('append:path', 'x'), /"append:path" of 'parameterMapping' cannot be mapped: 'path' can only be overwritten/],
      [request('remove:path', ''), /'path' can only be overwritten/],
      [request('append:body.a', 'x'), /a request has no "body" that can be mapped/],
      [request('overwrite:statuscode', '200'), /a request has no "statuscode"/],
      [request('append:', 'x'), /a request has no ""/],
      [request('append:header', 'x'), /the name of the header is missing/],
      [request('append:header.', 'x'), /the name of the header is missing/],
      [request('append:header.a b', 'x'), /"a b" cannot be the name of a header/],
      [request('append:querystring.', 'x'), /the name of the querystring is missing/],
      [response('append:querystring.a', 'x'), /a response has no "querystring"/],
      [response('overwrite:path', 'x'), /a response has no "path"/],
      [response('append:statuscode', '200'), /'statuscode' can only be overwritten/],
      [response('overwrite:statuscode.a', '200'), /'statuscode' takes no name/],
    ],
    [
      request('append:header.x-a', 'x'), request('overwrite:header.Host', 'x'), request('remove:header.a.b_c', ''), request('append:querystring.a b', 'x'),
      request('overwrite:path', '/x'), request('anything', 'x'), request('Append:HEADER.x', 'x'), request('overwrite:Path', '/x'), request('overwrite:path.x', 'x'), request(Token.asString({ Ref: 'Key' }), 'x'),
      response('remove:header.server', '\'\''), response('overwrite:statuscode', '201'),
    ]),
  entryCase('mapping-key-unknown',
    [
      [request('myKey', 'x'), /"myKey" of 'parameterMapping' has a form that is not documented/],
      [request('prepend:header.a', 'x'), /'append:', 'overwrite:' or 'remove:'/],
      [request('overwrite:path.x', 'x'), /"overwrite:path\.x"/],
      [response('statuscode', '200'), /'overwrite:statuscode'/],
      [request('', 'x'), /""/],
    ],
    [request('append:header.a', 'x'), request('APPEND:Header.a', 'x'), request('overwrite:path', 'x'), request('append:path', 'x'), request(Token.asString({ Ref: 'Key' }), 'x')]),
  entryCase('mapping-reserved-header',
    [
      ...[
        'access-control-allow-origin', 'apigw-x', 'Authorization', 'Connection', 'Content-Encoding', 'Content-Length', 'Content-Location', 'Forwarded',
        'Keep-Alive', 'Origin', 'Proxy-Authenticate', 'Proxy-Authorization', 'TE', 'Trailers', 'Transfer-Encoding', 'Upgrade', 'X-Amz-Date', 'x-amzn-requestid',
        'X-Forwarded-For', 'X-Forwarded-Host', 'X-FORWARDED-PROTO', 'Via',
      ].map((header) => [request(`overwrite:header.${header}`, 'x'), /changes a reserved header.*'x-original-/] as [MappingEntry, RegExp]),
      [request('Append:HEADER.via', 'x'), /"Append:HEADER\.via"/],
      [request('append:header.via', 'x'), /"append:header\.via"/],
      [request('remove:header.via', ''), /"remove:header\.via"/],
      [response('remove:header.via', ''), /'responseParameterMapping\.200'/],
    ],
    [
      request('append:header.host', 'x'), request('append:header.x-authorization', 'x'), request('append:header.tea', 'x'), request('append:header.x-forwarded', 'x'),
      request('append:querystring.authorization', 'x'), response('append:header.location', 'x'), request('authorization', 'x'),
    ]),
  entryCase('mapping-response-in-request',
    [[request('append:header.a', '$response.header.b'), /reads 'response\.header\.b'/], [request('append:header.a', 'x${response.body}'), /reads 'response\.body'/]],
    [request('append:header.a', '$request.header.b'), response('append:header.a', '$response.header.b'), request('append:header.a', 'response.header.b')]),
  entryCase('mapping-json-path',
    [
      [request('append:header.a', '$request.body..name'), /JSON path "request\.body\.\.name"/],
      [request('append:header.a', '$request.body.items[?(@.a)]'), /filters/],
      [response('append:header.a', '${response.body.a..b}'), /recursive descent/],
    ],
    [request('append:header.a', '$request.body.a.b[0]'), request('append:header.a', '$request.body'), request('append:header.a', 'a..b'), request('append:header.a', '$request.path.a..b')]),
  entryCase('mapping-value',
    [
      [request('append:header.a', '$request.headers.x'), /reads "request\.headers\.x", which does not exist, expected header\.<name>, querystring/],
      [request('append:header.a', '$aa'), /reads "\$aa".*Use a method of MappingValue/],
      [request('append:header.a', '$stageVariable.x'), /reads "\$stageVariable"/],
      [request('append:header.a', 'x${request.method}'), /reads "request\.method"/],
      [response('append:header.a', '$response.querystring.a'), /"response\.querystring\.a".*Use a method of ResponseMappingValue/],
    ],
    ['$a', '$5.00', 'costs $USD', 'a$b', '$', '$request', '$request.header.x', '${foo}', Token.asString({ Ref: 'Value' })].map((value) => request('append:header.a', value))),
  entryCase('mapping-value-unknown',
    [
      ...['$request.querystring', '$request.header', '$request.header.', '$request', '$stageVariables', '$stageVariables.', '$context', '${foo}', '${$request.body}',
        '$request.body.', '$request.path.', '${request.querystring}-x',
      ].map((value) => [request('append:header.a', value), /is not documented for a request/] as [MappingEntry, RegExp]),
      [response('append:header.a', '$request.header.a'), /not documented for a response.*ResponseMappingValue/],
    ],
    [
      ...['text', '', '$5.00', '$a', '100%', '{"a":"${request.body.a}"}', '$request.header.x-a', '$request.querystring.a b', '$request.body', '$request.body.a[0].b',
        '$request.body[0]', '$request.path', '$request.path.id', '$context.requestId', '$context.authorizer.claims.sub', '$stageVariables.color',
        '${request.path}/${request.querystring.a}', '${request.body}text$request.path', '$request.path/x', '$request.header.a,$request.header.b', '${request.header.a',
        '$response.header.a', Token.asString({ Ref: 'Value' }),
      ].map((value) => request('append:header.a', value)),
      response('append:header.a', '$response.body.a'), response('append:header.a', '$response.header.a'), response('append:header.a', '${context.requestId}-x'),
    ]),
  entryCase('mapping-static-braces',
    [
      [request('overwrite:path', '/books/{id}'), /is "\/books\/\{id\}", expected text without '\{' and '\}'.*\$\{request\.path\.id\}/],
      [response('append:header.a', '}'), /is "\}"/],
    ],
    [
      request('overwrite:path', '/books/${request.path.id}'), request('append:header.a', '{"a":"${request.body.a}"}'), request('append:header.a', 'x'),
      request('Detail', '{}'), request('append:header.a', `{${Token.asString({ Ref: 'Value' })}}`),
    ]),
  entryCase('mapping-context-variable',
    [
      [request('append:header.a', '$context.requestID'), /"\$context\.requestID", did you mean '\$context\.requestId'\?/],
      [request('append:header.a', '${context.nothing}'), /expected one that the documentation lists/],
      [request('append:header.a', '$context.authorizer'), /authorizer/],
    ],
    ['requestId', 'identity.sourceIp', 'identity.clientCert.subjectDN', 'identity.cognitoIdentityId', 'authorizer.claims.sub', 'authorizer.tenant', 'error.message']
      .map((name) => request('append:header.a', `$context.${name}`))),
  entryCase('mapping-value-empty',
    [[request('append:header.a', ''), /is empty, expected a value/], [response('overwrite:header.a', ''), /is empty/]],
    [request('remove:header.a', ''), request('append:header.a', 'x'), request('MessageBody', '')]),
  entryCase('mapping-value-length',
    [[request('append:header.a', 'x'.repeat(513)), /has 513 characters, expected at most 512/]],
    [request('append:header.a', 'x'.repeat(512)), request('append:header.a', `${'x'.repeat(600)}${Token.asString({ Ref: 'Value' })}`)]),
  entryCase('mapping-status-code',
    ['99', '600', '0200', 'OK', '200.5', ''].map((code) => [response('overwrite:statuscode', code), /expected a whole number from 100 to 599/] as [MappingEntry, RegExp]),
    [
      response('overwrite:statuscode', '100'), response('overwrite:statuscode', '599'), response('overwrite:statuscode', '$stageVariables.code'),
      response('overwrite:statuscode', Token.asString({ Ref: 'Code' })), response('append:header.a', 'OK'),
    ]),
  ruleCase(headerTwice,
    [[{ option: 'parameterMapping', entries: [request('append:header.A', 'x'), request('remove:header.a', '')] }, /"append:header\.A" and "remove:header\.a" of 'parameterMapping'/]],
    [
      { option: 'parameterMapping', entries: [request('append:header.a', 'x'), request('append:header.b', 'x'), request('append:querystring.a', 'x'), request('remove:querystring.a', '')] },
      { option: 'parameterMapping', entries: [request('append:header.a', 'x'), request('append:header.A', 'y')] },
      { option: 'parameterMapping', entries: [request('header.a', 'x'), request('append:header.', 'y'), request('remove:header.', 'y')] },
    ]),
  ruleCase(responseStatusKey,
    ['199', '600', '2xx', 'default', '', '0200', '200 '].map((key) => [key, /is not a status code, expected 200 to 599/] as [string, RegExp]),
    ['200', '404', '599', Token.asString({ Ref: 'Status' })]),
  ruleCase(pathVariable,
    [
      [{ variable: 'id', where: 'The URL', paths: ['/books/{bookId}', undefined] }, /^The URL reads the path variable 'id', but no route.*Expected one of 'bookId'/],
      [{ variable: 'id', where: 'The URL', paths: [undefined, '/books'] }, /Expected a route with variables in its path/],
      [{ variable: 'proxy+', where: 'The URL', paths: ['/{proxy+}'] }, /without the plus sign: \{proxy\}/],
    ],
    [
      { variable: 'id', where: 'The URL', paths: ['/books', '/books/{id}/x'] }, { variable: 'proxy', where: 'The URL', paths: ['/{proxy+}'] },
      { variable: 'id', where: 'The URL', paths: [Token.asString({ Ref: 'Path' })] },
    ]),
  callCase('service-parameter-missing',
    [[send({ QueueUrl: 'q' }), /SQS-SendMessage lacks the required parameter 'MessageBody', found 'QueueUrl'/]],
    [send({ QueueUrl: 'q', MessageBody: '$request.body' }), { subtype: 'New-Action', parameters: {} }]),
  callCase('service-parameter-case',
    [[{ subtype: 'StepFunctions-StartExecution', parameters: { stateMachineArn: 'x' } }, /'stateMachineArn', did you mean 'StateMachineArn'\?/]],
    [send({ MessageBody: 'x' }), send({ Other: 'x' })]),
  callCase('service-parameter-mapping-key',
    [[send({ 'append:header.x': 'y' }), /maps 'append:header\.x', expected names of its parameters: 'QueueUrl'/]],
    [send({ MessageBody: 'x' })]),
  callCase('service-parameter-unknown',
    [[send({ Whatever: 'x' }), /has the unknown parameter 'Whatever', expected 'QueueUrl'/]],
    [send({ MessageBody: 'x', Region: 'eu-west-1' }), send({ messageBody: 'x' }), { subtype: 'New-Action', parameters: { Any: 'x' } }]),
  callCase('service-parameter-value',
    [
      [send({ DelaySeconds: '901' }), /'DelaySeconds' .* is "901", expected a whole number from 0 to 900/],
      [{ subtype: 'SQS-ReceiveMessage', parameters: { MaxNumberOfMessages: '0' } }, /from 1 to 10/],
      [{ subtype: 'Kinesis-PutRecord', parameters: { PartitionKey: 'x'.repeat(257) } }, /1 to 256 characters/],
      [{ subtype: 'Kinesis-PutRecord', parameters: { ExplicitHashKey: '01' } }, /at most 39 digits/],
    ],
    [send({ DelaySeconds: '900' }), send({ DelaySeconds: '$request.body.delay' }), send({ DelaySeconds: Token.asString({ Ref: 'Delay' }) })]),
  callCase('service-parameter-static-map',
    [[send({ MessageAttributes: '{"a":{"DataType":"String","StringValue":"b"}}' }), /'MessageAttributes' is the static JSON/]],
    [send({ MessageAttributes: '{"a":{"DataType":"String","StringValue":"${request.header.b}"}}' })]),
  ruleCase(parameterRepeated,
    [[{ subtype: 'SQS-SendMessage', given: ['MessageBody'], mapped: ['MessageBody'] }, /'MessageBody' is given as an option and in/]],
    [{ subtype: 'SQS-SendMessage', given: ['MessageBody'], mapped: ['QueueUrl'] }]),
  ruleCase(parameterOfOtherSubtype,
    [[{ subtype: 'SQS-SendMessage', given: ['ReceiptHandle'], mapped: [] }, /SQS-SendMessage has no parameter 'ReceiptHandle'/]],
    [{ subtype: 'SQS-SendMessage', given: ['MessageBody'], mapped: [] }]),
  ruleCase(subtypeOfService,
    [[{ subtype: 'Kinesis-PutRecord', service: 'SQS' }, /must start with `SQS-`\. Got `Kinesis-PutRecord`/]],
    [{ subtype: 'SQS-PurgeQueue', service: 'SQS' }]),
  ruleCase(fifoGroup,
    [
      [{ fifo: true, call: send({}) }, /'MessageGroupId' is missing/],
      [{ fifo: true, call: send({ MessageGroupId: 'g', DelaySeconds: '1' }) }, /takes no 'DelaySeconds'/],
    ],
    [
      { fifo: false, call: send({ DelaySeconds: '1' }) }, { fifo: true, call: send({ MessageGroupId: 'g' }) },
      { fifo: true, call: { subtype: 'SQS-PurgeQueue', parameters: {} } },
    ]),
  ruleCase(stateMachineType,
    [
      [{ subtype: 'StepFunctions-StartSyncExecution', express: false }, /STEPFUNCTIONS_START_SYNC_EXECUTION.*Expected an EXPRESS/],
      [{ subtype: 'StepFunctions-StopExecution', express: true }, /Expected a STANDARD/],
    ],
    [
      { subtype: 'StepFunctions-StartSyncExecution' }, { subtype: 'StepFunctions-StartExecution', express: true },
      { subtype: 'StepFunctions-StopExecution', express: false },
    ]),
  ruleCase(exactlyOneBus, [[0, /^Neither 'eventBus' nor/], [2, /^Both 'eventBus' and/]], [1]),
  ruleCase(serviceRole,
    [[{ role: false, statements: 0 }, /Neither 'role' nor 'policyStatements'/]],
    [{ role: true, statements: 0 }, { role: false, statements: 1 }]),
  ruleCase(routeKey, [[{ route: 'Stack/Route', key: '$open' }, /'Stack\/Route' is '\$open', expected '\$connect'/]],
    ['$connect', '$disconnect', '$default', 'send', 'a$b', Token.asString({ Ref: 'Key' })].map((key) => ({ route: 'Stack/Route', key }))),
  ruleCase(responseKey,
    ['/600/', '/99/', '/-200/', '/200.5/', '//', '/a/b/', '/(/', '/[/'].map((key) => [key, /expected '\$default', a status code from 100 to 599/] as [string, RegExp]),
    ['$default', '/2\\d\\d/', '/404/', '/40[0-4]/', '/.*Error.*/', Token.asString({ Ref: 'Key' })]),
  ruleCase(responseKeyTwice, [[['$default', '/200/', '/200/'], /have the key '\/200\/'/]], [[], ['$default', '/200/']]),
  ruleCase(proxyResponses, [[['$default'], /has 'integrationResponses' \(\$default\)/]], [[]]),
  ruleCase(proxyTemplates, [[['requestTemplates'], /has 'requestTemplates', expected none/]], [[]]),
  ruleCase(responseNotReturned,
    [
      [{ keys: ['$default'], routes: [{ route: 'r', key: 'ping', returns: false }] }, /the route 'ping' returns none/],
      [{ keys: ['$default'], routes: [{ route: 'r', key: 'ping', returns: false }, { route: 's', key: 'pong', returns: false }] }, /the routes 'ping', 'pong' return none/],
    ],
    [
      { keys: [], routes: [{ route: 'r', key: 'ping', returns: false }] },
      { keys: ['$default'], routes: [{ route: 'r', key: 'ping', returns: false }, { route: 's', key: 'pong', returns: true }] },
      { keys: ['$default'], routes: [{ route: 'r', key: '$connect', returns: false }] },
    ]),
  ruleCase(defaultResponse,
    [
      [{ keys: [], routes: [{ route: 'r', key: 'ping', returns: true }] }, /'ping' returns the response of an integration with no integration responses/],
      [{ keys: ['/2\\d\\d/'], routes: [{ route: 'r', key: 'ping', returns: true }] }, /expected one for '\$default'/],
    ],
    [{ keys: ['$default'], routes: [{ route: 'r', key: 'ping', returns: true }] }, { keys: [], routes: [{ route: 'r', key: 'ping', returns: false }] }]),
  ruleCase(requestParameter,
    [
      [{ destination: 'header.X', source: '\'a\'' }, /has a key that is not documented/],
      [{ destination: 'integration.request.body.a', source: '\'a\'' }, /has a key that is not documented/],
      [{ destination: 'integration.request.header.X', source: 'a' }, /has the source "a".*Put single quotes around/],
      [{ destination: 'integration.request.header.X', source: '$request.body.a' }, /has the source/],
    ],
    [
      ...['route.request.header.a', 'route.request.querystring.a', 'route.request.multivalueheader.a', 'route.request.body', 'route.request.body.a[0].b',
        'stageVariables.a', 'context.connectionId', '\'a\'', '\'\'', Token.asString({ Ref: 'A' })]
        .map((source) => ({ destination: 'integration.request.header.X-A', source })),
      { destination: 'integration.request.path.a', source: '\'a\'' }, { destination: Token.asString({ Ref: 'A' }), source: '\'a\'' },
    ]),
  ruleCase(awsUri,
    [['https://sqs.us-east-1.amazonaws.com/1/q', /"https:.*expected 'arn:PARTITION:apigateway/], ['arn:aws:apigateway:us-east-1:dynamodb:PutItem', /PutItem/], ['', /""/]],
    [
      'arn:aws:apigateway:us-east-1:dynamodb:action/PutItem', 'arn:aws-cn:apigateway:cn-north-1:sqs:path/111111111111/q', Token.asString({ Ref: 'Uri' }),
      'arn:aws:lambda:us-east-1:111111111111:function:f', 'arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/x/invocations', '${stageVariables.uri}',
    ]),
  ruleCase(mockStatus, [[{ key: '$default', template: '{}' }, /'\$default' of the mock has no 'statusCode'/]],
    [{ key: 'a', template: '{"statusCode": 200}' }, { key: 'a', template: '#set($x = 1){ statusCode: $x }' }, { key: 'a', template: Token.asString({ Ref: 'T' }) }]),
  ruleCase(templateSize, [[{ key: 'a', template: 'é'.repeat(153_601) }, /'a' has 307202 bytes, expected at most 307200/]], [{ key: 'a', template: 'x'.repeat(307_200) }]),
  ruleCase(vpcLinkVersion, [[{ version2: true, link: 'Stack/Link' }, /'Stack\/Link' is one of API Gateway v2/]], [{ version2: false, link: 'Stack/Link' }]),
  ruleCase(templateRequired, [[false, /has no 'requestTemplates'/]], [true]),
  ruleCase(fifoTemplate, [[{ fifo: true, template: false, target: 'queue' }, /The queue is a FIFO queue/]],
    [{ fifo: true, template: true, target: 'queue' }, { fifo: false, template: false, target: 'topic' }]),
  ruleCase(routePermission,
    [
      [{ route: 'GET /a', target: '\'Stack/Fn\'', missing: ['arn:1', 'arn:1', 'arn:2', 'arn:3', 'arn:4'], trusted: true, lookedAt: [], permitted: false },
        /route 'GET \/a' \('Stack\/Fn'\)\. It presents arn:1, arn:2, arn:3, \.\.\., and the function has no permission/],
      [{ route: 'GET /a', target: '\'Stack/Fn\'', missing: ['arn:1'], trusted: true, lookedAt: ['arn:9'], permitted: false }, /the permissions on the function are for arn:9/],
      [{ route: 'GET /a', target: '\'Stack/Fn\'', missing: [], role: 'Stack/Role', trusted: true, lookedAt: ['sqs:* on *'], permitted: false }, /with the role 'Stack\/Role', which allows sqs:\* on \*\. Expected lambda:InvokeFunction/],
      [{ route: 'GET /a', target: '\'Stack/Fn\'', missing: [], role: 'Stack/Role', trusted: false, lookedAt: [], permitted: false }, /with the role 'Stack\/Role', which it may not assume, expected a trust policy/],
    ],
    [{ route: 'GET /a', target: '\'Stack/Fn\'', missing: [], trusted: true, lookedAt: [], permitted: true }]),
  ruleCase(rolePermission,
    [
      [{ action: 'sqs:SendMessage', resources: ['arn:q'], role: 'Stack/Role', trusted: true, lookedAt: [], permitted: false }, /calls sqs:SendMessage on arn:q with the role 'Stack\/Role', which allows nothing, expected the action/],
      [{ action: 'sqs:SendMessage', resources: [], role: 'Stack/Role', trusted: false, lookedAt: [], permitted: false }, /which it may not assume, expected a trust policy/],
      [{ action: 'sqs:SendMessage', resources: ['arn:q'], trusted: true, lookedAt: [], permitted: false }, /calls sqs:SendMessage on arn:q, and names no role, expected one/],
    ],
    [{ action: 'sqs:SendMessage', resources: [], trusted: true, lookedAt: [], permitted: true }]),
  ruleCase(stageNotJudged, [[{ stages: ['Beta', 'Prod'] }, /judges nothing in the stages 'Beta', 'Prod'/], [{ stages: ['Beta'] }, /in the stage 'Beta', expected/]], [{ stages: [] }]),
  ruleCase(checksIncomplete, [['x is not a function', /could not be judged: x is not a function\./]], [undefined]),
  ruleCase(routeKeyTwice, [[{ key: 'GET /a', routes: ['Stack/A', 'Stack/B'] }, /'Stack\/A', 'Stack\/B' have the same key 'GET \/a'/]], [{ key: 'GET /a', routes: ['Stack/A'] }]),
  ruleCase(integrationUnused, [[0, /No route of the app uses the integration/]], [1]),
  ruleCase(apiWithoutStage, [[{ routes: 1, stages: 0 }, /has 1 route and no stage/]], [{ routes: 0, stages: 0 }, { routes: 1, stages: 1 }]),
  ruleCase(apiQuota,
    [[{ kind: 'routes', count: 301 }, /has 301 routes, expected at most 300/], [{ kind: 'stages', count: 11 }, /11 stages, expected at most 10/]],
    [{ kind: 'routes', count: 300 }, { kind: 'integrations', count: 300 }, { kind: 'stages', count: 10 }]),
  ruleCase(routeResponse,
    [
      [{ responses: 1, selects: false }, /a RouteResponse and no RouteResponseSelectionExpression/],
      [{ responses: 0, selects: true }, /and no RouteResponse,/],
    ],
    [{ responses: 1, selects: true }, { responses: 0, selects: false }]),
  ruleCase(vpcLinkAdmitted,
    [[{ listener: 'Stack/Listener', port: '80', admitted: false }, /to port 80 of the listener 'Stack\/Listener'/]], [{ listener: 'Stack/Listener', port: '80', admitted: true }]),
];

function request(destination: string, source: string): MappingEntry {
  return mappingEntry('request', 'parameterMapping', destination, source);
}

function response(destination: string, source: string): MappingEntry {
  return mappingEntry('response', 'responseParameterMapping.200', destination, source);
}

function entryCase(id: string, fails: readonly (readonly [MappingEntry, RegExp])[], passes: readonly MappingEntry[]): RuleCase {
  return ruleCase(entryRules.find((rule) => rule.id === id)!, fails, passes);
}

function send(parameters: Record<string, string>): ServiceCall {
  return { subtype: 'SQS-SendMessage', parameters };
}

function callCase(id: string, fails: readonly (readonly [ServiceCall, RegExp])[], passes: readonly ServiceCall[]): RuleCase {
  return ruleCase(serviceCallRules.find((rule) => rule.id === id)!, fails, passes);
}

function statements(count: number) {
  return Array.from({ length: count }, (_, i) => ({
    stack: 'Shop', logicalId: `Shop-ApiGETbooks${i}`,
    sourceArn: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':execute-api:', { Ref: 'AWS::Region' }, ':', { Ref: 'AWS::AccountId' }, ':', { Ref: 'Api' }, `/*/*/books/${i}`]] },
  }));
}
