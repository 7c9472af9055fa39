import { decimal } from './depth-stream.ts';

/** The 24 hours of Bybit's ticker: those of the recording so far. */
export class DayStatistics {
  #first: number | undefined;
  #last = 0;
  #high = 0;
  #low = Number.POSITIVE_INFINITY;
  #volume = 0;
  #turnover = 0;

  add(price: number, size: number): void {
    this.#first ??= price;
    this.#last = price;
    this.#high = Math.max(this.#high, price);
    this.#low = Math.min(this.#low, price);
    this.#volume += size;
    this.#turnover += price * size;
  }

  /** The fields of a spot ticker, which has no bid and no ask; undefined before the first trade. */
  fields() {
    if (this.#first === undefined) return undefined;
    return {
      lastPrice: decimal(this.#last),
      highPrice24h: decimal(this.#high),
      lowPrice24h: decimal(this.#low),
      prevPrice24h: decimal(this.#first),
      volume24h: decimal(this.#volume),
      turnover24h: decimal(this.#turnover),
      price24hPcnt: (this.#last / this.#first - 1).toFixed(4),
      usdIndexPrice: decimal(this.#last),
    };
  }
}
