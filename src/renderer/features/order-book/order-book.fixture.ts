import type { InstrumentId } from '#domain/instrument.ts';
import { type BookLevel, OrderBook } from '#domain/order-book.ts';
import type { EpochMs } from '#domain/units.ts';

export function bookOf(bids: readonly BookLevel[], asks: readonly BookLevel[]): OrderBook {
  const instrumentId = 'demo:BTC/USD' as InstrumentId;
  const book = new OrderBook(instrumentId);
  const receivedTime = 1 as EpochMs;
  book.applySnapshot({ instrumentId, bids, asks, sequence: 1, eventTime: null, receivedTime });
  return book;
}
