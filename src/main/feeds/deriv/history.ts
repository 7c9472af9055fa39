import { type Candle, type CandleInterval, INTERVAL_MS } from '#domain/candle.ts';
import type { EpochMs } from '#domain/units.ts';
import type { Answer, DerivRequest } from './connection.ts';
import type { DerivFailure } from './failures.ts';
import type { DerivCandle, DerivPastTick } from './messages.ts';
import { type Parsed, readCandles, readHistory } from './parse.ts';

/** Whoever can put a question to Deriv. */
export interface Asking {
  request<T>(request: DerivRequest, read: (content: unknown) => Parsed<T>): Promise<Answer<T>>;
}

/** Deriv gives no more in one answer. */
const MOST_IN_AN_ANSWER = 5_000;
/**
 * A question covers so many candles, or seconds of ticks (there is at most one a second): below the
 * bound, so that it never matters which end of a stretch would be cut off. In minutes it is longer
 * than a long weekend, so that an empty answer means that there is nothing further back.
 */
const PAGE = 4_800;
/** About five days of ticks; of a longer stretch the older part is given up. */
const MOST_TICK_PAGES = 90;

/** Seconds are not offered. */
export const isOffered = (interval: CandleInterval): boolean => interval !== '1s';

/**
 * Closed candles of a stretch, oldest first, asked for from the newest back until there are none. Where
 * an answer fails, what came before it is given. Deriv knows no volume, which is 0, and tells neither
 * the number of ticks nor of any side.
 */
export async function pastCandles(
  asking: Asking,
  symbol: string,
  interval: CandleInterval,
  [fromTime, toTime]: readonly [EpochMs, EpochMs],
): Promise<readonly Candle[]> {
  const intervalMs = INTERVAL_MS[interval];
  const pages: Candle[][] = [];
  let end = Math.floor(toTime / intervalMs) * intervalMs;
  while (end > fromTime) {
    const start = Math.max(Math.ceil(fromTime / intervalMs) * intervalMs, end - PAGE * intervalMs);
    if (start >= end) break;
    const answer = await asking.request(
      {
        ticks_history: symbol,
        start: start / 1_000,
        // Both ends are included: the second before the next candle opens.
        end: end / 1_000 - 1,
        count: MOST_IN_AN_ANSWER,
        style: 'candles',
        granularity: intervalMs / 1_000,
      },
      readCandles,
    );
    if (!answer.ok) break;
    const page = answer.value.filter(
      ({ openTime }) => openTime >= start && openTime < end && openTime % intervalMs === 0,
    );
    if (page.length === 0) break;
    pages.push(page.map(closed));
    end = start;
  }
  return pages.reverse().flat();
}

export interface PastTicks {
  /** Oldest first, both ends included. */
  readonly ticks: readonly DerivPastTick[];
  /** Every question was answered, and no answer was cut off. */
  readonly isWhole: boolean;
}

/** Ticks of a stretch; fails where not even the first question is answered. */
export async function pastTicks(
  asking: Asking,
  symbol: string,
  fromTime: EpochMs,
  toTime: EpochMs,
): Promise<
  { readonly ok: true; readonly value: PastTicks } | { readonly ok: false; error: DerivFailure }
> {
  const last = Math.ceil(toTime / 1_000);
  const wanted = Math.floor(fromTime / 1_000);
  const first = Math.max(wanted, last - MOST_TICK_PAGES * PAGE);
  const ticks: DerivPastTick[] = [];
  let isWhole = first === wanted;
  for (let start = first; start <= last; start += PAGE) {
    const end = Math.min(start + PAGE - 1, last);
    const answer = await asking.request(
      { ticks_history: symbol, start, end, count: MOST_IN_AN_ANSWER, style: 'ticks' },
      readHistory,
    );
    if (!answer.ok && start === first) return answer;
    if (!answer.ok) return { ok: true, value: { ticks, isWhole: false } };
    if (answer.value.length >= MOST_IN_AN_ANSWER) isWhole = false;
    // A tick at the seam, or one that was not asked for, must not come twice.
    ticks.push(...answer.value.filter(isWithin(start * 1_000, end * 1_000)));
  }
  const isAsked = isWithin(fromTime, toTime);
  return { ok: true, value: { ticks: ticks.filter(isAsked).toSorted(byTime), isWhole } };
}

const isWithin =
  (fromTime: number, toTime: number) =>
  ({ eventTime }: DerivPastTick): boolean =>
    eventTime >= fromTime && eventTime <= toTime;

const byTime = (a: DerivPastTick, b: DerivPastTick): number => a.eventTime - b.eventTime;

const closed = (candle: DerivCandle): Candle => ({
  ...candle,
  volume: 0,
  buyVolume: null,
  tradeCount: null,
  isClosed: true,
});
