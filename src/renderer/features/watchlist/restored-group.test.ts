import { describe, expect, it } from 'vitest';
import type { InstrumentId } from '#domain/instrument.ts';
import { editWatchlist, MAIN_GROUP, type WatchlistGroup } from '#domain/watchlist.ts';
import { editsToRestore } from './restored-group.ts';

const id = (symbol: string) => `demo:${symbol}` as InstrumentId;
const GROUPS: readonly WatchlistGroup[] = [
  { id: MAIN_GROUP, name: '', isCollapsed: false, instrumentIds: [id('A')] },
  { id: 'g1', name: 'First', isCollapsed: true, instrumentIds: [id('B'), id('C')] },
  { id: 'g2', name: 'Second', isCollapsed: false, instrumentIds: [] },
];

describe('a removed group', () => {
  it.each(['g1', 'g2'])('is as it was when it is made anew: %s', (groupId) => {
    const edits = [{ kind: 'removeGroup', groupId } as const, ...editsToRestore(GROUPS, groupId)];
    const restored = edits.reduce<readonly WatchlistGroup[] | null>(
      (groups, edit) => groups && editWatchlist(groups, edit),
      GROUPS,
    );
    expect(restored).toEqual(GROUPS);
  });

  it('that nobody knows is not made', () => {
    expect(editsToRestore(GROUPS, 'g9')).toEqual([]);
  });
});
