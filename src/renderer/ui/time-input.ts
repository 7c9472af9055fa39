import { formatClock, formatDate, isShownInUtc } from './format.ts';

/** A time as an `input` of type `datetime-local` has it, to the second, by the clock that is shown elsewhere. */
export const toTimeInput = (time: number): string => `${formatDate(time)}T${formatClock(time)}`;

/** Epoch milliseconds; null for what is no time. */
export function fromTimeInput(text: string): number | null {
  const time = new Date(isShownInUtc() ? `${text}Z` : text).getTime();
  return Number.isNaN(time) ? null : time;
}
