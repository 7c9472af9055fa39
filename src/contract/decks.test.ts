import { describe, expect, it } from 'vitest';
import type { InstrumentId } from '#domain/instrument.ts';
import { isInstrumentId } from '#domain/instrument.ts';
import {
  deckBotId,
  deckInstrumentId,
  deckOfBot,
  deckOfInstrument,
  isDeckId,
  sourceInstrumentId,
} from './decks.ts';

describe('the names of a deck', () => {
  it.each(['binance:BTC/USDT', 'binance:BTC/USDT:USDT', 'deriv:R_100', 'd2_x:A/B'])(
    '[T4] lead from %s to the deck’s and back',
    (text) => {
      const source = text as InstrumentId;
      const shown = deckInstrumentId('d12', source);
      expect(isInstrumentId(shown)).toBe(true);
      expect([deckOfInstrument(shown), sourceInstrumentId(shown)]).toEqual(['d12', source]);
    },
  );

  it.each(['binance:BTC/USDT', 'd1:BTC/USDT', 'd0_x:A/B', 'demo_d1_x:A/B', 'd1_:A/B'])(
    '%s is no deck’s',
    (id) => {
      expect([deckOfInstrument(id), sourceInstrumentId(id)]).toEqual([undefined, undefined]);
    },
  );

  it('[T4] tell a deck’s bot from all others', () => {
    expect(deckOfBot(deckBotId('d3', 7))).toBe('d3');
    for (const id of ['d3', 'd3_bot', 'd3_bot0', 'bot7', 'd3_bot7x']) {
      expect(deckOfBot(id)).toBeUndefined();
    }
  });

  it('are d1, d2, …', () => {
    expect(['d1', 'd42'].every(isDeckId)).toBe(true);
    expect(['d', 'd0', 'D1', 'd1x', '1', ''].some(isDeckId)).toBe(false);
  });
});
