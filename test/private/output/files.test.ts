import { Construct } from 'constructs';
import { filesOf, gateway } from './report-of';

/** The names of the diagrams of APIs at paths. */
function diagramsOf(paths: readonly string[]): string[] {
  const files = filesOf((stack) => {
    for (const path of paths) {
      const [first, second] = path.split('/');
      const [scope, id] = second === undefined ? [stack, first] : [new Construct(stack, first), second];
      gateway(scope, id, 'Api', { ProtocolType: 'HTTP', Name: 'api' });
    }
  });
  return Object.keys(files).filter((file) => file.endsWith('.mmd')).sort();
}

test('a diagram has the path of its API as its name, with a hyphen for what no name of a file has', () => {
  expect(diagramsOf(['Api', 'My (new) Api-2'])).toEqual([
    'ApiGatewayV2Checks.Shop-Api.mmd',
    'ApiGatewayV2Checks.Shop-My-new-Api-2.mmd',
  ]);
});

test('two APIs whose paths differ in such characters have two diagrams', () => {
  expect(diagramsOf(['My-Api', 'My/Api'])).toEqual([
    expect.stringMatching(/^ApiGatewayV2Checks\.Shop-My-Api-[0-9a-f]{8}\.mmd$/),
    'ApiGatewayV2Checks.Shop-My-Api.mmd',
  ]);
});

test('a long name is cut where it gets too long for file systems', () => {
  const ofLength = (length: number) => 'A'.repeat(length - 'Shop-'.length);
  expect(diagramsOf([ofLength(100)])).toEqual([`ApiGatewayV2Checks.Shop-${ofLength(100)}.mmd`]);
  const [name] = diagramsOf([ofLength(101)]);
  expect(name).toMatch(new RegExp(`^ApiGatewayV2Checks\\.Shop-${ofLength(100)}-[0-9a-f]{8}\\.mmd$`));
});
