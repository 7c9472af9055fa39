import type { InstrumentId } from './instrument.ts';
import type { Liquidation } from './liquidation.ts';
import type { BookDelta, BookSnapshot } from './order-book.ts';
import type { Quote } from './quote.ts';
import type { Trade } from './trade.ts';
import type { EpochMs } from './units.ts';

/** What a feed yields, in the exchange's order. Every consumer switches over `kind`. */
export type MarketEvent =
  | { readonly kind: 'trade'; readonly trade: Trade }
  | { readonly kind: 'quote'; readonly quote: Quote }
  | { readonly kind: 'bookSnapshot'; readonly snapshot: BookSnapshot }
  | { readonly kind: 'bookDelta'; readonly delta: BookDelta }
  /** Told beside the trades that it caused: it is no trade, and nothing is filled by it. */
  | { readonly kind: 'liquidation'; readonly liquidation: Liquidation }
  | {
      /** The book can no longer be trusted (gap, bad checksum, disconnect): throw it away. */
      readonly kind: 'bookLost';
      readonly instrumentId: InstrumentId;
      readonly reason: string;
      readonly receivedTime: EpochMs;
    }
  | {
      /** Nothing is known of this stretch: the feed was down, or the recording has a hole. */
      readonly kind: 'gap';
      readonly instrumentId: InstrumentId;
      readonly fromTime: EpochMs;
      readonly toTime: EpochMs;
      readonly reason: string;
    }
  | {
      /**
       * Trades of an outage that the exchange told of afterwards, oldest first. They belong to the
       * tape and to the candles; nobody acts on them as news.
       */
      readonly kind: 'backfill';
      readonly instrumentId: InstrumentId;
      /** The stretch of our clock that was missed: the same as of the gap before it. */
      readonly fromTime: EpochMs;
      readonly toTime: EpochMs;
      readonly trades: readonly Trade[];
      /** Nothing of the stretch is missing any more. */
      readonly isComplete: boolean;
    };

export function instrumentOf(event: MarketEvent): InstrumentId {
  switch (event.kind) {
    case 'trade':
      return event.trade.instrumentId;
    case 'quote':
      return event.quote.instrumentId;
    case 'bookSnapshot':
      return event.snapshot.instrumentId;
    case 'bookDelta':
      return event.delta.instrumentId;
    case 'liquidation':
      return event.liquidation.instrumentId;
    case 'bookLost':
    case 'gap':
    case 'backfill':
      return event.instrumentId;
  }
}

/** The market's time of an event; null where the exchange gave none. */
export function eventTimeOf(event: MarketEvent): EpochMs | null {
  switch (event.kind) {
    case 'trade':
      return event.trade.eventTime;
    case 'quote':
      return event.quote.eventTime;
    case 'bookSnapshot':
      return event.snapshot.eventTime;
    case 'bookDelta':
      return event.delta.eventTime;
    case 'liquidation':
      return event.liquidation.eventTime;
    case 'bookLost':
    case 'gap':
    case 'backfill':
      return null;
  }
}

/** Our clock's time of an event that came from the exchange; null where it is our own remark. */
export function receivedTimeOf(event: MarketEvent): EpochMs | null {
  switch (event.kind) {
    case 'trade':
      return event.trade.receivedTime;
    case 'quote':
      return event.quote.receivedTime;
    case 'bookSnapshot':
      return event.snapshot.receivedTime;
    case 'bookDelta':
      return event.delta.receivedTime;
    case 'liquidation':
      return event.liquidation.receivedTime;
    case 'bookLost':
    case 'gap':
    case 'backfill':
      return null;
  }
}
