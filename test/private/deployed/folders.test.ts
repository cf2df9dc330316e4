import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join, relative } from 'path';
import { App, Aspects, CfnResource, CfnStack, NestedStack, Stack, Stage, type AppProps } from 'aws-cdk-lib';
import * as apigwv2 from 'aws-cdk-lib/aws-apigatewayv2';
import { ApiGatewayV2Checks, HttpUrlIntegration } from 'cdk-apigatewayv2-integrations';
import type { Construct } from 'constructs';
import { withoutValidation } from '../../parity/synthesize';
import { findingsOf, HERE } from '../rules/builders';
import { compareWith } from './compare';

withoutValidation();

const folders: string[] = [];
const newFolder = () => {
  const folder = mkdtempSync(join(tmpdir(), 'folder-'));
  folders.push(folder);
  return folder;
};
afterAll(() => { folders.forEach((folder) => rmSync(folder, { recursive: true })); });

function addRoute(scope: Construct, id: string, httpApi: apigwv2.IHttpApi): void {
  const routeKey = apigwv2.HttpRouteKey.with('/books', apigwv2.HttpMethod.GET);
  const integration = new HttpUrlIntegration('Url', 'https://example.com', { scope });
  new apigwv2.HttpRoute(scope, id, { httpApi, routeKey, integration });
}

/** An API with a route in a stack. */
const shop = (id: string, name = 'Shop', env: object = HERE) => (scope: Construct) => {
  const stack = new Stack(scope, name, { env });
  addRoute(stack, id, new apigwv2.HttpApi(stack, 'Api'));
};
/** An API with a route in a nested stack. */
const nested = (id: string) => (scope: Construct) => {
  const stack = new Stack(scope, 'Shop', { env: HERE });
  addRoute(new NestedStack(stack, 'Books'), id, new apigwv2.HttpApi(stack, 'Api'));
};

function synthesize(make: (app: App) => void, props: AppProps = {}): string {
  const outdir = newFolder();
  const app = new App({ outdir, ...props });
  make(app);
  app.synth();
  return outdir;
}

/** The templates of an assembly as `get-template` returns them, under the names that CloudFormation gives stacks. */
function downloaded(assembly: string, nestedName = '', wrap: (template: unknown) => unknown = (it) => it): string {
  const folder = newFolder();
  for (const file of readdirSync(assembly).filter((it) => it.endsWith('.template.json'))) {
    const name = file.endsWith('.nested.template.json') ? `${nestedName}.template.json` : file;
    const template: unknown = JSON.parse(readFileSync(join(assembly, file), 'utf8'));
    writeFileSync(join(folder, name), JSON.stringify(wrap(template)));
  }
  return folder;
}

const rulesIn = (folder: string, make: (app: App) => void) => compareWith(folder, make).map(({ rule }) => rule);
/** What the one warning of a folder says is wrong with it. */
const problemOf = (folder: string, make: (app: App) => void = shop('Books')): string => {
  const found = compareWith(folder, make);
  expect(found.map(({ rule, level }) => [rule, level])).toEqual([['deployed-not-compared', 'warning']]);
  return /was (?:not compared|compared in part) with the folder '.*': (.*)\. Expected the/.exec(found[0].message)![1];
};

const CONFLICT = ['deployed-route'];

describe('templates are found', () => {
  test('in an assembly', () => {
    const folder = synthesize(shop('Books'));
    expect(rulesIn(folder, shop('AllBooks'))).toEqual(CONFLICT);
    expect(rulesIn(folder, shop('Books'))).toEqual([]);
  });

  test('in a folder by a path from the working directory', () => {
    expect(rulesIn(relative(process.cwd(), synthesize(shop('Books'))), shop('AllBooks'))).toEqual(CONFLICT);
  });

  test('in files that are named after stacks', () => {
    const folder = downloaded(synthesize(shop('Books')));
    expect(rulesIn(folder, shop('AllBooks'))).toEqual(CONFLICT);
    expect(rulesIn(folder, shop('Books'))).toEqual([]);
  });

  test('as the whole answer of get-template, with the template as an object', () => {
    const folder = downloaded(synthesize(shop('Books')), '', (it) => ({ StagesAvailable: [], TemplateBody: it }));
    expect(rulesIn(folder, shop('AllBooks'))).toEqual(CONFLICT);
  });

  test('of the environment of a stack', () => {
    const folder = synthesize((app) => {
      shop('Books', 'Here')(app);
      new Stack(app, 'There', { stackName: 'Here', env: { ...HERE, region: 'us-east-1' } });
    });
    expect(rulesIn(folder, shop('AllBooks', 'Here'))).toEqual(CONFLICT);
    expect(rulesIn(folder, shop('AllBooks', 'Here', { ...HERE, region: 'us-east-1' }))).toEqual([]);
  });

  test('of a stack whose environment was not known', () => {
    expect(rulesIn(synthesize(shop('Books', 'Shop', {})), shop('AllBooks'))).toEqual(CONFLICT);
    expect(rulesIn(synthesize(shop('Books')), shop('AllBooks', 'Shop', {}))).toEqual(CONFLICT);
  });

  test.each([
    ['by their hashes', {}],
    ['by what is noted on the resource', { context: { 'aws:cdk:enable-asset-metadata': true } }],
  ])('of nested stacks in an assembly %s', (_, props) => {
    const folder = synthesize(nested('Books'), props);
    expect(rulesIn(folder, nested('AllBooks'))).toEqual(CONFLICT);
    expect(rulesIn(folder, nested('Books'))).toEqual([]);
  });

  test('of nested stacks in files that have the names of CloudFormation', () => {
    const assembly = synthesize(nested('Books'));
    const { Resources } = JSON.parse(readFileSync(join(assembly, 'Shop.template.json'), 'utf8')) as {
      Resources: Record<string, { Type: string }>;
    };
    const [logicalId] = Object.entries(Resources).find(([, { Type }]) => Type === 'AWS::CloudFormation::Stack')!;
    const folder = downloaded(assembly, `Shop-${logicalId}-1ABCDEFGH2IJ3`);
    expect(rulesIn(folder, nested('AllBooks'))).toEqual(CONFLICT);
    expect(rulesIn(folder, nested('Books'))).toEqual([]);
  });

  test('of stacks that are nested in nested ones in files that have the names of CloudFormation', () => {
    const twice = (id: string) => (app: App) => {
      const stack = new Stack(app, 'Shop', { env: HERE });
      const inner = new NestedStack(new NestedStack(stack, 'Books'), 'Inner');
      addRoute(inner, id, new apigwv2.HttpApi(stack, 'Api'));
    };
    const assembly = synthesize(twice('Books'));
    const folder = newFolder();
    const download = (file: string, name: string) => {
      const template = JSON.parse(readFileSync(join(assembly, file), 'utf8')) as {
        Resources: Record<string, { Type: string }>;
      };
      writeFileSync(join(folder, `${name}.template.json`), JSON.stringify(template));
      const found = Object.entries(template.Resources).find(([, { Type }]) => Type === 'AWS::CloudFormation::Stack');
      return `${name}-${found?.[0]}-1ABCDEFGH2IJ3`;
    };
    const isInner = (file: string) => file.includes('Inner');
    const nestedFiles = readdirSync(assembly).filter((it) => it.endsWith('.nested.template.json'));
    const books = download('Shop.template.json', 'Shop');
    const inner = download(nestedFiles.find((it) => !isInner(it))!, books);
    download(nestedFiles.find(isInner)!, inner);
    expect(rulesIn(folder, twice('AllBooks'))).toEqual(CONFLICT);
    expect(rulesIn(folder, twice('Books'))).toEqual([]);
  });

  test('of no nested stack whose logical id is the path of a new one', () => {
    const folder = synthesize((app) => {
      new CfnStack(new Stack(app, 'Shop', { env: HERE }), 'Books', { templateUrl: 'https://example.com/books' });
    });
    expect(rulesIn(folder, nested('Books'))).toEqual([]);
  });

  test('of a stage, with an aspect on the stage', () => {
    const inStage = (id: string, withAspect: boolean) => (app: App) => {
      const stage = new Stage(app, 'Prod', { env: HERE });
      shop(id)(stage);
      if (withAspect) { Aspects.of(stage).add(new ApiGatewayV2Checks({ deployed: folder })); }
    };
    const folder = synthesize(inStage('Books', false));
    const rules = (id: string) => {
      const app = new App({ outdir: newFolder() });
      inStage(id, true)(app);
      const [stack] = app.node.findAll().filter((it): it is Stack => Stack.isStack(it));
      return findingsOf(stack).map(({ rule }) => rule);
    };
    expect(rules('AllBooks')).toEqual(CONFLICT);
    expect(rules('Books')).toEqual([]);
  });
});

describe('paths of constructs are found', () => {
  const OLD = /deployed as 'Shop\/Books' \(the logical id 'Books/;
  const messageIn = (folder: string) => compareWith(folder, shop('AllBooks'))[0].message;

  test('in the notes of an assembly', () => {
    expect(messageIn(synthesize(shop('Books')))).toMatch(OLD);
  });

  test('in a template', () => {
    const context = { 'aws:cdk:enable-path-metadata': true };
    expect(messageIn(downloaded(synthesize(shop('Books'), { context })))).toMatch(OLD);
  });

  test('or the logical id stands alone', () => {
    expect(messageIn(downloaded(synthesize(shop('Books'))))).toMatch(/deployed as the logical id 'Books\w+' in 'Shop'/);
  });
});

describe('a folder that tells less than it should is a warning, and nothing fails', () => {
  const withFile = (name: string, content: string) => {
    const folder = newFolder();
    writeFileSync(join(folder, name), content);
    return folder;
  };

  test('there is none', () => {
    expect(problemOf('/nowhere/at/all')).toBe('There is no folder /nowhere/at/all');
    expect(problemOf('nowhere')).toBe(`There is no folder ${join(process.cwd(), 'nowhere')}`);
    const file = join(withFile('x', ''), 'x');
    expect(problemOf(file)).toBe(`There is no folder ${file}`);
  });

  test('it is empty', () => {
    expect(problemOf(newFolder())).toBe('It has no template of a stack');
  });

  test('it is of another app', () => {
    const other = 'Its stacks are \'Other\', and none of them is in the app';
    expect(problemOf(synthesize(shop('Books', 'Other')))).toBe(other);
    expect(problemOf(downloaded(synthesize(shop('Books', 'Other'))))).toBe(other);
  });

  test('a file is not JSON', () => {
    expect(compareWith(withFile('Shop.template.json', 'Resources:\n  Api:\n'), shop('Books'))[0].message)
      .toContain('\'Shop.template.json\' is no object in JSON');
    expect(compareWith(withFile('Shop.template.json', '[]'), shop('Books'))[0].message)
      .toContain('\'Shop.template.json\' is no object in JSON');
    expect(compareWith(withFile('manifest.json', '{'), shop('Books'))[0].message)
      .toContain('\'manifest.json\' is no object in JSON');
  });

  test.each(['{"TemplateBody":"Resources:\\n"}', '{"name":"shop"}'])('a file is no template: %s', (content) => {
    expect(compareWith(withFile('Shop.template.json', content), shop('Books'))[0].message)
      .toContain('\'Shop.template.json\' is no template in JSON');
  });

  test.each([
    '{"Resources":[]}', '{"Resources":null}', '{"Resources":{"Fn::ForEach::A":[]}}', '{"Resources":{"A":null}}',
    '{"Resources":{"A":{"Type":"AWS::ApiGatewayV2::Route","Properties":7}}}', '{}',
    '{"Resources":{"A":{"Type":"AWS::ApiGatewayV2::Route"}}}',
    '{"Resources":{"A":{"Type":"AWS::CloudFormation::Stack"}}}',
  ])('a template with nothing to compare is no problem: %s', (content) => {
    expect(compareWith(withFile('Shop.template.json', content), shop('Books'))).toEqual([]);
  });

  test('a template that the manifest lists is missing', () => {
    const folder = synthesize((app) => {
      shop('Books')(app);
      shop('Books', 'Second')(app);
    });
    rmSync(join(folder, 'Second.template.json'));
    expect(problemOf(folder)).toBe('In it, \'Second.template.json\' is missing');
  });

  test.each([
    ['a number for a file', { type: 'aws:cloudformation:stack', properties: { templateFile: 7 } }, /"path" argument/],
    ['its own folder', { type: 'cdk:cloud-assembly', properties: { directoryName: '.' } }, /manifest of '.*' lists itself/],
  ])('a manifest that AWS CDK did not write has %s', (_, artifact, problem) => {
    const folder = withFile('manifest.json', JSON.stringify({ artifacts: { Shop: artifact, Other: null } }));
    const withWrongUrl = (app: App) => {
      const stack = new Stack(app, 'Shop', { env: HERE });
      new apigwv2.CfnIntegration(stack, 'Integration', {
        apiId: 'abc', integrationType: 'HTTP_PROXY', integrationUri: 'example', payloadFormatVersion: '1.0',
      });
    };
    const found = compareWith(folder, withWrongUrl);
    const [{ message }] = found.filter(({ rule }) => rule === 'deployed-not-compared');
    expect(message).toContain('It cannot be read: ');
    expect(message).toMatch(problem);
    expect(found.map(({ rule }) => rule)).toContain('http-url');
  });

  test('a stack has no file, unless it has no API', () => {
    const two = (app: App) => {
      shop('Books')(app);
      shop('Books', 'Second')(app);
      new CfnResource(new Stack(app, 'WithoutApi', { env: HERE }), 'Topic', { type: 'AWS::SNS::Topic' });
    };
    expect(problemOf(downloaded(synthesize(shop('Books'))), two)).toBe('It has no template of \'Second\'');
  });

  test('says whether any of it was compared', () => {
    const two = (app: App) => {
      shop('Books')(app);
      shop('Books', 'Second')(app);
    };
    expect(compareWith('nowhere', two)[0].message).toMatch(/^The app was not compared with the folder 'nowhere'/);
    const [{ message }] = compareWith(downloaded(synthesize(shop('Books'))), two);
    expect(message).toMatch(/^The app was compared in part with the folder/);
  });

  test('a stack is new beside a manifest that does not list it, which is no problem', () => {
    expect(rulesIn(synthesize(shop('Books')), (app) => {
      shop('Books')(app);
      shop('Books', 'Second')(app);
    })).toEqual([]);
  });

  test('two stacks have the name of a file', () => {
    const two = (app: App) => {
      shop('Books')(app);
      const there = new Stack(app, 'There', { stackName: 'Shop', env: { ...HERE, region: 'us-east-1' } });
      addRoute(there, 'AllBooks', new apigwv2.HttpApi(there, 'Api'));
    };
    expect(problemOf(downloaded(synthesize(shop('Books'))), two))
      .toBe('More than one stack has the name \'Shop\', and its templates cannot be told apart');
  });

  test('two stages have stacks of one name, of which each stage tells and the app does not', () => {
    const inStages = (app: App) => ['One', 'Two'].map((id) => {
      const stage = new Stage(app, id);
      new Stack(stage, 'Shop', { stackName: 'Shop' });
      return stage;
    });
    const folder = synthesize(inStages);
    const app = new App({ outdir: newFolder() });
    const stacks = [new Stack(app, 'Pipeline', { env: HERE }), ...inStages(app).map((it) => it.node.findChild('Shop'))];
    app.node.children.forEach((it) => { Aspects.of(it).add(new ApiGatewayV2Checks({ deployed: folder })); });
    expect((stacks as Stack[]).map((stack) => findingsOf(stack).map(({ rule }) => rule)))
      .toEqual([[], ['deployed-not-compared'], ['deployed-not-compared']]);
  });

  test('two stacks may be the one that was deployed to a region which is not known', () => {
    const two = (app: App) => {
      shop('Books')(app);
      const there = new Stack(app, 'There', { stackName: 'Shop', env: { ...HERE, region: 'us-east-1' } });
      addRoute(there, 'AllBooks', new apigwv2.HttpApi(there, 'Api'));
    };
    const message = problemOf(synthesize(shop('Books', 'Shop', {})), two);
    expect(message).toBe('More than one stack has the name \'Shop\', and its templates cannot be told apart');
    expect(rulesIn(synthesize(shop('Books')), two)).toEqual([]);
  });

  test('one of two stacks is certainly the one that was deployed, and the other may be', () => {
    const rules = rulesIn(synthesize(shop('Books')), (app) => {
      shop('AllBooks')(app);
      const there = new Stack(app, 'There', { stackName: 'Shop' });
      addRoute(there, 'Books', new apigwv2.HttpApi(there, 'Api'));
    });
    expect(rules.sort()).toEqual(['deployed-not-compared', ...CONFLICT]);
  });

  test('two stacks may be the one that was deployed to an account which is not known', () => {
    const rules = rulesIn(synthesize(shop('Books', 'Shop', { region: HERE.region })), (app) => {
      shop('AllBooks')(app);
      const there = new Stack(app, 'There', { stackName: 'Shop' });
      addRoute(there, 'Books', new apigwv2.HttpApi(there, 'Api'));
    });
    expect(new Set(rules)).toEqual(new Set(['deployed-not-compared']));
  });

  test('it is where the app is written to', () => {
    const outdir = synthesize(shop('Books'));
    const app = new App({ outdir });
    shop('AllBooks')(app);
    Aspects.of(app).add(new ApiGatewayV2Checks({ deployed: outdir }));
    const [{ rule, message }] = findingsOf(app.node.findChild('Shop') as Stack);
    expect(rule).toBe('deployed-not-compared');
    expect(message).toContain('It is the folder that this app is written to. Expected the templates');
  });

  test('the template of a nested stack is missing', () => {
    const folder = downloaded(synthesize(nested('Books')), 'Unrelated');
    expect(problemOf(folder, nested('AllBooks'))).toBe('It has no template of \'Shop/Books\'');
    expect(rulesIn(folder, (app) => { new Stack(app, 'Shop', { env: HERE }); })).toEqual([]);
  });

  test('a nested stack is new, which is no problem', () => {
    expect(rulesIn(synthesize((app) => { new Stack(app, 'Shop', { env: HERE }); }), nested('Books'))).toEqual([]);
  });

  test('other files lie in it', () => {
    const folder = downloaded(synthesize(shop('Books')));
    mkdirSync(join(folder, 'Other.template.json'));
    copyFileSync(join(folder, 'Shop.template.json'), join(folder, 'Copy.json'));
    expect(problemOf(folder)).toBe('In it, \'Other.template.json\' is missing');
  });
});

describe('findings of what is deployed are like others', () => {
  const folder = () => synthesize(shop('Books'));

  test('without the option nothing is compared', () => {
    expect(compareWith(folder(), shop('AllBooks'), { deployed: undefined })).toEqual([]);
  });

  test('they can be excluded, and become warnings', () => {
    expect(compareWith(folder(), shop('AllBooks'), { exclude: CONFLICT })).toEqual([]);
    expect(compareWith(folder(), shop('AllBooks'), { errorsAsWarnings: true })[0].level).toBe('warning');
    expect(compareWith('/nowhere', shop('AllBooks'), { exclude: ['deployed-not-compared'] })).toEqual([]);
  });

  test('they can be acknowledged', () => {
    const acknowledged = (rule: string) => (app: App) => {
      shop('AllBooks')(app);
      ApiGatewayV2Checks.acknowledge(app, rule, 'The route is removed by hand before');
    };
    expect(compareWith(folder(), acknowledged('deployed-route'))).toEqual([]);
    expect(compareWith('/nowhere', acknowledged('deployed-not-compared'))).toEqual([]);
  });

  test('an aspect on a stack speaks of that stack', () => {
    const two = (id: string) => (app: App) => {
      shop(id)(app);
      shop(id, 'Second')(app);
    };
    const deployed = synthesize(two('Books'));
    const app = new App({ outdir: newFolder() });
    two('AllBooks')(app);
    Aspects.of(app.node.findChild('Shop')).add(new ApiGatewayV2Checks({ deployed }));
    const rules = ['Shop', 'Second'].map((id) => findingsOf(app.node.findChild(id) as Stack).map(({ rule }) => rule));
    expect(rules).toEqual([CONFLICT, []]);
  });
});
