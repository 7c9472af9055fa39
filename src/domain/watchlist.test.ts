import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { InstrumentId } from './instrument.ts';
import {
  EMPTY_WATCHLIST,
  editWatchlist,
  inWatchlistOrder,
  MAIN_GROUP,
  type WatchlistEdit,
  type WatchlistGroup,
  withPlaces,
} from './watchlist.ts';

const id = (text: string) => `x:${text}` as InstrumentId;
const IDS = ['A', 'B', 'C', 'D'].map(id);
const [A, B, C, D] = IDS as [InstrumentId, InstrumentId, InstrumentId, InstrumentId];

const written = (groups: readonly WatchlistGroup[] | null) =>
  groups?.map((group) => `${group.id}: ${group.instrumentIds.join(' ')}`) ?? null;

/** All edits in order; each must be possible. */
const editedBy = (...edits: WatchlistEdit[]) =>
  edits.reduce<readonly WatchlistGroup[]>(
    (groups, edit) => {
      const edited = editWatchlist(groups, edit);
      if (edited === null) throw new Error(`not possible: ${JSON.stringify(edit)}`);
      return edited;
    },
    withPlaces(EMPTY_WATCHLIST, IDS),
  );
const addGroup = { kind: 'addGroup', groupId: 'g', name: 'Majors' } as const;
const move = (instrumentId: InstrumentId, groupId: string, beforeId: InstrumentId | null) =>
  ({ kind: 'moveInstrument', instrumentId, groupId, beforeId }) as const;

describe('editWatchlist', () => {
  it('moves an instrument before another one, and to the end', () => {
    expect(written(editedBy(move(D, MAIN_GROUP, B)))).toEqual(['main: x:A x:D x:B x:C']);
    expect(written(editedBy(move(A, MAIN_GROUP, null)))).toEqual(['main: x:B x:C x:D x:A']);
    expect(written(editedBy(move(A, MAIN_GROUP, A)))).toEqual(['main: x:A x:B x:C x:D']);
  });

  it('moves an instrument to another group', () => {
    expect(written(editedBy(addGroup, move(C, 'g', null), move(A, 'g', C)))).toEqual([
      'main: x:B x:D',
      'g: x:A x:C',
    ]);
  });

  it('takes the instruments of a removed group to the main one', () => {
    const edits = [addGroup, move(B, 'g', null), { kind: 'removeGroup', groupId: 'g' } as const];
    expect(written(editedBy(...edits))).toEqual(['main: x:A x:C x:D x:B']);
  });

  it('moves, renames and collapses groups', () => {
    const groups = editedBy(
      addGroup,
      { kind: 'moveGroup', groupId: 'g', beforeId: MAIN_GROUP },
      { kind: 'renameGroup', groupId: 'g', name: 'Large' },
      { kind: 'collapseGroup', groupId: 'g', isCollapsed: true },
    );
    expect(groups[0]).toMatchObject({ id: 'g', name: 'Large', isCollapsed: true });
  });

  it.each<WatchlistEdit>([
    { kind: 'removeGroup', groupId: MAIN_GROUP },
    { kind: 'removeGroup', groupId: 'none' },
    { kind: 'addGroup', groupId: MAIN_GROUP, name: 'Again' },
    { kind: 'renameGroup', groupId: 'none', name: 'X' },
    { kind: 'moveGroup', groupId: 'none', beforeId: null },
    { kind: 'moveGroup', groupId: MAIN_GROUP, beforeId: 'none' },
    move(A, 'none', null),
  ])('refuses what is not there: %j', (edit) => {
    expect(editWatchlist(withPlaces(EMPTY_WATCHLIST, IDS), edit)).toBeNull();
  });

  it('neither loses nor doubles an instrument, whatever is done', () => {
    const groupId = fc.constantFrom(MAIN_GROUP, 'g', 'h');
    const instrumentId = fc.constantFrom(...IDS);
    const edit: fc.Arbitrary<WatchlistEdit> = fc.oneof(
      fc.record({ kind: fc.constant('addGroup' as const), groupId, name: fc.string() }),
      fc.record({ kind: fc.constant('removeGroup' as const), groupId }),
      fc.record({
        kind: fc.constant('moveGroup' as const),
        groupId,
        beforeId: fc.option(groupId),
      }),
      fc.record({
        kind: fc.constant('moveInstrument' as const),
        instrumentId,
        groupId,
        beforeId: fc.option(instrumentId),
      }),
    );
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 30 }), (edits) => {
        const groups = edits.reduce<readonly WatchlistGroup[]>(
          (known, one) => editWatchlist(known, one) ?? known,
          withPlaces(EMPTY_WATCHLIST, IDS),
        );
        const placed = groups.flatMap((group) => group.instrumentIds);
        expect([...placed].sort()).toEqual([...IDS].sort());
        expect(groups.filter((group) => group.id === MAIN_GROUP)).toHaveLength(1);
        expect(new Set(groups.map((group) => group.id)).size).toBe(groups.length);
      }),
    );
  });
});

describe('the order of a watchlist', () => {
  it('is that of its groups; what has no place comes last, as it came', () => {
    const groups = editedBy(addGroup, move(C, 'g', null));
    const items = [id('Z'), D, C, B, id('Y')].map((one) => ({ id: one }));
    expect(inWatchlistOrder(groups, items).map((item) => item.id)).toEqual([
      B,
      D,
      C,
      id('Z'),
      id('Y'),
    ]);
  });

  it('keeps the place of what comes back', () => {
    const groups = editedBy(move(D, MAIN_GROUP, A));
    expect(written(withPlaces(groups, [A, D, id('E')]))).toEqual(['main: x:D x:A x:B x:C x:E']);
    expect(written(editWatchlist(groups, { kind: 'forgetInstrument', instrumentId: D }))).toEqual([
      'main: x:A x:B x:C',
    ]);
  });
});
