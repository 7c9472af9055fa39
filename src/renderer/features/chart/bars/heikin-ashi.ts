import type { Candle } from '#domain/candle.ts';
import type { Price } from '#domain/units.ts';

/**
 * Heikin-Ashi bars: the close is the mean of open, high, low and close; the open is the middle of the
 * bar before, of the first one its own; high and low reach over both (Valcu, "Using The Heikin-Ashi
 * Technique", Stocks & Commodities 22:2).
 */
export class HeikinAshi {
  #bars: Candle[] = [];

  get bars(): readonly Candle[] {
    return this.#bars;
  }

  setBars(candles: readonly Candle[]): void {
    this.#bars = [];
    for (const candle of candles) this.#bars.push(averaged(candle, this.#bars.at(-1)));
  }

  /** The last candle, or a new one after it. */
  update(candle: Candle): Candle {
    if (this.#bars.at(-1)?.openTime === candle.openTime) this.#bars.pop();
    const bar = averaged(candle, this.#bars.at(-1));
    this.#bars.push(bar);
    return bar;
  }
}

function averaged(candle: Candle, before: Candle | undefined): Candle {
  const { open, high, low, close } = candle;
  const averageClose = (open + high + low + close) / 4;
  const averageOpen = before === undefined ? (open + close) / 2 : (before.open + before.close) / 2;
  return {
    ...candle,
    open: averageOpen as Price,
    high: Math.max(high, averageOpen, averageClose) as Price,
    low: Math.min(low, averageOpen, averageClose) as Price,
    close: averageClose as Price,
  };
}
