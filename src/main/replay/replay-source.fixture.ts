import { succeed } from '#contract/errors.ts';
import { type InstrumentId, namesOf, UNKNOWN_TERMS } from '#domain/instrument.ts';
import { instrumentOf, type MarketEvent } from '#domain/market-event.ts';
import type { EpochMs, Price, Size } from '#domain/units.ts';
import type { EventLane, LaneChunk, ReplaySource } from './replay-source.ts';

/** Invented trades: `id` is what tells them apart. */
export function tradeAt(instrument: string, eventTime: number, id: string): MarketEvent {
  return {
    kind: 'trade',
    trade: {
      instrumentId: instrument as InstrumentId,
      id,
      price: 100 as Price,
      size: 1 as Size,
      aggressorSide: 'buy',
      eventTime: eventTime as EpochMs,
      receivedTime: eventTime as EpochMs,
    },
  };
}

export const idOf = (event: MarketEvent): string =>
  event.kind === 'trade' ? event.trade.id : event.kind;

/** A lane that gives its events in chunks of these sizes, over and over. */
export function laneOf(
  events: readonly MarketEvent[],
  chunkSizes: readonly number[] = [3],
): EventLane {
  let at = 0;
  let chunk = 0;
  return {
    next: (): LaneChunk => {
      if (at >= events.length) return succeed(null);
      const size = chunkSizes[chunk % chunkSizes.length] ?? 1;
      chunk += 1;
      at += size;
      return succeed(events.slice(at - size, at));
    },
  };
}

/** A source in memory: one lane an instrument, each in order of time. */
export function sourceOf(
  lanes: readonly (readonly MarketEvent[])[],
  options: Partial<ReplaySource> = {},
): ReplaySource {
  const timeOf = (event: MarketEvent) => (event.kind === 'trade' ? event.trade.eventTime : 0);
  const times = lanes.flat().map(timeOf);
  const ids = [
    ...new Set(
      lanes.flat().map((event) => (event.kind === 'trade' ? event.trade.instrumentId : '')),
    ),
  ];
  return {
    view: { kind: 'tape' },
    fromTime: Math.min(...times) as EpochMs,
    toTime: (Math.max(...times) + 1) as EpochMs,
    instruments: ids.map((id) => ({
      ...namesOf(id as InstrumentId),
      ...{ id: id as InstrumentId, priceIncrement: 0.01, sizeIncrement: 0.01 },
      ...UNKNOWN_TERMS,
    })),
    gaps: [],
    books: { available: false, reason: 'invented' },
    isSeekable: true,
    slowSeek: null,
    standing: (since) => succeed({ events: [], since }),
    lanes: (since) =>
      lanes.map((lane) =>
        laneOf(lane.filter((event) => timeOf(event) >= since(instrumentOf(event)))),
      ),
    candles: () => succeed([]),
    volumes: () => succeed([]),
    trades: (id, { fromTime, toTime, limit, newest }) => {
      const found = lanes
        .flat()
        .flatMap((event) => (event.kind === 'trade' ? [event.trade] : []))
        .filter((trade) => trade.instrumentId === id)
        .filter(({ eventTime }) => eventTime >= fromTime && eventTime < toTime);
      return succeed(newest ? found.slice(-limit) : found.slice(0, limit));
    },
    ...options,
  };
}
