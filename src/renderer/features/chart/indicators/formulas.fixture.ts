import type { Candle } from '#domain/candle.ts';
import type { IndicatorKind } from './catalogue.ts';

/**
 * The indicators by their textbooks, over whole arrays and without a thought of speed: what the chart's
 * streaming ones are held against. Nothing here is shared with them.
 *
 * Sources: J. Welles Wilder, "New Concepts in Technical Trading Systems" (1978) for RSI, ATR, ADX and
 * Wilder's smoothing; John Bollinger, "Bollinger on Bollinger Bands" (2001), population deviation;
 * Gerald Appel, "The Moving Average Convergence Divergence Trading Method" (1979); George Lane's
 * stochastics and Larry Williams' %R as StockCharts' ChartSchool gives them; Donald Lambert, CCI
 * (Commodities, October 1980); Chester Keltner's channels as Linda Raschke has them, with ATR; Olivier
 * Seban's SuperTrend; Joseph Granville's OBV (1963); Quong and Soudack's MFI (1989). Exponential
 * averages begin with the first price; of Wilder's sums the first bar has a movement of zero, and its
 * range for its true range.
 */
type Row = readonly (number | null)[];
type Formula = (bars: readonly Candle[], parameter: (name: string) => number) => Row[];

const closes = (bars: readonly Candle[]) => bars.map(({ close }) => close as number);
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const mean = (values: readonly number[]) => sum(values) / values.length;
/** The last `length` items up to `index`; null where there are fewer. */
const upTo = <T>(items: readonly T[], index: number, length: number): readonly T[] | null =>
  index + 1 < length ? null : items.slice(index + 1 - length, index + 1);
const each = (count: number, value: (index: number) => Row): Row[] =>
  Array.from({ length: count }, (_, index) => value(index));
const rows = (values: readonly (number | null)[]): Row[] => values.map((value) => [value]);

function exponential(values: readonly number[], length: number): number[] {
  const weight = 2 / (length + 1);
  const out: number[] = [];
  for (const value of values) {
    const before = out.at(-1) ?? value;
    out.push(weight * value + (1 - weight) * before);
  }
  return out;
}

/** The mean of the first `length`, then ((length − 1) × before + value) / length. Null before that. */
function wilder(values: readonly number[], length: number): (number | null)[] {
  let before: number | null = null;
  return values.map((value, index) => {
    if (index + 1 < length) return null;
    before =
      before === null ? mean(values.slice(0, length)) : ((length - 1) * before + value) / length;
    return before;
  });
}

const trueRanges = (bars: readonly Candle[]) =>
  bars.map(({ high, low }, index) => {
    const before = bars[index - 1]?.close;
    if (before === undefined) return high - low;
    return Math.max(high - low, Math.abs(high - before), Math.abs(low - before));
  });

const highest = (bars: readonly Candle[]) => Math.max(...bars.map(({ high }) => high));
const lowest = (bars: readonly Candle[]) => Math.min(...bars.map(({ low }) => low));
const typical = ({ high, low, close }: Candle) => (high + low + close) / 3;

/** Oldest first. The first value of an average over `length` values stands at `length − 1`. */
const simple = (values: readonly (number | null)[], length: number): (number | null)[] => {
  const first = values.findIndex((value) => value !== null);
  const known = values.slice(first).map((value) => value ?? 0);
  return values.map((_, index) => {
    const window = index < first ? null : upTo(known, index - first, length);
    return window === null ? null : mean(window);
  });
};

function superTrend(bars: readonly Candle[], length: number, times: number): Row[] {
  const ranges = wilder(trueRanges(bars), length);
  let state: { upper: number; lower: number; isUp: boolean; close: number } | null = null;
  return bars.map(({ high, low, close }, index) => {
    const range = ranges[index];
    if (range === null || range === undefined) return [null, null];
    let upper = (high + low) / 2 + times * range;
    let lower = (high + low) / 2 - times * range;
    let isUp = close > upper;
    if (state !== null) {
      if (upper >= state.upper && state.close <= state.upper) upper = state.upper;
      if (lower <= state.lower && state.close >= state.lower) lower = state.lower;
      isUp = state.isUp ? close >= lower : close > upper;
    }
    state = { upper, lower, isUp, close };
    return isUp ? [lower, null] : [null, upper];
  });
}

function directional(bars: readonly Candle[], length: number): Row[] {
  const moves = bars.map(({ high, low }, index) => {
    const before = bars[index - 1];
    if (before === undefined) return { plus: 0, minus: 0 };
    const [up, down] = [high - before.high, before.low - low];
    return { plus: up > down && up > 0 ? up : 0, minus: down > up && down > 0 ? down : 0 };
  });
  const ranges = wilder(trueRanges(bars), length);
  const indicatorOf = (values: readonly number[]) =>
    wilder(values, length).map((value, index) =>
      value === null ? null : (value / (ranges[index] ?? Number.NaN)) * 100,
    );
  const plus = indicatorOf(moves.map((move) => move.plus));
  const minus = indicatorOf(moves.map((move) => move.minus));
  const spread = plus.map((up, index) => {
    const down = minus[index] ?? 0;
    return up === null ? null : (100 * Math.abs(up - down)) / (up + down);
  });
  const known = spread.filter((value) => value !== null);
  const offset = spread.length - known.length;
  const averaged = wilder(known, length);
  return each(bars.length, (index) => {
    const value = averaged[index - offset] ?? null;
    return value === null ? [null, null, null] : [value, plus[index] ?? null, minus[index] ?? null];
  });
}

function relativeStrength(prices: readonly number[], length: number): Row[] {
  const steps = prices.slice(1).map((price, index) => price - (prices[index] ?? 0));
  const gains = wilder(
    steps.map((step) => Math.max(step, 0)),
    length,
  );
  const losses = wilder(
    steps.map((step) => Math.max(-step, 0)),
    length,
  );
  return each(prices.length, (index) => {
    const [gain, loss] = [gains[index - 1] ?? null, losses[index - 1] ?? null];
    return [gain === null || loss === null ? null : 100 - 100 / (1 + gain / loss)];
  });
}

export const FORMULAS: Readonly<Record<IndicatorKind, Formula>> = {
  sma: (bars, p) => rows(simple(closes(bars), p('period'))),
  ema: (bars, p) =>
    rows(
      exponential(closes(bars), p('period')).map((value, index) =>
        index + 1 < p('period') ? null : value,
      ),
    ),
  wma: (bars, p) =>
    each(bars.length, (index) => {
      const window = upTo(closes(bars), index, p('period'));
      if (window === null) return [null];
      const weights = window.map((_, i) => i + 1);
      return [sum(window.map((value, i) => value * (i + 1))) / sum(weights)];
    }),
  smma: (bars, p) => rows(wilder(closes(bars), p('period'))),
  bollinger: (bars, p) =>
    each(bars.length, (index) => {
      const window = upTo(closes(bars), index, p('period'));
      if (window === null) return [null, null, null];
      const middle = mean(window);
      const deviation = Math.sqrt(mean(window.map((value) => (value - middle) ** 2)));
      const reach = p('multiplier') * deviation;
      return [middle + reach, middle, middle - reach];
    }),
  keltner: (bars, p) => {
    const middles = exponential(closes(bars), p('period'));
    const ranges = wilder(trueRanges(bars), p('rangePeriod'));
    return each(bars.length, (index) => {
      const [middle = 0, range] = [middles[index], ranges[index] ?? null];
      if (range === null || index + 1 < p('period')) return [null, null, null];
      return [middle + p('multiplier') * range, middle, middle - p('multiplier') * range];
    });
  },
  donchian: (bars, p) =>
    each(bars.length, (index) => {
      const window = upTo(bars, index, p('period'));
      if (window === null) return [null, null, null];
      const [top, bottom] = [highest(window), lowest(window)];
      return [top, (top + bottom) / 2, bottom];
    }),
  superTrend: (bars, p) => superTrend(bars, p('period'), p('multiplier')),
  vwap: (bars) =>
    bars.map((bar, index) => {
      const dayOf = ({ openTime }: Candle) => new Date(openTime).toISOString().slice(0, 10);
      const day = bars.slice(0, index + 1).filter((other) => dayOf(other) === dayOf(bar));
      const volume = sum(day.map((other) => other.volume));
      return [sum(day.map((other) => typical(other) * other.volume)) / volume];
    }),
  rsi: (bars, p) => relativeStrength(closes(bars), p('period')),
  macd: (bars, p) => {
    const short = exponential(closes(bars), p('shortPeriod'));
    const long = exponential(closes(bars), p('longPeriod'));
    const from = p('longPeriod') - 1;
    const lines = long.slice(from).map((value, index) => (short[index + from] ?? 0) - value);
    const signals = exponential(lines, p('signalPeriod'));
    return each(bars.length, (index) => {
      const [line, signal] = [lines[index - from], signals[index - from]];
      return line === undefined || signal === undefined
        ? [null, null, null]
        : [line - signal, line, signal];
    });
  },
  stochastic: (bars, p) => {
    const raw = bars.map(({ close }, index) => {
      const window = upTo(bars, index, p('period'));
      if (window === null) return null;
      return (100 * (close - lowest(window))) / (highest(window) - lowest(window));
    });
    const slow = simple(raw, p('smoothing'));
    const signal = simple(slow, p('signalPeriod'));
    return each(bars.length, (index) => {
      const value = signal[index] ?? null;
      return value === null ? [null, null] : [slow[index] ?? null, value];
    });
  },
  williams: (bars, p) =>
    each(bars.length, (index) => {
      const window = upTo(bars, index, p('period'));
      if (window === null) return [null];
      const [top, bottom] = [highest(window), lowest(window)];
      return [(-100 * (top - (bars[index]?.close ?? 0))) / (top - bottom)];
    }),
  cci: (bars, p) =>
    each(bars.length, (index) => {
      const window = upTo(bars.map(typical), index, p('period'));
      if (window === null) return [null];
      const middle = mean(window);
      const deviation = mean(window.map((value) => Math.abs(value - middle)));
      return [((window.at(-1) ?? 0) - middle) / (0.015 * deviation)];
    }),
  adx: (bars, p) => directional(bars, p('period')),
  atr: (bars, p) => rows(wilder(trueRanges(bars), p('period'))),
  roc: (bars, p) =>
    each(bars.length, (index) => {
      const [now = 0, then] = [bars[index]?.close, bars[index - p('period')]?.close];
      return [then === undefined ? null : (100 * (now - then)) / then];
    }),
  obv: (bars) => {
    let total = 0;
    return bars.map(({ close, volume }, index) => {
      const before = bars[index - 1]?.close ?? close;
      if (close > before) total += volume;
      if (close < before) total -= volume;
      return [total];
    });
  },
  mfi: (bars, p) =>
    each(bars.length, (index) => {
      const window = upTo(bars, index, p('period') + 1);
      if (window === null) return [null];
      let [positive, negative] = [0, 0];
      window.slice(1).forEach((bar, i) => {
        const before = typical(window[i] ?? bar);
        const flow = typical(bar) * bar.volume;
        if (typical(bar) > before) positive += flow;
        if (typical(bar) < before) negative += flow;
      });
      return [100 - 100 / (1 + positive / negative)];
    }),
};
