import type { InstrumentId } from './instrument.ts';

/** A named part of the watchlist, in the user's order. */
export interface WatchlistGroup {
  readonly id: string;
  /** Empty only of the group that is always there. */
  readonly name: string;
  readonly isCollapsed: boolean;
  /** What no feed carries at the moment keeps its place here. */
  readonly instrumentIds: readonly InstrumentId[];
}

/** It cannot be removed: what nobody put anywhere is in it. */
export const MAIN_GROUP = 'main';

export const EMPTY_WATCHLIST: readonly WatchlistGroup[] = [
  { id: MAIN_GROUP, name: '', isCollapsed: false, instrumentIds: [] },
];

/**
 * One change of the order or the groups. It names what it is about instead of telling the whole
 * list, so that what two windows do at the same time is both done.
 */
export type WatchlistEdit =
  | { readonly kind: 'addGroup'; readonly groupId: string; readonly name: string }
  | { readonly kind: 'renameGroup'; readonly groupId: string; readonly name: string }
  /** Its instruments go to the end of the main group. */
  | { readonly kind: 'removeGroup'; readonly groupId: string }
  | { readonly kind: 'collapseGroup'; readonly groupId: string; readonly isCollapsed: boolean }
  /** Null: to the end. */
  | { readonly kind: 'moveGroup'; readonly groupId: string; readonly beforeId: string | null }
  | {
      readonly kind: 'moveInstrument';
      readonly instrumentId: InstrumentId;
      readonly groupId: string;
      /** Null, or one that is not in the group: to its end. */
      readonly beforeId: InstrumentId | null;
    }
  /** What no feed carries any more loses its place. */
  | { readonly kind: 'forgetInstrument'; readonly instrumentId: InstrumentId };

type Groups = readonly WatchlistGroup[];

/** The groups after a change; null where it names what is not there, or what cannot be. */
export function editWatchlist(groups: Groups, edit: WatchlistEdit): Groups | null {
  switch (edit.kind) {
    case 'addGroup': {
      const { groupId: id, name } = edit;
      if (has(groups, id)) return null;
      return [...groups, { id, name, isCollapsed: false, instrumentIds: [] }];
    }
    case 'renameGroup':
      return changed(groups, edit.groupId, { name: edit.name });
    case 'collapseGroup':
      return changed(groups, edit.groupId, { isCollapsed: edit.isCollapsed });
    case 'removeGroup':
      return withoutGroup(groups, edit.groupId);
    case 'moveGroup':
      return withGroupMoved(groups, edit.groupId, edit.beforeId);
    case 'moveInstrument':
      return has(groups, edit.groupId) ? withInstrumentMoved(groups, edit) : null;
    case 'forgetInstrument':
      return groups.map((group) => without(group, edit.instrumentId));
  }
}

/** All of `ids` have a place: those that have none come to the end of the main group. */
export function withPlaces(groups: Groups, ids: readonly InstrumentId[]): Groups {
  const placed = new Set(groups.flatMap((group) => group.instrumentIds));
  const others = ids.filter((id) => !placed.has(id));
  if (others.length === 0) return groups;
  return groups.map((group) =>
    group.id === MAIN_GROUP
      ? { ...group, instrumentIds: [...group.instrumentIds, ...others] }
      : group,
  );
}

/** The items in the watchlist's order; those without a place last, in the order they came in. */
export function inWatchlistOrder<T extends { readonly id: InstrumentId }>(
  groups: Groups,
  items: readonly T[],
): T[] {
  const places = new Map(groups.flatMap((group) => group.instrumentIds).map((id, i) => [id, i]));
  const placeOf = ({ id }: T) => places.get(id) ?? places.size;
  return [...items].sort((a, b) => placeOf(a) - placeOf(b));
}

const has = (groups: Groups, id: string): boolean => groups.some((group) => group.id === id);

function changed(groups: Groups, id: string, change: Partial<WatchlistGroup>): Groups | null {
  if (!has(groups, id)) return null;
  return groups.map((group) => (group.id === id ? { ...group, ...change } : group));
}

function without(group: WatchlistGroup, id: InstrumentId): WatchlistGroup {
  if (!group.instrumentIds.includes(id)) return group;
  return { ...group, instrumentIds: group.instrumentIds.filter((other) => other !== id) };
}

function withoutGroup(groups: Groups, id: string): Groups | null {
  const removed = groups.find((group) => group.id === id);
  if (removed === undefined || id === MAIN_GROUP) return null;
  const others = groups.filter((group) => group !== removed);
  return withPlaces(others, removed.instrumentIds);
}

function withGroupMoved(groups: Groups, id: string, beforeId: string | null): Groups | null {
  const moved = groups.find((group) => group.id === id);
  if (moved === undefined) return null;
  if (beforeId === id) return groups;
  const others = groups.filter((group) => group !== moved);
  const index =
    beforeId === null ? others.length : others.findIndex(({ id: at }) => at === beforeId);
  return index < 0 ? null : others.toSpliced(index, 0, moved);
}

function withInstrumentMoved(
  groups: Groups,
  { instrumentId, groupId, beforeId }: Extract<WatchlistEdit, { kind: 'moveInstrument' }>,
): Groups {
  if (beforeId === instrumentId) return groups;
  return groups.map((group) => {
    const rest = without(group, instrumentId);
    if (group.id !== groupId) return rest;
    const found = beforeId === null ? -1 : rest.instrumentIds.indexOf(beforeId);
    const index = found < 0 ? rest.instrumentIds.length : found;
    return { ...rest, instrumentIds: rest.instrumentIds.toSpliced(index, 0, instrumentId) };
  });
}
