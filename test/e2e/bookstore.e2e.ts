import { once } from 'events';
import { request } from 'http';
import { WebSocket } from 'ws';
import type { Resource, Template } from '../../lib/private/template/evaluator';
import { findingsOf } from '../private/permissions/findings';
import { CALLS, DIFFERENCES, expectedOf, fieldOf, HEADERS, QUERY, type Call, type Fields } from './calls';
import { Deployer, deployable, LEFT_OUT, synthesizeShop, withResources, type Deployed } from './deploy';
import { sleep, startEmulator, type Emulator } from './emulator';
import { Recorder, type Received } from './recorder';

jest.setTimeout(300_000);

let emulator: Emulator;
let recorder: Recorder;
let deployer: Deployer;
let synthesized: Template;
/** What is deployed: without what the emulator cannot do, and with functions that tell what they receive. */
let template: Template;
let shop: Deployed;

beforeAll(async () => {
  recorder = await Recorder.start();
  emulator = await startEmulator();
  deployer = new Deployer(emulator.port);
  synthesized = synthesizeShop(recorder.url);
  template = deployable(withResources(synthesized, (id, resource) => {
    const code = resource.Properties?.Code as { ZipFile: string } | undefined;
    return code
      ? { ...resource, Properties: { ...resource.Properties, Code: { ZipFile: recorder.listening(code.ZipFile, id) } } }
      : resource;
  }));
  shop = await deployer.deploy('Shop', template);
});

afterAll(async () => {
  deployer?.stop();
  await emulator?.stop();
  await recorder?.stop();
});

/** Logical ids end in a hash. */
const nameOf = (logicalId: string) => logicalId.replace(/[0-9A-F]{8}$/, '');
const idOf = (deployed: Deployed, name: string) => deployed[Object.keys(deployed)
  .find((logicalId) => nameOf(logicalId) === name)!];
const hostOf = (deployed: Deployed, api: string) => `${idOf(deployed, api)}.execute-api.localhost:${emulator.port}`;

/** Sends a request to the shop; returns the status. */
function send(deployed: Deployed, { method, path, body }: Call): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request({
      host: '127.0.0.1', port: emulator.port, method, path: `${path}?${QUERY}`, agent: false,
      headers: { ...HEADERS, host: hostOf(deployed, 'ShopApi'), ...body && { 'content-length': body.length } },
    }, (response) => {
      response.resume().on('end', () => { resolve(response.statusCode!); });
    });
    sent.on('error', reject).end(body);
  });
}

/** What a call did, in the fields that are expected of it. */
async function observe(deployed: Deployed, call: Call): Promise<Fields> {
  recorder.clear();
  const status = await send(deployed, call);
  const [received, ...others] = await recorder.take(0);
  expect(others).toEqual([]);
  if (!received) { return { status, by: undefined }; }
  const [path, query] = String(received.event.path).split('?');
  const event = received.by === 'backend' ? { ...received.event, path, query } : received.event;
  return {
    ...Object.fromEntries(Object.keys(expectedOf(call)).map((field) => [field, fieldOf(event, field)])),
    status,
    by: nameOf(received.by),
  };
}

test('what is deployed is what was synthesized, but for what is listed', () => {
  const types = (it: Template) => Object.values(it.Resources!).map(({ Type }) => Type).sort();
  expect(types(template)).toEqual(types(synthesized).filter((type) => !(type in LEFT_OUT)));
});

test('the emulator still cannot do what is left out', async () => {
  const withAll = { ...template, Resources: { ...template.Resources, ...synthesized.Resources } };
  await expect(deployer.deploy('WithAll', withAll)).rejects.toThrow(/AWS::ApiGatewayV2::RouteResponse/);
});

test('every route may call its function, by the permission model; the emulator does not ask', () => {
  expect(findingsOf([{ id: 'Shop', template }])).toEqual({ wrong: [], unknown: [] });
});

describe('HTTP', () => {
  const named = CALLS.map((call) => ({
    call,
    name: `${call.method} ${call.path} arrives as documented for ${[call.route, ...call.differs].join(', but ')}`,
  }));

  test.each(named)('$name', async ({ call }) => {
    expect(await observe(shop, call)).toEqual(expectedOf(call));
  });

  test.each(Object.keys(DIFFERENCES) as (keyof typeof DIFFERENCES)[])('differs from the documentation: %s', (name) => {
    const calls = CALLS.filter(({ differs }) => differs.includes(name));
    expect(calls.length).toBeGreaterThan(0);
    for (const { documented } of calls) { expect(DIFFERENCES[name](documented)).not.toEqual(documented); }
  });

  test('every route of the shop is called', () => {
    const keys = Object.values(template.Resources!).filter(({ Type, Properties }) => Type === 'AWS::ApiGatewayV2::Route'
      && (Properties!.ApiId as {
        Ref: string;
      }).Ref.startsWith('ShopApi')).map(({ Properties }) => Properties!.RouteKey);
    expect([...new Set(CALLS.map(({ route }) => route))].sort()).toEqual(keys.sort());
  });

  test('a form is sent to the function in base64', async () => {
    const body = 'isbn=123&count=2';
    const call: Call = {
      ...CALLS[2],
      body,
      documented: { body: Buffer.from(body).toString('base64'), isBase64Encoded: true },
      differs: [],
    };
    const { 'content-type': type } = HEADERS;
    HEADERS['content-type'] = 'application/x-www-form-urlencoded';
    try {
      expect(await observe(shop, call)).toMatchObject(call.documented);
    } finally {
      HEADERS['content-type'] = type;
    }
  });
});

/** A client of the news. */
class Client {
  public static async connect(deployed: Deployed, name: string): Promise<Client> {
    const headers = { 'Host': hostOf(deployed, 'NewsApi'), 'x-reader': name };
    const socket = new WebSocket(`ws://127.0.0.1:${emulator.port}/prod?name=${name}`, { headers });
    const client = new Client(name, socket);
    await once(socket, 'open');
    return client;
  }

  private readonly replies: string[] = [];

  private constructor(private readonly name: string, private readonly socket: WebSocket) {
    socket.on('message', (data: Buffer) => this.replies.push(data.toString()));
  }

  /** Sends a message and returns what the function says that it received, or undefined if nothing comes back. */
  public async say(message: string): Promise<Fields | undefined> {
    const before = this.replies.length;
    this.socket.send(message);
    for (let waited = 0; waited < 2000 && this.replies.length === before; waited += 20) { await sleep(20); }
    const reply = this.replies[before] as string | undefined;
    return reply === undefined ? undefined : (JSON.parse(reply) as { event: Fields }).event;
  }

  public async close(): Promise<void> {
    const closed = once(this.socket, 'close');
    this.socket.close(1000, `${this.name} leaves`);
    await closed;
  }
}

/** What two clients and the function saw of a conversation. */
async function converse(deployed: Deployed): Promise<Fields> {
  recorder.clear();
  const on = (route: string) => ({ event }: Received) => fieldOf(event, 'requestContext.routeKey') === route;
  const ada = await Client.connect(deployed, 'ada');
  const ben = await Client.connect(deployed, 'ben');
  const connected = (await recorder.take(0, on('$connect'))).map(({ event }) => event);
  const [subscribed, hello] = await Promise.all([ada.say('{"action":"subscribe","topic":"orders"}'), ben.say('hello')]);
  const unknown = await ada.say('{"action":"sing"}');
  await ada.close();
  const left = (await recorder.take(1, on('$disconnect')).then((all) => all.map(({ event }) => event)));
  const still = await ben.say('still here');
  await ben.close();
  const allLeft = (await recorder.take(2, on('$disconnect'))).map(({ event }) => event);
  const ids = connected.map((event) => fieldOf(event, 'requestContext.connectionId'));
  const picked = (event: unknown, ...fields: string[]) => ({
    client: ['ada', 'ben'][ids.indexOf(fieldOf(event, 'requestContext.connectionId'))],
    ...Object.fromEntries([
      'requestContext.routeKey',
      'requestContext.eventType',
      'requestContext.stage',
      'isBase64Encoded',
      ...fields,
    ]
      .map((field) => [field.replace('requestContext.', ''), fieldOf(event, field)])),
  });
  return {
    connected: connected.map((event) => picked(event, 'queryStringParameters', 'headers.x-reader', 'body')),
    subscribed: picked(subscribed, 'body'),
    hello: picked(hello, 'body'),
    unknown: picked(unknown, 'body'),
    left: left.map((event) => picked(event, 'requestContext.disconnectStatusCode')),
    still: picked(still, 'body'),
    allLeft: allLeft.map((event) => picked(event)),
  };
}

const wsEvent = <T extends Fields>(client: string, routeKey: string, eventType: string, fields: T) => ({
  client, routeKey, eventType, stage: 'prod', isBase64Encoded: false, ...fields,
});

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-route-keys-connect-disconnect.html */
const DOCUMENTED_CONVERSATION = {
  connected: ['ada', 'ben'].map((name) => wsEvent(name, '$connect', 'CONNECT', {
    'queryStringParameters': { name }, 'headers.x-reader': name, 'body': undefined as string | undefined,
  })),
  subscribed: wsEvent('ada', 'subscribe', 'MESSAGE', { body: '{"action":"subscribe","topic":"orders"}' }),
  hello: wsEvent('ben', '$default', 'MESSAGE', { body: 'hello' }),
  unknown: wsEvent('ada', '$default', 'MESSAGE', { body: '{"action":"sing"}' }),
  left: [wsEvent('ada', '$disconnect', 'DISCONNECT', { disconnectStatusCode: 1000 })],
  still: wsEvent('ben', '$default', 'MESSAGE', { body: 'still here' }),
  allLeft: ['ada', 'ben'].map((name) => wsEvent(name, '$disconnect', 'DISCONNECT', {})),
};

type Conversation = typeof DOCUMENTED_CONVERSATION;

/** Where the emulator does something else than the documentation says. */
const WEBSOCKET_DIFFERENCES: Record<string, (documented: Conversation) => Conversation> = {
  'the event of a connection has an empty body instead of none': (it) => ({
    ...it,
    connected: it.connected.map((event) => ({ ...event, body: '' })),
  }),
  'the event of a disconnection has the status 1006, whatever the client closed with':
    (it) => ({ ...it, left: it.left.map((event) => ({ ...event, disconnectStatusCode: 1006 })) }),
};

const CONVERSATION = Object.values(WEBSOCKET_DIFFERENCES)
  .reduce((conversation, difference) => difference(conversation), DOCUMENTED_CONVERSATION);

describe('WebSocket', () => {
  test('two clients at once connect, call the custom and the default route, get their own answers, '
    + 'and leave', async () => {
    expect(await converse(shop)).toEqual(CONVERSATION);
  });

  test.each(Object.keys(WEBSOCKET_DIFFERENCES))('differs from the documentation: %s', (name) => {
    expect(WEBSOCKET_DIFFERENCES[name](DOCUMENTED_CONVERSATION)).not.toEqual(DOCUMENTED_CONVERSATION);
  });

  test('differs from the documentation: answers come back although the route responses are left out', () => {
    expect(Object.values(template.Resources!)
      .filter(({ Type }) => Type === 'AWS::ApiGatewayV2::RouteResponse')).toEqual([]);
    expect(Object.values(synthesized.Resources!)
      .filter(({ Type }) => Type === 'AWS::ApiGatewayV2::RouteResponse')).toHaveLength(2);
  });
});

describe('these tests fail', () => {
  const ofType = (type: string) => Object.entries(template.Resources!).filter(([, { Type }]) => Type === type);
  const without = (logicalId: string) => withResources(template, (id, resource) => id === logicalId
    ? undefined
    : resource);
  const apiOf = ({ Properties }: Resource) => nameOf((Properties!.ApiId as { Ref: string }).Ref);
  const routeKey = ({ Properties }: Resource) => String(Properties!.RouteKey);
  let variants = 0;

  /** The routes whose calls are not what is expected of them. */
  async function failing(changed: Template): Promise<string[]> {
    const deployed = await deployer.deploy(`Variant${++variants}`, changed);
    const failed = new Set<string>();
    for (const call of CALLS) {
      const observed = await observe(deployed, call);
      if (JSON.stringify(Object.entries(observed).sort()) !== JSON.stringify(Object.entries(expectedOf(call)).sort())) {
        failed.add(call.route);
      }
    }
    return [...failed];
  }

  test('not, as long as nothing is taken away', async () => {
    expect(await failing(template)).toEqual([]);
  });

  test('for the route that is taken away', async () => {
    for (const [logicalId, route] of ofType('AWS::ApiGatewayV2::Route').filter(([, it]) => apiOf(it) === 'ShopApi')) {
      expect(await failing(without(logicalId))).toEqual([routeKey(route)]);
    }
  });

  test('for the routes of the integration that is taken away', async () => {
    for (const [logicalId] of ofType('AWS::ApiGatewayV2::Integration').filter(([, it]) => apiOf(it) === 'ShopApi')) {
      const targets = ({ Properties }: Resource) => JSON.stringify(Properties?.Target ?? '').includes(`"${logicalId}"`);
      const routes = ofType('AWS::ApiGatewayV2::Route').filter(([, it]) => targets(it)).map(([, it]) => routeKey(it));
      const failed = await failing(withResources(template, (id, resource) => id === logicalId ? undefined
        : targets(resource)
          ? { ...resource, Properties: { ...resource.Properties, Target: 'integrations/none' } }
          : resource));
      expect(failed.sort()).toEqual(routes.sort());
    }
  });

  test('for the WebSocket route that is taken away', async () => {
    for (const [logicalId] of ofType('AWS::ApiGatewayV2::Route').filter(([, it]) => apiOf(it) === 'NewsApi')) {
      const deployed = await deployer.deploy(`Variant${++variants}`, without(logicalId));
      expect(await converse(deployed)).not.toEqual(CONVERSATION);
    }
  });

  test('for the routes of the permission that is taken away', () => {
    // GET and PUT of one path have two equal permissions, so that one is enough: test/model says so.
    for (const [logicalId] of ofType('AWS::Lambda::Permission').filter(([id]) => !id.includes('booksisbn'))) {
      const { wrong } = findingsOf([{ id: 'Shop', template: without(logicalId) }]);
      expect({ logicalId, wrong }).toEqual({
        logicalId,
        wrong: expect.arrayContaining([expect.stringContaining('may not call its function')]),
      });
    }
  });
});
