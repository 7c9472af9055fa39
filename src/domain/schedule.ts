/** When a bot trades, by the clock of a place. Outside of it, it is paused. */
export interface BotSchedule {
  /** On which it begins: 0 is Sunday, 6 Saturday. */
  readonly days: readonly number[];
  /** `HH:MM`. An end that is not after the start is on the next day; the same time: all day long. */
  readonly from: string;
  readonly to: string;
  /** IANA: `Europe/Berlin`. */
  readonly timeZone: string;
}

export const CLOCK_TIME: RegExp = /^([01]\d|2[0-3]):[0-5]\d$/;

export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    // The one thing that it throws for is a name that it does not know.
    return false;
  }
}
