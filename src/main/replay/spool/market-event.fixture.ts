import fc from 'fast-check';
import type { InstrumentId } from '#domain/instrument.ts';
import type { MarketEvent } from '#domain/market-event.ts';
import type { BookLevel } from '#domain/order-book.ts';
import type { EpochMs, Price, Size } from '#domain/units.ts';

/** Invented events of every kind, on two instruments, whose times run backwards now and then. */
export const INVENTED_IDS = ['a:X/USDT' as InstrumentId, 'b:Y/USDT' as InstrumentId] as const;
export const INVENTED_START = 1_700_000_000_000;

const instrumentId = fc.constantFrom(...INVENTED_IDS);
const time = fc.nat({ max: 5_000 }).map((ms) => (INVENTED_START + ms) as EpochMs);
const amount = fc.double({ min: 0.000_001, max: 1e9, noNaN: true });
const price = amount.map((value) => value as Price);
const size = amount.map((value) => value as Size);
const timeOrNull = fc.option(time, { nil: null, freq: 3 });
/** Of few prices, so that deltas change levels that there are. */
const levels = fc.array(
  fc.tuple(fc.integer({ min: 90, max: 110 }), fc.integer({ min: 0, max: 5 })),
  { maxLength: 5 },
) as fc.Arbitrary<readonly BookLevel[]>;

const trade = fc.record({
  instrumentId,
  id: fc.oneof(fc.nat().map(String), fc.constantFrom('007', '1e3', '', 'a-1', '9'.repeat(20))),
  ...{ price, size, eventTime: time, receivedTime: time },
  aggressorSide: fc.constantFrom('buy' as const, 'sell' as const),
});
const quote = fc.record({
  instrumentId,
  ...{ bidPrice: price, bidSize: size, askPrice: price, askSize: size },
  ...{ eventTime: timeOrNull, receivedTime: time },
});
const book = fc.record({
  instrumentId,
  ...{ bids: levels, asks: levels, sequence: fc.nat() },
  ...{ eventTime: timeOrNull, receivedTime: time },
});
const stretch = { instrumentId, fromTime: time, toTime: time, reason: fc.string() };

export const anyMarketEvent: fc.Arbitrary<MarketEvent> = fc.oneof(
  { weight: 4, arbitrary: trade.map((one): MarketEvent => ({ kind: 'trade', trade: one })) },
  { weight: 3, arbitrary: quote.map((one): MarketEvent => ({ kind: 'quote', quote: one })) },
  { weight: 4, arbitrary: book.map((delta): MarketEvent => ({ kind: 'bookDelta', delta })) },
  {
    weight: 1,
    arbitrary: book.map((snapshot): MarketEvent => ({ kind: 'bookSnapshot', snapshot })),
  },
  fc
    .record({ instrumentId, reason: fc.string(), receivedTime: time })
    .map((lost): MarketEvent => ({ kind: 'bookLost', ...lost })),
  fc.record(stretch).map((gap): MarketEvent => ({ kind: 'gap', ...gap })),
);
