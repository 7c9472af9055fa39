import { z } from 'zod';
import { fail, type Result, succeed } from '#contract/errors.ts';
import type { Publishable } from '#contract/publications.ts';
import type { RequestResult } from '#contract/requests.ts';
import { watchlistGroupSchema } from '#contract/watchlist-requests.ts';
import { type Instrument, type InstrumentId, symbolOf } from '#domain/instrument.ts';
import {
  EMPTY_WATCHLIST,
  editWatchlist,
  inWatchlistOrder,
  MAIN_GROUP,
  type WatchlistEdit,
  type WatchlistGroup,
  withPlaces,
} from '#domain/watchlist.ts';
import type { SettingRepository } from '#main/storage/setting-repository.ts';

const SETTING = 'watchlist';
const MOST_GROUPS = 64;
/** Of those that no feed carries: they keep a place, but not without end. */
const MOST_PLACES = 5_000;

const keptSchema = z
  .array(watchlistGroupSchema)
  .refine((groups) => groups.filter(({ id }) => id === MAIN_GROUP).length === 1);

export interface WatchlistRooms {
  readonly feeds: { instruments(): readonly Instrument[] };
  readonly settings: Pick<SettingRepository, 'get' | 'set'>;
  readonly publish: (item: Publishable) => void;
}

/**
 * What the feeds carry, in the user's order and groups. The order is kept in the ledger, and is the
 * same in every window.
 */
export class Watchlist {
  readonly #rooms: WatchlistRooms;

  constructor(rooms: WatchlistRooms) {
    this.#rooms = rooms;
  }

  instruments(): readonly Instrument[] {
    return inWatchlistOrder(this.#kept(), this.#rooms.feeds.instruments());
  }

  view(): RequestResult<'watchlist.get'> {
    const instruments = this.#rooms.feeds.instruments();
    const ids = instruments.map(({ id }) => id);
    const groups = withPlaces(this.#kept(), ids);
    return {
      instruments: inWatchlistOrder(groups, instruments),
      groups: groups.map((group) => ({ ...group, instrumentIds: [...group.instrumentIds] })),
    };
  }

  /** All of the edits, in order, or none. */
  edit(edits: readonly WatchlistEdit[]): Result<RequestResult<'watchlist.set'>> {
    const carried = this.#rooms.feeds.instruments().map(({ id }) => id);
    let groups = withPlaces(this.#kept(), carried);
    const known = new Set(groups.flatMap((group) => group.instrumentIds));
    for (const edit of edits) {
      if (edit.kind === 'moveInstrument' && !known.has(edit.instrumentId)) {
        return fail('unknown_instrument', `"${edit.instrumentId}" is not on the watchlist`);
      }
      const edited = editWatchlist(groups, edit);
      if (edited === null) return fail('not_found', refusalOf(edit));
      groups = edited;
    }
    if (groups.length > MOST_GROUPS) {
      return fail('invalid_payload', `A watchlist has ${MOST_GROUPS} groups at most.`);
    }
    this.#rooms.settings.set(SETTING, withoutOldPlaces(groups, new Set(carried)));
    const view = this.view();
    this.#rooms.publish({ of: 'watchlist', groups: view.groups });
    return succeed(view);
  }

  /** An instrument by its id, or the first that has this bare symbol. */
  resolve(text: string): InstrumentId | undefined {
    const carried = this.#rooms.feeds.instruments();
    if (carried.some(({ id }) => id === text)) return text as InstrumentId;
    const matches = carried.filter(({ id }) => symbolOf(id) === text);
    return inWatchlistOrder(this.#kept(), matches)[0]?.id;
  }

  #kept(): readonly WatchlistGroup[] {
    return this.#rooms.settings.get(SETTING, keptSchema) ?? EMPTY_WATCHLIST;
  }
}

function refusalOf(edit: WatchlistEdit): string {
  if (edit.kind === 'addGroup') return `There is a group "${edit.groupId}" already.`;
  return 'groupId' in edit
    ? `There is no group "${edit.groupId}" with which that can be done.`
    : 'That is not on the watchlist.';
}

/** The oldest places of what is not carried go first where there are too many. */
function withoutOldPlaces(
  groups: readonly WatchlistGroup[],
  carried: ReadonlySet<InstrumentId>,
): readonly WatchlistGroup[] {
  const places = groups.flatMap((group) => group.instrumentIds);
  const excess = places.length - MOST_PLACES;
  if (excess <= 0) return groups;
  const dropped = new Set(places.filter((id) => !carried.has(id)).slice(0, excess));
  return groups.map((group) => ({
    ...group,
    instrumentIds: group.instrumentIds.filter((id) => !dropped.has(id)),
  }));
}
