import type { JournalSubject } from '#domain/journal.ts';
import { formatDate } from '../../ui/format.ts';

/** The day of a time by the clock that is shown on the screen: local, or UTC. */
export const today = (now: number): string => formatDate(now);

export interface NoteMoment {
  /** The fill that is marked on the screen. */
  readonly fill: Extract<JournalSubject, { kind: 'fill' }> | null;
  /** The day that was chosen; null: today. */
  readonly day: string | null;
  readonly now: number;
}

/** What a note is about, by what was chosen; a fill that is no longer marked leaves nothing in particular. */
export function subjectOfNote(
  kind: JournalSubject['kind'],
  { fill, day, now }: NoteMoment,
): JournalSubject {
  if (kind === 'fill' && fill !== null) return fill;
  return kind === 'day' ? { kind, date: day ?? today(now) } : { kind: 'none' };
}
