import { describe, expect, it } from 'vitest';
import { groupOf, instrumentOf } from './watchlist.fixture.ts';
import { type WatchlistRow, watchlistRows } from './watchlist-rows.ts';

const ids = ['a:BTC/USD', 'a:ETH/USD', 'b:BTC/EUR'];
const instruments = ids.map(instrumentOf);
const deckInstruments = [instrumentOf('d1_a:BTC/USD')];
const keys = (rows: readonly WatchlistRow[]) =>
  rows.map((row) => ('count' in row ? `${row.key} (${row.count})` : row.key));

describe('watchlistRows', () => {
  it('has no heading while there is one group', () => {
    const content = { groups: [groupOf('main', ids)], instruments, deckInstruments: [] };
    expect(keys(watchlistRows(content, ''))).toEqual(ids);
  });

  it('has a heading for each group, and hides what is collapsed or not carried', () => {
    const groups = [
      groupOf('main', ['a:BTC/USD', 'a:GONE/USD'], { isCollapsed: true }),
      groupOf('g', ['b:BTC/EUR', 'a:ETH/USD']),
    ];
    expect(keys(watchlistRows({ groups, instruments, deckInstruments }, ''))).toEqual([
      'group main (1)',
      'group g (2)',
      'b:BTC/EUR',
      'a:ETH/USD',
      'decks (1)',
      'd1_a:BTC/USD',
    ]);
  });

  it('keeps the heading of the only group where it is collapsed, so that it can be opened', () => {
    const groups = [groupOf('main', ids, { isCollapsed: true })];
    expect(keys(watchlistRows({ groups, instruments, deckInstruments: [] }, ''))).toEqual([
      'group main (3)',
    ]);
  });

  it('shows what a search finds, also in collapsed groups and decks', () => {
    const groups = [groupOf('main', ids, { isCollapsed: true })];
    const rows = watchlistRows({ groups, instruments, deckInstruments }, 'btc');
    expect(keys(rows)).toEqual(['a:BTC/USD', 'b:BTC/EUR', 'd1_a:BTC/USD']);
  });
});
