// What docs/troubleshooting.md proposes where a key is taken: each way is tried with the templates before and after.
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { join } from 'path';
import { App, CfnElement, type CfnResource, type Stack } from 'aws-cdk-lib';
import * as apigwv2 from 'aws-cdk-lib/aws-apigatewayv2';
import type { ReportModel } from '../../../lib/private/output/report/model';
import { withoutValidation } from '../../parity/synthesize';
import { filesOf } from '../output/report-of';
import { compare, compareWith, deploy, type MakeApp } from './compare';
import { GET, inStack, keys, nested, retained, split, url, withRoute, withRoutes } from './pairs';

withoutValidation();

const rulesOf = (before: MakeApp, after: MakeApp) => compare(before, after).map(({ rule }) => rule);

/** The logical id of the route of an app. */
function routeIdOf(make: MakeApp): string {
  const app = new App();
  make(app);
  const { Resources } = app.synth().getStackByName('Shop').template as { Resources: Record<string, { Type: string }> };
  return Object.entries(Resources).find(([, { Type }]) => Type === 'AWS::ApiGatewayV2::Route')![0];
}

/** What is tried at once, and how it works. */
interface Way {
  readonly before: MakeApp;
  readonly after: MakeApp;
  readonly objects: string;
  /** The apps that are deployed one after the other, or the app that is deployed in place of the other. */
  readonly steps: readonly MakeApp[];
}

const keptId = (make: MakeApp) => (route: CfnResource) => { route.overrideLogicalId(routeIdOf(make)); };

const WAYS: { readonly [name: string]: Way } = {
  'the logical id is kept': {
    before: withRoutes('/books'),
    after: withRoute('Books'),
    objects: 'deployed-route',
    steps: [withRoute('Books', '/books', keptId(withRoutes('/books')))],
  },
  'the logical id is kept while a path variable is renamed': {
    before: withRoutes('/books/{id}'),
    after: withRoutes('/books/{isbn}'),
    objects: 'deployed-route-variable',
    steps: [withRoute('Books', '/books/{isbn}', keptId(withRoutes('/books/{id}')))],
  },
  'a route with an id of its own, whose path variable is renamed': {
    before: withRoutes('/books/{id}'),
    after: withRoutes('/books/{isbn}'),
    objects: 'deployed-route-variable',
    steps: [withRoutes(), withRoute('Book', '/books/{id}'), withRoute('Book', '/books/{isbn}')],
  },
  'two deployments, first without the route': {
    before: withRoute('Books'),
    after: withRoute('AllBooks'),
    objects: 'deployed-route',
    steps: [withRoutes(), withRoute('AllBooks')],
  },
  'a policy that retains is removed before': {
    before: withRoute('Books', '/books', retained),
    after: withRoute('AllBooks'),
    objects: 'deployed-route',
    steps: [withRoute('Books'), withRoutes(), withRoute('AllBooks')],
  },
  'keys are exchanged with one that is free': {
    before: keys('GET /a', 'GET /b'),
    after: keys('GET /b', 'GET /a'),
    objects: 'deployed-route',
    steps: [keys('GET /free', 'GET /b'), keys('GET /free', 'GET /a'), keys('GET /b', 'GET /a')],
  },
  'two deployments of a stack that is later': {
    before: split({ Books: ['/books', '/a'] }),
    after: split({ Shop: ['/books'], Books: ['/a'] }),
    objects: 'deployed-route',
    steps: [split({ Books: ['/a'] }), split({ Shop: ['/books'], Books: ['/a'] })],
  },
  'the new stack depends on the old one': {
    before: split({ Books: ['/books'] }),
    after: split({ Books: [], Authors: ['/books'] }),
    objects: 'deployed-stack-order',
    steps: [split({ Books: [], Authors: ['/books'] }, ['Books', 'Authors'])],
  },
  'two deployments of a nested stack': {
    before: nested('Books'),
    after: nested('AllBooks'),
    objects: 'deployed-route',
    steps: [withRoutes(), nested('AllBooks')],
  },
};

describe.each(Object.entries(WAYS))('%s', (_, { before, after, objects, steps }) => {
  test(`the rule ${objects} objects to the change at once`, () => {
    expect(rulesOf(before, after)).toEqual([objects]);
  });

  test('nothing objects to the way out', () => {
    const deployments = [before, ...steps].slice(0, -1).map((it, i): [MakeApp, MakeApp] => [it, steps[i]]);
    expect(deployments.flatMap(([one, next]) => rulesOf(one, next))).toEqual([]);
  });
});

/** Gives resources of a deployed template other logical ids, and what refers to them, as `cdk refactor` does. */
function refactor(folder: string, ids: { readonly [from: string]: string }): void {
  for (const file of readdirSync(folder).filter((it) => it.endsWith('.template.json'))) {
    const renamed = Object.entries(ids).reduce(
      (text, [from, to]) => text.replaceAll(`"${from}"`, `"${to}"`), readFileSync(join(folder, file), 'utf8'));
    writeFileSync(join(folder, file), renamed);
  }
}

test('a refactoring of what is deployed lets the route have its new id', () => {
  const [before, after] = [withRoute('Books'), withRoute('AllBooks')];
  const folder = deploy(before);
  expect(compareWith(folder, after).map(({ rule }) => rule)).toEqual(['deployed-route']);
  refactor(folder, { [routeIdOf(before)]: routeIdOf(after) });
  expect(compareWith(folder, after)).toEqual([]);
  rmSync(folder, { recursive: true });
});

describe('an integration that two routes share, when the first one is removed', () => {
  const shared = (hasScope: boolean, ...paths: string[]) => (stack: Stack) => {
    const api = new apigwv2.HttpApi(stack, 'Api');
    const integration = url('Books', hasScope ? stack : undefined);
    paths.forEach((path) => api.addRoutes({ path, methods: GET, integration }));
  };
  const changeOf = (hasScope: boolean) => {
    const folder = deploy(inStack(shared(hasScope, '/a', '/b')));
    const files = filesOf(shared(hasScope, '/b'), { deployed: folder });
    rmSync(folder, { recursive: true });
    const { apis: [{ routes: [{ change }] }] } = JSON.parse(files['ApiGatewayV2Checks.json']) as ReportModel;
    return change;
  };

  test('moves to the second one', () => {
    expect(changeOf(false)).toBe('changed');
  });

  test('stays where it is with `scope`', () => {
    expect(changeOf(true)).toBe('kept');
  });
});

describe('the example', () => {
  const run = () => {
    const outdir = deploy(() => {});
    process.env.CDK_OUTDIR = outdir;
    try {
      jest.isolateModules(() => {
        // eslint-disable-next-line @typescript-eslint/no-require-imports -- an example is a program; loading it runs it
        require('../../../examples/deployed');
      });
      return JSON.parse(readFileSync(join(outdir, 'ApiGatewayV2Checks.json'), 'utf8')) as ReportModel;
    } finally {
      rmSync(outdir, { recursive: true });
      delete process.env.CDK_OUTDIR;
    }
  };
  test('updates its route in place', () => {
    const report = run();
    expect(report.findings).toEqual([]);
    const changes = report.apis[0].routes.map(({ key, change: it }) => [key, it]);
    expect(changes).toEqual([['GET /books', 'kept'], ['GET /books/{isbn}', 'changed']]);
  });

  test('needs the line that keeps the logical id', () => {
    const override = jest.spyOn(CfnElement.prototype, 'overrideLogicalId').mockReturnValue();
    const [finding, ...others] = run().findings;
    override.mockRestore();
    expect([finding.rule, finding.severity, others]).toEqual(['deployed-route-variable', 'error', []]);
  });
});
