import type { WatchlistEdit, WatchlistGroup } from '#domain/watchlist.ts';

/** What makes a removed group anew, as it stood in these groups: its name, place and instruments. */
export function editsToRestore(
  groups: readonly WatchlistGroup[],
  groupId: string,
): readonly WatchlistEdit[] {
  const index = groups.findIndex(({ id }) => id === groupId);
  const group = groups[index];
  if (group === undefined) return [];
  const { name, isCollapsed, instrumentIds } = group;
  return [
    { kind: 'addGroup', groupId, name },
    { kind: 'moveGroup', groupId, beforeId: groups[index + 1]?.id ?? null },
    ...instrumentIds.map(
      (instrumentId): WatchlistEdit => ({
        ...{ kind: 'moveInstrument', instrumentId, groupId, beforeId: null },
      }),
    ),
    ...(isCollapsed ? [{ kind: 'collapseGroup' as const, groupId, isCollapsed }] : []),
  ];
}
