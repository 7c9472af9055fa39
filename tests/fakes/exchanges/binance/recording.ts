import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { z } from 'zod';
import { recordedLines } from '../recorded-lines.ts';

const levelSchema = z.tuple([z.string(), z.string()]);
const levelsSchema = z.array(levelSchema);

/** Of a trade frame; what else it has is passed on as it is. */
const tradeSchema = z.looseObject({
  E: z.number(),
  T: z.number(),
  t: z.number(),
  p: z.string(),
  q: z.string(),
  m: z.boolean(),
});
/** What one order took at one price, as one trade: the single ones are `f` to `l`. */
const aggregateSchema = z.looseObject({
  E: z.number(),
  T: z.number(),
  a: z.number(),
  p: z.string(),
  q: z.string(),
  f: z.number(),
  l: z.number(),
  m: z.boolean(),
});
const depthSchema = z.looseObject({
  E: z.number(),
  u: z.number(),
  b: levelsSchema,
  a: levelsSchema,
});
const snapshotSchema = z.looseObject({
  lastUpdateId: z.number(),
  bids: levelsSchema,
  asks: levelsSchema,
});

export type WireTrade = z.infer<typeof tradeSchema>;
export type WireAggregate = z.infer<typeof aggregateSchema>;
export type WireDepth = z.infer<typeof depthSchema>;
export type WireSnapshot = z.infer<typeof snapshotSchema>;

type Told =
  | { readonly kind: 'trade'; readonly data: WireTrade }
  | { readonly kind: 'aggTrade'; readonly data: WireAggregate }
  | { readonly kind: 'depth'; readonly data: WireDepth }
  | { readonly kind: 'bookTicker' | 'kline'; readonly data: Readonly<Record<string, unknown>> };

/** A recorded frame; `text` is its payload as Binance wrote it. */
export type BinanceFrame = Told & {
  readonly time: number;
  readonly symbol: string;
  /** Its name without the symbol and the pace: `depth`, `kline_1m`. */
  readonly stream: string;
  readonly text: string;
};

export interface BinanceRecording {
  readonly frames: readonly BinanceFrame[];
  /** The depth answer that the recorder asked for: the books begin with it. */
  readonly snapshot: WireSnapshot;
}

const LINE = /^(\d{19}) (.*)$/s;
const FRAME = /^\{"stream":"([^@"]+)@(\w+)[^"]*","data":(.*)\}$/s;
const NANOSECONDS = 1e6;

/** All of one instrument's recording; ../shared/data/INDEX.md describes the format. */
export function binanceRecording(path: string, symbol: string): BinanceRecording {
  const frames: BinanceFrame[] = [];
  let snapshot: WireSnapshot | undefined;
  for (const line of gunzipSync(readFileSync(path)).toString('utf8').split('\n')) {
    const [, nanoseconds, json = ''] = LINE.exec(line) ?? [];
    if (nanoseconds === undefined) continue;
    const frame = frameOf(json, Number(nanoseconds) / NANOSECONDS, () => symbol);
    if (frame === null) snapshot = snapshotSchema.parse(JSON.parse(json));
    else if (frame !== undefined) frames.push(frame);
  }
  if (!snapshot) throw new Error(`${path} has no depth snapshot`);
  return { frames, snapshot };
}

/**
 * Recordings in cryptofeed's format: one file of the combined stream, one of the depth answers that
 * belong to it. By unified symbol, of the `symbols`; their frames in the order of the file.
 */
export function binanceRecordings(
  files: { readonly stream: string; readonly answers: string },
  symbols: readonly string[],
): {
  readonly frames: readonly BinanceFrame[];
  readonly snapshots: ReadonlyMap<string, WireSnapshot>;
} {
  const byId = new Map(symbols.map((symbol) => [idOf(symbol), symbol]));
  const frames = recordedLines(files.stream).flatMap(
    ({ time, body }) => frameOf(body, time, (id) => byId.get(id)) ?? [],
  );
  const snapshots = new Map<string, WireSnapshot>();
  for (const line of recordedLines(files.answers)) {
    const id = line.kind === 'answer' ? new URL(line.url).searchParams.get('symbol') : null;
    const symbol = byId.get(id ?? '');
    if (symbol) snapshots.set(symbol, snapshotSchema.parse(JSON.parse(line.body)));
  }
  return { frames, snapshots };
}

/** `BTCUSDT` of `BTC/USDT` and of `BTC/USDT:USDT`. */
export const idOf = (symbol: string): string => symbol.split(':')[0]?.replace('/', '') ?? '';

/** Null where it is no frame of a stream; undefined where nobody wants it. */
function frameOf(
  json: string,
  time: number,
  symbolOf: (id: string) => string | undefined,
): BinanceFrame | null | undefined {
  const [, id, stream, text = ''] = FRAME.exec(json) ?? [];
  if (id === undefined || stream === undefined) return null;
  const symbol = symbolOf(id.toUpperCase());
  const told = toldBy(stream, JSON.parse(text));
  if (symbol === undefined || told === undefined) return undefined;
  return { ...told, time, symbol, stream, text };
}

function toldBy(stream: string, data: unknown): Told | undefined {
  switch (stream) {
    case 'trade':
      return { kind: 'trade', data: tradeSchema.parse(data) };
    case 'aggTrade':
      return { kind: 'aggTrade', data: aggregateSchema.parse(data) };
    case 'depth':
      return { kind: 'depth', data: depthSchema.parse(data) };
    case 'bookTicker':
      return { kind: 'bookTicker', data: z.record(z.string(), z.unknown()).parse(data) };
    case 'kline_1m':
      return { kind: 'kline', data: z.record(z.string(), z.unknown()).parse(data) };
    default:
      return undefined;
  }
}
