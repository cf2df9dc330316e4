import { OURS, UPSTREAM, type Modules } from './modules';

function build(m: Modules) {
  const app = new m.cdk.App();
  const stack = new m.cdk.Stack(app, 'S');
  const fn = new m.lambda.Function(stack, 'F', { runtime: m.lambda.Runtime.NODEJS_22_X, handler: 'i.h', code: m.lambda.Code.fromInline('x') });
  const api = new m.apigwv2.HttpApi(stack, 'Api');
  const li = new m.integrations.HttpLambdaIntegration('L', fn);
  api.addRoutes({ path: '/a', integration: li });
  api.addRoutes({ path: '/b/{x}', integration: li, methods: [m.apigwv2.HttpMethod.GET] });
  const shared = new m.integrations.HttpLambdaIntegration('Shared', fn, { scopePermissionToRoute: false });
  api.addRoutes({ path: '/c', integration: shared });
  api.addRoutes({ path: '/d', integration: shared });
  api.addRoutes({ path: '/u', integration: new m.integrations.HttpUrlIntegration('U', 'https://x.y') });
  const vpc = new m.ec2.Vpc(stack, 'V');
  const lb = new m.elbv2.ApplicationLoadBalancer(stack, 'LB', { vpc });
  const listener = lb.addListener('L', { port: 80, open: false });
  listener.addTargets('T', { port: 80 });
  api.addRoutes({ path: '/alb', integration: new m.integrations.HttpAlbIntegration('A', listener) });
  const nlb = new m.elbv2.NetworkLoadBalancer(stack, 'NLB', { vpc });
  const nl = nlb.addListener('L', { port: 80 });
  nl.addTargets('T', { port: 80 });
  api.addRoutes({ path: '/nlb', integration: new m.integrations.HttpNlbIntegration('N', nl) });
  const ws = new m.apigwv2.WebSocketApi(stack, 'Ws');
  const wl = new m.integrations.WebSocketLambdaIntegration('WL', fn);
  ws.addRoute('$connect', { integration: wl });
  ws.addRoute('x', { integration: wl });
  ws.addRoute('m', { integration: new m.integrations.WebSocketMockIntegration('M') });
  return app.synth().getStackByName('S').template;
}

test('the same app gives the same template', () => {
  expect(build(OURS)).toEqual(build(UPSTREAM));
});
