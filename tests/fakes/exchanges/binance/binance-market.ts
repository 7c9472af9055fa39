import type { BookTop } from '../fake-exchange.ts';
import { TrueMarket } from '../true-market.ts';

/** Binance tells the best of its books more often than the books: that was true as well. */
export class BinanceMarket extends TrueMarket {
  readonly #tops = new Set<string>();

  noteTop(symbol: string, top: BookTop): void {
    this.#tops.add(keyOf(symbol, top));
  }

  override wasBook(symbol: string, top: BookTop): boolean {
    return this.#tops.has(keyOf(symbol, top)) || super.wasBook(symbol, top);
  }
}

const keyOf = (symbol: string, { bid, ask }: BookTop): string =>
  `${symbol} ${bid?.join('@')}|${ask?.join('@')}`;
