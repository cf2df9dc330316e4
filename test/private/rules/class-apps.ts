import { Stack } from 'aws-cdk-lib';
import * as apigwv2 from 'aws-cdk-lib/aws-apigatewayv2';
import * as upstream from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as ours from 'cdk-apigatewayv2-integrations';
import type { Build } from './builders';

// Apps of classes: those of this library, and those of aws-cdk-lib.

/** An app with a mistake, and the same without it. */
export interface Pair {
  readonly wrong: Build;
  readonly right: Build;
}

/** An HTTP API with one route to an integration. */
export function http(integrationIn: (stack: Stack) => apigwv2.HttpRouteIntegration, path = '/books'): Build {
  return (stack) => {
    const integration = integrationIn(stack);
    new apigwv2.HttpApi(stack, 'Api').addRoutes({ path, methods: [apigwv2.HttpMethod.GET], integration });
  };
}

/** A WebSocket API with a stage and one route to an integration. */
export function webSocket(
  integrationIn: (stack: Stack) => apigwv2.WebSocketRouteIntegration,
  key = 'send',
  options: { readonly returnResponse?: boolean } = {},
): Build {
  return (stack) => {
    const integration = integrationIn(stack);
    const webSocketApi = new apigwv2.WebSocketApi(stack, 'Api');
    new apigwv2.WebSocketStage(stack, 'Stage', { webSocketApi, stageName: 'prod', autoDeploy: true });
    webSocketApi.addRoute(key, { integration, ...options });
  };
}

/** The classes that both libraries have, with the same arguments. */
type Shared = Pick<typeof ours, keyof typeof upstream & keyof typeof ours>;

/** The same pair with the classes of this library and with those of aws-cdk-lib. */
export function withBoth(pairOf: (library: Shared) => Pair): { readonly classes: Pair; readonly upstream: Pair } {
  return { classes: pairOf(ours), upstream: pairOf(upstream as never) };
}

/** A listener of a load balancer, which admits everybody to its port. */
export function albListener(
  stack: Stack,
  props: Partial<elbv2.BaseApplicationListenerProps> = {},
): elbv2.ApplicationListener {
  const vpc = new ec2.Vpc(stack, 'Vpc');
  return new elbv2.ApplicationLoadBalancer(stack, 'Balancer', { vpc }).addListener('Listener', {
    port: 80,
    defaultAction: elbv2.ListenerAction.fixedResponse(200),
    ...props,
  });
}
