import { invariant } from '#domain/assert.ts';
import { startFeed } from '../feed.ts';
import type { Person } from '../people.ts';
import { botId, fillOf, SYMBOLS, symbolId, tickerOf, tradeOf } from '../samples.ts';

export type FeedKind = 'prices' | 'fills' | 'firehose';

/** What the bench says to a server's process, and what it answers. */
export type ServerCommand =
  | { readonly do: 'feed'; readonly kind: FeedKind; readonly rate: number; readonly bots: number }
  | { readonly do: 'stopFeed' }
  | { readonly do: 'issue'; readonly people: readonly Person[] }
  | { readonly do: 'read' }
  /** As `read`, of what is reachable only. */
  | { readonly do: 'collect' };

export interface ServerReading {
  readonly cpuMs: number;
  readonly rssBytes: number;
  readonly heapBytes: number;
  readonly externalBytes: number;
  readonly published: number;
  readonly connections: number;
  readonly extra: Readonly<Record<string, number>>;
}

/** A server under test: where its clients subscribe, and how the feed publishes. */
interface BenchServer {
  readonly port: number;
  /** For the handshake, where there is one. */
  readonly token?: string;
  /** A token of someone who may see these bots only. */
  readonly issue?: (userId: string, bots: readonly string[]) => Promise<string>;
  readonly connections: () => number;
  readonly price: (ticker: ReturnType<typeof tickerOf>) => void;
  readonly fill: (fill: ReturnType<typeof fillOf>) => void;
  readonly trade: (trade: ReturnType<typeof tradeOf>) => void;
  readonly extra?: () => Record<string, number>;
}

const MICROSECONDS_A_MS = 1_000;

/** Runs a server as the process of its own that the bench has forked. */
export function runServer(server: BenchServer): void {
  let published = 0;
  let stopFeed: () => void = () => undefined;
  const feeds: Record<FeedKind, (bots: number) => (index: number, dueMs: number) => void> = {
    prices: () => (index, dueMs) => server.price(tickerOf(index, dueMs)),
    fills: (bots) => (index, dueMs) => {
      const sequence = Math.floor(index / bots) + 1;
      server.fill(fillOf(botId(index % bots), sequence, dueMs));
    },
    // Half prices, half trades, on all symbols.
    firehose: () => (index, dueMs) =>
      index % 2 === 0
        ? server.price(tickerOf(index / 2, dueMs))
        : server.trade(tradeOf((index - 1) / 2, dueMs)),
  };
  const answer = (message: object) => {
    invariant(process.send, 'the bench forks its servers');
    process.send(message);
  };
  process.on('message', (command: ServerCommand) => {
    if (command.do === 'issue') {
      void issueAll(command.people).then((tokens) => answer({ tokens }));
      return;
    }
    if (command.do === 'feed') {
      const publish = feeds[command.kind](command.bots);
      stopFeed = startFeed({
        rate: command.rate,
        publish: (index, dueMs) => {
          published += 1;
          publish(index, dueMs);
        },
      });
    } else if (command.do === 'stopFeed') stopFeed();
    else if (command.do === 'collect') globalThis.gc?.();
    answer(read());
  });
  process.on('disconnect', () => process.exit(0));
  answer({ port: server.port, token: server.token ?? '' });

  async function issueAll(people: readonly Person[]): Promise<string[]> {
    const tokens: string[] = [];
    for (const { userId, bots } of people) {
      const issued = userId === undefined ? undefined : await server.issue?.(userId, bots);
      tokens.push(issued ?? server.token ?? '');
    }
    return tokens;
  }

  function read(): ServerReading {
    const cpu = process.cpuUsage();
    const memory = process.memoryUsage();
    return {
      cpuMs: (cpu.user + cpu.system) / MICROSECONDS_A_MS,
      rssBytes: memory.rss,
      heapBytes: memory.heapUsed,
      externalBytes: memory.external,
      published,
      connections: server.connections(),
      extra: server.extra?.() ?? {},
    };
  }
}

export const ALL_SYMBOLS: readonly string[] = Array.from({ length: SYMBOLS }, (_, index) =>
  symbolId(index),
);
