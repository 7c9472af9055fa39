import { describe, expect, it } from 'vitest';
import type { DeckView } from '#contract/replay-requests.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { EpochMs } from '#domain/units.ts';
import { deckLine } from './deck-line.ts';

const HOUR_MS = 3_600_000;
const SOURCE_ID = 'binance:BTC/USDT' as InstrumentId;

const DECK = {
  ...{ id: 'd2', state: 'paused', error: null, opening: null, source: { kind: 'tape' } },
  ...{ fromTime: 0, toTime: 4 * HOUR_MS, time: HOUR_MS, speed: 60, seek: null },
  ...{ instruments: [{ sourceId: SOURCE_ID }], botIds: [], alertRuleCount: 0, gaps: [] },
} as unknown as DeckView;
const told = (changes: Partial<DeckView>) => deckLine({ ...DECK, ...changes });

describe('a deck in one line', () => {
  it('says what it plays and where it is', () => {
    expect(deckLine(DECK)).toBe(
      'd2  paused   binance:BTC/USDT  1970-01-01T01:00:00.000Z (25 %)  ' +
        'of 1970-01-01T00:00:00.000Z to 1970-01-01T04:00:00.000Z  at 60×',
    );
  });

  it('counts what is in it', () => {
    const changes = { speed: 'max', botIds: ['d2_bot1', 'd2_bot2'], alertRuleCount: 1 } as const;
    expect(told({ ...changes, botIds: [...changes.botIds] })).toMatch(
      /at max {2}2 bots {2}1 alert rule$/,
    );
  });

  it('says how far it is while it is opened or sought, and what is wrong with it', () => {
    const noStretch = { fromTime: 0 as EpochMs, toTime: 0 as EpochMs, time: 0 as EpochMs };
    const source = { kind: 'file', name: 'day.gz' } as const;
    const opening = told({ state: 'opening', opening: { progress: 0.349 }, source, ...noStretch });
    expect(opening).toMatch(/^d2 {2}opening 34 % {2}day\.gz \(binance:BTC\/USDT\).*Z \(0 %\)/);
    const seek = { time: null, progress: 0.5, isShown: true };
    expect(told({ state: 'seeking', seek })).toContain('seeking 50 %');
    expect(told({ state: 'failed', error: 'It is cut off.' })).toMatch(/It is cut off\.$/);
  });
});
