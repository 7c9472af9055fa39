import { z } from 'zod';
import { recordedLines } from '../recorded-lines.ts';

type Level = readonly [price: number, size: number];

/** Of `GET /products` of Coinbase Exchange. */
const productSchema = z.object({
  id: z.string(),
  base_currency: z.string(),
  quote_currency: z.string(),
  base_min_size: z.string(),
  base_max_size: z.string(),
  quote_increment: z.string(),
  base_increment: z.string(),
  min_market_funds: z.string(),
  max_market_funds: z.string(),
  trading_disabled: z.boolean(),
  status: z.string(),
});
export type Product = z.infer<typeof productSchema>;

const levels = z.array(z.tuple([z.string(), z.string()]));
const side = z.enum(['buy', 'sell']);
const matchFields = {
  product_id: z.string(),
  trade_id: z.number(),
  /** The maker's. */
  side,
  size: z.string(),
  price: z.string(),
  time: z.string(),
};
const messageSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('subscriptions') }),
  z.object({ type: z.literal('snapshot'), product_id: z.string(), bids: levels, asks: levels }),
  z.object({
    type: z.literal('l2update'),
    product_id: z.string(),
    changes: z.array(z.tuple([side, z.string(), z.string()])),
    time: z.string(),
  }),
  z.object({ type: z.literal('match'), ...matchFields }),
  z.object({ type: z.literal('last_match'), ...matchFields }),
  z.object({
    type: z.literal('ticker'),
    product_id: z.string(),
    price: z.string(),
    open_24h: z.string(),
    volume_24h: z.string(),
    low_24h: z.string(),
    high_24h: z.string(),
    time: z.string(),
  }),
]);
type Message = z.infer<typeof messageSchema>;

export interface RecordedTrade {
  readonly id: string;
  readonly price: string;
  readonly size: string;
  readonly makerSide: 'buy' | 'sell';
  readonly time: number;
}
/** Of the last 24 hours, at the last trade. */
export interface RecordedTicker {
  readonly price: string;
  readonly volume: string;
  readonly low: string;
  readonly high: string;
  readonly open: string;
}

type Told =
  | { readonly kind: 'snapshot'; readonly bids: readonly Level[]; readonly asks: readonly Level[] }
  | { readonly kind: 'update'; readonly bids: readonly Level[]; readonly asks: readonly Level[] }
  /** `isOld`: happened before the recording began. */
  | { readonly kind: 'trades'; readonly trades: readonly RecordedTrade[]; readonly isOld: boolean }
  | { readonly kind: 'ticker'; readonly ticker: RecordedTicker };

/** What the feed of Coinbase Exchange told; `time` is of the receipt. */
export type CoinbaseFrame = Told & { readonly time: number; readonly product: string };

export function coinbaseProducts(path: string): Product[] {
  const answer = recordedLines(path).find((line) => line.kind === 'answer');
  return z.array(productSchema).parse(JSON.parse(answer?.body ?? 'null'));
}

export function coinbaseFrames(path: string): CoinbaseFrame[] {
  return recordedLines(path).flatMap(({ kind, time, body }): CoinbaseFrame[] => {
    if (kind !== 'received') return [];
    const message = messageSchema.parse(JSON.parse(body));
    if (message.type === 'subscriptions') return [];
    return [{ ...told(message), time, product: message.product_id }];
  });
}

function told(message: Exclude<Message, { type: 'subscriptions' }>): Told {
  switch (message.type) {
    case 'snapshot':
      return { kind: 'snapshot', bids: numbers(message.bids), asks: numbers(message.asks) };
    case 'l2update': {
      const of = (wanted: 'buy' | 'sell') =>
        numbers(
          message.changes.flatMap(([s, price, size]) => (s === wanted ? [[price, size]] : [])),
        );
      return { kind: 'update', bids: of('buy'), asks: of('sell') };
    }
    case 'match':
    case 'last_match':
      return { kind: 'trades', trades: [tradeOf(message)], isOld: message.type === 'last_match' };
    case 'ticker': {
      const { price, open_24h, volume_24h, low_24h, high_24h } = message;
      const day = { volume: volume_24h, low: low_24h, high: high_24h, open: open_24h };
      return { kind: 'ticker', ticker: { price, ...day } };
    }
  }
}

const numbers = (texts: readonly (readonly string[])[]): Level[] =>
  texts.map(([price, size]) => [Number(price), Number(size)]);

const tradeOf = (match: Extract<Message, { type: 'match' | 'last_match' }>): RecordedTrade => ({
  id: String(match.trade_id),
  price: match.price,
  size: match.size,
  makerSide: match.side,
  time: Date.parse(match.time),
});
