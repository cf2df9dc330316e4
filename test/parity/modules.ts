import type * as cdk from 'aws-cdk-lib';
import type * as apigwv2 from 'aws-cdk-lib/aws-apigatewayv2';
import type * as upstream from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type * as events from 'aws-cdk-lib/aws-events';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import type * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import type * as servicediscovery from 'aws-cdk-lib/aws-servicediscovery';

/**
 * The classes that an app is built from.
 *
 * The same app is built twice: with the integrations of the newest aws-cdk-lib that is installed, and
 * with ours on the aws-cdk-lib under test, which is the oldest supported one unless CDK=latest.
 */
export interface Modules {
  readonly cdk: typeof cdk;
  readonly apigwv2: typeof apigwv2;
  readonly ec2: typeof ec2;
  readonly elbv2: typeof elbv2;
  readonly events: typeof events;
  readonly iam: typeof iam;
  readonly lambda: typeof lambda;
  readonly servicediscovery: typeof servicediscovery;
  readonly sqs: typeof sqs;
  readonly sfn: typeof sfn;
  /** The classes of upstream's module, which ours has as well. */
  readonly integrations: Integrations;
}

export type Integrations = Pick<typeof upstream,
  | 'HttpAlbIntegration'
  | 'HttpEventBridgeIntegration'
  | 'HttpLambdaIntegration'
  | 'HttpNlbIntegration'
  | 'HttpServiceDiscoveryIntegration'
  | 'HttpSqsIntegration'
  | 'HttpStepFunctionsIntegration'
  | 'HttpUrlIntegration'
  | 'WebSocketAwsIntegration'
  | 'WebSocketLambdaIntegration'
  | 'WebSocketMockIntegration'
>;

/* eslint-disable @typescript-eslint/no-require-imports -- the library is chosen at run time */
function load(lib: string, integrations: string): Modules {
  return {
    cdk: require(lib),
    apigwv2: require(`${lib}/aws-apigatewayv2`),
    ec2: require(`${lib}/aws-ec2`),
    elbv2: require(`${lib}/aws-elasticloadbalancingv2`),
    events: require(`${lib}/aws-events`),
    iam: require(`${lib}/aws-iam`),
    lambda: require(`${lib}/aws-lambda`),
    servicediscovery: require(`${lib}/aws-servicediscovery`),
    sqs: require(`${lib}/aws-sqs`),
    sfn: require(`${lib}/aws-stepfunctions`),
    integrations: require(integrations),
  };
}
/* eslint-enable @typescript-eslint/no-require-imports */

/** The oracle. */
export const UPSTREAM = load('aws-cdk-lib-latest', 'aws-cdk-lib-latest/aws-apigatewayv2-integrations');

/** What is tested. */
export const OURS = load('aws-cdk-lib', 'cdk-apigatewayv2-integrations');
