import type { InstrumentId } from './instrument.ts';
import type { EpochMs } from './units.ts';

/** What a note is about: a day as its writer counts days, a fill of a bot, or nothing in particular. */
export type JournalSubject =
  | { readonly kind: 'day'; readonly date: string }
  | { readonly kind: 'fill'; readonly botId: string; readonly fillId: string }
  | { readonly kind: 'none' };

/** A note of a user's own, which nobody else sees. */
export interface JournalEntry {
  readonly id: string;
  readonly subject: JournalSubject;
  /** The instrument that it was written in sight of. */
  readonly instrumentId: InstrumentId | null;
  readonly text: string;
  /** A picture of the chart goes with it. */
  readonly hasSnapshot: boolean;
  readonly createdTime: EpochMs;
  readonly updatedTime: EpochMs;
}
