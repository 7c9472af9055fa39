import { describe, expect, it } from 'vitest';
import type { MarketEvent } from '#domain/market-event.ts';
import { FakeClock } from '#tests/fakes/fake-clock.ts';
import { BookStream } from './book-stream.ts';
import type { CcxtExchange } from './ccxt-exchange.ts';
import type { ExchangeHouse } from './exchange-house.ts';
import { PLAIN_SCALE } from './market-scale.ts';

const SYMBOL = 'BTC/USDT';

interface Book {
  readonly bids: (readonly [number, number])[];
  readonly asks: (readonly [number, number])[];
  readonly nonce: number;
}
const bookAt = (price: number, nonce: number): Book => ({
  bids: [[price, 1]],
  asks: [[price + 1, 1]],
  nonce,
});

/** An exchange as ccxt keeps it: its books, and an answer to each wait for news. */
class KeptBooks {
  readonly orderbooks: Record<string, Book> = {};
  readonly told: MarketEvent[] = [];
  readonly #answers: (() => Promise<Book>)[] = [];
  readonly stream: BookStream;

  constructor() {
    const exchange = {
      orderbooks: this.orderbooks,
      watchOrderBook: () => this.#answers.shift()?.() ?? new Promise<Book>(() => undefined),
    };
    const host = {
      exchange: exchange as unknown as CcxtExchange,
      house: { exchange: 'binance', scaleOf: () => PLAIN_SCALE } as unknown as ExchangeHouse,
      clock: new FakeClock(),
      tell: (event: MarketEvent) => void this.told.push(event),
      reject: () => undefined,
    };
    this.stream = new BookStream(host, SYMBOL, { limit: undefined, depth: 10, withQuotes: false });
  }

  get kinds(): readonly string[] {
    return this.told.map(({ kind }) => kind);
  }

  async shows(book: Book): Promise<void> {
    this.orderbooks[SYMBOL] = book;
    this.#answers.push(() => Promise.resolve(book));
    await this.stream.next();
  }

  /** The next wait fails, and the loss is told a moment later, after `meanwhile`. */
  async fails(meanwhile: () => void): Promise<void> {
    this.#answers.push(() => Promise.reject(new Error('a gap')));
    await expect(this.stream.next()).rejects.toThrow('a gap');
    meanwhile();
    this.stream.lose('a gap');
  }
}

describe('[F4] a book that was lost', () => {
  it('is there again though the new one came before the loss was told, and nothing after', async () => {
    const kept = new KeptBooks();
    await kept.shows(bookAt(100, 1));
    await kept.fails(() => {
      kept.orderbooks[SYMBOL] = bookAt(200, 2);
    });
    void kept.stream.next();
    expect(kept.kinds).toEqual(['bookSnapshot', 'bookLost', 'bookSnapshot']);
    expect(kept.told.at(-1)).toMatchObject({ snapshot: { bids: [[200, 1]], sequence: 2 } });
  });

  it('is not taken for a new one while ccxt still keeps it', async () => {
    const kept = new KeptBooks();
    await kept.shows(bookAt(100, 1));
    await kept.fails(() => undefined);
    void kept.stream.next();
    expect(kept.kinds).toEqual(['bookSnapshot', 'bookLost']);
  });

  it('is not the one that was found wrong before it was ever told', async () => {
    const kept = new KeptBooks();
    const wrong = bookAt(100, 1);
    kept.orderbooks[SYMBOL] = wrong;
    const waiting = kept.stream.next();
    kept.stream.spoil('a hole');
    await expect(waiting).rejects.toThrow('a hole');
    kept.stream.lose('a hole');
    void kept.stream.next();
    expect(kept.kinds).toEqual([]);
    kept.orderbooks[SYMBOL] = bookAt(101, 2);
    void kept.stream.next();
    expect(kept.kinds).toEqual(['bookSnapshot']);
  });
});
