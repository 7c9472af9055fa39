import type { Instrument } from '#domain/instrument.ts';
import { searchInstruments } from '#domain/instrument-search.ts';
import { MAIN_GROUP, type WatchlistGroup } from '#domain/watchlist.ts';

/** One line of the list, as it is drawn from top to bottom. */
export type WatchlistRow =
  | {
      readonly kind: 'group';
      readonly key: string;
      readonly group: WatchlistGroup;
      readonly count: number;
    }
  /** Of the open replay decks: they are in no group of the user's. */
  | { readonly kind: 'decks'; readonly key: string; readonly count: number }
  | {
      readonly kind: 'instrument';
      readonly key: string;
      readonly instrument: Instrument;
      /** Null of a deck's. */
      readonly groupId: string | null;
    };

export interface WatchlistContent {
  readonly groups: readonly WatchlistGroup[];
  /** In the watchlist's order. */
  readonly instruments: readonly Instrument[];
  readonly deckInstruments: readonly Instrument[];
}

/**
 * The lines of the list. A list of one group needs no heading. A search shows what matches, the best
 * first, without groups and whatever is collapsed.
 */
export function watchlistRows(content: WatchlistContent, search: string): WatchlistRow[] {
  const { groups, instruments, deckInstruments } = content;
  if (search.trim() !== '') {
    return searchInstruments([...instruments, ...deckInstruments], search).map((instrument) =>
      instrumentRow(instrument, groupOf(groups, instrument)),
    );
  }
  const byId = new Map(instruments.map((instrument) => [instrument.id, instrument]));
  const rows = groups.flatMap((group) => {
    const own = group.instrumentIds.flatMap((id) => byId.get(id) ?? []);
    const shown = group.isCollapsed ? [] : own.map((one) => instrumentRow(one, group.id));
    const heading: WatchlistRow = {
      kind: 'group',
      key: keyOfGroup(group.id),
      group,
      count: own.length,
    };
    return hasHeadings(groups) ? [heading, ...shown] : shown;
  });
  if (deckInstruments.length === 0) return rows;
  return [
    ...rows,
    { kind: 'decks', key: 'decks', count: deckInstruments.length },
    ...deckInstruments.map((instrument) => instrumentRow(instrument, null)),
  ];
}

export const keyOfGroup = (groupId: string): string => `group ${groupId}`;

export const hasHeadings = (groups: readonly WatchlistGroup[]): boolean =>
  groups.length > 1 || groups.some(({ name, isCollapsed }) => name !== '' || isCollapsed);

const instrumentRow = (instrument: Instrument, groupId: string | null): WatchlistRow => ({
  ...{ kind: 'instrument', key: instrument.id, instrument, groupId },
});

const groupOf = (groups: readonly WatchlistGroup[], { id }: Instrument): string | null =>
  groups.find((group) => group.instrumentIds.includes(id))?.id ?? null;

/** The group that the row at `index` belongs to; that of the first row where there is none yet. */
export function groupAt(rows: readonly WatchlistRow[], index: number): string {
  for (let at = Math.min(index, rows.length - 1); at >= 0; at--) {
    const row = rows[at];
    if (row?.kind === 'group') return row.group.id;
    if (row?.kind === 'instrument' && row.groupId !== null) return row.groupId;
  }
  return MAIN_GROUP;
}
