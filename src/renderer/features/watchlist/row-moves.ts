import type { WatchlistEdit } from '#domain/watchlist.ts';
import { groupAt, type WatchlistRow } from './watchlist-rows.ts';

/**
 * What it means to put the row `from` between the rows `to - 1` and `to`. Null where it means nothing:
 * a deck's instruments stay where they are, and a row that is put where it is does not move.
 */
export function moveOf(
  rows: readonly WatchlistRow[],
  from: number,
  to: number,
): WatchlistEdit | null {
  const moved = rows[from];
  if (moved?.kind === 'group') return groupMove(rows, from, to);
  if (moved?.kind !== 'instrument' || moved.groupId === null || to === from || to === from + 1) {
    return null;
  }
  // Above the first heading there is no group: what is put there comes below it.
  const place = rows[0]?.kind === 'group' ? Math.max(1, to) : to;
  const groupId = groupAt(rows, place - 1);
  const next = rows[place];
  const beforeId =
    next?.kind === 'instrument' && next.groupId === groupId ? next.instrument.id : null;
  return { kind: 'moveInstrument', instrumentId: moved.instrument.id, groupId, beforeId };
}

function groupMove(rows: readonly WatchlistRow[], from: number, to: number): WatchlistEdit | null {
  const moved = rows[from];
  if (moved?.kind !== 'group') return null;
  const groupIdAfter = (index: number): string | null => {
    const found = rows.slice(index).find((row) => row.kind === 'group');
    return found?.kind === 'group' ? found.group.id : null;
  };
  const beforeId = groupIdAfter(to);
  if (beforeId === moved.group.id || beforeId === groupIdAfter(from + 1)) return null;
  return { kind: 'moveGroup', groupId: moved.group.id, beforeId };
}

/** The same by keyboard: a step up or down, over a heading into the next group. */
export function stepOf(
  rows: readonly WatchlistRow[],
  from: number,
  step: 1 | -1,
): WatchlistEdit | null {
  const moved = rows[from];
  if (moved?.kind === 'group') return groupStep(rows, from, step);
  if (moved?.kind !== 'instrument') return null;
  const next = rows[from + step];
  if (next === undefined || next.kind === 'decks') return null;
  if (next.kind === 'instrument') return moveOf(rows, from, step === 1 ? from + 2 : from - 1);
  // Down over a heading: to the top of its group. Up over one's own: to the end of the group above.
  if (step === 1) return moveOf(rows, from, from + 2);
  return from < 2 ? null : moveOf(rows, from, from - 1);
}

function groupStep(
  rows: readonly WatchlistRow[],
  from: number,
  step: 1 | -1,
): WatchlistEdit | null {
  const headings = rows.flatMap((row, index) => (row.kind === 'group' ? [index] : []));
  const place = headings.indexOf(from);
  if (step === -1) {
    const above = headings[place - 1];
    return above === undefined ? null : groupMove(rows, from, above);
  }
  const below = headings[place + 1];
  if (below === undefined) return null;
  return groupMove(rows, from, headings[place + 2] ?? rows.length);
}
