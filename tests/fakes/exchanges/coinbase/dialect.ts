import { z } from 'zod';
import type { Dialect, FakeClient } from '../fake-server.ts';
import type { Stage } from '../stage.ts';
import type { Product, RecordedTicker } from './recording.ts';
import { coinbaseRest } from './rest.ts';
import { bookEvent, message, stamped, type ToldTrade, tickerEvent, tradesEvent } from './wire.ts';

/** What the fake knows of each product that it plays. */
export interface Instrument {
  readonly symbol: string;
  ticker: RecordedTicker | undefined;
  /** Oldest first. */
  readonly trades: ToldTrade[];
}
export interface Listing {
  readonly products: readonly Product[];
  /** By product id: those that are played. */
  readonly played: ReadonlyMap<string, Instrument>;
}

const CHANNELS = ['level2', 'market_trades', 'ticker', 'ticker_batch', 'heartbeats'] as const;
type Channel = (typeof CHANNELS)[number];
export const streamOf = (channel: Channel, product: string): string => `${channel}:${product}`;

const requestSchema = z.object({
  type: z.enum(['subscribe', 'unsubscribe']),
  channel: z.enum(CHANNELS),
  product_ids: z.array(z.string()).default([]),
});

/** How many trades a snapshot holds. */
const SNAPSHOT_TRADES = 100;

/**
 * Coinbase Advanced Trade, the public part
 * (https://docs.cdp.coinbase.com/coinbase-app/advanced-trade-apis/websocket/websocket-channels).
 */
export function coinbaseDialect(stage: Stage, listing: Listing): Dialect {
  const tell = (client: FakeClient, channel: string, events: readonly unknown[]) =>
    client.send(stamped(client, message(channel, stage.now(), events)));

  const snapshot = (client: FakeClient, channel: Channel, product: string) => {
    const instrument = listing.played.get(product);
    if (!instrument) return;
    const book = stage.market.book(instrument.symbol);
    const sides = { bids: book.bids(), asks: book.asks() };
    if (channel === 'level2')
      tell(client, 'l2_data', [bookEvent('snapshot', product, sides, stage.now())]);
    if (channel === 'market_trades')
      tell(client, channel, [
        tradesEvent('snapshot', product, instrument.trades.slice(-SNAPSHOT_TRADES)),
      ]);
    if (channel.startsWith('ticker') && instrument.ticker)
      tell(client, channel, [tickerEvent('snapshot', product, instrument.ticker, book)]);
  };

  return {
    rest: (request) => coinbaseRest(request, stage, listing),
    stamp: stamped,
    onMessage: (client, text) => {
      const request = requestSchema.safeParse(JSON.parse(text));
      if (!request.success) {
        client.send({ type: 'error', message: 'failure to subscribe' });
        return;
      }
      const { type, channel, product_ids } = request.data;
      const wanted = channel === 'heartbeats' ? [''] : product_ids;
      const news = wanted.filter((product) => !client.streams.has(streamOf(channel, product)));
      for (const product of wanted) {
        if (type === 'subscribe') client.streams.add(streamOf(channel, product));
        else client.streams.delete(streamOf(channel, product));
      }
      if (type === 'subscribe') for (const product of news) snapshot(client, channel, product);
      tell(client, 'subscriptions', [{ subscriptions: subscriptionsOf(client) }]);
    },
  };
}

function subscriptionsOf(client: FakeClient): Record<string, string[]> {
  const subscriptions: Record<string, string[]> = {};
  for (const stream of client.streams) {
    const [channel = '', product = ''] = stream.split(':');
    subscriptions[channel] = [...(subscriptions[channel] ?? []), product];
  }
  return subscriptions;
}
