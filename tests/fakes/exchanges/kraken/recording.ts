import { z } from 'zod';
import { recordedLines } from '../recorded-lines.ts';
import type { WireLevel } from './checksum.ts';

/** Of `GET /0/public/AssetPairs`; the rest of its fields is passed on as it is. */
const pairSchema = z.looseObject({
  wsname: z.string().optional(),
  base: z.string(),
  quote: z.string(),
  pair_decimals: z.number(),
  lot_decimals: z.number(),
});
export type Pair = z.infer<typeof pairSchema>;
const pairsSchema = z.object({ result: z.record(z.string(), pairSchema) });

/** `[price, size, time]` and, where Kraken sends a level again, `"r"`. */
const levelSchema = z.tuple([z.string(), z.string(), z.string()]).rest(z.string());
const bookSchema = z.object({
  as: z.array(levelSchema).default([]),
  bs: z.array(levelSchema).default([]),
  a: z.array(levelSchema).default([]),
  b: z.array(levelSchema).default([]),
  c: z.string().optional(),
});
const tradeSchema = z.tuple([
  z.string(),
  z.string(),
  z.string(),
  z.enum(['b', 's']),
  z.enum(['l', 'm']),
  z.string(),
]);
const tickerSchema = z.object({
  c: z.array(z.string()),
  v: z.array(z.string()),
  p: z.array(z.string()),
  l: z.array(z.string()),
  h: z.array(z.string()),
  o: z.array(z.string()),
});

export interface RecordedTrade {
  readonly price: string;
  readonly size: string;
  readonly side: 'buy' | 'sell';
  readonly orderType: 'limit' | 'market';
  readonly time: number;
}
/** Of the last 24 hours. */
export interface RecordedStats {
  readonly last: string;
  readonly volume: string;
  readonly vwap: string;
  readonly low: string;
  readonly high: string;
  readonly open: string;
}

type Told =
  | { readonly kind: 'snapshot'; readonly bids: WireLevel[]; readonly asks: WireLevel[] }
  | {
      readonly kind: 'update';
      readonly bids: WireLevel[];
      readonly asks: WireLevel[];
      readonly checksum: number;
    }
  | { readonly kind: 'trades'; readonly trades: readonly RecordedTrade[] }
  | { readonly kind: 'stats'; readonly stats: RecordedStats };

/** What Kraken's v1 feed told; `symbol` is v2's name, which is also the unified one. */
export type KrakenFrame = Told & { readonly time: number; readonly symbol: string };

/** v1 says XBT where v2 and everybody else say BTC. */
export const symbolOf = (wsname: string): string => wsname.replaceAll('XBT', 'BTC');

/** All frames of the recorded connections, in the order of their receipt. */
export function krakenFrames(paths: readonly string[]): KrakenFrame[] {
  return paths
    .flatMap((path) => recordedLines(path))
    .flatMap((line): KrakenFrame[] => {
      const body: unknown = JSON.parse(line.body);
      return Array.isArray(body) ? frameOf(body, line.time) : [];
    })
    .sort((a, b) => a.time - b.time);
}

export function krakenPairs(path: string): Record<string, Pair> {
  const answer = recordedLines(path).find((line) => line.kind === 'answer');
  return pairsSchema.parse(JSON.parse(answer?.body ?? 'null')).result;
}

/** `[channelId, payload, (second payload,) channel, pair]` */
function frameOf(body: readonly unknown[], time: number): KrakenFrame[] {
  const channel = z.string().parse(body.at(-2));
  const symbol = symbolOf(z.string().parse(body.at(-1)));
  return [{ ...told(channel, body.slice(1, -2)), time, symbol }];
}

function told(channel: string, payloads: readonly unknown[]): Told {
  if (channel === 'trade') return tradesOf(payloads[0]);
  if (channel === 'ticker') return statsOf(payloads[0]);
  const book = bookSchema.parse(Object.assign({}, ...payloads));
  if (book.c === undefined) return { kind: 'snapshot', bids: wire(book.bs), asks: wire(book.as) };
  return { kind: 'update', bids: wire(book.b), asks: wire(book.a), checksum: Number(book.c) };
}

const wire = (levels: readonly (readonly string[])[]): WireLevel[] =>
  levels.map(([price = '', size = '']) => [price, size]);

function tradesOf(payload: unknown): Told {
  const trades = z.array(tradeSchema).parse(payload);
  return {
    kind: 'trades',
    trades: trades.map(([price, size, seconds, side, type]) => ({
      price,
      size,
      side: side === 'b' ? 'buy' : 'sell',
      orderType: type === 'l' ? 'limit' : 'market',
      time: Math.trunc(Number(seconds) * 1000),
    })),
  };
}

/** Each field holds today's value and that of the last 24 hours; v2 tells the latter. */
function statsOf(payload: unknown): Told {
  const { c, v, p, l, h, o } = tickerSchema.parse(payload);
  const day = (values: readonly string[]) => values[1] ?? '0';
  return {
    kind: 'stats',
    stats: {
      last: c[0] ?? '0',
      volume: day(v),
      vwap: day(p),
      low: day(l),
      high: day(h),
      open: day(o),
    },
  };
}
