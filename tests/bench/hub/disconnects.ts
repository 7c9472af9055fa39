import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { channel } from '#contract/channels.ts';
import { systemClock } from '#main/telemetry/system-clock.ts';
import { HubClient } from '#renderer/client/hub-client.ts';
import { SocketTransport, tokenSocket } from '#renderer/client/socket-transport.ts';
import { FlakyProxy } from '../../support/flaky-proxy.ts';
import { BenchProcess } from './bench-process.ts';
import { botId } from './samples.ts';

const BOTS = 50;
const FILLS_A_SECOND = 500;
const BOTS_EACH = 5;
const SERVER_KILLS = 2;
const SETTLE_WITHIN_MS = 90_000;

interface ServerState {
  readonly offsets: readonly number[];
  readonly connections: number;
}
interface Door {
  readonly port: number;
  readonly token: string;
}
type Server = BenchProcess<{ do: 'stopFeed' | 'read' }, ServerState>;

/** One client of the library behind a line of its own, and what it has seen of each stream. */
class Follower {
  readonly transport: 'websocket' | 'polling';
  readonly client: HubClient;
  readonly lastSequence = new Map<string, number>();
  disconnects = 0;
  reconnects = 0;
  missing = 0;
  doubled = 0;
  resets = 0;
  readonly #proxy: FlakyProxy;
  #isHit = false;

  constructor(index: number, proxy: FlakyProxy, door: () => Door) {
    this.transport = index % 2 === 0 ? 'websocket' : 'polling';
    this.#proxy = proxy;
    const socket = tokenSocket({
      url: `http://127.0.0.1:${proxy.port}`,
      token: () => door().token,
      transports: [this.transport],
    });
    const openSession = async () => undefined;
    const transport = new SocketTransport({
      ...{ socket, clock: systemClock, random: Math.random, openSession },
    });
    this.client = new HubClient({ transport });
    let wasConnected = false;
    this.client.onConnection(({ kind }) => {
      if (kind === 'connected' && !wasConnected) this.reconnects += 1;
      if (kind !== 'connected' && wasConnected) this.disconnects += 1;
      if (kind !== 'connected') this.#isHit = false;
      wasConnected = kind === 'connected';
    });
    for (let offset = 0; offset < BOTS_EACH; offset += 1)
      this.#follow(botId((index + offset) % BOTS));
    this.client.start();
  }

  get isConnected(): boolean {
    return this.client.connection.kind === 'connected';
  }

  /** Connected, and not cut since. */
  get canBeHit(): boolean {
    return this.isConnected && !this.#isHit;
  }

  hit(): void {
    this.#isHit = true;
  }

  reset(): void {
    this.#proxy.reset();
  }

  freeze(): void {
    this.#proxy.freeze();
  }

  stop(): void {
    this.client.stop();
    this.#proxy.close();
  }

  /** A fill's number says which it is, whatever its offset says. */
  #follow(bot: string): void {
    this.client.subscribe(channel.bot(bot, 'trades'), {
      onReset: () => {
        if (this.lastSequence.has(bot)) this.resets += 1;
      },
      onPush: (push) => {
        if (push.event !== 'bot:trade') return;
        const sequence = Number(push.payload.trade.id.split('-f')[1]);
        const last = this.lastSequence.get(bot);
        if (last !== undefined && sequence > last + 1) this.missing += sequence - last - 1;
        if (last !== undefined && sequence <= last) this.doubled += 1;
        this.lastSequence.set(bot, sequence);
      },
    });
  }
}

export interface DisconnectsResult {
  readonly clients: number;
  readonly forced: number;
  readonly byCause: Readonly<Record<'kill' | 'reset' | 'halfOpen', number>>;
  /** What the clients noticed; a poller that was cut between two polls notices nothing. */
  readonly disconnectsSeen: number;
  readonly reconnected: number;
  readonly streams: number;
  readonly fills: number;
  /** Every client has every stream to its end. */
  readonly isComplete: boolean;
  readonly missing: number;
  readonly doubled: number;
  /** Streams that began afresh instead of being recovered. */
  readonly notRecovered: number;
  readonly settledMs: number;
}

/** Forced disconnects at random moments under load, of the client library over both transports. */
export async function benchDisconnects(forced: number): Promise<DisconnectsResult> {
  const directory = mkdtempSync(join(tmpdir(), 'tapedeck-bench-'));
  let door: Door = { port: 0, token: '' };
  const startServer = async (): Promise<Server> => {
    const args = [directory, String(door.port), String(BOTS), String(FILLS_A_SECOND)];
    const server: Server = BenchProcess.start('servers/durable.ts', {}, args);
    door = await server.next<Door>();
    return server;
  };
  let server = await startServer();
  const clientCount = Math.max(4, Math.min(200, Math.round(forced / 5)));
  const followers: Follower[] = [];
  for (let index = 0; index < clientCount; index += 1) {
    followers.push(new Follower(index, await FlakyProxy.start(() => door.port), () => door));
  }
  await until(() => followers.every(({ isConnected }) => isConnected));
  const byCause = { kill: 0, reset: 0, halfOpen: 0 };
  const single = forced - SERVER_KILLS * clientCount;
  const killAt = [Math.floor(single / 3), Math.floor((single * 2) / 3)];
  for (let count = 0; count < single; count += 1) {
    if (killAt.includes(count)) {
      await until(() => followers.every(({ isConnected }) => isConnected));
      byCause.kill += followers.length;
      await server.stop('SIGKILL');
      server = await startServer();
    }
    const victim = await pick(followers);
    if (!victim) break;
    const isFrozen = Math.random() < 1 / 3;
    if (isFrozen) victim.freeze();
    else victim.reset();
    byCause[isFrozen ? 'halfOpen' : 'reset'] += 1;
    await sleep(Math.random() * 50);
  }
  const { offsets } = await server.ask({ do: 'stopFeed' });
  const isComplete = () =>
    followers.every(({ lastSequence }) =>
      [...lastSequence].every(([bot, last]) => last === offsets[Number(bot.slice(3))]),
    );
  // Whoever was cut last may have all there is, and still be on the way back.
  const areAllBack = () => followers.every(({ isConnected }) => isConnected);
  const settledMs = await until(() => isComplete() && areAllBack());
  const sum = (read: (follower: Follower) => number) =>
    followers.reduce((total, follower) => total + read(follower), 0);
  const result = {
    clients: clientCount,
    forced: byCause.kill + byCause.reset + byCause.halfOpen,
    byCause,
    disconnectsSeen: sum(({ disconnects }) => disconnects),
    reconnected: followers.filter(({ isConnected }) => isConnected).length,
    streams: sum(({ lastSequence }) => lastSequence.size),
    fills: offsets.reduce((total, offset) => total + offset, 0),
    isComplete: isComplete(),
    missing: sum(({ missing }) => missing),
    doubled: sum(({ doubled }) => doubled),
    notRecovered: sum(({ resets }) => resets),
    settledMs,
  };
  for (const follower of followers) follower.stop();
  await server.stop();
  rmSync(directory, { recursive: true, force: true });
  return result;
}

/** Somebody who is connected: to disconnect another would be no event. */
async function pick(followers: readonly Follower[]): Promise<Follower | undefined> {
  await until(() => followers.some(({ canBeHit }) => canBeHit));
  const here = followers.filter(({ canBeHit }) => canBeHit);
  const victim = here[Math.floor(Math.random() * here.length)];
  victim?.hit();
  return victim;
}

async function until(condition: () => boolean): Promise<number> {
  const begun = performance.now();
  while (!condition() && performance.now() - begun < SETTLE_WITHIN_MS) await sleep(50);
  return Math.round(performance.now() - begun);
}
