import { z } from 'zod';
import { type InstrumentId, isInstrumentId } from '#domain/instrument.ts';
import { GROUPINGS } from './ladder.ts';

export const BOOK_VIEWS = ['ladder', 'depth', 'heatmap'] as const;
export type BookViewKind = (typeof BOOK_VIEWS)[number];

/** Of more instruments the price step is forgotten, the longest unused first. */
const MOST_INSTRUMENTS = 200;

const groupingSchema = z.number().refine((value) => GROUPINGS.some((known) => known === value));

/** What an order book panel remembers. */
export const bookPreferencesSchema = z.object({
  view: z.enum(BOOK_VIEWS).catch('ladder'),
  /** The rows' price step in increments, by instrument: what suits one is too coarse for another. */
  groupings: z.record(z.string(), groupingSchema).catch({}),
});
export type BookPreferences = z.infer<typeof bookPreferencesSchema>;

export const DEFAULT_BOOK_PREFERENCES: BookPreferences = bookPreferencesSchema.parse({});

export const groupingOf = ({ groupings }: BookPreferences, id: InstrumentId | null): number =>
  id === null ? 1 : (groupings[id] ?? 1);

export function withGrouping(
  { groupings }: BookPreferences,
  id: InstrumentId,
  grouping: number,
): Pick<BookPreferences, 'groupings'> {
  const others = Object.entries(groupings).filter(([key]) => key !== id && isInstrumentId(key));
  const kept = others.slice(-(MOST_INSTRUMENTS - 1));
  return { groupings: Object.fromEntries([...kept, [id, grouping]]) };
}

/** The next coarser step, or the next finer one; at the ends of the list the same. */
export function withNextGrouping(
  preferences: BookPreferences,
  id: InstrumentId,
  step: 1 | -1,
): Pick<BookPreferences, 'groupings'> {
  const grouping = groupingOf(preferences, id);
  const steps: readonly number[] = GROUPINGS;
  const at = steps.indexOf(grouping);
  return withGrouping(preferences, id, steps[at + step] ?? grouping);
}
