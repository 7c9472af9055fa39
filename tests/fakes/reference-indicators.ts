/**
 * Indicators once more, straight from their definitions and over whole series, for the tests to
 * compare with: slow, and sharing no line with what they check. Null where the definition has no value
 * yet; the i-th figure is that after the i-th candle.
 */

type Series = (number | null)[];
export interface PriceBar {
  readonly high: number;
  readonly low: number;
  readonly close: number;
}

const sum = (values: readonly number[]): number =>
  values.reduce((total, value) => total + value, 0);

/** SMA_t = (c_(t-n+1) + … + c_t) / n. J. J. Murphy, Technical Analysis of the Financial Markets (1999), ch. 9. */
export const referenceSma = (closes: readonly number[], n: number): Series =>
  closes.map((_, t) => (t + 1 < n ? null : sum(closes.slice(t + 1 - n, t + 1)) / n));

/**
 * EMA_t = sum over k of a (1 - a)^k c_(t-k), the rest of the weight on the first close: the recursion
 * E_t = a c_t + (1 - a) E_(t-1), E_1 = c_1, a = 2 / (n + 1), multiplied out. NIST/SEMATECH e-Handbook
 * of Statistical Methods, 6.4.3.1. Terms whose weight is below 1e-18 are left out.
 */
export const referenceEma = (closes: readonly number[], n: number): Series => {
  const a = 2 / (n + 1);
  const reach = Math.ceil(Math.log(1e-18) / Math.log(1 - a));
  return closes.map((_, t) => {
    if (t + 1 < n) return null;
    let value = 0;
    for (let k = Math.min(t - 1, reach); k >= 0; k -= 1) {
      value += a * (1 - a) ** k * (closes[t - k] ?? 0);
    }
    return value + (1 - a) ** t * (closes[0] ?? 0);
  });
};

/** Wilder's average: the first is the mean of n, then W_t = ((n - 1) W_(t-1) + x_t) / n. */
const wilder = (values: readonly number[], n: number): Series => {
  const series: Series = [];
  for (const [t, value] of values.entries()) {
    const before = series[t - 1] ?? null;
    if (t + 1 < n) series.push(null);
    else if (before === null) series.push(sum(values.slice(0, n)) / n);
    else series.push(((n - 1) * before + value) / n);
  }
  return series;
};

/**
 * RSI_t = 100 - 100 / (1 + G_t / L_t), G and L Wilder's averages of gains and losses. J. W. Wilder,
 * New Concepts in Technical Trading Systems (1978), ch. VI. Without losses 100; without any move 50.
 */
export const referenceRsi = (closes: readonly number[], n: number): Series => {
  const moves = closes.slice(1).map((close, i) => close - (closes[i] ?? 0));
  const gains = wilder(
    moves.map((move) => Math.max(0, move)),
    n,
  );
  const losses = wilder(
    moves.map((move) => Math.max(0, -move)),
    n,
  );
  const values = gains.map((gain, i) => {
    const loss = losses[i] ?? null;
    if (gain === null || loss === null) return null;
    if (loss === 0) return gain === 0 ? 50 : 100;
    return 100 - 100 / (1 + gain / loss);
  });
  return [null, ...values];
};

/** Highest high and lowest low of the last n bars. R. Donchian's four-week rule; Murphy (1999), ch. 9. */
export const referenceDonchian = (bars: readonly PriceBar[], n: number) =>
  bars.map((_, t) => {
    if (t + 1 < n) return null;
    const last = bars.slice(t + 1 - n, t + 1);
    const upper = Math.max(...last.map(({ high }) => high));
    const lower = Math.min(...last.map(({ low }) => low));
    return { upper, middle: (upper + lower) / 2, lower };
  });

/** ATR: Wilder's average of the true range; Wilder (1978), ch. III. */
export const referenceAtr = (bars: readonly PriceBar[], n: number): Series =>
  wilder(
    bars.map(({ high, low }, t) => {
      const before = bars[t - 1]?.close;
      if (before === undefined) return high - low;
      return Math.max(high, before) - Math.min(low, before);
    }),
    n,
  );

/**
 * Mean of the last n closes and k population standard deviations around it, the variance as the mean
 * of the squares less the square of the mean, both taken from the window's first close (which moves
 * the mean alone). J. Bollinger, Bollinger on Bollinger Bands (2001), ch. 7.
 */
export const referenceBollinger = (closes: readonly number[], n: number, k: number) =>
  closes.map((_, t) => {
    if (t + 1 < n) return null;
    const window = closes.slice(t + 1 - n, t + 1);
    const origin = window[0] ?? 0;
    const moved = window.map((close) => close - origin);
    const mean = sum(moved) / n;
    const variance = Math.max(0, sum(moved.map((value) => value * value)) / n - mean * mean);
    const width = k * Math.sqrt(variance);
    return { upper: origin + mean + width, middle: origin + mean, lower: origin + mean - width };
  });
