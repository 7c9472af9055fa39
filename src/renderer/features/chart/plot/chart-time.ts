import {
  TickMarkType as Tick,
  type TickMarkType,
  type Time,
  type UTCTimestamp,
} from 'lightweight-charts';
import { INTERVAL_MS } from '#domain/candle.ts';
import type { EpochMs } from '#domain/units.ts';
import { i18n } from '../../../i18n/i18n.ts';
import { formatClock } from '../../../ui/format.ts';
import { barLengthMs, type ChartInterval } from '../bars/chart-interval.ts';

/** The chart counts in seconds; nothing outside of the chart's own files does. */
export const toChartTime = (time: EpochMs): UTCTimestamp => (time / 1_000) as UTCTimestamp;

/** Null for the chart's other notations of time, which are never given to it. */
export const fromChartTime = (time: Time): EpochMs | null =>
  typeof time === 'number' ? ((time * 1_000) as EpochMs) : null;

const DAY_MS = INTERVAL_MS['1d'];
const MINUTE_MS = INTERVAL_MS['1m'];
const isOfDays = (interval: ChartInterval): boolean => (barLengthMs(interval) ?? 0) >= DAY_MS;
/** Bars that are shorter than a minute, or may be. */
export const hasSeconds = (interval: ChartInterval): boolean =>
  (barLengthMs(interval) ?? 0) < MINUTE_MS;
/** The day comes before the month in English as well: nobody takes 3/4 for the other one. */
const LOCALES: Readonly<Record<string, string>> = { en: 'en-GB', ko: 'ko-KR' };
const dateFormats = new Map<string, Intl.DateTimeFormat>();

/** Local days; but a daily candle is a UTC day, whatever the time of day is here. */
function formatDate(
  time: EpochMs,
  interval: ChartInterval,
  parts: Pick<Intl.DateTimeFormatOptions, 'day' | 'month' | 'year'>,
): string {
  const zone = isOfDays(interval) ? 'UTC' : undefined;
  const key = [i18n.language, zone, ...Object.keys(parts)].join();
  let format = dateFormats.get(key);
  if (format === undefined) {
    format = new Intl.DateTimeFormat(LOCALES[i18n.language], { ...parts, timeZone: zone });
    dateFormats.set(key, format);
  }
  return format.format(time);
}

const MONTH = { month: 'short' } as const;
const DAY = { day: 'numeric', ...MONTH } as const;
const YEAR = { year: 'numeric' } as const;

/** Under the crosshair: complete. */
export function formatCrosshairTime(time: EpochMs, interval: ChartInterval): string {
  const day = formatDate(time, interval, { ...DAY, ...YEAR });
  if (isOfDays(interval)) return day;
  const clock = formatClock(time);
  return `${day} ${hasSeconds(interval) ? clock : clock.slice(0, 'HH:MM'.length)}`;
}

/**
 * On the axis. The chart thinks in UTC days; here the date stands where the local day begins, and
 * everywhere else the time of day.
 */
export function formatTick(time: EpochMs, type: TickMarkType, interval: ChartInterval): string {
  if (isOfDays(interval)) {
    return formatDate(
      time,
      interval,
      type === Tick.Year ? YEAR : type === Tick.Month ? MONTH : DAY,
    );
  }
  const clock = formatClock(time);
  if (clock === '00:00:00') return formatDate(time, interval, DAY);
  return clock.endsWith(':00') ? clock.slice(0, 'HH:MM'.length) : clock;
}
