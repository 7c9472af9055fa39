import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import type { Publishable } from '#contract/publications.ts';
import { type Instrument, type InstrumentId, namesOf, UNKNOWN_TERMS } from '#domain/instrument.ts';
import { MAIN_GROUP } from '#domain/watchlist.ts';
import { Watchlist } from './watchlist.ts';

const idOf = (text: string) => text as InstrumentId;
const instrument = (id: InstrumentId): Instrument => ({
  ...{ id, ...namesOf(id), priceIncrement: 0.1, sizeIncrement: 0.1 },
  ...UNKNOWN_TERMS,
});

/** Over settings in memory, as the ledger would keep them. */
function watchlistOf(...carried: string[]) {
  const kept = new Map<string, unknown>();
  const published: Publishable[] = [];
  const watchlist = new Watchlist({
    feeds: { instruments: () => carried.map((id) => instrument(idOf(id))) },
    settings: {
      get: <T>(key: string, schema: z.ZodType<T>) => schema.safeParse(kept.get(key)).data ?? null,
      set: (key, value) => kept.set(key, JSON.parse(JSON.stringify(value))),
    },
    publish: (item) => published.push(item),
  });
  const moveFirst = (id: string, beforeId: string) =>
    watchlist.edit([
      {
        ...{ kind: 'moveInstrument', instrumentId: idOf(id), groupId: MAIN_GROUP },
        beforeId: idOf(beforeId),
      },
    ]);
  return { watchlist, kept, published, carried, moveFirst };
}

describe('Watchlist', () => {
  it('resolves a bare symbol to its first match in the user’s order', () => {
    const { watchlist, moveFirst } = watchlistOf('a:BTC/USDT', 'b:BTC/USDT');
    expect(watchlist.resolve('BTC/USDT')).toBe('a:BTC/USDT');
    moveFirst('b:BTC/USDT', 'a:BTC/USDT');
    expect(watchlist.resolve('BTC/USDT')).toBe('b:BTC/USDT');
    expect(watchlist.resolve('a:BTC/USDT')).toBe('a:BTC/USDT');
    expect(watchlist.resolve('DOGE/USDT')).toBeUndefined();
  });

  it('tells of each change once, and of none that was refused', () => {
    const { published, moveFirst } = watchlistOf('a:BTC/USDT', 'b:BTC/USDT');
    moveFirst('b:BTC/USDT', 'a:BTC/USDT');
    moveFirst('c:BTC/USDT', 'a:BTC/USDT');
    expect(published).toMatchObject([{ of: 'watchlist' }]);
  });

  it('begins anew where what was kept is damaged', () => {
    const { watchlist, kept } = watchlistOf('a:BTC/USDT');
    kept.set('watchlist', [{ id: 'other', name: 'x', isCollapsed: false, instrumentIds: [] }]);
    expect(watchlist.view().groups).toMatchObject([{ id: MAIN_GROUP }]);
  });

  it('does not keep places without end', () => {
    const { watchlist, carried, moveFirst } = watchlistOf('a:BTC/USDT', 'b:BTC/USDT');
    const many = Array.from({ length: 5_100 }, (_, at) => `c:X${at}/USDT`);
    carried.push(...many);
    moveFirst('b:BTC/USDT', 'a:BTC/USDT');
    carried.splice(2);
    moveFirst('a:BTC/USDT', 'b:BTC/USDT');
    const [group] = watchlist.view().groups;
    expect(group?.instrumentIds).toHaveLength(5_000);
    expect(group?.instrumentIds.slice(0, 2)).toEqual(['a:BTC/USDT', 'b:BTC/USDT']);
    expect(group?.instrumentIds.at(-1)).toBe('c:X5099/USDT');
  });
});
