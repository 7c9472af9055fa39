import { randomBytes } from 'node:crypto';
import { io, type ManagerOptions, type Socket, type SocketOptions } from 'socket.io-client';
import { fail, type Result, succeed } from '#contract/errors.ts';
import { PROTOCOL_VERSION } from '#contract/protocol.ts';
import { type Caller, reachesBot } from '#contract/scopes.ts';
import type { TimerClock } from '#domain/clock.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import { Broker } from '#main/broker/broker.ts';
import type { HubDependencies } from '#main/hub/dependencies.ts';
import { type Hub, type HubOptions, startHub } from '#main/hub/hub.ts';
import { TokenAuthority } from '#main/hub/tokens/token-authority.ts';
import type { Log } from '#main/telemetry/log.ts';
import { systemClock } from '#main/telemetry/system-clock.ts';
import { MemoryTokenStore } from './memory-token-store.ts';
import { SAMPLE_ID } from './publications.ts';

export const OWNER = { userId: 'owner', token: randomBytes(32).toString('base64url') };

/** The rooms around the hub: a real broker, a watchlist of one instrument, bots that are names. */
export class HubSurroundings implements HubDependencies {
  readonly ownerId = OWNER.userId;
  readonly broker: Broker;
  readonly clock: TimerClock;
  readonly logged: { message: string; fields: object }[] = [];
  readonly requests: { method: string; params: unknown; userId: string }[] = [];
  readonly bots = new Set<string>();
  readonly #listeners = new Set<(botId: string) => void>();
  status: 'ok' | 'degraded' = 'ok';
  answer: () => Promise<Result<unknown>> = () => Promise.resolve(succeed({ fine: true }));

  readonly tokens: TokenAuthority;

  constructor(clock: TimerClock = systemClock) {
    this.clock = clock;
    this.tokens = new TokenAuthority({
      ...{ ownerToken: OWNER.token, ownerId: OWNER.userId, clock },
      store: new MemoryTokenStore(),
    });
    this.broker = new Broker({ clock, createEpoch: () => randomBytes(8).toString('hex') });
  }

  get botListeners(): number {
    return this.#listeners.size;
  }

  readonly log: Log = {
    debug: () => undefined,
    info: () => undefined,
    warn: (fields, message) => this.logged.push({ message, fields }),
    error: (fields, message) => this.logged.push({ message, fields }),
  };

  createBot(botId: string): void {
    this.bots.add(botId);
    for (const listener of [...this.#listeners]) listener(botId);
  }

  resolveInstrument(symbolOrId: string): InstrumentId | undefined {
    return [SAMPLE_ID, 'BTC/USDT'].includes(symbolOrId) ? SAMPLE_ID : undefined;
  }

  isKnownBot(botId: string, user: Caller): boolean {
    return this.bots.has(botId) && reachesBot(user, botId);
  }

  isKnownDeck(deckId: string): boolean {
    return deckId === 'd1';
  }

  botIds(user: Caller): readonly string[] {
    return [...this.bots].filter((botId) => reachesBot(user, botId));
  }

  onBotCreated(listener: (botId: string) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  health() {
    return {
      status: this.status,
      database: 'ok' as const,
      feeds: { connecting: 0, live: 1, stale: 0, disconnected: 0, failed: 0, ended: 0, closed: 0 },
      eventLoop: { state: 'ok' as const, delayP99: 1 },
      private: '/home/someone',
    };
  }

  handleRequest(method: string, params: unknown, { userId }: { userId: string }) {
    this.requests.push({ method, params, userId });
    return this.answer();
  }

  readonly desk = {
    enter: () => succeed(() => undefined),
    presence: (room: string) => ({ room, userIds: [] }),
    send: () => Promise.resolve(fail('unavailable', 'There is no desk here')),
  };

  publishRecord() {
    return Promise.resolve(succeed({ duplicate: false }));
  }

  /** What a handler gives that refuses. */
  refuse(): void {
    this.answer = () => Promise.resolve(fail('conflict', 'Not now'));
  }
}

type ClientOptions = Partial<ManagerOptions & SocketOptions>;

interface ReceivedEvent {
  readonly event: string;
  readonly payload: unknown;
}

/** A Socket.IO client that remembers what it received and lets a test wait for it. */
class TestClient {
  readonly socket: Socket;
  readonly received: ReceivedEvent[] = [];
  readonly #waiting = new Set<() => void>();

  constructor(url: string, options: ClientOptions) {
    this.socket = io(url, { forceNew: true, reconnection: false, autoConnect: false, ...options });
    this.socket.onAny((event: string, payload: unknown) => {
      this.received.push({ event, payload });
      for (const check of this.#waiting) check();
    });
  }

  /** Resolves when connected, or with the refusal. */
  connect(): Promise<(Error & { data?: unknown }) | undefined> {
    return new Promise((resolve) => {
      this.socket.once('connect', () => resolve(undefined));
      this.socket.once('connect_error', resolve);
      this.socket.connect();
    });
  }

  call(event: string, ...args: unknown[]) {
    return this.socket.timeout(3_000).emitWithAck(event, ...args);
  }

  payloads(event: string): Record<string, unknown>[] {
    return this.received
      .filter((one) => one.event === event)
      .map((one) => one.payload as Record<string, unknown>);
  }

  /** Waits for the event that makes the condition true. */
  until(condition: () => boolean): Promise<void> {
    if (condition()) return Promise.resolve();
    return new Promise((resolve) => {
      const check = () => {
        if (!condition()) return;
        this.#waiting.delete(check);
        resolve();
      };
      this.#waiting.add(check);
    });
  }
}

export interface TestHub {
  readonly hub: Hub;
  readonly surroundings: HubSurroundings;
  readonly port: number;
  /** A client of the owner, unless told otherwise; not connected yet. */
  client(options?: ClientOptions): TestClient;
  close(): Promise<void>;
}

/** A real hub on a free port of the loopback; its clock is the system's, unless told otherwise. */
export async function startTestHub({
  clock,
  ...options
}: Partial<HubOptions> & { readonly clock?: TimerClock } = {}): Promise<TestHub> {
  const surroundings = new HubSurroundings(clock);
  const started = await startHub({
    host: '127.0.0.1',
    port: 0,
    staticRoot: null,
    owner: OWNER,
    dependencies: surroundings,
    tokens: surroundings.tokens,
    ...options,
  });
  if (!started.ok) throw new Error(started.error.message);
  const hub = started.value;
  const clients: TestClient[] = [];
  return {
    hub,
    surroundings,
    port: Number(new URL(hub.url).port),
    client: (clientOptions) => {
      const auth = { token: OWNER.token, protocol: PROTOCOL_VERSION };
      const client = new TestClient(hub.url, { auth, ...clientOptions });
      clients.push(client);
      return client;
    },
    close: async () => {
      for (const { socket } of clients) socket.disconnect();
      await hub.close();
      surroundings.broker.dispose();
    },
  };
}
