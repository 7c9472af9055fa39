import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { z } from 'zod';

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
export type WireDepth = z.infer<typeof depthSchema>;
type WireSnapshot = z.infer<typeof snapshotSchema>;

type Told =
  | { readonly kind: 'trade'; readonly data: WireTrade }
  | { readonly kind: 'depth'; readonly data: WireDepth }
  | { readonly kind: 'bookTicker'; readonly data: Readonly<Record<string, unknown>> };

/** A recorded frame; `text` is its payload as Binance wrote it. */
export type BinanceFrame = Told & {
  readonly time: number;
  readonly symbol: string;
  readonly text: string;
};

export interface BinanceRecording {
  readonly frames: readonly BinanceFrame[];
  /** The depth answer that the recorder asked for: the books begin with it. */
  readonly snapshot: WireSnapshot;
}

const LINE = /^(\d{19}) (.*)$/s;
const FRAME = /^\{"stream":"[^@"]+@([a-zA-Z]+)[^"]*","data":(.*)\}$/s;
const NANOSECONDS = 1e6;

/** All of one instrument's recording; ../shared/data/INDEX.md describes the format. */
export function binanceRecording(path: string, symbol: string): BinanceRecording {
  const frames: BinanceFrame[] = [];
  let snapshot: WireSnapshot | undefined;
  for (const line of gunzipSync(readFileSync(path)).toString('utf8').split('\n')) {
    const [, nanoseconds, json = ''] = LINE.exec(line) ?? [];
    if (nanoseconds === undefined) continue;
    const [, stream, text = ''] = FRAME.exec(json) ?? [];
    if (stream === undefined) {
      snapshot = snapshotSchema.parse(JSON.parse(json));
      continue;
    }
    const time = Number(nanoseconds) / NANOSECONDS;
    const told = toldBy(stream, JSON.parse(text));
    if (told) frames.push({ ...told, time, symbol, text });
  }
  if (!snapshot) throw new Error(`${path} has no depth snapshot`);
  return { frames, snapshot };
}

function toldBy(stream: string, data: unknown): Told | undefined {
  switch (stream) {
    case 'trade':
      return { kind: 'trade', data: tradeSchema.parse(data) };
    case 'depth':
      return { kind: 'depth', data: depthSchema.parse(data) };
    case 'bookTicker':
      return { kind: 'bookTicker', data: z.record(z.string(), z.unknown()).parse(data) };
    default:
      return undefined;
  }
}
