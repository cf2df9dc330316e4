import { execFileSync, spawn } from 'child_process';
import { existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { createServer } from 'net';
import { tmpdir } from 'os';
import { join } from 'path';

const REQUIREMENTS = join(__dirname, 'requirements.txt');
const VENV = join(__dirname, '../../.cache/e2e');

/** An emulator that runs, on this machine only. */
export interface Emulator {
  readonly port: number;
  readonly stop: () => Promise<void>;
}

/** Installs the pinned emulator into a virtual environment, unless it is there. */
function install(): string {
  const bin = join(VENV, 'bin');
  const pinned = readFileSync(REQUIREMENTS, 'utf8');
  const stamp = join(VENV, 'installed.txt');
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== pinned) {
    rmSync(VENV, { recursive: true, force: true });
    mkdirSync(VENV, { recursive: true });
    execFileSync('python3', ['-m', 'venv', VENV], { stdio: 'pipe' });
    execFileSync(join(bin, 'pip'), ['install', '--quiet', '--requirement', REQUIREMENTS], { stdio: 'pipe' });
    writeFileSync(stamp, pinned);
  }
  return bin;
}

/** A port that nothing listens on. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => { resolve(port); });
    });
  });
}

export const sleep = (millis: number) => new Promise((resolve) => { setTimeout(resolve, millis); });

/** Runs a command until the process that started it ends, however it does: then the pipe to it is closed. */
const END_WITH_PARENT = 'exec 3<&0; (read -r <&3; kill -KILL -- -$$) & exec "$0" </dev/null 3<&-';

/** Starts the emulator and waits until it is healthy. It ends with this process, if it is not stopped before. */
export async function startEmulator(): Promise<Emulator> {
  const bin = install();
  const port = await freePort();
  const directory = mkdtempSync(join(tmpdir(), 'ministack-'));
  const log = join(directory, 'log');
  const output = openSync(log, 'w');
  // A group of its own, so that the processes that run the functions end with it.
  const child = spawn('bash', ['-c', END_WITH_PARENT, join(bin, 'ministack')], {
    cwd: directory,
    detached: true,
    stdio: ['pipe', output, output],
    env: {
      ...process.env,
      PATH: `${bin}:${process.env.PATH}`,
      TMPDIR: directory,
      BIND_HOST: '127.0.0.1',
      GATEWAY_PORT: String(port),
      LAMBDA_EXECUTOR: 'local',
      SFTP_ENABLED: '0',
      IOT_MTLS_ENABLED: '0',
    },
  });
  let exited = false;
  const ended = new Promise<void>((resolve) => { child.on('exit', () => { exited = true; resolve(); }); });
  const kill = () => {
    try { process.kill(-child.pid!, 'SIGKILL'); } catch { /* It has ended. */ }
  };
  const stop = async () => {
    kill();
    await ended;
    rmSync(directory, { recursive: true, force: true });
    rmSync(`/tmp/ministack-${port}.pid`, { force: true });
  };
  for (let waited = 0; waited < 60_000; waited += 200) {
    const healthy = await fetch(`http://127.0.0.1:${port}/_ministack/health`).then((response) => response.ok, () => false);
    if (healthy) { return { port, stop }; }
    if (exited) { break; }
    await sleep(200);
  }
  const said = readFileSync(log, 'utf8');
  await stop();
  throw new Error(`The emulator did not start:\n${said}`);
}
