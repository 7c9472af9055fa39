import { type Candle, type CandleInterval, candleOpenTime, INTERVAL_MS } from '#domain/candle.ts';
import type { Clock } from '#domain/clock.ts';
import type { Instrument } from '#domain/instrument.ts';
import type { EpochMs } from '#domain/units.ts';
import type { Feed } from '#main/feeds/feed.ts';
import { aggregateCandles } from '#main/market/candle-series.ts';
import type { MarketData } from '#main/market/market-data.ts';

const SECONDS_BACK_MS = 10 * INTERVAL_MS['1m'];

/**
 * Before a feed starts: its instruments' markets begin anew, filled with the exchange's last day
 * where it tells of one. So a chart has a past when it opens, and a recording that is played again
 * does not run into its own future.
 */
export async function seedMarkets(
  feed: Pick<Feed, 'history'>,
  instruments: readonly Instrument[],
  { market, clock }: { market: MarketData; clock: Clock },
): Promise<void> {
  for (const { id } of instruments) {
    market.of(id).reset();
    const ask = async (interval: CandleInterval, backMs: number): Promise<readonly Candle[]> => {
      const now = clock.now();
      const fromTime = candleOpenTime((now - backMs) as EpochMs, interval);
      return (await feed.history?.(id, interval, fromTime, now)) ?? [];
    };
    const minutes = await ask('1m', INTERVAL_MS['1d']);
    const seconds = await ask('1s', SECONDS_BACK_MS);
    if (minutes.length + seconds.length > 0) {
      market.of(id).seed([...minutes, ...minuteInProgress(minutes, seconds)], seconds);
    }
  }
}

/** The exchange tells of closed minutes only; the seconds know how the next one began. */
function minuteInProgress(
  minutes: readonly Candle[],
  seconds: readonly Candle[],
): readonly Candle[] {
  const closedUntil = (minutes.at(-1)?.openTime ?? Number.NEGATIVE_INFINITY) + INTERVAL_MS['1m'];
  return aggregateCandles(
    seconds.filter(({ openTime }) => openTime >= closedUntil),
    '1m',
  );
}
