import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { OKX_PUBLIC } from '#tests/support/recordings.ts';
import type { TimedFrame } from '../player.ts';

/** `[price, size, "0", number of orders]`, as OKX writes them. */
const level = z.tuple([z.string(), z.string(), z.string(), z.string()]);
const bookData = z.object({
  asks: z.array(level),
  bids: z.array(level),
  ts: z.string(),
  checksum: z.number(),
});
const tradeData = z.object({
  instId: z.string(),
  tradeId: z.string(),
  px: z.string(),
  sz: z.string(),
  side: z.enum(['buy', 'sell']),
  ts: z.string(),
});
const tickerData = z.looseObject({ instId: z.string(), ts: z.string() });

const pushOf = <C extends string, D extends z.ZodType>(channel: C, data: D) =>
  z
    .object({
      arg: z.object({ channel: z.literal(channel), instId: z.string() }),
      action: z.enum(['snapshot', 'update']).optional(),
      data: z.array(data).min(1),
    })
    .transform(({ arg, action, data }) => ({ ...arg, action, data }));
const push = z.union([
  pushOf('books', bookData),
  pushOf('trades', tradeData),
  pushOf('tickers', tickerData),
]);

export type OkxLevel = z.infer<typeof level>;
export type OkxBookData = z.infer<typeof bookData>;
export type OkxTradeData = z.infer<typeof tradeData>;
export type OkxTickerData = z.infer<typeof tickerData>;

/** A push of the recording, and when it was received. */
export type OkxFrame = z.infer<typeof push> & TimedFrame;

/** `<unix seconds>: <JSON>`; all other lines are what the recording client sent. */
const RECEIVED = /^(\d+\.\d+): (\{.*\})$/;

/** Every push of data, in the order of the recording; the answers to its subscriptions left out. */
export function readOkxRecording(): OkxFrame[] {
  return readFileSync(OKX_PUBLIC, 'utf8').split('\n').flatMap(frameOf);
}

function frameOf(line: string): OkxFrame[] {
  const [, seconds, json] = RECEIVED.exec(line) ?? [];
  if (json === undefined) return [];
  const message: unknown = JSON.parse(json);
  if (z.object({ event: z.string() }).safeParse(message).success) return [];
  return [{ ...push.parse(message), time: Number(seconds) * 1_000 }];
}
