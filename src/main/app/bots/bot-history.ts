import { type Candle, type CandleInterval, candleOpenTime, INTERVAL_MS } from '#domain/candle.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { EpochMs } from '#domain/units.ts';
import type { CandleHistory, HistoryQuery } from '#main/bots/candle-history.ts';
import { aggregateCandles } from '#main/market/aggregate-candles.ts';
import type { MarketData } from '#main/market/market-data.ts';
import type { ReplaySource } from '#main/replay/replay-source.ts';
import { type CandleSources, olderCandles } from '../feeds/older-candles.ts';

/** The past of each instrument, as its bots are told of it. */
export type BotHistory = (id: InstrumentId) => CandleHistory;

/** So much of a stretch may be without a candle before it is looked up whether one is missing. */
const MOST_SPARSE = 2;

/** Live: memory where it holds enough without a hole, else what the exchange and our tape know. */
export const liveBotHistory =
  (market: MarketData, sources: () => CandleSources): BotHistory =>
  (id) =>
  (query) => {
    const known = remembered(market, id, query);
    const { interval, count, before } = query;
    const spanMs = count * INTERVAL_MS[interval];
    const first = known[0]?.openTime ?? before;
    if (known.length >= count && before - first <= MOST_SPARSE * spanMs) return known;
    const toTime = candleOpenTime(before, interval);
    const asked = { instrumentId: id, interval, toTime, count };
    return olderCandles(sources(), asked).then((told) => merged(told, known));
  };

/** Of a market for `tapeBotHistory`. */
export const IN_PROGRESS_INTERVALS = ['1s'] as const;

/**
 * A deck that may be anywhere on its source: what that knows, and of the second in progress what its
 * market does. At once.
 */
export const tapeBotHistory =
  (market: MarketData, source: Pick<ReplaySource, 'candles'>): BotHistory =>
  (id) =>
  ({ interval, count, before }) => {
    const opened = candleOpenTime(before, interval);
    const minute = Math.max(opened, candleOpenTime(before, '1m')) as EpochMs;
    const second = Math.max(opened, candleOpenTime(before, '1s')) as EpochMs;
    const known = (of: CandleInterval, fromTime: EpochMs, toTime: EpochMs) => {
      if (fromTime >= toTime) return [];
      const candles = source.candles(id, of, { fromTime, toTime });
      return candles.ok ? candles.value : [];
    };
    const firstTime = Math.max(0, opened - count * INTERVAL_MS[interval]) as EpochMs;
    const now = remembered(market, id, { interval: '1s', count: 0, before });
    const begun = [
      ...known('1m', opened, minute),
      ...known('1s', minute, second),
      ...now.filter(({ openTime }) => openTime === second),
    ];
    return [...known(interval, firstTime, opened), ...aggregateCandles(begun, interval)];
  };

/** A deck: what its market remembers, and what its source knows of the time before. At once. */
export const deckBotHistory =
  (market: MarketData, source: Pick<ReplaySource, 'candles'>): BotHistory =>
  (id) =>
  (query) => {
    const known = remembered(market, id, query);
    const { interval, count, before } = query;
    if (known.length >= count) return known;
    const toTime = known[0]?.openTime ?? candleOpenTime(before, interval);
    const fromTime = Math.max(0, toTime - count * INTERVAL_MS[interval]) as EpochMs;
    const older = source.candles(id, interval, { fromTime, toTime });
    return older.ok ? [...older.value, ...known] : known;
  };

/** With the one in progress. */
const remembered = (
  market: MarketData,
  id: InstrumentId,
  { interval, count, before }: HistoryQuery,
): readonly Candle[] => market.of(id).candles(interval, count + 1, (before + 1) as EpochMs);

/** Where both know a candle, the exchange knows it better. */
function merged(told: readonly Candle[], known: readonly Candle[]): readonly Candle[] {
  const byTime = new Map([...known, ...told].map((candle) => [candle.openTime, candle]));
  return [...byTime.values()].sort((a, b) => a.openTime - b.openTime);
}
