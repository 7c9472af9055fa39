import { type Instrument, type InstrumentId, namesOf, UNKNOWN_TERMS } from '#domain/instrument.ts';
import type { WatchlistGroup } from '#domain/watchlist.ts';

export const idOf = (text: string) => text as InstrumentId;

export const instrumentOf = (id: string): Instrument => ({
  ...{ id: idOf(id), ...namesOf(idOf(id)), priceIncrement: 0.1, sizeIncrement: 0.1 },
  ...UNKNOWN_TERMS,
});

export const groupOf = (
  id: string,
  instrumentIds: readonly string[],
  changes: Partial<WatchlistGroup> = {},
): WatchlistGroup => ({
  ...{ id, name: id === 'main' ? '' : id, isCollapsed: false },
  ...{ instrumentIds: instrumentIds.map(idOf), ...changes },
});
