import { describe, expect, it } from 'vitest';
import type { BotState } from '#domain/bot.ts';
import type { FeedState } from '#domain/feed.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { BotRecord } from '../../stores/bot-store.ts';
import type { InstrumentFeed } from '../../stores/market-store.ts';
import {
  AS_MADE,
  type BotFilter,
  type BotOrder,
  type BotSorting,
  type BotSurroundings,
  isFiltered,
  NO_FILTER,
  nextBotSorting,
  shownBotIds,
} from './bot-order.ts';

interface Sketch {
  readonly strategy?: string;
  readonly symbol?: string;
  readonly state?: BotState;
  readonly equity?: string;
  readonly drawdown?: string;
  readonly lastFillTime?: number | null;
}

const bot = (name: string, sketch: Sketch = {}): BotRecord => {
  const { strategy = 'grid', symbol = 'BTC/USDT', state = 'running', ...status } = sketch;
  return {
    config: { id: name, name, strategy, instrumentId: `demo:${symbol}` },
    status: { state, equity: '0', drawdown: '0', lastFillTime: null, ...status },
  } as unknown as BotRecord;
};

const feed = (kind: FeedState['kind']) => ({ state: { kind } }) as InstrumentFeed;
const AROUND: BotSurroundings = {
  feeds: {
    ['demo:BTC/USDT' as InstrumentId]: feed('live'),
    ['demo:ETH/USDT' as InstrumentId]: feed('stale'),
  },
  strategyName: (strategy) => (strategy === 'ma-cross' ? 'Moving-average cross' : strategy),
};

const BOTS = [
  bot('Grid 10', { equity: '900.5', drawdown: '10', lastFillTime: 5 }),
  bot('Grid 2', { equity: '10000', symbol: 'ETH/USDT', state: 'stopped' }),
  bot('Cross', { equity: '-3', strategy: 'ma-cross', symbol: 'SOL/USDT', lastFillTime: 9 }),
  bot('Far away', { equity: '90', strategy: 'external', state: 'error', drawdown: '2.5' }),
];
const shown = (filter: Partial<BotFilter>, sorting: BotSorting = AS_MADE) =>
  shownBotIds(BOTS, { filter: { ...NO_FILTER, ...filter }, sorting }, AROUND);
const ordered = (key: BotOrder, isDescending: boolean) => shown({}, { key, isDescending });

describe('the order of the bots', () => {
  it('is how they were made, unless a column is asked for', () => {
    expect(shown({})).toEqual(['Grid 10', 'Grid 2', 'Cross', 'Far away']);
  });

  it('takes money as what it is worth, not as the letters that it is written with', () => {
    expect(ordered('equity', true)).toEqual(['Grid 2', 'Grid 10', 'Far away', 'Cross']);
    expect(ordered('drawdown', true)).toEqual(['Grid 10', 'Far away', 'Grid 2', 'Cross']);
  });

  it('puts bots that never had a fill behind those that had, either way', () => {
    expect(ordered('lastFill', true)).toEqual(['Cross', 'Grid 10', 'Grid 2', 'Far away']);
    expect(ordered('lastFill', false)).toEqual(['Grid 10', 'Cross', 'Grid 2', 'Far away']);
  });

  it('begins with what has to be looked at, by state and by feed', () => {
    expect(ordered('state', true)).toEqual(['Far away', 'Grid 10', 'Cross', 'Grid 2']);
    // SOL/USDT is carried by nobody.
    expect(ordered('feed', true)).toEqual(['Cross', 'Grid 2', 'Grid 10', 'Far away']);
  });

  it('takes names as one counts', () => {
    expect(ordered('name', false)).toEqual(['Cross', 'Far away', 'Grid 2', 'Grid 10']);
    expect(ordered('strategy', false)).toEqual(['Far away', 'Grid 10', 'Grid 2', 'Cross']);
  });

  it('goes by a heading to its own direction, the other one, and back to how they were made', () => {
    const equity = nextBotSorting(AS_MADE, 'equity');
    const name = nextBotSorting(equity, 'name');
    expect([equity.isDescending, name.isDescending]).toEqual([true, false]);
    const turned = nextBotSorting(name, 'name');
    expect(turned).toEqual({ key: 'name', isDescending: true });
    expect(nextBotSorting(turned, 'name')).toEqual(AS_MADE);
  });
});

describe('the filter of the bots', () => {
  it('finds words in name, instrument and strategy, in any order', () => {
    expect(shown({ search: 'eth' })).toEqual(['Grid 2']);
    expect(shown({ search: 'AVERAGE moving' })).toEqual(['Cross']);
    expect(shown({ search: ' usdt  grid' })).toEqual(['Grid 10', 'Grid 2']);
    expect(shown({ search: 'nothing such' })).toEqual([]);
  });

  it('tells states and places apart, and all that is asked for has to fit', () => {
    expect(shown({ state: 'running' })).toEqual(['Grid 10', 'Cross']);
    expect(shown({ place: 'elsewhere' })).toEqual(['Far away']);
    expect(shown({ place: 'here', state: 'error' })).toEqual([]);
    expect(shown({ place: 'here', search: 'grid' }, { key: 'equity', isDescending: true })).toEqual(
      ['Grid 2', 'Grid 10'],
    );
  });

  it('knows when it leaves nothing out', () => {
    expect(isFiltered(NO_FILTER)).toBe(false);
    expect(isFiltered({ ...NO_FILTER, search: '  ' })).toBe(false);
    expect(isFiltered({ ...NO_FILTER, place: 'here' })).toBe(true);
  });
});
