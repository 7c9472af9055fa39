import { type InstrumentId, instrumentId } from '#domain/instrument.ts';
import { traitsOf } from './exchange-traits.ts';
import { withMadeIds } from './made-trade-ids.ts';
import type { MarketScale } from './market-scale.ts';
import { idsWithin } from './okx-trades.ts';
import { readTrade } from './read-market.ts';
import type { Stream, StreamHost } from './stream.ts';
import type { TradeMemory } from './trade-memory.ts';

export class TradeStream implements Stream {
  readonly name = 'trades';
  readonly symbol: string;
  readonly #host: StreamHost;
  readonly #id: InstrumentId;
  readonly #memory: TradeMemory;
  readonly #lacksIds: boolean;
  readonly #isAggregated: boolean;
  readonly #scale: MarketScale;

  constructor(host: StreamHost, symbol: string) {
    this.symbol = symbol;
    this.#host = host;
    this.#id = instrumentId(host.house.exchange, symbol);
    this.#memory = host.house.memoryOf(this.#id);
    this.#lacksIds = traitsOf(host.house.exchange).lacksTradeIds === true;
    this.#scale = host.house.scaleOf(symbol);
    this.#isAggregated = traitsOf(host.house.exchange).aggregatesLiveTrades === true;
  }

  async next(): Promise<void> {
    const { exchange, clock, tell, reject } = this.#host;
    const watched = await exchange.watchTrades(this.symbol);
    const trades = this.#lacksIds ? withMadeIds(watched) : watched;
    const receivedTime = clock.now();
    for (const one of trades) {
      const read = readTrade(one, this.#id, receivedTime, this.#scale);
      if (!read.ok) reject(read.reason);
      else if (this.#memory.add(read.value.id)) {
        tell({ kind: 'trade', trade: read.value });
        if (this.#isAggregated) this.#memory.addWithin(idsWithin(one));
      }
    }
    this.#clearCache(watched.at(-1));
  }

  lose(): void {
    // A trade that was told stays true.
  }

  /** ccxt keeps what was taken; while nothing came since, it may forget it. */
  #clearCache(last: unknown): void {
    const cache: unknown = this.#host.exchange.trades[this.symbol];
    if (Array.isArray(cache) && cache.at(-1) === last && 'clear' in cache) {
      (cache as unknown as { clear(): void }).clear();
    }
  }
}
