import { formatClock, formatDate, isShownInUtc } from './format.ts';

/** A time as an `input` of type `datetime-local` has it, to the second, by the clock that is shown elsewhere. */
export const toTimeInput = (time: number): string => `${formatDate(time)}T${formatClock(time)}`;

/** By how much clocks are set back: an hour, or half of one on Lord Howe Island. */
const SET_BACK_MS = [3_600_000, 1_800_000];

/** Whether the clock shows this time once more, as it was or is to be set back. */
export const isTwice = (time: number): boolean =>
  SET_BACK_MS.some((ms) => [time - ms, time + ms].some((other) => isSameText(other, time)));

const isSameText = (one: number, other: number): boolean => toTimeInput(one) === toTimeInput(other);

/**
 * Epoch milliseconds; null for what is no time. Of a time that there is twice the first one is meant, or the
 * last one where it is the end of a stretch: nothing is left out of it.
 */
export function fromTimeInput(text: string, meant: 'first' | 'last' = 'first'): number | null {
  const time = new Date(isShownInUtc() ? `${text}Z` : text).getTime();
  if (Number.isNaN(time)) return null;
  const back = SET_BACK_MS.find((ms) => isSameText(time + ms, time));
  return meant === 'last' && back !== undefined ? time + back : time;
}
