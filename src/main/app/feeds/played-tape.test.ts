import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { InstrumentId } from '#domain/instrument.ts';
import type { EpochMs } from '#domain/units.ts';
import type { DueTapedEvent, TapedStretch } from '#main/feeds/replay/tape-feed.ts';
import { openTapeDatabase, type TapeDatabase } from '#main/storage/tape-database.ts';
import { BTC, record, START, tradeOf, unwrap } from '#tests/support/invented-tape.ts';
import { playedTape } from './played-tape.ts';

const TRADES = 1_234;
const trades = Array.from({ length: TRADES }, (_, index) =>
  tradeOf({ atMs: index * 100, cents: 6_000_000 + index, units: 5, isSell: false }, index),
);
const at = (ms: number) => (START + ms) as EpochMs;

async function readAll(stretch: TapedStretch): Promise<DueTapedEvent[]> {
  const all: DueTapedEvent[] = [];
  for (;;) {
    const events = unwrap(await stretch.next());
    if (events === null) return all;
    all.push(...events);
  }
}
const idsOf = (events: readonly DueTapedEvent[]) =>
  events.map(({ event }) => (event.kind === 'trade' ? event.trade.id : event.kind));

describe('the tape as a feed plays it', () => {
  let tape: TapeDatabase;
  beforeEach(() => {
    tape = unwrap(openTapeDatabase(':memory:'));
  });
  afterEach(() => tape.close());

  it('[T4] is all of it, in the order of time, with its gaps', async () => {
    record(tape, [trades]);
    const gap = { instrumentId: BTC, fromTime: at(50_050), toTime: at(50_090), reason: 'away' };
    unwrap(tape.write({ blocks: [], gaps: [gap] }));
    const stretch = unwrap(playedTape(tape).open([], {}));
    expect(stretch.instruments.map(({ id }) => id)).toEqual([BTC]);
    const ids = trades.map(({ id }) => id);
    expect(idsOf(await readAll(stretch))).toEqual([...ids.slice(0, 501), 'gap', ...ids.slice(501)]);
  });

  it('[T4] begins and ends where it is asked to', async () => {
    record(tape, [trades]);
    const range = { fromTime: at(10_000), toTime: at(20_000) };
    const events = await readAll(unwrap(playedTape(tape).open([BTC], range)));
    expect(idsOf(events)).toEqual(trades.slice(100, 200).map(({ id }) => id));
    expect(events[0]?.time).toBe(at(10_000));
  });

  it('says so where there is nothing to play', () => {
    expect(playedTape(tape).open([], {})).toMatchObject({
      ok: false,
      error: { code: 'not_found', message: 'There are no trades on the tape yet.' },
    });
    record(tape, [trades]);
    expect(playedTape(tape).open(['kraken:A/B' as InstrumentId], {})).toMatchObject({
      ok: false,
      error: { message: 'The tape holds no trade of kraken:A/B.' },
    });
  });
});
