import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import type { InstrumentId } from '#domain/instrument.ts';
import { instrumentOf, type MarketEvent } from '#domain/market-event.ts';
import { OrderBook } from '#domain/order-book.ts';
import type { Quote } from '#domain/quote.ts';
import type { EpochMs } from '#domain/units.ts';
import { tradeEvent } from '#tests/fakes/market-events.ts';
import { dueTimeOf } from '../event-merger.ts';
import type { EventLane } from '../replay-source.ts';
import { anyMarketEvent, INVENTED_IDS, INVENTED_START } from './market-event.fixture.ts';
import { SpoolFile } from './spool-file.ts';
import { SpoolWriter } from './spool-writer.ts';

const folder = mkdtempSync(join(tmpdir(), 'tapedeck-spool-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** As it is: what packing does is another room's. */
const UNPACKED = {
  pack: (bytes: Uint8Array) => ({ codec: 0, bytes }),
  unpack: ({ bytes }: { readonly bytes: Uint8Array }) => {
    unpackCount += 1;
    return bytes;
  },
};
let unpackCount = 0;
let fileCount = 0;

async function spooled(events: readonly MarketEvent[], blockEvents: number, standBlocks: number) {
  fileCount += 1;
  const path = join(folder, `${fileCount}.spool`);
  const file = await SpoolFile.create(path, UNPACKED);
  const writer = new SpoolWriter(file, { blockEvents, standBlocks });
  const half = Math.floor(events.length / 2);
  await writer.add(events.slice(0, half));
  await writer.add(events.slice(half));
  return { spool: await writer.finish(), path };
}

/** Each with when it is due, by the rule of the merger. */
function withDue(events: readonly MarketEvent[]) {
  let due = Number.NEGATIVE_INFINITY;
  return events.map((event) => {
    due = Math.max(due, dueTimeOf(event) ?? due);
    return { event, due };
  });
}

async function all(lane: EventLane): Promise<MarketEvent[]> {
  const events: MarketEvent[] = [];
  for (;;) {
    const next = await lane.next();
    if (!next.ok) throw new Error(next.error.message);
    if (next.value === null) return events;
    expect(next.value.length).toBeGreaterThan(0);
    events.push(...next.value);
  }
}

/** How a market that has seen these stands. */
function stoodBy(id: InstrumentId, events: readonly MarketEvent[]) {
  const book = new OrderBook(id);
  let quote: Quote | null = null;
  for (const event of events.filter((one) => instrumentOf(one) === id)) {
    if (event.kind === 'bookSnapshot') book.applySnapshot(event.snapshot);
    else if (event.kind === 'bookDelta') book.applyDelta(event.delta);
    else if (event.kind === 'quote') quote = event.quote;
    else if (event.kind === 'bookLost') {
      book.clear();
      quote = null;
    }
  }
  return { book: book.snapshot(), quote };
}

const place = fc.integer({ min: -10, max: 5_010 }).map((ms) => (INVENTED_START + ms) as EpochMs);
const sinceOf = (times: readonly EpochMs[]) => (id: InstrumentId) =>
  times[INVENTED_IDS.indexOf(id)] ?? (0 as EpochMs);

const cases = [
  fc.array(anyMarketEvent, { minLength: 1, maxLength: 60 }),
  fc.integer({ min: 1, max: 9 }),
  fc.integer({ min: 1, max: 3 }),
  fc.tuple(place, place),
] as const;

describe('events in a spool', () => {
  it('[T4] are begun anywhere with those that are due from then on, in their order', async () => {
    await fc.assert(
      fc.asyncProperty(...cases, async (events, blockEvents, standBlocks, times) => {
        const { spool } = await spooled(events, blockEvents, standBlocks);
        const since = sinceOf(times);
        const due = withDue(events).filter((one) => one.due >= since(instrumentOf(one.event)));
        expect(await all(spool.lane(INVENTED_IDS, since))).toEqual(due.map(({ event }) => event));
        await spool.close();
      }),
    );
  });

  it('[T4] stand, with books and quotes, as by applying all that was due before', async () => {
    await fc.assert(
      fc.asyncProperty(...cases, place, async (events, blockEvents, standBlocks, times, time) => {
        const { spool } = await spooled(events, blockEvents, standBlocks);
        const past = withDue(events).flatMap(({ event, due }) => (due < time ? [event] : []));
        const standing = spool.standing(INVENTED_IDS, sinceOf(times), time);
        if (!standing.ok) throw new Error(standing.error.message);
        for (const id of INVENTED_IDS) {
          expect(stoodBy(id, standing.value.events)).toEqual(stoodBy(id, past));
          expect(standing.value.since(id)).toBe(time);
        }
        await spool.close();
      }),
    );
  });

  it('[T4] have the trades that no candle has, whichever time that is for an instrument', async () => {
    await fc.assert(
      fc.asyncProperty(...cases, place, async (events, blockEvents, standBlocks, times, time) => {
        const { spool } = await spooled(events, blockEvents, standBlocks);
        const since = sinceOf(times);
        const expected = withDue(events).filter(
          ({ event, due }) =>
            event.kind === 'trade' &&
            due < time &&
            event.trade.eventTime >= since(event.trade.instrumentId),
        );
        const standing = spool.standing(INVENTED_IDS, since, time);
        if (!standing.ok) throw new Error(standing.error.message);
        const trades = standing.value.events.filter(({ kind }) => kind === 'trade');
        expect(trades).toEqual(expected.map(({ event }) => event));
        await spool.close();
      }),
    );
  });

  it('[T4] are not all read for an instrument that has not traded for long', async () => {
    const [busy, quiet] = INVENTED_IDS;
    const last = 500;
    const events = Array.from({ length: last }, (_, index) =>
      tradeEvent(index === 3 ? quiet : busy, INVENTED_START + index, 100),
    );
    const { spool } = await spooled(events, 10, 1);
    unpackCount = 0;
    const since = sinceOf([INVENTED_START + last - 5, INVENTED_START].map((ms) => ms as EpochMs));
    const standing = spool.standing(INVENTED_IDS, since, (INVENTED_START + last) as EpochMs);
    expect(standing.ok && standing.value.events.length).toBe(6);
    expect(unpackCount).toBeLessThan(6);
    await spool.close();
  });

  it('have the trades of a range, the first or the newest, that were due before its end', async () => {
    const limits = fc.tuple(fc.integer({ min: 1, max: 8 }), fc.boolean());
    await fc.assert(
      fc.asyncProperty(
        ...cases,
        limits,
        async (events, blockEvents, standBlocks, [fromTime, toTime], [limit, newest]) => {
          const { spool } = await spooled(events, blockEvents, standBlocks);
          const [id] = INVENTED_IDS;
          const known = withDue(events).flatMap(({ event, due }) =>
            event.kind === 'trade' && due < toTime ? [event.trade] : [],
          );
          const inRange = known.filter(
            ({ instrumentId, eventTime }) => instrumentId === id && eventTime >= fromTime,
          );
          const trades = spool.trades(id, { fromTime, toTime, limit, newest });
          const expected = newest ? inRange.slice(-limit) : inRange.slice(0, limit);
          expect(trades).toEqual({ ok: true, value: expected });
          await spool.close();
        },
      ),
    );
  });

  it('leave no file when it is closed', async () => {
    const { spool, path } = await spooled(fc.sample(anyMarketEvent, 5), 2, 1);
    expect(existsSync(path)).toBe(true);
    await spool.close();
    expect(existsSync(path)).toBe(false);
  });

  it('are a failure in words where the file no longer holds them', async () => {
    const { spool } = await spooled(fc.sample(anyMarketEvent, 5), 2, 1);
    await spool.close();
    const read = await spool.lane(INVENTED_IDS, sinceOf([])).next();
    expect(read).toMatchObject({ ok: false, error: { code: 'unavailable' } });
    expect(read.ok ? '' : read.error.message).toContain('open it anew');
  });
});
