import { type Candle, type CandleInterval, candleOpenTime, INTERVAL_MS } from '#domain/candle.ts';
import type { TimerClock } from '#domain/clock.ts';
import type { Instrument } from '#domain/instrument.ts';
import type { EpochMs } from '#domain/units.ts';
import type { Feed } from '#main/feeds/feed.ts';
import { aggregateCandles } from '#main/market/aggregate-candles.ts';
import type { InstrumentMarket } from '#main/market/instrument-market.ts';
import type { MarketData } from '#main/market/market-data.ts';

const SECONDS_BACK_MS = 10 * INTERVAL_MS['1m'];
/** Live data do not wait longer for the past; it is put in front of them when it comes. */
const PATIENCE_MS = 2_000;

export interface SeedingRooms {
  readonly market: MarketData;
  readonly clock: TimerClock;
  /** The past of an instrument could not be had; everything else goes on. */
  readonly onFailure: (error: unknown) => void;
}

/**
 * Before a feed starts: its instruments' markets begin anew, filled with the exchange's last day
 * where it tells of one. So a chart has a past when it opens, and a recording that is played again
 * does not run into its own future.
 */
export async function seedMarkets(
  feed: Pick<Feed, 'history'>,
  instruments: readonly Instrument[],
  { market, clock, onFailure }: SeedingRooms,
): Promise<void> {
  const seeding = instruments.map(async ({ id }) => {
    const instrument = market.of(id);
    instrument.reset();
    const { beginnings } = instrument;
    await seed(feed, instrument, clock).then(() => {
      if (instrument.beginnings !== beginnings) return;
      // Nobody waits for these: only candles of days and weeks do without for a moment.
      void seedDays(feed, instrument, clock).catch(onFailure);
    }, onFailure);
  });
  await withPatience(Promise.all(seeding), clock);
}

/** Whole days since the week began, and always yesterday. */
async function seedDays(
  feed: Pick<Feed, 'history'>,
  instrument: InstrumentMarket,
  clock: TimerClock,
): Promise<void> {
  const { beginnings, instrumentId } = instrument;
  const now = clock.now();
  const fromTime = candleOpenTime((now - INTERVAL_MS['1d']) as EpochMs, '1w');
  const days = (await feed.history?.(instrumentId, '1d', fromTime, now)) ?? [];
  if (instrument.beginnings === beginnings) instrument.seedDays(days);
}

async function seed(
  feed: Pick<Feed, 'history'>,
  instrument: InstrumentMarket,
  clock: TimerClock,
): Promise<void> {
  const { beginnings, instrumentId } = instrument;
  const ask = async (interval: CandleInterval, backMs: number): Promise<readonly Candle[]> => {
    const now = clock.now();
    const fromTime = candleOpenTime((now - backMs) as EpochMs, interval);
    return (await feed.history?.(instrumentId, interval, fromTime, now)) ?? [];
  };
  const minutes = await ask('1m', INTERVAL_MS['1d']);
  const seconds = await ask('1s', SECONDS_BACK_MS);
  if (minutes.length + seconds.length === 0 || instrument.beginnings !== beginnings) return;
  instrument.seed([...minutes, ...minuteInProgress(minutes, seconds)], seconds);
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

function withPatience(work: Promise<unknown>, clock: TimerClock): Promise<void> {
  return new Promise((resolve) => {
    const cancel = clock.setTimeout(resolve, PATIENCE_MS);
    void work.then(() => {
      cancel();
      resolve();
    });
  });
}
