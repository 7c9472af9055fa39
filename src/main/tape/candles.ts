import { type Result, succeed } from '#contract/errors.ts';
import {
  type Candle,
  type CandleInterval,
  INTERVAL_MS,
  intervalStart,
  intervalStartFrom,
} from '#domain/candle.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { EpochMs, Price } from '#domain/units.ts';
import { CandlePile, type TapeCandle } from './tape-candle.ts';
import type { TapeCandleSource, TapeRange } from './tape-store.ts';
import { decodeTradeColumns } from './trade-block.ts';
import { TradeColumnReader } from './trade-columns.ts';

export interface CandleQuery {
  /** Only candles that opened at or after this time, and before that one. */
  readonly fromTime?: EpochMs | undefined;
  readonly before?: EpochMs | undefined;
  /** The newest ones that there are. */
  readonly limit: number;
}

/** The stored candles that an interval is made of, and which blocks are not in them. */
interface Level {
  readonly storedMs: number | null;
  readonly below: 1 | 2 | 3;
}

const MINUTES: Level = { storedMs: INTERVAL_MS['1m'], below: 2 };
const HOURS: Level = { storedMs: INTERVAL_MS['1h'], below: 1 };
const DAYS: Level = { storedMs: INTERVAL_MS['1d'], below: 1 };
const LEVELS: Readonly<Record<CandleInterval, Level>> = {
  '1s': { storedMs: null, below: 3 },
  '1m': MINUTES,
  '3m': MINUTES,
  '5m': MINUTES,
  '15m': MINUTES,
  '30m': MINUTES,
  '1h': HOURS,
  '2h': HOURS,
  '4h': HOURS,
  '6h': HOURS,
  '12h': HOURS,
  '1d': DAYS,
  '1w': DAYS,
};

/**
 * The candles of the tape, oldest first, as its trades make them: the first by event time opens, the
 * last closes, and of one moment the order of recording decides. Blocks that are in the stored
 * candles are not read. All are closed but one that no trade has followed.
 */
export function readTapeCandles(
  source: TapeCandleSource,
  instrumentId: InstrumentId,
  interval: CandleInterval,
  { fromTime = 0 as EpochMs, before, limit }: CandleQuery,
): Result<Candle[]> {
  const reading: Reading = { source, instrumentId, level: LEVELS[interval] };
  const intervalMs = INTERVAL_MS[interval];
  const from = intervalStartFrom(fromTime, intervalMs);
  let toTime =
    before === undefined ? Number.MAX_SAFE_INTEGER : intervalStartFrom(before, intervalMs);
  let found: TapeCandle[] = [];
  for (let widening = 1; found.length < limit && toTime > from; widening *= 2) {
    const newest = newestTime(reading, toTime);
    if (!newest.ok) return newest;
    if (newest.value === null) break;
    const end = intervalStart(newest.value, intervalMs) + intervalMs;
    const start = Math.max(from, end - (limit - found.length) * widening * intervalMs);
    const window = readWindow(reading, intervalMs, { fromTime: start, toTime });
    if (!window.ok) return window;
    found = [...window.value, ...found];
    toTime = start;
  }
  const last = source.lastTime(instrumentId);
  if (!last.ok) return last;
  const known = last.value ?? 0;
  return succeed(
    found.slice(-limit).map((candle) => toCandle(candle, candle.openTime + intervalMs <= known)),
  );
}

/** Every trade of the range into candles, block by block, without the stored ones. */
export function candlesOfTrades(
  source: TapeCandleSource,
  instrumentId: InstrumentId,
  intervalMs: number,
  range: TapeRange,
): Result<TapeCandle[]> {
  return readWindow({ source, instrumentId, level: LEVELS['1s'] }, intervalMs, range);
}

interface Reading {
  readonly source: TapeCandleSource;
  readonly instrumentId: InstrumentId;
  readonly level: Level;
}

/** A time before `toTime` after which there is no candle of a trade; null where there is none before. */
function newestTime(
  { source, instrumentId, level }: Reading,
  toTime: number,
): Result<number | null> {
  const loose = source.newestLoose({ instrumentId, below: level.below, toTime });
  if (!loose.ok) return loose;
  const stored =
    level.storedMs === null
      ? succeed(null)
      : source.newestCandle(instrumentId, level.storedMs, toTime);
  if (!stored.ok) return stored;
  const times = [loose.value, stored.value].filter((time) => time !== null);
  return succeed(times.length === 0 ? null : Math.min(toTime - 1, Math.max(...times)));
}

function readWindow(
  { source, instrumentId, level }: Reading,
  intervalMs: number,
  range: TapeRange,
): Result<TapeCandle[]> {
  const pile = new CandlePile(intervalMs);
  if (level.storedMs !== null) {
    const stored = source.candles(instrumentId, level.storedMs, range);
    if (!stored.ok) return stored;
    for (const candle of stored.value) pile.add(candle);
  }
  const loose = source.looseBlocks({ instrumentId, below: level.below, ...range });
  if (!loose.ok) return loose;
  const columns = new TradeColumnReader();
  for (const sequence of loose.value) {
    const bytes = source.blockBytes(instrumentId, sequence);
    if (!bytes.ok) return bytes;
    if (bytes.value === null) continue;
    const decoded = decodeTradeColumns(bytes.value, columns);
    if (!decoded.ok) return decoded;
    pile.addColumns(decoded.value, sequence);
  }
  const { fromTime, toTime } = range;
  return succeed(pile.list().filter(({ openTime }) => openTime >= fromTime && openTime < toTime));
}

const toCandle = (candle: TapeCandle, isClosed: boolean): Candle => ({
  openTime: candle.openTime as EpochMs,
  open: candle.open as Price,
  high: candle.high as Price,
  low: candle.low as Price,
  close: candle.close as Price,
  volume: candle.volume,
  buyVolume: candle.buyVolume,
  tradeCount: candle.tradeCount,
  isClosed,
});
