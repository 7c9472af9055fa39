import { describe, expect, it } from 'vitest';
import { editWatchlist } from '#domain/watchlist.ts';
import { moveOf, stepOf } from './row-moves.ts';
import { groupOf, instrumentOf } from './watchlist.fixture.ts';
import { watchlistRows } from './watchlist-rows.ts';

const ids = ['x:A', 'x:B', 'x:C', 'x:D'];
const instruments = ids.map(instrumentOf);
const GROUPS = [groupOf('main', ['x:A', 'x:B']), groupOf('g', ['x:C']), groupOf('h', ['x:D'])];
// 0 main, 1 A, 2 B, 3 g, 4 C, 5 h, 6 D, 7 decks, 8 of a deck
const rows = watchlistRows(
  { groups: GROUPS, instruments, deckInstruments: [instrumentOf('d1_x:A')] },
  '',
);

const groupsAfter = (edit: ReturnType<typeof moveOf>) => {
  const groups = edit === null ? null : editWatchlist(GROUPS, edit);
  return groups?.map((group) => `${group.id}: ${group.instrumentIds.join(' ')}`) ?? null;
};

describe('a row that is dropped', () => {
  it('goes before the row below it', () => {
    expect(groupsAfter(moveOf(rows, 2, 1))).toEqual(['main: x:B x:A', 'g: x:C', 'h: x:D']);
    expect(groupsAfter(moveOf(rows, 1, 4))).toEqual(['main: x:B', 'g: x:A x:C', 'h: x:D']);
  });

  it('goes to the end of a group before the next heading, and at the end of the list', () => {
    expect(groupsAfter(moveOf(rows, 6, 3))).toEqual(['main: x:A x:B x:D', 'g: x:C', 'h: ']);
    expect(groupsAfter(moveOf(rows, 1, 7))).toEqual(['main: x:B', 'g: x:C', 'h: x:D x:A']);
    expect(groupsAfter(moveOf(rows, 1, 9))).toEqual(['main: x:B', 'g: x:C', 'h: x:D x:A']);
  });

  it('goes below the first heading, never above it', () => {
    expect(groupsAfter(moveOf(rows, 4, 0))).toEqual(['main: x:C x:A x:B', 'g: ', 'h: x:D']);
  });

  it('does not move where it is, and a deck’s not at all', () => {
    expect(moveOf(rows, 1, 1)).toBeNull();
    expect(moveOf(rows, 1, 2)).toBeNull();
    expect(moveOf(rows, 8, 1)).toBeNull();
    expect(moveOf(rows, 7, 1)).toBeNull();
  });

  it('goes to the end of a list that has no headings', () => {
    const plain = watchlistRows(
      { groups: [groupOf('main', ids)], instruments, deckInstruments: [] },
      '',
    );
    expect(moveOf(plain, 0, 4)).toMatchObject({ groupId: 'main', beforeId: null });
    expect(moveOf(plain, 3, 0)).toMatchObject({ groupId: 'main', beforeId: 'x:A' });
  });
});

describe('a group that is dropped', () => {
  it('goes before the next heading, with all that is in it', () => {
    expect(groupsAfter(moveOf(rows, 5, 1))?.map((text) => text[0])).toEqual(['m', 'h', 'g']);
    expect(groupsAfter(moveOf(rows, 5, 0))?.map((text) => text[0])).toEqual(['h', 'm', 'g']);
    expect(groupsAfter(moveOf(rows, 0, 9))?.map((text) => text[0])).toEqual(['g', 'h', 'm']);
    expect(moveOf(rows, 3, 5)).toBeNull();
  });
});

describe('a step by keyboard', () => {
  it('goes over one row, and over a heading into the next group', () => {
    expect(groupsAfter(stepOf(rows, 1, 1))).toEqual(['main: x:B x:A', 'g: x:C', 'h: x:D']);
    expect(groupsAfter(stepOf(rows, 2, 1))).toEqual(['main: x:A', 'g: x:B x:C', 'h: x:D']);
    expect(groupsAfter(stepOf(rows, 4, -1))).toEqual(['main: x:A x:B x:C', 'g: ', 'h: x:D']);
    expect(groupsAfter(stepOf(rows, 2, -1))).toEqual(['main: x:B x:A', 'g: x:C', 'h: x:D']);
  });

  it('ends at the ends', () => {
    expect(stepOf(rows, 1, -1)).toBeNull();
    expect(stepOf(rows, 6, 1)).toBeNull();
    expect(stepOf(rows, 0, -1)).toBeNull();
    expect(stepOf(rows, 5, 1)).toBeNull();
  });

  it('moves groups past each other', () => {
    expect(groupsAfter(stepOf(rows, 0, 1))?.map((text) => text[0])).toEqual(['g', 'm', 'h']);
    expect(groupsAfter(stepOf(rows, 3, 1))?.map((text) => text[0])).toEqual(['m', 'h', 'g']);
    expect(groupsAfter(stepOf(rows, 5, -1))?.map((text) => text[0])).toEqual(['m', 'h', 'g']);
  });
});
