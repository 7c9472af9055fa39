import { type Candle, intervalStart } from '#domain/candle.ts';
import type { Calculation } from './calculation.ts';

const DAY_MS = 86_400_000;
const typical = ({ high, low, close }: Candle): number => (high + low + close) / 3;

/**
 * Volume-weighted average price since the day began (UTC): Σ typical price × volume / Σ volume. The
 * library's own goes on for ever, and drifts where a bar is replaced often.
 */
export function sessionVwap(): Calculation {
  let day = Number.NaN;
  /** Of the day's bars before the last one. */
  let closed = { volume: 0, turnover: 0 };
  let current = { volume: 0, turnover: 0 };
  return {
    update(bar, isSameBar) {
      const barDay = intervalStart(bar.openTime, DAY_MS);
      if (barDay !== day) closed = { volume: 0, turnover: 0 };
      else if (!isSameBar) {
        closed = {
          volume: closed.volume + current.volume,
          turnover: closed.turnover + current.turnover,
        };
      }
      day = barDay;
      current = { volume: bar.volume, turnover: typical(bar) * bar.volume };
      const volume = closed.volume + current.volume;
      return [volume === 0 ? null : (closed.turnover + current.turnover) / volume];
    },
  };
}

/**
 * On-balance volume: the volume of bars that closed higher less that of bars that closed lower
 * (Granville, 1963), from zero at the first bar.
 */
export function onBalanceVolume(): Calculation {
  let total = 0;
  let step = 0;
  let closeBefore: number | null = null;
  let close = 0;
  let isFirst = true;
  return {
    update(bar, isSameBar) {
      if (!isSameBar && !isFirst) {
        total += step;
        closeBefore = close;
      }
      isFirst = false;
      close = bar.close;
      step = closeBefore === null ? 0 : Math.sign(close - closeBefore) * bar.volume;
      return [total + step];
    },
  };
}
