import {
  TickMarkType as Tick,
  type TickMarkType,
  type Time,
  type UTCTimestamp,
} from 'lightweight-charts';
import { type CandleInterval, INTERVAL_MS } from '#domain/candle.ts';
import type { EpochMs } from '#domain/units.ts';
import { formatClock } from '../../ui/format.ts';

/** The chart counts in seconds; nothing outside of the chart's own files does. */
export const toChartTime = (time: EpochMs): UTCTimestamp => (time / 1_000) as UTCTimestamp;

/** Null for the chart's other notations of time, which are never given to it. */
export const fromChartTime = (time: Time): EpochMs | null =>
  typeof time === 'number' ? ((time * 1_000) as EpochMs) : null;

const DAY_MS = INTERVAL_MS['1d'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

interface CalendarTime {
  readonly year: number;
  readonly month: string;
  readonly day: number;
  /** `14:03:59` */
  readonly clock: string;
}

/** Local time; but a daily candle is a UTC day, whatever the time of day is here. */
function calendarOf(time: EpochMs, interval: CandleInterval): CalendarTime {
  const date = new Date(time);
  const isUtc = INTERVAL_MS[interval] >= DAY_MS;
  const monthIndex = isUtc ? date.getUTCMonth() : date.getMonth();
  return {
    year: isUtc ? date.getUTCFullYear() : date.getFullYear(),
    month: MONTHS[monthIndex] ?? '',
    day: isUtc ? date.getUTCDate() : date.getDate(),
    clock: isUtc ? '00:00:00' : formatClock(time),
  };
}

/** Under the crosshair: complete. */
export function formatCrosshairTime(time: EpochMs, interval: CandleInterval): string {
  const { year, month, day, clock } = calendarOf(time, interval);
  const dayText = `${day} ${month} ${year}`;
  return INTERVAL_MS[interval] >= DAY_MS ? dayText : `${dayText} ${clockFor(clock, interval)}`;
}

/**
 * On the axis. The chart thinks in UTC days; here the date stands where the local day begins, and
 * everywhere else the time of day.
 */
export function formatTick(time: EpochMs, type: TickMarkType, interval: CandleInterval): string {
  const { year, month, day, clock } = calendarOf(time, interval);
  if (INTERVAL_MS[interval] >= DAY_MS) {
    if (type === Tick.Year) return String(year);
    return type === Tick.Month ? month : `${day} ${month}`;
  }
  if (clock === '00:00:00') return `${day} ${month}`;
  return clock.endsWith(':00') ? clock.slice(0, 'HH:MM'.length) : clock;
}

const clockFor = (clock: string, interval: CandleInterval): string =>
  interval === '1s' ? clock : clock.slice(0, 'HH:MM'.length);
