import type { EpochMs } from './units.ts';

/** A day as a place's clocks have it: from its first moment until before the next one's. */
export interface LocalDay {
  /** `YYYY-MM-DD`. */
  readonly date: string;
  readonly fromTime: EpochMs;
  /** Exclusive. */
  readonly toTime: EpochMs;
}

const DAY_MS = 86_400_000;
/** No place is further from UTC, and none begins its day at another moment than a whole minute. */
const MOST_OFFSET_MS = 15 * 3_600_000;
const MINUTE_MS = 60_000;

/** The last days of a place, newest first; the first one is that of `now`. */
export function lastDays(now: EpochMs, count: number, timeZone: string): readonly LocalDay[] {
  const dateOf = dateReader(timeZone);
  const today = dateOf(now);
  let toTime = startOf(datePlus(today, 1), dateOf);
  return Array.from({ length: count }, (_, index) => {
    const date = datePlus(today, -index);
    const day = { date, fromTime: startOf(date, dateOf), toTime };
    toTime = day.fromTime;
    return day;
  });
}

type DateReader = (time: number) => string;

/** The Canadian way to write a date is the international one. */
function dateReader(timeZone: string): DateReader {
  const format = new Intl.DateTimeFormat('en-CA', {
    ...{ timeZone, calendar: 'gregory', numberingSystem: 'latn' },
    ...{ year: 'numeric', month: '2-digit', day: '2-digit' },
  });
  return (time) => format.format(time);
}

const datePlus = (date: string, days: number): string =>
  new Date(Date.parse(date) + days * DAY_MS).toISOString().slice(0, 'YYYY-MM-DD'.length);

/** The first minute that has the date: where clocks skip midnight the day begins after it. */
function startOf(date: string, dateOf: DateReader): EpochMs {
  let low = Date.parse(date) - MOST_OFFSET_MS;
  let high = low + 2 * MOST_OFFSET_MS;
  while (high - low > MINUTE_MS) {
    const middle = Math.floor((low + high) / 2 / MINUTE_MS) * MINUTE_MS;
    if (dateOf(middle) >= date) high = middle;
    else low = middle;
  }
  return high as EpochMs;
}
