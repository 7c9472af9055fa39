import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DamagedSpool, EventColumns, eventsOf, InstrumentNumbers } from './event-columns.ts';
import { anyMarketEvent } from './market-event.fixture.ts';

function packed(events: Parameters<EventColumns['add']>[0][]) {
  const instruments = new InstrumentNumbers();
  const columns = new EventColumns(instruments);
  for (const event of events) columns.add(event);
  return { instruments, columns, bytes: columns.take() };
}

describe('events as columns', () => {
  it('come out as they went in, whatever they are', () => {
    fc.assert(
      fc.property(fc.array(anyMarketEvent, { maxLength: 40 }), (events) => {
        const { bytes, instruments } = packed(events);
        expect(eventsOf(bytes, instruments)).toEqual(events);
      }),
    );
  });

  it('begin anew when they were taken', () => {
    const [event] = fc.sample(anyMarketEvent, { numRuns: 1, seed: 1 });
    if (!event) throw new Error('one was asked for');
    const { columns, instruments } = packed([event]);
    expect(columns.eventCount).toBe(0);
    columns.add(event);
    expect(eventsOf(columns.take(), instruments)).toEqual([event]);
  });

  it('are refused where bytes are missing or too many', () => {
    const { bytes, instruments } = packed(fc.sample(anyMarketEvent, { numRuns: 20, seed: 2 }));
    for (const cut of [0, 8, 24, bytes.length - 1]) {
      expect(() => eventsOf(bytes.slice(0, cut), instruments)).toThrow(DamagedSpool);
    }
    expect(() => eventsOf(Buffer.concat([bytes, bytes]), instruments)).toThrow(DamagedSpool);
  });
});
