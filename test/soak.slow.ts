// Many apps in one process, as in the tests of a user: of those that are done, no more is kept than aws-cdk-lib keeps.
import { execFileSync } from 'child_process';
import { join } from 'path';

const ROOT = join(__dirname, '..');
const UPSTREAM = 'aws-cdk-lib/aws-apigatewayv2-integrations';

/** Bytes per app of noise that the garbage collector leaves; aws-cdk-lib itself keeps about 350 kB of such an app. */
const NOISE = 10_000;

/** Builds and synthesizes apps in a process of its own. Returns the bytes that each of the last 200 leaves behind. */
function bytesKeptOfApp(integrations: string, checked = false): number {
  const program = `
    require(${JSON.stringify(join(ROOT, 'bench/newest.js'))});
    const { App, Aspects, Stack } = require('aws-cdk-lib');
    const { HttpApi, HttpMethod, VpcLink, WebSocketApi } = require('aws-cdk-lib/aws-apigatewayv2');
    const { Vpc } = require('aws-cdk-lib/aws-ec2');
    const elbv2 = require('aws-cdk-lib/aws-elasticloadbalancingv2');
    const lambda = require('aws-cdk-lib/aws-lambda');
    const { Queue } = require('aws-cdk-lib/aws-sqs');
    const { mkdtempSync, rmSync } = require('fs');
    const {
      HttpAlbIntegration, HttpLambdaIntegration, HttpSqsIntegration, HttpUrlIntegration, WebSocketLambdaIntegration,
    } = require(${JSON.stringify(integrations)});

    function build(outdir) {
      const app = new App({ outdir });
      const stack = new Stack(app, 'Stack');
      const code = lambda.Code.fromInline('exports.handler = async () => ({});');
      const runtime = lambda.Runtime.NODEJS_22_X;
      const handler = new lambda.Function(stack, 'Fn', { runtime, handler: 'index.handler', code });
      const vpc = new Vpc(stack, 'Vpc');
      const listener = new elbv2.ApplicationLoadBalancer(stack, 'Balancer', { vpc })
        .addListener('Listener', { port: 80, defaultAction: elbv2.ListenerAction.fixedResponse(200) });
      const api = new HttpApi(stack, 'Api');
      const targets = [
        new HttpLambdaIntegration('Lambda', handler), new HttpUrlIntegration('Url', 'https://example.com'),
        new HttpAlbIntegration('Alb', listener), new HttpSqsIntegration('Sqs', { queue: new Queue(stack, 'Queue') }),
      ];
      targets.forEach((integration, i) => api.addRoutes({ path: '/r' + i, methods: [HttpMethod.POST], integration }));
      const send = new WebSocketLambdaIntegration('Send', handler);
      new WebSocketApi(stack, 'WebSocketApi').addRoute('send', { integration: send });
      if (${checked}) { Aspects.of(app).add(new (require(${JSON.stringify(ROOT)}).ApiGatewayV2Checks)()); }
      app.synth();
    }

    const outdir = mkdtempSync(require('os').tmpdir() + '/soak-');
    let before;
    for (let i = 1; i <= 300; i++) {
      build(outdir);
      if (i === 100) { gc(); before = process.memoryUsage().heapUsed; }
    }
    gc();
    console.log((process.memoryUsage().heapUsed - before) / 200);
    rmSync(outdir, { recursive: true });`;
  const env = { ...process.env, CDK_VALIDATION: 'false' };
  return Number(execFileSync(process.execPath, ['--expose-gc', '-e', program], { cwd: ROOT, encoding: 'utf8', env }));
}

let upstream: number;
beforeAll(() => {
  execFileSync('npm', ['run', '--silent', 'built'], { cwd: ROOT });
  upstream = bytesKeptOfApp(UPSTREAM);
}, 600_000);

test('300 apps leave as much memory behind as with the classes of aws-cdk-lib', () => {
  expect(bytesKeptOfApp(ROOT)).toBeLessThan(upstream * 1.1 + NOISE);
}, 600_000);

test('300 checked apps leave as much memory behind as those that are not', () => {
  expect(bytesKeptOfApp(ROOT, true)).toBeLessThan(upstream * 1.1 + NOISE);
}, 600_000);
