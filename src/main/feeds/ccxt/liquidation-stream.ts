import { type InstrumentId, instrumentId } from '#domain/instrument.ts';
import { traitsOf } from './exchange-traits.ts';
import { readLiquidation } from './forced-orders.ts';
import type { Stream, StreamHost } from './stream.ts';

/** Positions of one market that the exchange closes by force. */
export class LiquidationStream implements Stream {
  readonly name = 'liquidations';
  readonly symbol: string;
  readonly #host: StreamHost;
  readonly #id: InstrumentId;
  /** What of ccxt's cache was told. */
  readonly #told = new WeakSet<object>();

  constructor(host: StreamHost, symbol: string) {
    this.symbol = symbol;
    this.#host = host;
    this.#id = instrumentId(host.house.exchange, symbol);
  }

  async next(): Promise<void> {
    await this.#host.exchange.watchLiquidations(this.symbol);
    // What it resolves with is the last one only: those that came in the same frame are in the cache.
    this.#takeWhatCame();
  }

  lose(): void {
    // What was told stays true.
  }

  #takeWhatCame(): void {
    const { exchange, house, clock, tell, reject } = this.#host;
    const cache: unknown = exchange.liquidations;
    if (!Array.isArray(cache)) return;
    const receivedTime = clock.now();
    const orders = traitsOf(house.exchange).forcedOrders;
    for (const one of cache) {
      if (one?.symbol !== this.symbol || this.#told.has(one)) continue;
      this.#told.add(one);
      for (const order of orders?.(one) ?? []) {
        const read = readLiquidation(order, this.#id, receivedTime, house.scaleOf(this.symbol));
        if (read.ok) tell({ kind: 'liquidation', liquidation: read.value });
        else reject(read.reason);
      }
    }
  }
}
