import { describe, expect, it } from 'vitest';
import { EXTERNAL_STRATEGY } from '#domain/bot.ts';
import type { BotRecord } from '../../stores/bot-store.ts';
import {
  ALL_POSITIONS,
  AS_MADE,
  nextPositionSorting,
  OPEN_ONLY,
  type PositionFilter,
  type PositionSorting,
  shownPositions,
} from './position-order.ts';

const bot = (name: string, quantity: string, sketch: Record<string, string | null> = {}) =>
  ({
    config: { id: name, name, strategy: 'grid' },
    position: {
      ...{ instrumentId: 'demo:BTC/USDT', quantity, averagePrice: null, unrealizedPnl: '0' },
      ...{ realizedPnl: '0', fees: '0', ...sketch },
    },
    otherPositions: [],
  }) as unknown as BotRecord;

const BOTS = [
  bot('Long', '0.5', { averagePrice: '100', unrealizedPnl: '-12.5' }),
  bot('Flat', '0', { realizedPnl: '7' }),
  bot('Short', '-10', { averagePrice: '90', unrealizedPnl: '3', instrumentId: 'demo:ETH/USDT' }),
];
const PRICES: Record<string, number> = { 'demo:ETH/USDT': 80 };
const shown = (filter: PositionFilter, sorting: PositionSorting = AS_MADE) =>
  shownPositions(BOTS, { filter, sorting }, (id) => PRICES[id] ?? null).map(({ botId }) => botId);

describe('the positions', () => {
  it('are those that are open, unless flat ones are asked for as well', () => {
    expect(shown(OPEN_ONLY)).toEqual(['Long', 'Short']);
    expect(shown(ALL_POSITIONS)).toEqual(['Long', 'Flat', 'Short']);
  });

  it('[X4] are one an instrument of a bot that trades several', () => {
    const [long, , short] = BOTS;
    if (!long || !short) throw new Error('there are three');
    const both = { ...long, otherPositions: [short.position] };
    const places = shownPositions([both], { filter: OPEN_ONLY, sorting: AS_MADE }, () => null);
    expect(places).toEqual([
      { botId: 'Long', instrumentId: 'demo:BTC/USDT' },
      { botId: 'Long', instrumentId: 'demo:ETH/USDT' },
    ]);
  });

  it('are found by bot and instrument', () => {
    expect(shown({ ...ALL_POSITIONS, search: 'eth' })).toEqual(['Short']);
    expect(shown({ ...OPEN_ONLY, search: 'flat' })).toEqual([]);
  });

  it('are ordered by any figure, what has none at the end', () => {
    const by = (key: PositionSorting['key'], isDescending: boolean) =>
      shown(ALL_POSITIONS, { key, isDescending });
    expect(by('quantity', true)).toEqual(['Long', 'Flat', 'Short']);
    expect(by('unrealized', true)).toEqual(['Short', 'Flat', 'Long']);
    expect(by('entry', false)).toEqual(['Short', 'Long', 'Flat']);
    expect(by('last', true)[0]).toBe('Short');
    expect(by('side', false)).toEqual(['Short', 'Flat', 'Long']);
  });

  it('[X4] are at the end where nobody knows what they would win or lose', () => {
    const elsewhere = bot('Elsewhere', '3', { instrumentId: 'other:X/USDT' });
    Object.assign(elsewhere.config, { strategy: EXTERNAL_STRATEGY });
    const sorting = { key: 'unrealized', isDescending: false } as const;
    const places = shownPositions(
      [elsewhere, ...BOTS],
      { filter: OPEN_ONLY, sorting },
      (id) => PRICES[id] ?? null,
    );
    expect(places.map(({ botId }) => botId)).toEqual(['Long', 'Short', 'Elsewhere']);
  });

  it('come back to how their bots were made by the third click on a heading', () => {
    const once = nextPositionSorting(AS_MADE, 'unrealized');
    expect(once).toEqual({ key: 'unrealized', isDescending: true });
    const twice = nextPositionSorting(once, 'unrealized');
    expect(nextPositionSorting(twice, 'unrealized')).toEqual(AS_MADE);
  });
});
