import type { Candle } from '#domain/candle.ts';
import type { Clock } from '#domain/clock.ts';
import type { Fill } from '#domain/fill.ts';
import type { FillTrail, OrderTrail, TrailEvent } from '#domain/fill-trail.ts';
import { eventTimeOf, type MarketEvent, receivedTimeOf } from '#domain/market-event.ts';
import type { Order } from '#domain/order.ts';
import type { EpochMs } from '#domain/units.ts';

/** What of a step's trail goes to disk with it. */
export interface TrailChanges {
  readonly placed: readonly OrderTrail[];
  readonly accepted: readonly { readonly orderId: string; readonly time: EpochMs }[];
  readonly filled: readonly FillTrail[];
}

/** A cause that is worked out only where something comes of it. */
type Cause =
  | { readonly of: 'event' }
  | { readonly of: 'fill'; readonly fill: Fill }
  | { readonly of: 'candle' | 'timer' | 'start' | 'user' };

const ITSELF: Cause = { of: 'event' };
const ITS_CANDLE: Cause = { of: 'candle' };
const NO_EVENT: TrailEvent = {
  ...{ kind: 'user', price: null, candleOpenTime: null, fillId: null },
  ...{ eventTime: null, receivedTime: null },
};

/**
 * Remembers what a bot was brought and what it made of it, so that each fill can be told why it came
 * to be (see `fills.why`). Only watches: nothing that happens depends on it.
 */
export class StepTrail {
  readonly #clock: Clock;
  readonly #ticks: () => number;
  #event: MarketEvent | null = null;
  #cause: Cause = ITSELF;
  #candle: Candle | null = null;
  #heardTick = 0;
  #placed: OrderTrail[] = [];
  #accepted: { orderId: string; time: EpochMs }[] = [];
  #filled: FillTrail[] = [];

  /** `ticks` are milliseconds of a clock that only goes forward. */
  constructor(clock: Clock, ticks: () => number) {
    this.#clock = clock;
    this.#ticks = ticks;
  }

  hear(event: MarketEvent | null): void {
    this.#event = event;
    this.#cause = ITSELF;
    this.#heardTick = this.#ticks();
  }

  because(cause: Cause): void {
    this.#cause = cause;
  }

  becauseOfEvent(): void {
    this.#cause = ITSELF;
  }

  /** Of which there are millions: the candle is looked at only where something comes of it. */
  becauseOfCandle(candle: Candle): void {
    this.#candle = candle;
    this.#cause = ITS_CANDLE;
  }

  placed({ id, botId, why, createdTime }: Order): void {
    this.#placed.push({
      ...{ orderId: id, botId, why, cause: this.#describeCause(), submittedTime: createdTime },
      decidedTime: this.#clock.now(),
      decidedAfterMs: this.#ticks() - this.#heardTick,
    });
  }

  note(order: Order, fill: Fill | null): void {
    if (order.status === 'accepted') {
      this.#accepted.push({ orderId: order.id, time: order.updatedTime });
    }
    if (!fill) return;
    this.#filled.push({
      ...{ fillId: fill.id, orderId: order.id, botId: order.botId },
      execution: this.#describeEvent(),
      executedTime: this.#clock.now(),
      executedAfterMs: this.#ticks() - this.#heardTick,
    });
  }

  take(): TrailChanges {
    const changes = { placed: this.#placed, accepted: this.#accepted, filled: this.#filled };
    this.#placed = [];
    this.#accepted = [];
    this.#filled = [];
    return changes;
  }

  #describeCause(): TrailEvent {
    const cause = this.#cause;
    switch (cause.of) {
      case 'event':
        return this.#describeEvent();
      case 'candle':
        return {
          ...{ ...this.#describeEvent(), kind: 'candle', price: this.#candle?.close ?? null },
          candleOpenTime: this.#candle?.openTime ?? null,
        };
      case 'fill':
        return {
          ...this.#describeEvent(),
          ...{ kind: 'fill', price: Number(cause.fill.price), fillId: cause.fill.id },
        };
      default:
        return { ...this.#describeEvent(), kind: cause.of, price: null };
    }
  }

  #describeEvent(): TrailEvent {
    const event = this.#event;
    if (!event) return NO_EVENT;
    return {
      ...{ kind: event.kind, price: priceOf(event), candleOpenTime: null, fillId: null },
      ...{ eventTime: eventTimeOf(event), receivedTime: receivedTimeOf(event) },
    };
  }
}

function priceOf(event: MarketEvent): number | null {
  if (event.kind === 'trade') return event.trade.price;
  if (event.kind !== 'quote') return null;
  return (event.quote.bidPrice + event.quote.askPrice) / 2;
}
