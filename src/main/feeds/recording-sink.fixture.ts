import type { FeedState } from '#domain/feed.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { MarketEvent } from '#domain/market-event.ts';
import type { Trade } from '#domain/trade.ts';
import type { ClockSample, FeedSink, MarketHours, Rejection } from './feed.ts';

/** A sink for tests that keeps everything. */
export class RecordingSink implements FeedSink {
  readonly batches: (readonly MarketEvent[])[] = [];
  readonly states: FeedState[] = [];
  readonly rejections: Rejection[] = [];
  readonly marketHours: (readonly [InstrumentId, MarketHours])[] = [];
  readonly clockSamples: ClockSample[] = [];

  onEvents(events: readonly MarketEvent[]): void {
    this.batches.push(events);
  }

  onState(state: FeedState): void {
    this.states.push(state);
  }

  onRejected(rejection: Rejection): void {
    this.rejections.push(rejection);
  }

  onMarketHours(id: InstrumentId, hours: MarketHours): void {
    this.marketHours.push([id, hours]);
  }

  onClockSample(sample: ClockSample): void {
    this.clockSamples.push(sample);
  }

  get events(): MarketEvent[] {
    return this.batches.flat();
  }

  get trades(): Trade[] {
    return this.events.flatMap((event) => (event.kind === 'trade' ? [event.trade] : []));
  }

  count(kind: MarketEvent['kind']): number {
    return this.events.filter((event) => event.kind === kind).length;
  }
}
