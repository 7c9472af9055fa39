import type { MarketEvent } from '#domain/market-event.ts';
import type { EpochMs } from '#domain/units.ts';

/** The exchange's clock at an event, where it was sent, and ours. */
export function timesOf(event: MarketEvent): { eventTime: EpochMs | null; receivedTime: EpochMs } {
  switch (event.kind) {
    case 'trade':
      return event.trade;
    case 'quote':
      return event.quote;
    case 'bookSnapshot':
      return event.snapshot;
    case 'bookDelta':
      return event.delta;
    case 'liquidation':
      return event.liquidation;
    case 'bookLost':
      return { eventTime: null, receivedTime: event.receivedTime };
    case 'gap':
    case 'backfill':
      return { eventTime: null, receivedTime: event.toTime };
  }
}
