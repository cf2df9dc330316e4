// What the checks call a conflict with what is deployed, deployed to the emulator, which makes first and deletes then,
// and refuses what it enforces.
import { readFileSync, rmSync } from 'fs';
import { join } from 'path';
import type { Template } from '../../lib/private/template/evaluator';
import { withoutValidation } from '../parity/synthesize';
import { compare, deploy, type MakeApp } from '../private/deployed/compare';
import { PAIRS } from '../private/deployed/pairs';
import { deployable, Deployer, LEFT_OUT } from './deploy';
import { startEmulator, type Emulator } from './emulator';

jest.setTimeout(300_000);
withoutValidation();

let emulator: Emulator;
let deployer: Deployer;
beforeAll(async () => {
  emulator = await startEmulator();
  deployer = new Deployer(emulator.port);
});
afterAll(async () => {
  deployer?.stop();
  await emulator?.stop();
});

/** The template of an app, with a domain name of its own. */
function templateOf(make: MakeApp, host: string): Template {
  const folder = deploy(make);
  const text = readFileSync(join(folder, 'Shop.template.json'), 'utf8').replaceAll('api.example.com', host);
  rmSync(folder, { recursive: true });
  return deployable(JSON.parse(text) as Template);
}

let stacks = 0;

/** Deploys the first app of a pair, then the second one. Returns what happened in the second deployment. */
async function deployBoth(name: string): Promise<string[]> {
  const { before, after } = PAIRS[name];
  const stack = `Shop${++stacks}`;
  const host = `api${stacks}.example.com`;
  if (name.startsWith('an API mapping')) {
    // The mapping is on a domain name of another stack.
    await deployer.deploy(`Domain${stacks}`, templateOf(PAIRS['a domain name is renamed'].before, host));
  }
  await deployer.deploy(stack, templateOf(before, host));
  return deployer.update(stack, templateOf(after, host));
}

const ENFORCED: Record<string, RegExp> = {
  'an API mapping is renamed': /ApiMapping key already exists for this domain name/,
  'a domain name is renamed': /The domain name you provided already exists/,
};

test.each(Object.entries(ENFORCED))('%s: an error of the checks, and refused by the emulator', async (name, says) => {
  expect(compare(PAIRS[name].before, PAIRS[name].after).map(({ level }) => level)).toEqual(['error']);
  await expect(deployBoth(name)).rejects.toThrow(says);
});

const NOT_ENFORCED = [
  'the id of a route is renamed', 'a WebSocket route is renamed', 'a path variable is renamed by addRoutes',
  'a stage is renamed', 'an authorizer moves with its id',
];

test.each(NOT_ENFORCED)('%s: an error of the checks, which the emulator does not enforce', async (name) => {
  expect(compare(PAIRS[name].before, PAIRS[name].after).map(({ level }) => level)).toEqual(['error']);
  await expect(deployBoth(name)).resolves.toContainEqual(expect.stringMatching(/^Shop\d+ UPDATE_COMPLETE$/));
});

test('responses of routes are not deployed, since the emulator has no such resource', () => {
  expect(Object.keys(LEFT_OUT)).toContain('AWS::ApiGatewayV2::RouteResponse');
});

const ACCEPTED = [
  'a route gets another key under its id', 'a path variable is renamed on a route of its own',
  'an API mapping of another path is added',
];

test.each(ACCEPTED)('%s: the checks say nothing, and it is deployed', async (name) => {
  expect(compare(PAIRS[name].before, PAIRS[name].after)).toEqual([]);
  await expect(deployBoth(name)).resolves.toBeDefined();
});
