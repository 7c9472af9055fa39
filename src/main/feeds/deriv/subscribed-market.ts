import type { InstrumentId } from '#domain/instrument.ts';
import type { MarketEvent } from '#domain/market-event.ts';
import type { Trade } from '#domain/trade.ts';
import type { EpochMs, Size } from '#domain/units.ts';
import type { DerivTick } from './messages.ts';
import type { RememberedTick, TickMemory } from './tick-memory.ts';

/** Deriv tells prices only. A size that is not known is 0, which no volume counts. */
const NO_SIZE = 0 as Size;

/** One instrument during one connection. */
export interface SubscribedMarket {
  readonly id: InstrumentId;
  readonly symbol: string;
  readonly memory: TickMemory;
  /** Null until Deriv has said it on this connection. */
  isOpen: boolean | null;
  /** Our clock when Deriv last said that it is closed; null while it is open. */
  closedTime: EpochMs | null;
  /** Ticks were asked for, and not refused. */
  isSubscribed: boolean;
  /** Deriv does not have it; said once. */
  isRefused: boolean;
  /** Deriv's name of the subscription. */
  subscriptionId: string | null;
  /** Our clock at the last tick, or when waiting for one began. */
  heardTime: EpochMs;
}

export const printOf = (
  instrumentId: InstrumentId,
  { id, price, side, eventTime }: RememberedTick,
  receivedTime: EpochMs,
): Trade => ({
  instrumentId,
  id,
  price,
  size: NO_SIZE,
  aggressorSide: side,
  eventTime,
  receivedTime,
});

/** Bid and ask first, so that whoever acts on the print sees the quote that belongs to it. */
export function eventsOf(
  market: SubscribedMarket,
  tick: DerivTick,
  receivedTime: EpochMs,
): readonly MarketEvent[] | 'known' | 'tooOld' {
  const admission = market.memory.admit(tick);
  if (admission.kind !== 'new') return admission.kind;
  const trade = printOf(market.id, admission.tick, receivedTime);
  const { bidPrice, askPrice, eventTime } = tick;
  // A tick that others have overtaken tells of the past: its quote is not the current one.
  if (admission.isLate || bidPrice === null || askPrice === null) return [{ kind: 'trade', trade }];
  const quote = {
    instrumentId: market.id,
    bidPrice,
    bidSize: NO_SIZE,
    askPrice,
    askSize: NO_SIZE,
    eventTime,
    receivedTime,
  };
  return [
    { kind: 'quote', quote },
    { kind: 'trade', trade },
  ];
}
