import { spawn, type ChildProcess } from 'child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { WebSocket } from 'ws';

/** How a page is looked at. */
export interface View {
  readonly width: number;
  readonly height: number;
  readonly scheme: 'light' | 'dark';
  /** Whether the scripts of the page run. */
  readonly scripts?: boolean;
  readonly media?: 'screen' | 'print';
}

/** What a browser says: the answer to a request, or an event. */
interface Message {
  readonly id?: number;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
  readonly method?: string;
  readonly params?: { readonly request?: { readonly url: string } };
}

/** A headless chromium, which reaches no network. */
export class Browser {
  public static async start(): Promise<Browser> {
    const profile = mkdtempSync(join(tmpdir(), 'browser-'));
    const process = spawn(
      'chromium',
      [
        '--headless',
        '--no-sandbox',
        '--disable-gpu',
        '--hide-scrollbars',
        '--host-resolver-rules=MAP * ~NOTFOUND',
        `--user-data-dir=${profile}`,
        '--remote-debugging-port=0',
        'about:blank',
      ],
      { stdio: 'ignore' },
    );
    const failed = new Promise<never>((_, reject) => {
      process.once('error', reject);
    });
    const port = await Promise.race([portOf(profile), failed]);
    const pages = (await (await fetch(`http://127.0.0.1:${port}/json/list`)).json()) as {
      type: string;
      webSocketDebuggerUrl: string;
    }[];
    const socket = new WebSocket(pages.find(({ type }) => type === 'page')!.webSocketDebuggerUrl);
    await new Promise((resolve) => {
      socket.once('open', resolve);
    });
    return new Browser(process, profile, socket);
  }

  private sent = 0;
  private readonly waiting = new Map<number, (answer: Message) => void>();
  private readonly requests: string[] = [];
  private loaded?: () => void;

  private constructor(
    private readonly process: ChildProcess,
    private readonly profile: string,
    private readonly socket: WebSocket,
  ) {
    socket.on('message', (data: Buffer) => {
      const message = JSON.parse(data.toString()) as Message;
      if (message.id !== undefined) { this.waiting.get(message.id)?.(message); }
      if (message.method === 'Page.loadEventFired') { this.loaded?.(); }
      if (message.method === 'Network.requestWillBeSent') { this.requests.push(message.params!.request!.url); }
    });
  }

  /** Opens a page, and returns what it requests. */
  public async open(
    url: string,
    { width, height, scheme, scripts = true, media = 'screen' }: View,
  ): Promise<readonly string[]> {
    await this.send('Page.enable', {});
    await this.send('Network.enable', {});
    await this.send('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: 1, mobile: false });
    await this.send('Emulation.setEmulatedMedia', {
      media,
      features: [{ name: 'prefers-color-scheme', value: scheme }],
    });
    await this.send('Emulation.setScriptExecutionDisabled', { value: !scripts });
    this.requests.length = 0;
    const loaded = new Promise<void>((resolve) => {
      this.loaded = resolve;
    });
    await this.send('Page.navigate', { url });
    await loaded;
    return [...this.requests];
  }

  /** The value of an expression in the page. */
  public async evaluate<T>(expression: string): Promise<T> {
    const { result, exceptionDetails } = (await this.send('Runtime.evaluate', { expression, returnByValue: true })) as {
      result: { value: T };
      exceptionDetails?: { text: string; exception?: { description?: string } };
    };
    if (exceptionDetails) { throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text); }
    return result.value;
  }

  /** A picture of the page as far as the window shows it, from an element on. */
  public async picture(selector = 'body'): Promise<Buffer> {
    await this.evaluate(`document.querySelector(${JSON.stringify(selector)}).scrollIntoView()`);
    const { data } = await this.send('Page.captureScreenshot', { format: 'png' });
    return Buffer.from(data as string, 'base64');
  }

  public async stop(): Promise<void> {
    const closed = new Promise((resolve) => {
      this.process.once('exit', resolve);
    });
    this.socket.close();
    this.process.kill();
    await closed;
    rmSync(this.profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }

  private send(method: string, params: object): Promise<Record<string, unknown>> {
    const id = ++this.sent;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, ({ result, error }) => {
        if (error) {
          reject(new Error(`${method}: ${error.message}`));
        } else {
          resolve(result as Record<string, unknown>);
        }
      });
      this.socket.send(JSON.stringify({ id, method, params }));
    });
  }
}

/** The port that a browser chose, once it has written it down. */
async function portOf(profile: string): Promise<string> {
  const file = join(profile, 'DevToolsActivePort');
  for (let waited = 0; waited < 30_000; waited += 100) {
    const port = existsSync(file) ? readFileSync(file, 'utf8').split('\n')[0] : '';
    if (port !== '') { return port; }
    await new Promise((resolve) => {
      setTimeout(resolve, 100);
    });
  }
  throw new Error('chromium did not start');
}
