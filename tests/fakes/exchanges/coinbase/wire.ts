import type { FakeClient } from '../fake-server.ts';
import type { TrueBook } from '../true-market.ts';
import type { RecordedTicker, RecordedTrade } from './recording.ts';

type Level = readonly [price: number, size: number];

/** RFC 3339 with nanoseconds; those below the millisecond are zero. */
const timeText = (time: number): string => new Date(time).toISOString().replace('Z', '000000Z');

/** Coinbase writes decimals, never an exponent. */
const decimal = (value: number): string => {
  const text = String(value);
  return text.includes('e') ? value.toFixed(20).replace(/0+$/, '').replace(/\.$/, '') : text;
};

/** The frame without its sequence, which each connection counts for itself. */
export const message = (channel: string, time: number, events: readonly unknown[]): string =>
  JSON.stringify({ channel, client_id: '', timestamp: timeText(time), events });

/** `sequence_num` counts all messages of a connection, whatever their channel. */
export function stamped(client: FakeClient, text: string): string {
  const sequence = Number(client.memory.get('sequence') ?? 0);
  client.memory.set('sequence', sequence + 1);
  return text.replace('"events":', `"sequence_num":${sequence},"events":`);
}

export function bookEvent(
  type: 'snapshot' | 'update',
  product: string,
  sides: { readonly bids: readonly Level[]; readonly asks: readonly Level[] },
  time: number,
): unknown {
  const updates = (side: 'bid' | 'offer', levels: readonly Level[]) =>
    levels.map(([price, size]) => ({
      side,
      event_time: timeText(time),
      price_level: decimal(price),
      new_quantity: decimal(size),
    }));
  return {
    type,
    product_id: product,
    updates: [...updates('bid', sides.bids), ...updates('offer', sides.asks)],
  };
}

export interface ToldTrade extends RecordedTrade {
  /** As told: on the exchange's clock. */
  readonly toldTime: number;
}

export const tradeRow = (product: string, trade: ToldTrade) => ({
  trade_id: trade.id,
  product_id: product,
  price: trade.price,
  size: trade.size,
  side: trade.makerSide.toUpperCase(),
  time: timeText(trade.toldTime),
});

/** Newest first. */
export const tradesEvent = (
  type: 'snapshot' | 'update',
  product: string,
  trades: readonly ToldTrade[],
): unknown => ({ type, trades: trades.map((trade) => tradeRow(product, trade)).reverse() });

export function tickerEvent(
  type: 'snapshot' | 'update',
  product: string,
  ticker: RecordedTicker,
  book: TrueBook,
): unknown {
  const { bid, ask } = book.top();
  const change = (Number(ticker.price) / Number(ticker.open) - 1) * 100;
  return {
    type,
    tickers: [
      {
        type: 'ticker',
        product_id: product,
        price: ticker.price,
        volume_24_h: ticker.volume,
        low_24_h: ticker.low,
        high_24_h: ticker.high,
        price_percent_chg_24_h: String(change),
        best_bid: decimal(bid?.[0] ?? 0),
        best_bid_quantity: decimal(bid?.[1] ?? 0),
        best_ask: decimal(ask?.[0] ?? 0),
        best_ask_quantity: decimal(ask?.[1] ?? 0),
      },
    ],
  };
}
