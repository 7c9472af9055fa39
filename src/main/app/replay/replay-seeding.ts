import { type Result, succeed } from '#contract/errors.ts';
import { type Candle, candleOpenTime, INTERVAL_MS } from '#domain/candle.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { EpochMs } from '#domain/units.ts';
import { aggregateCandles } from '#main/market/aggregate-candles.ts';
import type { MarketData } from '#main/market/market-data.ts';
import type { ReplaySource } from '#main/replay/replay-source.ts';

/** Enough for the 24 h statistics; what lies further back is read from the tape when asked for. */
const SEEDED_MS = INTERVAL_MS['1d'];
/** So many trades are to be seen when a deck has come to a place: as many as a newcomer is shown. */
const SHOWN_TRADES = 100;

interface Seed {
  /** With whole days of them, so that the candle of each interval is whole. */
  readonly minutes: readonly Candle[];
  readonly seconds: readonly Candle[];
  /** Those before the minutes' that belong to their weeks. */
  readonly days: readonly Candle[];
  /** What happened from here on is in no candle. */
  readonly since: EpochMs;
}

/**
 * Begins the markets of a source anew as they were at `time`, but for the last trades of each. Gives
 * from when on those are.
 */
export function seedDeckMarket(
  source: ReplaySource,
  market: MarketData,
  time: EpochMs,
): Result<ReadonlyMap<InstrumentId, EpochMs>> {
  const since = new Map<InstrumentId, EpochMs>();
  for (const { id } of source.instruments) {
    const seed = readSeed(source, id, time);
    if (!seed.ok) return seed;
    const { minutes, seconds, days } = seed.value;
    market.of(id).reset();
    if (minutes.length > 0) market.of(id).seed(minutes, seconds);
    market.of(id).seedDays(days);
    since.set(id, seed.value.since);
  }
  return succeed(since);
}

function readSeed(source: ReplaySource, id: InstrumentId, time: EpochMs): Result<Seed> {
  const second = candleOpenTime(time, '1s');
  const minute = candleOpenTime(time, '1m');
  const firstDay = candleOpenTime((minute - SEEDED_MS) as EpochMs, '1d');
  const minutes = source.candles(id, '1m', { fromTime: firstDay, toTime: minute });
  if (!minutes.ok) return minutes;
  const fromTime = candleOpenTime(firstDay, '1w');
  const days = source.candles(id, '1d', { fromTime, toTime: firstDay });
  if (!days.ok) return days;
  const current = source.candles(id, '1s', { fromTime: minute, toTime: second });
  if (!current.ok) return current;
  const last = minutes.value.at(-1);
  if (current.value.length > 0 || !last) {
    return succeed({ ...seedOf(minutes.value, current.value, minute), days: days.value });
  }
  // Nothing has happened in this minute yet: the last trades are in the last one that has any.
  const toTime = (last.openTime + INTERVAL_MS['1m']) as EpochMs;
  const seconds = source.candles(id, '1s', { fromTime: last.openTime, toTime });
  if (!seconds.ok) return seconds;
  const seed = seedOf(minutes.value.slice(0, -1), seconds.value, last.openTime);
  return succeed({ ...seed, days: days.value });
}

/** `seconds` are of the minute after the last of `minutes`. */
function seedOf(
  minutes: readonly Candle[],
  seconds: readonly Candle[],
  minute: EpochMs,
): Omit<Seed, 'days'> {
  let shown = 0;
  const first = seconds.findLastIndex(({ tradeCount }) => {
    shown += tradeCount ?? 0;
    return shown >= SHOWN_TRADES;
  });
  const before = seconds.slice(0, Math.max(0, first));
  return {
    minutes: [...minutes, ...aggregateCandles(before, '1m')],
    seconds: before,
    since: seconds[first]?.openTime ?? minute,
  };
}
