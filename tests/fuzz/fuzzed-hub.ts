import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DecimalString } from '#domain/decimal.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import { HubConnection } from '../support/hub-connection.ts';
import { temporaryDirectory } from '../support/serve-process.ts';

/** Stands in the canary's data and nowhere else: who sees it has seen what is not his. */
const CANARY = 'CANARY-4b1d-d0-not-leak';

/** The canary's name, and its id where a push or a record carries it (a refusal may echo it). */
export const secretsOf = (botId: string): readonly string[] => [CANARY, `"botId":"${botId}"`];

export interface FuzzedHub {
  readonly url: string;
  readonly port: number;
  /** The canary's bot: its id may be known, what it does may not. */
  readonly botId: string;
  /** A token of a user with the scopes of a trader, and no bots. */
  tokenOf(user: string): Promise<string>;
  /** What the hub has counted, by error code. */
  counted(): Promise<Map<string, number>>;
  activeConnections(): Promise<number>;
  heldBytes(): Promise<number>;
  /** Whether the canary's data flows at all: to its owner. */
  canaryFlows(): boolean;
  /** Not null once the process has ended by itself. */
  readonly exit: () => string | null;
  stop(): Promise<void>;
}

/** Starts a hub in its own process, with a bot whose fills, logs and notifications are secret. */
export async function startFuzzedHub(mode: 'default' | 'unlimited'): Promise<FuzzedHub> {
  const directory = temporaryDirectory();
  const child = fork(join(import.meta.dirname, 'hub-process.ts'), [directory.path, mode], {
    execArgv: ['--expose-gc'],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const complaints = collect(child);
  let exit: string | null = null;
  child.once('exit', (code, signal) => {
    exit = `ended with ${code ?? signal}: ${complaints()}`;
  });
  const started = await Promise.race([once(child, 'message'), once(child, 'exit')]);
  const { url, tokenFile } = started[0] as { url: string; tokenFile: string };
  if (!url) throw new Error(`The hub did not start: ${complaints()}`);
  const owner = await HubConnection.connect(url, readFileSync(tokenFile, 'utf8').trim());
  const flows = { canary: false };
  const botId = await createCanary(owner);
  owner.socket.onAny((_event, payload) => {
    flows.canary ||= secretsOf(botId).some((secret) => JSON.stringify(payload).includes(secret));
  });
  await owner.subscribe('user:owner:notifications');
  await owner.call('bot:subscribe:one', botId);
  const metrics = async () => (await fetch(`${url}/metrics`)).text();
  return {
    url,
    port: Number(new URL(url).port),
    botId,
    tokenOf: async (userId) => {
      const scopes = ['read', 'trade', 'publish'] as const;
      const request = { userId, scopes: [...scopes], expiresInSeconds: 86_400 };
      return (await owner.request('tokens.issue', request)).token;
    },
    counted: async () => labelled(await metrics(), 'websocket_errors_total', 'code'),
    activeConnections: async () => {
      const held = labelled(await metrics(), 'websocket_active_connections', 'namespace');
      return held.get('/') ?? 0;
    },
    heldBytes: () => ask(child),
    canaryFlows: () => flows.canary,
    exit: () => exit,
    stop: async () => {
      owner.close();
      if (exit === null) {
        child.send('stop');
        await once(child, 'exit');
      }
      directory.remove();
    },
  };
}

/** A bot that fills within seconds, with the canary in its name and so in all that is said of it. */
async function createCanary(owner: HubConnection): Promise<string> {
  const { config } = await owner.request('bots.create', {
    name: CANARY,
    strategy: 'grid',
    instrumentId: 'demo:BTC/USDT' as InstrumentId,
    params: { levels: 20, spacingBps: 0.5, quantity: '0.01' },
    initialCash: '5000' as DecimalString,
    makerFeeBps: 1,
    takerFeeBps: 5,
  });
  return config.id;
}

function collect(child: ChildProcess): () => string {
  let text = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    text = (text + chunk).slice(-4_000);
  });
  return () => text;
}

async function ask(child: ChildProcess): Promise<number> {
  child.send('memory');
  const [bytes] = await once(child, 'message');
  return bytes as number;
}

/** The values of one Prometheus metric by one of its labels. */
function labelled(text: string, name: string, label: string): Map<string, number> {
  const line = new RegExp(`^${name}\\{.*?${label}="([^"]*)".*?\\} (\\S+)$`, 'gm');
  return new Map([...text.matchAll(line)].map(([, value = '', count]) => [value, Number(count)]));
}
