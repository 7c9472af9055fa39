import { type InstrumentId, instrumentId, symbolOf } from '#domain/instrument.ts';
import { readQuote } from './read-market.ts';
import type { Stream, StreamHost } from './stream.ts';

export class QuoteStream implements Stream {
  readonly name = 'quotes';
  readonly symbol: string;
  readonly #host: StreamHost;
  readonly #id: InstrumentId;
  readonly #from: 'bidsAsks' | 'ticker';

  constructor(host: StreamHost, symbol: string, from: 'bidsAsks' | 'ticker') {
    this.symbol = symbol;
    this.#host = host;
    this.#id = instrumentId(host.house.exchange, symbol);
    this.#from = from;
  }

  async next(): Promise<void> {
    const { exchange } = this.#host;
    const ticker =
      this.#from === 'bidsAsks'
        ? (await exchange.watchBidsAsks([this.symbol]))[this.symbol]
        : await exchange.watchTicker(this.symbol);
    if (ticker) tellQuote(this.#host, ticker, this.#id);
  }

  lose(): void {
    // A quote that was told was true when it was.
  }
}

/** Tells the best of a market; what is no quote is refused. */
export function tellQuote(
  { house, clock, tell, reject }: StreamHost,
  ticker: Parameters<typeof readQuote>[0],
  id: InstrumentId,
): void {
  const read = readQuote(ticker, id, clock.now(), house.scaleOf(symbolOf(id)));
  if (read === null) return;
  if (read.ok) tell({ kind: 'quote', quote: read.value });
  else reject(read.reason);
}
