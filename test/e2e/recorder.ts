import { createServer, type Server } from 'http';
import type { AddressInfo } from 'net';
import { sleep } from './emulator';

/** What a function, or the backend behind a URL, received. */
export interface Received {
  /** The logical id of the function, or `backend`. */
  readonly by: string;
  readonly event: Record<string, unknown>;
}

/** Listens to what arrives at the functions and at the backend of the URL integrations. */
export class Recorder {
  private readonly received: Received[] = [];

  private constructor(private readonly server: Server) {}

  public static async start(): Promise<Recorder> {
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const body = Buffer.concat(chunks).toString();
        const fn = /^\/received\/(\w+)$/.exec(request.url!)?.[1];
        recorder.received.push(fn ? { by: fn, event: JSON.parse(body) as Record<string, unknown> }
          : { by: 'backend', event: { method: request.method, path: request.url, headers: request.headers, body } });
        response.setHeader('content-type', 'application/json').end('{}');
      });
    });
    const recorder = new Recorder(server);
    await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
    return recorder;
  }

  public get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** The code of a function that tells here what it received, and then does what it did. */
  public listening(code: string, name: string): string {
    return `${code}
const original = exports.handler;
exports.handler = async (event) => {
  await fetch('${this.url}/received/${name}', { method: 'POST', body: JSON.stringify(event) });
  return original(event);
};`;
  }

  public clear(): void {
    this.received.length = 0;
  }

  /** Waits a while until as many have arrived, and returns all of them. */
  public async take(count: number, matching: (received: Received) => boolean = () => true): Promise<Received[]> {
    for (let waited = 0; waited < 3000 && this.received.filter(matching).length < count; waited += 20) {
      await sleep(20);
    }
    return this.received.filter(matching);
  }

  public stop(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((resolve) => { this.server.close(() => { resolve(); }); });
  }
}
