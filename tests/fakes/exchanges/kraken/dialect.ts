import { z } from 'zod';
import type { TruthTrade } from '../fake-exchange.ts';
import type { Dialect, FakeClient } from '../fake-server.ts';
import type { Stage } from '../stage.ts';
import type { Pair, RecordedStats } from './recording.ts';
import { krakenRest } from './rest.ts';
import {
  bookChecksum,
  bookText,
  type Precision,
  precisionOf,
  tickerText,
  timeText,
  tradesText,
  wireLevel,
} from './wire.ts';

export const DEPTHS = [10, 25, 100, 500, 1000] as const;

/** What the fake knows of each instrument that it plays, by symbol. */
export interface Instrument {
  readonly pair: Pair;
  stats: RecordedStats | undefined;
  /** In the order of their trade ids; `orderType` is not part of the truth. */
  readonly trades: (TruthTrade & { readonly orderType: string })[];
}
export type Instruments = ReadonlyMap<string, Instrument>;

export const streams = {
  book: (symbol: string, depth: number) => `book:${depth}:${symbol}`,
  trade: (symbol: string) => `trade:${symbol}`,
  ticker: (symbol: string, trigger: 'trades' | 'bbo') => `ticker:${trigger}:${symbol}`,
};

const requestSchema = z.object({
  method: z.enum(['subscribe', 'unsubscribe', 'ping']),
  params: z
    .object({
      channel: z.string(),
      symbol: z.array(z.string()),
      depth: z.number().default(10),
      snapshot: z.boolean().optional(),
      event_trigger: z.enum(['trades', 'bbo']).default('trades'),
    })
    .optional(),
  req_id: z.number().optional(),
});
type Params = NonNullable<z.infer<typeof requestSchema>['params']>;

/** Kraken's WebSocket API v2, public part (https://docs.kraken.com/exchange/api-reference/spot-websocket). */
export function krakenDialect(
  stage: Stage,
  instruments: Instruments,
  pairs: Readonly<Record<string, Pair>>,
): Dialect {
  return {
    rest: (request) => krakenRest(request, stage, pairs),
    onOpen: (client) => client.send(STATUS),
    onMessage: (client, text) => new Conversation(client, stage, instruments).hear(text),
  };
}

const STATUS = {
  channel: 'status',
  type: 'update',
  data: [{ version: '2.0.10', system: 'online', api_version: 'v2', connection_id: 1 }],
};

/** One request and its answers. */
class Conversation {
  readonly #client: FakeClient;
  readonly #stage: Stage;
  readonly #instruments: Instruments;

  constructor(client: FakeClient, stage: Stage, instruments: Instruments) {
    this.#client = client;
    this.#stage = stage;
    this.#instruments = instruments;
  }

  hear(text: string): void {
    const { method, params, req_id } = requestSchema.parse(JSON.parse(text));
    const at = timeText(Date.now());
    const tail = { ...(req_id !== undefined && { req_id }), time_in: at, time_out: at };
    if (method === 'ping') this.#client.send({ method: 'pong', ...tail });
    for (const symbol of params?.symbol ?? [])
      if (params && method !== 'ping') this.#answer(method, params, symbol, tail);
  }

  #answer(method: string, params: Params, symbol: string, tail: object): void {
    const stream = streamOf(params, symbol);
    const refusal = this.#refusal(method, stream, symbol);
    if (refusal !== undefined || stream === undefined) {
      this.#client.send({ error: refusal, method, success: false, symbol, ...tail });
      return;
    }
    if (method === 'subscribe') this.#client.streams.add(stream);
    else this.#client.streams.delete(stream);
    const { channel, depth, event_trigger } = params;
    const own =
      channel === 'book' ? { depth } : channel === 'ticker' ? { event_trigger } : undefined;
    const snapshot = params.snapshot ?? channel !== 'trade';
    const result = { channel, ...own, snapshot, symbol };
    this.#client.send({ method, result, success: true, ...tail });
    if (method === 'subscribe' && snapshot) this.#snapshot(params, symbol);
  }

  #refusal(method: string, stream: string | undefined, symbol: string): string | undefined {
    if (!this.#instruments.has(symbol)) return `Currency pair not supported ${symbol}`;
    if (stream === undefined) return 'Subscription not supported';
    const has = this.#client.streams.has(stream);
    if (method === 'subscribe' && has) return 'Already subscribed';
    if (method === 'unsubscribe' && !has) return 'Subscription Not Found';
    return undefined;
  }

  #snapshot(params: Params, symbol: string): void {
    const instrument = this.#instruments.get(symbol);
    if (!instrument) return;
    const precision = precisionOf(instrument.pair);
    if (params.channel === 'book')
      this.#client.send(bookSnapshot(this.#stage, symbol, params.depth, precision));
    if (params.channel === 'trade')
      this.#client.send(tradesText('snapshot', symbol, instrument.trades.slice(-50), precision));
    if (params.channel === 'ticker' && instrument.stats)
      this.#client.send(tickerOf('snapshot', this.#stage, symbol, instrument));
  }
}

function streamOf(params: Params, symbol: string): string | undefined {
  switch (params.channel) {
    case 'book':
      return DEPTHS.some((depth) => depth === params.depth)
        ? streams.book(symbol, params.depth)
        : undefined;
    case 'trade':
      return streams.trade(symbol);
    case 'ticker':
      return streams.ticker(symbol, params.event_trigger);
    default:
      return undefined;
  }
}

function bookSnapshot(stage: Stage, symbol: string, depth: number, precision: Precision): string {
  const book = stage.market.book(symbol);
  const bids = book.bids(depth);
  const asks = book.asks(depth);
  return bookText({
    type: 'snapshot',
    symbol,
    bids: bids.map((level) => wireLevel(level, precision)),
    asks: asks.map((level) => wireLevel(level, precision)),
    checksum: bookChecksum(bids, asks, precision),
    time: stage.now(),
  });
}

/** Best bid and ask are those of the book at that moment. */
export function tickerOf(
  type: 'snapshot' | 'update',
  stage: Stage,
  symbol: string,
  { pair, stats }: Instrument,
): string {
  const { bid, ask } = stage.market.book(symbol).top();
  const precision = precisionOf(pair);
  const best = [bid && wireLevel(bid, precision), ask && wireLevel(ask, precision)] as const;
  return tickerText(type, symbol, best, stats ?? NO_STATS);
}

const NO_STATS: RecordedStats = {
  last: '0',
  volume: '0',
  vwap: '0',
  low: '0',
  high: '0',
  open: '0',
};
