import http from 'node:http';
import { type Exchange as Ccxt, pro } from 'ccxt';
import type { Exchange } from '#domain/instrument.ts';
import type { CcxtExchange } from './ccxt-exchange.ts';
import { turnSides } from './coinbase-trades.ts';
import type { ExchangeConfig } from './exchange-config.ts';
import { traitsOf } from './exchange-traits.ts';
import { keepKrakenDepth } from './kraken-checksum.ts';

/** How often a connection is probed: ccxt's own pace would take minutes to notice a dead one. */
const KEEP_ALIVE_MS = 5_000;
const REQUEST_TIMEOUT_MS = 10_000;
/** Trades that ccxt keeps until they are taken; ours are taken at once. */
const TRADES_LIMIT = 100_000;

type CcxtClass = new (config: Record<string, unknown>) => Ccxt;

/** The ids of all exchanges that can be watched. */
export const watchableExchanges = (): readonly string[] =>
  Object.keys(pro).filter((id) => classOf(id) !== undefined);

function classOf(id: string): CcxtClass | undefined {
  if (!Object.hasOwn(pro, id)) return undefined;
  const found: unknown = Reflect.get(pro, id);
  return typeof found === 'function' ? (found as CcxtClass) : undefined;
}

export interface OpenOptions {
  readonly config: ExchangeConfig;
  /** What will be wanted of it. */
  readonly symbols: readonly string[];
}

/** A fresh instance; undefined where there is no such exchange. Opens no connection yet. */
export function openExchange(
  id: Exchange,
  { config, symbols }: OpenOptions,
): CcxtExchange | undefined {
  const Class = classOf(id);
  if (!Class) return undefined;
  const exchange = new Class({ newUpdates: true, timeout: REQUEST_TIMEOUT_MS });
  const traits = traitsOf(id);
  for (const options of [traits.options, traits.optionsFor?.(symbols), config.options]) {
    exchange.options = exchange.deepExtend(exchange.options, options ?? {});
  }
  exchange.options['tradesLimit'] = TRADES_LIMIT;
  if (id === 'kraken' && traits.bookLimit) keepKrakenDepth(exchange, traits.bookLimit);
  if (traits.hasMakerSides) turnSides(exchange);
  exchange.urls = exchange.deepExtend(exchange.urls, config.urls ?? {});
  if (config.httpsProxy) exchange.httpsProxy = config.httpsProxy;
  if (config.wssProxy) exchange.wssProxy = config.wssProxy;
  const keepAlive = Number(exchange.streaming['keepAlive'] ?? Number.POSITIVE_INFINITY);
  exchange.streaming = {
    ...exchange.streaming,
    keepAlive: Math.min(keepAlive, KEEP_ALIVE_MS),
  };
  // ccxt dials plain ws:// only with an agent of one's own; real exchanges are wss://.
  exchange.httpAgent = new http.Agent();
  // ccxt's own remarks would go to standard output, which is for programs.
  exchange.log = () => undefined;
  return exchange;
}

/** Ends all its connections at once: a dead one would not answer a polite end. */
export async function closeExchange(exchange: CcxtExchange): Promise<void> {
  const clients = Object.values(exchange.clients);
  const closed = exchange.close();
  for (const client of clients) terminate(client);
  await closed;
}

function terminate(client: { readonly connection?: unknown }): void {
  const connection = client.connection;
  if (
    typeof connection === 'object' &&
    connection !== null &&
    'terminate' in connection &&
    typeof connection.terminate === 'function'
  ) {
    connection.terminate();
  }
}

/** As the exchange calls itself; its id where there is no such exchange. */
export function nameOf(id: Exchange): string {
  const Class = classOf(id);
  return Class ? String(new Class({}).name ?? id) : id;
}
